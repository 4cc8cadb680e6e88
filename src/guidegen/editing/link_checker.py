"""Check the external links in the content: one request at a time per host, with a pause between requests and a time limit.

Every build checks the links within the guide. External links need the network, so they are checked only on request.
"""

import ipaddress
import json
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPMessage
from pathlib import Path, PurePosixPath
from queue import Empty, SimpleQueue
from typing import IO, NamedTuple
from urllib.parse import urlsplit

from guidegen import __version__
from guidegen.cache.folders import prepare_cache
from guidegen.cache.tracked_files import CACHE_DIR
from guidegen.content.articles import list_article_folders
from guidegen.content.source_files import list_content_files
from guidegen.content.text_file import read_text
from guidegen.files.atomic_files import write_file
from guidegen.model.problems import Problem, Severity
from guidegen.patterns import compile_lazily

TIMEOUT_S = 20.0
"""Seconds for one URL, including its redirects."""
PAUSE_S = 1.0
"""Seconds between two requests to the same host."""
MAX_CONCURRENT_HOSTS = 8
MAX_REDIRECTS = 8
CACHE_LIFETIME_S = 7 * 24 * 3600
"""Seconds for which a result is kept: a working URL is not requested again, and a failing one is still reported."""
_CACHE_FILE = "links.json"
_URL = compile_lazily(r"https?://[^\s<>\"'`\\|^{}\[\]]+", re.IGNORECASE)
_RESERVED_HOST = compile_lazily(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$", re.IGNORECASE)
"""Host names that are reserved for examples and tests. RFC 2606."""
_BOT_REFUSALS = (401, 403, 405, 406, 407, 429, 451, 999)
"""Status codes that programs may get for a page that opens in a browser, so they say nothing about the page."""


class UrlPosition(NamedTuple):
    """The position of a URL in the content; line and column count from 1."""

    path: PurePosixPath
    line: int
    column: int


class LinkStatus(NamedTuple):
    """The result of probing a URL: ``ok``, ``gone``, ``moved``, ``private``, ``circle`` or ``unclear``.

    ``refused`` occurs only between the two requests of a probe. ``detail`` is the reason, or the new URL if it has moved.
    """

    kind: str
    detail: str = ""


def find_urls(root: Path) -> dict[str, list[UrlPosition]]:
    """Return every external URL in the content with its positions, without the guide's own address and reserved names."""
    positions: defaultdict[str, list[UrlPosition]] = defaultdict(list)
    for path in _list_files(root):
        text, _ = read_text(root / path, path)
        for number, line in enumerate(text.split("\n"), 1):
            if line.lstrip().startswith("#") and path.suffix == ".yml":
                continue
            for match in _URL.finditer(line):
                is_own_address = path.name == "guide.yml" and line.startswith("address:")
                if not is_own_address and not _RESERVED_HOST.search(_extract_host(match[0]) or "localhost"):
                    positions[_strip_punctuation(match[0])].append(UrlPosition(path, number, match.start() + 1))
    return dict(positions)


def _list_files(root: Path) -> Iterator[PurePosixPath]:
    yield from (PurePosixPath("guide.yml"), PurePosixPath("content/services.yml"))
    for folder, extension in (("content/partners", ".yml"), *((folder, ".md") for folder in list_article_folders(root))):
        yield from (file.path for file in list_content_files(root, folder, extension)[0])


def _extract_host(url: str) -> str:
    """Return the host name in lowercase, or an empty string if the URL has none that could be looked up."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # letters such as ℀ that normalize to characters with a meaning in URLs
        return ""


def _strip_punctuation(url: str) -> str:
    """Return the URL without the punctuation that ends the sentence or the Markdown around it."""
    stripped = url.rstrip(".,;:!?*_")
    while stripped.endswith(")") and stripped.count("(") < stripped.count(")"):
        stripped = stripped[:-1].rstrip(".,;:!?*_")
    return stripped


def check_links(root: Path, ask: Callable[[str], LinkStatus] | None = None, pause: float = PAUSE_S) -> tuple[Problem, ...]:
    """Return the problems of the URLs in the content. URLs that worked within a week are not requested again."""
    positions = find_urls(root)
    working = {url: entry for url, entry in _load_cache(root).items() if entry.status.kind == "ok"}
    unchecked = [url for url in positions if url not in working]
    statuses = _probe_all(unchecked, ask or LinkProber().probe, pause)
    if unchecked:
        _save_cache(root, working | {url: _CacheEntry(time.time(), status) for url, status in statuses.items()})
    return _list_problems(statuses, positions)


def find_dead_links(root: Path) -> tuple[Problem, ...]:
    """Return the problems that the last check of the past week recorded, without any request."""
    cache = _load_cache(root)
    return _list_problems({url: entry.status for url, entry in cache.items()}, find_urls(root) if cache else {})


def _list_problems(statuses: Mapping[str, LinkStatus], positions: Mapping[str, list[UrlPosition]]) -> tuple[Problem, ...]:
    problems = (
        _build_problem(url, statuses[url], position)
        for url, url_positions in positions.items()
        if url in statuses
        for position in url_positions
    )
    return tuple(sorted(problem for problem in problems if problem))


def _build_problem(url: str, status: LinkStatus, position: UrlPosition) -> Problem | None:
    shown = url if len(url) <= 80 else f"{url[:79]}…"
    fix = "Find the new address, or remove it."
    if status.kind == "gone":
        return Problem(*position, f"'{shown}' is a broken link: {status.detail}", fix, "dead-link")
    if status.kind == "circle":
        return Problem(*position, f"'{shown}' keeps redirecting and never opens a page", fix, "dead-link")
    if status.kind == "private":
        hint = "Write an address that everyone can open."
        return Problem(*position, f"'{shown}' is on a private network, which readers cannot reach", hint, "private-link")
    if status.kind == "moved":
        hint = f"Write:  {status.detail}"
        return Problem(*position, f"'{shown}' has moved permanently", hint, "moved-link", Severity.WARNING)
    if status.kind == "unclear":
        message, hint = f"no answer from {_extract_host(url)}: {status.detail}", "Try it in a browser. This may be temporary."
        return Problem(*position, message, hint, "no-answer", Severity.WARNING)
    return None


def _probe_all(urls: list[str], ask: Callable[[str], LinkStatus], pause: float) -> dict[str, LinkStatus]:
    """Return a status for each URL: several hosts are probed in parallel, the URLs of one host one after the other."""
    urls_by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        urls_by_host[_extract_host(url)].append(url)
    queue: SimpleQueue[list[str]] = SimpleQueue()
    for host_urls in urls_by_host.values():
        queue.put(host_urls)
    statuses: dict[str, LinkStatus] = {}

    def work() -> None:
        with suppress(Empty):
            while True:
                for index, url in enumerate(queue.get_nowait()):
                    time.sleep(pause if index else 0)
                    statuses[url] = _ask_with_timeout(ask, url)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(MAX_CONCURRENT_HOSTS, len(urls_by_host)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def _ask_with_timeout(ask: Callable[[str], LinkStatus], url: str) -> LinkStatus:
    """Return the status of a URL, giving up after ``TIMEOUT_S``: a socket timeout does not catch a host that sends slowly."""
    result: SimpleQueue[LinkStatus] = SimpleQueue()
    thread = threading.Thread(target=lambda: result.put(ask(url)), daemon=True)
    thread.start()
    thread.join(TIMEOUT_S)
    return LinkStatus("unclear", f"it took longer than {TIMEOUT_S:.0f} seconds") if result.empty() else result.get()


class _PrivateError(Exception):
    """The host is on a private network."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """A handler that follows a few redirects to public hosts and records the last target and whether all were permanent."""

    max_redirections = MAX_REDIRECTS

    def __init__(self, may_be_private: bool) -> None:
        self.may_be_private = may_be_private
        self.all_permanent = True
        self.last = ""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        self.all_permanent &= code in (301, 308)
        self.last = newurl
        if not self.may_be_private:
            _refuse_private(newurl)
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None:
            request.method = req.get_method()  # urllib would follow HEAD with GET
        return request


class LinkProber:
    """A probe for one URL at a time. ``may_be_private`` is for tests, whose servers run on this computer."""

    def __init__(self, may_be_private: bool = False, seconds: float = TIMEOUT_S / 2) -> None:
        self._may_be_private = may_be_private
        self._seconds = seconds

    def probe(self, url: str) -> LinkStatus:
        """Probe a URL with HEAD and, since some servers do not support it, again with GET if that fails. No body is read."""
        status = self._request(url, "HEAD")
        if status.kind in ("ok", "moved", "private"):
            return status
        status = self._request(url, "GET")
        return LinkStatus("ok") if status.kind == "refused" else status

    def _request(self, url: str, method: str) -> LinkStatus:
        redirects = _Redirects(self._may_be_private)
        opener = urllib.request.build_opener(redirects)
        headers = {"User-Agent": f"guidegen/{__version__} (link check)", "Accept": "text/html,*/*;q=0.5"}
        try:
            if not self._may_be_private:
                _refuse_private(url)
            with opener.open(urllib.request.Request(url, method=method, headers=headers), timeout=self._seconds):  # noqa: S310  # HTTP only
                pass
        except _PrivateError:
            return LinkStatus("private")
        except urllib.error.HTTPError as error:
            error.close()
            return _classify_http_error(error)
        except urllib.error.URLError as error:
            return _classify_failure(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            return _classify_failure(error)
        has_moved = redirects.last and redirects.all_permanent and redirects.last.split("#")[0] != url.split("#")[0]
        return LinkStatus("moved", redirects.last) if has_moved else LinkStatus("ok")


def _classify_http_error(error: urllib.error.HTTPError) -> LinkStatus:
    if error.code in range(300, 400):
        return LinkStatus("circle")
    if error.code in (404, 410):
        return LinkStatus("gone", f"the website answers {error.code}")
    return LinkStatus("refused") if error.code in _BOT_REFUSALS else LinkStatus("unclear", f"it answers {error.code}")


def _classify_failure(reason: object) -> LinkStatus:
    if isinstance(reason, socket.gaierror):
        is_temporary = reason.errno == socket.EAI_AGAIN
        return (
            LinkStatus("unclear", "its name cannot be looked up now")
            if is_temporary
            else LinkStatus("gone", "there is no such website")
        )
    if isinstance(reason, ssl.SSLError):
        return LinkStatus("unclear", "its certificate is not valid, so browsers show a warning")
    if isinstance(reason, TimeoutError):
        return LinkStatus("unclear", "it does not answer in time")
    if isinstance(reason, ConnectionRefusedError):
        return LinkStatus("unclear", "it refuses connections")
    return LinkStatus("unclear", f"it does not answer as a website should ({type(reason).__name__})")


def _refuse_private(url: str) -> None:
    """Raise ``_PrivateError`` for a host on a private network: content must not make this computer send requests there.

    Behind a proxy, the proxy sends the requests, so nothing is checked.
    """
    parts = urlsplit(url)
    if parts.scheme in urllib.request.getproxies():
        return
    for *_, address in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(str(address[0]).split("%")[0]).is_global:
            raise _PrivateError


class _CacheEntry(NamedTuple):
    """A status and the time when it was found, in seconds since the epoch."""

    at: float
    status: LinkStatus


def _load_cache(root: Path) -> dict[str, _CacheEntry]:
    """Return the statuses of the last week, or nothing if the cache file is missing or damaged."""
    try:
        rows = json.loads((root / CACHE_DIR / _CACHE_FILE).read_text(encoding="utf-8"))
        now = time.time()
        entries = {
            str(url): _CacheEntry(float(at), LinkStatus(str(kind), str(detail))) for url, (at, kind, detail) in rows.items()
        }
        return {url: entry for url, entry in entries.items() if 0 <= now - entry.at < CACHE_LIFETIME_S}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _save_cache(root: Path, entries: Mapping[str, _CacheEntry]) -> None:
    rows = {url: [entry.at, *entry.status] for url, entry in entries.items()}
    with suppress(OSError):  # without a cache, the next check requests these URLs again
        prepare_cache(root / CACHE_DIR)
        write_file(root / CACHE_DIR / _CACHE_FILE, json.dumps(rows, indent=0, sort_keys=True).encode())
