"""Scores of Lighthouse, on a mobile phone as it thinks of one: python -m bench.gate.lighthouse [--site SITE] [--languages en ar] [--runs 3]

Home, a type, a profile, an article and search, in each language; performance, accessibility, best practices and findability, each the median of the runs.
Lighthouse comes from npm, in the version that ``package.json`` names; it needs Node and an installed Chromium.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.gate import site_at  # noqa: E402  # after the path is set
from tests.browser.conftest import ARGUMENTS, installed_chromium, serving  # noqa: E402
from tests.browser.page_types import ARTICLES, PAGES  # noqa: E402

LOOKED_AT = ("home", "service type", "profile", "search")


def scores(address: str, chromium: str | None) -> tuple[dict[str, int], list[str]]:
    """Scores by category, and the audits that are not passed."""
    command = [str(HERE / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json", "--output-path=stdout"]
    flags = f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}"
    run = subprocess.run(
        [*command, flags], capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": chromium or ""}
    )
    report = json.loads(run.stdout)
    failed = [
        f"{one['id']}: {one.get('displayValue') or one['title']}"
        for one in report["audits"].values()
        if one["score"] is not None and one["score"] < 0.9 and one["scoreDisplayMode"] in ("binary", "numeric")
    ]
    return {name: round(100 * (one["score"] or 0)) for name, one in report["categories"].items()}, failed


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.gate.lighthouse", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--languages", nargs="+", default=["en", "ar", "zh-Hans"])
    options = parser.parse_args()
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)
    worst = 100
    with site_at(options.site) as site, serving(site, zipping=True) as served:
        for language in options.languages:
            for path in [*(PAGES[name] for name in LOOKED_AT), ARTICLES[language]]:
                address = f"{served.address}{language}/{path}"
                runs = [scores(address, installed_chromium()) for _ in range(options.runs)]
                found = {name: round(statistics.median(run[name] for run, _ in runs)) for name in runs[0][0]}
                failed = sorted({one for _, some in runs for one in some})
                worst = min(worst, *found.values())
                print(
                    f"{language}/{path}".ljust(52),
                    *(f"{name} {score}" for name, score in found.items()),
                    *failed,
                    sep="  ",
                    flush=True,
                )
    return 0 if worst == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
