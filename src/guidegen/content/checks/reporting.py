"""Make problems at the position of a field."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Protocol

from guidegen.model.problems import Problem, Severity, SourcePosition


class Sourced(Protocol):
    """A value that was read from a file, with the positions of its fields by path."""

    @property
    def source(self) -> PurePosixPath: ...

    @property
    def places(self) -> Mapping[str, SourcePosition]: ...


def problem(about: Sourced, at: str, message: str, hint: str, code: str) -> Problem:
    """Return an error at the field ``at``, or at the nearest enclosing field that is in the file."""
    return Problem(about.source, *find_position(about.places, at), message, hint, code)


def warning(about: Sourced, at: str, message: str, hint: str, code: str, weight: int = 0) -> Problem:
    """Return a warning, as ``problem`` returns an error."""
    return Problem(about.source, *find_position(about.places, at), message, hint, code, Severity.WARNING, weight)


def old_name_warning(about: Sourced, at: str, name: str, present: str) -> Problem:
    """Return a warning that a reference uses an old name. The published site resolves it."""
    return warning(about, at, f"'{name}' is now called '{present}'", f"Write  {present}", "old-name")


def find_position(places: Mapping[str, SourcePosition], at: str) -> SourcePosition:
    """Return the line and column of a path or its nearest enclosing path; ``(1, 1)`` if there is none."""
    while at:
        if at in places:
            return places[at]
        at = at.rpartition(".")[0]
    return (1, 1)
