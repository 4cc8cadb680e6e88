"""The files of a site: each is made from its inputs, or stays as it is when they are those of the last build."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from guidegen.build import static_files
from guidegen.build.link_graph import LinkGraph, PageLinks
from guidegen.build.render_jobs import RenderContext, RenderJob, look, make
from guidegen.build.site_integrity import content_hash
from guidegen.build.timing import BuildTimings
from guidegen.cache.build_cache import BuildCache, OutputRecord
from guidegen.cache.keys import CacheKeys
from guidegen.cache.tracked_files import TrackedFiles
from guidegen.content.catalogs import guide_languages
from guidegen.content.images import content_images
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page, UnchangedFile
from guidegen.model.problems import GuidegenError
from guidegen.model.urls import file_of
from guidegen.site import exports, pages
from guidegen.site.components.layout import Layout, chrome
from guidegen.site.exports import offline
from guidegen.site.pages import single_file
from guidegen.site.templating.render import render
from guidegen.text.language import Language
from guidegen.workers import Workers


def is_code(name: str) -> bool:
    """Whether a file that a build reads is guidegen's own: its code and its words."""
    return name.endswith(".py") or "/words/" in name


def _is_theme(name: str) -> bool:
    """Whether pages are made with it: a template or a drawing."""
    return "templates/" in name or "/icons/" in name


MANY = 8_000
"""Pages of a language that repay the time in which its templates are specialised."""


@dataclass(frozen=True)
class PreviousBuild:
    """The files and digests of the last build, and which pages are made anew at once; None: all that differ, and all else."""

    files: Mapping[str, OutputRecord] = field(default_factory=dict)
    texts: Sequence[str] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    at_once: Callable[[str], bool] | None = None

    def same(self, path: str, made_from: bytes) -> OutputRecord | None:
        """The file as it stands, where it is what would be made."""
        known = self.files.get(path)
        return known if known and known.made_from == made_from else None

    def waiting(self, path: str) -> OutputRecord | None:
        """The file as it stands, where it may stay so for a while."""
        return self.files.get(path) if self.at_once and not self.at_once(path) else None

    def made_by(self, export: str) -> list[tuple[str, OutputRecord]]:
        """The files of an export as they stand."""
        return self._exported.get(export.encode(), [])

    @cached_property
    def _exported(self) -> dict[bytes, list[tuple[str, OutputRecord]]]:
        by_export: dict[bytes, list[tuple[str, OutputRecord]]] = {}
        for path, known in self.files.items():
            by_export.setdefault(known.made_from.partition(b" ")[0], []).append((path, known))
        return by_export


