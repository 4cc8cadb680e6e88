"""The mapping file of an import: which column of a table is which field. guidegen proposes it, people correct it."""

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guidegen.content.fields.intended import fold
from guidegen.content.yaml.parser import MappingNode, ScalarNode, compose
from guidegen.editing.imports.columns import FIELDS, propose_columns
from guidegen.editing.imports.tables import Table
from guidegen.model.guide import Guide
from guidegen.model.problems import ContentError, GuidegenError, Problem, find_nearest_word, suggest
from guidegen.search.lexicon import load_built_in_names

_HEAD = """\
# Which column of {file} is which field. Correct it, then run the same command again.
# The fields:
{fields}
columns:
"""
_TYPES = """
# Which words of the table mean which kind of help. Write an id of content/services.yml, or  unknown  (such rows become drafts).
# The ids:  {ids}
types:
"""
_TAIL = """
# The kind of help of rows that name none. Without it, such rows become drafts.
# type: food
"""
_UNKNOWN = "unknown"
_SIMILARITY = 0.8
"""The minimum similarity of a word and the name of a kind of help, from 0 to 1 (difflib)."""
_MAX_TYPES = 200
"""Different words for kinds of help that a mapping file lists."""


@dataclass(frozen=True)
class ColumnMapping:
    """The field of each column by its heading, the kinds of help by their words, and that of rows that name none."""

    columns: dict[str, str]
    types: dict[str, str]
    type: str = ""

    def fields(self, heading: tuple[str, ...]) -> list[str]:
        """Return the field of each column of a table."""
        return [self.columns.get(name, "ignore") for name in heading]


def find_mapping_file(table_file: Path) -> Path:
    """Return the path of a table's mapping file, beside it: ``list.mapping.yml`` for ``list.xlsx``."""
    return table_file.with_name(f"{table_file.stem}.mapping.yml")


def propose_mapping(table: Table, table_file: Path, guide: Guide) -> str:
    """Return the text of a mapping file, with an example from the table beside each column."""
    country = guide.settings.region
    fields = "\n".join(f"#   {name:<12} {meaning}" for name, meaning in FIELDS.items())
    lines = []
    for heading, field in propose_columns(table, country).items():
        cells = table.column(table.heading.index(heading))
        example = " ".join(cells[0].split())[:50] if cells else "empty"
        lines.append(f"  {json.dumps(heading, ensure_ascii=False)}: {field:<12} # such as: {example}")
    columns = "\n".join(lines)
    return _HEAD.format(file=table_file.name, fields=fields) + f"{columns}\n{_propose_types(table, guide)}{_TAIL}"


def _propose_types(table: Table, guide: Guide) -> str:
    """Return the words of the column with kinds of help, each with the id that it most likely means; empty if there is none."""
    fields = propose_columns(table, guide.settings.region)
    heading = next((heading for heading, field in fields.items() if field == "type"), None)
    if heading is None:
        return ""
    words = dict.fromkeys(word for cell in table.column(table.heading.index(heading)) for word in split_types(cell, guide))
    ids = ", ".join(kind.id for kind in guide.service_types)
    lines = "".join(
        f"  {json.dumps(word, ensure_ascii=False)}: {find_type(word, guide) or _UNKNOWN}\n" for word in list(words)[:_MAX_TYPES]
    )
    return _TYPES.format(ids=ids) + lines


def split_types(cell: str, guide: Guide) -> list[str]:
    """Return the kinds of help in a cell. A name with a comma, such as "Money, benefits and taxes", stays whole."""
    whole = " ".join(cell.split())
    if find_type(whole, guide, is_exact=True):
        return [whole]
    return [part for part in re.split(r"\s*[;,/|]\s*", whole) if part]


def find_type(word: str, guide: Guide, is_exact: bool = False) -> str:
    """Return the id of the service type that a word names, in any language of the guide; empty if none is near."""
    titles: dict[str, str] = {}
    names: dict[str, str] = {}
    for kind in guide.service_types:
        titles |= {kind.id: kind.id} | {fold(version.text): kind.id for version in kind.name.translations.values()}
        names |= {fold(synonym): kind.id for words in kind.synonyms.values() for synonym in words}
        for tag in guide.settings.languages:
            names |= {fold(name): kind.id for name in load_built_in_names(tag).get(f"type:{kind.id}", ())}
    folded = fold(word)
    if folded in titles or folded in names or is_exact:
        return titles.get(folded) or names.get(folded, "")
    close = difflib.get_close_matches(folded, titles, n=1, cutoff=_SIMILARITY)
    return titles[close[0]] if close else ""


def read_mapping(file: Path, table: Table, guide: Guide) -> ColumnMapping:
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
    types = dict(_read_types(node, guide, path, problems)) if isinstance(node, MappingNode) else {}
    if problems:
        raise ContentError(problems)
    chosen = node.get("type") if isinstance(node, MappingNode) else None
    return ColumnMapping(fields, types, chosen.text if isinstance(chosen, ScalarNode) else "")


def _read_types(node: MappingNode, guide: Guide, path: PurePosixPath, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each word with the id it means; empty for ``unknown``."""
    ids = [kind.id for kind in guide.service_types]
    words = node.get("types")
    for key, value in words.pairs if isinstance(words, MappingNode) else ():
        type_id = value.text.strip() if isinstance(value, ScalarNode) else ""
        if type_id not in (*ids, _UNKNOWN):
            message = f"'{type_id}' is not a kind of help of this guide"
            problems.append(Problem(path, value.line, value.column, message, suggest(type_id, ids), "sheet"))
        yield fold(key.text), "" if type_id == _UNKNOWN else type_id
