"""The files of a site: each is made from its inputs, or stays as it is when they are those of the last build."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from guidegen import assets, exports, pages
from guidegen.content.catalogs import guide_languages
from guidegen.fingerprints import Fingerprints
from guidegen.inputs import Inputs
from guidegen.model import Guide
from guidegen.outputs import File, Kept, Page
from guidegen.pages.chrome import Chrome, chrome
from guidegen.problems import GuidegenError
from guidegen.render import Theme, render
from guidegen.sitecheck import Facts, Look, SiteCheck
from guidegen.state import Known, Memory
from guidegen.urls import file_of
from guidegen.workers import Workers


def is_code(name: str) -> bool:
    """Whether a file that a build reads is guidegen's own: its code and its words."""
    return name.endswith(".py") or "/words/" in name


def _is_theme(name: str) -> bool:
    """Whether pages are made with it: a template or a drawing."""
    return "templates/" in name or "/icons/" in name


class Rendered(NamedTuple):
    """A page that was made: its bytes, what they are, and what stands in it."""

    file: File
    made_from: bytes
    holds: bytes
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class Order:
    """A page to be made, and all that it takes."""

    page: Page
    around: Chrome
    root: Path
    base: str
    version: str
    made_from: bytes


def make(orders: Sequence[Order]) -> list[Rendered]:
    """The pages that were ordered; in whatever process."""
    made = []
    for order in orders:
        file = File(file_of(order.page.path), render(order.page, _theme(order.root, order.version), order.around))
        made.append(Rendered(file, order.made_from, _digest(file.content), _look(order.base).at(file)))
    return made


@lru_cache(maxsize=64)
def _theme(root: Path, _version: str) -> Theme:
    """The templates, kept open for the pages of one language as long as neither they nor its words change."""
    return Theme(root)


@lru_cache(maxsize=1)
def _look(base: str) -> Look:
    return Look(base)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


class Maker:
    """Makes the files of one site, given those of the last one."""

    def __init__(self, root: Path, inputs: Inputs, before: Mapping[str, Known], code: str, base: str, workers: Workers) -> None:
        self.files: dict[str, Known] = {}
        self._root = root
        self._inputs = inputs
        self._before = before
        self._code = code
        self._base = base
        self._workers = workers
        self._check = SiteCheck()
        self._fingerprints = Fingerprints()

    def site(self, guide: Guide, memory: Memory) -> Iterator[File | Kept]:
        """Every file of the site, one after the other: the whole never stands in memory."""
        languages = guide_languages(self._root, guide.settings.languages, guide.settings.region, memory)
        around = {language.tag: chrome(guide, language) for language in languages}
        planned = tuple(pages.plan(guide, languages))
        yield from self._pages(planned, around)
        for file in exports.files(guide, languages, planned):
            yield self._made(file, b"")
        for path, source in assets.static_files(self._root):
            yield self._copied(path, source)
        for path, source in assets.image_files(self._root, assets.pictures_of(guide)):
            yield self._copied(path, source)

    def name(self) -> str:
        """The site's name, which says what all its files hold."""
        digest = hashlib.blake2b(digest_size=16)
        for path in sorted(self.files):
            digest.update(path.encode() + b"\0" + self.files[path].holds)
        return digest.hexdigest()

    def raise_findings(self) -> None:
        """Raises ``GuidegenError`` when the files do not fit together."""
        findings = self._check.findings()
        if findings:
            more = f"\n  and {len(findings) - 20} more" if len(findings) > 20 else ""
            raise GuidegenError("the site does not fit together:\n  " + "\n  ".join(findings[:20]) + more)

    def _pages(self, planned: tuple[Page, ...], around: Mapping[str, Chrome]) -> Iterator[File | Kept]:
        theme = self._inputs.digest(_is_theme)
        shared: dict[str, tuple[str, str]] = {}
        orders = []
        for page in planned:
            tag, chrome = page.language.tag, around[page.language.tag]
            if tag not in shared:
                words = f"{self._fingerprints.of(page.language)}\t{self._fingerprints.of(chrome)}"
                shared[tag] = f"{self._code}\t{theme}\t{words}", f"{theme}\t{words}"
            path, made_from = file_of(page.path), self._made_from(page, shared[tag][0])
            known = self._before.get(path)
            if known and known.made_from == made_from:
                yield self._kept(path, known)
            else:
                orders.append(Order(page, chrome, self._root, self._base, shared[tag][1], made_from))
        # lists first, those of a language together: their cards are remembered for one language at a time
        lists = sorted((one for one in orders if one.page.template != "partner.html"), key=lambda one: one.page.language.tag)
        orders = lists + [one for one in orders if one.page.template == "partner.html"]
        for made in self._workers.map(make, orders, lambda order: f"the page {order.page.path}"):
            yield self._put(*made)

    def _made_from(self, page: Page, surroundings: str) -> bytes:
        parts = (
            surroundings,
            page.path,
            page.template,
            page.section,
            f"{page.view.__module__}.{page.view.__qualname__}",
            self._fingerprints.of(page.alternates),
            self._fingerprints.of(page.inputs),
        )
        return hashlib.blake2b("\t".join(parts).encode(), digest_size=16).digest()

    def _copied(self, path: str, source: Path) -> File | Kept:
        """A file that is published as it is, or a picture without what is hidden in it."""
        made_from = f"{self._code}\t{self._inputs.hash_of(self._inputs.name_of(source))}".encode()
        known = self._before.get(path)
        if known and known.made_from == made_from:
            return self._kept(path, known)
        return self._made(File(path, assets.content_of(source)), made_from)

    def _kept(self, path: str, known: Known) -> Kept:
        self.files[path] = known
        self._check.add(path, known.facts)
        return Kept(path)

    def _made(self, file: File, made_from: bytes) -> File | Kept:
        return self._put(file, made_from, _digest(file.content), _look(self._base).at(file))

    def _put(self, file: File, made_from: bytes, holds: bytes, facts: Facts | None) -> File | Kept:
        known = self._before.get(file.path)
        self.files[file.path] = Known(made_from, holds, facts)
        self._check.add(file.path, facts)
        return Kept(file.path) if known and known.holds == holds else file
