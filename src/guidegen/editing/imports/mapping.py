"""The mapping file of an import: which column of a table is which field. guidegen proposes it, people correct it."""

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guidegen.content.yaml.parser import MappingNode, ScalarNode, compose
from guidegen.editing.imports.columns import FIELDS, propose_columns
from guidegen.editing.imports.tables import Table
from guidegen.model.problems import ContentError, GuidegenError, Problem, find_nearest_word

_HEAD = """\
# Which column of {file} is which field. Correct it, then run the same command again.
# The fields:
{fields}
columns:
"""
_TAIL = """
# The kind of help of rows that name none: an id of content/services.yml. Without it, such rows become drafts.
# type: food
"""


@dataclass(frozen=True)
class ColumnMapping:
    """The field of each column by its heading, and the kind of help of rows that name none."""

    columns: dict[str, str]
    type: str = ""

    def fields(self, heading: tuple[str, ...]) -> list[str]:
        """Return the field of each column of a table."""
        return [self.columns.get(name, "ignore") for name in heading]


def find_mapping_file(table_file: Path) -> Path:
    """Return the path of a table's mapping file, beside it: ``list.mapping.yml`` for ``list.xlsx``."""
    return table_file.with_name(f"{table_file.stem}.mapping.yml")


def propose_mapping(table: Table, table_file: Path, country: str) -> str:
    """Return the text of a mapping file, with an example from the table beside each column."""
    fields = "\n".join(f"#   {name:<12} {meaning}" for name, meaning in FIELDS.items())
    lines = []
    for heading, field in propose_columns(table, country).items():
        cells = table.column(table.heading.index(heading))
        example = " ".join(cells[0].split())[:50] if cells else "empty"
        lines.append(f"  {json.dumps(heading, ensure_ascii=False)}: {field:<12} # such as: {example}")
    return _HEAD.format(file=table_file.name, fields=fields) + "\n".join(lines) + "\n" + _TAIL


def read_mapping(file: Path, table: Table) -> ColumnMapping:
    """Return the mapping in a file. Raises ``ContentError`` with the line of each mistake."""
    path = PurePosixPath(file.as_posix())
    try:
        node, problems = compose(file.read_text(encoding="utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise GuidegenError(f"{file} is not a text in UTF-8") from error
    columns = node.get("columns") if isinstance(node, MappingNode) else None
    if not problems and not isinstance(columns, MappingNode):
        problems = [Problem(path, 1, 1, "there is no list of columns", "Delete the file, and run the command again.", "sheet")]
    fields: dict[str, str] = {}
    for key, value in columns.pairs if isinstance(columns, MappingNode) else ():
        field = value.text.strip() if isinstance(value, ScalarNode) else ""
        if field not in FIELDS:
            close = find_nearest_word(field, FIELDS)
            hint = f"Did you mean:  {close}" if close else f"Write one of:  {', '.join(FIELDS)}"
            problems.append(Problem(path, value.line, value.column, f"'{field}' is not a field", hint, "sheet"))
        if key.text not in table.heading:
            hint = f"Its columns:  {', '.join(filter(None, table.heading))}"
            problems.append(Problem(path, key.line, key.column, f"the table has no column '{key.text}'", hint, "sheet"))
        fields[key.text] = field
    if not problems and "name" not in fields.values():
        problems.append(Problem(path, 1, 1, "no column is the name", "Write  name  beside the column with the names.", "sheet"))
    if problems:
        raise ContentError(problems)
    chosen = node.get("type") if isinstance(node, MappingNode) else None
    return ColumnMapping(fields, chosen.text if isinstance(chosen, ScalarNode) else "")
