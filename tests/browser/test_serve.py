"""The preview server: saves reach the browser, and nothing else reaches the server."""

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
from guidegen.cache.tracked_files import MARKER
from guidegen.model import visibility
from guidegen.model.problems import GuidegenError
from guidegen.serve.preview import Preview
from tests import ROOT, make
from tests.crash import tree

pytestmark = pytest.mark.browser


@contextmanager
def serving(root: Path, port: int) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Yield the address that the server printed, and its process."""
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert running.stderr
    watchdog = threading.Timer(600, running.kill)
    watchdog.start()
    try:
        yield read_until(running, r"serving (\S+)"), running
    finally:
        watchdog.cancel()
        running.terminate()
        running.wait()
        running.stderr.close()


def read_until(running: "subprocess.Popen[str]", pattern: str) -> str:
    """Return the first match of a pattern in the further output of a process, or its first group."""
    assert running.stderr
    for line in running.stderr:
        match = re.search(pattern, line)
        if match:
            return match[1] if match.groups() else match[0]
    raise AssertionError(f"no output matched {pattern}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_saved_change_reloads_the_browser(tmp_path: Path, chromium: Browser) -> None:
    root = make.folder(tmp_path, {"content/partners/draft.yml": make.PARTNER_YML + "status: draft\n"})
    file = root / "content/partners/food-bank.yml"
    console_messages: list[str] = []
    with serving(root, free_port()) as (address, _):
        page = chromium.new_page()
        page.on("console", lambda message: console_messages.append(message.text))
        with page.expect_websocket():
            page.goto(f"{address}en/partners/food-bank/")
        page.wait_for_load_state("networkidle")

        file.write_text(make.PARTNER_YML.replace("Free food for everyone.", "Free bread on Fridays."), encoding="utf-8")
        expect(page.locator(".lead")).to_have_text("Free bread on Fridays.", timeout=60_000)

        page.goto(f"{address}en/partners/draft/")
        expect(page.locator(".status")).to_have_text("Draft: not published yet.")
        page.close()

    assert [text for text in console_messages if "favicon" not in text] == []
    assert not (root / "site").exists()


def test_a_mistake_is_printed_and_the_last_good_pages_stay(tmp_path: Path, chromium: Browser) -> None:
    root = make.folder(tmp_path)
    file = root / "content/partners/food-bank.yml"
    with serving(root, free_port()) as (address, running):
        file.write_text("name: A: B\n", encoding="utf-8")
        assert read_until(running, r"food-bank\.yml:1:8: .*")
        assert read_until(running, "the last good pages")

        page = chromium.new_page()
        page.goto(f"{address}en/partners/food-bank/")
        expect(page.locator("h1")).to_have_text("Food Bank")
        page.close()


def test_if_a_port_is_taken_the_next_one_is_used(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = int(listener.getsockname()[1])
        with serving(root, port) as (address, _):
            assert address != f"http://127.0.0.1:{port}/"


def test_fifty_rapid_saves_are_all_published(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    files = [root / f"content/partners/{name}.yml" for name in ("food-bank", "library", "clinic")]
    with serving(root, free_port()) as (address, running):
        for number in range(50):
            files[number % 3].write_text(make.PARTNER_YML.replace("everyone", f"number {number}"), encoding="utf-8")
            time.sleep(0.02)
        # a save during a build is published by a later one
        expected = {file.stem: f"Free food for number {number}." for number, file in zip((48, 49, 47), files, strict=True)}
        for _ in range(200):
            shown = {name: fetch_page(f"{address}en/partners/{name}/") for name in expected}
            if all(text in shown[name] for name, text in expected.items()):
                return
            time.sleep(0.1)
        running.terminate()
    pytest.fail(f"not all of {expected} were published")


@pytest.mark.parametrize("saves_of_run", [15, pytest.param(60, marks=pytest.mark.nightly)])
def test_double_saves_are_all_published(tmp_path: Path, saves_of_run: int) -> None:
    """Save twice, so that the second save comes before, while or after the first is read."""
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML})
    file = root / "content/partners/food-bank.yml"
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(free_port())]

    with saves.serving(command, root) as address:
        chance = random.Random(60)  # noqa: S311  # not for secrets
        page = f"{address}en/partners/food-bank/"
        lost = list(saves.find_lost_saves(file, page, saves.SUMMARY, saves_of_run, 1.2, chance))

    assert lost == []


def test_a_guide_that_cannot_be_read_for_another_reason_is_read_again(tmp_path: Path) -> None:
    """A change counts as seen only once it is shown, so a failing disk must not lose it."""
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML})
    preview = Preview(root, "http://127.0.0.1:8000/")
    failures = [OSError(28, "No space left on device"), GuidegenError("the folder content cannot be read")]
    load = pipeline.load_checked_guide

    def load_or_fail(*arguments: Any, **options: Any) -> Any:
        if failures:
            raise failures.pop(0)
        return load(*arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_checked_guide", load_or_fail)
        reloads = threading.Semaphore(0)
        watcher = threading.Thread(target=preview.watch, args=(reloads.release,), daemon=True)
        watcher.start()
        for _ in range(3):  # both failures and the recovery are shown
            assert reloads.acquire(timeout=20)
        preview.close()
        watcher.join(20)

    assert failures == []
    assert preview.fault == ""
    assert b"Free food for everyone." in preview.read("en/partners/food-bank/index.html")


def test_browsers_reload_also_if_a_request_read_the_guide_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML})
    reloads = threading.Semaphore(0)
    monkeypatch.setattr("guidegen.serve.preview._POLL_INTERVAL_S", 1.0)
    server = Preview(root, "http://127.0.0.1:8000/")
    server.refresh()
    watcher = threading.Thread(target=server.watch, args=(reloads.release,), daemon=True)
    watcher.start()
    time.sleep(0.3)  # the watcher has looked, and waits

    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", "all"))
    assert b"Free food for all." in server.read("en/partners/food-bank/index.html")

    assert reloads.acquire(timeout=20)
    server.close()
    watcher.join(20)


def test_a_server_killed_during_a_build_leaves_the_guide_unchanged_and_the_port_free(tmp_path: Path) -> None:
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
        assert "Free food for everyone." in fetch_page(f"{address}en/partners/food-bank/")
    assert tree(root) == before


def test_two_servers_started_at_once_use_different_ports(tmp_path: Path) -> None:
    root, port = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML}), free_port()
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    servers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    try:
        addresses = {read_until(running, r"serving (\S+)") for running in servers}
        assert len(addresses) == 2
        assert all("Free food for everyone." in fetch_page(f"{address}en/partners/food-bank/") for address in addresses)
    finally:
        for running in servers:
            running.terminate()
            running.wait()
            assert running.stderr
            running.stderr.close()


def test_every_response_has_security_headers(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"admin/index.html": "<!doctype html>"})
    with serving(root, free_port()) as (address, _):
        for path in (
            "",
            "en/",
            "en/none/",
            "sw.js",
            "livereload.js",
            "_staff/",
            "_staff/referrals.html",
            "_staff/staff.css",
            "admin/",
            "%00",
            "en/%00/",
            "a%00.css",
        ):
            response = fetch(f"{address}{path}")
            assert response.status in (200, 404), path
            assert response.status == 404 or "%00" not in path
            assert response.headers["X-Content-Type-Options"] == "nosniff", path
            assert response.headers["X-Frame-Options"] == "DENY", path
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin", path


def fetch(address: str) -> Any:
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310  # our own server
            return response
    except urllib.error.HTTPError as error:
        error.close()
        return error


SECTION_TOP = "document.getElementById('s-s9').getBoundingClientRect().top"
"""The scroll position of a section: the browser keeps it in place even if lines above it come or go."""


def test_mistakes_appear_over_the_page_and_keep_its_scroll_position(tmp_path: Path, chromium: Browser) -> None:
    services = "".join(f"  - {{key: s{number}, types: [food], name: Table {number}}}\n" for number in range(40))
    profile = make.PARTNER_YML.partition("services:\n")[0] + f"services:\n{services}"
    editing = "editing: {web: 'https://example.org/edit/{path}', editor: vscode}\n"
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile, "guide.yml": make.GUIDE_YML + editing})
    file = root / "content/partners/food-bank.yml"
    with serving(root, free_port()) as (address, _):
        page = chromium.new_page(viewport={"width": 360, "height": 600})
        console_messages: list[str] = []
        page.on("console", lambda message: console_messages.append(message.text))
        with page.expect_websocket():
            page.goto(f"{address}en/partners/food-bank/")
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, 600)")
        before = page.evaluate(SECTION_TOP)

        file.write_text(profile.replace("types: [food], name: Table 7}", "types: [fod], name: Table 7}"), encoding="utf-8")
        notice = page.locator(".guidegen-notice")
        expect(notice).to_contain_text("'fod' is not a service type of this guide", timeout=60_000)
        number = profile.split("\n").index("  - {key: s7, types: [food], name: Table 7}") + 1
        expect(notice).to_contain_text(f"content/partners/food-bank.yml:{number}")
        expect(notice).to_contain_text("Did you mean:  food")
        links = notice.locator("a").evaluate_all("links => links.map(link => link.href)")
        assert links == [
            f"vscode://file{file}:{number}:23",
            "https://example.org/edit/content/partners/food-bank.yml",
        ]
        expect(page.locator("main")).to_contain_text("Table 7")
        page.wait_for_function(f"before => Math.abs({SECTION_TOP} - before) < 5", arg=before)
        assert page.evaluate("getComputedStyle(document.querySelector('.guidegen-notice')).position") == "fixed"

        file.write_text(profile.replace("Table 7", "Soup 7"), encoding="utf-8")
        expect(page.locator("main")).to_contain_text("Soup 7", timeout=60_000)
        expect(notice).to_have_count(0)
        page.wait_for_function(f"before => Math.abs({SECTION_TOP} - before) < 5", arg=before)
        page.close()
    assert [text for text in console_messages if "favicon" not in text] == []


def test_a_guide_with_mistakes_from_the_start_shows_them(tmp_path: Path, chromium: Browser) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": "name: A: B\n"})
    with serving(root, free_port()) as (address, _):
        page = chromium.new_page()
        page.goto(address)
        expect(page.locator(".guidegen-notice")).to_contain_text("content/partners/food-bank.yml:1")
        (root / "content/partners/food-bank.yml").write_text(make.PARTNER_YML, encoding="utf-8")
        expect(page.locator("a[lang=en]").first).to_be_visible(timeout=60_000)
        page.close()


def test_only_requests_from_this_computer_are_answered(tmp_path: Path) -> None:
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
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(handshake.encode())
            assert b" 403 " in connection.recv(200)
        other_addresses = [
            entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), port) if not str(entry[4][0]).startswith("127.")
        ]
        for other in other_addresses:
            with pytest.raises(OSError, match="refused"), socket.create_connection((str(other), port), 2):
                pass


def status(address: str, host: str) -> int:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310  # as above
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_staff_page_reports_on_the_current_files(tmp_path: Path, chromium: Browser) -> None:
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


def save(file: Path, _: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def save_half(file: Path, _: Path, text: str) -> None:
    file.write_text(text[: len(text) * 2 // 3], encoding="utf-8")


def save_both(file: Path, other: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    other.write_text(text, encoding="utf-8")


def delete(file: Path, _other: Path, _text: str) -> None:
    file.unlink(missing_ok=True)


def rename(file: Path, other: Path, _: str) -> None:
    if file.exists():
        file.replace(other)


def save_like_vim(file: Path, _: Path, text: str) -> None:
    """Write a swap file, test whether the folder is writable, and keep the old file as a backup for a moment."""
    swap, probe, backup = file.with_name(f".{file.name}.swp"), file.with_name("4913"), file.with_name(f"{file.name}~")
    swap.write_bytes(b"b0VIM 9.0" + bytes(300))
    probe.touch()
    probe.unlink()
    rename(file, backup, "")
    file.write_text(text, encoding="utf-8")
    backup.unlink(missing_ok=True)
    swap.unlink()


def save_by_renaming(file: Path, _: Path, text: str) -> None:
    """Write a temporary file and rename it, as VS Code and other editors may do."""
    temporary = file.with_name(f".{file.name}.tmp.1234")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)


SAVES = (save, save_half, save_both, delete, rename, save_like_vim, save_by_renaming, save)


@pytest.mark.parametrize("saves_of_run", [60, pytest.param(200, marks=pytest.mark.nightly)])
def test_many_saves_leave_no_outdated_page_and_a_running_server(tmp_path: Path, saves_of_run: int) -> None:
    root = make.folder(tmp_path)
    partners, chance = root / "content/partners", random.Random(7)  # noqa: S311  # the same saves in every run
    names = ("food-bank", "library", "clinic", "school")
    with serving(root, free_port()) as (address, running):
        drain = threading.Thread(target=lambda: [None for _ in running.stderr or ()], daemon=True)
        drain.start()
        for number in range(saves_of_run):
            name, other = chance.sample(names, 2)
            text = make.PARTNER_YML.replace("everyone", f"number {number}")
            SAVES[number % len(SAVES)](partners / f"{name}.yml", partners / f"{other}.yml", text)
            if number % 3 == 0:
                fetch_page(f"{address}en/partners/{name}/")
            time.sleep(chance.choice((0.0, 0.01, 0.12, 0.3)))
        for number, name in enumerate(names[:3]):
            (partners / f"{name}.yml").write_text(make.PARTNER_YML.replace("everyone", f"the end {number}"), encoding="utf-8")
        (partners / "school.yml").unlink(missing_ok=True)

        expected = {name: f"Free food for the end {number}." for number, name in enumerate(names[:3])}
        outdated: list[str] = ["not fetched yet"]
        for _ in range(300):
            outdated = [name for name, text in expected.items() if text not in fetch_page(f"{address}en/partners/{name}/")]
            partner_list = fetch_page(f"{address}en/partners/")
            outdated += [f"{name} in the list" for name, text in expected.items() if text not in partner_list]
            outdated += ["school still exists"] if fetch_page(f"{address}en/partners/school/") else []
            if not outdated:
                break
            time.sleep(0.1)
        assert outdated == []
        assert running.poll() is None


def test_every_page_shows_a_change_at_once(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    file = root / "content/partners/food-bank.yml"
    with serving(root, free_port()) as (address, _):
        fetch_page(f"{address}en/partners/food-bank/")
        file.write_text(make.PARTNER_YML.replace("name: Food Bank", "name: Zebra Bank"), encoding="utf-8")
        for page in ("en/partners/food-bank/", "en/partners/", "es/partners/food-bank/", "ar/partners/"):
            assert "Zebra Bank" in fetch_page(f"{address}{page}"), page


def test_the_preview_has_the_files_of_a_built_site(tmp_path: Path) -> None:
    root, out, address = make.folder(tmp_path / "guide"), tmp_path / "out" / "site", "http://127.0.0.1:8000/"
    pipeline.build(root, out, pipeline.BuildOptions(address, select=visibility.select_preview))
    preview = Preview(root, address)

    built = {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    built = {path: content for path, content in built.items() if path != MARKER and not path.endswith("/offline.json")}
    assert {"en/index.html", "en/guide.html", "sw.js", "404.html"} <= built.keys()
    differing = [path for path, content in built.items() if preview.read(path) != content]
    assert differing == []


def test_a_template_with_a_mistake_is_reported_on_the_page(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"templates/partner.html": "{{ view.no_such_field }}"})
    with serving(root, free_port()) as (address, _):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}en/partners/food-bank/")  # noqa: S310  # our own server
        assert refused.value.code == 500
        assert "no_such_field" in refused.value.read().decode()
        make.write(root, "templates/partner.html", "<h1>mended</h1>")
        assert "mended" in fetch_page(f"{address}en/partners/food-bank/")


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("pause", [0.0, 0.25])
def test_a_signal_ends_the_server_and_removes_its_files_and_processes(
    signal_: signal.Signals, pause: float, tmp_path: Path
) -> None:
    root, temp_root = make.folder(tmp_path / "guide"), tmp_path / "tmp"
    temp_root.mkdir()
    command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", str(free_port())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", "TMPDIR": str(temp_root)}
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)
    address = read_until(running, r"serving (\S+)")
    fetch_page(f"{address}en/partners/food-bank/")
    (root / "content/partners/food-bank.yml").write_text(make.PARTNER_YML.replace("everyone", "all"), encoding="utf-8")
    time.sleep(pause)

    running.send_signal(signal_)
    assert running.wait(15) == 130
    assert running.stderr
    with running.stderr as output:
        assert "Traceback" not in output.read()
    assert list(temp_root.iterdir()) == []
    with pytest.raises(ProcessLookupError):  # no process of its group is left
        os.killpg(running.pid, 0)


def fetch_page(address: str) -> str:
    """Return a page as a browser gets it, or an empty string while it does not exist."""
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310  # our own server
            return str(response.read().decode())
    except OSError:
        return ""
