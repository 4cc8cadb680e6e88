"""Articles: those on how partners work together ("spotlights") with their list, and those of chapters.

An article only has pages in the languages it exists in. The list in another language links to one of those and names its
language.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from guidegen.model import urls
from guidegen.model.article import Edition, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.page import Alternate, Breadcrumb, Page, View
from guidegen.records import dataclass
from guidegen.site.components.headlines import Headline, HeadlineView, build_headline, build_headline_view
from guidegen.site.components.labels import (
    build_home_crumb,
    build_partner_linker,
    pair_with_names,
    plan_in_languages,
)
from guidegen.site.components.localized_text import HtmlBlock, TextResolver, html_block
from guidegen.site.pages.chapters import (
    FOR_PARTNERS,
    ChapterContents,
    ChapterLink,
    build_chapter_link,
    build_chapters_crumb,
    get_section,
    list_contents,
)
from guidegen.text import markdown
from guidegen.text.language import Language, LanguageName, LocalizedString, Message, proper_name


@dataclass(frozen=True, slots=True)
class ChapterBlock:
    """A chapter with links to its articles."""

    link: ChapterLink
    headlines: tuple[HeadlineView, ...]


@dataclass(frozen=True, slots=True)
class SpotlightsInputs:
    """The inputs of the page for partners: their chapters, such as a toolkit, and the articles that are in no chapter.

    ``has_network`` says whether the site shows who works with whom.
    """

    order: tuple[str, ...]
    headlines: tuple[Headline, ...]
    chapters: tuple[ChapterContents, ...]
    has_network: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotlightsView(View):
    """The view of the page for partners. ``network`` is the path of the page that shows who works with whom, or empty."""

    headlines: tuple[HeadlineView, ...]
    chapters: tuple[ChapterBlock, ...]
    network: str


@dataclass(frozen=True, slots=True)
class ArticleInputs:
    """The inputs of an article. ``partners`` are the featured ones, ``linked`` those in its text, as pairs of slug and name."""

    edition: Edition
    slug: str
    date: date
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    partners: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str], ...]
    order: tuple[str, ...]
    image: str = ""
    alt: LocalizedString = LocalizedString("")
    chapter: ChapterContents | None = None


@dataclass(frozen=True, slots=True)
class PartnerLink:
    """A link to the profile of a partner."""

    name: LocalizedString
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(View):
    """The view of an article. ``siblings`` are the articles of its ``chapter``, with itself."""

    summary: LocalizedString
    authors: Message
    topics: LocalizedString
    date: LocalizedString
    iso_date: str
    body: HtmlBlock
    partners: tuple[PartnerLink, ...]
    notices: tuple[Message, ...]
    image: str
    alt: LocalizedString
    chapter: ChapterLink | None
    siblings: tuple[HeadlineView, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the list in every language, and each article in the languages it exists in."""
    order = guide.settings.languages
    every = list_contents(guide)
    for_partners = tuple(contents for contents in every if contents.chapter.is_for_partners)
    inputs = SpotlightsInputs(order, tuple(map(build_headline, guide.loose_spotlights)), for_partners, guide.shows_network)
    yield from plan_in_languages(languages, urls.spotlights, "spotlights.html", inputs, list_view, "spotlights")
    name_by_slug = {partner.slug: partner.name for partner in guide.partners}
    chapters = {contents.chapter.slug: contents for contents in every}
    for spotlight in guide.spotlights:
        for language in languages:
            edition = spotlight.edition(language.tag)
            if edition:
                chapter = chapters.get(spotlight.chapter)
                yield _build_page(name_by_slug, order, chapter, spotlight, edition, language, languages)


