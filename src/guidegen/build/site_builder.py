"""Builds the output files of a site; files whose cache keys are those of the last build stay as they are."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from guidegen.build import static_files
from guidegen.build.link_graph import LinkGraph, PageLinks
from guidegen.build.render_jobs import RenderJob, get_page_scanner, render_page, run_render_jobs
from guidegen.build.site_integrity import content_hash
from guidegen.build.site_plan import SitePlan, plan_site
from guidegen.build.timing import BuildTimings
from guidegen.cache.build_cache import BuildCache
from guidegen.cache.keys import CacheKeys
from guidegen.cache.site_record import OutputRecord
from guidegen.cache.tracked_files import TrackedFiles
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page, UnchangedFile
from guidegen.model.problems import GuidegenError
from guidegen.model.urls import build_file_path
from guidegen.records import dataclass
from guidegen.site import exports
from guidegen.site.exports import offline
from guidegen.site.pages import single_file
from guidegen.text.language import Language
from guidegen.workers import Workers


def is_code(name: str) -> bool:
    """Return whether a tracked file is guidegen's own code or words."""
    return name.endswith(".py") or "/words/" in name


@dataclass(frozen=True)
class PreviousBuild:
    """The files and cache keys of the last build."""

    files: Mapping[str, OutputRecord] = field(default_factory=dict)
    texts: Sequence[str] = ()
    cache_keys: Mapping[str, str] = field(default_factory=dict)

    def unchanged(self, path: str, cache_key: bytes) -> OutputRecord | None:
        """Return the record of a file if its cache key is still the same."""
        record = self.files.get(path)
        return record if record and record.cache_key == cache_key else None

    def outputs_of(self, export: str) -> list[tuple[str, OutputRecord]]:
        """Return the files of an export."""
        return self._outputs_by_export.get(export.encode(), [])

    @cached_property
    def _outputs_by_export(self) -> dict[bytes, list[tuple[str, OutputRecord]]]:
        by_export: dict[bytes, list[tuple[str, OutputRecord]]] = {}
        for path, record in self.files.items():
            by_export.setdefault(record.cache_key.partition(b" ")[0], []).append((path, record))
        return by_export


