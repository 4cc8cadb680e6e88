"""The preview of a guide that is being edited: the guide in memory, whose files are made when a browser asks for them."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from guidegen.build import pipeline, static_files
from guidegen.build.pipeline import BuildOptions
from guidegen.build.render_jobs import render_page
from guidegen.build.site_builder import is_code
from guidegen.build.site_plan import SitePlan, plan_site
from guidegen.cache.build_cache import NO_CACHE, BuildCache, MemoryStore
from guidegen.cache.file_stats import FileStats, scan_files
from guidegen.cache.tracked_files import TrackedFiles
from guidegen.content.load import read_settings
from guidegen.editing.excerpts import Excerpts
from guidegen.editing.report import rendering
from guidegen.editing.report.findings import Report
from guidegen.model import urls, visibility
from guidegen.model.page import File
from guidegen.model.problems import ContentError, GuidegenError, Problem, format_as_text
from guidegen.model.settings import Editing
from guidegen.site import exports
from guidegen.site.pages import single_file

_POLL_INTERVAL_S = 0.1
_RETRY_AFTER_S = 1.0


class PreviewSite:
    """The site of a plan. Its files are made when they are read, and kept.

    It has no ``offline.json``, which lists the hashes of all files: a preview offers no offline copies.
    """

    def __init__(self, plan: SitePlan) -> None:
        self.pages = {urls.build_file_path(page.path): page for page in plan.pages}
        self._plan = plan
        self._sources = dict(plan.list_sources())
        self._made: dict[str, bytes] = {}
        self._exports = {
            export.name: export.make(plan.guide, plan.languages, plan.pages, NO_CACHE) for export in exports.EXPORTS
        }  # generators, which make a file only when it is needed

    def read(self, path: str) -> bytes:
        """Return the content of a file of the site. Raises ``KeyError`` if there is none, and ``GuidegenError``."""
        if path in self._sources:
            return static_files.read_static_file(self._sources[path])
        if path not in self._made:
            for file in self._make(path):
                self._made[file.path] = file.content
                if file.path == path:
                    break
        return self._made[path]

    def _make(self, path: str) -> Iterator[File]:
        """Yield files until one is at ``path``, if any is."""
        if path in self.pages:
            yield render_page(self._plan.context, self.pages[path])
        for language in self._plan.languages if single_file.has_single_file(self._plan.guide) else ():
            if path == urls.single_file(language.tag):
                parts = dict.fromkeys(single_file.list_parts(self._plan.pages, language.tag), "")  # hashes are only for a cache
                page = single_file.compose(self._plan.guide, self._plan.pages, language, parts, self.read, NO_CACHE)
                yield render_page(self._plan.context, page)
        for name in sorted(self._exports, key=lambda name: name != path.partition("/")[0]):  # "search" makes "search/..."
            for file in self._exports[name]:  # noqa: UP028  # "yield from" would end the export when this generator ends
                yield file


class Preview:
    """A guide that is read again whenever one of its files changes. One thread reads it at a time; any thread may ask.

    ``errors`` are the errors of the current content; ``fault`` is any other reason why it cannot be shown. The site is then that
    of the last content without errors.
    """

    def __init__(self, root: Path, address: str, part: str = "") -> None:
        self.root = root
        self.errors: tuple[Problem, ...] = ()
        self.fault = ""
        self._options = BuildOptions(address, part, select=visibility.select_preview)
        self._site: PreviewSite | None = None
        self._values = MemoryStore()
        self._inputs: TrackedFiles | None = None
        self._version = 0
        self._seen: FileStats = {}
        self._retry_at = 0.0
        self._lock = threading.Lock()
        self._is_closed = False

    def read(self, path: str) -> bytes:
        """Return the content of a file of the site as the guide is now.

        Raises ``KeyError`` if there is none, and ``GuidegenError`` if it cannot be made.
        """
        self.refresh()
        with self._lock:
            if self._site is None:
                raise KeyError(path)
            return self._site.read(path)

    def refresh(self) -> int:
        """Read the guide again if one of its files changed; return a number that is higher after each change of the pages.

        File stats are taken before the files are read, so a save meanwhile is seen by the next call. They count as seen when the
        guide is read or its errors are shown. After any other failure the guide is read again a second later.
        """
        with self._lock:
            stats = scan_files(str(self.root))
            if stats == self._seen and (not self.fault or time.monotonic() < self._retry_at):
                return self._version
            fault = self.fault
            self._read_guide(stats)
            self._seen, self._retry_at = stats, time.monotonic() + _RETRY_AFTER_S
            self._version += not self.fault or self.fault != fault  # a retry that fails again changes nothing on the pages
            return self._version

    def watch(self, on_change: Callable[[], None]) -> None:
        """Call ``on_change`` whenever browsers should reload; run until closed."""
        version = self._version
        while not self._is_closed:
            if (current := self.refresh()) != version:  # it may also have been read again for a request
                on_change()
                version = current
            time.sleep(_POLL_INTERVAL_S)

    def close(self) -> None:
        """Stop watching."""
        self._is_closed = True

    def render_notice(self, fault: str = "") -> str:
        """Return the problems of the content, or why a page cannot be shown, as HTML."""
        settings, _ = read_settings(self.root)
        editing = settings.editing if settings else Editing()
        return rendering.render_notice(() if fault else self.errors, fault or self.fault, self.root, editing)

    def render_report(self) -> str:
        """Return the staff report on the current files as a page."""
        return self._render_staff_page(lambda report: rendering.render_page(report, self.root))

    def render_sheets(self) -> str:
        """Return the referral sheets on the current files as a page."""
        return self._render_staff_page(rendering.render_sheets)

    def _render_staff_page(self, render: Callable[[Report], str]) -> str:
        try:
            return render(pipeline.report_tasks(self.root, date.today()))
        except GuidegenError as error:
            return rendering.render_empty_page(rendering.render_notice((), str(error), self.root, Editing()))

    def _read_guide(self, stats: FileStats) -> None:
        started = time.perf_counter()
        try:
            inputs = TrackedFiles(self.root, self._inputs.as_previous() if self._inputs else None, stats)
            cache = BuildCache(inputs, self._values, inputs.hash_group(is_code))
            guide, problems = pipeline.load_checked_guide(self.root, cache, shows_drafts=True)
            pipeline.raise_fatal_problems(problems)
            plan = plan_site(self.root, pipeline.prepare_for_publishing(guide, self._options), inputs, cache)
            self._site, self._inputs = PreviewSite(plan), inputs
            self._values.keep(cache.used_keys)
        except ContentError as error:
            self.errors, self.fault = error.problems, ""
            self._print_errors()
        except Exception as error:  # whatever it is, watching goes on: the next save may fix it
            fault = str(error) or type(error).__name__
            if fault != self.fault:  # a retry prints nothing new
                _print(f"guidegen: {fault}")
            self.errors, self.fault = (), fault
        else:
            self.errors, self.fault = (), ""
            _print(f"{len(self._site.pages):,} pages, ready in {time.perf_counter() - started:.2f} s")

    def _print_errors(self) -> None:
        excerpts = Excerpts(self.root)
        for problem in self.errors:
            _print(format_as_text(problem, excerpts.format_excerpt(problem)))
        _print(f"{len(self.errors)} problems; the preview shows the last good pages")


def _print(text: str) -> None:
    sys.stderr.write(text + "\n")
