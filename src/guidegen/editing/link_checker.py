"""Web addresses in the content, asked whether they still lead somewhere: politely, a host at a time, and never for long.

Links within the guide are checked in every build (``sitecheck``); these need the network, so they are asked on demand.
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
from guidegen.cache.tracked_files import CACHE
from guidegen.content.source_files import content_files
from guidegen.content.text_file import read_text
from guidegen.files.atomic_files import write_file
from guidegen.model.problems import Problem, Severity

TIMEOUT_S = 20.0
"""Seconds for one address, all of its redirects included."""
PAUSE_S = 1.0
"""Seconds between two questions to one host."""
HOSTS_AT_ONCE = 8
MAX_REDIRECTS = 8
CACHE_LIFETIME_S = 7 * 24 * 3600
"""Seconds for which an address that was found good is not asked again, and for which one that was not is told of."""
_CACHE_FILE = "links.json"
_URL = re.compile(r"https?://[^\s<>\"'`\\|^{}\[\]]+", re.IGNORECASE)
_INVENTED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$", re.IGNORECASE)
"""Names that lead nowhere by agreement. RFC 2606."""
_REFUSES_PROGRAMS = (401, 403, 405, 406, 407, 429, 451, 999)
"""Answers that say nothing about the page: people with browsers get another one."""


class UrlPosition(NamedTuple):
    """Where an address stands; line and column count from 1."""

    path: PurePosixPath
    line: int
    column: int


class LinkStatus(NamedTuple):
    """What came of asking: ``ok``, ``gone``, ``moved``, ``private``, ``circle``, or ``unclear``, with more about it."""

    kind: str
    detail: str = ""


def find_urls(root: Path) -> dict[str, list[UrlPosition]]:
    """Every address of the web in the content, and where it stands. The guide's own and invented ones are left out."""
    found: defaultdict[str, list[UrlPosition]] = defaultdict(list)
    for path in _files(root):
        text, _ = read_text(root / path, path)
        for number, line in enumerate(text.split("\n"), 1):
            if line.lstrip().startswith("#") and path.suffix == ".yml":
                continue
            for match in _URL.finditer(line):
                is_own = path.name == "guide.yml" and line.startswith("address:")
                if not is_own and not _INVENTED.search(_host(match[0]) or "localhost"):
                    found[_whole(match[0])].append(UrlPosition(path, number, match.start() + 1))
    return dict(found)


def _files(root: Path) -> Iterator[PurePosixPath]:
    yield from (PurePosixPath("guide.yml"), PurePosixPath("content/services.yml"))
    for folder, ending in (("partners", ".yml"), ("spotlights", ".md")):
        yield from (one.path for one in content_files(root, folder, ending)[0])


