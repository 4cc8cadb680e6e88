"""The files of a site: each is made from its inputs, or stays as it is when they are those of the last build."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from guidegen import assets, exports, pages
from guidegen.content.catalogs import guide_languages
from guidegen.fingerprints import Fingerprints
from guidegen.inputs import Inputs
from guidegen.languages import Language
from guidegen.model import Guide
from guidegen.outputs import File, Kept, Page
from guidegen.pages.chrome import Chrome, chrome
from guidegen.problems import GuidegenError
from guidegen.render import Theme, render
from guidegen.sitecheck import SiteCheck
from guidegen.state import Known, Memory
from guidegen.urls import file_of


def is_code(name: str) -> bool:
    """Whether a file that a build reads is guidegen's own: its code and its words."""
    return name.endswith(".py") or "/words/" in name


def _is_theme(name: str) -> bool:
    """Whether pages are made with it: a template or a drawing."""
    return "templates/" in name or "/icons/" in name


class Maker:
    """Makes the files of one site, given those of the last one."""

    def __init__(self, root: Path, inputs: Inputs, before: Mapping[str, Known], code: str, base: str) -> None:
        self.files: dict[str, Known] = {}
        self._root = root
        self._inputs = inputs
        self._before = before
        self._code = code
        self._look = SiteCheck(base)
        self._theme = Theme(root)
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
        findings = self._look.findings()
        if findings:
            more = f"\n  and {len(findings) - 20} more" if len(findings) > 20 else ""
            raise GuidegenError("the site does not fit together:\n  " + "\n  ".join(findings[:20]) + more)

    def _pages(self, planned: tuple[Page, ...], around: Mapping[str, Chrome]) -> Iterator[File | Kept]:
        theme = self._inputs.digest(_is_theme)
        surroundings = {}
        for page in sorted(planned, key=lambda page: page.language.tag):  # cards are remembered for one language at a time
            language = page.language
            if language.tag not in surroundings:
                surroundings[language.tag] = self._surroundings(language, around[language.tag], theme)
            path, made_from = file_of(page.path), self._made_from(page, surroundings[language.tag])
            known = self._before.get(path)
            if known and known.made_from == made_from:
                yield self._kept(path, known)
            else:
                yield self._made(File(path, render(page, self._theme, around[language.tag])), made_from)

    def _surroundings(self, language: Language, around: Chrome, theme: str) -> str:
        """What all pages of a language are made from."""
        return f"{self._code}\t{theme}\t{self._fingerprints.of(language)}\t{self._fingerprints.of(around)}"

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
        self._look.recall(path, known.facts)
        return Kept(path)

    def _made(self, file: File, made_from: bytes) -> File | Kept:
        known = self._before.get(file.path)
        holds = hashlib.blake2b(file.content, digest_size=16).digest()
        if known and known.holds == holds:
            return self._kept(file.path, known._replace(made_from=made_from))
        self.files[file.path] = Known(made_from, holds, self._look.see(file))
        return file
