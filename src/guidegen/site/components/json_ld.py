"""Profiles as schema.org JSON-LD, for search engines and assistants. https://schema.org/Organization"""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from guidegen.model import reach
from guidegen.model.hours import DAYS, Hours, Times, YearDay
from guidegen.model.location import Address, Location
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach, spoken_by
from guidegen.model.service import Cost, Service
from guidegen.model.urls import absolute_url, partner

_DAYS = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_CONTACT = {"fax": "fax", "tty": "TTY"}
Json = dict[str, object]


def partner_json_ld(about: Partner, language: str, order: tuple[str, ...], address: str) -> str:
    """One organization with its places and services; ready to stand inside a ``script`` element."""
    page = absolute_url(address, partner(language, about.slug))
    summary = about.says.choose(language, order).words
    general = [phone for phone in about.phones if not phone.at]
    described: Json = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": absolute_url(address, "") + f"#{about.slug}",
        "name": about.name,
        "alternateName": list(about.also_known_as),
        "description": {"@value": summary.text, "@language": summary.language} if summary else {},
        "url": about.website or page,
        "email": about.email,
        "telephone": next((phone.number for phone in general if phone.takes_calls), ""),
        "sameAs": list(about.social),
        "contactPoint": [_contact(phone.number, phone.kind, phone.languages) for phone in general],
        "knowsLanguage": list(dict.fromkeys(spoken.code for spoken in spoken_by(about))),
        "location": [_place(place) for place in about.locations],
        "makesOffer": [_offer(about, service, language, order) for service in about.offered if about.status == "active"],
    }
    return for_script(_known(described))


def for_script(value: Mapping[str, object]) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _known(value: Json) -> Json:
    return {key: item for key, item in value.items() if item not in ("", [], {}, None)}


def _contact(number: str, kind: str, languages: tuple[str, ...]) -> Json:
    return _known(
        {
            "@type": "ContactPoint",
            "telephone": number,
            "contactType": _CONTACT.get(kind, "customer service"),
            "availableLanguage": list(languages),
        }
    )


def _place(place: Location) -> Json:
    position = place.position
    geo = {"@type": "GeoCoordinates", "latitude": position[0], "longitude": position[1]} if position else {}
    phone = next((phone.number for phone in place.phones if phone.takes_calls), "")
    described: Json = {
        "@type": "Place",
        "name": place.name.source,
        "address": _address(place.address),
        "geo": geo,
        "telephone": phone,
    }
    return _known(described | {"url": place.website, "openingHoursSpecification": [*_openings(place.hours)]})


def _address(address: Address) -> Json:
    street = ", ".join(line for line in (address.line1, address.line2) if line)
    known = _known(
        {
            "streetAddress": street,
            "addressLocality": address.city,
            "addressRegion": address.state,
            "postalCode": address.postal_code,
            "addressCountry": address.country,
        }
    )
    return {"@type": "PostalAddress"} | known if known else {}


def _offer(about: Partner, service: Service, language: str, order: tuple[str, ...]) -> Json:
    """Return an offer of a service: how it is reached at each of its places, and its prices."""
    name = service.name.choose(language, order).words
    found = reach.reach_of(about, service)
    offered = _known(
        {
            "@type": "Service",
            "name": {"@value": name.text, "@language": name.language},
            "hoursAvailable": []
            if service.appointment == "required" or service.status != "active"
            else [*_openings(found.hours, True)],
            "availableChannel": [*_channels(found)],
        }
    )
    priced = [cost for cost in service.cost if cost.amount is not None or cost.free]
    if len(service.cost) == len(priced) == 1 and not priced[0].note and not priced[0].for_:
        return _known({"@type": "Offer", "itemOffered": offered} | _price(priced[0]))
    described = [{"@type": "PriceSpecification"} | _price(cost) | _whom(cost, language, order) for cost in priced]
    return _known({"@type": "Offer", "itemOffered": offered, "priceSpecification": described})


def _price(cost: Cost) -> Json:
    price = "0" if cost.free else str(cost.amount)
    return _known({"price": price, "priceCurrency": cost.currency})


def _whom(cost: Cost, language: str, order: tuple[str, ...]) -> Json:
    """Return for whom a price is, and its note: a price is never alone where it has a condition."""
    texts = (cost.for_.choose(language, order).words.text, cost.note.choose(language, order).words.text)
    return _known({"description": ". ".join(text for text in texts if text)})


def _channels(found: Reach) -> Iterator[Json]:
    """Yield the ways to a service: one for all of its places, or one for each where they differ."""
    for phone in found.phones:
        places = [_place(place) for place in found.locations if not phone.at or place.key in phone.at]
        channel: Json = {"@type": "ServiceChannel", "servicePhone": _contact(phone.number, phone.kind, phone.languages)}
        yield _known(channel | {"serviceLocation": places, "availableLanguage": [*_spoken(found, phone.at)]})
    if not found.phones and (found.locations or found.languages):
        places = [_place(place) for place in found.locations]
        yield _known({"@type": "ServiceChannel", "serviceLocation": places, "availableLanguage": [*_spoken(found, ())]})


def _spoken(found: Reach, at: tuple[str, ...]) -> Iterator[str]:
    yield from (one.code for one in found.languages if not one.at or not at or set(one.at) & set(at))


def _openings(hours: tuple[Hours, ...], of_all: bool = False) -> Iterator[Json]:
    """Yield the weekly hours that schema.org can say: without appointments; ``of_all`` leaves out those of some places only."""
    for entry in hours:
        if not isinstance(entry, Times) or entry.close is None or not entry.days:
            continue
        if not (
            entry.every > 1 or entry.months or entry.appointment or (of_all and entry.at) or isinstance(entry.from_, YearDay)
        ):
            yield _opening(entry, entry.close)


def _opening(entry: Times, close: int) -> Json:
    return _known(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [_DAYS[day] for day in entry.days],
            "opens": _clock(entry.open),
            "closes": "23:59" if close == 24 * 60 else _clock(close),
            "validFrom": _iso(entry.from_),
            "validThrough": _iso(entry.until),
        }
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _iso(day: date | YearDay | None) -> str:
    return day.isoformat() if isinstance(day, date) else ""
