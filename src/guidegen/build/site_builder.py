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
from guidegen.build.render_jobs import RenderContext, RenderJob, run_render_job, scan_page
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
from guidegen.site.components.layout import Layout, build_layout
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
    render_first: Callable[[str], bool] | None = None

    def unchanged(self, path: str, made_from: bytes) -> OutputRecord | None:
        """The file as it stands, where it is what would be made."""
        known = self.files.get(path)
        return known if known and known.cache_key == made_from else None

    def deferred(self, path: str) -> OutputRecord | None:
        """The file as it stands, where it may stay so for a while."""
        return self.files.get(path) if self.render_first and not self.render_first(path) else None

    def outputs_of(self, export: str) -> list[tuple[str, OutputRecord]]:
        """The files of an export as they stand."""
        return self._exported.get(export.encode(), [])

    @cached_property
    def _exported(self) -> dict[bytes, list[tuple[str, OutputRecord]]]:
        by_export: dict[bytes, list[tuple[str, OutputRecord]]] = {}
        for path, known in self.files.items():
            by_export.setdefault(known.cache_key.partition(b" ")[0], []).append((path, known))
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

    def build_files(self, guide: Guide, memory: BuildCache, read: Callable[[str], bytes]) -> Iterator[File | UnchangedFile]:
        """Every file of the site, one after the other: the whole never stands in memory.

        ``read`` gives what a file holds that came before.
        """
        timed = self._timings.measure_each
        with self._timings.measure("plan"):
            settings = guide.settings
            languages = guide_languages(self._root, settings.languages, settings.region, memory)
            around = {language.tag: build_layout(guide, language) for language in languages}
            planned = tuple(pages.plan(guide, languages))
            kitchen = RenderContext(self._root, self._base, around, self._key_prefixes(languages, around))
        made = timed("make pages", self._pages(planned, kitchen))
        with closing(made):
            yield from islice(made, 1)  # with it workers have begun: they go on while this process makes the exports
            for export in exports.EXPORTS:
                yield from timed(export.name, self._export_files(export, guide, languages, planned))
            yield from made
        with self._timings.measure("copy files"):
            pictures = content_images.image_files(self._root, content_images.pictures_of(guide))
            copied = [*static_files.static_files(self._root, guide.can_be_saved), *pictures]
        yield from timed("copy files", (self._static_file(path, source, memory) for path, source in copied))
        if single_file.possible(guide):
            for language in languages:
                yield from timed("single file", self._single_file(guide, language, kitchen, planned, read))
        if guide.can_be_saved:
            yield from timed("offline", self._offline(settings.languages))

    def texts(self) -> list[str]:
        """The texts in whose numbers the files are told to the next check."""
        texts, seen = self._check.compact()
        if seen:
            self.files = {path: known._replace(links=seen[path]) for path, known in self.files.items()}
        return texts

    def digests(self) -> dict[str, str]:
        """What the next build need not work out again; of a build of some pages all that was known, too."""
        now = self._fingerprints.now
        return {**self._last.digests, **now} if self._last.render_first else now

    def compute_site_id(self) -> str:
        """The site's name, which says what all its files hold."""
        digest = hashlib.blake2b(digest_size=16)
        for path in sorted(self.files):
            digest.update(path.encode() + b"\0" + self.files[path].content_hash)
        return digest.hexdigest()

    def raise_findings(self) -> None:
        """Raises ``GuidegenError`` when the files do not fit together."""
        findings = self._check.problems()
        if findings:
            more = f"\n  and {len(findings) - 20} more" if len(findings) > 20 else ""
            raise GuidegenError("the site does not fit together:\n  " + "\n  ".join(findings[:20]) + more)

    def _key_prefixes(self, languages: Iterable[Language], around: Mapping[str, Layout]) -> dict[str, str]:
        """What names the templates of each language, with its words and what all its pages share."""
        theme, of = self._inputs.hash_group(_is_theme), self._fingerprints.key_of
        return {language.tag: f"{theme}\t{of(language)}\t{of(around[language.tag])}" for language in languages}

    def _pages(self, planned: tuple[Page, ...], kitchen: RenderContext) -> Iterator[File | UnchangedFile]:
        orders = []
        for page in planned:
            path = file_of(page.path)
            known = self._last.deferred(path)
            if not known:
                made_from = self._cache_key(page, f"{self._code}\t{kitchen.versions[page.language.tag]}")
                known = self._last.unchanged(path, made_from)
            if known:
                yield self._keep_unchanged(path, known)
            else:
                orders.append(RenderJob(page, made_from))
        orders.sort(key=_order_for_preview)
        kitchen = replace(kitchen, is_large=len(orders) > MANY * len(kitchen.versions))
        for made in self._workers.map(partial(run_render_job, kitchen), orders, lambda order: f"the page {order.page.path}"):
            yield self._record_output(*made)

    def _cache_key(self, page: Page, surroundings: str) -> bytes:
        own = f"{surroundings}\t{page.path}\t{self._shared_key(page)}"
        return hashlib.blake2b(own.encode(), digest_size=16).digest()

    def _shared_key(self, page: Page) -> str:
        """What names all that a page has in common with the same one in other languages."""
        before, told = self._told
        shared = page.inputs, page.alternates, page.view, page.template, page.section
        if before is None or any(one is not other for one, other in zip(before, shared, strict=True)):
            view = f"{page.view.__module__}.{page.view.__qualname__}"
            others = " ".join(one.identity for one in page.alternates)
            told = "\t".join((page.template, page.section, view, others, self._fingerprints.keys_of_fields(page.inputs)))
            self._told = shared, told  # the pages of all languages follow each other
        return told

    def _export_files(
        self, export: exports.Export, guide: Guide, languages: tuple[Language, ...], planned: tuple[Page, ...]
    ) -> Iterator[File | UnchangedFile]:
        """The files of one export; all of them stay when what it reads of the guide is the same."""
        stand = self._last.outputs_of(export.name)
        made_from = b""
        if not (stand and self._last.render_first):
            parts = (self._code, export.name, self._fingerprints.key_of(export.inputs(guide, languages, planned)))
            made_from = f"{export.name} ".encode() + content_hash("\t".join(parts).encode())
            stand = [(path, known) for path, known in stand if known.cache_key == made_from]
        for path, known in stand:
            yield self._keep_unchanged(path, known)
        for file in () if stand else export.files(guide, languages, planned):
            yield self._add_output(file, made_from)

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
        made_from = content_hash(theme.encode() + b"".join(path.encode() + self.files[path].content_hash for path in paths))
        path = urls.single_file(language.tag)
        known = self._last.unchanged(path, made_from) or self._last.deferred(path)
        if known:
            yield self._keep_unchanged(path, known)
            return
        contents = {page.path: read(file_of(page.path)).decode() for page in included}
        page = single_file.page(guide, language, contents, single_file.EmbeddedFiles(*(read(path).decode() for path in served)))
        yield self._add_output(File(path, render(page, kitchen.plain(), kitchen.layouts[language.tag])), made_from)

    def _offline(self, tags: tuple[str, ...]) -> Iterator[File | UnchangedFile]:
        """What the copy of each language consists of: known once everything else is made."""
        waiting = [(path, self._last.deferred(path)) for path in map(urls.offline_list, tags)]
        for path, known in waiting:
            if known:
                yield self._keep_unchanged(path, known)
        if not all(known for _, known in waiting):
            for file in list(offline.files(tags, self.files)):
                if file.path not in self.files:
                    yield self._add_output(file, b"offline")

    def _static_file(self, path: str, source: Path, memory: BuildCache) -> File | UnchangedFile:
        """Return a file that is published as it is, or a picture without what is hidden in it."""
        made_from = f"{self._code}\t{self._inputs.hash_of(self._inputs.name_of(source))}".encode()
        known = self._last.unchanged(path, made_from)
        if known:
            return self._keep_unchanged(path, known)
        return self._add_output(File(path, static_files.read_static_file(source, memory)), made_from)

    def _keep_unchanged(self, path: str, known: OutputRecord) -> UnchangedFile:
        self.files[path] = known
        self._check.add(path, known.links)
        return UnchangedFile(path)

    def _add_output(self, file: File, made_from: bytes) -> File | UnchangedFile:
        return self._record_output(file, made_from, content_hash(file.content), scan_page(self._base).scan(file))

    def _record_output(self, file: File, made_from: bytes, holds: bytes, facts: PageLinks | None) -> File | UnchangedFile:
        known = self._last.files.get(file.path)
        self.files[file.path] = OutputRecord(made_from, holds, len(file.content), self._check.add_scanned(file.path, facts))
        return UnchangedFile(file.path) if known and known.content_hash == holds else file


def _order_for_preview(order: RenderJob) -> tuple[bool, str]:
    """Lists, language by language, because cards that were made for one are used in the next; then the profiles."""
    is_profile = order.page.template == "partner.html"
    return is_profile, "" if is_profile else order.page.language.tag
