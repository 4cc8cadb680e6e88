"""Join the records of a source: what belongs to an organization, what belongs to its places and services."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidegen.editing.imports.hsds_names import CORE_KINDS, LINKS
from guidegen.editing.imports.orphans import adopt_orphans
from guidegen.editing.imports.record_index import RecordIndex
from guidegen.editing.imports.source import Outcome, SourceRecord, SourceValue
from guidegen.model import urls

_INVERTED = frozenset(
    {
        ("organization", "service"),
        ("organization", "location"),
        ("location", "service_at_location"),
        ("service", "service_at_location"),
        ("program", "service"),
        ("taxonomy_term", "attribute"),
    }
)
"""Kinds of a nested record and the record around it where the outer one has the id of the nested one."""
_LIMITS = ("income_percent", "income_level", "minimum_age", "maximum_age")
_OF_SERVICES = ("type", "cost", "who", "areas", "documents", "apply", *_LIMITS)
"""Fields of services that some tables have in the row of the place."""
_MAX_COLLISIONS = 0.01
"""The share of ids that may be those of different records by mistake."""


@dataclass(slots=True)
class Source:
    """The organizations of a source, all its records (also those that belong to none), and all its values."""

    organizations: list[SourceRecord]
    records: list[SourceRecord]
    values: list[SourceValue]


def join_records(records: Iterable[SourceRecord], values: Iterable[SourceValue] = ()) -> Source:
    """Return the organizations with their places and services.

    The records may be nested (JSON), or refer to each other by id (tables). A copy of a record only adds what the first one
    lacks. ``values`` are those of rows that the records do not have.
    """
    tops = list(records)
    all_values = [value for record in tops for value in record.list_values()]
    everything = [part for record in tops for part in _list_parts(record)]
    index = RecordIndex(_has_local_ids(tops, everything))
    for record in everything:
        if record.kind in CORE_KINDS:
            index.add(record)
    for record in index.list("service_at_location"):
        _link_place(record, index)
    for record in tops:
        if record.kind not in CORE_KINDS:
            _attach_part(record, index)
    for record in index.list("service"):
        _link_service(record, index)
        _inherit(record)
    for kind in ("location", "service"):
        for record in index.list(kind):
            if owner := index.find("organization", record.text("organization_id"), record):
                record.take("organization_id")
                owner.add_child(record)
    organizations = list(index.list("organization"))
    unique = {id(value): value for value in (*values, *all_values) if value.number}  # an id that was made has no column
    return Source([*organizations, *adopt_orphans(index)], everything, list(unique.values()))


def _has_local_ids(tops: Sequence[SourceRecord], everything: Sequence[SourceRecord]) -> bool:
    """Return whether documents number their records anew: many ids are those of records with different names."""
    names: dict[tuple[str, str], set[str]] = {}
    for record in everything:
        if record.kind in CORE_KINDS and record.find("id"):
            names.setdefault((record.kind, record.text("id")), set()).update(filter(None, [record.text("name")]))
    collisions = sum(len(found) > 1 for found in names.values())
    is_nested = any(record.kind in CORE_KINDS for record in tops) and len(everything) > len(tops)
    return is_nested and collisions > _MAX_COLLISIONS * len(names)


def _list_parts(record: SourceRecord, made_id: str = "") -> list[SourceRecord]:
    """Return a record and all records in it. Core records are taken out of each other: each gets the id of the other one.

    ``made_id`` is the id of the record if it has none.
    """
    parts = [record]
    own_id = _ensure_id(record, made_id) if record.kind in CORE_KINDS else None
    for kind, children in list(record.children.items()):
        for number, child in enumerate(children):
            child_id = f"{own_id.text if own_id else made_id}/{kind}-{number}"
            if child.kind in CORE_KINDS:
                is_inverted = (child.kind, record.kind) in _INVERTED
                inner, outer = (record, child) if is_inverted else (child, record)
                identity = _ensure_id(child, child_id) if is_inverted else own_id
                if identity and not inner.find(f"{outer.kind}_id"):
                    inner.values[f"{outer.kind}_id"] = [identity]
            parts += _list_parts(child, child_id)
        if kind in CORE_KINDS:
            del record.children[kind]
    return parts


def _ensure_id(record: SourceRecord, made_id: str) -> SourceValue:
    """Return the id of a record. One without gets one that is the same in the next import: of its name, or of what it says."""
    if known := record.find("id"):
        return known
    name = urls.slug(record.text("name")) if record.kind == "organization" and record.text("name") else ""
    said = sorted((field, value.line) for field, values in record.values.items() for value in values)
    made = name or made_id or hashlib.sha256(repr(said).encode()).hexdigest()[:12]
    record.values["id"] = [SourceValue(record.file, record.row, 0, "id", made, Outcome.CARRIED)]
    return record.values["id"][0]


def _attach_part(part: SourceRecord, index: RecordIndex) -> None:
    """Make a row of a table, such as a phone, a part of the record that it names: a service, a place, or a service at a place."""
    service, location = (index.find(kind, part.text(f"{kind}_id"), part) for kind in ("service", "location"))
    if service and location:
        part.take("service_id")
        part.take("location_id")
        _add_place(service, location).add_child(part)
        return
    for link in LINKS:
        value = part.find(link)
        kinds = ("service", "organization", "location") if link in ("link_id", "resource_id") else (link.removesuffix("_id"),)
        for kind in kinds if value else ():
            if value and (owner := index.find(kind, value.line, part)):
                value.carry()
                owner.add_child(part)
                return


def _link_place(record: SourceRecord, index: RecordIndex) -> None:
    service = index.find("service", record.take("service_id"), record)
    location = index.find("location", record.take("location_id"), record)
    if service and location and not any(at is record for at in service.below("at")):
        service.children.setdefault("at", []).append(record)
        record.children["place"] = [location]


def _link_service(service: SourceRecord, index: RecordIndex) -> None:
    """Give a service its places, its program and the names of its classification."""
    for value in service.find_all("location_id"):
        for location in _find_locations(value.text, service, index):
            value.carry()
            _add_place(service, location)
    if program := index.find("program", service.text("program_id"), service):
        service.take("program_id")
        service.children["program"] = [program]
    for value in service.find_all("type"):
        identities = re.split(r"[,;\s]+", value.text)
        terms = [term for identity in identities if (term := index.find("taxonomy_term", identity, service))]
        if len(terms) == len(identities):
            value.carry()
            for term in terms:
                part = SourceRecord("attribute", service.file, service.row, children={"taxonomy_term": [term]})
                service.add_child(part)
            service.values["type"] = [other for other in service.values["type"] if other is not value]
    for attribute in service.below("attribute"):
        if named := index.find("taxonomy_term", attribute.text("taxonomy_term_id"), service):
            attribute.take("taxonomy_term_id")
            attribute.children["taxonomy_term"] = [named]


def _add_place(service: SourceRecord, location: SourceRecord) -> SourceRecord:
    """Return the record that says what holds for a service at a place. It is made if there is none."""
    known = next((at for at in service.below("at") if any(place is location for place in at.below("place"))), None)
    if known is None:
        known = SourceRecord("service_at_location", service.file, service.row, children={"place": [location]})
        service.children.setdefault("at", []).append(known)
    return known


def _find_locations(text: str, service: SourceRecord, index: RecordIndex) -> list[SourceRecord]:
    """Return the places that a text names, by id or by name: one, or several with commas or spaces between them."""
    organization = service.text("organization_id")
    for parts in ([text], re.split(r"\s*[,;\n]\s*", text), text.split()):
        names = [(f"{organization}/{part}", part) for part in parts if part]
        found = [location for pair in names if (location := _find_either("location", pair, service, index))]
        if found and len(found) == len(names):
            return found
    return []


def _find_either(kind: str, names: Iterable[str], near: SourceRecord, index: RecordIndex) -> SourceRecord | None:
    return next((record for name in names if (record := index.find(kind, name, near))), None)


def _inherit(service: SourceRecord) -> None:
    """Give a service what its only place says of all services there, unless it says something of its own."""
    places = service.list_places()
    for name in _OF_SERVICES if len(places) == 1 else ():
        if name in places[0].values and name not in service.values:
            service.values[name] = places[0].values[name]
        elif name in places[0].values and [value.line for value in service.values[name]] == [
            value.line for value in places[0].values[name]
        ]:
            for value in places[0].values[name]:
                value.carry("the service says the same")
        elif name == "cost" and name in places[0].values:  # "free" must not lose its condition, nor a flat fee its amount
            said = {value.line.casefold() for value in service.values[name]}
            service.values[name] += [value for value in places[0].values[name] if value.line.casefold() not in said]
