"""Merge rows of sheets into the nodes of content files: the values of a row replace those of the file."""

from collections.abc import Iterable, Mapping, Sequence

from guidegen.content.fields.table import PARTNER, TRANSLATION
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.editing.field_texts import PATH_SEPARATOR, build_record
from guidegen.editing.spreadsheets.exporting import get_key, get_text, get_value, list_records
from guidegen.editing.spreadsheets.layout import Column, Sheet
from guidegen.editing.spreadsheets.reading import SheetRow, Workbook
from guidegen.files.csv_files import is_same_value
from guidegen.model import urls

_EMPTY = ScalarNode("", 0, 0)
_MAX_DIGITS = 6
"""Indexes with this many digits are rejected: no list is so long, and ``int`` refuses thousands of digits."""

_TextCells = Sequence[tuple[tuple[str, ...], ScalarNode]]
"""Translated texts: the path of each, and its cell."""


def merge_row(entry: MappingNode, columns: Iterable[Column], row: SheetRow, headings: Sequence[str]) -> MappingNode:
    """Return a record with the values of a row: an empty cell removes its value, a missing column changes nothing.

    A value that a spreadsheet program only reformatted (``2101`` for ``02101``) stays as it is.
    """
    for column in columns:
        if column.name in headings:
            cell = row.cells.get(column.name)
            current = get_value(entry, column.keys)
            value = _parse_cell(column, cell) if cell else None
            if value is None or current is None or not _is_same_value(current, value):
                entry = _replace_value(entry, column.keys, value)
    return MappingNode(entry.pairs, row.position.line, 1)


def _is_same_value(current: Node, given: Node) -> bool:
    if isinstance(current, ScalarNode) and isinstance(given, ListNode):  # a file may hold a single entry without a list
        return len(given.items) == 1 and _is_same_value(current, given.items[0])
    if isinstance(current, ListNode) and isinstance(given, ListNode):
        return len(current.items) == len(given.items) and all(map(_is_same_value, current.items, given.items))
    return isinstance(current, ScalarNode) and isinstance(given, ScalarNode) and is_same_value(current.text.strip(), given.text)


def _parse_cell(column: Column, cell: ScalarNode) -> Node:
    if not column.is_list:
        return cell
    items = [ScalarNode(part, cell.line, 1, plain=not part) for part in column.split(cell.text)]
    return ListNode(tuple(items), cell.line, 1)


def _replace_value(entry: MappingNode, keys: Sequence[str], value: Node | None) -> MappingNode:
    """Return the record with another value at a path of keys. None removes the value, and records that become empty."""
    first, *rest = keys
    if rest:
        inner = entry.get(first)
        record = _replace_value(inner if isinstance(inner, MappingNode) else MappingNode((), entry.line, 1), rest, value)
        line = value.line if value and not inner else record.line
        value = MappingNode(record.pairs, line, 1) if record.pairs else None
    current = next((pair for pair in entry.pairs if pair[0].text == first), None)
    if value is None:
        return MappingNode(tuple(pair for pair in entry.pairs if pair is not current), entry.line, entry.column)
    if current is None:
        return MappingNode((*entry.pairs, (ScalarNode(first, value.line, 1), value)), entry.line, entry.column)
    pairs = tuple((pair[0], value) if pair is current else pair for pair in entry.pairs)
    return MappingNode(pairs, entry.line, entry.column)


def merge_list(holder: MappingNode, sheet: Sheet, rows: Sequence[SheetRow], book: Workbook) -> MappingNode:
    """Return a record with the rows of a sheet as the entries of one of its lists, in their order.

    A row is merged into the entry with its identity; the rest are matched by position if as many rows as entries are left. So
    values without a column in the sheet are kept. If values would be lost because a row matches no entry, that is reported.
    """
    headings = book.headings[sheet.name]
    matches = _match_entries(list_records(holder.get(sheet.key)), sheet, rows, book)
    blank = MappingNode((), 1, 1)
    entries = [merge_row(matches.get(index, blank), sheet.columns, row, headings) for index, row in enumerate(rows)]
    had_list = isinstance(holder.get(sheet.key), ListNode)
    value: Node = (
        entries[0]
        if sheet.may_be_one and len(entries) == 1 and not had_list
        else ListNode(tuple(entries), rows[0].position.line if rows else 1, 1)
    )
    return _replace_value(holder, (sheet.key,), value if entries else None)


def _match_entries(
    entries: Sequence[MappingNode], sheet: Sheet, rows: Sequence[SheetRow], book: Workbook
) -> dict[int, MappingNode]:
    """Return the existing entry of each row by the row's index. Rows without one are new entries."""
    headings = book.headings[sheet.name]
    unmatched = list(entries)
    identity = [name for name in sheet.identity if name in headings]
    matches: dict[int, MappingNode] = {}
    for index, row in enumerate(rows):
        entry = next((entry for entry in unmatched if identity and _has_identity(entry, row, identity)), None)
        if entry is not None:
            matches[index] = entry
            unmatched.remove(entry)
    open_rows = [index for index in range(len(rows)) if index not in matches]
    if len(open_rows) == len(unmatched):
        matches |= dict(zip(open_rows, unmatched, strict=True))
    elif open_rows and unmatched and (columns := _list_missing_columns(unmatched, sheet, headings)):
        hint = f"Export the sheet again, or add the columns:  {', '.join(columns)}"
        message = f"it is not clear which entry of '{sheet.name}' this row is for"
        book.report(rows[open_rows[0]].position, message, hint)
    return matches


