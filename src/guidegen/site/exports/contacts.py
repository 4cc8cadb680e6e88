"""A contact card of each partner for the address book of a phone (vCard 3.0, RFC 2426, which every phone reads)."""

from collections.abc import Iterator
from functools import partial

from guidegen.cache.keys import LazyValue, key_prefix, source_key
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.location import Location, Phone
from guidegen.model.page import File, Page
from guidegen.model.partner import Partner
from guidegen.model.phone_numbers import dialed_digits
from guidegen.model.service import Service
from guidegen.site.exports.content_lines import content, escaped
from guidegen.text.language import Language

_TYPES = {"voice": "WORK,VOICE", "text": "WORK,CELL", "whatsapp": "WORK,CELL", "fax": "WORK,FAX", "tty": "WORK"}


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Names and ways to reach the partners."""
    settings, around = guide.settings, key_prefix("contact")
    ways = tuple(LazyValue(source_key(around, partner), partial(_read, partner)) for partner in guide.listed)
    return settings.address, settings.languages[:1], tuple(one.tag for one in languages[:1]), ways


def _read(one: Partner) -> object:
    return one.slug, one.was, one.name, one.plain_name, one.phones, one.email, one.website, one.locations, one.services


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """``data/contacts/<slug>.vcf``, in the language of the source; the same under old names, as no host redirects a file."""
    for partner in guide.listed:
        page = urls.absolute_url(guide.settings.address, urls.partner(languages[0].tag, partner.slug))
        card = content(_lines(partner, page, languages[0]))
        yield from (File(urls.contact_card(slug), card) for slug in (partner.slug, *partner.was))


def _lines(partner: Partner, page: str, language: Language) -> Iterator[str]:
    name = escaped(partner.name)
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", "N:;;;;", f"ORG:{name}")
    for number, (phone, label) in enumerate(_numbers(partner), 1):
        digits = dialed_digits(phone.number, language.region) + (f",{phone.extension}" if phone.extension else "")
        yield f"item{number}.TEL;TYPE={_TYPES.get(phone.kind, 'WORK,VOICE')}:{escaped(digits)}"
        if label:
            yield f"item{number}.X-ABLabel:{escaped(label)}"
    for address in _emails(partner):
        yield f"EMAIL;TYPE=WORK:{escaped(address)}"
    for place in partner.locations:
        if place.address.line1:
            yield f"ADR;TYPE=WORK:{_address(place)}"
    if partner.website:
        yield f"URL:{escaped(partner.website)}"
    yield f"NOTE:{escaped(page)}"
    yield "END:VCARD"


def _numbers(partner: Partner) -> list[tuple[Phone, str]]:
    """Return the numbers of the partner, its locations and its services, each with what it is for, as address books show it."""
    places = {place.key: place.name.source or place.address.town or place.key for place in partner.locations}
    found: list[tuple[Phone, str]] = []
    holders = (
        (partner.phones, ""),
        *((place.phones, places[place.key]) for place in partner.locations),
        *((service.phones, service.name.source) for service in partner.offered),
    )
    for phones, holder in holders:
        for phone in phones:
            at = ", ".join(places.get(key, key) for key in phone.at)
            label = ": ".join(part for part in (holder or at, phone.note.source) if part)
            if not any(
                phone.number == other.number and phone.extension == other.extension and label == said for other, said in found
            ):
                found.append((phone, label))
    return found


def _emails(partner: Partner) -> Iterator[str]:
    holders: tuple[Partner | Location | Service, ...] = (partner, *partner.locations, *partner.offered)
    yield from dict.fromkeys(holder.email for holder in holders if holder.email)


def _address(place: Location) -> str:
    """Box, second line, street, town, state, postal code, country."""
    at = place.address
    return ";".join(escaped(part) for part in ("", at.line2, at.line1, at.city, at.state, at.postal_code, at.country))
