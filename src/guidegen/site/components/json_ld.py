"""Profiles as schema.org JSON-LD (https://schema.org/Organization), for search engines and assistants."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from guidegen.model import reach
from guidegen.model.hours import DAYS, Hours, Times, YearDay
from guidegen.model.location import Address, Location
from guidegen.model.memoize import memoize_last
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach, iter_spoken_languages
from guidegen.model.service import Cost, Service
from guidegen.model.translatable import TranslatableText
from guidegen.model.urls import absolute_url, partner
from guidegen.records import dataclass
from guidegen.text.language import LocalizedString

_DAYS = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_CONTACT = {"fax": "fax", "tty": "TTY"}
Json = dict[str, object]


class _Reader(NamedTuple):
    """The language of a page, the languages to fall back to, and the address of the guide."""

    language: str
    order: tuple[str, ...]
    address: str

    def resolve(self, text: TranslatableText) -> LocalizedString:
        """Return a text in the reader's language or a fallback."""
        return text.resolve(self.language, self.order).text


@dataclass(frozen=True, slots=True)
class _ForReader:
    """A value that is not the same on all pages of a partner."""

    build: Callable[[_Reader], object]


class _Template(NamedTuple):
    """The JSON of a partner, ``start`` and the rest, with a value for the reader before each piece of the rest."""

    start: str
    rest: tuple[tuple[_ForReader, str], ...]


def build_partner_json_ld(organization: Partner, language: str, order: tuple[str, ...], address: str) -> str:
    """Return an organization with its places and services as JSON-LD, ready for a ``script`` element."""
    template, reader = _build_template(organization), _Reader(language, order, address)
    return template.start + "".join(dump_for_script(value.build(reader)) + piece for value, piece in template.rest)


@memoize_last  # most of it is the same in all languages
def _build_template(organization: Partner) -> _Template:
    values: list[_ForReader] = []

    def keep(value: _ForReader) -> str:
        values.append(value)
        return "\0"  # no text contains it

    start, *rest = dump_for_script(_describe_partner(organization), keep).split(r'"\u0000"')
    return _Template(start, tuple(zip(values, rest, strict=True)))


def _describe_partner(organization: Partner) -> Json:
    general = [phone for phone in organization.phones if not phone.at]
    services = organization.offered if organization.status == "active" else ()
    properties: Json = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": _ForReader(lambda reader: absolute_url(reader.address, "") + f"#{organization.slug}"),
        "name": organization.name,
        "alternateName": list(organization.also_known_as),
        "description": _describe_text(organization.short_description),
        "url": organization.website
        or _ForReader(lambda reader: absolute_url(reader.address, partner(reader.language, organization.slug))),
        "email": organization.email,
        "telephone": next((phone.number for phone in general if phone.takes_calls), ""),
        "sameAs": list(organization.social),
        "contactPoint": [_describe_phone(phone.number, phone.kind, phone.languages) for phone in general],
        "knowsLanguage": list(dict.fromkeys(spoken.code for spoken in iter_spoken_languages(organization))),
        "location": [_describe_place(place) for place in organization.locations],
        "makesOffer": [_describe_offer(organization, service) for service in services],
    }
    return _drop_empty(properties)


def _describe_text(text: TranslatableText) -> object:
    """Return a text with its language; an empty object if there is none in any language."""

    def describe(reader: _Reader) -> Json:
        resolved = reader.resolve(text)
        return {"@value": resolved.text, "@language": resolved.language}

    return _ForReader(describe) if text.source else {}


