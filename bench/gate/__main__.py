"""Holds every page of a guide to the gate: python -m bench.gate [--site SITE] [--part 1/4]

``SITE`` is a built guide; without it the sample guide is built. Prints each finding, and at the end how many pages passed.
Needs what ``scripts/test`` installs. ``--part 2/4`` looks at every fourth page, from the second on.
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
        begun, faults = time.perf_counter(), 0
        with serving(site) as served, open_chromium() as chromium:
            gate = Gate(chromium, served.address, axe)
            for number, path in enumerate(pages, 1):
                found = gate.all_findings(path)
                faults += bool(found)
                for check, some in found.items():
                    print(f"/{path}: {check}: {'; '.join(some)}", flush=True)
                if number % 100 == 0:
                    print(f"{number} of {len(pages)} pages, {time.perf_counter() - begun:.0f} s", file=sys.stderr)
            gate.close()
    print(f"{len(pages)} pages, {len(CHECKS) + 1} checks each: {faults} pages with findings, {time.perf_counter() - begun:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
