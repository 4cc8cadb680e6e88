"""From a folder of content to a published site: read, check, plan, render, write."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from guidegen import resources
from guidegen.build import static_files
from guidegen.build.publish import GoneError, has_previous_dir, publish_pages, stage_in
from guidegen.build.site_builder import PreviousBuild, SiteBuilder, is_code
from guidegen.build.site_integrity import is_intact
from guidegen.build.timing import BuildTimings
from guidegen.cache import build_cache
from guidegen.cache.blob_store import BlobStore
from guidegen.cache.build_cache import NO_CACHE, BuildCache, CachedState
from guidegen.cache.folders import check_folders, remove_old_state
from guidegen.cache.tracked_files import (
    PARTIAL_BUILD_COUNTS,
    Folders,
    TrackedFiles,
    clear,
    folders_of,
    join_options,
    read_last_build,
    track_files,
)
from guidegen.content import checks, drafts
from guidegen.content.catalogs import guide_languages, missing_catalogs
from guidegen.content.images import content_images
from guidegen.content.load import load
from guidegen.editing.report.findings import Report
from guidegen.editing.report.findings import report as staff_report
from guidegen.model import visibility
from guidegen.model.guide import Guide
from guidegen.model.problems import ContentError, GuidegenError, Problem, Severity
from guidegen.model.renames import with_present_names
from guidegen.model.urls import base_path
from guidegen.workers import Workers

MAX_PER_FILE = 100
"""Problems of one file that are shown."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: counts, how many files are new or other than before, and what was weak in the content.

    ``notes`` are lines for whoever runs the build.
    """

    pages: int
    files: int
    written: int
    removed: int
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How a guide is built. ``select`` says what of it is published.

    ``at_once``, if given, says which pages are made now; all else that stands there stays as it is, until a build without it.
    ``opened``, if given, keeps values that were read, for who builds again and again. ``inputs`` are the files, where they were
    looked at just now.
    """

    base_url: str = ""
    cache: Path | None = None
    strict: bool = False
    clean: bool = False
    workers: Workers = field(default_factory=Workers)
    select: Callable[[Guide], Guide] = visibility.select_public
    at_once: Callable[[str], bool] | None = None
    opened: dict[bytes, object] | None = None
    inputs: TrackedFiles | None = None
    progress: Callable[[], None] = lambda: None
    timings: BuildTimings = field(default_factory=BuildTimings)

    def key(self, root: Path) -> str:
        """Names what a site depends on beside the files."""
        return join_options(root, self.base_url, self.select.__name__)


def build(root: Path, out: Path, options: Options | None = None) -> BuildResult:
    """Publish the guide in ``root`` at ``out``, making only what differs from what stands there.

    Raises ``ContentError`` with every problem of the content (and with warnings too when ``strict``),
    ``GuidegenError`` when something else stops it. In both cases the old site stays as it was.
    """
    options = options or Options()
    where = folders_of(root, out, options.cache)
    check_folders(where)
    if options.clean:
        clear(where.cache)
    try:
        return _build(root, where, options)
    except GoneError:  # somebody took files out of the site: what was known of it is worth nothing
        clear(where.cache)
        return _build(root, where, options)
    except (GuidegenError, OSError):
        raise
    except Exception as error:  # a forged or damaged cache can raise anything; without one, it is a fault of guidegen
        if read_last_build(where.cache) is None:
            raise
        clear(where.cache)
        if options.opened is not None:
            options.opened.clear()
        note = f"the build cache could not be used, and was cleared ({type(error).__name__}: {error})"
        built = _build(root, where, replace(options, inputs=None))
        return replace(built, notes=(note, *built.notes))


