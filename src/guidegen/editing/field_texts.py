"""The texts of a content file by their paths: list them, and build a record from them.

A path names an entry of a list by its identity or, without one, by its index: ``("services", "pantry", "documents", "0")``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.record import Record
from guidegen.content.source_files import ContentFile
from guidegen.content.text_file import read_text
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose

PATH_SEPARATOR = " > "
"""The separator of a path in one text: ``services > evening-english > name``. It occurs in no key and no number."""
_EMPTY, _EMPTY_RECORD = ScalarNode("", 0, 0), MappingNode((), 0, 0)
"""Entries of a list without keys that are not translated."""
_MAX_DIGITS = 6
"""Indexes with this many digits are rejected: no list is so long, and ``int`` refuses thousands of digits."""

TextNodes = Sequence[tuple[tuple[str, ...], ScalarNode]]
"""Texts with their paths."""
Report = Callable[[ScalarNode, str, str], None]
"""A function that takes the node, message and hint of a mistake."""


def read_node(file: ContentFile) -> MappingNode:
    """Return the content of a file, or an empty mapping if it cannot be parsed."""
    node, _ = compose(read_text(file.file, file.path)[0], file.path)
    return node if isinstance(node, MappingNode) else MappingNode((), 1, 1)


def list_texts_below(node: Node, reader: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every scalar below a node with its path, which starts with ``path``.

    The path names an entry of a list by its identity or, without one, by its index.
    """
    if isinstance(node, ScalarNode):
        if not node.is_empty:
            yield path, node.text
    elif isinstance(reader, OneOf):
        yield from list_texts_below(node, reader.merged_record, path)
    elif isinstance(node, MappingNode) and isinstance(reader, Record):
        for key, value in node.pairs:
            field = reader.fields_by_name.get(key.text)
            if field:
                yield from list_texts_below(value, field.reader, (*path, key.text))
    elif isinstance(reader, Many):
        yield from _list_texts_in_list(node, reader, path)


def _list_texts_in_list(node: Node, reader: Many[Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, MappingNode) and reader.may_be_one:
        yield from list_texts_below(node, reader.reader, path)
    elif isinstance(node, ListNode):
        for index, item in enumerate(node.items):
            name = reader.name_of(item)
            entry = item
            if name and isinstance(item, MappingNode):
                pairs = tuple(pair for pair in item.pairs if pair[0].text != reader.identity)
                entry = MappingNode(pairs, item.line, item.column)
            yield from list_texts_below(entry, reader.reader, (*path, name or str(index)))


def build_record(nodes: TextNodes, record: Record[Any], report: Report) -> MappingNode:
    """Return a record built from texts and their paths. A path without a field is reported."""
    pairs = []
    for name, field_nodes in _group_by_first_key(nodes).items():
        field = record.fields_by_name.get(name)
        value = _build_value(field_nodes, field.reader, report) if field else None
        first_node = field_nodes[0][1]
        if value is None:
            message = f"there is no text '{name}' in {record.kind}"
            report(first_node, message, "Copy the value of the column 'field' from the exported sheet.")
        else:
            pairs.append((ScalarNode(name, first_node.line, 1), value))
    return MappingNode(tuple(pairs), nodes[0][1].line if nodes else 1, 1)


def _group_by_first_key(nodes: TextNodes) -> dict[str, list[tuple[tuple[str, ...], ScalarNode]]]:
    groups: dict[str, list[tuple[tuple[str, ...], ScalarNode]]] = {}
    for (first, *rest), node in nodes:
        groups.setdefault(first, []).append((tuple(rest), node))
    return groups


def _build_value(nodes: TextNodes, reader: object, report: Report) -> Node | None:
    """Return the value of a field built from nodes and their paths, or None if a path does not fit the field."""
    is_end = [not path for path, _ in nodes]
    if isinstance(reader, OneOf):
        reader = reader.merged_record
    if isinstance(reader, Record | Many) and any(is_end):
        return None
    if isinstance(reader, Record):
        return build_record(nodes, reader, report)
    if isinstance(reader, Many) and reader.may_be_one and not all(path[0].isdecimal() for path, _ in nodes):
        return _build_value(nodes, reader.reader, report)
    if not isinstance(reader, Many):
        return nodes[-1][1] if all(is_end) else None
    groups = _group_by_first_key(nodes)
    items = _build_identified_items(groups, reader, report) if reader.identity else _build_indexed_items(groups, reader, report)
    return None if items is None else ListNode(tuple(items), nodes[0][1].line, 1)


def _build_identified_items(groups: Mapping[str, TextNodes], many: Many[Any], report: Report) -> list[Node] | None:
    items: list[Node] = []
    for name, nodes in groups.items():
        value = _build_value(nodes, many.reader, report)
        if not isinstance(value, MappingNode):
            return None
        key = ScalarNode(name, value.line, 1, plain=False)
        items.append(MappingNode(((ScalarNode(many.identity, value.line, 1), key), *value.pairs), value.line, 1))
    return items


def _build_indexed_items(groups: Mapping[str, TextNodes], many: Many[Any], report: Report) -> list[Node] | None:
    if not all(name.isdecimal() and len(name) < _MAX_DIGITS and int(name) < many.limit for name in groups):
        return None
    empty = _EMPTY_RECORD if isinstance(many.reader, Record | OneOf) else _EMPTY
    items: list[Node] = [empty] * (max(map(int, groups)) + 1)
    for name, nodes in groups.items():
        value = _build_value(nodes, many.reader, report)
        if value is None:
            return None
        items[int(name)] = value
    return items


def sort_keys(node: MappingNode, record: Record[Any]) -> MappingNode:
    """Return the mapping with its keys in the order of the field table, at every level; unknown keys come last."""
    fields = {field.name: (index, field.reader) for index, field in enumerate(record.fields)}
    unknown = (len(fields), None)
    pairs = sorted(node.pairs, key=lambda pair: fields.get(pair[0].text, unknown)[0])
    return MappingNode(tuple((key, _order_node(value, fields.get(key.text, unknown)[1])) for key, value in pairs), node.line, 1)


def _order_node(node: Node, reader: object) -> Node:
    if isinstance(reader, OneOf):
        reader = reader.find_record(node) or reader.merged_record
    if isinstance(node, MappingNode) and isinstance(reader, Record):
        return sort_keys(node, reader)
    if isinstance(node, ListNode) and isinstance(reader, Many):
        return ListNode(tuple(_order_node(item, reader.reader) for item in node.items), node.line, 1)
    return node
