"""The last look at a site before it is published: every link leads somewhere, and nothing comes from another host."""

import html
import posixpath
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from guidegen.model.page import File, PackedLinks

_ATTRIBUTE = re.compile(rb'="(?:(?<=\s(id)=")|(?<=\shref=")|(?<=\ssrc=")|(?<=\saction="))([^"]*)"')
"""An id or a link. It begins with what never changes, so that the search for it is four times as quick."""
_ELEMENT = re.compile(rb'<(img|script|use|source|iframe)\b[^>]*?\s(?:href|src)="((?:[A-Za-z][A-Za-z0-9+.-]*:|//)[^"]*)"')
_LOADED_LINK = re.compile(
    rb'<link\b(?=[^>]*\srel="(?:stylesheet|icon|preload|modulepreload|manifest|prefetch|preconnect)")[^>]*\shref="((?:https?:)?//[^"]*)"'
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


MAX_IDLE = 4
"""Texts that are kept for each link, before those are looked for that no page has any more."""


class PageLinks(NamedTuple):
    """What the check sees in a page: its ids, the places of the site that it leads to (``file`` or ``file#id``), and faults."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class PageScanner:
    """Looks at the pages of a site that is published below the path ``base``."""

    base: str
    faults: list[str] = field(default_factory=list)
    _resolved: defaultdict[str, dict[bytes, str]] = field(default_factory=lambda: defaultdict(dict))
    """For a folder, where the links lead that go up to it from the folders in it: they are the same on all their pages."""

    def scan(self, file: File) -> PageLinks | None:
        """What stands in a page; None for other files."""
        return self._scan_page(file) if file.path.endswith(".html") else None

    def _scan_page(self, file: File) -> PageLinks:
        self.faults = []
        found = _ATTRIBUTE.findall(file.content)
        ids = [value.decode() for is_id, value in found if is_id]
        if len(ids) != len(set(ids)):
            twice = sorted({one for one in ids if ids.count(one) > 1})
            self.faults.append(f"{file.path}: the id {twice[0]} stands twice")
        self.faults += [f"{file.path}: link loads {one.decode()}" for one in _LOADED_LINK.findall(file.content)]
        for element, raw in _ELEMENT.findall(file.content):
            if not raw.startswith(b"data:"):
                self.faults.append(f"{file.path}: {element.decode()} loads {html.unescape(raw.decode())}")
        folder = posixpath.dirname(file.path)
        known = self._resolved[posixpath.dirname(folder) if folder else ".."]  # from the top, up leads out of the site
        targets: dict[str, None] = {}
        for raw in dict.fromkeys(value for is_id, value in found if not is_id):
            target = known.get(raw)
            if target is None:
                target = self._resolve(file.path, folder, html.unescape(raw.decode()))
                if raw.startswith(b"../"):
                    known[raw] = target
            targets[target] = None
        targets.pop("", None)
        return PageLinks(tuple(ids), tuple(targets), tuple(self.faults))

    def _resolve(self, path: str, folder: str, link: str) -> str:
        """The file of the site, and perhaps the place in it, that a link leads to; empty when it leads elsewhere."""
        if _ELSEWHERE.match(link):
            return ""
        target, _, fragment = link.partition("#")
        if target.startswith(self.base):
            inner = target[len(self.base) :]
        elif target.startswith("/"):
            self.faults.append(f"{path}: the link {link} leaves the guide's folder")
            return ""
        else:
            inner = posixpath.normpath(posixpath.join(folder, target)) if target else path
        inner = unquote(inner)
        if not inner or inner == "." or target.endswith("/"):
            inner = posixpath.join(inner, "index.html").removeprefix("./")
        is_place = fragment and "=" not in fragment  # else it is what a search is to begin with: #f=type:food
        return f"{inner}#{unquote(fragment)}" if is_place else inner


class StringTable:
    """Texts by number, and numbers by text."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.all = list(known)
        self._numbers = {text: number for number, text in enumerate(self.all)}

    def pack(self, facts: PageLinks) -> PackedLinks:
        """What stands in a page, in numbers."""
        return PackedLinks(self._pack(facts.ids), self._pack(facts.links))

    def unpack(self, packed: bytes) -> list[str]:
        """The texts of numbers."""
        return [self.all[number] for number in _numbers(packed)]

    def has(self, packed: bytes, text: str) -> bool:
        """Whether a text is among those of numbers."""
        return self._numbers.get(text, -1) in _numbers(packed).tolist()

    def _pack(self, texts: Iterable[str]) -> bytes:
        numbers = array("I")
        for text in texts:
            number = self._numbers.setdefault(text, len(self.all))
            if number == len(self.all):
                self.all.append(text)
            numbers.append(number)
        return numbers.tobytes()


def _numbers(packed: bytes) -> memoryview:
    return memoryview(packed).cast("I")


class LinkGraph:
    """Is told what stands in every file, and says at the end what does not fit together.

    ``texts`` are those of the last check, whose pages are told again in its numbers.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = StringTable(texts)
        self._pages: dict[str, PackedLinks | None] = {}
        self._links: set[int] = set()
        self._faults: list[str] = []

    def add_scanned(self, path: str, facts: PageLinks | None) -> PackedLinks | None:
        """A file that was made, and what stands in it if it is a page."""
        seen = self.texts.pack(facts) if facts else None
        self._faults += facts.faults if facts else ()
        self.add(path, seen)
        return seen

    def add(self, path: str, seen: PackedLinks | None) -> None:
        """A file that stays, as it was seen when it was made."""
        self._pages[path] = seen
        if seen:
            self._links.update(_numbers(seen.links))

    def problems(self) -> tuple[str, ...]:
        """What is wrong, in words for whoever keeps the theme."""
        wrong = {}
        for number in sorted(self._links):
            target, _, fragment = self.texts.all[number].partition("#")
            if target not in self._pages:
                wrong[number] = f"the link to {target} leads nowhere"
            elif fragment and not self._has_id(html.escape(fragment), self._pages[target]):
                wrong[number] = f"there is no place #{fragment} in {target}"
        return (*self._faults, *(f"{self._first_page_with(number)}: {said}" for number, said in wrong.items()))

    def compact(self) -> tuple[list[str], Mapping[str, PackedLinks | None]]:
        """For the next check: the texts, and the files in other numbers where texts went because no page has them any more."""
        if len(self.texts.all) <= MAX_IDLE * len(self._links):
            return self.texts.all, {}
        texts = StringTable()
        told = (
            (path, seen and (self.texts.unpack(seen.ids), self.texts.unpack(seen.links))) for path, seen in self._pages.items()
        )
        pages = {path: texts.pack(PageLinks(tuple(one[0]), tuple(one[1]))) if one else None for path, one in told}
        return texts.all, pages

    def _has_id(self, place: str, seen: PackedLinks | None) -> bool:
        return seen is not None and self.texts.has(seen.ids, place)

    def _first_page_with(self, link: int) -> str:
        """The first page that has a link."""
        return next(path for path, seen in self._pages.items() if seen and link in _numbers(seen.links).tolist())
