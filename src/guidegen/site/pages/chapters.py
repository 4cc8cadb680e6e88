"""Chapters of articles: the list of chapters, and a page of each with its articles in order."""

from collections.abc import Iterator
from functools import partial

from guidegen.model import urls
from guidegen.model.article import Chapter, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.page import Breadcrumb, Page, View
from guidegen.records import dataclass
from guidegen.site.components.headlines import Headline, HeadlineView, build_headline, build_headline_view
from guidegen.site.components.labels import build_crumb, build_home_crumb, plan_in_languages
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.collation import sort_key
from guidegen.text.language import Language, message

TITLE = message("Good to know")
FOR_PARTNERS = message("For partners")


@dataclass(frozen=True, slots=True)
class ChapterContents:
    """A chapter with the headlines of its articles in order."""

    chapter: Chapter
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class ChaptersInputs:
    """The inputs of the list of chapters."""

    order: tuple[str, ...]
    contents: tuple[ChapterContents, ...]


@dataclass(frozen=True, slots=True)
class ChapterLink:
    """A link to a chapter."""

    title: ResolvedText
    summary: ResolvedText
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaptersView(View):
    """The view of the list of chapters."""

    chapters: tuple[ChapterLink, ...]


@dataclass(frozen=True, slots=True)
class ChapterInputs:
    """The inputs of a chapter's page."""

    order: tuple[str, ...]
    contents: ChapterContents


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterView(View):
    """The view of a chapter's page."""

    summary: ResolvedText
    headlines: tuple[HeadlineView, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the list of chapters and the page of each, in every language; nothing if no chapter has an article."""
    order, every = guide.settings.languages, list_contents(guide)
    if for_readers := list_for_readers(every):
        inputs = ChaptersInputs(order, for_readers)
        yield from plan_in_languages(languages, urls.chapters, "chapters.html", inputs, list_view, "information")
    for contents in every:
        path = partial(urls.chapter, name=contents.chapter.slug)
        section = get_section(contents.chapter)
        yield from plan_in_languages(languages, path, "chapter.html", ChapterInputs(order, contents), view, section)


def list_contents(guide: Guide) -> tuple[ChapterContents, ...]:
    """Return the chapters that have articles, in order. Articles without a place in their chapter come last, by title."""
    by_chapter: dict[str, list[Spotlight]] = {}
    for article in guide.spotlights:
        by_chapter.setdefault(article.chapter, []).append(article)
    return tuple(
        ChapterContents(chapter, tuple(map(build_headline, sorted(by_chapter[chapter.slug], key=_sort_key))))
        for chapter in guide.chapters
        if chapter.slug in by_chapter
    )


def list_for_readers(every: tuple[ChapterContents, ...]) -> tuple[ChapterContents, ...]:
    """Return the chapters that are for all readers."""
    return tuple(contents for contents in every if not contents.chapter.is_for_partners)


def get_section(chapter: Chapter) -> str:
    """Return the section of the menu or the footer in which a chapter is."""
    return "spotlights" if chapter.is_for_partners else "information"


def _sort_key(article: Spotlight) -> tuple[float, object, str]:
    place = float("inf") if article.order is None else article.order
    return place, sort_key(article.editions[0].title, article.editions[0].language), article.slug


def build_chapter_link(contents: ChapterContents, resolver: TextResolver) -> ChapterLink:
    """Return the link to a chapter."""
    chapter, language = contents.chapter, resolver.language
    return ChapterLink(
        resolver.resolve(chapter.title),
        resolver.resolve(chapter.summary),
        urls.chapter(language.tag, chapter.slug),
    )


def build_chapters_crumb(chapter: Chapter | None, language: Language) -> Breadcrumb:
    """Return the breadcrumb that leads to the list with a chapter, or with the articles that are in none."""
    if chapter is None or chapter.is_for_partners:
        return build_crumb(language, FOR_PARTNERS, urls.spotlights(language.tag))
    return build_crumb(language, TITLE, urls.chapters(language.tag))


def list_view(inputs: ChaptersInputs, language: Language) -> ChaptersView:
    """Return the view of the list of chapters."""
    resolver = TextResolver(language, inputs.order)
    return ChaptersView(
        title=language.localize(language.say(TITLE)),
        breadcrumbs=(build_home_crumb(language),),
        chapters=tuple(build_chapter_link(contents, resolver) for contents in inputs.contents),
    )


def view(inputs: ChapterInputs, language: Language) -> ChapterView:
    """Return the view of a chapter's page."""
    resolver = TextResolver(language, inputs.order)
    chapter = inputs.contents.chapter
    return ChapterView(
        title=resolver.resolve(chapter.title).words,
        breadcrumbs=(build_home_crumb(language), build_chapters_crumb(chapter, language)),
        summary=resolver.resolve(chapter.summary),
        headlines=tuple(build_headline_view(headline, resolver) for headline in inputs.contents.headlines),
    )
