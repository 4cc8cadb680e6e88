"""Explain the errors of libyaml in words for an editor."""

import re
from pathlib import PurePosixPath

import yaml

from guidegen.model.problems import Problem

MAX_DEPTH = 16
TOO_DEEP = f"lists or keys are nested more than {MAX_DEPTH} levels deep", "Remove brackets."
_CLOSING = {"[": "]", "{": "}"}
_QUOTE_HINT = 'Put the whole text in quotes, for example:  note: "Ask for Ana: room 12"'
_INDENT_HINT = "Keys of one block start in the same column. Use two spaces for each level."

Explanation = tuple[int, int, str, str]
Position = tuple[int, int]


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as libyaml counts them: it also splits at NEL, LS and PS."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def explain_syntax_error(error: yaml.YAMLError, text: str, path: PurePosixPath, first_line: int) -> Problem:
    """Return the problem of a file that is not YAML, at the line that an editor should look at."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(path, first_line, 1, f"the file cannot be read as YAML: {error}", "", "yaml-syntax")
    lines = split_lines(text)
    position = clamp_mark(lines, mark.line, mark.column)
    if "nesting depth" in str(getattr(error, "problem", "")):  # libyaml's own limit, which it reaches while it looks ahead
        return Problem(path, position[0] + first_line, position[1] + 1, *TOO_DEEP, "yaml")
    context_mark = getattr(error, "context_mark", None)
    line, column, message, hint = _explain(
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        position,
        clamp_mark(lines, context_mark.line, context_mark.column) if context_mark else None,
        lines,
    )
    return Problem(path, line + first_line, column + 1, message, hint, "yaml-syntax")


def clamp_mark(lines: list[str], line: int, column: int) -> Position:
    """Return the line and column of a mark, from 0. At the end of a text, libyaml's mark may be one line too low."""
    return (line, column) if line < len(lines) else (len(lines) - 1, len(lines[-1]))


def _explain(problem: str, context: str, position: Position, context_position: Position | None, lines: list[str]) -> Explanation:
    """Return line and column (from 0), message and hint. Use libyaml's reason if no typical mistake is found."""
    line, column = position
    for find_mistake in (
        _find_tab,
        _find_color,
        _find_bullet,
        _find_missing_dash,
        _find_wide_sign,
        _find_open_quote,
        _find_special_start,
    ):
        explanation = find_mistake(line, lines)
        if explanation:
            return explanation
    if context_position:
        explanation = _explain_context(problem, context, position, context_position, lines)
        if explanation:
            return explanation
    character = lines[line][column : column + 1]
    if "mapping values are not allowed" in problem:
        return _explain_colon(line, column, lines)
    if "escape character" in problem:
        return line, column, "a backslash has a special meaning inside double quotes", "Use 'single quotes' here."
    if "cannot start any token" in problem:
        return line, column, f"a text cannot begin with '{character}'", "Put the text in quotes."
    if "expected node content" in problem:
        return line, column, f"'{character}' is not allowed here", "Remove it, or put the text in quotes."
    if re.search("expected key|expected '-' indicator|document start", problem):
        return _explain_indent(line, column, lines[line])
    return line, column, f"this line cannot be read ({problem or 'unknown reason'})", _INDENT_HINT


def _explain_context(
    problem: str, context: str, position: Position, context_position: Position, lines: list[str]
) -> Explanation | None:
    """Return an explanation of what starts at ``context_position`` and fails at ``position``, or None."""
    if "unexpected end of stream" in problem:
        return *context_position, "a quote is opened here and never closed", "Add the closing quote at the end of the text."
    bracket = lines[context_position[0]][context_position[1] : context_position[1] + 1]
    if "flow" in context and bracket in _CLOSING:  # without a value before a comma, libyaml reports the comma
        return _explain_bracket(position, context_position, bracket)
    if "could not find expected ':'" in problem:
        key_without_space = re.match(r"[ -]*([\w-]+):\S", lines[context_position[0]])
        if key_without_space:
            return *context_position, "there is no space after the colon", "Write a space after the colon, as in  key: value"
        return _explain_no_colon(context_position, lines)
    return None


