"""A feed of the articles in each language (Atom, RFC 4287)."""

from collections.abc import Iterator
from html import escape  # xml.sax brings half of the network with it

from guidegen.model import urls
from guidegen.model.article import Edition, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.text.language import Language


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """The articles."""
    return guide.settings, guide.spotlights, tuple(language.tag for language in languages)


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """``<lang>/feed.xml``, with the articles written in that language."""
    for language in languages:
        yield File(urls.feed(language.tag), _feed(guide, language))


def _feed(guide: Guide, language: Language) -> bytes:
    settings = guide.settings
    written = [(one, edition) for one in guide.spotlights if (edition := one.edition(language.tag))][:30]
    newest = max((one.date for one, _ in written), default=None)
    updated = f"{newest.isoformat() if newest else '1970-01-01'}T00:00:00Z"
    own = urls.absolute_url(settings.address, urls.feed(language.tag))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language.tag}">',
        f"<title>{escape(settings.name.choose(language.tag, settings.languages).words.text)}</title>",
        f"<id>{escape(own)}</id>",
        f'<link rel="self" href="{escape(own)}"/>',
        f'<link href="{escape(urls.absolute_url(settings.address, urls.spotlights(language.tag)))}"/>',
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(settings.contact.name or settings.name.source)}</name></author>",
        *(_entry(one, edition, settings.address) for one, edition in written),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _entry(spotlight: Spotlight, edition: Edition, address: str) -> str:
    page = escape(urls.absolute_url(address, urls.spotlight(edition.language, spotlight.slug)))
    first = escape(urls.absolute_url(address, urls.spotlight(edition.language, spotlight.first_slug)))
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in spotlight.authors)
    return (
        f"<entry><title>{escape(edition.title)}</title><id>{first}</id>"
        f'<link href="{page}"/><updated>{spotlight.date.isoformat()}T00:00:00Z</updated>'
        f"{authors}<summary>{escape(edition.summary)}</summary></entry>"
    )
