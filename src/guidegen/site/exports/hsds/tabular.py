"""The tabular form of HSDS 3.1: one CSV file for each table, and the descriptor of a Frictionless data package.

The rows come from the same records as the API, with nested records in tables of their own.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from guidegen.model.licences import find_licence_url
from guidegen.site.exports.hsds.common import Record
from guidegen.site.exports.hsds.spool import Spool

FOLDER = "data/hsds/tabular"
_NESTED = {
    "locations": "location",
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "capacities": "service_capacity",
    "attributes": "attribute",
    "addresses": "address",
    "accessibility": "accessibility",
    "additional_websites": "url",
    "organization_identifiers": "organization_identifier",
    "unit": "unit",
    "taxonomy_term": "taxonomy_term",
}
"""The table of each property that holds other records."""
_FILES = {
    "organization": "organizations",
    "program": "programs",
    "service": "services",
    "attribute": "attributes",
    "service_at_location": "service_at_location",
    "location": "locations",
    "phone": "phones",
    "address": "addresses",
    "schedule": "schedules",
    "service_area": "service_areas",
    "required_document": "required_documents",
    "language": "languages",
    "accessibility": "accessibility",
    "taxonomy_term": "taxonomy_terms",
    "taxonomy": "taxonomies",
    "cost_option": "cost_options",
    "organization_identifier": "organization_identifiers",
    "service_capacity": "service_capacities",
    "unit": "units",
    "url": "urls",
}
"""The file of each table, as HSDS names it."""
_COLUMNS = {
    "organization": "id name alternate_name description email website logo uri parent_organization_id",
    "program": "id organization_id name description",
    "service": "id organization_id program_id name alternate_name description url email status interpretation_services"
    " application_process fees_description wait_time eligibility_description minimum_age maximum_age assured_date alert",
    "attribute": "id link_id taxonomy_term_id link_entity value",
    "service_at_location": "id service_id location_id",
    "location": "id location_type url organization_id name description transportation latitude longitude",
    "phone": "id location_id service_id organization_id service_at_location_id number extension type description",
    "address": "id location_id address_1 address_2 city region state_province postal_code country address_type",
    "schedule": "id service_id location_id service_at_location_id valid_from valid_to dtstart wkst freq interval byday bymonthday"
    " description opens_at closes_at",
    "service_area": "id service_id name",
    "required_document": "id service_id document",
    "language": "id service_id location_id phone_id name code note",
    "accessibility": "id location_id description details",
    "taxonomy_term": "id code name description taxonomy taxonomy_id language",
    "taxonomy": "id name description",
    "cost_option": "id service_id option currency amount amount_description",
    "organization_identifier": "id organization_id identifier_type identifier",
    "service_capacity": "id service_id unit_id available maximum description updated",
    "unit": "id name",
    "url": "id organization_id url",
}
_SHARED = ("taxonomy", "taxonomy_term", "unit")
"""Tables whose records belong to no organization."""
_NUMBERS = frozenset(
    ("minimum_age", "maximum_age", "latitude", "longitude", "extension", "interval", "amount", "available", "maximum")
)
_PARENTS = ("service_at_location", "location", "organization", "service", "phone")


Row = tuple[str, str, str]
"""A row of a table: the name of the table, the id of its record, and its line of CSV."""


def list_rows(records: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Row, ...]:
    """Return the rows of an organization's records, which come with the names of their tables, and of all records in them."""
    rows: dict[tuple[str, str], str] = {}
    for table, record in records:
        _add_rows(rows, table, record, {})
    return tuple((table, record_id, line) for (table, record_id), line in rows.items())


def _add_rows(rows: dict[tuple[str, str], str], table: str, record: Mapping[str, Any], parents: Mapping[str, str]) -> None:
    """Add the row of a record and of those in it, if it is new. ``parents`` are the ids of the records around it, by column."""
    own_id = str(record["id"])
    if (table, own_id) in rows:
        return
    known = {**parents, **record}
    links = {f"{name}_id": record[name]["id"] for name in ("program", "unit", "taxonomy_term") if name in record}
    rows[table, own_id] = _format_row({**known, **links}.get(column, "") for column in _COLUMNS[table].split())
    below = {f"{table}_id": own_id} if table in _PARENTS else {}
    for name, value in record.items():
        if name == "program":
            _add_rows(rows, "program", value, {"organization_id": str(record.get("organization_id", ""))})
        elif name in _NESTED:
            for entry in value if isinstance(value, list) else [value]:
                _add_rows(rows, _NESTED[name], entry, below)
        elif name in ("organization", "location"):
            _add_rows(rows, name, value, {})


def _format_row(values: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()


class Tables:
    """The rows of all tables, in files that grow. They must be closed.

    Rows of one record come from one organization, except in tables that organizations share: there it is written once.
    """

    def __init__(self, licence: str) -> None:
        self._licence = licence
        self._spools: dict[str, Spool] = {}
        self._shared: set[tuple[str, str]] = set()

    def add(self, rows: Iterable[Row]) -> None:
        """Add the rows of an organization."""
        for table, record_id, line in rows:
            if table in _SHARED:
                if (table, record_id) in self._shared:
                    continue
                self._shared.add((table, record_id))
            if table not in self._spools:
                self._spools[table] = Spool()
                self._spools[table].write(_format_row(_COLUMNS[table].split()))
            self._spools[table].write(line)

    def close(self) -> None:
        """Remove the temporary files."""
        for spool in self._spools.values():
            spool.close()

    def list_files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the bytes of each table that has rows, and of the descriptor."""
        filled = [table for table in _FILES if table in self._spools]
        for table in filled:
            yield f"{FOLDER}/{_FILES[table]}.csv", self._spools[table].read()
        resources = [_describe_table(table, filled) for table in filled]
        descriptor: Record = {"name": "hsds", "profile": "tabular-data-package", "resources": resources}
        if self._licence:
            descriptor["licenses"] = [describe_licence(self._licence)]
        yield f"{FOLDER}/datapackage.json", (json.dumps(descriptor, separators=(",", ":")) + "\n").encode()


def describe_licence(name: str) -> Record:
    """Return a license as data packages have it: its name as an id, its title and, if it is known, the address of its text."""
    url = find_licence_url(name)
    return {"name": re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-") or "other", "title": name} | ({"path": url} if url else {})


def _describe_table(table: str, filled: list[str]) -> Record:
    columns = _COLUMNS[table].split()
    keys = [
        {"fields": f"{other}_id", "reference": {"resource": other, "fields": "id"}}
        for other in filled
        if f"{other}_id" in columns and other != table
    ]
    fields = [{"name": column, "type": "number" if column in _NUMBERS else "string"} for column in columns]
    return {
        "name": table,
        "path": f"{_FILES[table]}.csv",
        "profile": "tabular-data-resource",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }
