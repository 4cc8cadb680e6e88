"""The last look at a site before it is published: every link leads somewhere, and nothing comes from another host."""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from guidegen.outputs import File

_ID = re.compile(rb'\sid="([^"]*)"')
_LINK = re.compile(rb'<(a|link|img|script|use|source|form|iframe)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
_LOADED_LINK = re.compile(
    rb'<link\b(?=[^>]*\srel="(?:stylesheet|icon|preload|modulepreload|manifest|prefetch|preconnect)")[^>]*\shref="((?:https?:)?//[^"]*)"'
)
_LOADED = ("img", "script", "use", "source", "iframe")


@dataclass(slots=True)
class SiteCheck:
    """Sees every file go by, and says at the end what does not fit together."""

    base: str
    paths: set[str] = field(default_factory=set)
    ids: dict[str, frozenset[bytes]] = field(default_factory=dict)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def watch(self, files: Iterator[File]) -> Iterator[File]:
        """The same files, each looked at on its way. Raises nothing; ask ``findings`` at the end."""
        for file in files:
            self.paths.add(file.path)
            if file.path.endswith(".html"):
                self._see(file)
            yield file

    def _see(self, file: File) -> None:
        ids = _ID.findall(file.content)
        self.ids[file.path] = frozenset(ids)
        if len(ids) != len(self.ids[file.path]):
            twice = sorted({one.decode() for one in ids if ids.count(one) > 1})
            self.faults.append(f"{file.path}: the id {twice[0]} stands twice")
        self.faults += [f"{file.path}: link loads {one.decode()}" for one in _LOADED_LINK.findall(file.content)]
        for element, raw in _LINK.findall(file.content):
            self._note(file.path, element.decode(), html.unescape(raw.decode()))

    def _note(self, path: str, element: str, link: str) -> None:
        if re.match(r"[a-z][a-z0-9+.-]*:|//", link, re.IGNORECASE):
            if element in _LOADED and not link.startswith("data:"):
                self.faults.append(f"{path}: {element} loads {link}")
            return
        target, _, fragment = link.partition("#")
        if target.startswith(self.base):
            inner = target[len(self.base) :]
        elif target.startswith("/"):
            self.faults.append(f"{path}: the link {link} leaves the guide's folder")
            return
        else:
            inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        inner = unquote(inner)
        if not inner or inner == "." or link.split("#")[0].endswith("/"):
            inner = posixpath.join(inner, "index.html").removeprefix("./")
        self.links.setdefault((inner, unquote(fragment)), path)

    def findings(self) -> tuple[str, ...]:
        """What is wrong, in words for whoever keeps the theme."""
        found = list(self.faults)
        for (target, fragment), path in self.links.items():
            if target not in self.paths:
                found.append(f"{path}: the link to {target} leads nowhere")
            elif fragment and html.escape(fragment).encode() not in self.ids.get(target, ()):
                found.append(f"{path}: there is no place #{fragment} in {target}")
        return tuple(found)
