"""The guide as it stands while somebody edits it: the site of the last good build, and what is wrong since."""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from guidegen.build import pipeline
from guidegen.build.pipeline import BuildResult, Options
from guidegen.cache.file_stats import FileStats, scan_files
from guidegen.cache.tracked_files import folders_of, track_files
from guidegen.content.load import read_settings
from guidegen.editing.excerpts import Excerpts
from guidegen.editing.report import rendering
from guidegen.model import visibility
from guidegen.model.problems import ContentError, GuidegenError, Problem, format_as_text
from guidegen.model.settings import Editing
from guidegen.model.urls import file_of
from guidegen.serve.background_build import BackgroundBuild

_PAUSE = 0.1  # seconds between two looks at the files
_RETRY_AFTER_S = 1.0
_MAX_ASKED = 20


class Preview:
    """A site that is built again whenever a file of the guide changes. One thread builds; any may read.

    ``errors`` are those of the content as it is now, ``fault`` is what else stopped the last build.
    """

    def __init__(self, root: Path, folder: Path, address: str) -> None:
        self.root = root
        self.out = folder / "preview" / "site"
        self._cache = folder / "cache"
        self.errors: tuple[Problem, ...] = ()
        self.fault = ""
        self._address = address
        self._asked: tuple[str, ...] = ()
        self._opened: dict[bytes, object] = {}
        self._rest = BackgroundBuild(root, self.out, self._cache, address)
        self._is_closed = False
        self._printed = ""

    def note_request(self, path: str) -> None:
        """Note that a browser asked for a page: it is among those that are made first."""
        file = file_of(path)
        self._asked = (*(one for one in self._asked if one != file), file)[-_MAX_ASKED:]

    def notice(self) -> str:
        """What is wrong with the content, as HTML."""
        settings, _ = read_settings(self.root)
        return rendering.notice(self.errors, self.fault, self.root, settings.editing if settings else Editing())

    def report(self) -> str:
        """What needs doing today, of the files as they are now, as a page."""
        try:
            return rendering.page(pipeline.report_tasks(self.root, date.today()), self.root)
        except GuidegenError as error:
            return rendering.empty(rendering.notice((), str(error), self.root, Editing()))

    def close(self) -> None:
        """End what is under way; nothing is begun any more."""
        self._is_closed = True
        self._rest.stop()

    def watch(self, seen: FileStats | None, changed: Callable[[], None]) -> None:
        """Build whenever the files differ from ``seen``, and call ``changed`` whenever a page can be loaded again; until closed.

        ``None`` means that nothing was built yet. No save is lost: stamps are taken before a build, so what changes during it
        differs from them; and they count as seen only once the build was published or its mistakes are shown. After any other
        failure, such as a full disk, the build is tried again.
        """
        tried: tuple[FileStats, float] | None = None
        while not self._is_closed:
            stamps = scan_files(str(self.root))
            waits = tried is not None and tried[0] == stamps and time.monotonic() < tried[1] + _RETRY_AFTER_S
            if stamps != seen and not waits:
                seen = stamps if self.rebuild(changed, stamps) else None
                tried = stamps, time.monotonic()
            if not self._finish(changed):
                seen = None
            time.sleep(_PAUSE)

    def rebuild(self, changed: Callable[[], None], stamps: FileStats | None = None) -> bool:
        """Build the pages that somebody looks at and start a build of the rest; ``stamps`` are those of the files, if just taken.

        Return whether the content was handled: it was published, or its mistakes are shown.
        """
        self._rest.stop()
        asked, fault = self._asked, self.fault
        if asked and self.out.exists():
            if self._build(asked.__contains__, stamps):
                changed()
                self._rest.start(asked)
                return True
            if self.errors:
                changed()
                return True
        is_handled = self._build(None, stamps) is not None or bool(self.errors)
        if is_handled or self.fault != fault:  # else it was tried again for the same reason, and pages show it already
            changed()
        return is_handled

    def _finish(self, changed: Callable[[], None]) -> bool:
        """Say so once the build of the rest has ended; return whether the site is whole, or may still become so."""
        ended = self._rest.ended()
        if ended is None or self._is_closed:
            return True
        is_whole = not ended.failed or self._build() is not None or bool(self.errors)
        if not ended.failed:
            _say("and all other pages")
        if ended.failed or not set(self._asked) <= set(ended.asked):  # else all that is looked at was shown before
            changed()
        return is_whole

    def _build(self, at_once: Callable[[str], bool] | None = None, stamps: FileStats | None = None) -> BuildResult | None:
        """What was built; None where something stopped it, which is noted."""
        started = time.perf_counter()
        try:
            inputs = track_files(self.root, folders_of(self.root, self.out, self._cache).cache, stamps) if stamps else None
            options = Options(
                self._address,
                self._cache,
                select=visibility.select_preview,
                at_once=at_once,
                opened=self._opened,
                inputs=inputs,
                progress=self._go_on,
            )
            built = pipeline.build(self.root, self.out, options)
        except ContentError as error:
            self.errors, self.fault = error.problems, ""
            self._say_problems()
            return None
        except Exception as error:  # whatever it is, the watching goes on: the next save may mend it
            self.errors, self.fault = (), str(error) or type(error).__name__
            if not at_once and self.fault != self._printed:  # however often it is tried again
                self._printed = self.fault
                _say(f"guidegen: {self.fault}")
            return None
        self.errors, self.fault, self._printed = (), "", ""
        took = f"{time.perf_counter() - started:.2f} s"
        changed = built.written + built.removed
        _say(f"the pages you look at: {took}" if at_once else f"{built.pages:,} pages, {changed:,} files changed, {took}")
        return built

    def _go_on(self) -> None:
        if self._is_closed:
            raise GuidegenError("stopped")

    def _say_problems(self) -> None:
        excerpts = Excerpts(self.root)
        for problem in self.errors:
            _say(format_as_text(problem, excerpts.of(problem)))
        _say(f"{len(self.errors)} problems; the pages you see are those of the last good build")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
