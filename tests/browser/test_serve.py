"""Staff save, and see it in the browser."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from bench.trust import saves
from playwright.sync_api import Browser, expect

from guidegen.build import pipeline
from guidegen.model.problems import GuidegenError
from guidegen.serve.background_build import BackgroundBuild
from guidegen.serve.preview import Preview
from tests import ROOT, make
from tests.crash import tree

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


def test_of_sixty_double_saves_none_is_lost(tmp_path: Path) -> None:
    """The second save comes while the rest of the site is being built, before it, and after it."""
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML})
    file = root / "content/partners/food-bank.yml"
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(free_port())]

    with saves.serving(command, root) as address:
        lost = list(saves.lost(file, f"{address}en/partners/food-bank/", saves.SUMMARY, 60, 1.2, random.Random(60)))  # noqa: S311  # not for secrets

    assert lost == []


def test_a_build_that_fails_for_another_reason_is_tried_again_until_it_is_done(tmp_path: Path) -> None:
    """A change counts as seen once it is published: a full disk, or a lock that somebody holds, is no reason to forget it."""
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML})
    preview = Preview(root, tmp_path / "folder", "http://127.0.0.1:8000/")
    shown = threading.Event()
    failing = [OSError(28, "No space left on device"), GuidegenError("another build is writing"), None]
    build = pipeline.build

    def failing_build(*given: Any) -> pipeline.BuildResult:
        if error := failing.pop(0) if failing else None:
            raise error
        shown.set()
        return build(*given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "build", failing_build)
        watching = threading.Thread(target=preview.watch, args=(None, lambda: None), daemon=True)
        watching.start()
        assert shown.wait(20)
        preview.close()
        watching.join(20)

    assert failing == []


def test_a_build_of_the_rest_is_stopped_before_another_one_starts(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML})
    rest = BackgroundBuild(root, tmp_path / "preview/site", tmp_path / "cache", "http://127.0.0.1:8000/")
    rest.start(("first",))
    first = rest._process
    assert first is not None

    rest.start(("second",))

    assert first.poll() is not None
    assert first.returncode < 0
    rest.stop()


def test_a_serve_that_is_killed_while_it_builds_leaves_the_guide_and_its_port(tmp_path: Path) -> None:
    root, port = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML}), free_port()
    before = tree(root)
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(port)]
    for seconds in (0.3, 0.6, 0.9, 1.5, 2.5):
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
        time.sleep(seconds)
        running.kill()
        running.wait()

    assert tree(root) == before
    with serving(root, port) as (address, _):
        assert address == f"http://127.0.0.1:{port}/"
        assert "Free food for everyone." in shown_at(f"{address}en/partners/food-bank/")
    assert tree(root) == before


def test_of_two_serves_that_start_at_once_each_has_a_port_of_its_own(tmp_path: Path) -> None:
    root, port = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML}), free_port()
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    try:
        addresses = {said(running, r"serving (\S+)") for running in both}
        assert len(addresses) == 2
        assert all("Free food for everyone." in shown_at(f"{address}en/partners/food-bank/") for address in addresses)
    finally:
        for running in both:
            running.terminate()
            running.wait()
            assert running.stderr
            running.stderr.close()


def test_every_answer_says_what_other_websites_may_not_do_with_it(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"admin/index.html": "<!doctype html>"})
    with serving(root, free_port()) as (address, _):
        for path in (
            "",
            "en/",
            "en/none/",
            "sw.js",
            "livereload.js",
            "_staff/",
            "_staff/staff.css",
            "admin/",
            "%00",
            "en/%00/",
            "a%00.css",
        ):
            answer = answered(f"{address}{path}")
            assert answer.status in (200, 404), path
            assert answer.status == 404 or "%00" not in path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers["X-Frame-Options"] == "DENY", path
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", path


def answered(address: str) -> Any:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
            return answer
    except urllib.error.HTTPError as error:
        error.close()
        return error


WHERE = "document.getElementById('s-s9').getBoundingClientRect().top"
"""Where the reader's eye is: the browser keeps what one reads in its place, even if lines come or go above it."""