class SiteBuilder:
    """Builds the files of one site, given the last build."""

    def __init__(
        self,
        root: Path,
        inputs: TrackedFiles,
        previous: PreviousBuild,
        code: str,
        base: str,
        workers: Workers,
        timings: BuildTimings,
    ) -> None:
        self.files: dict[str, OutputRecord] = {}
        self._root = root
        self._inputs = inputs
        self._previous = previous
        self._code = code
        self._base = base
        self._workers = workers
        self._timings = timings
        self._link_graph = LinkGraph(previous.texts)
        self._keys = CacheKeys(previous.cache_keys)
        self._last_shared_key: tuple[tuple[object, ...] | None, str] = None, ""

    def build_files(self, guide: Guide, cache: BuildCache, read: Callable[[str], bytes]) -> Iterator[File | UnchangedFile]:
        """Yield every file of the site, one at a time: the whole site is never in memory.

        ``read`` returns the content of a file that was yielded before.
        """
        measure_each = self._timings.measure_each
        with self._timings.measure("plan"):
            plan = plan_site(self._root, guide, self._inputs, cache, self._keys.key_of)
        rendered = measure_each("make pages", self._render_pages(plan))
        with closing(rendered):
            yield from islice(rendered, 1)  # starts the workers, which render while this process builds the exports
            for export in exports.EXPORTS:
                yield from measure_each(export.name, self._build_export(export, plan, cache))
            yield from rendered
        with self._timings.measure("copy files"):
            sources = plan.list_sources()
        yield from measure_each("copy files", (self._build_static_file(path, source, cache) for path, source in sources))
        if single_file.has_single_file(guide):
            for language in plan.languages:
                yield from measure_each("single file", self._build_single_file(plan, language, read, cache))
        if guide.is_available_offline:
            yield from measure_each("offline", self._build_offline_lists(guide.settings.languages))

    def compact_string_table(self) -> list[str]:
        """Return the string table of the links, for the next build."""
        texts, packed_links = self._link_graph.compact()
        if packed_links:
            self.files = {path: record._replace(links=packed_links[path]) for path, record in self.files.items()}
        return texts

    def collect_cache_keys(self) -> dict[str, str]:
        """Return the cache keys by source key, for the next build."""
        return self._keys.new_keys

    def compute_site_id(self) -> str:
        """Return the id of the site, a hash of all its files."""
        digest = hashlib.blake2b(digest_size=16)
        for path in sorted(self.files):
            digest.update(path.encode() + b"\0" + self.files[path].content_hash)
        return digest.hexdigest()

    def raise_faults(self) -> None:
        """Raise ``GuidegenError`` if there are broken links or other faults."""
        findings = self._link_graph.problems()
        if findings:
            rest = f"\n  and {len(findings) - 20} more" if len(findings) > 20 else ""
            raise GuidegenError("the site has broken links or other faults:\n  " + "\n  ".join(findings[:20]) + rest)

    def _render_pages(self, plan: SitePlan) -> Iterator[File | UnchangedFile]:
        jobs, context = [], plan.context
        for page in plan.pages:
            path = build_file_path(page.path)
            cache_key = self._compute_cache_key(page, f"{self._code}\t{context.key_prefixes[page.language.tag]}")
            record = self._previous.unchanged(path, cache_key)
            if record:
                yield self._keep_unchanged(path, record)
            else:
                jobs.append(RenderJob(page, cache_key))
        jobs.sort(key=_order_by_shared_values)
        for rendered in self._workers.map(partial(run_render_jobs, context), jobs, lambda job: f"the page {job.page.path}"):
            yield self._record_output(*rendered)

    def _compute_cache_key(self, page: Page, prefix: str) -> bytes:
        key_text = f"{prefix}\t{page.path}\t{self._compute_shared_key(page)}"
        return hashlib.blake2b(key_text.encode(), digest_size=16).digest()

    def _compute_shared_key(self, page: Page) -> str:
        """Return the part of a cache key that a page shares with its other languages."""
        last_shared, key = self._last_shared_key
        shared = page.inputs, page.alternates, page.view, page.template, page.section
        if last_shared is None or any(value is not other for value, other in zip(last_shared, shared, strict=True)):
            view_name = f"{page.view.__module__}.{page.view.__qualname__}"
            others = " ".join(value.identity for value in page.alternates)
            key = "\t".join((page.template, page.section, view_name, others, self._keys.keys_of_fields(page.inputs)))
            self._last_shared_key = shared, key  # the languages of a page are planned one after another
        return key

    def _build_export(self, export: exports.Export, plan: SitePlan, cache: BuildCache) -> Iterator[File | UnchangedFile]:
        """Yield the files of one export; all of them stay if its inputs from the guide are the same."""
        records = self._previous.outputs_of(export.name)
        parts = (self._code, export.name, self._keys.key_of(export.inputs(plan.guide, plan.languages, plan.pages)))
        cache_key = f"{export.name} ".encode() + content_hash("\t".join(parts).encode())
        records = [(path, record) for path, record in records if record.cache_key == cache_key]
        if records and export.keep_parts:
            export.keep_parts(plan.guide, plan.languages, cache)
        for path, record in records:
            yield self._keep_unchanged(path, record)
        for file in () if records else export.make(plan.guide, plan.languages, plan.pages, cache):
            yield self._add_output(file, cache_key)

    def _build_single_file(
        self, plan: SitePlan, language: Language, read: Callable[[str], bytes], cache: BuildCache
    ) -> Iterator[File | UnchangedFile]:
        """Yield the guide of a language as a single file, composed of files of the site."""
        parts = {path: self.files[path].content_hash.hex() for path in single_file.list_parts(plan.pages, language.tag)}
        prefix = f"{self._code}\t{plan.context.key_prefixes[language.tag]}"
        cache_key = content_hash("\t".join((prefix, *map("".join, parts.items()))).encode())
        path = urls.single_file(language.tag)
        record = self._previous.unchanged(path, cache_key)
        if record:
            single_file.keep_sections(plan.guide, plan.pages, language, parts, cache)
            yield self._keep_unchanged(path, record)
            return
        page = single_file.compose(plan.guide, plan.pages, language, parts, read, cache)
        yield self._add_output(render_page(plan.context, page), cache_key)

    def _build_offline_lists(self, tags: tuple[str, ...]) -> Iterator[File | UnchangedFile]:
        """Yield the list of files in each language's offline copy, known only once everything else is built."""
        for file in list(offline.files(tags, self.files)):
            yield self._add_output(file, b"offline")

    def _build_static_file(self, path: str, source: Path, cache: BuildCache) -> File | UnchangedFile:
        """Return a file that is published as is, or an image without its hidden metadata."""
        cache_key = f"{self._code}\t{self._inputs.hash_of(self._inputs.name_of(source))}".encode()
        record = self._previous.unchanged(path, cache_key)
        if record:
            return self._keep_unchanged(path, record)
        return self._add_output(File(path, static_files.read_static_file(source, cache)), cache_key)

    def _keep_unchanged(self, path: str, record: OutputRecord) -> UnchangedFile:
        self.files[path] = record
        self._link_graph.add(path, record.links)
        return UnchangedFile(path)

    def _add_output(self, file: File, cache_key: bytes) -> File | UnchangedFile:
        return self._record_output(file, cache_key, content_hash(file.content), get_page_scanner(self._base).scan(file))

    def _record_output(
        self, file: File, cache_key: bytes, hash_of_content: bytes, page_links: PageLinks | None
    ) -> File | UnchangedFile:
        record = self._previous.files.get(file.path)
        self.files[file.path] = OutputRecord(
            cache_key, hash_of_content, len(file.content), self._link_graph.add_scanned(file.path, page_links)
        )
        return UnchangedFile(file.path) if record and record.content_hash == hash_of_content else file


def _order_by_shared_values(job: RenderJob) -> tuple[bool, str]:
    """Return a sort key: lists first, language by language, because they share cached cards; then the profiles."""
    is_profile = job.page.template == "partner.html"
    return is_profile, "" if is_profile else job.page.language.tag
