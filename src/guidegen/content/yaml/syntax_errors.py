"""What libyaml says of a file it cannot read, in words for an editor."""

import re
from pathlib import PurePosixPath

import yaml

from guidegen.model.problems import Problem

MAX_DEPTH = 16
TOO_DEEP = f"lists or keys more than {MAX_DEPTH} deep inside one another", "Remove brackets."
_CLOSING = {"[": "]", "{": "}"}
_QUOTE_HINT = 'Put the whole text in quotes, for example:  note: "Ask for Ana: room 12"'
_INDENT_HINT = "Keys of one list or block begin in the same column; use two spaces for each level."

Explained = tuple[int, int, str, str]
Place = tuple[int, int]


def lines_of(text: str) -> list[str]:
    """The lines of a text as libyaml counts them, which knows more ends of a line than one."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def syntax_problem(error: yaml.YAMLError, text: str, path: PurePosixPath, first_line: int) -> Problem:
    """One problem for a file that is not YAML, at the line an editor should look at."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(path, first_line, 1, f"the file cannot be read as YAML: {error}", "", "yaml-syntax")
    lines = lines_of(text)
    at = within(lines, mark.line, mark.column)
    if "nesting depth" in str(getattr(error, "problem", "")):  # libyaml's own limit, met while it looks ahead
        return Problem(path, at[0] + first_line, at[1] + 1, *TOO_DEEP, "yaml")
    context = getattr(error, "context_mark", None)
    line, column, message, hint = _explained(
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        at,
        within(lines, context.line, context.column) if context else None,
        lines,
    )
    return Problem(path, line + first_line, column + 1, message, hint, "yaml-syntax")


def within(lines: list[str], line: int, column: int) -> Place:
    """Line and column of a mark, from 0: libyaml ends a text that ends without a line end one line further down."""
    return (line, column) if line < len(lines) else (len(lines) - 1, len(lines[-1]))


def _explained(problem: str, context: str, at: Place, since: Place | None, lines: list[str]) -> Explained:
    """Line and column (from 0), message and hint: first by what the lines look like, then by what libyaml says."""
    line, column = at
    for sign in (_tab, _missing_dash, _wrong_sign, _open_quote, _special_beginning):
        found = sign(line, lines)
        if found:
            return found
    if since:
        found = _since(problem, context, at, since, lines)
        if found:
            return found
    character = lines[line][column : column + 1]
    if "mapping values are not allowed" in problem:
        return _stray_colon(line, column, lines)
    if "escape character" in problem:
        return line, column, "a backslash inside double quotes means something else", "Use 'single quotes' here."
    if "cannot start any token" in problem:
        return line, column, f"a text cannot begin with '{character}'", "Put the text in quotes."
    if "expected node content" in problem:
        return line, column, f"'{character}' cannot stand here", "Remove it, or put the text in quotes."
    if re.search("expected key|expected '-' indicator|document start", problem):
        return _wrong_indent(line, column, lines[line])
    return line, column, f"this line cannot be read ({problem or 'unknown reason'})", _INDENT_HINT


def _since(problem: str, context: str, at: Place, since: Place, lines: list[str]) -> Explained | None:
    """What began at ``since`` and went wrong at ``at``."""
    if "unexpected end of stream" in problem:
        return *since, "a quote is opened here and never closed", "Add the closing quote at the end of the text."
    opening = lines[since[0]][since[1] : since[1] + 1]
    if "flow" in context and opening in _CLOSING:  # where nothing stands before a comma, libyaml names the comma
        return _unclosed_bracket(at, since, opening)
    if "could not find expected ':'" in problem:
        glued = re.match(r"[ -]*([\w-]+):\S", lines[since[0]])
        if glued:
            return *since, "there is no space after the colon", "Write a space after the colon, as in  key: value"
        shown = lines[since[0]].strip()[:40]
        return *since, f"there is no colon after '{shown}'", "Write a key, a colon and a space, for example:  name: Ana"
    return None


def _tab(line: int, lines: list[str]) -> Explained | None:
    """The line at or just before the mark whose indentation holds a tab."""
    for number in (line, line - 1):
        if number >= 0 and re.match(r" *\t", lines[number]) and lines[number].strip():
            return number, 0, "the line is indented with a tab", "Use spaces; YAML does not allow tabs."
    return None


def _missing_dash(line: int, lines: list[str]) -> Explained | None:
    """The first item of a list without its dash, where the second item cannot be read."""
    written = lines[line]
    if not written.lstrip().startswith("- "):
        return None
    told = [number for number in range(line) if lines[number].strip() and not lines[number].lstrip().startswith("#")]
    above = [number for number in told if _indent(lines[number]) <= _indent(written)]
    first = next((number for number in told if above and number > above[-1]), None)
    if first is None or not lines[above[-1]].rstrip().endswith(":") or _indent(lines[first]) <= _indent(written):
        return None
    hint = "Begin each item of the list with a dash and a space, in the column of the other dashes:  - key: …"
    return first, _indent(lines[first]), "the first item of a list has no dash", hint


def _wrong_sign(line: int, lines: list[str]) -> Explained | None:
    """A colon or a space of another kind, in the line or in one of the two before it."""
    for number in range(max(0, line - 2), line + 1):
        key = re.match(r"[ -]*[\w-]+\s*(：)", lines[number])
        if key:
            return number, key.start(1), "this is a wide colon, '：'", "Write an ordinary colon and a space, as in  key: value"
        blank = re.match(r"[ -]*(?:[\w-]+:)?([\u00a0\u3000\u2003])", lines[number])
        if blank:
            place = blank.start(1)
            return number, place, "a space of another kind stands here", "Delete it and type an ordinary space."
    return None


def _open_quote(line: int, lines: list[str]) -> Explained | None:
    """A value above that begins with a quote which its line does not close. (Only asked where the file cannot be read.)"""
    for number in range(line):
        value = re.match(r"""[ -]*[\w-]+:\s+(["'])""", lines[number])
        if value and lines[number].count(value[1]) == 1:
            hint = "Add the closing quote at the end of the text."
            return number, value.start(1), "a quote is opened here and never closed", hint
    return None


def _special_beginning(line: int, lines: list[str]) -> Explained | None:
    """A value that begins with a sign which means something to YAML, or with brackets that do not hold all of it."""
    written = lines[line]
    value = re.match(r"[ -]*[\w-]+:\s+([*&!|>%@`?]|- )(?![|>+-]?\s*$)", written)
    brackets = re.match(r"[ -]*[\w-]+:\s+(\[[^\]]*\]|\{[^}]*\})\s*[^\s#]", written)
    if value:
        return line, value.start(1), f"a text cannot begin with '{value[1].strip()}'", "Put the text in quotes."
    if brackets:
        return line, brackets.start(1), "a text cannot begin with brackets", "Put the whole text in quotes."
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


def _unclosed_bracket(at: Place, since: Place, opening: str) -> Explained:
    closing = _CLOSING[opening]
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
