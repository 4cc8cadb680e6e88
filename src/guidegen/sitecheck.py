"""The last look at a site before it is published: every link leads somewhere, and nothing comes from another host."""

import html
import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from guidegen.outputs import File

_ATTRIBUTE = re.compile(rb'="(?:(?<=\s(id)=")|(?<=\shref=")|(?<=\ssrc=")|(?<=\saction="))([^"]*)"')
"""An id or a link. It begins with what never changes, so that the search for it is four times as quick."""
_ELEMENT = re.compile(rb'<(img|script|use|source|iframe)\b[^>]*?\s(?:href|src)="((?:[A-Za-z][A-Za-z0-9+.-]*:|//)[^"]*)"')
_LOADED_LINK = re.compile(
    rb'<link\b(?=[^>]*\srel="(?:stylesheet|icon|preload|modulepreload|manifest|prefetch|preconnect)")[^>]*\shref="((?:https?:)?//[^"]*)"'
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Facts(NamedTuple):
    """What the check sees in a page: its ids, the places of the site that it leads to (``file`` or ``file#id``), and faults."""

    ids: frozenset[str]
    links: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class Look:
    """Looks at the pages of a site that is published below the path ``base``."""

    base: str
    faults: list[str] = field(default_factory=list)
    _resolved: defaultdict[str, dict[bytes, str]] = field(default_factory=lambda: defaultdict(dict))
    """For a folder, where the links lead that are written as from there."""

    def at(self, file: File) -> Facts | None:
        """What stands in a page; None for other files."""
        return self._facts(file) if file.path.endswith(".html") else None

    def _facts(self, file: File) -> Facts:
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
        above = _folders(file.path)
        known = [self._resolved[folder] for folder in above[1:]]  # links of neighbours are worked out once
        targets: dict[str, None] = {}
        for raw in dict.fromkeys(value for is_id, value in found if not is_id):
            up = 0
            while up < len(known) and raw.startswith(b"../", 3 * up):
                up += 1
            rest = raw[3 * up :]
            target = known[up - 1].get(rest) if up else None
            if target is None:
                target = self._target(file.path, above[up], html.unescape(rest.decode()), up)
                if up and rest:
                    known[up - 1][rest] = target
            targets[target] = None
        targets.pop("", None)
        return Facts(frozenset(ids), tuple(targets), tuple(self.faults))

    def _target(self, path: str, folder: str, link: str, up: int) -> str:
        """The file of the site, and perhaps the place in it, that a link leads to; empty when it leads elsewhere."""
        if not up and _ELSEWHERE.match(link):
            return ""
        if not link or link[0] == "#":  # the page itself, or the folder that the link goes up to
            return self._inner(path, folder, f"./{link}" if up else link)
        return self._inner(path, folder, link)

    def _inner(self, path: str, folder: str, link: str) -> str:
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


def _folders(path: str) -> list[str]:
    """The folder of a file, the one above it, and so on to the top."""
    found, folder = [], path
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return found


@dataclass(slots=True)
class SiteCheck:
    """Is told what stands in every file, and says at the end what does not fit together."""

    paths: set[str] = field(default_factory=set)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, path: str, facts: Facts | None) -> None:
        """A file of the site, and what stands in it if it is a page."""
        self.paths.add(path)
        if facts:
            self.faults += facts.faults
            self.ids[path] = facts.ids
            for link in facts.links:
                self.links.setdefault(link, path)

    def findings(self) -> tuple[str, ...]:
        """What is wrong, in words for whoever keeps the theme."""
        found = list(self.faults)
        for link, path in self.links.items():
            target, _, fragment = link.partition("#")
            if target not in self.paths:
                found.append(f"{path}: the link to {target} leads nowhere")
            elif fragment and html.escape(fragment) not in self.ids.get(target, ()):
                found.append(f"{path}: there is no place #{fragment} in {target}")
        return tuple(found)