def _has_identity(entry: MappingNode, row: SheetRow, identity: Sequence[str]) -> bool:
    return all(is_same_value(get_text(entry.get(name)).strip(), row.text(name)) for name in identity)


def _list_missing_columns(entries: Sequence[MappingNode], sheet: Sheet, headings: Sequence[str]) -> list[str]:
    """Return the columns that the sheet lacks although entries have values for them."""
    missing = [column for column in sheet.columns if column.name not in headings]
    return [column.name for column in missing if any(get_value(entry, column.keys) is not None for entry in entries)]


def merge_single_entry(partner: MappingNode, sheet: Sheet, row: SheetRow, book: Workbook) -> MappingNode:
    """Return a partner with the one entry of a list that its own row gives, merged into its only or identical entry."""
    prefix = f"{sheet.name}."
    cells = {name.removeprefix(prefix): cell for name, cell in row.cells.items() if name.startswith(prefix)}
    if not cells or sheet.parent_key:
        return partner
    entries = list(list_records(partner.get(sheet.key)))
    if "key" in sheet.identity and "key" not in cells and not entries:
        cells["key"] = ScalarNode(_suggest_key(cells), row.position.line, 1, plain=False)
    entry_row = SheetRow(cells, row.position)
    identity = [name for name in sheet.identity if name in cells]
    matches = (index for index, entry in enumerate(entries) if identity and _has_identity(entry, entry_row, identity))
    index = next(matches, 0 if len(entries) == 1 else None)
    if index is None and entries:
        hint = f"Change it in the sheet '{sheet.name}', which has a row for each entry:  guidegen export csv"
        book.report(next(iter(cells.values())), f"the partner has {len(entries)} entries in '{sheet.name}'", hint)
    elif index is None:
        entries.append(merge_row(MappingNode((), row.position.line, 1), sheet.columns, entry_row, tuple(cells)))
    else:
        entries[index] = merge_row(entries[index], sheet.columns, entry_row, tuple(cells))
    return _replace_value(partner, (sheet.key,), ListNode(tuple(entries), row.position.line, 1))


def _suggest_key(cells: Mapping[str, ScalarNode]) -> str:
    return urls.slug(cells["name"].text) if "name" in cells else "main"


def merge_nested_lists(partner: MappingNode, sheet: Sheet, rows: Sequence[SheetRow], is_all: bool, book: Workbook) -> MappingNode:
    """Return a partner with the rows of a sheet as nested lists of the entries that the rows name.

    If the rows are all that the partner has (``is_all``), the lists of the other entries are removed.
    """
    parent_column = sheet.owner_columns[1]
    rows_by_key: dict[str, list[SheetRow]] = {}
    for row in rows:
        rows_by_key.setdefault(row.text(parent_column), []).append(row)
    parents = list_records(partner.get(sheet.parent_key))
    for key, key_rows in rows_by_key.items():
        if key not in map(get_key, parents):
            keys = ", ".join(map(get_key, parents)) or "none"
            message = f"the partner has no entry '{key}' in '{sheet.parent_key}'"
            book.report(key_rows[0].cells.get(parent_column, key_rows[0].position), message, f"Its entries are:  {keys}")
    entries = tuple(
        merge_list(parent, sheet, rows_by_key.get(get_key(parent), ()), book)
        if is_all or get_key(parent) in rows_by_key
        else parent
        for parent in parents
    )
    above = partner.get(sheet.parent_key)
    return _replace_value(partner, (sheet.parent_key,), ListNode(entries, above.line, 1)) if above and entries else partner


# --- translations --------------------------------------------------------------------------------


def merge_translation(
    before: MappingNode, block: SheetRow | None, texts: Sequence[SheetRow] | None, book: Workbook
) -> MappingNode:
    """Return a translation file with the rows merged in. Parts without a sheet (None) stay as they are.

    ``block`` is its row in the sheet of translations, ``texts`` are its rows in the sheet of texts.
    """
    node = before
    if texts is not None:
        node = _replace_texts(before, texts, book)
    if block is not None:
        values = [(field.name, block.cells.get(field.name)) for field in TRANSLATION.fields]
        pairs = tuple((ScalarNode(name, cell.line, 1), cell) for name, cell in values if cell)
        value = MappingNode(pairs, block.position.line, 1) if pairs else None
        node = _replace_value(node, ("translation",), value)
    return node


def _replace_texts(before: MappingNode, rows: Sequence[SheetRow], book: Workbook) -> MappingNode:
    """Return a translation file with other texts and hashes; only its block ``translation`` is kept."""
    kept = tuple(pair for pair in before.pairs if pair[0].text == "translation")
    texts = [(tuple(row.text("field").split(PATH_SEPARATOR)), row.cells["text"]) for row in rows if "text" in row.cells]
    node = MappingNode((*build_record(texts, PARTNER, book.report).pairs, *kept), before.line, 1)
    block = before.get("translated_from")
    pairs = []
    for row in rows:
        dotted_path, cell = row.text("field").replace(PATH_SEPARATOR, "."), row.cells.get("translated_from")
        current = block.get(dotted_path) if isinstance(block, MappingNode) else None
        if cell:
            value = current if current and _is_same_value(current, cell) else cell
            pairs.append((ScalarNode(dotted_path, cell.line, 1, plain=False), value))
    hashes = MappingNode(tuple(pairs), pairs[0][1].line, 1) if pairs else None
    return _replace_value(node, ("translated_from",), hashes)
