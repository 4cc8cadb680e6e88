"""From a folder of content to a published site: read, check, plan, render, publish."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen import resources
from guidegen.build import static_files
from guidegen.build.host_limits import list_exceeded
from guidegen.build.publish import MissingFileError, has_previous_dir, open_stage, stage_dir
from guidegen.build.site_builder import PreviousBuild, SiteBuilder, is_code
from guidegen.build.site_integrity import is_intact
from guidegen.build.timing import BuildTimings
from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.cache.cache_file import CacheFile
from guidegen.cache.folders import check_folders, remove_old_state
from guidegen.cache.site_record import SiteRecord, load_record, save_record
from guidegen.cache.tracked_files import (
    Folders,
    TrackedFiles,
    clear_cache,
    join_options,
    read_manifest_head,
    read_site_id,
    resolve_folders,
    track_files,
)
from guidegen.content import checks, draft_severity
from guidegen.content.booklets import list_booklets
from guidegen.content.catalogs import find_missing_catalogs, load_languages
from guidegen.content.images import content_images
from guidegen.content.load import load
from guidegen.model import visibility
from guidegen.model.guide import Guide
from guidegen.model.partial_guides import select_part
from guidegen.model.problems import ContentError, GuidegenError, Problem, Severity
from guidegen.model.renames import apply_renames
from guidegen.model.urls import base_path
from guidegen.records import dataclass
from guidegen.text.language import Language
from guidegen.workers import Workers

if TYPE_CHECKING:
    from guidegen.editing.report.findings import Report

MAX_PER_FILE = 100
"""Maximum number of problems shown for one file."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of a build: counts of pages and files, how many files changed, and the warnings.

    ``notes`` are lines for whoever runs the build.
    """

    pages: int
    files: int
    written: int
    removed: int
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Options of a build. ``select`` chooses what is published; ``part`` is the name of a partial guide.

    ``inputs`` are the tracked files, if they were just scanned.
    """

    base_url: str = ""
    part: str = ""
    cache: Path | None = None
    strict: bool = False
    clean: bool = False
    workers: Workers = field(default_factory=Workers)
    select: Callable[[Guide], Guide] = visibility.select_public
    inputs: TrackedFiles | None = None
    progress: Callable[[], None] = lambda: None
    timings: BuildTimings = field(default_factory=BuildTimings)

    def cache_key(self, root: Path) -> str:
        """Return everything a site depends on besides its files."""
        return join_options(root, self.base_url, self.select.__name__, self.part)


def build(root: Path, out: Path, options: BuildOptions | None = None) -> BuildResult:
    """Publish the guide in ``root`` at ``out``, writing only files that changed.

    Raises ``ContentError`` with every problem in the content (with ``strict``, also warnings), and ``GuidegenError`` if
    something else stops the build. In both cases the old site stays as it was.
    """
    options = options or BuildOptions()
    folders = resolve_folders(root, out, options.cache)
    check_folders(folders)
    if options.clean:
        clear_cache(folders.cache)
    try:
        return _build(root, folders, options)
    except MissingFileError:  # somebody removed files from the site, so the cache no longer describes it
        clear_cache(folders.cache)
        return _build(root, folders, options)
    except (GuidegenError, OSError):
        raise
    except Exception as error:  # a forged or damaged cache can raise anything; without a cache it is a bug
        if read_manifest_head(folders.cache) is None:
            raise
        clear_cache(folders.cache)
        note = f"the build cache was unusable and has been cleared ({type(error).__name__}: {error})"
        result = _build(root, folders, replace(options, inputs=None))
        return replace(result, notes=(note, *result.notes))


