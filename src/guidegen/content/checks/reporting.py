"""Problems at a place of a file, by the path of the field."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Protocol

from guidegen.model.problems import Problem, Severity, SourcePosition


class Sourced(Protocol):
    """Something that was read from a file and knows where its parts stand."""

    @property
    def source(self) -> PurePosixPath: ...

    @property
    def places(self) -> Mapping[str, SourcePosition]: ...


def problem(about: Sourced, at: str, message: str, hint: str, code: str) -> Problem:
    """An error at a field, or at the nearest field around it that stands in the file."""
    return Problem(about.source, *place_of(about.places, at), message, hint, code)


def warning(about: Sourced, at: str, message: str, hint: str, code: str, weight: int = 0) -> Problem:
    """As ``problem``, for what is weak but may be published."""
    return Problem(about.source, *place_of(about.places, at), message, hint, code, Severity.WARNING, weight)


def old_name(about: Sourced, at: str, name: str, present: str) -> Problem:
    """Return a warning that something is called by a name it no longer has. What is published leads to the right one."""
    return warning(about, at, f"'{name}' is now called '{present}'", f"Write  {present}", "old-name")


def place_of(places: Mapping[str, SourcePosition], at: str) -> SourcePosition:
    """Line and column of a path or of what holds it; the top of the file if nothing does."""
    while at:
        if at in places:
            return places[at]
        at = at.rpartition(".")[0]
    return (1, 1)
