"""The source line of a problem, with a caret below its position."""

import unicodedata
from pathlib import Path

from guidegen.model.problems import Problem
from guidegen.text.characters import remove_unwanted

MAX_COLUMNS = 96
"""The number of characters shown of a line; a longer line is cut around the position."""
MAX_BYTES = 1_000_000
"""Larger files are not opened for an excerpt."""
_MARGIN = 8


class Excerpts:
    """Source lines of a guide's files, each of which is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def format_excerpt(self, problem: Problem) -> str:
        """Return the indented line and caret, or an empty string if the problem has no line of its own."""
        if problem.path.suffix == ".csv":  # its position is a row and a column, not a line of text
            return ""
        lines = self._read_lines(str(problem.path))
        if (problem.line, problem.column) == (1, 1) or not 0 < problem.line <= len(lines):
            return ""
        line = lines[problem.line - 1].expandtabs(1)
        if not line.strip():
            return ""
        index = min(problem.column - 1, len(line))
        start = max(0, index - MAX_COLUMNS * 2 // 3) if len(line) > MAX_COLUMNS else 0
        before, after = (remove_unwanted(part) for part in (line[start:index], line[index : start + MAX_COLUMNS]))
        prefix = f"{problem.line:>{_MARGIN}} | {'…' if start else ''}"
        excerpt = f"{prefix}{before}{after}{'…' if start + MAX_COLUMNS < len(line) else ''}".rstrip()
        if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in before + after):
            return excerpt  # a terminal reorders such a line, so a caret would point at the wrong place
        return f"{excerpt}\n{' ' * _MARGIN} | {' ' * (_measure_width(prefix + before) - _MARGIN - 3)}^"

    def _read_lines(self, path: str) -> list[str]:
        if path not in self._lines:
            file = self._root / path
            try:
                is_readable = file.is_file() and file.stat().st_size <= MAX_BYTES
                text = file.read_bytes().decode("utf-8", "replace") if is_readable else ""
            except OSError:
                text = ""
            self._lines[path] = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[path]


def _measure_width(text: str) -> int:
    """Return the columns that a text takes on a terminal: two for wide letters (UAX #11), none for combining marks."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text
    )
