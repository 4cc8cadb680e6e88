"""Measure the scores of Lighthouse on a simulated phone.

``python -m bench.gate.lighthouse [--site SITE] [--languages en ar] [--runs 3]`` loads the home page, a service type, a profile,
an article and search in each language, and prints the median scores of the runs for performance, accessibility, best practices
and SEO. Lighthouse comes from npm, in the version that ``package.json`` names; it needs Node and an installed Chromium.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.gate import site_at  # noqa: E402  # after the path is set
from tests.browser.conftest import ARGUMENTS, installed_chromium, serving  # noqa: E402
from tests.browser.page_types import ARTICLES, PAGES  # noqa: E402

PAGE_NAMES = ("home", "service type", "profile", "search")


def scores(address: str, chromium: str | None) -> tuple[dict[str, int], list[str]]:
    """Return the scores by category, and the audits that failed."""
    command = [str(FOLDER / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json", "--output-path=stdout"]
    flags = f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}"
    completed = subprocess.run(
        [*command, flags], capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": chromium or ""}
    )
    report = json.loads(completed.stdout)
    failed = [
        f"{entry['id']}: {entry.get('displayValue') or entry['title']}"
        for entry in report["audits"].values()
        if entry["score"] is not None and entry["score"] < 0.9 and entry["scoreDisplayMode"] in ("binary", "numeric")
    ]
    return {name: round(100 * (entry["score"] or 0)) for name, entry in report["categories"].items()}, failed


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.gate.lighthouse", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--languages", nargs="+", default=["en", "ar", "zh-Hans"])
    options = parser.parse_args()
    if not (FOLDER / "node_modules").is_dir():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)
    worst = 100
    with site_at(options.site) as site, serving(site, zipping=True) as served:
        for language in options.languages:
            for path in [*(PAGES[name] for name in PAGE_NAMES), ARTICLES[language]]:
                address = f"{served.address}{language}/{path}"
                runs = [scores(address, installed_chromium()) for _ in range(options.runs)]
                medians = {name: round(statistics.median(run[name] for run, _ in runs)) for name in runs[0][0]}
                failures = sorted({audit for _, failed_audits in runs for audit in failed_audits})
                worst = min(worst, *medians.values())
                print(
                    f"{language}/{path}".ljust(52),
                    *(f"{name} {score}" for name, score in medians.items()),
                    *failures,
                    sep="  ",
                    flush=True,
                )
    return 0 if worst == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
