"""Add a language to ``content/services.yml``: the names, warnings and hotlines that guidegen knows in it.

Only the new lines are inserted; comments and everything else stay as they are.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from guidegen import resources
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.content.yaml.writer import apply_changes, is_equal
from guidegen.model.problems import GuidegenError

_TEXT_KEYS = ("name", "summary", "notice", "text", "words")
_LISTS = ("types", "urgent", "answers")
_IDENTITIES = ("id", "number")
_Value = str | tuple[str, ...]
"""A text, or the words of an answer."""


def add_texts(text: str, tag: str) -> tuple[str, int, int]:
    """Return a ``services.yml`` with a language added, the number of texts added, and that of texts left to translate.

    A text is added where the file still says what guidegen's own file says, in any language that both have.
    Raises ``GuidegenError`` for a file with mistakes.
    """
    node, problems = compose(text, PurePosixPath("services.yml"))
    if problems or not isinstance(node, MappingNode):
        raise GuidegenError("content/services.yml has mistakes; fix them first:  guidegen check")
    known, missing = _list_known_texts(), 0
    added: list[tuple[MappingNode, _Value]] = []
    for path, texts in _list_texts(node, ()):
        if texts.get(tag) is not None:
            continue
        translation: _Value = known.get(path, {}).get(tag, "") if _is_known(texts, known.get(path, {})) else ""
        if translation:
            added.append((texts, translation))
        else:
            missing += 1
    additions = {id(texts): translation for texts, translation in added}
    pairs = tuple((key, _add_below(value, additions, tag)) for key, value in node.pairs)
    target = MappingNode(pairs, node.line, node.column)
    inserted = _insert_lines(text, added, tag)
    composed, _ = compose(inserted, PurePosixPath("services.yml"))
    if not is_equal(composed, target):
        inserted = apply_changes(text, target)
    return inserted, len(added), missing


def _list_texts(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], MappingNode]]:
    """Yield the texts by language below a node, with their paths: ``("types", "food", "name")``."""
    if isinstance(node, ListNode):
        for item in node.items:
            identity = next(filter(None, (_get_text(item, key) for key in _IDENTITIES)), "")
            yield from _list_texts(item, (*path, identity))
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            if key.text in _TEXT_KEYS and isinstance(value, MappingNode) and path:
                yield (*path, key.text), value
            elif key.text in _LISTS:
                yield from _list_texts(value, (*path, key.text))


def _get_text(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, MappingNode) else None
    return value.text if isinstance(value, ScalarNode) else ""


def _is_known(texts: MappingNode, known: Mapping[str, _Value]) -> bool:
    return any(known.get(key.text) == _get_value(value) for key, value in texts.pairs)


def _get_value(node: Node) -> _Value:
    if isinstance(node, ListNode):
        return tuple(item.text for item in node.items if isinstance(item, ScalarNode))
    return node.text if isinstance(node, ScalarNode) else ""


@cache
def _list_known_texts() -> dict[tuple[str, ...], dict[str, _Value]]:
    """Return the texts of guidegen's own file by path and language, with those of all other languages that it knows."""
    folder = resources.find_built_in_folder()
    node, _ = compose((folder / "content" / "services.yml").read_text(encoding="utf-8"), PurePosixPath("services.yml"))
    known: dict[tuple[str, ...], dict[str, _Value]] = {}
    for path, texts in _list_texts(node, ()) if node else ():
        known[path] = {key.text: _get_value(value) for key, value in texts.pairs}
    names: dict[str, Any] = json.loads((folder / "starter" / "service_types.json").read_text(encoding="utf-8"))
    for tag, types in names.items():
        for type_id, values in types.items():
            for key, value in zip(_TEXT_KEYS, values, strict=False):
                known.setdefault(("types", type_id, key), {}).setdefault(tag, value)
    notices: dict[str, dict[str, str | list[str]]] = json.loads((folder / "starter" / "notices.json").read_text(encoding="utf-8"))
    for tag, entries in notices.items():
        for dotted, value in entries.items():
            path = tuple(dotted.split("."))
            known.setdefault(path if path[0] == "answers" else ("types", *path), {}).setdefault(
                tag, value if isinstance(value, str) else tuple(value)
            )
    return known


def _add_below(node: Node, additions: Mapping[int, _Value], tag: str) -> Node:
    if isinstance(node, ListNode):
        return ListNode(tuple(_add_below(item, additions, tag) for item in node.items), node.line, node.column)
    if isinstance(node, MappingNode):
        pairs = tuple((key, _add_below(value, additions, tag)) for key, value in node.pairs)
        addition = additions.get(id(node))
        if addition:
            pairs = (*pairs, (ScalarNode(tag, node.line, 1), _build_node(addition, node.line)))
        return MappingNode(pairs, node.line, node.column)
    return node


def _build_node(value: _Value, line: int) -> Node:
    if isinstance(value, str):
        return ScalarNode(value, line, 1, plain=False)
    return ListNode(tuple(ScalarNode(word, line, 1, plain=False) for word in value), line, 1)


def _insert_lines(text: str, added: list[tuple[MappingNode, _Value]], tag: str) -> str:
    """Insert each text after the last one of its mapping, from the end of the file to its beginning."""
    lines = text.split("\n")
    for texts, translation in sorted(added, key=lambda pair: pair[0].line, reverse=True):
        key, value = texts.pairs[-1]
        quoted = json.dumps(translation, ensure_ascii=False)  # a list of texts is YAML as well
        if lines[texts.line - 1][texts.column - 1 : texts.column] == "{":
            line = lines[value.line - 1]
            end = line.find("}", value.column - 1 + (len(value.text) if isinstance(value, ScalarNode) else 0))
            lines[value.line - 1] = f"{line[:end]}, {tag}: {quoted}{line[end:]}"
        else:
            lines.insert(value.line, f"{' ' * (key.column - 1)}{tag}: {quoted}")
    return "\n".join(lines)