def _build(root: Path, folders: Folders, options: BuildOptions) -> BuildResult:
    timings = options.timings
    with closing(CacheFile(folders.cache)) as file, options.workers.started() as workers:
        with timings.measure("find changes"):
            inputs = options.inputs or track_files(root, folders.cache)
            stored = load_record(file, folders, options.cache_key(root))
            last_site, notes = _select_reusable(stored, folders)
            code = inputs.hash_group(is_code)
        cache = BuildCache(inputs, file, code, workers)
        guide, problems = load_checked_guide(root, cache, timings, shows_drafts=options.select is visibility.select_preview)
        raise_fatal_problems(problems, options.strict)
        guide = prepare_for_publishing(guide, options)
        previous = PreviousBuild(last_site.files, last_site.texts, last_site.cache_keys)
        builder = SiteBuilder(root, inputs, previous, code, base_path(guide.settings.address), workers, timings)
        stale_paths = _find_stale_paths(folders, last_site)
        with open_stage(folders.out, folders.cache, last_site.previous_site_id, stale_paths) as stage:
            for output in builder.build_files(guide, cache, stage.read):
                with timings.measure("write"):
                    stage.add(output)
                options.progress()
            with timings.measure("check the site"):
                builder.raise_faults()
            site_id = builder.compute_site_id()
            stage.finish(last_site.files, site_id)
        with timings.measure("save the cache"):
            texts = builder.compact_string_table()
            record = SiteRecord(builder.files, texts, builder.collect_cache_keys(), site_id, problems)
            if last_site.site and has_previous_dir(folders.cache, last_site.site):
                record.previous_site_id = last_site.site
                record.stale_paths = frozenset([*stage.written, *stage.removed])
            counts = sum(path.endswith(".html") for path in builder.files), len(builder.files), len(problems)
            file.keep(cache.used_keys)
            reason = save_record(file, folders, options.cache_key(root), inputs, stored, record, counts)
            if reason:
                notes += (f"the next build starts from scratch, because {folders.cache} cannot be written: {reason}",)
            with suppress(OSError):
                notes += tuple(remove_old_state(folders))
    notes += tuple(list_exceeded(root, {path: output.size for path, output in builder.files.items()}))
    return BuildResult(counts[0], counts[1], len(stage.written), len(stage.removed), problems, notes)


def _select_reusable(record: SiteRecord, folders: Folders) -> tuple[SiteRecord, tuple[str, ...]]:
    """Return what can be reused of a record, and notes: only its keys if the site is gone or was changed since."""
    if not record.files or record.site != read_site_id(folders.out):
        return SiteRecord(cache_keys=record.cache_keys), ()
    if is_intact(folders.out, record.files, folders.cache / "now"):
        return record, ()
    note = f"{folders.out} was changed since the last build, and not by guidegen, so every file is written again"
    return SiteRecord(cache_keys=record.cache_keys), (note,)


def raise_fatal_problems(problems: Sequence[Problem], is_strict: bool = False) -> None:
    """Raise ``ContentError`` with the problems that stop a build, if there are any."""
    failing = Severity.WARNING if is_strict else Severity.ERROR
    fatal_problems = [problem for problem in problems if problem.severity <= failing]
    if fatal_problems:
        raise ContentError(fatal_problems)


def _find_stale_paths(folders: Folders, last_site: SiteRecord) -> frozenset[str] | None:
    """Return the files of the previous site that are out of date; None if that site cannot be reused."""
    if last_site.stale_paths is None or not has_previous_dir(folders.cache, last_site.previous_site_id):
        return None
    # files that somebody added to the stage must not be published
    is_reusable = is_intact(stage_dir(folders.cache), last_site.files, folders.cache / "now", last_site.stale_paths)
    return last_site.stale_paths if is_reusable else None


