"""Addresses of the web in content, asked of a server that misbehaves in every way."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath

import pytest

from guidegen.cli import main
from guidegen.editing import link_checker
from guidegen.editing.link_checker import LinkProber, LinkStatus
from guidegen.model.problems import Severity
from tests import make


class Handler(BaseHTTPRequestHandler):
    """Answers by path: ``404``; ``301-to-fine``; or one of the names below."""

    notes: "Server"

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def log_message(self, *_: object) -> None:
        pass

    def answer(self) -> None:
        self.notes.asked.append((self.command, self.path, time.monotonic()))
        self.notes.now.append(self.path)
        self.notes.most = max(self.notes.most, len({*self.notes.now}))
        try:
            getattr(self, self.path[1:].replace("-", "_"), self.plain)()
        finally:
            self.notes.now.remove(self.path)

    def plain(self, code: int = 0) -> None:
        said, _, place = self.path[1:].partition("-to-")
        self.send_response(code or (int(said) if said.isdigit() else 200))
        if place:
            self.send_header("Location", place if ":" in place else f"/{place}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def no_head(self) -> None:
        self.plain(405 if self.command == "HEAD" else 200)

    def lies_to_head(self) -> None:
        self.plain(404 if self.command == "HEAD" else 200)

    def gone_but_not_for_head(self) -> None:
        self.plain(403 if self.command == "HEAD" else 404)

    def circle(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/circle")
        self.end_headers()

    def closes(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def hangs(self) -> None:
        time.sleep(30)

    def garbage(self) -> None:
        self.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")

    def drips(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            self.wfile.write(f"X-{number}: x\r\n".encode())
            time.sleep(0.3)

    def endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while self.command == "GET":
            self.wfile.write(b"x" * 100_000)


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


class Server:
    """Notes who asked for what and when, and how many addresses at a time: HEAD and GET of one may meet."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, float]] = []
        self.now: list[str] = []
        self.most = 0
        self._server = Quiet(("127.0.0.1", 0), type("Own", (Handler,), {"notes": self}))
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("path", "kind", "detail"),
    [
        ("fine", "ok", ""),
        ("no-head", "ok", ""),
        ("lies-to-head", "ok", ""),
        ("gone-but-not-for-head", "gone", "404"),
        ("endless", "ok", ""),
        ("404", "gone", "404"),
        ("410", "gone", "410"),
        ("401", "ok", ""),
        ("403", "ok", ""),
        ("429", "ok", ""),
        ("999", "ok", ""),
        ("500", "unclear", "500"),
        ("503", "unclear", "503"),
        ("301-to-fine", "moved", "/fine"),
        ("308-to-fine", "moved", "/fine"),
        ("302-to-fine", "ok", ""),
        ("301-to-302-to-fine", "ok", ""),
        ("301-to-404", "gone", "404"),
        ("circle", "circle", ""),
        ("301-to-file:///etc/passwd", "circle", ""),
        ("closes", "unclear", "does not answer as a website"),
        ("garbage", "unclear", "does not answer as a website"),
        ("hangs", "unclear", "in time"),
    ],
)
def test_each_way_to_misbehave_has_its_answer(server: Server, path: str, kind: str, detail: str) -> None:
    answer = LinkProber(may_be_private=True, seconds=1).ask(server.address + path)

    assert answer.kind == kind, answer
    assert detail in answer.detail


def test_where_nobody_listens_there_is_no_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert LinkProber(may_be_private=True).ask(f"http://127.0.0.1:{port}/") == LinkStatus("unclear", "it refuses connections")


def test_a_website_without_a_valid_certificate_is_told(server: Server) -> None:
    answer = LinkProber(may_be_private=True, seconds=1).ask(server.address.replace("http:", "https:"))

    assert answer.kind == "unclear"


def test_a_name_that_nobody_has_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert LinkProber().ask("https://no-such-website.org/") == LinkStatus("gone", "there is no such website")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/x", "http://169.254.169.254/latest/", "http://192.168.1.1:8080/"],
)
def test_nothing_is_asked_of_a_private_network(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.getproxies", dict)

    assert LinkProber().ask(url).kind == "private"


def test_a_host_that_never_ends_is_left_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_checker, "TIMEOUT_S", 1.5)
    started = time.monotonic()

    answer = link_checker._ask_with_timeout(LinkProber(may_be_private=True, seconds=5).ask, server.address + "drips")

    assert answer.kind == "unclear"
    assert time.monotonic() - started < 3


# --- in a guide -----------------------------------------------------------------------------------


