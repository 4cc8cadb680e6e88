"""One table with a row for each service, and one map of all places, for people: made of the same records as the API."""

import json
from collections.abc import Iterable, Iterator, Sequence

from guidegen.files import csv_files
from guidegen.model.location import Location, Phone
from guidegen.model.partner import Partner
from guidegen.model.postal_addresses import address_line
from guidegen.model.reach import Reach
from guidegen.site.exports.hsds.common import Record
from guidegen.site.exports.hsds.spool import Spool
from guidegen.text.cldr import name_in

SERVICES = "data/services.csv"
PLACES = "data/places.geojson"
COLUMNS = (
    "organization",
    "service",
    "kinds of help",
    "description",
    "phones",
    "email",
    "website",
    "places",
    "areas served",
    "languages",
    "hours",
    "cost",
    "who",
    "documents",
    "how to start",
    "status",
    "notice",
    "checked on",
    "page",
    "id",
)


ServiceWithReach = tuple[Record, Reach]
"""The record of a service, and how the service is reached: HSDS has no place for some of that."""


def format_rows(services: Iterable[ServiceWithReach], region: str) -> str:
    """Return the rows of an organization's services as CSV."""
    rows = [tuple(_list_cells(service, found, region)) for service, found in services]
    return csv_files.write_csv(rows).decode("utf-8-sig") if rows else ""


def list_features(partner: Partner, services: Iterable[ServiceWithReach], region: str) -> tuple[str, ...]:
    """Return an organization's places whose position is known as GeoJSON features, each with the services there.

    RFC 7946: longitude first.
    """
    features: dict[str, Record] = {}

    def find_feature(place: Location) -> Record | None:
        if place.position is None or place.confidential:
            return None
        properties = {
            "organization": partner.name,
            "name": place.name.source,
            "address": address_line(place.address, region),
            "services": [],
        }
        geometry = {"type": "Point", "coordinates": [place.position[1], place.position[0]]}
        return features.setdefault(place.key, {"type": "Feature", "geometry": geometry, "properties": properties})

    for place in partner.locations if partner.status != "closed" else ():
        find_feature(place)
    for service, found in services:
        about = {"id": service["id"], "name": service["name"], "url": service.get("url", ""), "status": service["status"]}
        for place in found.locations if service["status"] != "defunct" else ():
            if feature := find_feature(place):
                feature["properties"]["services"].append(about)
    return tuple(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features.values())


class FlatFiles:
    """The rows of the table and the places of the map, which are added organization by organization. They must be closed."""

    def __init__(self) -> None:
        self._table, self._map = Spool(), Spool()
        self._table.write(csv_files.write_csv([COLUMNS]).decode())

    def add(self, rows: str, features: Iterable[str]) -> None:
        """Add the rows and the places of an organization."""
        self._table.write(rows)
        for feature in features:
            self._map.write(feature if self._map.is_empty else f",{feature}")

    def close(self) -> None:
        """Remove the temporary files."""
        self._table.close()
        self._map.close()

    def list_files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the bytes of the table and of the map."""
        yield SERVICES, self._table.read()
        yield PLACES, b'{"type":"FeatureCollection","features":[' + self._map.read() + b"]}\n"


def _list_cells(service: Record, found: Reach, region: str) -> Iterator[str]:
    names = {place.key: place.name.source or place.address.town for place in found.locations}

    def name_places(keys: Sequence[str]) -> str:
        return ", ".join(names.get(key, key) for key in keys)

    yield service["organization"]["name"]
    yield service["name"]
    yield _join(part.get("taxonomy_term", {}).get("name", "") for part in service.get("attributes", ()))
    yield service.get("description", "")
    yield _join(_describe_phone(phone, name_places(phone.at)) for phone in found.phones)
    yield _join(_add(contact.address, name_places(contact.at)) for contact in found.emails)
    yield _join(_add(contact.address, name_places(contact.at)) for contact in found.websites)
    yield _join(", ".join(filter(None, (place.name.source, address_line(place.address, region)))) for place in found.locations)
    yield _join(area["name"] for area in service.get("service_areas", ()))
    yield _join(language["name"] for language in service.get("languages", ()))
    holders = [("", service), *((_name(at), at) for at in service.get("service_at_locations", ()))]
    yield _join(_add(entry.get("description", ""), name) for name, holder in holders for entry in holder.get("schedules", ()))
    for key in ("fees_description", "eligibility_description"):
        yield service.get(key, "")
    yield _join(document["document"] for document in service.get("required_documents", ()))
    for key in ("application_process", "status", "alert", "assured_date", "url", "id"):
        yield service.get(key, "")


def _join(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _add(text: str, about: str) -> str:
    return f"{text} ({about})" if text and about else text


def _name(at: Record) -> str:
    location = at["location"]
    return str(location.get("name") or next((address["city"] for address in location.get("addresses", ())), "one place"))


def _describe_phone(phone: Phone, places: str) -> str:
    number = f"{phone.number} x{phone.extension}" if phone.extension else phone.number
    kind = "" if phone.kind in ("", "voice") else phone.kind
    languages = ", ".join(name_in(tag, "en") for tag in phone.languages)
    return _add(number, "; ".join(filter(None, (kind, languages, places))))
