"""The line of a mistake as it stands in its file, with a caret below the place."""

import unicodedata
from pathlib import Path

from guidegen.model.problems import Problem
from guidegen.text.characters import without_unwanted

MAX_COLUMNS = 96
"""Characters of a line that are shown; of a longer one those around the place."""
MAX_BYTES = 1_000_000
"""A larger file is not opened for this."""
_MARGIN = 8


class Excerpts:
    """Lines of the files of a guide. Each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def of(self, problem: Problem) -> str:
        """The line and the caret, both indented; empty where the mistake is that of a whole file, or the line is not there."""
        if problem.path.suffix == ".csv":  # a place there is a row and a column of a sheet
            return ""
        lines = self._of_file(str(problem.path))
        if (problem.line, problem.column) == (1, 1) or not 0 < problem.line <= len(lines):
            return ""
        written = lines[problem.line - 1].expandtabs(1)
        place = min(problem.column - 1, len(written))
        start = max(0, place - MAX_COLUMNS * 2 // 3) if len(written) > MAX_COLUMNS else 0
        before, after = (without_unwanted(part) for part in (written[start:place], written[place : start + MAX_COLUMNS]))
        head = f"{problem.line:>{_MARGIN}} | {'…' if start else ''}"
        shown = f"{head}{before}{after}{'…' if start + MAX_COLUMNS < len(written) else ''}".rstrip()
        if not written.strip():
            return ""
        if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in before + after):
            return shown  # a terminal puts such a line in another order, and the caret under a wrong place
        return f"{shown}\n{' ' * _MARGIN} | {' ' * (_width(head + before) - _MARGIN - 3)}^"

    def _of_file(self, path: str) -> list[str]:
        if path not in self._lines:
            file = self._root / path
            try:
                small = file.is_file() and file.stat().st_size <= MAX_BYTES
                text = file.read_bytes().decode("utf-8", "replace") if small else ""
            except OSError:
                text = ""
            self._lines[path] = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[path]


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two (UAX #11), marks that combine none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text
    )
