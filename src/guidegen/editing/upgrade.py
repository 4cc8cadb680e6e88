"""Rewrite older keys in content files; every other byte stays as it is."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.table import PARTNER
from guidegen.content.source_files import list_content_files
from guidegen.content.text_file import read_text
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.files.atomic_files import write_file_durably

_BOM = "\ufeff"


class Replacement(NamedTuple):
    """A replacement of text in a file; line and column count from 1."""

    line: int
    column: int
    old: str
    new: str


def upgrade(root: Path) -> dict[PurePosixPath, int]:
    """Rewrite the partner files of a guide that use older keys, and return the number of changes by file.

    Skip files that cannot be parsed, translations, and files that would no longer parse after the change.
    """
    counts: dict[PurePosixPath, int] = {}
    for file in list_content_files(root, "content/partners", ".yml")[0]:
        text, problems = read_text(file.file, file.path)
        node, syntax_problems = compose(text, file.path)
        if file.language or problems or syntax_problems or not isinstance(node, MappingNode):
            continue
        replacements = sorted(set(_find_replacements(node, PARTNER)), reverse=True)
        updated = original = file.file.read_bytes().decode().removeprefix(_BOM)
        for replacement in replacements:
            updated = _apply(updated, replacement)
        updated_node, syntax_problems = compose(updated, file.path)
        if updated != original and updated_node is not None and not syntax_problems:
            mark = _BOM if file.file.read_bytes().startswith(_BOM.encode()) else ""
            write_file_durably(file.file, (mark + updated).encode())
            counts[file.path] = len(replacements)
    return counts


def _find_replacements(node: Node, reader: object) -> Iterator[Replacement]:
    if isinstance(reader, OneOf):
        reader = reader.find_record(node) or reader.merged_record
    if isinstance(reader, Many):
        for item in node.items if isinstance(node, ListNode) else (node,):
            yield from _find_replacements(item, reader.reader)
    elif isinstance(reader, Record) and isinstance(node, MappingNode):
        yield from _replace_midnight(node)
        for key, value in node.pairs:
            field: Field | None = reader.fields_by_name.get(key.text)
            if field is None:
                continue
            if field.replaced_by and node.get(field.replaced_by) is None:
                yield Replacement(key.line, key.column, key.text, field.replaced_by)
            yield from _find_replacements(value, field.reader)


def _replace_midnight(node: MappingNode) -> Iterator[Replacement]:
    """Yield a replacement of 23:59 by 24:00 for hours that cover a whole day: the last minute was missing."""
    opens, closes = node.get("open"), node.get("close")
    if (
        isinstance(opens, ScalarNode)
        and isinstance(closes, ScalarNode)
        and re.fullmatch("0?0:00", opens.text)
        and closes.text == "23:59"
    ):
        yield Replacement(closes.line, closes.column, "23:59", "24:00")


def _apply(text: str, replacement: Replacement) -> str:
    """Return the text with the replacement made, or unchanged if the old text is not at its position. A quote may precede it."""
    lines = text.split("\n")
    line, start = lines[replacement.line - 1], replacement.column - 1
    start += line[start : start + 1] in ("'", '"')
    if line[start : start + len(replacement.old)] == replacement.old:
        lines[replacement.line - 1] = line[:start] + replacement.new + line[start + len(replacement.old) :]
    return "\n".join(lines)