def _build_page(
    name_by_slug: Mapping[str, str],
    order: tuple[str, ...],
    chapter: ChapterContents | None,
    spotlight: Spotlight,
    edition: Edition,
    language: Language,
    languages: tuple[Language, ...],
) -> Page:
    inputs = ArticleInputs(
        edition,
        spotlight.slug,
        spotlight.date,
        spotlight.authors,
        spotlight.topics,
        pair_with_names(spotlight.partners, name_by_slug),
        pair_with_names(dict.fromkeys(markdown.PARTNER.findall(edition.body)), name_by_slug),
        order,
        spotlight.image,
        LocalizedString(edition.alt, edition.language) if edition.alt else LocalizedString(spotlight.alt, order[0]),
        chapter,
    )
    alternates = tuple(_build_alternate(spotlight, other) for other in languages)
    path = urls.spotlight(language.tag, spotlight.slug)
    section = get_section(chapter.chapter) if chapter else "spotlights"
    return Page(path, "spotlight.html", language, inputs, build_article_view, alternates, section)


def _build_alternate(spotlight: Spotlight, language: Language) -> Alternate:
    if spotlight.edition(language.tag):
        return Alternate(LanguageName(language.tag), urls.spotlight(language.tag, spotlight.slug))
    path = urls.chapter(language.tag, spotlight.chapter) if spotlight.chapter else urls.spotlights(language.tag)
    return Alternate(LanguageName(language.tag), path, is_same=False)


def list_view(inputs: SpotlightsInputs, language: Language) -> SpotlightsView:
    """Return the view of the list of articles."""
    resolver = TextResolver(language, inputs.order)
    return SpotlightsView(
        title=language.localize(language.say(FOR_PARTNERS)),
        breadcrumbs=(build_home_crumb(language),),
        headlines=_build_headline_views(inputs.headlines, resolver),
        chapters=tuple(
            ChapterBlock(build_chapter_link(contents, resolver), _build_headline_views(contents.headlines, resolver))
            for contents in inputs.chapters
        ),
        network=urls.partnership(language.tag) if inputs.has_network else "",
    )


def _build_headline_views(headlines: Iterable[Headline], resolver: TextResolver) -> tuple[HeadlineView, ...]:
    return tuple(build_headline_view(headline, resolver) for headline in headlines)


def build_article_view(inputs: ArticleInputs, language: Language) -> ArticleView:
    """Return the view of an article."""
    edition, source = inputs.edition, inputs.order[0]
    resolver = TextResolver(language, inputs.order)
    chapter = build_chapter_link(inputs.chapter, resolver) if inputs.chapter else None
    siblings = inputs.chapter.headlines if inputs.chapter else ()
    return ArticleView(
        title=LocalizedString(edition.title, edition.language),
        description=edition.summary,
        breadcrumbs=(build_home_crumb(language), *_build_crumbs(inputs.chapter, chapter, language)),
        summary=LocalizedString(edition.summary, edition.language),
        authors=language.join([proper_name(name, source) for name in inputs.authors]) if inputs.authors else Message(()),
        topics=proper_name(" · ".join(inputs.topics), source),
        date=language.date(inputs.date),
        iso_date=inputs.date.isoformat(),
        body=_render_body(inputs, language),
        partners=tuple(
            PartnerLink(proper_name(name, source), urls.partner(language.tag, slug)) for slug, name in inputs.partners
        ),
        notices=_build_notices(edition, language),
        image=f"static/{inputs.image}" if inputs.image else "",
        alt=inputs.alt,
        chapter=chapter,
        siblings=_build_headline_views(siblings, resolver),
    )


def _build_crumbs(contents: ChapterContents | None, link: ChapterLink | None, language: Language) -> tuple[Breadcrumb, ...]:
    crumb = build_chapters_crumb(contents.chapter if contents else None, language)
    return (crumb, Breadcrumb(link.title.words, link.path)) if link else (crumb,)


def _render_body(inputs: ArticleInputs, language: Language) -> HtmlBlock:
    """Return the HTML of an article, with the links to partners filled in."""
    link = build_partner_linker(inputs.linked, urls.spotlight(language.tag, inputs.slug), language)
    rendered = markdown.to_html(inputs.edition.body, "part-", partner_link=link)
    return html_block(rendered, language.localize(inputs.edition.body))


def _build_notices(edition: Edition, language: Language) -> tuple[Message, ...]:
    notices = []
    if edition.by == "machine":
        notices.append(language.phrase("This article was translated by a machine and may have mistakes."))
    if edition.state == "stale":
        notices.append(language.phrase("The original of this article was changed after it was translated."))
    return tuple(notices)
