"""Lines that git marked because two people changed them: they must not be published, whatever file they are in."""

import re
from pathlib import PurePosixPath

from guidegen.model.problems import Problem

_MARKER = re.compile(r"^(?:[^\S\n]|[>*-]){0,40}(?:<{7,60}(?:[^\S\n].*)?|>{7,60}[^\S\n]+\S.*|\|{7,60}[^\S\n]+\S.*)$", re.MULTILINE)
"""The first, the last, or the middle marker line of a merge that git could not do by itself, also behind signs of a list."""
_HINT = "Keep one version, and delete the three marker lines: those that begin with <<<<<<<, ======= and >>>>>>>."


def conflict_problem(text: str, path: PurePosixPath) -> Problem | None:
    """Return the problem of a file in which git left both versions of some lines, at the first of its marker lines."""
    marker = _MARKER.search(text)
    if marker is None:
        return None
    line = text.count("\n", 0, marker.start()) + 1
    count = sum("<<<<<<<" in found[0] for found in _MARKER.finditer(text))
    places = f", here and in {count - 1} more place{'s' * (count > 2)}" if count > 1 else ""
    return Problem(path, line, 1, f"two people changed these lines, and both versions are in the file{places}", _HINT, "conflict")
