"""The last check of a site before it is published: every link leads somewhere, and nothing loads from another host."""

import html
import posixpath
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import NamedTuple
from urllib.parse import unquote

from guidegen.model.page import File, PackedLinks
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass

_ATTRIBUTE = compile_lazily(rb'="(?:(?<=\s(id)=")|(?<=\shref=")|(?<=\ssrc=")|(?<=\saction="))([^"]*)"')
"""An id or a link. The pattern starts with its constant text, which makes the search four times as fast."""
_LOADED_ELEMENT = compile_lazily(
    rb'<(img|script|use|source|iframe)\b[^>]*?\s(?:href|src)="((?:[A-Za-z][A-Za-z0-9+.-]*:|//)[^"]*)"'
)
_LOADED_LINK = compile_lazily(
    rb'<link\b(?=[^>]*\srel="(?:stylesheet|icon|preload|modulepreload|manifest|prefetch|preconnect)")[^>]*\shref="((?:https?:)?//[^"]*)"'
)
_EXTERNAL = compile_lazily(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


MAX_TEXTS_PER_LINK = 4
"""Maximum number of texts in the table per link; above it, texts that no page uses any more are dropped."""


class PageLinks(NamedTuple):
    """The ids of a page, the targets of its links within the site (``file`` or ``file#id``), and its faults."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class PageScanner:
    """Find the ids, links and faults of pages of a site that is published below the path ``base``."""

    base: str
    faults: list[str] = field(default_factory=list)
    _resolved: defaultdict[str, dict[bytes, str]] = field(default_factory=lambda: defaultdict(dict))
    """Links that go up to a folder from its subfolders, resolved: they are the same on all pages there."""

    def scan(self, file: File) -> PageLinks | None:
        """Return the ids, links and faults of a page; None for other files."""
        return self._scan_page(file) if file.path.endswith(".html") else None

    def _scan_page(self, file: File) -> PageLinks:
        self.faults = []
        attributes = _ATTRIBUTE.findall(file.content)
        ids = [value.decode() for is_id, value in attributes if is_id]
        if len(ids) != len(set(ids)):
            repeated = sorted({text for text in ids if ids.count(text) > 1})
            self.faults.append(f"{file.path}: the id {repeated[0]} is used twice")
        self.faults += [f"{file.path}: link loads {text.decode()}" for text in _LOADED_LINK.findall(file.content)]
        for element, raw in _LOADED_ELEMENT.findall(file.content):
            if not raw.startswith(b"data:"):
                self.faults.append(f"{file.path}: {element.decode()} loads {html.unescape(raw.decode())}")
        folder = posixpath.dirname(file.path)
        parent = posixpath.dirname(folder) if folder else ".."  # from the top level, "../" leads out of the site
        resolved = self._resolved[parent]
        targets: dict[str, None] = {}
        for raw in dict.fromkeys(value for is_id, value in attributes if not is_id):
            target = resolved.get(raw)
            if target is None:
                target = self._resolve(file.path, folder, html.unescape(raw.decode()))
                if raw.startswith(b"../"):
                    resolved[raw] = target
            targets[target] = None
        targets.pop("", None)
        return PageLinks(tuple(ids), tuple(targets), tuple(self.faults))

    def _resolve(self, path: str, folder: str, link: str) -> str:
        """Return the target of a link, ``file`` or ``file#id``; empty if it leads out of the site."""
        if _EXTERNAL.match(link):
            return ""
        target, _, fragment = link.partition("#")
        if target.startswith(self.base):
            path_in_site = target[len(self.base) :]
        elif target.startswith("/"):
            self.faults.append(f"{path}: the link {link} leaves the guide's folder")
            return ""
        else:
            path_in_site = posixpath.normpath(posixpath.join(folder, target)) if target else path
        path_in_site = unquote(path_in_site)
        if not path_in_site or path_in_site == "." or target.endswith("/"):
            path_in_site = posixpath.join(path_in_site, "index.html").removeprefix("./")
        is_id = fragment and "=" not in fragment  # else it is the state of a filter or search, such as #f=type:food
        return f"{path_in_site}#{unquote(fragment)}" if is_id else path_in_site


class StringTable:
    """A two-way table of texts and their numbers."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = list(texts)
        self._numbers_by_text = {text: number for number, text in enumerate(self.texts)}

    def pack(self, page_links: PageLinks) -> PackedLinks:
        """Return the ids and links of a page as numbers."""
        return PackedLinks(self._pack(page_links.ids), self._pack(page_links.links))

    def unpack(self, packed: bytes) -> list[str]:
        """Return the texts of packed numbers."""
        return [self.texts[number] for number in _read_numbers(packed)]

    def find_number(self, text: str) -> int:
        """Return the number of a text; -1 if it has none."""
        return self._numbers_by_text.get(text, -1)

    def _pack(self, texts: Iterable[str]) -> bytes:
        numbers = array("I")
        for text in texts:
            number = self._numbers_by_text.setdefault(text, len(self.texts))
            if number == len(self.texts):
                self.texts.append(text)
            numbers.append(number)
        return numbers.tobytes()


def _read_numbers(packed: bytes) -> memoryview:
    return memoryview(packed).cast("I")


class LinkGraph:
    """All files of a site and the links between them.

    ``texts`` is the string table of the last check, in whose numbers the links of unchanged pages are packed.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = StringTable(texts)
        self._pages: dict[str, PackedLinks | None] = {}
        self._links: set[int] = set()
        self._faults: list[str] = []

    def add_scanned(self, path: str, page_links: PageLinks | None) -> PackedLinks | None:
        """Add a new file, with its links if it is a page; return them packed."""
        packed = self.texts.pack(page_links) if page_links else None
        self._faults += page_links.faults if page_links else ()
        self.add(path, packed)
        return packed

    def add(self, path: str, links: PackedLinks | None) -> None:
        """Add a file with its packed links."""
        self._pages[path] = links
        if links:
            self._links.update(_read_numbers(links.links))

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong, in words for theme developers."""
        messages = {}
        ids_by_target: dict[str, frozenset[int]] = {}
        for number in sorted(self._links):
            target, _, fragment = self.texts.texts[number].partition("#")
            if target not in self._pages:
                messages[number] = f"the link to {target} leads nowhere"
                continue
            if not fragment:
                continue
            if target not in ids_by_target:
                ids_by_target[target] = self._collect_ids(target)
            if self.texts.find_number(html.escape(fragment)) not in ids_by_target[target]:
                messages[number] = f"{target} has no element with the id '{fragment}'"
        return (*self._faults, *(f"{self._find_first_page(number)}: {message}" for number, message in messages.items()))

    def compact(self) -> tuple[list[str], Mapping[str, PackedLinks | None]]:
        """Return the string table for the next check and, if it was rebuilt, the links of every file in its numbers.

        The table is rebuilt if most of its texts are on no page any more.
        """
        if len(self.texts.texts) <= MAX_TEXTS_PER_LINK * len(self._links):
            return self.texts.texts, {}
        texts = StringTable()
        unpacked = (
            (path, packed and (self.texts.unpack(packed.ids), self.texts.unpack(packed.links)))
            for path, packed in self._pages.items()
        )
        pages = {
            path: texts.pack(PageLinks(tuple(ids_and_links[0]), tuple(ids_and_links[1]))) if ids_and_links else None
            for path, ids_and_links in unpacked
        }
        return texts.texts, pages

    def _collect_ids(self, path: str) -> frozenset[int]:
        """Return the numbers of the ids of a file."""
        packed = self._pages[path]
        return frozenset(_read_numbers(packed.ids)) if packed else frozenset()

    def _find_first_page(self, link: int) -> str:
        """Return the first page that contains a link."""
        return next(path for path, packed in self._pages.items() if packed and link in _read_numbers(packed.links).tolist())
