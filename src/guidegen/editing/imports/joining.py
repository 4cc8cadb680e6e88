"""Join the records of a source: what belongs to an organization, what belongs to its places and services."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guidegen.editing.imports.hsds_names import CORE_KINDS, LINKS
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
_GENERIC_NAMES = frozenset(
    (
        *("", "main", "office", "headquarters", "location", "site", "branch", "main office", "main location", "head office"),
        *("central office", "administrative office"),
    )
)
"""Names of places that do not say whose place it is."""
_LIMITS = ("income_percent", "income_level", "minimum_age", "maximum_age")
_OF_SERVICES = ("type", "cost", "who", "areas", "documents", "apply", *_LIMITS)
"""Fields of services that some tables have in the row of the place."""
_MAX_COLLISIONS = 0.01
"""The share of ids that may be those of different records by mistake."""
_TWICE = "the record is there more than once"


class _Index:
    """The core records by kind and id.

    Some programs number the records of each document anew. If ``is_local``, a record is found only from its own document.
    """

    def __init__(self, is_local: bool) -> None:
        self.records: dict[tuple[str, str], SourceRecord] = {}
        self.is_local = is_local

    def add(self, record: SourceRecord) -> None:
        """Add a record, or what it has more than its copy."""
        identity = record.take("id")
        first = self.records.setdefault((record.kind, _scope(identity, record) if self.is_local else identity), record)
        if first is not record:
            _merge_copy(first, record)
        elif self.is_local and record.kind == "organization":
            made = f"{identity}-{urls.slug(record.text('name')) or record.row}"
            record.values["id"] = [SourceValue(record.file, record.row, 0, "id", made, Outcome.CARRIED)]

    def find(self, kind: str, identity: str, near: SourceRecord) -> SourceRecord | None:
        """Return the record that a record refers to."""
        return self.records.get((kind, _scope(identity, near) if self.is_local else identity))

    def list(self, kind: str) -> Iterator[SourceRecord]:
        """Yield the records of a kind."""
        yield from (record for (known, _), record in self.records.items() if known == kind)


def _scope(identity: str, record: SourceRecord) -> str:
    return f"{identity}@{record.file}:{record.document}"


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
    index = _Index(_has_local_ids(tops, everything))
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
    return Source([*organizations, *_adopt_orphans(index)], everything, list(unique.values()))


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


def _merge_copy(first: SourceRecord, copy: SourceRecord) -> None:
    """Add what a copy of a record has and the first one lacks, and record that the rest is there twice."""
    first.own = first.own or copy.own
    for name, values in copy.values.items():
        known = first.find(name)
        for value in values:
            if known is None:
                first.values.setdefault(name, []).append(value)
            elif value.line == known.line:
                value.carry(_TWICE)
            else:
                value.refuse(f"another copy of the record says '{known.line[:60]}'")
    for kind, children in copy.children.items():
        if kind not in CORE_KINDS and not first.below(kind):
            first.children[kind] = children
        elif kind not in CORE_KINDS:
            for child in children:
                for value in child.list_values():
                    value.carry(_TWICE)


def _attach_part(part: SourceRecord, index: _Index) -> None:
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


def _link_place(record: SourceRecord, index: _Index) -> None:
    service = index.find("service", record.take("service_id"), record)
    location = index.find("location", record.take("location_id"), record)
    if service and location and not any(at is record for at in service.below("at")):
        service.children.setdefault("at", []).append(record)
        record.children["place"] = [location]


def _link_service(service: SourceRecord, index: _Index) -> None:
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


def _find_locations(text: str, service: SourceRecord, index: _Index) -> list[SourceRecord]:
    """Return the places that a text names, by id or by name: one, or several with commas or spaces between them."""
    organization = service.text("organization_id")
    for parts in ([text], re.split(r"\s*[,;\n]\s*", text), text.split()):
        names = [(f"{organization}/{part}", part) for part in parts if part]
        found = [location for pair in names if (location := _find_either("location", pair, service, index))]
        if found and len(found) == len(names):
            return found
    return []


def _find_either(kind: str, names: Iterable[str], near: SourceRecord, index: _Index) -> SourceRecord | None:
    return next((record for name in names if (record := index.find(kind, name, near))), None)


def _inherit(service: SourceRecord) -> None:
    """Give a service what its only place says of all services there, unless it says something of its own."""
    places = list_places(service)
    for name in _OF_SERVICES if len(places) == 1 else ():
        if name in places[0].values and name not in service.values:
            service.values[name] = places[0].values[name]
        elif name in places[0].values and [value.line for value in service.values[name]] == [
            value.line for value in places[0].values[name]
        ]:
            for value in places[0].values[name]:
                value.carry("the service says the same")


def list_places(service: SourceRecord) -> list[SourceRecord]:
    """Return the locations of a service."""
    return [place for at in service.below("at") for place in at.below("place")]


def _adopt_orphans(index: _Index) -> Iterator[SourceRecord]:
    """Yield an organization for each place, and each service without a place, whose organization is not in the source.

    A service at a place of another organization belongs to that organization.
    """
    by_place: dict[int, list[SourceRecord]] = {}
    for service in index.list("service"):
        if index.find("organization", service.text("organization_id"), service):
            continue
        places = list_places(service)
        owner = index.find("organization", places[0].text("organization_id"), places[0]) if places else None
        if owner:
            owner.add_child(service)
        elif places:
            by_place.setdefault(id(places[0]), []).append(service)
        else:
            yield _make_organization(service, [service], [])
    owners = {
        id(place): owner
        for service in index.list("service")
        for place in list_places(service)
        if (owner := index.find("organization", service.text("organization_id"), service))
    }
    for location in index.list("location"):
        if index.find("organization", location.text("organization_id"), location):
            continue
        if not location.text("organization_id") and id(location) in owners:
            owners[id(location)].add_child(location)
        else:
            yield _make_organization(location, by_place.get(id(location), []), [location])


def _make_organization(record: SourceRecord, services: list[SourceRecord], locations: list[SourceRecord]) -> SourceRecord:
    """Return an organization for records whose own one is missing, with the first name that says whose they are."""
    children = {"service": services, "location": locations}
    organization = SourceRecord("organization", record.file, record.row, children=children)
    named = next((source for source in (record, *services) if source.text("name").casefold() not in _GENERIC_NAMES), None)
    if named:
        organization.values["name"] = named.values["name"]
    organization.values["id"] = [SourceValue(record.file, record.row, 0, "id", f"{record.kind}-{record.text('id')}")]
    for part in {id(part): part for part in (record, *services)}.values():
        if value := part.find("organization_id"):
            value.note(
                f"the source has no organization '{value.line}'", "The profile has the name of the place or of the service."
            )
    return organization