def load_checked_guide(
    root: Path, cache: BuildCache = NO_CACHE, timings: BuildTimings | None = None, shows_drafts: bool = False
) -> tuple[Guide, tuple[Problem, ...]]:
    """Return the guide and all problems of its content, sorted by file and line.

    Mistakes in drafts are only warnings, unless drafts are shown.
    """
    timings = timings or BuildTimings()
    with timings.measure("read"):
        loaded = load(root, cache)
        guide = replace(
            loaded.guide,
            images=content_images.list_image_names(root),
            icons=resources.list_icon_names(root),
            booklets=list_booklets(root, loaded.guide.settings.languages),
        )
    with timings.measure("check the content"):
        problems = [
            *loaded.problems,
            *loaded.partner_problems,
            *checks.check_guide(guide, cache),
            *find_missing_catalogs(root, guide.settings, cache),
        ]
        problems += content_images.check_pictures(root, content_images.collect_pictures(guide), cache)
        problems += static_files.find_merge_conflicts(root, cache)
        return guide, tuple(
            _limit_per_file(sorted(problems if shows_drafts else draft_severity.lower_severity(problems, guide, root)))
        )


def _limit_per_file(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the problems, but no more than ``MAX_PER_FILE`` errors of one file: the rest is probably one mistake many times."""
    for path, group in groupby(problems, lambda problem: problem.path):
        remaining = MAX_PER_FILE
        omitted: list[Problem] = []
        for problem in group:
            remaining -= problem.severity is not Severity.WARNING
            if remaining < 0 and problem.severity is not Severity.WARNING:
                omitted.append(problem)
            else:
                yield problem
        if omitted:
            message, hint = f"and {len(omitted):,} more problems in this file", "Fix the ones above first."
            yield Problem(path, omitted[0].line, omitted[0].column, message, hint, "more", omitted[0].severity)


def review_content(root: Path, today: date, links: Sequence[Problem] = ()) -> tuple[Problem, ...]:
    """Return every problem of the content as of today, including ``links``, the problems of the websites it names.

    Raises ``GuidegenError`` if a catalog of interface texts cannot be used.
    """
    guide, problems = load_checked_guide(root)
    languages = load_languages(root, guide.settings.languages, guide.settings.region)
    renamed = apply_renames(guide)
    reviewed = [*checks.review(renamed, today), *_find_outdated_booklets(root, renamed, languages), *links]
    return tuple(sorted([*problems, *draft_severity.lower_severity(reviewed, guide, root)]))


def _find_outdated_booklets(root: Path, guide: Guide, languages: tuple[Language, ...]) -> Iterator[Problem]:
    from guidegen.editing.booklet import freshness as booklet_freshness  # imported here, because builds do not need it

    yield from booklet_freshness.find_outdated(root, visibility.select_public(guide), languages)


def report_tasks(root: Path, today: date) -> "Report":
    """Return the tasks of a guide as of today. Links are not checked: the last answers of the websites are used."""
    from guidegen.editing import link_checker  # imported here: builds do not need these modules, nor those of the network
    from guidegen.editing.report.findings import build_report

    guide, problems = load_checked_guide(root)
    renamed = apply_renames(guide)
    languages = load_languages(root, guide.settings.languages, guide.settings.region)
    dated_problems = draft_severity.lower_severity(
        [
            *checks.check_dates(renamed, today),
            *_find_outdated_booklets(root, renamed, languages),
            *link_checker.find_dead_links(root),
        ],
        guide,
        root,
    )
    return build_report(renamed, [*problems, *dated_problems], today, languages)


def prepare_for_publishing(guide: Guide, options: BuildOptions) -> Guide:
    """Return what the options select of a guide, with its current names, as published at their base URL.

    Raises ``GuidegenError`` if there is no such partial guide.
    """
    selected = options.select(apply_renames(guide))  # first, so that a confidential address decides nothing
    if options.part:
        part = next((part for part in guide.partial_guides if part.name == options.part), None)
        if part is None:
            names = ", ".join(part.name for part in guide.partial_guides)
            known = f"its guides are: {names}" if names else "write its settings in that file"
            raise GuidegenError(f"there is no guides/{options.part}.yml; {known}")
        selected = select_part(selected, part)
    if options.base_url:
        return replace(selected, settings=replace(selected.settings, address=options.base_url))
    return selected
