"""Read HSDS in tables: version 1.1, 2 and 3 as CSV files, and the CSV files of the Ohana API."""

from collections.abc import Iterator
from pathlib import Path

from guidegen.editing.imports.hsds_names import FIELDS, KIND_BY_NAME
from guidegen.editing.imports.source import SourceRecord, SourceValue, clean_text
from guidegen.editing.imports.tables import read_table


def list_tables(folder: Path) -> list[tuple[str, Path]]:
    """Return the kind and the file of each table in a folder that HSDS names."""
    named = [(KIND_BY_NAME.get(file.stem.lower(), ""), file) for file in sorted(folder.glob("*.csv"))]
    return [(kind, file) for kind, file in named if kind]


def read_tables(folder: Path) -> Iterator[SourceRecord]:
    """Yield a record for each row. Raises ``GuidegenError`` for a file that is not a table."""
    for kind, file in list_tables(folder):
        fields = FIELDS.get(kind, {})
        table = read_table(file, may_be_empty=True)
        names = [heading.strip().lower() for heading in table.heading]
        if kind == "taxonomy_term" and "id" not in names:  # Ohana calls the id of a term this
            names = ["id" if name == "taxonomy_id" else name for name in names]
        for row, cells in table.rows:
            record = SourceRecord(kind, file.name, row)
            for number, (name, heading, cell) in enumerate(zip(names, table.heading, cells, strict=True), 1):
                record.add(fields.get(name, name), SourceValue(file.name, row, number, heading, clean_text(cell)))
            yield record
