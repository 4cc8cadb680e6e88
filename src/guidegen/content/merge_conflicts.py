"""Detect the conflict markers of git, so that a file with an unresolved merge is never published."""

import re
from pathlib import PurePosixPath

from guidegen.model.problems import Problem
from guidegen.patterns import compile_lazily

_MARKER = compile_lazily(
    r"^(?:[^\S\n]|[>*-]){0,40}(?:<{7,60}(?:[^\S\n].*)?|>{7,60}[^\S\n]+\S.*|\|{7,60}[^\S\n]+\S.*)$", re.MULTILINE
)
"""A conflict marker line other than ``=======``; it may follow list or quote markers."""
_HINT = "Keep one version, and delete the three marker lines: those that begin with <<<<<<<, ======= and >>>>>>>."


def find_conflict(text: str, path: PurePosixPath) -> Problem | None:
    """Return a problem at the first conflict marker of a file, or None."""
    marker = _MARKER.search(text)
    if marker is None:
        return None
    line = text.count("\n", 0, marker.start()) + 1
    count = sum("<<<<<<<" in match[0] for match in _MARKER.finditer(text))
    places = f", here and in {count - 1} more place{'s' * (count > 2)}" if count > 1 else ""
    return Problem(path, line, 1, f"two people changed these lines, and both versions are in the file{places}", _HINT, "conflict")
