"""What libyaml says of a file it cannot read, in words for an editor."""

import re
from pathlib import PurePosixPath

import yaml

from guidegen.problems import Problem

_QUOTE_HINT = 'Put the whole text in quotes, for example:  note: "Ask for Ana: room 12"'
_INDENT_HINT = "Keys of one list or block begin in the same column; use two spaces for each level."


def syntax_problem(error: yaml.YAMLError, text: str, path: PurePosixPath, first_line: int) -> Problem:
    """One problem for a file that is not YAML, at the line an editor should look at."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(path, first_line, 1, f"the file cannot be read as YAML: {error}", "", "yaml-syntax")
    lines = text.split("\n")
    context = getattr(error, "context_mark", None)
    line, column, message, hint = _explained(
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        (mark.line, mark.column),
        (context.line, context.column) if context else None,
        lines,
    )
    return Problem(path, line + first_line, column + 1, message, hint, "yaml-syntax")


Explained = tuple[int, int, str, str]


def _explained(problem: str, context: str, at: tuple[int, int], since: tuple[int, int] | None, lines: list[str]) -> Explained:
    line, column = at
    written = lines[line] if line < len(lines) else ""
    tab = _indented_by_tab(lines, line)
    if tab is not None:
        return tab, 0, "the line is indented with a tab", "Use spaces; YAML does not allow tabs."
    if "unexpected end of stream" in problem and since:
        return *since, "a quote is opened here and never closed", "Add the closing quote at the end of the text."
    if "mapping values are not allowed" in problem:
        return _stray_colon(line, column, lines)
    if "cannot start any token" in problem:
        character = written[column : column + 1]
        return line, column, f"a text cannot begin with '{character}'", "Put the text in quotes."
    if "flow" in context and since:
        return _unclosed_bracket(at, since, lines)
    if "could not find expected ':'" in problem and since:
        shown = lines[since[0]].strip()[:40]
        return *since, f"there is no colon after '{shown}'", "Write a key, a colon and a space, for example:  name: Ana"
    if "escape character" in problem:
        return line, column, "a backslash inside double quotes means something else", "Use 'single quotes' here."
    if "expected key" in problem or "expected '-' indicator" in problem or "document start" in problem:
        return _wrong_indent(line, column, written)
    if "expected node content" in problem:
        return (
            line,
            column,
            f"'{written[column : column + 1]}' cannot stand here",
            "Remove it, or put the text in quotes.",
        )
    return line, column, f"this is not valid YAML ({problem or 'unknown reason'})", _INDENT_HINT


def _indented_by_tab(lines: list[str], line: int) -> int | None:
    """The line at or just before the mark whose indentation holds a tab."""
    for number in (line, line - 1):
        if 0 <= number < len(lines) and re.match(r" *\t", lines[number]) and lines[number].strip():
            return number
    return None


def _stray_colon(line: int, column: int, lines: list[str]) -> Explained:
    """Either a colon inside a text, or a key indented below a value (then the text before it was cut by no colon)."""
    written = lines[line]
    head = written[:column]
    before = lines[line - 1] if line else ""
    if re.search(r":\s", head.lstrip("- ")) or re.search(r"['\"{\[]", head):
        return line, column, "there is a second colon in this line", _QUOTE_HINT
    if before.strip() and _indent(written) > _indent(before) and re.search(r":\s+\S", before):
        key = head.strip().lstrip("- ")
        return line, _indent(written), f"the key '{key}' is indented further than the line above it", _INDENT_HINT
    if before.strip() and ":" in before and not re.search(r":(\s|$)", before):
        place = before.index(":")
        return line - 1, place, "there is no space after the colon", "Write a space after the colon, as in  key: value"
    key = head.strip().lstrip("- ")
    return line, _indent(written), f"the key '{key}' does not stand in line with the keys around it", _INDENT_HINT


def _unclosed_bracket(at: tuple[int, int], since: tuple[int, int], lines: list[str]) -> Explained:
    opening = lines[since[0]][since[1] : since[1] + 1] or "["
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if at[0] == since[0]:
        hint = f"Separate the values by commas and put texts that hold , : [ ] {{ }} in quotes; end with {closing}"
        return *at, f"something is missing or too much inside {opening} … {closing}", hint
    return *since, f"the bracket '{opening}' opened here is not closed", f"Add '{closing}' at the end of the list."


def _wrong_indent(line: int, column: int, written: str) -> Explained:
    if re.search(r"""["'][^"']*["']\s*\S""", written[: column + 1]):
        return line, column, "text follows after the closing quote", "Put the whole text inside one pair of quotes."
    shown = written.strip()[:40]
    return line, column, f"the indentation of '{shown}' does not fit the lines above it", _INDENT_HINT


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
