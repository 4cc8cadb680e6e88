"""The mapping file of an import: which column of a table is which field. guidegen proposes it, people correct it."""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from guidegen.content.fields.intended import fold
from guidegen.content.yaml.parser import MappingNode, Node, ScalarNode, compose
from guidegen.editing.imports.columns import FIELDS, LIST, propose_columns, propose_kind
from guidegen.editing.imports.tables import Table
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.memoize import memoize_last
from guidegen.model.problems import ContentError, GuidegenError, Problem, find_nearest_word, suggest
from guidegen.search.lexicon import load_built_in_names

_HEAD = """\
# How to import {file}. Correct what is wrong, then run the same command again.

# The name of the directory that the facts come from, and the license under which it may be used. An import finds its profiles
# again by this name and the id of each record, so do not change it later.
dataset: {dataset}
# licence: CC BY 4.0
"""
_COLUMNS = """
# Which column is which field. The fields:
{fields}
"""
_TYPES = """
# Which words of the source mean which kind of help. Write an id of content/services.yml, or  unknown  (it becomes a draft).
# The ids:  {ids}
types:
"""
_TAIL = """
# The kind of help of services that name none. Without it, such profiles become drafts.
# type: food
"""
_UNKNOWN = "unknown"
_SIMILARITY = 0.8
"""The minimum similarity of a word and the name of a kind of help, from 0 to 1 (difflib)."""
_MAX_TYPES = 200
"""Different words for kinds of help that a mapping file lists."""
_RECORDS = ("organization", "location", "service", LIST)


@dataclass(frozen=True)
class TableMapping:
    """The kind of the records that the rows of a table are, and the field of each column by its heading."""

    records: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class ColumnMapping:
    """The name and the license of a directory, its tables by file name, and the kinds of help by their words.

    ``type`` is the kind of help of services that name none.
    """

    dataset: str
    licence: str = ""
    tables: Mapping[str, TableMapping] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    type: str = ""

    def find_type(self, word: str, guide: Guide) -> str:
        """Return the id of the kind of help that a word means: as the mapping says, else by its name; empty if there is none."""
        return self.types[fold(word)] if fold(word) in self.types else find_type(word, guide)


def find_mapping_file(source: Path) -> Path:
    """Return the path of the mapping file of a file or folder, beside it: ``list.mapping.yml`` for ``list.xlsx``."""
    return source.with_name(f"{source.stem}.mapping.yml")


def propose_mapping(tables: Mapping[str, Table], type_words: Iterable[str], source: Path, guide: Guide) -> str:
    """Return the text of a mapping file, with an example from the table beside each column.

    ``tables`` are by file name; ``type_words`` are words for kinds of help that are in no table.
    """
    country, words, lines = guide.settings.region, list(type_words), list[str]()
    for name, table in tables.items():
        kind = propose_kind(name) if len(tables) > 1 else LIST
        columns = propose_columns(table, country, kind)
        indent = "    " if len(tables) > 1 else ""
        lines += [f"  {json.dumps(name)}:", f"{indent}records: {kind}"] if len(tables) > 1 else []
        lines += [f"{indent}columns:", *(f"{indent}  {line}" for line in _list_columns(table, columns))]
        words += [cell for heading, field_name in columns.items() if field_name == "type" for cell in _get_column(table, heading)]
    fields = "\n".join(f"#   {name:<15} {meaning}" for name, meaning in FIELDS.items())
    head = _HEAD.format(file=source.name, dataset=json.dumps(_name_dataset(source), ensure_ascii=False))
    shown = _COLUMNS.format(fields=fields) + ("tables:\n" if len(tables) > 1 else "") + "\n".join(lines) + "\n" if tables else ""
    return head + shown + _propose_types(words, guide) + _TAIL


def _name_dataset(source: Path) -> str:
    return urls.slug(source.stem) or "import"


def _list_columns(table: Table, columns: Mapping[str, str]) -> Iterator[str]:
    for heading, field_name in columns.items():
        cells = _get_column(table, heading)
        example = " ".join(cells[0].split())[:50] if cells else "empty"
        yield f"{json.dumps(heading, ensure_ascii=False)}: {field_name:<12} # such as: {example}"


def _get_column(table: Table, heading: str) -> tuple[str, ...]:
    return table.column(table.heading.index(heading))


def _propose_types(cells: Iterable[str], guide: Guide) -> str:
    """Return the words for kinds of help, each with the id that it most likely means; empty if there are none."""
    words = list(dict.fromkeys(word for cell in cells for word in split_types(cell, guide)))
    if not words:
        return ""
    ids = ", ".join(kind.id for kind in guide.service_types)
    lines = "".join(
        f"  {json.dumps(word, ensure_ascii=False)}: {find_type(word, guide) or _UNKNOWN}\n" for word in words[:_MAX_TYPES]
    )
    return _TYPES.format(ids=ids) + lines


def split_types(cell: str, guide: Guide) -> list[str]:
    """Return the kinds of help in a cell. A name with a comma, such as "Money, benefits and taxes", stays whole."""
    whole = " ".join(cell.split())
    if find_type(whole, guide, is_exact=True):
        return [whole]
    return [" ".join(part.split()) for part in re.split(r"\s*[;,/|\n]\s*", cell) if part.strip()]


