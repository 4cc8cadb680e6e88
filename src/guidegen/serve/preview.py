"""The preview of a guide that is being edited: the site of the last successful build, and the problems since then."""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from guidegen.build import pipeline
from guidegen.build.pipeline import BuildOptions, BuildResult
from guidegen.cache.file_stats import FileStats, scan_files
from guidegen.cache.tracked_files import resolve_folders, track_files
from guidegen.content.load import read_settings
from guidegen.editing.excerpts import Excerpts
from guidegen.editing.report import rendering
from guidegen.model import visibility
from guidegen.model.problems import ContentError, GuidegenError, Problem, format_as_text
from guidegen.model.settings import Editing
from guidegen.model.urls import build_file_path
from guidegen.serve.background_build import BackgroundBuild

_POLL_INTERVAL_S = 0.1
_RETRY_AFTER_S = 1.0
_MAX_REQUESTED = 20


class Preview:
    """A site that is rebuilt whenever a file of the guide changes. One thread builds; any thread may read.

    ``errors`` are the errors of the current content; ``fault`` is any other reason why the last build failed.
    """

    def __init__(self, root: Path, folder: Path, address: str) -> None:
        self.root = root
        self.out = folder / "preview" / "site"
        self._cache = folder / "cache"
        self.errors: tuple[Problem, ...] = ()
        self.fault = ""
        self._address = address
        self._requested: tuple[str, ...] = ()
        self._opened: dict[bytes, object] = {}
        self._background = BackgroundBuild(root, self.out, self._cache, address)
        self._is_closed = False
        self._printed_fault = ""

    def note_request(self, path: str) -> None:
        """Record that a browser requested a page, so that the next build renders it first."""
        file = build_file_path(path)
        self._requested = (*(earlier for earlier in self._requested if earlier != file), file)[-_MAX_REQUESTED:]

    def render_notice(self) -> str:
        """Return the problems of the content as HTML."""
        settings, _ = read_settings(self.root)
        return rendering.render_notice(self.errors, self.fault, self.root, settings.editing if settings else Editing())

    def render_report(self) -> str:
        """Return the staff report on the current files as a page."""
        try:
            return rendering.render_page(pipeline.report_tasks(self.root, date.today()), self.root)
        except GuidegenError as error:
            return rendering.render_empty_page(rendering.render_notice((), str(error), self.root, Editing()))

    def close(self) -> None:
        """Stop the running builds; no build starts afterwards."""
        self._is_closed = True
        self._background.stop()

    def watch(self, seen: FileStats | None, on_change: Callable[[], None]) -> None:
        """Build whenever the files differ from ``seen``, and call ``on_change`` when browsers should reload; run until closed.

        ``seen`` is None if nothing was built yet. File stats are taken before a build, so a save during it starts another. They
        count as seen when the site is published or its errors are shown. After any other failure, such as a full disk, the
        build is retried.
        """
        last_try: tuple[FileStats, float] | None = None
        while not self._is_closed:
            stats = scan_files(str(self.root))
            is_waiting = last_try is not None and last_try[0] == stats and time.monotonic() < last_try[1] + _RETRY_AFTER_S
            if stats != seen and not is_waiting:
                seen = stats if self.rebuild(on_change, stats) else None
                last_try = stats, time.monotonic()
            if not self._finish_background_build(on_change):
                seen = None
            time.sleep(_POLL_INTERVAL_S)

    def rebuild(self, on_change: Callable[[], None], stats: FileStats | None = None) -> bool:
        """Build the requested pages and start a background build of the rest. ``stats`` are those of the files, if known.

        Return whether the content was handled: it was published, or its errors are shown.
        """
        self._background.stop()
        requested, fault = self._requested, self.fault
        if requested and self.out.exists():
            if self._build(requested.__contains__, stats):
                on_change()
                self._background.start(requested)
                return True
            if self.errors:
                on_change()
                return True
        is_handled = self._build(None, stats) is not None or bool(self.errors)
        if is_handled or self.fault != fault:  # a retry that fails for the same reason changes nothing on the pages
            on_change()
        return is_handled

    def _finish_background_build(self, on_change: Callable[[], None]) -> bool:
        """Handle the end of the background build; return False if the site is incomplete and must be built again."""
        result = self._background.poll()
        if result is None or self._is_closed:
            return True
        is_complete = not result.failed or self._build() is not None or bool(self.errors)
        if not result.failed:
            _print("and all other pages")
        if result.failed or not set(self._requested) <= set(result.requested):  # otherwise browsers show current pages already
            on_change()
        return is_complete

    def _build(self, at_once: Callable[[str], bool] | None = None, stats: FileStats | None = None) -> BuildResult | None:
        """Return the result of a build, or None if it failed. The reason is then in ``errors`` or ``fault``."""
        started = time.perf_counter()
        try:
            inputs = track_files(self.root, resolve_folders(self.root, self.out, self._cache).cache, stats) if stats else None
            options = BuildOptions(
                self._address,
                self._cache,
                select=visibility.select_preview,
                render_first=at_once,
                decoded_values=self._opened,
                inputs=inputs,
                progress=self._raise_if_closed,
            )
            result = pipeline.build(self.root, self.out, options)
        except ContentError as error:
            self.errors, self.fault = error.problems, ""
            self._print_errors()
            return None
        except Exception as error:  # whatever it is, watching goes on: the next save may fix it
            self.errors, self.fault = (), str(error) or type(error).__name__
            if not at_once and self.fault != self._printed_fault:  # retries print it once
                self._printed_fault = self.fault
                _print(f"guidegen: {self.fault}")
            return None
        self.errors, self.fault, self._printed_fault = (), "", ""
        duration = f"{time.perf_counter() - started:.2f} s"
        change_count = result.written + result.removed
        summary = f"{result.pages:,} pages, {change_count:,} files changed, {duration}"
        _print(f"the pages you look at: {duration}" if at_once else summary)
        return result

    def _raise_if_closed(self) -> None:
        if self._is_closed:
            raise GuidegenError("stopped")

    def _print_errors(self) -> None:
        excerpts = Excerpts(self.root)
        for problem in self.errors:
            _print(format_as_text(problem, excerpts.format_excerpt(problem)))
        _print(f"{len(self.errors)} problems; the preview shows the last good build")


def _print(text: str) -> None:
    sys.stderr.write(text + "\n")