def _build(root: Path, where: Folders, options: Options) -> BuildResult:
    timings = options.timings
    with timings.measure("look for changes"):
        inputs = options.inputs or track_files(root, where.cache)
        before = build_cache.load(where, options.key(root))
        notes: tuple[str, ...] = ()
        if options.opened is None and before.files and not is_intact(where.out, before.files, where.cache / "now"):
            before = CachedState(values=before.values, digests=before.digests)
            notes = (f"{where.out} was changed since the last build, and not by guidegen: every file is written again",)
        code = inputs.hash_group(is_code)
    store = BlobStore(where.cache, before.values)
    with closing(BuildCache(inputs, store, code, options.workers, options.opened)) as memory:
        guide, problems = load_checked_guide(root, memory, timings, shows_drafts=options.select is visibility.select_preview)
        failing = Severity.WARNING if options.strict else Severity.ERROR
        stopping = [problem for problem in problems if problem.severity <= failing]
        if stopping:
            raise ContentError(stopping)
        guide = options.select(_at_root(with_present_names(guide), options.base_url))
        last = PreviousBuild(before.files, before.texts, before.digests, options.at_once)
        maker = SiteBuilder(root, inputs, last, code, base_path(guide.settings.address), options.workers, timings)
        behind = before.stale_paths if has_previous_dir(where.cache, before.previous_dir) else None
        if behind is not None and options.opened is None:  # what somebody put there must not be published
            stage_is_ours = is_intact(stage_in(where.cache), before.files, where.cache / "now", behind)
            behind = behind if stage_is_ours else None
        with publish_pages(where.out, where.cache, before.previous_dir, behind) as stage:
            for file in maker.build_files(guide, memory, stage.read):
                with timings.measure("write"):
                    stage.add(file)
                options.progress()
            with timings.measure("check the site"):
                maker.raise_findings()
            stage.finish(before.files, maker.compute_site_id())
        with timings.measure("leave the state"):
            texts = maker.texts()
            after = CachedState(maker.compute_site_id(), maker.files, texts, memory.keep(), maker.digests(), problems)
            if before.site and has_previous_dir(where.cache, before.site):
                after.previous_dir, after.stale_paths = before.site, frozenset([*stage.written, *stage.removed])
            counts = sum(path.endswith(".html") for path in maker.files), len(maker.files), len(problems)
            reason = build_cache.save(
                where, options.key(root), inputs, after, PARTIAL_BUILD_COUNTS if options.at_once else counts
            )
            if reason:
                notes += (f"the next build starts from nothing, because {where.cache} cannot be written: {reason}",)
            with suppress(OSError):
                notes += tuple(remove_old_state(where))
    return BuildResult(counts[0], counts[1], len(stage.written), len(stage.removed), problems, notes)


def load_checked_guide(
    root: Path, memory: BuildCache = NO_CACHE, timings: BuildTimings | None = None, shows_drafts: bool = False
) -> tuple[Guide, tuple[Problem, ...]]:
    """The guide, and all that is wrong with its content, in the order of the files.

    Mistakes in drafts are no errors, unless drafts are shown.
    """
    timings = timings or BuildTimings()
    with timings.measure("read"):
        loaded = load(root, memory)
        guide = replace(loaded.guide, images=content_images.image_names(root), icons=resources.icon_names(root))
    with timings.measure("check the content"):
        found = [
            *loaded.problems,
            *loaded.partner_problems,
            *checks.check_guide(guide, memory),
            *missing_catalogs(root, guide.settings),
        ]
        found += content_images.picture_problems(root, content_images.pictures_of(guide), memory)
        found += static_files.find_merge_conflicts(root, memory)
        return guide, tuple(_limit_per_file(sorted(found if shows_drafts else drafts.lower_severity(found, guide, root))))


def _limit_per_file(problems: list[Problem]) -> Iterator[Problem]:
    """The problems, at most ``MOST`` mistakes of one file: the rest is most likely one mistake many times."""
    for path, group in groupby(problems, lambda problem: problem.path):
        left = MAX_PER_FILE
        rest: list[Problem] = []
        for problem in group:
            left -= problem.severity is not Severity.WARNING
            if left < 0 and problem.severity is not Severity.WARNING:
                rest.append(problem)
            else:
                yield problem
        if rest:
            message, hint = f"and {len(rest):,} more problems in this file", "Mend those above first."
            yield Problem(path, rest[0].line, rest[0].column, message, hint, "more", rest[0].severity)


def review_content(root: Path, today: date, links: Sequence[Problem] = ()) -> tuple[Problem, ...]:
    """Everything wrong or weak in the content today, and in the websites it names.

    Raises ``GuidegenError`` for words of the interface that cannot be used.
    """
    guide, problems = load_checked_guide(root)
    guide_languages(root, guide.settings.languages, guide.settings.region)
    present = with_present_names(guide)
    return tuple(sorted([*problems, *drafts.lower_severity([*checks.review(present, today), *links], guide, root)]))


def report_tasks(root: Path, today: date) -> Report:
    """What needs doing in a guide today. Websites are not asked: what they last answered is told."""
    from guidegen.editing import link_checker  # here, because builds need none of the network modules that it brings

    guide, problems = load_checked_guide(root)
    present = with_present_names(guide)
    eased = drafts.lower_severity([*checks.check_dates(present, today), *link_checker.find_dead_links(root)], guide, root)
    return staff_report(present, [*problems, *eased], today)


def _at_root(guide: Guide, base_url: str) -> Guide:
    """The guide as published at another address than its own."""
    return replace(guide, settings=replace(guide.settings, address=base_url)) if base_url else guide