class SiteBuilder:
    """Makes the files of one site, given those of the last one."""

    def __init__(
        self, root: Path, inputs: TrackedFiles, last: PreviousBuild, code: str, base: str, workers: Workers, timings: BuildTimings
    ) -> None:
        self.files: dict[str, OutputRecord] = {}
        self._root = root
        self._inputs = inputs
        self._last = last
        self._code = code
        self._base = base
        self._workers = workers
        self._timings = timings
        self._check = LinkGraph(last.texts)
        self._fingerprints = CacheKeys(last.digests)
        self._told: tuple[tuple[object, ...] | None, str] = None, ""

    def site(self, guide: Guide, memory: BuildCache, read: Callable[[str], bytes]) -> Iterator[File | UnchangedFile]:
        """Every file of the site, one after the other: the whole never stands in memory.

        ``read`` gives what a file holds that came before.
        """
        timed = self._timings.each
        with self._timings.of("plan"):
            settings = guide.settings
            languages = guide_languages(self._root, settings.languages, settings.region, memory)
            around = {language.tag: chrome(guide, language) for language in languages}
            planned = tuple(pages.plan(guide, languages))
            kitchen = RenderContext(self._root, self._base, around, self._versions(languages, around))
        made = timed("make pages", self._pages(planned, kitchen))
        with closing(made):
            yield from islice(made, 1)  # with it workers have begun: they go on while this process makes the exports
            for export in exports.EXPORTS:
                yield from timed(export.name, self._exported(export, guide, languages, planned))
            yield from made
        with self._timings.of("copy files"):
            pictures = content_images.image_files(self._root, content_images.pictures_of(guide))
            copied = [*static_files.static_files(self._root, guide.can_be_saved), *pictures]
        yield from timed("copy files", (self._copied(path, source, memory) for path, source in copied))
        if single_file.possible(guide):
            for language in languages:
                yield from timed("single file", self._single_file(guide, language, kitchen, planned, read))
        if guide.can_be_saved:
            yield from timed("offline", self._offline(settings.languages))

    def texts(self) -> list[str]:
        """The texts in whose numbers the files are told to the next check."""
        texts, seen = self._check.left()
        if seen:
            self.files = {path: known._replace(seen=seen[path]) for path, known in self.files.items()}
        return texts

    def digests(self) -> dict[str, str]:
        """What the next build need not work out again; of a build of some pages all that was known, too."""
        now = self._fingerprints.now
        return {**self._last.digests, **now} if self._last.at_once else now

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

    def _versions(self, languages: Iterable[Language], around: Mapping[str, Layout]) -> dict[str, str]:
        """What names the templates of each language, with its words and what all its pages share."""
        theme, of = self._inputs.digest(_is_theme), self._fingerprints.of
        return {language.tag: f"{theme}\t{of(language)}\t{of(around[language.tag])}" for language in languages}

    def _pages(self, planned: tuple[Page, ...], kitchen: RenderContext) -> Iterator[File | UnchangedFile]:
        orders = []
        for page in planned:
            path = file_of(page.path)
            known = self._last.waiting(path)
            if not known:
                made_from = self._made_from(page, f"{self._code}\t{kitchen.versions[page.language.tag]}")
                known = self._last.same(path, made_from)
            if known:
                yield self._kept(path, known)
            else:
                orders.append(RenderJob(page, made_from))
        orders.sort(key=_lists_first)
        kitchen = replace(kitchen, many=len(orders) > MANY * len(kitchen.versions))
        for made in self._workers.map(partial(make, kitchen), orders, lambda order: f"the page {order.page.path}"):
            yield self._put(*made)

    def _made_from(self, page: Page, surroundings: str) -> bytes:
        own = f"{surroundings}\t{page.path}\t{self._shared(page)}"
        return hashlib.blake2b(own.encode(), digest_size=16).digest()

    def _shared(self, page: Page) -> str:
        """What names all that a page has in common with the same one in other languages."""
        before, told = self._told
        shared = page.inputs, page.alternates, page.view, page.template, page.section
        if before is None or any(one is not other for one, other in zip(before, shared, strict=True)):
            view = f"{page.view.__module__}.{page.view.__qualname__}"
            others = " ".join(one.made_from for one in page.alternates)
            told = "\t".join((page.template, page.section, view, others, self._fingerprints.of_each_field(page.inputs)))
            self._told = shared, told  # the pages of all languages follow each other
        return told

    def _exported(
        self, export: exports.Export, guide: Guide, languages: tuple[Language, ...], planned: tuple[Page, ...]
    ) -> Iterator[File | UnchangedFile]:
        """The files of one export; all of them stay when what it reads of the guide is the same."""
        stand = self._last.made_by(export.name)
        made_from = b""
        if not (stand and self._last.at_once):
            parts = (self._code, export.name, self._fingerprints.of(export.reads(guide, languages, planned)))
            made_from = f"{export.name} ".encode() + content_hash("\t".join(parts).encode())
            stand = [(path, known) for path, known in stand if known.made_from == made_from]
        for path, known in stand:
            yield self._kept(path, known)
        for file in () if stand else export.files(guide, languages, planned):
            yield self._made(file, made_from)

    def _single_file(
        self,
        guide: Guide,
        language: Language,
        kitchen: RenderContext,
        planned: tuple[Page, ...],
        read: Callable[[str], bytes],
    ) -> Iterator[File | UnchangedFile]:
        """The guide of a language in one file, made of what the site holds."""
        included, served = single_file.included(planned, language.tag), single_file.needed(language.tag)
        paths = [*(file_of(page.path) for page in included), *served]
        theme = f"{self._code}\t{kitchen.versions[language.tag]}"
        made_from = content_hash(theme.encode() + b"".join(path.encode() + self.files[path].holds for path in paths))
        path = urls.single_file(language.tag)
        known = self._last.same(path, made_from) or self._last.waiting(path)
        if known:
            yield self._kept(path, known)
            return
        contents = {page.path: read(file_of(page.path)).decode() for page in included}
        page = single_file.page(guide, language, contents, single_file.EmbeddedFiles(*(read(path).decode() for path in served)))
        yield self._made(File(path, render(page, kitchen.plain(), kitchen.around[language.tag])), made_from)

    def _offline(self, tags: tuple[str, ...]) -> Iterator[File | UnchangedFile]:
        """What the copy of each language consists of: known once everything else is made."""
        waiting = [(path, self._last.waiting(path)) for path in map(urls.offline_list, tags)]
        for path, known in waiting:
            if known:
                yield self._kept(path, known)
        if not all(known for _, known in waiting):
            for file in list(offline.files(tags, self.files)):
                if file.path not in self.files:
                    yield self._made(file, b"offline")

    def _copied(self, path: str, source: Path, memory: BuildCache) -> File | UnchangedFile:
        """Return a file that is published as it is, or a picture without what is hidden in it."""
        made_from = f"{self._code}\t{self._inputs.hash_of(self._inputs.name_of(source))}".encode()
        known = self._last.same(path, made_from)
        if known:
            return self._kept(path, known)
        return self._made(File(path, static_files.content_of(source, memory)), made_from)

    def _kept(self, path: str, known: OutputRecord) -> UnchangedFile:
        self.files[path] = known
        self._check.add(path, known.seen)
        return UnchangedFile(path)

    def _made(self, file: File, made_from: bytes) -> File | UnchangedFile:
        return self._put(file, made_from, content_hash(file.content), look(self._base).scan(file))

    def _put(self, file: File, made_from: bytes, holds: bytes, facts: PageLinks | None) -> File | UnchangedFile:
        known = self._last.files.get(file.path)
        self.files[file.path] = OutputRecord(made_from, holds, len(file.content), self._check.look(file.path, facts))
        return UnchangedFile(file.path) if known and known.holds == holds else file


def _lists_first(order: RenderJob) -> tuple[bool, str]:
    """Lists, language by language, because cards that were made for one are used in the next; then the profiles."""
    is_profile = order.page.template == "partner.html"
    return is_profile, "" if is_profile else order.page.language.tag
