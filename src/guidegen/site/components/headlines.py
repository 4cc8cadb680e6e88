"""Links to articles, in the reader's language or else in another one."""

from datetime import date

from guidegen.model import urls
from guidegen.model.article import Spotlight
from guidegen.records import dataclass
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import LocalizedString


@dataclass(frozen=True, slots=True)
class Headline:
    """The part of an article that lists show. ``titles`` has a language, a title and a summary for each edition."""

    slug: str
    date: date
    titles: tuple[tuple[str, str, str], ...]

    def best(self, language: str, order: tuple[str, ...]) -> tuple[str, str, str]:
        """Return the language, title and summary of the edition that a reader prefers."""
        by_language = {tag: (tag, title, summary) for tag, title, summary in self.titles}
        return next(by_language[tag] for tag in (language, *order, *by_language) if tag in by_language)


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """A link to an article. The label of its title names the language if it is not the reader's."""

    title: ResolvedText
    summary: LocalizedString
    date: LocalizedString
    iso_date: str
    path: str


def build_headline(article: Spotlight) -> Headline:
    """Return the headline of an article."""
    titles = tuple((edition.language, edition.title, edition.summary) for edition in article.editions)
    return Headline(article.slug, article.date, titles)


def build_headline_view(headline: Headline, resolver: TextResolver) -> HeadlineView:
    """Return the link to an article in the reader's language, or else to another edition."""
    language = resolver.language
    tag, title, summary = headline.best(language.tag, resolver.order)
    label = "" if tag == language.tag else language.name_of(tag)
    path = urls.spotlight(tag, headline.slug)
    day = language.date(headline.date)
    return HeadlineView(
        ResolvedText(LocalizedString(title, tag), label), LocalizedString(summary, tag), day, headline.date.isoformat(), path
    )
