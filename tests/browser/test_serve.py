"""Staff save, and see it in the browser."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import make
from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser


@contextmanager
def serving(root: Path, port: int) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address it says it serves at, and the process."""
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert running.stderr
    watchdog = threading.Timer(60, running.kill)
    watchdog.start()
    try:
        yield said(running, r"serving (\S+)"), running
    finally:
        watchdog.cancel()
        running.terminate()
        running.wait()
        running.stderr.close()


def said(running: "subprocess.Popen[str]", pattern: str) -> str:
    """Read on until the process says something that fits."""
    assert running.stderr
    for line in running.stderr:
        match = re.search(pattern, line)
        if match:
            return match[1] if match.groups() else match[0]
    raise AssertionError(f"it never said {pattern}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_saved_change_comes_to_the_browser_by_itself(tmp_path: Path, chromium: Browser) -> None:
    root = make.folder(tmp_path, {"content/partners/draft.yml": make.PARTNER_YML + "status: draft\n"})
    file = root / "content/partners/food-bank.yml"
    complaints: list[str] = []
    with serving(root, free_port()) as (address, _):
        page = chromium.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        with page.expect_websocket():
            page.goto(f"{address}en/partners/food-bank/")
        page.wait_for_load_state("networkidle")

        file.write_text(make.PARTNER_YML.replace("Free food for everyone.", "Free bread on Fridays."), encoding="utf-8")
        expect(page.locator(".lead")).to_have_text("Free bread on Fridays.", timeout=15_000)

        page.goto(f"{address}en/partners/draft/")
        expect(page.locator(".status")).to_have_text("Draft: not published yet.")
        page.close()

    assert [text for text in complaints if "favicon" not in text] == []
    assert not (root / "site").exists()


def test_a_mistake_is_said_and_the_last_good_pages_stay(tmp_path: Path, chromium: Browser) -> None:
    root = make.folder(tmp_path)
    file = root / "content/partners/food-bank.yml"
    with serving(root, free_port()) as (address, running):
        file.write_text("name: A: B\n", encoding="utf-8")
        assert said(running, r"food-bank\.yml:1:8: .*")
        assert said(running, "the last good build")

        page = chromium.new_page()
        page.goto(f"{address}en/partners/food-bank/")
        expect(page.locator("h1")).to_have_text("Food Bank")
        page.close()


def test_a_taken_port_is_said_and_the_next_one_used(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with serving(root, port) as (address, _):
            assert address != f"http://127.0.0.1:{port}/"


def test_of_fifty_rapid_saves_none_is_lost(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    files = [root / f"content/partners/{name}.yml" for name in ("food-bank", "library", "clinic")]
    with serving(root, free_port()) as (address, running):
        for number in range(50):
            files[number % 3].write_text(make.PARTNER_YML.replace("everyone", f"number {number}"), encoding="utf-8")
            time.sleep(0.02)
        # whatever was saved while a build ran is in a later one
        wanted = {file.stem: f"Free food for number {number}." for number, file in zip((48, 49, 47), files, strict=True)}
        for _ in range(200):
            shown = {name: shown_at(f"{address}en/partners/{name}/") for name in wanted}
            if all(text in shown[name] for name, text in wanted.items()):
                return
            time.sleep(0.1)
        running.terminate()
    pytest.fail(f"not all of {wanted} came to the site")


def shown_at(address: str) -> str:
    """What a browser would get; nothing while the page is not there yet."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
            return str(answer.read().decode())
    except OSError:
        return ""
