"""Partners as organizations of HSDS, with their locations."""

from collections.abc import Iterator
from dataclasses import replace

from guidegen.content.fields.table import PARTNER
from guidegen.model import urls
from guidegen.model.location import Location
from guidegen.model.partner import Partner
from guidegen.model.settings import Settings
from guidegen.site.exports.hsds.common import (
    Ids,
    Record,
    build_address,
    build_languages,
    build_phones,
    complete,
    describe_profile,
    drop_unknown,
    list_missing_address_fields,
    to_uri,
)
from guidegen.site.exports.hsds.schedules import build_schedules
from guidegen.text.language import Language

_ACCESS = {
    "wheelchair": "wheelchair entrance",
    "restroom": "accessible restroom",
    "elevator": "elevator",
    "parking": "accessible parking",
    "tty": "TTY",
    "hearing_loop": "hearing loop",
    "large_print": "large print",
    "braille": "braille",
    "quiet_room": "quiet room",
}


def build_organization(partner: Partner, parent: Partner | None, settings: Settings, ids: Ids, language: Language) -> Record:
    """Return an organization with its locations. ``parent`` is the organization that it is part of.

    HSDS requires a description: an organization without one is left out.
    """
    path = (partner.first_slug,)
    source = partner.taken_from
    record = drop_unknown(
        {
            "id": ids.make(*path),
            "name": partner.name,
            "alternate_name": ", ".join(partner.also_known_as),
            "description": describe_partner(partner),
            "email": partner.email,
            "website": to_uri(partner.website),
            "additional_websites": [
                {"id": ids.make(*path, "urls", address), "url": to_uri(address)} for address in partner.social
            ],
            "logo": urls.absolute_url(settings.address, f"static/{partner.logo}") if partner.logo else "",
            "uri": urls.absolute_url(settings.address, urls.partner(language.tag, partner.slug)),
            "parent_organization_id": ids.make(parent.first_slug) if parent else "",
            "phones": build_phones(partner.phones, ids, path, settings.region),
            "locations": [build_location(location, partner, ids, language, settings.region) for location in partner.locations],
            "organization_identifiers": [
                {"id": ids.make(*path, "identifier"), "identifier_type": source.dataset, "identifier": source.id}
            ]
            if source and source.dataset and source.id
            else [],
        }
    )
    profile = describe_profile(
        partner, replace(PARTNER, fields=tuple(field for field in PARTNER.fields if field.name != "services"))
    )
    services = [service.key for service in partner.services]
    return complete(record, {"slug": partner.slug, "services": services, **profile})


def describe_partner(partner: Partner) -> str:
    """Return what an organization does: its summary and description, or the names of its services."""
    texts = [text.source.strip() for text in (partner.summary or partner.plain_name, partner.description) if text]
    return "\n\n".join(texts) or partner.short_description.source or "; ".join(service.name.source for service in partner.offered)


def build_location(location: Location, partner: Partner, ids: Ids, language: Language, country: str) -> Record:
    """Return a location. Of a confidential one, only that it exists is published."""
    path = (partner.first_slug, "locations", location.key)
    record: Record = {"id": ids.make(*path), "location_type": "physical", "organization_id": ids.make(partner.first_slug)}
    if location.confidential:
        return record
    addresses = (build_address(location, ids, path, kind, country) for kind in ("physical", "postal"))
    latitude, longitude = location.position or (None, None)
    return drop_unknown(
        {
            **record,
            "name": location.name.source,
            "description": location.description.source,
            "transportation": location.transit.source,
            "latitude": latitude,
            "longitude": longitude,
            "url": to_uri(location.website),
            "languages": build_languages(location.languages, ids, path),
            "addresses": [address for address in addresses if address],
            "accessibility": [*_build_accessibility(location, ids, path)],
            "phones": build_phones(location.phones, ids, path, country),
            "schedules": build_schedules(location.hours, ids, path, language),
        }
    )


def _build_accessibility(location: Location, ids: Ids, path: tuple[str, ...]) -> Iterator[Record]:
    for name, label in _ACCESS.items():
        has_it = getattr(location.access, name)
        if has_it is not None:
            yield {"id": ids.make(*path, "access", name), "description": label if has_it else f"no {label}"}
    if location.access.note:
        yield {"id": ids.make(*path, "access", "note"), "description": "note", "details": location.access.note.source}


def list_omissions(partner: Partner, country: str) -> Iterator[tuple[str, str]]:
    """Yield what the export leaves out of a profile, and why."""
    if not describe_partner(partner):
        yield "organization with its services", "HSDS requires a description"
        return
    for location in partner.locations:
        missing = [] if location.confidential else [*list_missing_address_fields(location, country)]
        if missing:
            yield f"address of {location.key}", f"HSDS requires {', '.join(missing)}"
    for service in partner.services:
        if service.seats and (service.seats.open is None or service.seats.updated is None):
            yield f"capacity of {service.key}", "HSDS requires the number of open places and its date"
