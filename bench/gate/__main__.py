"""Check every page of a guide: python -m bench.gate [--site SITE] [--part 1/4]

``SITE`` is a built guide; without it the sample guide is built. Prints each finding, and at the end how many pages passed. Needs
what ``scripts/test`` installs. ``--part 2/4`` checks every fourth page, starting with the second.
"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.gate import site_at  # noqa: E402  # after the path is set
from tests.browser.conftest import TOOLS, open_chromium, serving  # noqa: E402
from tests.browser.gate import CHECKS, Gate  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.gate", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--part", default="1/1")
    options = parser.parse_args()
    first, step = map(int, options.part.split("/"))
    axe = (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    with site_at(options.site) as site:
        pages = sorted(page.relative_to(site).as_posix().removesuffix("index.html") for page in site.rglob("index.html"))[
            first - 1 :: step
        ]
        started, faulty_pages = time.perf_counter(), 0
        with serving(site) as served, open_chromium() as chromium:
            gate = Gate(chromium, served.address, axe)
            for number, path in enumerate(pages, 1):
                findings = gate.all_findings(path)
                faulty_pages += bool(findings)
                for check, messages in findings.items():
                    print(f"/{path}: {check}: {'; '.join(messages)}", flush=True)
                if number % 100 == 0:
                    print(f"{number} of {len(pages)} pages, {time.perf_counter() - started:.0f} s", file=sys.stderr)
            gate.close()
    print(
        f"{len(pages)} pages, {len(CHECKS) + 1} checks each: {faulty_pages} pages with findings, {time.perf_counter() - started:.0f} s"
    )
    return 1 if faulty_pages else 0


if __name__ == "__main__":
    sys.exit(main())
