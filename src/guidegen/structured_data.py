"""Profiles as schema.org JSON-LD, for search engines and assistants. https://schema.org/Organization"""

import json
from collections.abc import Mapping
from datetime import date

from guidegen.model import DAYS, Address, Location, Partner, Service, Weekly
from guidegen.urls import absolute, partner

_DAYS = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_CONTACT = {"fax": "fax", "tty": "TTY"}
Json = dict[str, object]


def partner_json_ld(about: Partner, language: str, order: tuple[str, ...], address: str) -> str:
    """One organization with its places and services; ready to stand inside a ``script`` element."""
    page = absolute(address, partner(language, about.slug))
    summary = about.summary.choose(language, order).words
    described: Json = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": absolute(address, "") + f"#{about.slug}",
        "name": about.name,
        "alternateName": list(about.also_known_as),
        "description": {"@value": summary.text, "@language": summary.language},
        "url": about.website or page,
        "email": about.email,
        "telephone": next((phone.number for phone in about.phones if phone.takes_calls), ""),
        "sameAs": list(about.social),
        "contactPoint": [_contact(phone.number, phone.kind, phone.languages) for phone in about.phones],
        "knowsLanguage": [spoken.code for spoken in about.languages],
        "location": [_place(place) for place in about.locations],
        "makesOffer": [_offer(service, language, order) for service in about.services if about.status == "active"],
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
    return _known({"@type": "Place", "name": place.name.source, "address": _address(place.address), "geo": geo})


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


def _offer(service: Service, language: str, order: tuple[str, ...]) -> Json:
    name = service.name.choose(language, order).words
    cost = service.cost
    price = "0" if cost and cost.free else str(cost.amount) if cost and cost.amount is not None else ""
    weekly = [_opening(entry) for entry in service.hours if isinstance(entry, Weekly)]
    offered = _known(
        {
            "@type": "Service",
            "name": {"@value": name.text, "@language": name.language},
            "hoursAvailable": weekly,
        }
    )
    return _known(
        {
            "@type": "Offer",
            "itemOffered": offered,
            "price": price,
            "priceCurrency": cost.currency if cost and cost.amount is not None else "",
        }
    )


def _opening(entry: Weekly) -> Json:
    return _known(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [_DAYS[day] for day in entry.days],
            "opens": _clock(entry.open),
            "closes": "23:59" if entry.close == 24 * 60 else _clock(entry.close),
            "validFrom": _iso(entry.from_),
            "validThrough": _iso(entry.until),
        }
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
