"""Write YAML in the style of hand-written profiles, and change files with as small a difference as possible.

The result is always parsed again and compared with the intended value.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.model.problems import GuidegenError
from guidegen.patterns import compile_lazily
from guidegen.text.characters import normalize_nfc

MAX_COLUMNS = 120
"""The maximum length of a line with a list or a record in brackets."""
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_NUMBER_LIKE = compile_lazily(r"[0-9+.:() -]+$")
_ORDINARY_NUMBER = compile_lazily(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?$|[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_CONTROL = compile_lazily(r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]")


def format_yaml(node: MappingNode) -> str:
    """Return the text of a file with this value. Raises ``GuidegenError`` if it would not be read back as the same value."""
    return _verify("".join(f"{line}\n" for line in _format_block(node, "")), node)


def apply_changes(text: str, target: MappingNode) -> str:
    """Return the text of a file, changed so that its value is ``target``.

    Single values are replaced in place. If more differs, whole list entries or else top-level keys are rewritten. If that is
    not possible either, the whole file is rewritten without its comments. Raises ``GuidegenError`` if the file has mistakes.
    """
    current = _parse(text)
    if not isinstance(current, MappingNode):
        raise GuidegenError("the file has mistakes, so it is not changed")
    for change in (_replace_values, _replace_entries, _replace_keys):
        result = change(text, current, target)
        if result is not None and is_equal(_parse(result), target):
            return result
    return format_yaml(target)


# --- writing -------------------------------------------------------------------------------------


def _format_block(node: MappingNode, indent: str) -> Iterator[str]:
    """Yield the lines of a mapping, one key after the other."""
    for key, value in node.pairs:
        yield from _format_pair(_format_scalar(key), value, indent)


def _format_pair(key: str, value: Node, indent: str) -> Iterator[str]:
    prefix = f"{indent}{key}:"
    if isinstance(value, ScalarNode):
        yield from _format_text(prefix, value, indent)
        return
    flow = _format_flow(value)
    if flow and len(prefix) + len(flow) < MAX_COLUMNS:
        yield f"{prefix} {flow}"
    elif isinstance(value, MappingNode):
        yield prefix
        yield from _format_block(value, f"{indent}  ")
    else:
        yield prefix
        yield from _format_list(value, f"{indent}  ")


def _format_text(prefix: str, value: ScalarNode, indent: str) -> Iterator[str]:
    lines = value.text.split("\n")
    can_be_block = len(lines) > 1 and not _CONTROL.search("".join(lines)) and lines[0] == lines[0].lstrip() != ""
    if not can_be_block or value.text.endswith("\n\n") or any(line != line.rstrip() for line in lines):
        yield f"{prefix} {_format_line(value)}"
        return
    yield f"{prefix} |{'' if value.text.endswith(chr(10)) else '-'}"
    yield from (f"{indent}  {line}" if line else "" for line in value.text.removesuffix("\n").split("\n"))


def _format_list(node: ListNode, indent: str) -> Iterator[str]:
    for item in node.items:
        flow = _format_flow(item)
        if flow and len(indent) + len(flow) + 2 < MAX_COLUMNS:
            yield f"{indent}- {flow}"
        elif isinstance(item, MappingNode):
            first, *rest = _format_block(item, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        elif isinstance(item, ListNode):
            yield f"{indent}-"
            yield from _format_list(item, f"{indent}  ")
        else:
            yield from _format_text(f"{indent}-", item, indent)


def _format_flow(node: Node) -> str:
    """Return a node in brackets on one line, or an empty text if that would be hard to read."""
    if isinstance(node, ScalarNode):
        return "" if "\n" in node.text else _format_scalar(node)
    if isinstance(node, ListNode):
        parts = [_format_flow(item) if isinstance(item, ScalarNode) else "" for item in node.items]
        return f"[{', '.join(parts)}]" if all(parts) else ""
    values = [(key, "" if isinstance(value, MappingNode) else _format_flow(value)) for key, value in node.pairs]
    return (
        "{" + ", ".join(f"{_format_scalar(key)}: {shown}" for key, shown in values) + "}"
        if all(shown for _, shown in values)
        else ""
    )


def _format_line(value: ScalarNode) -> str:
    """Return a text as the value of a block mapping, where commas and brackets need no quotes."""
    return value.text if not value.is_empty and not _needs_quotes(value.text) else _format_scalar(value)


def _format_scalar(value: ScalarNode) -> str:
    """Return a text that is valid in any position, in quotes if needed. An empty value becomes null."""
    text = value.text
    if value.is_empty:
        return "null"
    if _needs_quotes(text) or any(indicator in text for indicator in ",[]{}"):
        return '"' + _CONTROL.sub(_escape_control, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'
    return text


def _needs_quotes(text: str) -> bool:
    if ScalarNode(text, 0, 0).is_empty or text != text.strip() or _CONTROL.search(text):
        return True
    if " #" in text or re.search(r":(?=[\s,\[\]{}?\"']|$)", text):
        return True
    return not _ORDINARY_NUMBER.match(text) and (text[0] in _INDICATORS or bool(_NUMBER_LIKE.match(text)))


def _escape_control(match: re.Match[str]) -> str:
    return {"\n": "\\n", "\t": "\\t"}.get(match[0], f"\\u{ord(match[0]):04x}")


# --- changing ------------------------------------------------------------------------------------


def _replace_values(text: str, current: MappingNode, target: MappingNode) -> str | None:
    """Return the text with single values replaced, or None if more differs."""
    lines = text.split("\n")
    changes = list(_find_changed_values(current, target))
    if None in changes:
        return None
    for old, new in sorted((pair for pair in changes if pair), key=lambda pair: (-pair[0].line, -pair[0].column)):
        line, start = lines[old.line - 1], old.column - 1
        end = _find_value_end(line, start, old)
        if end is None or "\n" in new.text:
            return None
        lines[old.line - 1] = line[:start] + _format_scalar(new) + line[end:]
    return "\n".join(lines)


def _find_changed_values(current: Node, target: Node) -> Iterator[tuple[ScalarNode, ScalarNode] | None]:
    """Yield the pairs of old and new scalars that differ; None where the structure differs."""
    if isinstance(current, ScalarNode) and isinstance(target, ScalarNode):
        if not is_equal(current, target):
            yield current, target
    elif isinstance(current, ListNode) and isinstance(target, ListNode) and len(current.items) == len(target.items):
        for old, new in zip(current.items, target.items, strict=True):
            yield from _find_changed_values(old, new)
    elif (
        isinstance(current, MappingNode)
        and isinstance(target, MappingNode)
        and _keys_with_values(current) == _keys_with_values(target)
    ):
        for key in _keys_with_values(current):
            yield from _find_changed_values(_require_value(current, key), _require_value(target, key))
    else:
        yield None


def _find_value_end(line: str, start: int, old: ScalarNode) -> int | None:
    """Return the end column of a value that starts on this line, or None if it continues below or is not there."""
    if old.block:
        return None
    if old.plain:
        if line.startswith(old.text, start):
            return start + len(old.text)
        ends = range(start + 1, len(line) + 1)  # the line may have decomposed characters, which the value has in NFC
        return next((end for end in ends if normalize_nfc(line[start:end]) == old.text), None)
    quoted = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'').match(line, start)
    return quoted.end() if quoted else None


def _replace_entries(text: str, current: MappingNode, target: MappingNode) -> str | None:
    """Return the changed text: of lists only changed entries are rewritten, other changed top-level keys as a whole."""
    return _rewrite_keys(text, current, target, _rewrite_items)


def _replace_keys(text: str, current: MappingNode, target: MappingNode) -> str | None:
    """Return the text with the changed top-level keys rewritten as a whole."""
    return _rewrite_keys(text, current, target, lambda *_: None)


def _rewrite_keys(
    text: str, current: MappingNode, target: MappingNode, rewrite: Callable[[list[str], Node, Node], list[str] | None]
) -> str | None:
    if any(key.column != 1 for key, _ in current.pairs):
        return None
    lines = text.rstrip("\n").split("\n")
    starts = [key.line - 1 for key, _ in current.pairs] + [len(lines)]
    parts = {key.text: lines[start:end] for (key, _), start, end in zip(current.pairs, starts, starts[1:], strict=False)}
    for key, value in target.pairs:
        old = current.get(key.text)
        if old is None or not is_equal(old, value):
            part = parts.get(key.text, [])
            rewritten = rewrite(part, old, value) if old else None
            parts[key.text] = rewritten or [*_format_pair(_format_scalar(key), value, ""), *_trailing_comments(part)]
    target_keys = _keys_with_values(target)
    names = _insert_new_names([key.text for key, _ in current.pairs], [key.text for key, _ in target.pairs])
    new_parts = (parts[name] if name in target_keys else _trailing_comments(parts[name]) for name in names)
    return "\n".join([*lines[: starts[0]], *(line for part in new_parts for line in part)]) + "\n"


def _insert_new_names(current: list[str], target: list[str]) -> list[str]:
    """Return the names of ``current`` with the new ones of ``target``, each before the name that it precedes there."""
    names = list(current)
    for index, name in enumerate(target):
        if name not in names:
            following = next((other for other in target[index + 1 :] if other in names), "")
            names.insert(names.index(following) if following else len(names), name)
    return names


def _rewrite_items(part: list[str], current: Node, target: Node) -> list[str] | None:
    """Return the lines of a list with changed entries rewritten and new ones appended, or None if that is not possible."""
    if (
        not isinstance(current, ListNode)
        or not isinstance(target, ListNode)
        or not current.items
        or len(target.items) < len(current.items)
    ):
        return None
    first = current.items[0]
    starts = [item.line - first.line for item in current.items]
    offset = next((number for number, line in enumerate(part) if number and line.lstrip().startswith("-")), 0)
    if not offset or len(set(starts)) < len(starts):
        return None
    head, item_lines = part[:offset], part[offset:]
    ends = [*starts[1:], len(item_lines)]
    indent = item_lines[0][: len(item_lines[0]) - len(item_lines[0].lstrip())]
    result = list(head)
    for start, end, old, new in zip(starts, ends, current.items, target.items, strict=False):
        entry = item_lines[start:end]
        result += entry if is_equal(old, new) else [*_format_list(ListNode((new,), 1, 1), indent), *_trailing_comments(entry)]
    added = list(_format_list(ListNode(target.items[len(current.items) :], 1, 1), indent))
    trailing = _trailing_comments(result)
    return [*result[: len(result) - len(trailing)], *added, *trailing]


def _trailing_comments(lines: list[str]) -> list[str]:
    """Return the empty lines and comments at the end of a key. They most likely describe what follows."""
    kept: list[str] = []
    for line in reversed(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        kept.insert(0, line)
    return kept


# --- comparing -----------------------------------------------------------------------------------


def is_equal(first: Node | None, second: Node | None) -> bool:
    """Return whether two nodes have the same value, regardless of position. A key without a value equals a missing key."""
    if isinstance(first, ScalarNode) and isinstance(second, ScalarNode):
        return first.is_empty == second.is_empty and (
            first.is_empty or normalize_nfc(first.text).strip() == normalize_nfc(second.text).strip()
        )
    if isinstance(first, ListNode) and isinstance(second, ListNode):
        return len(first.items) == len(second.items) and all(map(is_equal, first.items, second.items))
    if isinstance(first, MappingNode) and isinstance(second, MappingNode):
        return _keys_with_values(first) == _keys_with_values(second) and all(
            is_equal(first.get(key), second.get(key)) for key in _keys_with_values(first)
        )
    return first is second


def _keys_with_values(node: MappingNode) -> frozenset[str]:
    return frozenset(key.text for key, value in node.pairs if not _has_no_value(value))


def _has_no_value(node: Node) -> bool:
    """Return whether a key with this value is the same as a missing key."""
    if isinstance(node, ScalarNode):
        return node.is_empty
    inside = node.items if isinstance(node, ListNode) else [value for _, value in node.pairs]
    return all(map(_has_no_value, inside))


def _require_value(node: MappingNode, key: str) -> Node:
    value = node.get(key)
    if value is None:
        raise KeyError(key)
    return value


def _parse(text: str) -> Node | None:
    node, problems = compose(text, PurePosixPath("written.yml"))
    return None if problems else node


def _verify(text: str, intended: MappingNode) -> str:
    if not is_equal(_parse(text), intended):
        raise GuidegenError("a fault of guidegen: it would write a different value than intended. Please report it.")
    return text