def test_mistakes_are_laid_over_the_page_where_it_was(tmp_path: Path, chromium: Browser) -> None:
    long = "".join(f"  - {{key: s{number}, types: [food], name: Table {number}}}\n" for number in range(40))
    profile = make.PARTNER_YML.partition("services:\n")[0] + f"services:\n{long}"
    web = "editing: {web: 'https://example.org/edit/{path}', editor: vscode}\n"
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile, "guide.yml": make.GUIDE_YML + web})
    file = root / "content/partners/food-bank.yml"
    with serving(root, free_port()) as (address, _):
        page = chromium.new_page(viewport={"width": 360, "height": 600})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        with page.expect_websocket():
            page.goto(f"{address}en/partners/food-bank/")
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, 600)")
        before = page.evaluate(WHERE)

        file.write_text(profile.replace("types: [food], name: Table 7}", "types: [fod], name: Table 7}"), encoding="utf-8")
        notice = page.locator(".guidegen-notice")
        expect(notice).to_contain_text("'fod' is not a service type of this guide", timeout=15_000)
        number = profile.split("\n").index("  - {key: s7, types: [food], name: Table 7}") + 1
        expect(notice).to_contain_text(f"content/partners/food-bank.yml:{number}")
        expect(notice).to_contain_text("Did you mean:  food")
        links = notice.locator("a").evaluate_all("all => all.map(one => one.href)")
        assert links == [
            f"vscode://file{file}:{number}:23",
            "https://example.org/edit/content/partners/food-bank.yml",
        ]
        expect(page.locator("main")).to_contain_text("Table 7")
        page.wait_for_function(f"before => Math.abs({WHERE} - before) < 5", arg=before)
        assert page.evaluate("getComputedStyle(document.querySelector('.guidegen-notice')).position") == "fixed"

        file.write_text(profile.replace("Table 7", "Soup 7"), encoding="utf-8")
        expect(page.locator("main")).to_contain_text("Soup 7", timeout=15_000)
        expect(notice).to_have_count(0)
        page.wait_for_function(f"before => Math.abs({WHERE} - before) < 5", arg=before)
        page.close()
    assert [text for text in complaints if "favicon" not in text] == []


def test_a_guide_that_is_wrong_from_the_start_shows_what_is_wrong(tmp_path: Path, chromium: Browser) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": "name: A: B\n"})
    with serving(root, free_port()) as (address, _):
        page = chromium.new_page()
        page.goto(address)
        expect(page.locator(".guidegen-notice")).to_contain_text("content/partners/food-bank.yml:1")
        (root / "content/partners/food-bank.yml").write_text(make.PARTNER_YML, encoding="utf-8")
        expect(page.locator("a[lang=en]").first).to_be_visible(timeout=15_000)
        page.close()


def test_only_this_computer_is_answered(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    with serving(root, free_port()) as (address, _):
        assert status(address, "evil.example.org") == 403
        assert status(f"{address}_staff/", "evil.example.org") == 403
        assert status(f"{address}livereload.js", "evil.example.org") == 403
        assert status(address, "localhost:8000") == 200
        assert status(f"{address}en", "") == 200
        assert status(f"{address}en/nothing/", "") == 404
        assert status(f"{address}../guide.yml", "") in (403, 404)
        assert status(f"{address}%2e%2e/%2e%2e/etc/passwd", "") in (403, 404)
        port = int(address.rstrip("/").rpartition(":")[2])
        handshake = (
            f"GET /livereload HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://evil.example.org\r\nConnection: Upgrade\r\n"
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", port)) as asked:
            asked.sendall(handshake.encode())
            assert b" 403 " in asked.recv(200)
        others = [
            entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), port) if not str(entry[4][0]).startswith("127.")
        ]
        for other in others:
            with pytest.raises(OSError, match="refused"), socket.create_connection((str(other), port), 2):
                pass


