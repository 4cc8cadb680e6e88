"""Make organizations for records whose own one is not in the source."""

from collections.abc import Iterator

from guidegen.editing.imports.record_index import RecordIndex
from guidegen.editing.imports.source import SourceRecord, SourceValue

_GENERIC_NAMES = frozenset(
    (
        *("", "main", "office", "headquarters", "location", "site", "branch", "main office", "main location", "head office"),
        *("central office", "administrative office"),
    )
)
"""Names of places that do not say whose place it is."""


def adopt_orphans(index: RecordIndex) -> Iterator[SourceRecord]:
    """Yield an organization for each place, and each service without a place, whose organization is not in the source.

    A service at a place of another organization belongs to that organization.
    """
    by_place: dict[int, list[SourceRecord]] = {}
    for service in index.list("service"):
        if index.find("organization", service.text("organization_id"), service):
            continue
        places = service.list_places()
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
        for place in service.list_places()
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