def _explain_no_colon(position: Position, lines: list[str]) -> Explanation:
    """Explain a line without a colon: a text that should be indented, or a key without its colon."""
    text = lines[position[0]].strip()
    previous = next((line for line in reversed(lines[: position[0]]) if line.strip()), "")
    if len(text.split()) > 2 and (
        re.match(r"[ -]*[\w-]+:\s+\S", previous) or _count_indent(previous) > _count_indent(lines[position[0]])
    ):
        indent = " " * (_count_indent(previous) + 2 * bool(re.match(r"[ -]*[\w-]+:\s", previous)))
        hint = f"If it belongs to the text above, indent it like that text:  {indent}{text[:60]}"
        return *position, f"this line belongs to no key: '{text[:40]}'", hint
    key, _, rest = text.partition(" ")
    example = f"{key}: {rest}" if re.fullmatch(r"[a-z_]+", key) else "name: Ana"
    return *position, f"there is no colon after '{text[:40]}'", f"Write a key, a colon and a space:  {example.strip()}"


def _find_tab(line: int, lines: list[str]) -> Explanation | None:
    """Find a tab in the indentation, or after a dash, of the line of the mark or the one above it."""
    for number in (line, line - 1):
        if number < 0:
            continue
        if re.match(r" *\t", lines[number]) and (lines[number].strip() or number == line):
            return number, 0, "the line is indented with a tab", "Use spaces; YAML does not allow tabs."
        if match := re.match(r" *(?:- *)*-\t", lines[number]):
            return number, len(match[0]) - 1, "there is a tab after the dash", "Use a space; YAML does not allow tabs here."
    return None


def _find_color(line: int, lines: list[str]) -> Explanation | None:
    """Find a color without quotes, which begins a comment, in the line or the two lines above it."""
    for number in range(max(0, line - 2), line + 1):
        color = re.search(r"[:,]\s+(#[0-9a-fA-F]{6})\b", lines[number])
        if color:
            hint = f'Put it in quotes:  "{color[1]}"'
            return number, color.start(1), f"'{color[1]}' begins a comment, so the rest of the line is lost", hint
    return None


def _find_bullet(line: int, lines: list[str]) -> Explanation | None:
    """Find a bullet of a word processor, or a hyphen without a space, at the start of the line or the two lines above it."""
    for number in range(max(0, line - 2), line + 1):
        bullet = re.match(r" *([•·*–—▪‣◦])\s?(?=\S)", lines[number])
        if bullet and not lines[number].lstrip().startswith("**"):
            hint = f"Write a hyphen and a space:  - {lines[number].strip()[1:].strip()}"
            return number, bullet.start(1), f"'{bullet[1]}' is a bullet of a word processor, not the start of a list entry", hint
        hyphen = re.match(r" *(-)(?=[{\[\"'])", lines[number])
        if hyphen:
            return number, hyphen.start(1), "there is no space after the hyphen", f"Write  - {lines[number].strip()[1:]}"
    return None


def _find_missing_dash(line: int, lines: list[str]) -> Explanation | None:
    """Find the first item of a list without a dash, where the second item cannot be parsed."""
    current = lines[line]
    if not current.lstrip().startswith("- "):
        return None
    content_lines = [number for number in range(line) if lines[number].strip() and not lines[number].lstrip().startswith("#")]
    outer_lines = [number for number in content_lines if _count_indent(lines[number]) <= _count_indent(current)]
    first = next((number for number in content_lines if outer_lines and number > outer_lines[-1]), None)
    if (
        first is None
        or not lines[outer_lines[-1]].rstrip().endswith(":")
        or _count_indent(lines[first]) <= _count_indent(current)
    ):
        return None
    hint = "Begin each item of the list with a dash and a space, in the column of the other dashes:  - key: …"
    return first, _count_indent(lines[first]), "the first item of a list has no dash", hint