def status(address: str, host: str) -> int:
    asked = urllib.request.Request(address, headers={"Host": host} if host else {})  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(asked) as answer:  # noqa: S310  # as above
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_staff_page_tells_of_the_files_as_they_are(tmp_path: Path, chromium: Browser) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML})
    with serving(root, free_port()) as (address, _):
        page = chromium.new_page(viewport={"width": 360, "height": 700})
        page.goto(f"{address}_staff/")
        expect(page.locator("h1")).to_contain_text("What needs doing")
        expect(page.locator("details").first).to_contain_text("Food Bank: nobody has checked these facts yet")
        expect(page.get_by_role("link", name="open in editor").first).to_have_attribute("href", re.compile("^vscode://file/"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_role("link", name="Food Bank").first.click()
        expect(page.locator("h1")).to_have_text("Food Bank")
        page.close()


def saved(one: Path, _: Path, good: str) -> None:
    one.write_text(good, encoding="utf-8")


def saved_broken(one: Path, _: Path, good: str) -> None:
    one.write_text(good[: len(good) * 2 // 3], encoding="utf-8")


def saved_both(one: Path, other: Path, good: str) -> None:
    one.write_text(good, encoding="utf-8")
    other.write_text(good, encoding="utf-8")


def deleted(one: Path, _other: Path, _good: str) -> None:
    one.unlink(missing_ok=True)


def renamed(one: Path, other: Path, _: str) -> None:
    if one.exists():
        one.replace(other)


def saved_by_vim(one: Path, _: Path, good: str) -> None:
    """A swap file, a test whether the folder can be written, and the old file kept aside for a moment."""
    swap, test, aside = one.with_name(f".{one.name}.swp"), one.with_name("4913"), one.with_name(f"{one.name}~")
    swap.write_bytes(b"b0VIM 9.0" + bytes(300))
    test.touch()
    test.unlink()
    renamed(one, aside, "")
    one.write_text(good, encoding="utf-8")
    aside.unlink(missing_ok=True)
    swap.unlink()


def saved_beside(one: Path, _: Path, good: str) -> None:
    """As VS Code may, and others do."""
    beside = one.with_name(f".{one.name}.tmp.1234")
    beside.write_text(good, encoding="utf-8")
    beside.replace(one)


SAVES = (saved, saved_broken, saved_both, deleted, renamed, saved_by_vim, saved_beside, saved)


def test_two_hundred_saves_leave_no_wrong_page_and_no_dead_server(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    partners, chance = root / "content/partners", random.Random(7)  # noqa: S311  # the same saves in every run
    names = ("food-bank", "library", "clinic", "school")
    with serving(root, free_port()) as (address, running):
        said_all = threading.Thread(target=lambda: [None for _ in running.stderr or ()], daemon=True)
        said_all.start()
        for number in range(200):
            one, other = chance.sample(names, 2)
            good = make.PARTNER_YML.replace("everyone", f"number {number}")
            SAVES[number % len(SAVES)](partners / f"{one}.yml", partners / f"{other}.yml", good)
            if number % 3 == 0:
                shown_at(f"{address}en/partners/{one}/")
            time.sleep(chance.choice((0.0, 0.01, 0.12, 0.3)))
        for number, name in enumerate(names[:3]):
            (partners / f"{name}.yml").write_text(make.PARTNER_YML.replace("everyone", f"the end {number}"), encoding="utf-8")
        (partners / "school.yml").unlink(missing_ok=True)

        wanted = {name: f"Free food for the end {number}." for number, name in enumerate(names[:3])}
        wrong: list[str] = ["not looked yet"]
        for _ in range(300):
            wrong = [name for name, text in wanted.items() if text not in shown_at(f"{address}en/partners/{name}/")]
            lists = shown_at(f"{address}en/partners/")
            wrong += [f"{name} in the list" for name, text in wanted.items() if text not in lists]
            wrong += ["school is still there"] if shown_at(f"{address}en/partners/school/") else []
            if not wrong:
                break
            time.sleep(0.1)
        assert wrong == []
        assert running.poll() is None


def test_pages_that_nobody_looks_at_follow(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    file = root / "content/partners/food-bank.yml"
    with serving(root, free_port()) as (address, running):
        shown_at(f"{address}en/partners/food-bank/")
        file.write_text(make.PARTNER_YML.replace("name: Food Bank", "name: Zebra Bank"), encoding="utf-8")
        said(running, "and all other pages")
        for page in ("en/partners/food-bank/", "en/partners/", "es/partners/food-bank/", "ar/partners/"):
            assert "Zebra Bank" in shown_at(f"{address}{page}"), page


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("pause", [0.0, 0.25])
def test_when_it_is_told_to_end_nothing_is_left(signal_: signal.Signals, pause: float, tmp_path: Path) -> None:
    root, folders = make.folder(tmp_path / "guide"), tmp_path / "tmp"
    folders.mkdir()
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(free_port())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", "TMPDIR": str(folders)}
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)
    address = said(running, r"serving (\S+)")
    shown_at(f"{address}en/partners/food-bank/")
    (root / "content/partners/food-bank.yml").write_text(make.PARTNER_YML.replace("everyone", "all"), encoding="utf-8")
    time.sleep(pause)

    running.send_signal(signal_)
    assert running.wait(15) == 130
    assert running.stderr
    with running.stderr as told:
        assert "Traceback" not in told.read()
    assert list(folders.iterdir()) == []
    with pytest.raises(ProcessLookupError):  # nobody of its group is left
        os.killpg(running.pid, 0)


def shown_at(address: str) -> str:
    """What a browser would get; nothing while the page is not there yet."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
            return str(answer.read().decode())
    except OSError:
        return ""