def find_type(word: str, guide: Guide, is_exact: bool = False) -> str:
    """Return the id of the service type that a word names, in any language of the guide; empty if none is near."""
    titles, names = _index_types(guide)
    folded = fold(word)
    if folded in titles or folded in names or is_exact:
        return titles.get(folded) or names.get(folded, "")
    close = difflib.get_close_matches(folded, titles, n=1, cutoff=_SIMILARITY)
    return titles[close[0]] if close else ""


@memoize_last
def _index_types(guide: Guide) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the ids of the service types by their names, and by the other words that mean them in any language of the guide."""
    titles: dict[str, str] = {}
    names: dict[str, str] = {}
    for kind in guide.service_types:
        titles |= {kind.id: kind.id} | {fold(version.text): kind.id for version in kind.name.translations.values()}
        names |= {fold(synonym): kind.id for words in kind.synonyms.values() for synonym in words}
        for tag in guide.settings.languages:
            names |= {fold(name): kind.id for name in load_built_in_names(tag).get(f"type:{kind.id}", ())}
    return titles, names


# --- reading ----------------------------------------------------------------------------------------


def read_mapping(file: Path, tables: Mapping[str, Table], guide: Guide) -> ColumnMapping:
    """Return the mapping in a file. Raises ``ContentError`` with the line of each mistake."""
    path = PurePosixPath(file.as_posix())
    try:
        node, problems = compose(file.read_text(encoding="utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise GuidegenError(f"{file} is not a text in UTF-8") from error
    reader = _MappingReader(path, guide, problems)
    top = node if isinstance(node, MappingNode) else MappingNode((), 1, 1)
    mappings = {name: reader.read_table(top, name, table, len(tables) > 1) for name, table in tables.items()}
    types = dict(reader.read_types(top))
    kind = _get_text(top.get("type"))
    if kind and kind not in [service_type.id for service_type in guide.service_types]:
        reader.report(top.get("type"), f"'{kind}' is not a kind of help of this guide", suggest(kind, _list_ids(guide)))
    dataset = _get_text(top.get("dataset")) or _name_dataset(file.with_name(file.name.removesuffix(".mapping.yml")))
    if problems:
        raise ContentError(problems)
    return ColumnMapping(dataset, _get_text(top.get("licence")), mappings, types, kind)


def _list_ids(guide: Guide) -> list[str]:
    return [kind.id for kind in guide.service_types]


def _get_text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, ScalarNode) else ""


class _MappingReader:
    """Reads a mapping file and collects the mistakes in it."""

    def __init__(self, path: PurePosixPath, guide: Guide, problems: list[Problem]) -> None:
        self.path = path
        self.guide = guide
        self.problems = problems

    def report(self, node: Node | None, message: str, hint: str) -> None:
        """Add a mistake at a node."""
        line, column = (node.line, node.column) if node else (1, 1)
        self.problems.append(Problem(self.path, line, column, message, hint, "sheet"))

    def read_table(self, top: MappingNode, name: str, table: Table, is_one_of_many: bool) -> TableMapping:
        """Return the mapping of a table: of the file, or of its entry under ``tables``."""
        tables = top.get("tables")
        own = tables.get(name) if isinstance(tables, MappingNode) else None
        holder: Node | None = own if is_one_of_many else top
        columns = holder.get("columns") if isinstance(holder, MappingNode) else None
        if not isinstance(columns, MappingNode):
            if not self.problems:
                of_table = f" of {name}" if is_one_of_many else ""
                self.report(None, f"there is no list of columns{of_table}", "Delete the file, and run the command again.")
            return TableMapping(LIST, {})
        kind = (_get_text(holder.get("records")) if isinstance(holder, MappingNode) else "") or LIST
        if kind not in _RECORDS:
            self.report(columns, f"'{kind}' is not what rows can be", f"Write one of:  {', '.join(_RECORDS)}")
        fields = dict(self._read_columns(columns, table))
        if not self.problems and "name" not in fields.values():
            self.report(None, "no column is the name", "Write  name  beside the column with the names.")
        return TableMapping(kind, fields)

    def _read_columns(self, columns: MappingNode, table: Table) -> Iterator[tuple[str, str]]:
        for key, value in columns.pairs:
            field_name = _get_text(value)
            if field_name not in FIELDS:
                close = find_nearest_word(field_name, FIELDS)
                hint = f"Did you mean:  {close}" if close else f"Write one of:  {', '.join(FIELDS)}"
                self.report(value, f"'{field_name}' is not a field", hint)
            if key.text not in table.heading:
                hint = f"Its columns:  {', '.join(filter(None, table.heading))}"
                self.report(key, f"the table has no column '{key.text}'", hint)
            yield key.text, field_name

    def read_types(self, top: MappingNode) -> Iterator[tuple[str, str]]:
        """Yield each word with the id it means; empty for ``unknown``."""
        ids = _list_ids(self.guide)
        words = top.get("types")
        for key, value in words.pairs if isinstance(words, MappingNode) else ():
            type_id = _get_text(value)
            if type_id not in (*ids, _UNKNOWN):
                self.report(value, f"'{type_id}' is not a kind of help of this guide", suggest(type_id, ids))
            yield fold(key.text), "" if type_id == _UNKNOWN else type_id
