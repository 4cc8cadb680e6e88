"""Read a source of any kind, and propose its mapping file."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from guidegen.editing.imports.hsds_json import read_json
from guidegen.editing.imports.hsds_names import CORE_KINDS
from guidegen.editing.imports.hsds_tables import list_tables, read_tables
from guidegen.editing.imports.joining import Source, join_records
from guidegen.editing.imports.mapped_tables import read_mapped_tables, read_source_tables
from guidegen.editing.imports.mapping import ColumnMapping, find_mapping_file, propose_mapping, read_mapping
from guidegen.editing.imports.services import list_type_words
from guidegen.editing.imports.source import SourceRecord
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError


def read_source(path: Path, sheet: str, is_hsds: bool, guide: Guide) -> tuple[Source, ColumnMapping]:
    """Return a source and its mapping.

    Raises ``GuidegenError`` if the source cannot be read, ``ContentError`` for mistakes in the mapping file.
    """
    file = find_mapping_file(path)
    if is_hsds:
        return join_records(_read_hsds(path)), read_mapping(file, {}, guide)
    tables = read_source_tables(path, sheet)
    mapping = read_mapping(file, tables, guide)
    return read_mapped_tables(tables, mapping.tables), mapping


def propose(path: Path, sheet: str, is_hsds: bool, guide: Guide) -> Path:
    """Write the mapping file of a source and return its path."""
    file = find_mapping_file(path)
    if is_hsds:
        source = join_records(_read_hsds(path))
        services = (service for organization in source.organizations for service in organization.below("service"))
        words = dict.fromkeys(chain.from_iterable(map(list_type_words, services)))
        text = propose_mapping({}, words, path, guide)
    else:
        text = propose_mapping(read_source_tables(path, sheet), (), path, guide)
    write_file_durably(file, text.encode())
    return file


def _read_hsds(path: Path) -> Iterable[SourceRecord]:
    if path.is_dir() and list_tables(path):
        return list(read_tables(path))
    records = list(read_json(path))
    if not any(record.kind in CORE_KINDS for record in records):
        raise GuidegenError(
            f"{path} has no record of HSDS: no organization, service or location. "
            "For a table of your own, use  guidegen import list"
        )
    return records