def _host(url: str) -> str:
    """The name of the host in small letters; empty where there is none, or none that can be looked up."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:  # letters that would become signs of an address, such as ℀
        return ""


def _whole(text: str) -> str:
    """The address without what ends the sentence or the Markdown around it."""
    stripped = text.rstrip(".,;:!?*_")
    while stripped.endswith(")") and stripped.count("(") < stripped.count(")"):
        stripped = stripped[:-1].rstrip(".,;:!?*_")
    return stripped


def check_links(root: Path, ask: Callable[[str], LinkStatus] | None = None, pause: float = PAUSE_S) -> tuple[Problem, ...]:
    """What is wrong with the addresses in the content. What was good within a week is taken from the cache."""
    places = find_urls(root)
    known = _remembered(root)
    good = {url: one for url, one in known.items() if one.answer.kind == "ok"}
    left = [url for url in places if url not in good]
    answers = _asked(left, ask or LinkProber().ask, pause)
    if left:
        _remember(root, good | {url: _Remembered(time.time(), answer) for url, answer in answers.items()})
    return _describe(answers, places)


def find_dead_links(root: Path) -> tuple[Problem, ...]:
    """What was wrong with the addresses when they were last asked, within a week; nothing is asked."""
    known = _remembered(root)
    return _describe({url: one.answer for url, one in known.items()}, find_urls(root) if known else {})


def _describe(answers: Mapping[str, LinkStatus], places: Mapping[str, list[UrlPosition]]) -> tuple[Problem, ...]:
    told = (_problem(url, answers[url], place) for url, where in places.items() if url in answers for place in where)
    return tuple(sorted(problem for problem in told if problem))


def _problem(url: str, answer: LinkStatus, place: UrlPosition) -> Problem | None:
    shown, host = url if len(url) <= 80 else f"{url[:79]}…", _host(url)
    mend = "Find the new address, or remove it."
    if answer.kind == "gone":
        return Problem(*place, f"'{shown}' leads nowhere: {answer.detail}", mend, "dead-link")
    if answer.kind == "circle":
        return Problem(
            *place,
            f"'{shown}' is passed on from address to address, and leads nowhere",
            mend,
            "dead-link",
        )
    if answer.kind == "private":
        hint = "Write the address under which everybody can open it."
        return Problem(*place, f"'{shown}' is on a private network, where readers cannot go", hint, "private-link")
    if answer.kind == "moved":
        return Problem(*place, f"'{shown}' has moved for good", f"Write:  {answer.detail}", "moved-link", Severity.WARNING)
    if answer.kind == "unclear":
        hint = "Try it in a browser. It may be so for a short time only."
        return Problem(*place, f"no answer from {host}: {answer.detail}", hint, "no-answer", Severity.WARNING)
    return None


def _asked(urls: list[str], ask: Callable[[str], LinkStatus], pause: float) -> dict[str, LinkStatus]:
    """An answer for each address: several hosts at a time, each of them one question after the other."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[_host(url)].append(url)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for own in hosts.values():
        waiting.put(own)
    answers: dict[str, LinkStatus] = {}

    def work() -> None:
        with suppress(Empty):
            while True:
                for number, url in enumerate(waiting.get_nowait()):
                    time.sleep(pause if number else 0)
                    answers[url] = _in_time(ask, url)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(HOSTS_AT_ONCE, len(hosts)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _in_time(ask: Callable[[str], LinkStatus], url: str) -> LinkStatus:
    """The answer, or none: a host that sends a letter a minute is left alone after ``PATIENCE`` seconds."""
    answer: SimpleQueue[LinkStatus] = SimpleQueue()
    thread = threading.Thread(target=lambda: answer.put(ask(url)), daemon=True)
    thread.start()
    thread.join(TIMEOUT_S)
    return LinkStatus("unclear", f"it takes longer than {TIMEOUT_S:.0f} seconds") if answer.empty() else answer.get()


class _PrivateError(Exception):
    """A host that only a private network knows."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects to public hosts, and remembers where a permanent one led."""

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
        made = super().redirect_request(req, fp, code, msg, headers, newurl)
        if made is not None:
            made.method = req.get_method()  # what was asked for by HEAD is asked for by HEAD
        return made


class LinkProber:
    """Asks one address. ``may_be_private`` is for tests, whose servers are on this computer."""

    def __init__(self, may_be_private: bool = False, seconds: float = TIMEOUT_S / 2) -> None:
        self._may_be_private = may_be_private
        self._seconds = seconds

    def ask(self, url: str) -> LinkStatus:
        """HEAD first; GET where that is not answered as a page is: some servers do not know HEAD. Of the page nothing is read."""
        answer = self._once(url, "HEAD")
        if answer.kind in ("ok", "moved", "private"):
            return answer
        answer = self._once(url, "GET")
        return LinkStatus("ok") if answer.kind == "refused" else answer

    def _once(self, url: str, method: str) -> LinkStatus:
        redirects = _Redirects(self._may_be_private)
        opener = urllib.request.build_opener(redirects)
        headers = {"User-Agent": f"guidegen/{__version__} (link check)", "Accept": "text/html,*/*;q=0.5"}
        try:
            if not self._may_be_private:
                _refuse_private(url)
            with opener.open(urllib.request.Request(url, method=method, headers=headers), timeout=self._seconds):  # noqa: S310  # web alone
                pass
        except _PrivateError:
            return LinkStatus("private")
        except urllib.error.HTTPError as error:
            error.close()
            return self._refused(error)
        except urllib.error.URLError as error:
            return _unreached(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            return _unreached(error)
        moved = redirects.last and redirects.all_permanent and redirects.last.split("#")[0] != url.split("#")[0]
        return LinkStatus("moved", redirects.last) if moved else LinkStatus("ok")

    def _refused(self, error: urllib.error.HTTPError) -> LinkStatus:
        if error.code in range(300, 400):
            return LinkStatus("circle")
        if error.code in (404, 410):
            return LinkStatus("gone", f"the website answers {error.code}")
        return LinkStatus("refused") if error.code in _REFUSES_PROGRAMS else LinkStatus("unclear", f"it answers {error.code}")


def _unreached(reason: object) -> LinkStatus:
    if isinstance(reason, socket.gaierror):
        temporary = reason.errno == socket.EAI_AGAIN
        return (
            LinkStatus("unclear", "its name cannot be looked up now")
            if temporary
            else LinkStatus("gone", "there is no such website")
        )
    if isinstance(reason, ssl.SSLError):
        return LinkStatus("unclear", "its certificate is not valid, and browsers warn of it")
    if isinstance(reason, TimeoutError):
        return LinkStatus("unclear", "it does not answer in time")
    if isinstance(reason, ConnectionRefusedError):
        return LinkStatus("unclear", "it takes no connections")
    return LinkStatus("unclear", f"it does not answer as a website does ({type(reason).__name__})")


def _refuse_private(url: str) -> None:
    """Content comes from many hands: it must not make a computer ask inside of its own network. Behind a proxy, that one asks."""
    parts = urlsplit(url)
    if parts.scheme in urllib.request.getproxies():
        return
    for *_, address in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
        if not ipaddress.ip_address(str(address[0]).split("%")[0]).is_global:
            raise _PrivateError


class _Remembered(NamedTuple):
    at: float
    answer: LinkStatus


def _remembered(root: Path) -> dict[str, _Remembered]:
    """What addresses answered in the last week."""
    try:
        read = json.loads((root / CACHE / _CACHE_FILE).read_text(encoding="utf-8"))
        now = time.time()
        all_of_them = {
            str(url): _Remembered(float(at), LinkStatus(str(kind), str(more))) for url, (at, kind, more) in read.items()
        }
        return {url: one for url, one in all_of_them.items() if 0 <= now - one.at < CACHE_LIFETIME_S}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _remember(root: Path, known: Mapping[str, _Remembered]) -> None:
    rows = {url: [one.at, *one.answer] for url, one in known.items()}
    with suppress(OSError):  # next time they are asked again
        prepare_cache(root / CACHE)
        write_file(root / CACHE / _CACHE_FILE, json.dumps(rows, indent=0, sort_keys=True).encode())
