#!/usr/bin/env python3
"""Take the screenshots of the documents from the sample guide, so that they show what readers see today.

    python3 build.py && python scripts/take_screenshots.py        needs Playwright and a Chromium, which scripts/test installs

The clock stands at ``NOW``, so that equal pages give equal pictures.
"""

import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-11-18T15:00:00Z"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
_BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


class Shot(NamedTuple):
    """A picture in docs/images: its name, the page, the size of the window, and the colors."""

    name: str
    page: str
    size: dict[str, int]
    scheme: str = "light"


SHOTS = (
    Shot("home-en", "en/index.html", DESK),
    Shot("home-phone-en", "en/index.html", PHONE),
    Shot("list-phone-en", "en/services/english/index.html", PHONE),
    Shot("list-phone-vi-dark", "vi/services/english/index.html", PHONE, "dark"),
    Shot("profile-phone-en", "en/partners/riverbend-adult-school/index.html", PHONE),
    Shot("profile-ar", "ar/partners/riverbend-adult-school/index.html", PHONE),
    Shot("type-zh-Hans", "zh-Hans/services/english/index.html", DESK),
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> int:
    """Take all pictures. Return 2 if the guide was not built."""
    site = ROOT / "site"
    if not (site / "en/index.html").is_file():
        print("scripts/take_screenshots.py: there is no site/; run  python3 build.py  first", file=sys.stderr)
        return 2
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        installed = next((path for path in map(shutil.which, _BROWSERS) if path), None)
        browser = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        for shot in SHOTS:
            context = browser.new_context(viewport=shot.size, color_scheme=shot.scheme)  # type: ignore[arg-type]  # literals
            page = context.new_page()
            page.clock.set_fixed_time(NOW)
            page.goto(f"http://127.0.0.1:{server.server_port}/{shot.page}", wait_until="networkidle")
            page.screenshot(path=str(ROOT / f"docs/images/{shot.name}.png"))
            context.close()
        browser.close()
    server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
