"""Export partner profiles and translations as CSV sheets, private fields included."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from guidegen.content.fields.table import PARTNER, TRANSLATION
from guidegen.content.source_files import ContentFile, list_content_files
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.editing.field_texts import PATH_SEPARATOR, list_texts_below, read_node
from guidegen.editing.spreadsheets.layout import (
    PARTNER_COLUMN,
    TEXT_COLUMNS,
    TEXTS,
    TRANSLATIONS,
    Column,
    Sheet,
    list_sheets,
)
from guidegen.files import csv_files

Row = Sequence[str]


def export_tables(root: Path) -> Mapping[str, bytes]:
    """Return the CSV files by name. The content must have no errors."""
    files = list_content_files(root, "content/partners", ".yml")[0]
    partners = {file.slug: read_node(file) for file in files if not file.language}
    translations = [(file, read_node(file)) for file in files if file.language and file.slug in partners]
    tables = {f"{sheet.name}.csv": csv_files.write_csv([sheet.headings, *_list_rows(sheet, partners)]) for sheet in list_sheets()}
    tables[f"{TRANSLATIONS}.csv"] = csv_files.write_csv(_list_translations(translations))
    tables[f"{TEXTS}.csv"] = csv_files.write_csv([TEXT_COLUMNS, *_list_texts(translations, partners)])
    return tables


def _list_rows(sheet: Sheet, partners: Mapping[str, MappingNode]) -> Iterator[Row]:
    for slug, node in partners.items():
        for keys, entry in _list_entries(sheet, slug, node):
            yield *keys, *(_format_cell(column, entry) for column in sheet.columns)


def _list_entries(sheet: Sheet, slug: str, node: MappingNode) -> Iterator[tuple[tuple[str, ...], MappingNode]]:
    """Yield the entries of a partner in a sheet, each with the partner's slug and, in a nested list, the parent entry's key."""
    if sheet.name == "partners":
        yield (slug,), node
        return
    holders: list[tuple[tuple[str, ...], MappingNode]] = [((slug,), node)]
    if sheet.parent_key:
        holders = [((slug, get_key(parent)), parent) for parent in list_records(node.get(sheet.parent_key))]
    for keys, holder in holders:
        yield from ((keys, entry) for entry in list_records(holder.get(sheet.key)))


def list_records(node: Node | None) -> tuple[MappingNode, ...]:
    """Return the records of a list, or a single record that is written without a list."""
    if isinstance(node, MappingNode):
        return (node,)
    return tuple(item for item in node.items if isinstance(item, MappingNode)) if isinstance(node, ListNode) else ()


def get_key(entry: MappingNode) -> str:
    """Return the value of an entry's ``key``, or an empty string."""
    key = entry.get("key")
    return key.text if isinstance(key, ScalarNode) else ""


def _format_cell(column: Column, entry: MappingNode) -> str:
    node = get_value(entry, column.keys)
    if isinstance(node, ListNode):
        return column.join([get_text(item) for item in node.items])
    return get_text(node)


def get_value(entry: MappingNode, keys: Sequence[str]) -> Node | None:
    """Return the value at a path of keys, or None."""
    node: Node | None = entry
    for key in keys:
        node = node.get(key) if isinstance(node, MappingNode) else None
    return node


def get_text(node: Node | None) -> str:
    """Return the text of a scalar, or an empty string for any other node."""
    return node.text if isinstance(node, ScalarNode) and not node.is_empty else ""


# --- translations --------------------------------------------------------------------------------


def _list_translations(translations: Sequence[tuple[ContentFile, MappingNode]]) -> Iterator[Row]:
    names = [field.name for field in TRANSLATION.fields]
    yield PARTNER_COLUMN, "language", *names
    for file, node in translations:
        block = node.get("translation")
        yield file.slug, file.language, *(get_text(block.get(name)) if isinstance(block, MappingNode) else "" for name in names)


def _list_texts(translations: Sequence[tuple[ContentFile, MappingNode]], partners: Mapping[str, MappingNode]) -> Iterator[Row]:
    sources = {slug: dict(list_texts_below(node, PARTNER, ())) for slug, node in partners.items()}
    for file, node in translations:
        block = node.get("translated_from")
        hashes = {key.text: get_text(value) for key, value in block.pairs} if isinstance(block, MappingNode) else {}
        for path, text in list_texts_below(node, PARTNER, ()):
            source = sources[file.slug].get(path, "")
            yield file.slug, file.language, PATH_SEPARATOR.join(path), source, text, hashes.pop(".".join(path), "")
        for dotted_path, source_hash in hashes.items():  # their texts are no longer translated
            yield file.slug, file.language, dotted_path, "", "", source_hash
