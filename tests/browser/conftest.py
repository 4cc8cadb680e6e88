"""Fixtures that build the sample guide, serve it locally and open it in Chromium."""

import gzip
import io
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests import ROOT

TOOLS = ROOT / ".tools" / "node_modules"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def unavailable(what: str) -> None:
    """Skip a test because a tool is missing; in CI, fail it instead."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; scripts/test installs it")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def site(sample_site: Path) -> Path:
    return sample_site


@dataclass(frozen=True)
class Served:
    """A folder served as a local website. Calling ``stop`` simulates the loss of the network."""

    address: str
    stop: Callable[[], None]


@contextmanager
def serving(
    folder: Path,
    zipping: bool = False,
    redirecting: bool = False,
    moved: Mapping[str, str] = MappingProxyType({}),
    delays: Mapping[str, float] = MappingProxyType({}),
) -> Iterator[Served]:
    """Serve a folder until the block ends.

    With ``zipping`` files are gzipped. With ``redirecting`` the server redirects ``index.html`` to its folder, as some hosts do.
    ``moved`` maps paths to the targets of their redirects, and ``delays`` paths to the seconds after which they are answered.
    """

    class Quiet(SimpleHTTPRequestHandler):
        # HTTP/1.1 keeps connections open, as hosts do. With HTTP/1.0 each response closes its connection, so stop() is immediate.
        protocol_version = "HTTP/1.1" if zipping else "HTTP/1.0"

        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]  # the three arguments of the base class

        def send_head(self) -> BinaryIO | None:
            time.sleep(delays.get(self.path, 0))
            target = self.path.removesuffix("index.html") if redirecting else moved.get(self.path, self.path)
            if target != self.path:
                self.send_response(308 if redirecting else 301)
                self.send_header("Location", target)
                self.end_headers()
                return None
            file = Path(self.translate_path(self.path))
            if not zipping or not file.is_file():
                return super().send_head()
            body = gzip.compress(file.read_bytes())
            self.send_response(200)
            for name, value in {
                "Content-Type": self.guess_type(file),
                "Content-Encoding": "gzip",
                "Content-Length": len(body),
            }.items():
                self.send_header(name, str(value))
            self.end_headers()
            return io.BytesIO(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stopped: list[bool] = []

    def stop() -> None:
        if not stopped:
            stopped.append(True)
            server.shutdown()
            server.server_close()

    try:
        yield Served(f"http://127.0.0.1:{server.server_port}/", stop)
    finally:
        stop()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with serving(site) as served:
        yield served.address


def installed_chromium() -> str | None:
    """Return the path of an installed Chromium; None if there is none, so that Playwright uses its own.

    The headless shell has the same engine and no windows, which takes a fifth of the time for each new page.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def open_chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    try:
        with open_chromium() as browser:
            yield browser
    except Error:
        unavailable("a Chromium")
        raise


@pytest.fixture(scope="session")
def axe() -> str:
    script = TOOLS / "axe-core" / "axe.min.js"
    if not script.is_file():
        unavailable("axe-core")
    return script.read_text(encoding="utf-8")
