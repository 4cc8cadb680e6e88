"""What the heaviest profile of each language weighs on the wire, gzipped: python -m bench.gate.weight [--site SITE]

Bytes with their headers: the page, the page with its style, the page with all it loads.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.gate import site_at  # noqa: E402  # after the path is set
from tests.browser.conftest import open_chromium, serving  # noqa: E402
from tests.browser.page_types import LANGUAGES  # noqa: E402
from tests.browser.test_budgets import heaviest, weight  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.gate.weight", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--site", type=Path)
    options = parser.parse_args()
    with site_at(options.site) as site, serving(site, zipping=True) as served, open_chromium() as chromium:
        for language in LANGUAGES:
            path = heaviest(site, language)
            found = weight(chromium, served.address + path)
            styled = found.document + found.style
            print(f"{path}  page {found.document}  with style {styled}  with all {styled + found.other}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
