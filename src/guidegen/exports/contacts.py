"""A contact card of each partner for the address book of a phone (vCard 3.0, RFC 2426, which every phone reads)."""

from collections.abc import Iterator
from functools import partial

from guidegen import urls
from guidegen.exports.contentlines import content, escaped
from guidegen.fingerprints import Derived, origin, surroundings
from guidegen.languages import Language
from guidegen.model import Guide, Location, Partner, Phone
from guidegen.outputs import File, Page

_TYPES = {"voice": "WORK,VOICE", "text": "WORK,CELL", "whatsapp": "WORK,CELL", "fax": "WORK,FAX", "tty": "WORK"}


def reads(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Names and ways to reach the partners."""
    settings, around = guide.settings, surroundings("contact")
    ways = tuple(Derived(origin(around, partner), partial(_read, partner)) for partner in guide.listed)
    return settings.address, settings.languages[:1], tuple(one.tag for one in languages[:1]), ways


def _read(one: Partner) -> object:
    return one.slug, one.was, one.name, one.plain_name, one.phones, one.email, one.website, one.locations


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """``data/contacts/<slug>.vcf``, in the language of the source; the same under old names, as no host redirects a file."""
    for partner in guide.listed:
        page = urls.absolute(guide.settings.address, urls.partner(languages[0].tag, partner.slug))
        card = content(_lines(partner, page, languages[0]))
        yield from (File(urls.contact_card(slug), card) for slug in (partner.slug, *partner.was))


def _lines(partner: Partner, page: str, language: Language) -> Iterator[str]:
    name = escaped(partner.name)
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", "N:;;;;", f"ORG:{name}")
    for number, phone in enumerate(partner.phones, 1):
        digits = urls.dial(phone.number, phone.extension, language.region).removeprefix("tel:")
        yield f"item{number}.TEL;TYPE={_TYPES.get(phone.kind, 'WORK,VOICE')}:{escaped(digits)}"
        yield from _label(number, phone)
    if partner.email:
        yield f"EMAIL;TYPE=WORK:{escaped(partner.email)}"
    for place in partner.locations:
        if place.address.line1:
            yield f"ADR;TYPE=WORK:{_address(place)}"
    if partner.website:
        yield f"URL:{escaped(partner.website)}"
    yield f"NOTE:{escaped(page)}"
    yield "END:VCARD"


def _label(number: int, phone: Phone) -> Iterator[str]:
    """What the number is for, as address books show it."""
    if phone.note.source:
        yield f"item{number}.X-ABLabel:{escaped(phone.note.source)}"


def _address(place: Location) -> str:
    """Box, second line, street, town, state, postal code, country."""
    at = place.address
    return ";".join(escaped(part) for part in ("", at.line2, at.line1, at.city, at.state, at.postal_code, at.country))
