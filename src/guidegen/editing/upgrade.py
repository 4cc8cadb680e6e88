"""Rewrite content files that use older keys. Everything else stays byte for byte."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from guidegen.content.fields.compound import Field, Many, OneOf, Record
from guidegen.content.fields.table import PARTNER
from guidegen.content.source_files import content_files
from guidegen.content.text_file import read_text
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.files.atomic_files import write_file_durably

_BOM = "\ufeff"


class Replacement(NamedTuple):
    """What takes the place of a text of a file; line and column count from 1."""

    line: int
    column: int
    old: str
    new: str


def upgrade(root: Path) -> dict[PurePosixPath, int]:
    """Rewrite the partner files of a guide that have older keys; return the number of changes by file.

    A file that cannot be read, or in which a change would not be exactly what is meant, is left as it is.
    """
    changed: dict[PurePosixPath, int] = {}
    for file in content_files(root, "partners", ".yml")[0]:
        text, problems = read_text(file.file, file.path)
        node, faults = compose(text, file.path)
        if file.language or problems or faults or not isinstance(node, MappingNode):
            continue
        changes = sorted(set(_changes(node, PARTNER)), reverse=True)
        made = before = file.file.read_bytes().decode().removeprefix(_BOM)
        for change in changes:
            made = _with(made, change)
        again, faults = compose(made, file.path)
        if made != before and again is not None and not faults:
            mark = _BOM if file.file.read_bytes().startswith(_BOM.encode()) else ""
            write_file_durably(file.file, (mark + made).encode())
            changed[file.path] = len(changes)
    return changed


def _changes(node: Node, reader: object) -> Iterator[Replacement]:
    if isinstance(reader, OneOf):
        reader = reader.shape(node) or reader.merged
    if isinstance(reader, Many):
        for item in node.items if isinstance(node, ListNode) else (node,):
            yield from _changes(item, reader.reader)
    elif isinstance(reader, Record) and isinstance(node, MappingNode):
        yield from _midnight(node)
        for key, value in node.pairs:
            field: Field | None = reader.by_name.get(key.text)
            if field is None:
                continue
            if field.replaced_by and node.get(field.replaced_by) is None:
                yield Replacement(key.line, key.column, key.text, field.replaced_by)
            yield from _changes(value, field.reader)


def _midnight(node: MappingNode) -> Iterator[Replacement]:
    """Yield the end of a day that is written one minute early, so that the last minute was missing."""
    opens, closes = node.get("open"), node.get("close")
    if (
        isinstance(opens, ScalarNode)
        and isinstance(closes, ScalarNode)
        and re.fullmatch("0?0:00", opens.text)
        and closes.text == "23:59"
    ):
        yield Replacement(closes.line, closes.column, "23:59", "24:00")


def _with(text: str, change: Replacement) -> str:
    """Return the text with a change, where what is to be replaced is there: behind quotes or not."""
    lines = text.split("\n")
    line, start = lines[change.line - 1], change.column - 1
    start += line[start : start + 1] in ("'", '"')
    if line[start : start + len(change.old)] == change.old:
        lines[change.line - 1] = line[:start] + change.new + line[start + len(change.old) :]
    return "\n".join(lines)
