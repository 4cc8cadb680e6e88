"""Read HSDS in JSON: a document, a page of an API, a dump of many, or a folder of them."""

from collections.abc import Iterator
from pathlib import Path

from guidegen.editing.imports import json_files
from guidegen.editing.imports.hsds_names import CORE_KINDS, FIELDS, KIND_BY_NAME
from guidegen.editing.imports.source import OwnPart, SourceRecord, SourceValue, clean_text
from guidegen.editing.imports.tables import JSON_ENDINGS
from guidegen.model.problems import GuidegenError
from guidegen.site.exports.hsds.common import PROFILE_KEY, compute_digest

_MAX_DEPTH = 40


class _Reader:
    """Reads the documents of one file. ``row`` is the number of the record in it.

    ``kind`` is that of its records if the name of the file or its folder says it: ``taxonomies/index.json``.
    """

    def __init__(self, file: str, kind: str) -> None:
        self.file = file
        self.kind = kind
        self.row = 0
        self.document = 0

    def read_documents(self, value: object) -> Iterator[SourceRecord]:
        """Yield the records of a document, or of each document of a list."""
        for document in value if isinstance(value, list) else [value]:
            self.document += 1
            yield from self.read(document, self.kind)

    def read(self, document: object, kind: str = "") -> Iterator[SourceRecord]:
        """Yield the records of a document: of one record, of a list, or of a document that holds others."""
        if isinstance(document, list):
            for entry in document:
                yield from self.read(entry, kind)
        elif isinstance(document, dict):
            found = kind if kind and {"id", "name"} & set(document) else _find_kind(document)
            self.row += bool(found)
            if found:
                yield self.read_record(document, found, "", 0)
            else:
                yield from self._read_wrapper(document)

    def _read_wrapper(self, document: dict[str, object]) -> Iterator[SourceRecord]:
        """Yield the records in a document that is none itself: a page of an API, a dump with a list for each kind."""
        wrapper = SourceRecord("document", self.file, self.row + 1, document=self.document)
        for number, (name, value) in enumerate(document.items(), 1):
            kind = KIND_BY_NAME.get(name, "")
            if not isinstance(value, dict | list):
                self._add(wrapper, name, number, name, value)
            elif kind in CORE_KINDS or not kind:
                yield from self.read(value, kind or self.kind)
        yield wrapper

    def read_record(self, document: dict[str, object], kind: str, path: str, depth: int) -> SourceRecord:
        """Return a record with the records in it."""
        if depth > _MAX_DEPTH:
            raise GuidegenError(f"{self.file} has records in records in records, more than {_MAX_DEPTH} deep")
        record = SourceRecord(kind, self.file, self.row, document=self.document)
        fields = FIELDS.get(kind, {})
        for number, (name, value) in enumerate(document.items(), 1):
            column = f"{path}{name}"
            if name == PROFILE_KEY and isinstance(value, dict):
                record.own = OwnPart(value, value.get("digest") == compute_digest(document))
                self._add(record, name, number, column, "the profile in guidegen's own terms")
                continue
            child_kind = KIND_BY_NAME.get(name, "")
            if isinstance(value, dict | list) and (child_kind or not _is_list_of_texts(value)):
                for entry in value if isinstance(value, list) else [value]:
                    if isinstance(entry, dict):
                        record.add_child(self.read_record(entry, child_kind or name, f"{column}.", depth + 1))
                    elif not isinstance(entry, list):
                        self._add(record, fields.get(name, name), number, column, entry)
            else:
                self._add(record, fields.get(name, name), number, column, value)
        return record

    def _add(self, record: SourceRecord, field: str, number: int, column: str, value: object) -> None:
        record.add(field, SourceValue(self.file, self.row, number, column, clean_text(json_files.format_value(value))))


def read_json(path: Path) -> Iterator[SourceRecord]:
    """Yield the records of a file, or of all files in a folder.

    Raises ``GuidegenError`` for a file that is not JSON or is too large.
    """
    files = sorted(file for file in path.rglob("*") if file.suffix in JSON_ENDINGS) if path.is_dir() else [path]
    for file in files:
        names = (file.stem, file.parent.name if file.parent != path else "")
        reader = _Reader(file.name, next((KIND_BY_NAME[name] for name in names if name in KIND_BY_NAME), ""))
        for document in json_files.load_documents(file):
            yield from reader.read_documents(document)


def _find_kind(document: dict[str, object]) -> str:
    """Return the kind of a document without a name for it, by its properties."""
    if "service_id" in document and "location_id" in document:
        return "service_at_location"
    if "location_type" in document:
        return "location"
    if {"organization_id", "organization", "service_at_locations", "eligibility_description", "fees_description"} & set(document):
        return "service"
    if "taxonomy" in document or "taxonomy_detail" in document:
        return "taxonomy_term"
    if isinstance(document.get("name"), str) and {"id", "services", "locations", "phones", "website"} & set(document):
        return "organization"
    return ""


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and not any(isinstance(entry, dict | list) for entry in value)