def dump_for_script(value: object, default: Callable[[Any], object] | None = None) -> str:
    """Return JSON that cannot end the ``script`` element that contains it. ``default`` returns what stands for other values."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=default)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _drop_empty(properties: Json) -> Json:
    return {key: value for key, value in properties.items() if value not in ("", [], {}, None)}


def _describe_phone(number: str, kind: str, languages: tuple[str, ...]) -> Json:
    return _drop_empty(
        {
            "@type": "ContactPoint",
            "telephone": number,
            "contactType": _CONTACT.get(kind, "customer service"),
            "availableLanguage": list(languages),
        }
    )


def _describe_place(place: Location) -> Json:
    position = place.position
    geo = {"@type": "GeoCoordinates", "latitude": position[0], "longitude": position[1]} if position else {}
    phone = next((phone.number for phone in place.phones if phone.takes_calls), "")
    properties: Json = {
        "@type": "Place",
        "name": place.name.source,
        "address": _describe_address(place.address),
        "geo": geo,
        "telephone": phone,
    }
    return _drop_empty(properties | {"url": place.website, "openingHoursSpecification": [*_describe_hours(place.hours)]})


def _describe_address(address: Address) -> Json:
    street = ", ".join(line for line in (address.line1, address.line2) if line)
    properties = _drop_empty(
        {
            "streetAddress": street,
            "addressLocality": address.city,
            "addressRegion": address.state,
            "postalCode": address.postal_code,
            "addressCountry": address.country,
        }
    )
    return {"@type": "PostalAddress"} | properties if properties else {}


def _describe_offer(organization: Partner, service: Service) -> Json:
    """Return the schema.org Offer of a service: its hours, its channels and its prices."""
    service_reach = reach.find_reach(organization, service)
    has_open_hours = service.status == "active" and service.appointment != "required"
    item = _drop_empty(
        {
            "@type": "Service",
            "name": _describe_text(service.name),
            "hoursAvailable": [*_describe_hours(service_reach.hours, everywhere=True)] if has_open_hours else [],
            "availableChannel": [*_describe_channels(service_reach)],
        }
    )
    priced = [cost for cost in service.cost if cost.amount is not None or cost.free]
    if len(service.cost) == len(priced) == 1 and not priced[0].note and not priced[0].for_:
        return _drop_empty({"@type": "Offer", "itemOffered": item} | _describe_price(priced[0]))
    prices = [{"@type": "PriceSpecification"} | _describe_price(cost) | _describe_condition(cost) for cost in priced]
    return _drop_empty({"@type": "Offer", "itemOffered": item, "priceSpecification": prices})


def _describe_price(cost: Cost) -> Json:
    price = "0" if cost.free else str(cost.amount)
    return _drop_empty({"price": price, "priceCurrency": cost.currency})


def _describe_condition(cost: Cost) -> Json:
    """Return whom a price is for, and its note. A conditional price never appears without its condition."""
    texts = [text for text in (cost.for_, cost.note) if text.source]
    return {"description": _ForReader(lambda reader: ". ".join(reader.resolve(text).text for text in texts))} if texts else {}


def _describe_channels(service_reach: Reach) -> Iterator[Json]:
    """Yield a ServiceChannel for each phone, with the places it serves; without phones, one for all places."""
    for phone in service_reach.phones:
        places = [_describe_place(place) for place in service_reach.locations if not phone.at or place.key in phone.at]
        channel: Json = {"@type": "ServiceChannel", "servicePhone": _describe_phone(phone.number, phone.kind, phone.languages)}
        codes = [*_find_languages(service_reach, phone.at)]
        yield _drop_empty(channel | {"serviceLocation": places, "availableLanguage": codes})
    if not service_reach.phones and (service_reach.locations or service_reach.languages):
        places = [_describe_place(place) for place in service_reach.locations]
        codes = [*_find_languages(service_reach, ())]
        yield _drop_empty({"@type": "ServiceChannel", "serviceLocation": places, "availableLanguage": codes})


def _find_languages(service_reach: Reach, at: tuple[str, ...]) -> Iterator[str]:
    """Yield the codes of the languages spoken at one of these places; without places, of all languages."""
    yield from (spoken.code for spoken in service_reach.languages if not spoken.at or not at or set(spoken.at) & set(at))


def _describe_hours(hours: tuple[Hours, ...], everywhere: bool = False) -> Iterator[Json]:
    """Yield the hours that schema.org can express: weekly and without an appointment.

    ``everywhere`` leaves out hours that hold for some places only.
    """
    for entry in hours:
        if not isinstance(entry, Times) or entry.close is None or not entry.days:
            continue
        if not (
            entry.every > 1 or entry.months or entry.appointment or (everywhere and entry.at) or isinstance(entry.from_, YearDay)
        ):
            yield _describe_times(entry, entry.close)


def _describe_times(entry: Times, close: int) -> Json:
    return _drop_empty(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [_DAYS[day] for day in entry.days],
            "opens": _format_time(entry.open),
            "closes": "23:59" if close == 24 * 60 else _format_time(close),
            "validFrom": _format_date(entry.from_),
            "validThrough": _format_date(entry.until),
        }
    )


def _format_time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _format_date(day: date | YearDay | None) -> str:
    return day.isoformat() if isinstance(day, date) else ""
