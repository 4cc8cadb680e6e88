"""One table with a row for each service, and one map of all places, for people: made of the same records as the API."""

import json
from collections.abc import Iterator, Sequence

from guidegen.files import csv_files
from guidegen.site.exports.hsds.common import Record
from guidegen.site.exports.hsds.spool import Spool

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
    "id",
)


class FlatFiles:
    """The rows of the table and the places of the map, which are added service by service. They must be closed.

    The services of an organization are added one after the other, so only its own places are kept open.
    """

    def __init__(self) -> None:
        self._table, self._map = Spool(), Spool()
        self._table.write(csv_files.write_csv([COLUMNS]).decode())
        self._features: dict[str, Record] = {}

    def add_service(self, service: Record) -> None:
        """Add a service with its places, as HSDS nests them."""
        self._table.write(csv_files.write_csv([tuple(_list_cells(service))]).decode("utf-8-sig"))
        for at in service.get("service_at_locations", ()):
            self._add_place(at["location"], service)

    def _add_place(self, location: Record, service: Record) -> None:
        """Add a place whose position is known (RFC 7946: longitude first), or a service to one that is there."""
        if "latitude" not in location or "longitude" not in location:
            return
        feature = self._features.setdefault(
            location["id"],
            {
                "type": "Feature",
                "id": location["id"],
                "geometry": {"type": "Point", "coordinates": [location["longitude"], location["latitude"]]},
                "properties": {
                    "organization": service["organization"]["name"],
                    "name": location.get("name", ""),
                    "address": "; ".join(map(_format_address, location.get("addresses", ()))),
                    "services": [],
                },
            },
        )
        feature["properties"]["services"].append({"id": service["id"], "name": service["name"], "url": service.get("url", "")})

    def start_organization(self) -> None:
        """Write the places of the organization before."""
        for feature in self._features.values():
            separator = "" if self._map.is_empty else ","
            self._map.write(separator + json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
        self._features.clear()

    def close(self) -> None:
        """Remove the temporary files."""
        self._table.close()
        self._map.close()

    def list_files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the bytes of the table and of the map."""
        self.start_organization()
        yield SERVICES, self._table.read()
        yield PLACES, b'{"type":"FeatureCollection","features":[' + self._map.read() + b"]}\n"


def _list_cells(service: Record) -> Iterator[str]:
    organization, places = service["organization"], service.get("service_at_locations", ())
    yield organization["name"]
    yield service["name"]
    yield _join(part.get("taxonomy_term", {}).get("name", "") for part in service.get("attributes", ()))
    yield service.get("description", "")
    yield _join([*_list_phones(service), *(f"{phone} ({_name(at)})" for at in places for phone in _list_phones(at))])
    yield service.get("email", organization.get("email", ""))
    yield service.get("url", organization.get("website", ""))
    yield _join(_describe_place(at["location"]) for at in places)
    yield _join(area["name"] for area in service.get("service_areas", ()))
    yield _join(language["name"] for language in service.get("languages", ()))
    yield _join([*_list_hours(service), *(f"{hours} ({_name(at)})" for at in places for hours in _list_hours(at))])
    for key in ("fees_description", "eligibility_description"):
        yield service.get(key, "")
    yield _join(document["document"] for document in service.get("required_documents", ()))
    for key in ("application_process", "status", "alert", "assured_date", "id"):
        yield service.get(key, "")


def _join(texts: Iterator[str] | Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _name(at: Record) -> str:
    location = at["location"]
    return str(location.get("name") or next((address["city"] for address in location.get("addresses", ())), "one place"))


def _list_phones(holder: Record) -> Iterator[str]:
    for phone in holder.get("phones", ()):
        yield f"{phone['number']} x{phone['extension']}" if phone.get("extension") else phone["number"]


def _list_hours(holder: Record) -> Iterator[str]:
    yield from (schedule.get("description", "") for schedule in holder.get("schedules", ()))


def _describe_place(location: Record) -> str:
    return ", ".join(filter(None, (location.get("name", ""), *map(_format_address, location.get("addresses", ())))))


def _format_address(address: Record) -> str:
    lines = (address.get(key, "") for key in ("address_1", "address_2", "city", "state_province", "postal_code"))
    return ", ".join(filter(None, lines))
