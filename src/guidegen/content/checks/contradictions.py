"""Checks for facts that contradict each other."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from guidegen.content.checks.reporting import problem, warning
from guidegen.model.areas import normalize_place
from guidegen.model.guide import Guide
from guidegen.model.location import Address, Location, Phone
from guidegen.model.partner import Partner
from guidegen.model.phone_numbers import dialed_digits, is_assigned, is_short
from guidegen.model.postal_addresses import street_key
from guidegen.model.problems import Problem
from guidegen.model.reach import iter_phones
from guidegen.patterns import compile_lazily

_PRICE = compile_lazily(
    r"[$€£¥₴]\s?[0-9]|[0-9]\s?(?:[$€£¥₴]|美元|دولار|دلار|(?:USD|EUR|GBP|dollars?|dólares|đô la|dola|доларі?в?)\b)", re.IGNORECASE
)
_VOLUNTARY = compile_lazily(
    r"\b(?:gifts?|tips?|donat\w+|voluntary|suggested|elsewhere|others?|worth|value|instead|deposit|up to|(?:are|get|be) paid|earn"
    r"|regalo|donaci\w+|voluntari\w+)\b",
    re.IGNORECASE,
)
"""Words which suggest that the amount in a note is not a required price."""
_MIN_STREET_LENGTH = 6


def free_with_a_price(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each free service whose note has a price."""
    for partner in guide.partners:
        for service in partner.services:
            for number, cost in enumerate(service.cost):
                note = cost.note.source
                if cost.free and not cost.for_ and _PRICE.search(note) and not _VOLUNTARY.search(note):
                    at = f"services.{service.key}.cost"
                    at = f"{at}.note" if f"{at}.note" in partner.places else f"{at}.{number}.note"
                    hint = "Write each price:  cost: [{for: Adults, amount: 5, currency: USD}, {for: Children, free: yes}]"
                    yield warning(partner, at, f"'cost' says it is free, but its note has a price: {note}", hint, "free-price")


def street_of_a_secret_place(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each published text that contains the street of the partner's own confidential location."""
    for partner in guide.partners:
        for secret in (place for place in partner.locations if place.confidential):
            street = re.sub(r"^[0-9]+\w?\s+", "", street_key(secret.address.line1))
            if len(street) < _MIN_STREET_LENGTH:
                continue
            for at, text in _list_published_texts(partner, secret):
                if f" {street} " in f" {street_key(unquote(text))} ":
                    message = f"this text is published, but it has the street of the confidential location '{secret.key}'"
                    yield problem(partner, at, message, "Remove the street from the text.", "confidential")


def _list_published_texts(partner: Partner, secret: Location) -> Iterator[tuple[str, str]]:
    """Yield the path and content of every published text of a profile.

    The name, description, directions and access notes of the confidential location are left out: they are not published.
    """
    hidden = tuple(f"locations.{secret.key}.{name}" for name in ("name", "description", "transit", "access."))
    for at, text in partner.texts.items():
        if not at.startswith(hidden):
            yield from ((at, version.text) for version in text.translations.values())
    yield from ((name, value) for name in ("also_known_as", "social") for value in getattr(partner, name))
    yield from (("website", partner.website), ("name", partner.name))
    if partner.taken_from:
        yield from (("source", partner.taken_from.dataset), ("source", partner.taken_from.url))
    for place in partner.locations:
        if place.key != secret.key:
            addresses = [address for address in (place.address, place.mailing) if address]
            values = (place.website, *(line for address in addresses for line in (address.line1, address.line2)))
            yield from ((f"locations.{place.key}", value) for value in values)
    for service in partner.services:
        names = (*service.also_known_as, *service.serves.names, *service.must_live_in.names)
        for value in (service.program, service.website, service.apply.url, *names):
            yield f"services.{service.key}", value


def ielce_without_title_ii(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each partner with IELCE but without title II, which funds it (WIOA, section 243)."""
    for partner in guide.partners:
        wioa = partner.partnership.wioa
        if wioa.ielce and wioa.title_ii is False:
            message = "'ielce' is yes and 'title_ii' is no, but IELCE is funded under title II"
            yield warning(partner, "partnership.wioa.title_ii", message, "Correct one of them, or remove 'title_ii'.", "wioa")


def notice_without_a_date(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each notice of a service type that does not say when it was checked: laws change."""
    for kind in guide.service_types:
        if kind.notice and kind.checked is None:
            hint = "Write the date when someone checked it:  checked: 2026-10-02"
            yield warning(guide.services_file, f"types.{kind.id}.notice", "the notice has no date", hint, "no-date")


def numbers_nobody_has(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each number outside the ranges that phone companies assign: most likely a digit is wrong."""
    region = guide.settings.region
    for partner in guide.partners if not guide.settings.fictional and region else ():
        for at, phone in iter_phones(partner):
            if not is_assigned(phone.number, region, phone.kind == "text") and partner.status != "draft":
                yield warning(partner, at, *describe_unassigned(phone.number, region), "phone-unknown")


def describe_unassigned(number: str, region: str) -> tuple[str, str]:
    """Return the message and the hint for a number outside the assigned ranges."""
    message = f"phone companies in its country do not use the number {number}"
    if is_short(number) and is_assigned(number, region, is_for_texts=True):
        return f"{number} is a number for texts; nobody can call it", "If people text it, write  kind: text"
    return message, "Call it to check, then correct it."


def address_in_two_spellings(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each address that two profiles write differently: one of them may be wrong."""
    first: dict[tuple[str, str], tuple[Partner, Location]] = {}
    for partner in guide.listed:
        for place in partner.locations:
            key = street_key(place.address.line1), normalize_place(place.address.town)
            if not all(key) or place.confidential:
                continue
            other, other_place = first.setdefault(key, (partner, place))
            field = _find_difference(place.address, other_place.address)
            if field and other is not partner:
                value, other_value = getattr(place.address, field), getattr(other_place.address, field)
                message = f"'{value}' is written '{other_value}' at the same address in {other.slug}.yml"
                at = f"locations.{place.key}.address.{field}"
                yield warning(partner, at, message, "Write it the same way in both files.", "two-spellings")


def _find_difference(address: Address, other: Address) -> str:
    """Return the first field with different values in two addresses, or an empty string."""
    for field in ("line1", "postal_code"):
        value = getattr(address, field)
        if value and getattr(other, field) not in ("", value):
            return field
    return ""


def shared_numbers(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each number that two organizations share without a note that says why."""
    region = guide.settings.region
    first: dict[str, tuple[Partner, Phone]] = {}
    for partner in guide.listed:
        for at, phone in iter_phones(partner):
            number = dialed_digits(phone.number, region) + phone.extension
            if is_short(phone.number):
                continue
            other, other_phone = first.setdefault(number, (partner, phone))
            is_explained = phone.note or other_phone.note or partner.part_of == other.slug or other.part_of == partner.slug
            if other is not partner and not is_explained:
                message = f"{phone.number} is also the number of {other.slug}"
                hint = "If this is right, say why in 'note', or add  part_of:  if one is part of the other."
                yield warning(partner, at, message, hint, "shared-number")
