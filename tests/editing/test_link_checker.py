"""External links in the content, checked against a server that misbehaves in every way."""

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
    """A handler whose response depends on the path: ``404``, ``301-to-fine``, or the name of a method below."""

    server_log: "Server"

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def log_message(self, *_: object) -> None:
        pass

    def answer(self) -> None:
        self.server_log.requests.append((self.command, self.path, time.monotonic()))
        self.server_log.active.append(self.path)
        self.server_log.max_active = max(self.server_log.max_active, len({*self.server_log.active}))
        try:
            getattr(self, self.path[1:].replace("-", "_"), self.plain)()
        finally:
            self.server_log.active.remove(self.path)

    def plain(self, code: int = 0) -> None:
        status, _, target = self.path[1:].partition("-to-")
        self.send_response(code or (int(status) if status.isdigit() else 200))
        if target:
            self.send_header("Location", target if ":" in target else f"/{target}")
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
    """A server that records its requests, and the most paths it served at once; HEAD and GET of one path may overlap."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, float]] = []
        self.active: list[str] = []
        self.max_active = 0
        self._server = Quiet(("127.0.0.1", 0), type("Own", (Handler,), {"server_log": self}))
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.mark.slow
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
def test_each_kind_of_response_has_a_status(server: Server, path: str, kind: str, detail: str) -> None:
    status = LinkProber(may_be_private=True, seconds=1).probe(server.address + path)

    assert status.kind == kind, status
    assert detail in status.detail


def test_a_refused_connection_is_unclear() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert LinkProber(may_be_private=True).probe(f"http://127.0.0.1:{port}/") == LinkStatus("unclear", "it refuses connections")


def test_a_website_without_a_valid_certificate_is_unclear(server: Server) -> None:
    status = LinkProber(may_be_private=True, seconds=1).probe(server.address.replace("http:", "https:"))

    assert status.kind == "unclear"


def test_a_host_name_that_does_not_exist_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    assert LinkProber().probe("https://no-such-website.org/") == LinkStatus("gone", "there is no such website")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/x", "http://169.254.169.254/latest/", "http://192.168.1.1:8080/"],
)
def test_no_request_is_sent_to_a_private_network(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.getproxies", dict)

    assert LinkProber().probe(url).kind == "private"


@pytest.mark.slow
def test_a_response_that_never_ends_is_abandoned(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_checker, "TIMEOUT_S", 1.5)
    started = time.monotonic()

    status = link_checker._ask_with_timeout(LinkProber(may_be_private=True, seconds=5).probe, server.address + "drips")

    assert status.kind == "unclear"
    assert time.monotonic() - started < 3


# --- in a guide -----------------------------------------------------------------------------------


def guide(root: Path, server: Server) -> Path:
    url = server.address
    partner = (
        make.PARTNER_YML
        + f"website: {url}404\nsocial: [{url}fine, '{url}301-to-fine']\ndescription: |\n  See [this]({url}500).\n\n  Or {url}fine.\n"
    )
    article = f"---\ntitle: A\nsummary: B\ndate: 2026-09-01\nauthors: [Ana]\n---\nRead ({url}404), please; https://nobody.example.org/.\n"
    return make.folder(root, {"content/partners/food-bank.yml": partner, "content/spotlights/a.md": article})


def test_problems_are_reported_at_the_position_of_the_link(tmp_path: Path, server: Server) -> None:
    problems = link_checker.check_links(guide(tmp_path, server), LinkProber(may_be_private=True, seconds=1).probe, pause=0)

    assert [(problem.path.name, problem.line, problem.column, problem.code, problem.severity) for problem in problems] == [
        ("food-bank.yml", 9, 10, "dead-link", Severity.ERROR),
        ("food-bank.yml", 10, 10 + len(server.address) + 7, "moved-link", Severity.WARNING),
        ("food-bank.yml", 12, 14, "no-answer", Severity.WARNING),
        ("a.md", 7, 7, "dead-link", Severity.ERROR),
    ]
    assert problems[1].hint == f"Write:  {server.address}fine"


def test_a_host_gets_one_request_at_a_time_and_working_links_are_cached(tmp_path: Path, server: Server) -> None:
    root, ask = guide(tmp_path, server), LinkProber(may_be_private=True, seconds=1).probe

    link_checker.check_links(root, ask, pause=0.2)
    urls = {path for _, path, _ in server.requests}
    gaps = [
        end - start
        for (_, path, start), (_, next_path, end) in zip(server.requests, server.requests[1:], strict=False)
        if path != next_path
    ]
    request_count = len(server.requests)
    link_checker.check_links(root, ask, pause=0)

    assert urls == {"/404", "/fine", "/301-to-fine", "/500"}
    assert server.max_active <= 2  # the response of a redirect may still be sent while its target is requested
    assert sum(gap >= 0.2 for gap in gaps) >= 3
    assert {("HEAD", "/404"), ("GET", "/404")} <= {(method, path) for method, path, _ in server.requests[request_count:]}


def test_an_expired_or_damaged_cache_is_ignored(tmp_path: Path, server: Server) -> None:
    root, ask = guide(tmp_path, server), LinkProber(may_be_private=True, seconds=1).probe
    for cache in ("{", "[]", '{"x": "y"}', f'{{"{server.address}fine": 1000}}'):
        make.write(root, ".guidegen/links.json", cache)
        server.requests.clear()

        link_checker.check_links(root, ask, pause=0)

        assert "/fine" in [path for _, path, _ in server.requests]


def test_reserved_names_and_comments_are_skipped(tmp_path: Path) -> None:
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
def test_a_url_ends_before_punctuation(tmp_path: Path, text: str, url: str) -> None:
    root = make.folder(tmp_path, {"content/spotlights/a.md": f"---\ntitle: A\n---\n{text}\n"})

    assert [*link_checker.find_urls(root)] == [url]


def test_check_reports_links_with_the_option_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + "website: https://real.org/\n"})
    monkeypatch.setattr(LinkProber, "probe", lambda *_: LinkStatus("gone", "the website answers 404"))

    assert main(["check", "--root", str(root)]) == 0
    assert main(["check", "--links", "--root", str(root)]) == 1

    assert "food-bank.yml:9:10: 'https://real.org/' is a broken link: the website answers 404" in capsys.readouterr().err
    assert link_checker.find_urls(root)["https://real.org/"] == [
        link_checker.UrlPosition(PurePosixPath("content/partners/food-bank.yml"), 9, 10)
    ]


def test_a_url_with_an_invalid_host_is_skipped(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + "description: See https://a℀b.org/x\n"})

    assert link_checker.find_urls(root) == {}
