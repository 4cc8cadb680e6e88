"""Profiles as rows. They hold everything that the files hold, what only staff may see as well."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from guidegen.content.fields.compound import Many, OneOf, Record
from guidegen.content.fields.table import PARTNER, TRANSLATION
from guidegen.content.source_files import ContentFile, content_files
from guidegen.content.text_file import read_text
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.editing import csv_files
from guidegen.editing.spreadsheets.layout import BETWEEN, PARTNER_COLUMN, TEXT_COLUMNS, TEXTS, TRANSLATIONS, Column, Sheet, sheets

Row = Sequence[str]


def export_tables(root: Path) -> Mapping[str, bytes]:
    """CSV files by name. The content must be without errors."""
    files = content_files(root, "partners", ".yml")[0]
    sources = {file.slug: node_of(file) for file in files if not file.language}
    translated = [(file, node_of(file)) for file in files if file.language and file.slug in sources]
    made = {f"{sheet.name}.csv": csv_files.write_csv([sheet.heading, *_rows(sheet, sources)]) for sheet in sheets()}
    made[f"{TRANSLATIONS}.csv"] = csv_files.write_csv(_translations(translated))
    made[f"{TEXTS}.csv"] = csv_files.write_csv([TEXT_COLUMNS, *_texts(translated, sources)])
    return made


def node_of(file: ContentFile) -> MappingNode:
    """What a file says; nothing where it cannot be read."""
    node, _ = compose(read_text(file.file, file.path)[0], file.path)
    return node if isinstance(node, MappingNode) else MappingNode((), 1, 1)


def _rows(sheet: Sheet, sources: Mapping[str, MappingNode]) -> Iterator[Row]:
    for slug, node in sources.items():
        for ways, entry in _entries(sheet, slug, node):
            yield *ways, *(_cell(column, entry) for column in sheet.columns)


def _entries(sheet: Sheet, slug: str, node: MappingNode) -> Iterator[tuple[tuple[str, ...], MappingNode]]:
    """The entries of a sheet, each with what it belongs to."""
    if sheet.name == "partners":
        yield (slug,), node
        return
    holders: list[tuple[tuple[str, ...], MappingNode]] = [((slug,), node)]
    if sheet.above:
        holders = [((slug, key_of(one)), one) for one in records(node.get(sheet.above))]
    for ways, holder in holders:
        yield from ((ways, entry) for entry in records(holder.get(sheet.key)))


def records(node: Node | None) -> tuple[MappingNode, ...]:
    """Return the records of a list, or the one that stands without a list."""
    if isinstance(node, MappingNode):
        return (node,)
    return tuple(one for one in node.items if isinstance(one, MappingNode)) if isinstance(node, ListNode) else ()


def key_of(entry: MappingNode) -> str:
    """What an entry's key says."""
    key = entry.get("key")
    return key.text if isinstance(key, ScalarNode) else ""


def _cell(column: Column, entry: MappingNode) -> str:
    node = value_at(entry, column.keys)
    if isinstance(node, ListNode):
        return column.joined([text_of(one) for one in node.items])
    return text_of(node)


def value_at(entry: MappingNode, keys: Sequence[str]) -> Node | None:
    """What stands at the end of a way of keys."""
    node: Node | None = entry
    for key in keys:
        node = node.get(key) if isinstance(node, MappingNode) else None
    return node


def text_of(node: Node | None) -> str:
    """A single value; empty where there is none."""
    return node.text if isinstance(node, ScalarNode) and not node.is_empty else ""


# --- translations --------------------------------------------------------------------------------


def _translations(translated: Sequence[tuple[ContentFile, MappingNode]]) -> Iterator[Row]:
    names = [field.name for field in TRANSLATION.fields]
    yield PARTNER_COLUMN, "language", *names
    for file, node in translated:
        block = node.get("translation")
        yield file.slug, file.language, *(text_of(block.get(name)) if isinstance(block, MappingNode) else "" for name in names)


def _texts(translated: Sequence[tuple[ContentFile, MappingNode]], sources: Mapping[str, MappingNode]) -> Iterator[Row]:
    known = {slug: dict(texts_in(node, PARTNER, ())) for slug, node in sources.items()}
    for file, node in translated:
        block = node.get("translated_from")
        recorded = {key.text: text_of(value) for key, value in block.pairs} if isinstance(block, MappingNode) else {}
        for way, text in texts_in(node, PARTNER, ()):
            source = known[file.slug].get(way, "")
            yield file.slug, file.language, BETWEEN.join(way), source, text, recorded.pop(".".join(way), "")
        for at, value in recorded.items():  # of texts that are not translated any more
            yield file.slug, file.language, at, "", "", value


def texts_in(node: Node, reader: object, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every single value below a node by the way to it; entries of lists go by their identity, or by number."""
    if isinstance(node, ScalarNode):
        if not node.is_empty:
            yield way, node.text
    elif isinstance(reader, OneOf):
        yield from texts_in(node, reader.merged, way)
    elif isinstance(node, MappingNode) and isinstance(reader, Record):
        for key, value in node.pairs:
            field = reader.by_name.get(key.text)
            if field:
                yield from texts_in(value, field.reader, (*way, key.text))
    elif isinstance(reader, Many):
        yield from _texts_of_list(node, reader, way)


def _texts_of_list(node: Node, reader: Many[Any], way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, MappingNode) and reader.may_be_one:
        yield from texts_in(node, reader.reader, way)
    elif isinstance(node, ListNode):
        for number, item in enumerate(node.items):
            name = reader.name_of(item)
            rest = item
            if name and isinstance(item, MappingNode):
                rest = MappingNode(tuple(pair for pair in item.pairs if pair[0].text != reader.identity), item.line, item.column)
            yield from texts_in(rest, reader.reader, (*way, name or str(number)))