def guide(root: Path, server: Server) -> Path:
    at = server.address
    partner = (
        make.PARTNER_YML
        + f"website: {at}404\nsocial: [{at}fine, '{at}301-to-fine']\ndescription: |\n  See [this]({at}500).\n\n  Or {at}fine.\n"
    )
    article = f"---\ntitle: A\nsummary: B\ndate: 2026-09-01\nauthors: [Ana]\n---\nRead ({at}404), please; https://nobody.example.org/.\n"
    return make.folder(root, {"content/partners/food-bank.yml": partner, "content/spotlights/a.md": article})


def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, server: Server) -> None:
    found = link_checker.check_links(guide(tmp_path, server), LinkProber(may_be_private=True, seconds=1).ask, pause=0)

    assert [(one.path.name, one.line, one.column, one.code, one.severity) for one in found] == [
        ("food-bank.yml", 9, 10, "dead-link", Severity.ERROR),
        ("food-bank.yml", 10, 10 + len(server.address) + 7, "moved-link", Severity.WARNING),
        ("food-bank.yml", 12, 14, "no-answer", Severity.WARNING),
        ("a.md", 7, 7, "dead-link", Severity.ERROR),
    ]
    assert found[1].hint == f"Write:  {server.address}fine"


def test_a_host_is_asked_one_thing_at_a_time_and_good_news_are_remembered(tmp_path: Path, server: Server) -> None:
    root, ask = guide(tmp_path, server), LinkProber(may_be_private=True, seconds=1).ask

    link_checker.check_links(root, ask, pause=0.2)
    urls = {path for _, path, _ in server.asked}
    gaps = [
        after - before
        for (_, one, before), (_, other, after) in zip(server.asked, server.asked[1:], strict=False)
        if one != other
    ]
    asked = len(server.asked)
    link_checker.check_links(root, ask, pause=0)

    assert urls == {"/404", "/fine", "/301-to-fine", "/500"}
    assert server.most <= 2  # where one leads to the other, its answer may still be on its way
    assert sum(gap >= 0.2 for gap in gaps) >= 3
    assert {("HEAD", "/404"), ("GET", "/404")} <= {(method, path) for method, path, _ in server.asked[asked:]}


def test_what_was_remembered_long_ago_or_is_damaged_is_asked_again(tmp_path: Path, server: Server) -> None:
    root, ask = guide(tmp_path, server), LinkProber(may_be_private=True, seconds=1).ask
    for old in ("{", "[]", '{"x": "y"}', f'{{"{server.address}fine": 1000}}'):
        make.write(root, ".guidegen/links.json", old)
        server.asked.clear()

        link_checker.check_links(root, ask, pause=0)

        assert "/fine" in [path for _, path, _ in server.asked]


def test_invented_names_and_comments_are_not_asked(tmp_path: Path) -> None:
    text = (
        make.PARTNER_YML
        + "website: https://food.example.org/\n# https://real-website.org/\nsocial: [https://a.test/, http://localhost/x]\n"
    )
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": text})

    assert link_checker.find_urls(root) == {}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://real.org/a_(b).", "https://real.org/a_(b)"),
        ("(https://real.org/a)", "https://real.org/a"),
        ("<https://real.org/a?x=1&y=2>", "https://real.org/a?x=1&y=2"),
        ("[x](https://real.org/a).", "https://real.org/a"),
        ("**https://real.org/a**", "https://real.org/a"),
        ("“https://real.org/é”", "https://real.org/é”"),
    ],
)
def test_an_address_is_read_whole(tmp_path: Path, text: str, url: str) -> None:
    root = make.folder(tmp_path, {"content/spotlights/a.md": f"---\ntitle: A\n---\n{text}\n"})

    assert [*link_checker.find_urls(root)] == [url]


def test_it_is_a_part_of_check_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + "website: https://real.org/\n"})
    monkeypatch.setattr(LinkProber, "ask", lambda *_: LinkStatus("gone", "the website answers 404"))

    assert main(["check", "--root", str(root)]) == 0
    assert main(["check", "--links", "--root", str(root)]) == 1

    assert "food-bank.yml:9:10: 'https://real.org/' is a broken link: the website answers 404" in capsys.readouterr().err
    assert link_checker.find_urls(root)["https://real.org/"] == [
        link_checker.UrlPosition(PurePosixPath("content/partners/food-bank.yml"), 9, 10)
    ]


def test_an_address_whose_host_is_no_name_is_not_asked(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + "description: See https://a℀b.org/x\n"})

    assert link_checker.find_urls(root) == {}
