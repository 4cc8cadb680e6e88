"""A feed of the articles in each language (Atom, RFC 4287)."""

from collections.abc import Iterator
from html import escape  # xml.sax.saxutils would import urllib.request and http.client

from guidegen.model import urls
from guidegen.model.article import Edition, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.text.language import Language

MAX_ENTRIES = 30
"""Articles in a feed."""


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Return the articles, the settings and the languages."""
    return guide.settings, guide.spotlights, tuple(language.tag for language in languages)


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield ``<lang>/feed.xml``, with the articles written in that language."""
    for language in languages:
        yield File(urls.feed(language.tag), _write_feed(guide, language))


def _write_feed(guide: Guide, language: Language) -> bytes:
    settings = guide.settings
    articles = [(spotlight, edition) for spotlight in guide.spotlights if (edition := spotlight.edition(language.tag))]
    articles = articles[:MAX_ENTRIES]
    newest = max((spotlight.date for spotlight, _ in articles), default=None)
    updated = f"{newest.isoformat() if newest else '1970-01-01'}T00:00:00Z"
    own = urls.absolute_url(settings.address, urls.feed(language.tag))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language.tag}">',
        f"<title>{escape(settings.name.resolve(language.tag, settings.languages).text.text)}</title>",
        f"<id>{escape(own)}</id>",
        f'<link rel="self" href="{escape(own)}"/>',
        f'<link href="{escape(urls.absolute_url(settings.address, urls.spotlights(language.tag)))}"/>',
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(settings.contact.name or settings.name.source)}</name></author>",
        *(_write_entry(spotlight, edition, settings.address) for spotlight, edition in articles),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _write_entry(spotlight: Spotlight, edition: Edition, address: str) -> str:
    page = escape(urls.absolute_url(address, urls.spotlight(edition.language, spotlight.slug)))
    permanent_id = escape(urls.absolute_url(address, urls.spotlight(edition.language, spotlight.first_slug)))
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in spotlight.authors)
    return (
        f"<entry><title>{escape(edition.title)}</title><id>{permanent_id}</id>"
        f'<link href="{page}"/><updated>{spotlight.date.isoformat()}T00:00:00Z</updated>'
        f"{authors}<summary>{escape(edition.summary)}</summary></entry>"
    )