def _find_wide_sign(line: int, lines: list[str]) -> Explanation | None:
    """Find a full-width colon or a non-ASCII space in the line or in one of the two lines above it."""
    for number in range(max(0, line - 2), line + 1):
        key = re.match(r"[ -]*[\w-]+\s*(：)", lines[number])
        if key:
            return number, key.start(1), "this is a wide colon, '：'", "Write an ordinary colon and a space, as in  key: value"
        space = re.match(r"[ -]*(?:[\w-]+:)?([\u00a0\u3000\u2003])", lines[number])
        if space:
            column = space.start(1)
            return number, column, "this is not an ordinary space", "Delete it and type an ordinary space."
    return None


def _find_open_quote(line: int, lines: list[str]) -> Explanation | None:
    """Find a value above the line whose quote is not closed on its own line. Valid files may have such values too."""
    for number in range(line):
        value = re.match(r"""[ -]*(?:[\w-]+:\s+|- +)(["'])""", lines[number])
        if value and lines[number].count(value[1]) == 1:
            hint = "Add the closing quote at the end of the text."
            return number, value.start(1), "a quote is opened here and never closed", hint
    return None


def _find_special_start(line: int, lines: list[str]) -> Explanation | None:
    """Find a value that starts with a YAML indicator, or with brackets that do not enclose all of it."""
    text = lines[line]
    indicator = re.match(r"[ -]*[\w-]+:\s+([*&!|>%@`?]|- )(?![|>+-]?\s*$)", text)
    brackets = re.match(r"[ -]*[\w-]+:\s+(\[[^\]]*\]|\{[^}]*\})\s*[^\s#]", text)
    if indicator:
        return line, indicator.start(1), f"a text cannot begin with '{indicator[1].strip()}'", "Put the text in quotes."
    if brackets:
        return line, brackets.start(1), "a text cannot begin with brackets", "Put the whole text in quotes."
    return None


def _explain_colon(line: int, column: int, lines: list[str]) -> Explanation:
    """Explain an unexpected colon: it is inside a text, or after a key that is indented below a value."""
    text = lines[line]
    text_before = text[:column]
    previous = lines[line - 1] if line else ""
    if re.search(r":\s", text_before.lstrip("- ")) or re.search(r"['\"{\[]", text_before):
        curly = re.search(r":\s+[“„«](.+)[”“»]\s*$", text)
        hint = f'Write straight quotes:  "{curly[1].strip()}"' if curly else _QUOTE_HINT
        return line, column, "there is a second colon in this line", hint
    if previous.strip() and _count_indent(text) > _count_indent(previous) and re.search(r":\s+\S", previous):
        key = text_before.strip().lstrip("- ")
        return line, _count_indent(text), f"the key '{key}' is indented further than the line above it", _INDENT_HINT
    if previous.strip() and ":" in previous and not re.search(r":(\s|$)", previous):
        colon_column = previous.index(":")
        return line - 1, colon_column, "there is no space after the colon", "Write a space after the colon, as in  key: value"
    key = text_before.strip().lstrip("- ")
    return line, _count_indent(text), f"the key '{key}' does not line up with the keys around it", _INDENT_HINT


def _explain_bracket(position: Position, context_position: Position, opening: str) -> Explanation:
    closing = _CLOSING[opening]
    if position[0] == context_position[0]:
        hint = f"Separate the values with commas, put texts with , : [ ] {{ }} in quotes, and end with {closing}"
        return *position, f"something is missing or extra inside {opening} … {closing}", hint
    return *context_position, f"the bracket '{opening}' opened here is not closed", f"Add '{closing}' at the end of the list."


def _explain_indent(line: int, column: int, text: str) -> Explanation:
    if re.search(r"""["'][^"']*["']\s*\S""", text[: column + 1]):
        value = re.match(r"""[ -]*(?:[\w-]+:\s+)?(?:'(?P<single>.*)'|(?P<double>".*))\s*$""", text)
        inner = value["single"] or value["double"].replace('"', "") if value else ""
        example = f':  "{inner}"' if inner and '"' not in inner else "."
        return (
            line,
            column,
            "there is text after the closing quote",
            f"Put the whole text inside one pair of double quotes{example}",
        )
    excerpt = text.strip()[:40]
    return line, column, f"the indentation of '{excerpt}' does not match the lines above it", _INDENT_HINT


def _count_indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
