#!/usr/bin/env python3
"""Take the screenshots of the documents from the sample guide, so that they show what readers see today.

    python3 build.py && python scripts/take_screenshots.py        needs Playwright and a Chromium, which scripts/test installs

The clock stands at ``NOW``, so that equal pages give equal pictures.
"""

import base64
import functools
import http.server
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-11-18T15:00:00Z"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
_BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


class Shot(NamedTuple):
    """A picture in docs/images: its name, the page, the size of the window, and the colors.

    With ``mistake`` it shows the page as ``guidegen serve`` does while a profile has a mistake.
    """

    name: str
    page: str
    size: dict[str, int]
    scheme: str = "light"
    mistake: bool = False


SHOTS = (
    Shot("home-en", "en/index.html", DESK),
    Shot("home-phone-en", "en/index.html", PHONE),
    Shot("list-phone-en", "en/services/english/index.html", PHONE),
    Shot("list-phone-vi-dark", "vi/services/english/index.html", PHONE, "dark"),
    Shot("profile-phone-en", "en/partners/riverbend-adult-school/index.html", PHONE),
    Shot("profile-ar", "ar/partners/riverbend-adult-school/index.html", PHONE),
    Shot("type-zh-Hans", "zh-Hans/services/english/index.html", DESK),
)
EDITOR_SHOTS = (
    Shot("staff", "_staff/", DESK),
    Shot("serve-mistake", "en/index.html", DESK, mistake=True),
)
"""What people see who edit the guide, with ``guidegen serve``."""


COMPONENTS = (
    ("header", "", "header.top"),
    ("search box", "", "main form.search"),
    ("urgent numbers", "", ".urgent"),
    ("kinds of help", "", ".tiles"),
    ("filters", "services/english/", "#narrow"),
    ("card", "services/english/", ".card"),
    ("rows", "areas/", ".rows"),
    ("map", "areas/", ".map"),
    ("head of a profile", "partners/riverbend-adult-school/", ".profile-head"),
    ("service", "partners/riverbend-adult-school/", ".service:not(:has([open]))"),
    ("facts of a service", "partners/riverbend-adult-school/", ".answers > div:nth-child(2)"),
    ("hours of a service", "partners/riverbend-adult-school/", ".answers > div:has(.hours)"),
    ("hours and phones", "partners/riverbend-adult-school/", ".profile-side"),
    ("quick exit", "partners/safe-harbor/", ".exit"),
    ("stories", "spotlights/", ".stories li"),
    ("alert", "partners/riverbend-adult-school/", ".alert"),
    ("constellation", "partnership/", ".constellation"),
    ("table", "partnership/", ".matrix"),
    ("buttons", "search/", ".buttons"),
    ("footer", "", "footer.foot"),
)
"""The components of the theme: a name, a page that has the component, and its selector there. Of several, the first is taken."""
VARIANTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("light", "en", {}),
    ("dark", "en", {"color_scheme": "dark"}),
    ("forced-colors", "en", {"forced_colors": "active", "color_scheme": "dark"}),
    ("ar", "ar", {}),
    ("zh-Hans", "zh-Hans", {}),
)
"""The sheets of components: a name, the language, and options of the browser."""
_SHEET = """<!doctype html><style>body { columns: 2; column-gap: 24px; font: 13px sans-serif; color: #555; background: #ddd; margin: 16px; }
figure { break-inside: avoid; margin: 0 0 18px; } img { display: block; max-width: 100%; }</style>"""


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
            _take(browser, f"http://127.0.0.1:{server.server_port}/", shot)
        for name, language, options in VARIANTS:
            _take_components(browser, f"http://127.0.0.1:{server.server_port}/{language}/", name, options)
        for shot in EDITOR_SHOTS:
            with _serve_copy(shot.mistake) as address:
                _take(browser, address, shot)
        browser.close()
    server.shutdown()
    return 0


def _take(browser: Browser, address: str, shot: Shot) -> None:
    context = browser.new_context(viewport=shot.size, color_scheme=shot.scheme)  # type: ignore[arg-type]  # literals
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(address + shot.page, wait_until="load")
    page.wait_for_timeout(1_000)
    page.screenshot(path=str(ROOT / f"docs/images/{shot.name}.png"))
    context.close()


def _take_components(browser: Browser, address: str, name: str, options: dict[str, str]) -> None:
    """Write a sheet with a picture of each component, as it is on a phone."""
    context = browser.new_context(viewport=PHONE, **options)  # type: ignore[arg-type]  # literals
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    figures = []
    for label, path, selector in COMPONENTS:
        page.goto(f"{address}{path}", wait_until="load")
        page.wait_for_timeout(300)
        encoded = base64.b64encode(page.locator(selector).first.screenshot()).decode()
        figures.append(f'<figure><figcaption>{label}</figcaption><img src="data:image/png;base64,{encoded}"></figure>')
    context.close()
    sheet = browser.new_page(viewport={"width": 800, "height": 600})
    sheet.set_content(_SHEET + "".join(figures))
    picture = Image.open(io.BytesIO(sheet.screenshot(full_page=True)))
    picture.quantize(64).save(ROOT / f"docs/images/components-{name}.png", optimize=True)  # a quarter of the bytes
    sheet.close()


@contextmanager
def _serve_copy(has_mistake: bool) -> Iterator[str]:
    """Serve a copy of the sample guide, and yield its address; one of its profiles has a mistake if ``has_mistake``."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "guide"
        for name in ("content", "static", "locales"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "guide.yml", root)
        command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", "8937"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        output = process.stderr or sys.stdin
        try:
            found = next(filter(None, (re.search(r"serving (\S+)", line) for line in output)))
            if has_mistake:
                profile = root / "content/partners/riverbend-food-bank.yml"
                text = profile.read_text(encoding="utf-8")
                profile.write_text(text.replace('"(555) 555-0142"', '"(555) 555-O142"', 1), encoding="utf-8")
                next(line for line in output if "riverbend-food-bank" in line)
            yield found[1]
        finally:
            process.terminate()
            process.wait()
            output.close()


if __name__ == "__main__":
    sys.exit(main())
