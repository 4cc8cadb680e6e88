"""Measure the transfer size of each language's heaviest profile, gzipped: python -m bench.gate.weight [--site SITE]

Prints bytes including headers: the page, the page with its style sheet, the page with everything it loads.
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
            sizes = weight(chromium, served.address + path)
            styled = sizes.document + sizes.style
            print(f"{path}  page {sizes.document}  with style {styled}  with all {styled + sizes.script + sizes.other}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
