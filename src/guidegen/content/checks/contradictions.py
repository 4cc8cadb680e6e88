"""Checks for facts that contradict each other."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from guidegen.content.checks.reporting import problem, warning
from guidegen.model.areas import place_key
from guidegen.model.guide import Guide
from guidegen.model.location import Location, Phone
from guidegen.model.partner import Partner
from guidegen.model.phone_numbers import dialed_digits, is_assigned, is_short
from guidegen.model.postal_addresses import street_key
from guidegen.model.problems import Problem
from guidegen.model.reach import phones_of

_PRICE = re.compile(
    r"[$€£¥₴]\s?[0-9]|[0-9]\s?(?:[$€£¥₴]|美元|دولار|دلار|(?:USD|EUR|GBP|dollars?|dólares|đô la|dola|доларі?в?)\b)", re.IGNORECASE
)
_VOLUNTARY = re.compile(
    r"\b(?:gifts?|tips?|donat\w+|voluntary|suggested|elsewhere|others?|worth|value|instead|deposit|up to|(?:are|get|be) paid|earn"
    r"|regalo|donaci\w+|voluntari\w+)\b",
    re.IGNORECASE,
)
"""Words of a note whose amount nobody must pay."""
_SHORTEST_STREET = 6


def free_with_a_price(guide: Guide) -> Iterator[Problem]:
    """Report a service that is free while its note has a price."""
    for partner in guide.partners:
        for service in partner.services:
            for number, cost in enumerate(service.cost):
                note = cost.note.source
                if cost.free and not cost.for_ and _PRICE.search(note) and not _VOLUNTARY.search(note):
                    at = f"services.{service.key}.cost"
                    at = f"{at}.note" if f"{at}.note" in partner.places else f"{at}.{number}.note"
                    hint = "Write each price:  cost: [{for: Adults, amount: 5, currency: USD}, {for: Children, free: yes}]"
                    yield warning(
                        partner, at, f"'cost' says that it is free, and its note has a price: {note}", hint, "free-price"
                    )


def street_of_a_secret_place(guide: Guide) -> Iterator[Problem]:
    """Report a text that would publish the street of a confidential place of the same file."""
    for partner in guide.partners:
        for secret in (place for place in partner.locations if place.confidential):
            street = re.sub(r"^[0-9]+\w?\s+", "", street_key(secret.address.line1))
            if len(street) < _SHORTEST_STREET:
                continue
            for at, text in _published(partner, secret):
                if f" {street} " in f" {street_key(unquote(text))} ":
                    message = f"the street of the confidential place '{secret.key}' is in this text, which is published"
                    yield problem(partner, at, message, "Write the text without it.", "confidential")


def _published(partner: Partner, secret: Location) -> Iterator[tuple[str, str]]:
    """Yield every text of a profile that is published, with its path; of the secret place its name and way are not."""
    hidden = tuple(f"locations.{secret.key}.{name}" for name in ("name", "description", "transit", "access."))
    for at, text in partner.texts.items():
        if not at.startswith(hidden):
            yield from ((at, version.text) for version in text.versions.values())
    yield from ((name, value) for name in ("also_known_as", "social") for value in getattr(partner, name))
    yield from (("website", partner.website), ("name", partner.name))
    if partner.taken_from:
        yield from (("source", partner.taken_from.dataset), ("source", partner.taken_from.url))
    for place in partner.locations:
        if place.key != secret.key:
            parts = (place.website, *(part for one in (place.address, place.mailing) if one for part in (one.line1, one.line2)))
            yield from ((f"locations.{place.key}", part) for part in parts)
    for service in partner.services:
        names = (*service.also_known_as, *service.serves.names, *service.must_live_in.names)
        for value in (service.program, service.website, service.apply.url, *names):
            yield f"services.{service.key}", value


def ielce_without_title_ii(guide: Guide) -> Iterator[Problem]:
    """Report IELCE without title II, which funds it (WIOA, section 243)."""
    for partner in guide.partners:
        wioa = partner.partnership.wioa
        if wioa.ielce and wioa.title_ii is False:
            message = "'ielce' is yes and 'title_ii' is no, but IELCE is funded under title II"
            yield warning(partner, "partnership.wioa.title_ii", message, "Correct one of them, or leave out 'title_ii'.", "wioa")


def notice_without_a_date(guide: Guide) -> Iterator[Problem]:
    """Report a notice of a service type without the date on which it was checked: notices are about laws, which change."""
    for kind in guide.service_types:
        if kind.notice and kind.checked is None:
            hint = "Write the day on which somebody checked it:  checked: 2026-10-02"
            yield warning(guide.services_file, f"types.{kind.id}.notice", "the notice has no date", hint, "no-date")


def numbers_nobody_has(guide: Guide) -> Iterator[Problem]:
    """Report a number outside the ranges that phone companies use: most likely a digit is wrong."""
    region = guide.settings.region
    for partner in guide.partners if not guide.settings.fictional and region else ():
        for at, phone in phones_of(partner):
            if not is_assigned(phone.number, region) and partner.status != "draft":
                message = f"no phone company of its country gives out the number {phone.number}"
                yield warning(partner, at, message, "Call it, and correct it.", "phone-unknown")


def address_in_two_spellings(guide: Guide) -> Iterator[Problem]:
    """Report an address that two profiles write differently: one of them may be wrong."""
    first: dict[tuple[str, str], tuple[Partner, Location]] = {}
    for partner in guide.listed:
        for place in partner.locations:
            key = street_key(place.address.line1), place_key(place.address.town)
            if not all(key) or place.confidential:
                continue
            other, there = first.setdefault(key, (partner, place))
            here, usual = place.address, there.address
            different = [
                name
                for name in ("line1", "postal_code")
                if getattr(here, name) and getattr(usual, name) not in ("", getattr(here, name))
            ]
            if different and other is not partner:
                name = different[0]
                message = f"'{getattr(here, name)}' is '{getattr(usual, name)}' at the same address in {other.slug}.yml"
                yield warning(
                    partner,
                    f"locations.{place.key}.address.{name}",
                    message,
                    "Write it in the same way in both.",
                    "two-spellings",
                )


def shared_numbers(guide: Guide) -> Iterator[Problem]:
    """Report a number that two organizations have without a note that says why."""
    region = guide.settings.region
    first: dict[str, tuple[Partner, Phone]] = {}
    for partner in guide.listed:
        for at, phone in phones_of(partner):
            number = dialed_digits(phone.number, region) + phone.extension
            if is_short(phone.number):
                continue
            other, there = first.setdefault(number, (partner, phone))
            is_explained = phone.note or there.note or partner.part_of == other.slug or other.part_of == partner.slug
            if other is not partner and not is_explained:
                message = f"{phone.number} is also the number of {other.slug}"
                hint = "Is it right? Then say why under 'note', or write  part_of:  where one belongs to the other."
                yield warning(partner, at, message, hint, "shared-number")
