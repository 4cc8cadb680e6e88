"""Articles on how partners work together, and the list of them.

An article that was not written in a language is not faked in it: its list links to the source, naming the language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guidegen.model import urls
from guidegen.model.article import Edition, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.page import Alternate, Page, View
from guidegen.site.components.labels import crumb, home_crumb, in_every
from guidegen.site.components.localized_text import HtmlBlock, ResolvedText, TextResolver, html_block
from guidegen.text import markdown
from guidegen.text.language import Language, LanguageName, LocalizedString, Message, proper


@dataclass(frozen=True, slots=True)
class Headline:
    """An article as lists show it: its title and summary in each language it exists in."""

    slug: str
    date: date
    titles: tuple[tuple[str, str, str], ...]

    def best(self, language: str, order: tuple[str, ...]) -> tuple[str, str, str]:
        """Language, title and summary for a reader."""
        by_language = {tag: (tag, title, summary) for tag, title, summary in self.titles}
        return next(by_language[tag] for tag in (language, *order, *by_language) if tag in by_language)


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """A link to an article; ``label`` names its language when it is not the reader's."""

    title: ResolvedText
    summary: LocalizedString
    date: LocalizedString
    iso_date: str
    path: str


@dataclass(frozen=True, slots=True)
class SpotlightsInputs:
    order: tuple[str, ...]
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotlightsView(View):
    headlines: tuple[HeadlineView, ...]


@dataclass(frozen=True, slots=True)
class ArticleInputs:
    """``partners`` are those it features, ``linked`` those its text names, each by slug and name."""

    edition: Edition
    slug: str
    date: date
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    partners: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, str], ...]
    source: str
    image: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class PartnerLink:
    name: LocalizedString
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(View):
    summary: LocalizedString
    authors: Message
    topics: LocalizedString
    date: LocalizedString
    iso_date: str
    body: HtmlBlock
    partners: tuple[PartnerLink, ...]
    notices: tuple[Message, ...]
    image: str
    alt: str


def headlines(guide: Guide) -> tuple[Headline, ...]:
    """Every article, newest first."""
    return tuple(
        Headline(one.slug, one.date, tuple((e.language, e.title, e.summary) for e in one.editions)) for one in guide.spotlights
    )


def headline_view(headline: Headline, resolver: TextResolver) -> HeadlineView:
    """The article in the reader's language, or the link to where it exists."""
    language = resolver.language
    tag, title, summary = headline.best(language.tag, resolver.order)
    label = "" if tag == language.tag else language.name_of(tag)
    path = urls.spotlight(tag, headline.slug)
    day = language.date(headline.date)
    return HeadlineView(
        ResolvedText(LocalizedString(title, tag), label), LocalizedString(summary, tag), day, headline.date.isoformat(), path
    )


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """The list in every language, and each article in the languages it was written in."""
    order = guide.settings.languages
    inputs = SpotlightsInputs(order, headlines(guide))
    yield from in_every(languages, urls.spotlights, "spotlights.html", inputs, list_view, "spotlights")
    names = {partner.slug: partner.name for partner in guide.partners}
    for spotlight in guide.spotlights:
        for language in languages:
            edition = spotlight.edition(language.tag)
            if edition:
                yield _article(names, order[0], spotlight, edition, language, languages)


def _article(
    names: Mapping[str, str],
    source: str,
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
        _named(spotlight.partners, names),
        _named(dict.fromkeys(markdown.PARTNER.findall(edition.body)), names),
        source,
        spotlight.image,
        spotlight.alt,
    )
    others = tuple(_alternate(spotlight, one) for one in languages)
    path = urls.spotlight(language.tag, spotlight.slug)
    return Page(path, "spotlight.html", language, inputs, article_view, others, "spotlights")


def _named(slugs: Iterable[str], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((slug, names[slug]) for slug in slugs if slug in names)


def _alternate(spotlight: Spotlight, language: Language) -> Alternate:
    if spotlight.edition(language.tag):
        return Alternate(LanguageName(language.tag), urls.spotlight(language.tag, spotlight.slug))
    return Alternate(LanguageName(language.tag), urls.spotlights(language.tag), is_same=False)


def list_view(inputs: SpotlightsInputs, language: Language) -> SpotlightsView:
    resolver = TextResolver(language, inputs.order)
    shown = tuple(headline_view(one, resolver) for one in inputs.headlines)
    title = language.words(language.say("How we work together"))
    return SpotlightsView(title=title, crumbs=(home_crumb(language),), headlines=shown)


def article_view(inputs: ArticleInputs, language: Language) -> ArticleView:
    here = urls.spotlight(language.tag, inputs.slug)
    edition, names = inputs.edition, dict(inputs.linked)

    def link(slug: str) -> tuple[str, str] | None:
        name = names.get(slug)
        return (name, urls.relative_url(here, urls.partner(language.tag, slug))) if name else None

    rendered = markdown.to_html(edition.body, "part-", partner_link=link)
    body = html_block(rendered, language.words(edition.body))
    return ArticleView(
        title=LocalizedString(edition.title, edition.language),
        description=edition.summary,
        crumbs=(home_crumb(language), crumb(language, "How we work together", urls.spotlights(language.tag))),
        summary=LocalizedString(edition.summary, edition.language),
        authors=language.join([proper(name, inputs.source) for name in inputs.authors]) if inputs.authors else Message(()),
        topics=proper(" · ".join(inputs.topics), inputs.source),
        date=language.date(inputs.date),
        iso_date=inputs.date.isoformat(),
        body=body,
        partners=tuple(
            PartnerLink(proper(name, inputs.source), urls.partner(language.tag, slug)) for slug, name in inputs.partners
        ),
        notices=_notices(edition, language),
        image=f"static/{inputs.image}" if inputs.image else "",
        alt=inputs.alt,
    )


def _notices(edition: Edition, language: Language) -> tuple[Message, ...]:
    told = []
    if edition.by == "machine":
        told.append(language.phrase("This article was translated by a machine and may have mistakes."))
    if edition.state == "stale":
        told.append(language.phrase("The original of this article was changed after it was translated."))
    return tuple(told)
