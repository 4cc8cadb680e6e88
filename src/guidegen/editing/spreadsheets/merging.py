"""Rows as what the files would say: values that a row gives take the place of those that are there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guidegen.content.fields.compound import Many, OneOf, Record
from guidegen.content.fields.table import PARTNER, TRANSLATION
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.editing.csv_files import is_same_value
from guidegen.editing.spreadsheets.exporting import key_of, records, text_of, value_at
from guidegen.editing.spreadsheets.layout import BETWEEN, Column, Sheet
from guidegen.editing.spreadsheets.reading import SheetRow, Workbook
from guidegen.model import urls

NOTHING = ScalarNode("", 0, 0)
_DIGITS = 6
"""A number with so many is larger than any list is long; Python refuses to read one with thousands."""


def with_row(entry: MappingNode, columns: Iterable[Column], row: SheetRow, headings: Sequence[str]) -> MappingNode:
    """A record with the values of a row; an empty cell takes its value away, a column that is not there changes nothing.

    A value that a spreadsheet program only wrote in another way (``2101`` for ``02101``) stays as it is.
    """
    for column in columns:
        if column.name in headings:
            cell = row.cells.get(column.name)
            here = value_at(entry, column.keys)
            value = _value(column, cell) if cell else None
            if value is None or here is None or not _is_same_value(here, value):
                entry = _with(entry, column.keys, value)
    return MappingNode(entry.pairs, row.place.line, 1)


def _is_same_value(here: Node, given: Node) -> bool:
    if isinstance(here, ScalarNode) and isinstance(given, ListNode):  # a list of one may be written without the list
        return len(given.items) == 1 and _is_same_value(here, given.items[0])
    if isinstance(here, ListNode) and isinstance(given, ListNode):
        return len(here.items) == len(given.items) and all(map(_is_same_value, here.items, given.items))
    return isinstance(here, ScalarNode) and isinstance(given, ScalarNode) and is_same_value(here.text.strip(), given.text)


def _value(column: Column, cell: ScalarNode) -> Node:
    if not column.is_list:
        return cell
    parts = [ScalarNode(part, cell.line, 1, plain=not part) for part in column.parted(cell.text)]
    return ListNode(tuple(parts), cell.line, 1)


def _with(entry: MappingNode, keys: Sequence[str], value: Node | None) -> MappingNode:
    """The record with another value at the end of a way of keys; records that become empty are left out."""
    first, *rest = keys
    if rest:
        inner = entry.get(first)
        made = _with(inner if isinstance(inner, MappingNode) else MappingNode((), entry.line, 1), rest, value)
        value = MappingNode(made.pairs, value.line if value and not inner else made.line, 1) if made.pairs else None
    here = next((pair for pair in entry.pairs if pair[0].text == first), None)
    if value is None:
        return MappingNode(tuple(pair for pair in entry.pairs if pair is not here), entry.line, entry.column)
    if here is None:
        return MappingNode((*entry.pairs, (ScalarNode(first, value.line, 1), value)), entry.line, entry.column)
    pairs = tuple((pair[0], value) if pair is here else pair for pair in entry.pairs)
    return MappingNode(pairs, entry.line, entry.column)


def with_list(holder: MappingNode, sheet: Sheet, rows: Sequence[SheetRow], book: Workbook) -> MappingNode:
    """A record with the rows of a sheet as one of its lists, in their order.

    A row goes with the entry that it names or, where as many are left, with the one in its place: what stands in columns that the
    sheet does not have stays. Where it cannot be known which entry that is, it is reported.
    """
    headings = book.headings[sheet.name]
    left = list(records(holder.get(sheet.key)))
    told = [name for name in sheet.identity if name in headings]
    found: dict[int, MappingNode] = {}
    for number, row in enumerate(rows):
        entry = next((one for one in left if told and _is_named(one, row, told)), None)
        if entry is not None:
            found[number] = entry
            left.remove(entry)
    open_rows = [number for number in range(len(rows)) if number not in found]
    if len(open_rows) == len(left):
        found |= dict(zip(open_rows, left, strict=True))
    elif open_rows and left and (lost := _only_in(left, sheet, headings)):
        hint = f"Export the sheet again, or add the columns:  {', '.join(lost)}"
        book.report(rows[open_rows[0]].place, f"it cannot be seen to which entry of '{sheet.name}' this row belongs", hint)
    blank = MappingNode((), 1, 1)
    made = [with_row(found.get(number, blank), sheet.columns, row, headings) for number, row in enumerate(rows)]
    was_list = isinstance(holder.get(sheet.key), ListNode)
    value: Node = (
        made[0]
        if sheet.may_be_one and len(made) == 1 and not was_list
        else ListNode(tuple(made), rows[0].place.line if rows else 1, 1)
    )
    return _with(holder, (sheet.key,), value if made else None)


def _is_named(entry: MappingNode, row: SheetRow, told: Sequence[str]) -> bool:
    return all(is_same_value(text_of(entry.get(name)).strip(), row.text(name)) for name in told)


def _only_in(entries: Sequence[MappingNode], sheet: Sheet, headings: Sequence[str]) -> list[str]:
    """The columns in which entries have values and the sheet has none."""
    missing = [column for column in sheet.columns if column.name not in headings]
    return [column.name for column in missing if any(value_at(one, column.keys) is not None for one in entries)]


def with_first(partner: MappingNode, sheet: Sheet, row: SheetRow, book: Workbook) -> MappingNode:
    """A partner with the one entry of a list that its own row gives, in place of the one that it has."""
    own = {name.removeprefix(f"{sheet.name}."): cell for name, cell in row.cells.items() if name.startswith(f"{sheet.name}.")}
    if not own or sheet.above:
        return partner
    entries = list(records(partner.get(sheet.key)))
    if "key" in sheet.identity and "key" not in own and not entries:
        own["key"] = ScalarNode(_key_for(own), row.place.line, 1, plain=False)
    given = SheetRow(own, row.place)
    told = [name for name in sheet.identity if name in own]
    number = next((n for n, one in enumerate(entries) if told and _is_named(one, given, told)), None)
    number = 0 if number is None and len(entries) == 1 else number
    if number is None and entries:
        hint = f"Change it in a sheet '{sheet.name}', which has a row for each:  guidegen export csv"
        book.report(next(iter(own.values())), f"the partner has {len(entries)} entries in '{sheet.name}'", hint)
    elif number is None:
        entries.append(with_row(MappingNode((), row.place.line, 1), sheet.columns, given, tuple(own)))
    else:
        entries[number] = with_row(entries[number], sheet.columns, given, tuple(own))
    return _with(partner, (sheet.key,), ListNode(tuple(entries), row.place.line, 1))


def _key_for(cells: Mapping[str, ScalarNode]) -> str:
    """A key for an entry that was given without one."""
    return urls.slug(cells["name"].text) if "name" in cells else "main"


def with_lists_below(partner: MappingNode, sheet: Sheet, rows: Sequence[SheetRow], is_all: bool, book: Workbook) -> MappingNode:
    """A partner with the rows of a sheet as lists of the entries that they name; if they are all, others lose theirs."""
    by_key: dict[str, list[SheetRow]] = {}
    for row in rows:
        by_key.setdefault(row.text(sheet.columns_by_heading[1]), []).append(row)
    holders = records(partner.get(sheet.above))
    for key, lost in by_key.items():
        if key not in map(key_of, holders):
            keys = ", ".join(map(key_of, holders)) or "none"
            message = f"the partner has no entry '{key}' in '{sheet.above}'"
            book.report(lost[0].cells.get(sheet.columns_by_heading[1], lost[0].place), message, f"Its entries are:  {keys}")
    touched = [is_all or key_of(one) in by_key for one in holders]
    rows_of = [by_key.get(key_of(one), ()) for one in holders]
    made = tuple(
        with_list(one, sheet, own, book) if is_touched else one
        for one, own, is_touched in zip(holders, rows_of, touched, strict=True)
    )
    above = partner.get(sheet.above)
    return _with(partner, (sheet.above,), ListNode(made, above.line, 1)) if above and made else partner


def ordered(node: MappingNode, record: Record[Any]) -> MappingNode:
    """The same with its keys in the order of the field table; those that it has no field for come last."""
    fields = {field.name: (number, field.reader) for number, field in enumerate(record.fields)}
    last = (len(fields), None)
    pairs = sorted(node.pairs, key=lambda pair: fields.get(pair[0].text, last)[0])
    return MappingNode(tuple((key, _in_order(value, fields.get(key.text, last)[1])) for key, value in pairs), node.line, 1)


def _in_order(node: Node, reader: object) -> Node:
    if isinstance(reader, OneOf):
        reader = reader.shape(node) or reader.merged
    if isinstance(node, MappingNode) and isinstance(reader, Record):
        return ordered(node, reader)
    if isinstance(node, ListNode) and isinstance(reader, Many):
        return ListNode(tuple(_in_order(item, reader.reader) for item in node.items), node.line, 1)
    return node


# --- translations --------------------------------------------------------------------------------


def translation(before: MappingNode, block: SheetRow | None, texts: Sequence[SheetRow] | None, book: Workbook) -> MappingNode:
    """What a translation file would say; parts for which no sheet was given stay as they are."""
    made = before
    if texts is not None:
        own = ("translation", "translated_from")
        kept = tuple(pair for pair in before.pairs if pair[0].text in own[:1])
        ways = [(tuple(row.text("field").split(BETWEEN)), row.cells["text"]) for row in texts if "text" in row.cells]
        made = MappingNode((*nested(ways, PARTNER, book).pairs, *kept), before.line, 1)
        known = before.get("translated_from")
        recorded = [(row.text("field").replace(BETWEEN, "."), row.cells.get("translated_from")) for row in texts]
        kept_as = {at: known.get(at) if isinstance(known, MappingNode) else None for at, _ in recorded}
        hashes = tuple(
            (ScalarNode(at, cell.line, 1, plain=False), here if (here := kept_as[at]) and _is_same_value(here, cell) else cell)
            for at, cell in recorded
            if cell
        )
        made = _with(made, own[1:], MappingNode(hashes, hashes[0][1].line, 1) if hashes else None)
    if block is not None:
        values = [(field.name, block.cells.get(field.name)) for field in TRANSLATION.fields]
        pairs = tuple((ScalarNode(name, cell.line, 1), cell) for name, cell in values if cell)
        made = _with(made, ("translation",), MappingNode(pairs, block.place.line, 1) if pairs else None)
    return made


def nested(ways: Sequence[tuple[tuple[str, ...], ScalarNode]], record: Record[Any], book: Workbook) -> MappingNode:
    """A record from single values and the ways to them."""
    grouped: dict[str, list[tuple[tuple[str, ...], ScalarNode]]] = {}
    for (first, *rest), cell in ways:
        grouped.setdefault(first, []).append((tuple(rest), cell))
    pairs = []
    for name, inner in grouped.items():
        field = record.by_name.get(name)
        value = _below(inner, field.reader, book) if field else None
        if value is None:
            book.report(
                inner[0][1], f"there is no text '{name}' in {record.kind}", "Copy the way from the sheet that was exported."
            )
        else:
            pairs.append((ScalarNode(name, inner[0][1].line, 1), value))
    return MappingNode(tuple(pairs), ways[0][1].line if ways else 1, 1)


def _below(ways: Sequence[tuple[tuple[str, ...], ScalarNode]], reader: object, book: Workbook) -> Node | None:
    """What a field holds; None where a way does not fit to it."""
    ends = [not way for way, _ in ways]
    if isinstance(reader, OneOf):
        reader = reader.merged
    if isinstance(reader, Record | Many) and any(ends):
        return None
    if isinstance(reader, Record):
        return nested(ways, reader, book)
    if isinstance(reader, Many) and reader.may_be_one and not all(way[0].isdecimal() for way, _ in ways):
        return _below(ways, reader.reader, book)
    if not isinstance(reader, Many):
        return ways[-1][1] if all(ends) else None
    by_name: dict[str, list[tuple[tuple[str, ...], ScalarNode]]] = {}
    for (first, *rest), cell in ways:
        by_name.setdefault(first, []).append((tuple(rest), cell))
    items = _named(by_name, reader, book) if reader.identity else _numbered(by_name, reader, book)
    return None if items is None else ListNode(tuple(items), ways[0][1].line, 1)


def _named(by_name: Mapping[str, Any], many: Many[Any], book: Workbook) -> list[Node] | None:
    made: list[Node] = []
    for name, inner in by_name.items():
        value = _below(inner, many.reader, book)
        if not isinstance(value, MappingNode):
            return None
        key = ScalarNode(name, value.line, 1, plain=False)
        made.append(MappingNode(((ScalarNode(many.identity, value.line, 1), key), *value.pairs), value.line, 1))
    return made


def _numbered(by_name: Mapping[str, Any], many: Many[Any], book: Workbook) -> list[Node] | None:
    if not all(name.isdecimal() and len(name) < _DIGITS and int(name) < many.limit for name in by_name):
        return None
    made: list[Node] = [NOTHING] * (max(map(int, by_name)) + 1)
    for name, inner in by_name.items():
        value = _below(inner, many.reader, book)
        if value is None:
            return None
        made[int(name)] = value
    return made
