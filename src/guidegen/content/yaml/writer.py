"""Values as YAML, in the style in which people write profiles here; and changes to a file that leave the rest of it alone.

Whatever is written is read again, and must be what was meant: ``compose`` has the last word.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.model.problems import GuidegenError
from guidegen.text.characters import composed

MAX_COLUMNS = 120
"""A list or a record in brackets is not longer than this."""
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_NUMBERLIKE = re.compile(r"[0-9+.:() -]+$")
_ORDINARY_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?$|[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]")


def to_yaml(node: MappingNode) -> str:
    """The file that says what ``node`` says."""
    return _checked("".join(f"{line}\n" for line in _block(node, "")), node)


def with_changes(text: str, wanted: MappingNode) -> str:
    """The text of a file, changed so that it says what ``wanted`` says.

    Single values are exchanged where they stand. Where more differs, an entry of a list or else the whole of a top-level key is
    written anew; where even that cannot be, the file, and its comments are lost. A file with mistakes is ``GuidegenError``.
    """
    here = _composed(text)
    if not isinstance(here, MappingNode):
        raise GuidegenError("the file has mistakes, so it is not changed")
    for attempt in (_in_place, _by_entries, _by_keys):
        made = attempt(text, here, wanted)
        if made is not None and is_same(_composed(made), wanted):
            return made
    return to_yaml(wanted)


# --- writing -------------------------------------------------------------------------------------


def _block(node: MappingNode, indent: str) -> Iterator[str]:
    """The lines of a record, each key on its own."""
    for key, value in node.pairs:
        yield from _pair(_scalar(key), value, indent)


def _pair(key: str, value: Node, indent: str) -> Iterator[str]:
    head = f"{indent}{key}:"
    if isinstance(value, ScalarNode):
        yield from _text(head, value, indent)
        return
    flow = _flow(value)
    if flow and len(head) + len(flow) < MAX_COLUMNS:
        yield f"{head} {flow}"
    elif isinstance(value, MappingNode):
        yield head
        yield from _block(value, f"{indent}  ")
    else:
        yield head
        yield from _list(value, f"{indent}  ")


def _text(head: str, value: ScalarNode, indent: str) -> Iterator[str]:
    lines = value.text.split("\n")
    can_be_block = len(lines) > 1 and not _CONTROL.search("".join(lines)) and lines[0] == lines[0].lstrip() != ""
    if not can_be_block or value.text.endswith("\n\n") or any(line != line.rstrip() for line in lines):
        yield f"{head} {_line(value)}"
        return
    yield f"{head} |{'' if value.text.endswith(chr(10)) else '-'}"
    yield from (f"{indent}  {line}" if line else "" for line in value.text.removesuffix("\n").split("\n"))


def _list(node: ListNode, indent: str) -> Iterator[str]:
    for item in node.items:
        flow = _flow(item)
        if flow and len(indent) + len(flow) + 2 < MAX_COLUMNS:
            yield f"{indent}- {flow}"
        elif isinstance(item, MappingNode):
            first, *rest = _block(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        elif isinstance(item, ListNode):
            yield f"{indent}-"
            yield from _list(item, f"{indent}  ")
        else:
            yield from _text(f"{indent}-", item, indent)


def _flow(node: Node) -> str:
    """The node in brackets on one line; empty where it would be hard to read so."""
    if isinstance(node, ScalarNode):
        return "" if "\n" in node.text else _scalar(node)
    if isinstance(node, ListNode):
        parts = [_flow(item) if isinstance(item, ScalarNode) else "" for item in node.items]
        return f"[{', '.join(parts)}]" if all(parts) else ""
    values = [(key, "" if isinstance(value, MappingNode) else _flow(value)) for key, value in node.pairs]
    return "{" + ", ".join(f"{_scalar(key)}: {shown}" for key, shown in values) + "}" if all(shown for _, shown in values) else ""


def _line(value: ScalarNode) -> str:
    """A text after a key that stands on a line of its own, where commas and brackets end nothing."""
    return value.text if not value.is_empty and not _needs_quotes(value.text) else _scalar(value)


def _scalar(value: ScalarNode) -> str:
    """A text without quotes where it can be read so anywhere, else with quotes. Nothing is written as null."""
    text = value.text
    if value.is_empty:
        return "null"
    if _needs_quotes(text) or any(mark in text for mark in ",[]{}"):
        return '"' + _CONTROL.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'
    return text


def _needs_quotes(text: str) -> bool:
    if ScalarNode(text, 0, 0).is_empty or text != text.strip() or _CONTROL.search(text):
        return True
    if " #" in text or re.search(r":(?=[\s,\[\]{}?\"']|$)", text):
        return True
    return not _ORDINARY_NUMBER.match(text) and (text[0] in _INDICATORS or bool(_NUMBERLIKE.match(text)))


def _escape(match: re.Match[str]) -> str:
    return {"\n": "\\n", "\t": "\\t"}.get(match[0], f"\\u{ord(match[0]):04x}")


# --- changing ------------------------------------------------------------------------------------


def _in_place(text: str, here: MappingNode, wanted: MappingNode) -> str | None:
    """The text with single values exchanged; None where more differs."""
    lines = text.split("\n")
    found = list(_exchanged(here, wanted))
    if None in found:
        return None
    for old, new in sorted((pair for pair in found if pair), key=lambda pair: (-pair[0].line, -pair[0].column)):
        line, start = lines[old.line - 1], old.column - 1
        end = _end(line, start, old)
        if end is None or "\n" in new.text:
            return None
        lines[old.line - 1] = line[:start] + _scalar(new) + line[end:]
    return "\n".join(lines)


def _exchanged(here: Node, wanted: Node) -> Iterator[tuple[ScalarNode, ScalarNode] | None]:
    """The values that differ; None where the shape does."""
    if isinstance(here, ScalarNode) and isinstance(wanted, ScalarNode):
        if not is_same(here, wanted):
            yield here, wanted
    elif isinstance(here, ListNode) and isinstance(wanted, ListNode) and len(here.items) == len(wanted.items):
        for one, other in zip(here.items, wanted.items, strict=True):
            yield from _exchanged(one, other)
    elif isinstance(here, MappingNode) and isinstance(wanted, MappingNode) and _keys(here) == _keys(wanted):
        for key in _keys(here):
            yield from _exchanged(_value(here, key), _value(wanted, key))
    else:
        yield None


def _end(line: str, start: int, old: ScalarNode) -> int | None:
    """Where a value ends that begins on this line; None where it goes on below, or cannot be found."""
    if old.block:
        return None
    if old.plain:
        if line.startswith(old.text, start):
            return start + len(old.text)
        ends = range(start + 1, len(line) + 1)  # the line may have letters and marks apart, which the value has composed
        return next((end for end in ends if composed(line[start:end]) == old.text), None)
    quoted = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'').match(line, start)
    return quoted.end() if quoted else None


def _by_entries(text: str, here: MappingNode, wanted: MappingNode) -> str | None:
    """The text with those entries of lists written anew that differ, and of other keys that differ the whole."""
    return _with_keys(text, here, wanted, _by_items)


def _by_keys(text: str, here: MappingNode, wanted: MappingNode) -> str | None:
    """The text with the whole of those top-level keys written anew whose values differ."""
    return _with_keys(text, here, wanted, lambda *_: None)


def _with_keys(
    text: str, here: MappingNode, wanted: MappingNode, rewrite: Callable[[list[str], Node, Node], list[str] | None]
) -> str | None:
    if any(key.column != 1 for key, _ in here.pairs):
        return None
    lines = text.rstrip("\n").split("\n")
    starts = [key.line - 1 for key, _ in here.pairs] + [len(lines)]
    parts = {key.text: lines[start:end] for (key, _), start, end in zip(here.pairs, starts, starts[1:], strict=False)}
    for key, value in wanted.pairs:
        old = here.get(key.text)
        if old is None or not is_same(old, value):
            part = parts.get(key.text, [])
            rewritten = rewrite(part, old, value) if old else None
            parts[key.text] = rewritten or [*_pair(_scalar(key), value, ""), *_trailing(part)]
    kept = _keys(wanted)
    made = (part if name in kept else _trailing(part) for name, part in parts.items())
    return "\n".join([*lines[: starts[0]], *(line for part in made for line in part)]) + "\n"


def _by_items(part: list[str], here: Node, wanted: Node) -> list[str] | None:
    """The lines of a list with those entries written anew that differ, and new ones below; None where that cannot be."""
    if (
        not isinstance(here, ListNode)
        or not isinstance(wanted, ListNode)
        or not here.items
        or len(wanted.items) < len(here.items)
    ):
        return None
    first = here.items[0]
    begins = [item.line - first.line for item in here.items]
    offset = next((number for number, line in enumerate(part) if number and line.lstrip().startswith("-")), 0)
    if not offset or len(set(begins)) < len(begins):
        return None
    head, rest = part[:offset], part[offset:]
    ends = [*begins[1:], len(rest)]
    indent = rest[0][: len(rest[0]) - len(rest[0].lstrip())]
    made = list(head)
    for begin, end, old, new in zip(begins, ends, here.items, wanted.items, strict=False):
        own = rest[begin:end]
        made += own if is_same(old, new) else [*_list(ListNode((new,), 1, 1), indent), *_trailing(own)]
    added = list(_list(ListNode(wanted.items[len(here.items) :], 1, 1), indent))
    below = _trailing(made)
    return [*made[: len(made) - len(below)], *added, *below]


def _trailing(lines: list[str]) -> list[str]:
    """Empty lines and comments at the end of a key: they most likely belong to what follows."""
    kept: list[str] = []
    for line in reversed(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        kept.insert(0, line)
    return kept


# --- comparing -----------------------------------------------------------------------------------


def is_same(one: Node | None, other: Node | None) -> bool:
    """Whether two nodes say the same, wherever they stand. A key without a value is one that was left out."""
    if isinstance(one, ScalarNode) and isinstance(other, ScalarNode):
        return one.is_empty == other.is_empty and (one.is_empty or composed(one.text).strip() == composed(other.text).strip())
    if isinstance(one, ListNode) and isinstance(other, ListNode):
        return len(one.items) == len(other.items) and all(map(is_same, one.items, other.items))
    if isinstance(one, MappingNode) and isinstance(other, MappingNode):
        return _keys(one) == _keys(other) and all(is_same(one.get(key), other.get(key)) for key in _keys(one))
    return one is other


def _keys(node: MappingNode) -> frozenset[str]:
    return frozenset(key.text for key, value in node.pairs if not _is_nothing(value))


def _is_nothing(node: Node) -> bool:
    """Whether a key with this value says as much as one that is left out."""
    if isinstance(node, ScalarNode):
        return node.is_empty
    inside = node.items if isinstance(node, ListNode) else [value for _, value in node.pairs]
    return all(map(_is_nothing, inside))


def _value(node: MappingNode, key: str) -> Node:
    found = node.get(key)
    if found is None:
        raise KeyError(key)
    return found


def _composed(text: str) -> Node | None:
    node, problems = compose(text, PurePosixPath("written.yml"))
    return None if problems else node


def _checked(text: str, meant: MappingNode) -> str:
    if not is_same(_composed(text), meant):
        raise GuidegenError("a fault of guidegen: what it would write is not what was meant. Please report it.")
    return text
