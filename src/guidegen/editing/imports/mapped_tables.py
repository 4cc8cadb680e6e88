"""Read tables of somebody's own with the help of their mapping file."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from guidegen.content.fields.intended import fold
from guidegen.editing.imports.columns import LIST
from guidegen.editing.imports.joining import Source, join_records
from guidegen.editing.imports.mapping import TableMapping
from guidegen.editing.imports.places import PLACE_FIELDS
from guidegen.editing.imports.source import SourceRecord, SourceValue, clean_text
from guidegen.editing.imports.tables import JSON_ENDINGS, SPREADSHEETS, Table, read_table
from guidegen.model import urls

_ENDINGS = (".csv", ".tsv", *JSON_ENDINGS, *SPREADSHEETS)
_SERVICE = (
    *("type", "hours", "holidays", "cost", "who", "minimum_age", "maximum_age", "income_percent", "income_level", "areas"),
    *("documents", "apply", "apply_url", "attend", "subjects", "status"),
)
"""Fields of the service of a row."""
_REACH = ("phone", "tty", "fax", "email", "website", "languages")
"""Fields of the organization if all its rows say the same, else of the service of each row."""
_MAX_SLUG = 45
_IGNORED = "the mapping file says  ignore"


def read_source_tables(path: Path, sheet: str) -> dict[str, Table]:
    """Return the tables of a file or a folder by file name. Raises ``GuidegenError`` if there is none."""
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _ENDINGS) if path.is_dir() else [path]
    return {file.name: read_table(file, sheet) for file in files}


def read_mapped_tables(tables: Mapping[str, Table], mappings: Mapping[str, TableMapping]) -> Source:
    """Return the records of tables: organizations, places and services that refer to each other, or all in one row."""
    records, rows = list[SourceRecord](), list[SourceRecord]()
    for name, table in tables.items():
        mapping = mappings[name]
        table_rows = [_read_row(name, row, cells, table, mapping) for row, cells in table.rows]
        rows += table_rows
        if mapping.records == LIST:
            records += _group_rows(table_rows)
            continue
        for record in table_rows:
            if not record.find("id") and (known := record.find("name")):
                owner = record.text("organization_id") if record.kind != "organization" else ""
                named = f"{owner}/{known.text}" if owner else known.text  # a name is an id within its organization only
                record.values["id"] = [SourceValue(known.file, known.row, 0, "id", named)]
        records += table_rows
    return join_records(records, [value for row in rows for value in row.list_values()])


def _read_row(file: str, row: int, cells: tuple[str, ...], table: Table, mapping: TableMapping) -> SourceRecord:
    record = SourceRecord(mapping.records, file, row)
    for number, (heading, cell) in enumerate(zip(table.heading, cells, strict=True), 1):
        field = mapping.columns.get(heading, "ignore")
        value = SourceValue(file, row, number, heading, clean_text(cell))
        if field == "ignore":
            value.refuse(_IGNORED)
        record.add(field, value)
    return record


def _group_rows(rows: list[SourceRecord]) -> Iterator[SourceRecord]:
    """Yield an organization for all rows with the same id, or the same name. Each row is a service of it."""
    groups: dict[str, list[SourceRecord]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(row.text("id") or _identify(row.text("name")) or f"#{number}", []).append(row)
    for identity, group in groups.items():
        yield _build_organization(identity, group)


def _identify(name: str) -> str:
    """Return an id for a name. A slug is too short for long names, so they get a hash as well."""
    slug = urls.slug(name) if name else ""
    return slug if len(name) <= _MAX_SLUG else f"{slug}-{hashlib.sha256(fold(name).encode()).hexdigest()[:8]}"


def _build_organization(identity: str, rows: list[SourceRecord]) -> SourceRecord:
    first = rows[0]
    organization = SourceRecord("organization", first.file, first.row)
    organization.values["id"] = first.find_all("id") or [SourceValue(first.file, first.row, 0, "id", identity)]
    own = [field for field in _REACH if _differs(field, rows)]
    places: dict[str, SourceRecord] = {}
    services = set[tuple[str, int]]()
    for row in rows:
        service = SourceRecord("service", row.file, row.row)
        for field, values in row.values.items():
            is_of_service = field in _SERVICE or field in own
            holder = service if is_of_service else organization
            name = "name" if field == "service" else field
            if field == "service":
                service.values[name] = values
            elif field in PLACE_FIELDS or field == "id":
                continue
            elif is_of_service or row is first:
                holder.values[name] = values
            else:
                _add_later(organization, service, name, values)
        _add_place(organization, service, row, places)
        said = (
            repr([(name, [value.line for value in service.values[name]]) for name in sorted(service.values)]),
            id(places.get(_get_place(row))),
        )
        if said in services:
            for value in service.list_values():
                value.carry("another row says the same")
        else:
            organization.add_child(service)
        services.add(said)
    for row in rows[1:]:
        for value in row.find_all("id"):
            value.carry()
    return organization


def _differs(field: str, rows: list[SourceRecord]) -> bool:
    """Return whether a field belongs to the rows and not to their organization. Empty cells below a first one repeat it."""
    texts = [_get_all(row, field) for row in rows]
    return len(set(filter(None, texts))) > 1 or (not texts[0] and any(texts))


def _get_all(row: SourceRecord, field: str) -> str:
    return "\n".join(value.line for value in row.find_all(field))


def _add_later(organization: SourceRecord, service: SourceRecord, field: str, values: list[SourceValue]) -> None:
    """Keep what a later row of an organization says: once if the first one says the same, else with its service."""
    known = organization.find_all(field)
    if [value.line for value in known] == [value.line for value in values]:
        for value in values:
            value.carry("another row says the same")
    elif not known:
        organization.values[field] = values
    elif field in ("summary", "description", "note"):
        service.values["description"] = [*service.find_all("description"), *values]
    elif field == "extra":
        service.values[field] = values
    elif field == "name":
        for value in values:
            value.carry("another row says the same")
    else:
        for value in values:
            value.refuse(f"another row of the organization says '{known[0].line[:60]}'")


def _get_place(row: SourceRecord) -> str:
    """Return the address of a row, to compare it with others."""
    return "\n".join(
        _get_all(row, field) for field in PLACE_FIELDS if field not in ("position", "latitude", "longitude")
    ).casefold()


def _add_place(organization: SourceRecord, service: SourceRecord, row: SourceRecord, places: dict[str, SourceRecord]) -> None:
    """Give the service of a row its place; rows with the same address have one place."""
    values = {field: row.values[field] for field in PLACE_FIELDS if field in row.values}
    if not values:
        return
    key = _get_place(row)
    if key in places:
        for value in (value for found in values.values() for value in found):
            value.carry("another row says the same")
    else:
        places[key] = SourceRecord("location", row.file, row.row, values)
        organization.add_child(places[key])
    service.add_child(SourceRecord("service_at_location", row.file, row.row, children={"location": [places[key]]}))
