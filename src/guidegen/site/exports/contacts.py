"""Contact cards for a phone's address book (vCard 3.0, RFC 2426, which all phones read)."""

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
from guidegen.site.exports.content_lines import escape_value, format_property
from guidegen.text.language import Language

_TYPES = {"voice": "WORK,VOICE", "text": "WORK,CELL", "whatsapp": "WORK,CELL", "fax": "WORK,FAX", "tty": "WORK"}


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Return the fields of all listed partners that their cards show."""
    settings, prefix = guide.settings, key_prefix("contact")
    partners = tuple(LazyValue(source_key(prefix, partner), partial(_select_fields, partner)) for partner in guide.listed)
    return settings.address, settings.languages[:1], tuple(language.tag for language in languages[:1]), partners


def _select_fields(partner: Partner) -> object:
    return (
        partner.slug,
        partner.was,
        partner.name,
        partner.plain_name,
        partner.phones,
        partner.email,
        partner.website,
        partner.locations,
        partner.services,
    )


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield ``data/contacts/<slug>.vcf`` in the source language; also under old slugs, because hosts do not redirect files."""
    for partner in guide.listed:
        page = urls.absolute_url(guide.settings.address, urls.partner(languages[0].tag, partner.slug))
        card = format_property(_write_card(partner, page, languages[0]))
        yield from (File(urls.contact_card(slug), card) for slug in (partner.slug, *partner.was))


def _write_card(partner: Partner, page: str, language: Language) -> Iterator[str]:
    name = escape_value(partner.name)
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", "N:;;;;", f"ORG:{name}")
    for number, (phone, label) in enumerate(_label_phones(partner), 1):
        digits = dialed_digits(phone.number, language.region) + (f",{phone.extension}" if phone.extension else "")
        yield f"item{number}.TEL;TYPE={_TYPES.get(phone.kind, 'WORK,VOICE')}:{escape_value(digits)}"
        if label:
            yield f"item{number}.X-ABLabel:{escape_value(label)}"
    for address in _find_emails(partner):
        yield f"EMAIL;TYPE=WORK:{escape_value(address)}"
    for place in partner.locations:
        if place.address.line1:
            yield f"ADR;TYPE=WORK:{_format_address(place)}"
    if partner.website:
        yield f"URL:{escape_value(partner.website)}"
    yield f"NOTE:{escape_value(page)}"
    yield "END:VCARD"


def _label_phones(partner: Partner) -> list[tuple[Phone, str]]:
    """Return the phones of the partner, its locations and its services, without repetitions, each with what it is for."""
    place_names = {place.key: place.name.source or place.address.town or place.key for place in partner.locations}
    holders = (
        (partner.phones, ""),
        *((place.phones, place_names[place.key]) for place in partner.locations),
        *((service.phones, service.name.source) for service in partner.offered),
    )
    labeled: dict[tuple[str, str, str], tuple[Phone, str]] = {}
    for phones, holder in holders:
        for phone in phones:
            at = ", ".join(place_names.get(key, key) for key in phone.at)
            label = ": ".join(part for part in (holder or at, phone.note.source) if part)
            labeled.setdefault((phone.number, phone.extension, label), (phone, label))
    return list(labeled.values())


def _find_emails(partner: Partner) -> Iterator[str]:
    holders: tuple[Partner | Location | Service, ...] = (partner, *partner.locations, *partner.offered)
    yield from dict.fromkeys(holder.email for holder in holders if holder.email)


def _format_address(place: Location) -> str:
    """Return the value of ADR: post office box, extended address, street, town, state, postal code, country."""
    address = place.address
    parts = ("", address.line2, address.line1, address.city, address.state, address.postal_code, address.country)
    return ";".join(escape_value(part) for part in parts)
