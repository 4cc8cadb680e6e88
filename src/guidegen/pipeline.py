"""From a folder of content to a published site: read, check, plan, render, write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from guidegen import assets, checks, exports, pages, publishing
from guidegen.content.catalogs import guide_languages, missing_catalogs
from guidegen.content.load import load
from guidegen.languages import Language
from guidegen.model import Guide
from guidegen.outputs import File
from guidegen.pages.chrome import chrome
from guidegen.problems import ContentError, GuidegenError, Problem, Severity
from guidegen.render import Theme, render
from guidegen.sitecheck import SiteCheck
from guidegen.urls import base_path, file_of
from guidegen.write import publish

MOST = 100
"""Problems of one file that are shown."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: counts, and what was weak in the content."""

    pages: int
    files: int
    warnings: tuple[Problem, ...]


def build(
    root: Path,
    out: Path,
    base_url: str = "",
    strict: bool = False,
    select: Callable[[Guide], Guide] = publishing.public,
    finish: Callable[[File], File] = lambda file: file,
) -> Built:
    """Publish the guide in ``root`` at ``out``; ``select`` says what of it is published, ``finish`` what is added to each file.

    Raises ``ContentError`` with every problem of the content (and with warnings too when ``strict``),
    ``GuidegenError`` when something else stops it. In both cases the old site stays as it was.
    """
    guide, problems = read(root)
    stopping = [problem for problem in problems if strict or problem.severity is Severity.ERROR]
    if stopping:
        raise ContentError(stopping)
    published = select(_at(guide, base_url))
    languages = guide_languages(root, published.settings.languages, published.settings.region)
    count = 0

    def tallied(files: Iterator[File]) -> Iterator[File]:
        nonlocal count
        for file in files:
            count += file.path.endswith(".html")
            yield file

    whole = _whole(tallied(site(root, published, languages)), published)
    written = publish(out, (finish(file) for file in whole))
    return Built(count, written, problems)


def read(root: Path) -> tuple[Guide, tuple[Problem, ...]]:
    """The guide, and all that is wrong with its content, in the order of the files."""
    loaded = load(root)
    guide = replace(loaded.guide, images=assets.image_names(root))
    found = [*loaded.problems, *checks.check(guide), *assets.picture_problems(root, _pictures(guide))]
    found += missing_catalogs(root, guide.settings)
    return guide, tuple(_capped(sorted(found)))


def _capped(problems: list[Problem]) -> Iterator[Problem]:
    """The problems, at most ``MOST`` of one file: the rest is most likely one mistake many times."""
    for path, group in groupby(problems, lambda problem: problem.path):
        told = list(group)
        yield from told[:MOST]
        if len(told) > MOST:
            message = f"and {len(told) - MOST:,} more problems in this file"
            yield Problem(
                path,
                told[MOST].line,
                told[MOST].column,
                message,
                "Mend those above first.",
                "more",
                min(one.severity for one in told[MOST:]),
            )


def review(root: Path, today: date) -> tuple[Problem, ...]:
    """Everything wrong or weak in the content today."""
    guide, problems = read(root)
    return tuple(sorted([*problems, *checks.review(guide, today)]))


def site(root: Path, guide: Guide, languages: tuple[Language, ...]) -> Iterator[File]:
    """Every file of the site, one after the other: the whole never stands in memory."""
    theme = Theme(root)
    planned = tuple(pages.plan(guide, languages))
    around = {language.tag: chrome(guide, language) for language in languages}
    for page in planned:
        yield File(file_of(page.path), render(page, theme, around[page.language.tag]))
    yield from exports.files(guide, languages, planned)
    yield from assets.static_files(root)
    yield from assets.image_files(root, _pictures(guide))


def _whole(files: Iterator[File], guide: Guide) -> Iterator[File]:
    """The files, ending in an error when they do not fit together."""
    look = SiteCheck(base_path(guide.settings.address))
    yield from look.watch(files)
    findings = look.findings()
    if findings:
        more = f"\n  and {len(findings) - 20} more" if len(findings) > 20 else ""
        raise GuidegenError("the site does not fit together:\n  " + "\n  ".join(findings[:20]) + more)


def _pictures(guide: Guide) -> frozenset[str]:
    logos = {partner.logo for partner in guide.partners if partner.logo}
    return frozenset(logos | {article.image for article in guide.spotlights if article.image})


def _at(guide: Guide, base_url: str) -> Guide:
    """The guide as published at another address than its own."""
    return replace(guide, settings=replace(guide.settings, address=base_url)) if base_url else guide
