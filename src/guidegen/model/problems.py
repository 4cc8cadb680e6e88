"""What is wrong with the content: values that say where, what, and how to fix it."""

import difflib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import PurePosixPath

SourcePosition = tuple[int, int]
"""Line and column, from 1."""


class Severity(IntEnum):
    """An error keeps the guide from being published; a warning only under ``--strict``; what is wrong in a draft never."""

    ERROR = 0
    WARNING = 1
    DRAFT = 2


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the content, in words for the person who edits it.

    ``line`` and ``column`` count from 1; line 1, column 1 also stands for a whole file. ``weight`` is how bad it is among those
    of its kind, in days, words or texts.
    """

    path: PurePosixPath
    line: int
    column: int
    message: str
    hint: str = ""
    code: str = "content"
    severity: Severity = Severity.ERROR
    weight: int = 0


class GuidegenError(Exception):
    """Something outside the content stopped the program; the message is for the person who ran it."""


class ContentError(GuidegenError):
    """The content has problems, so nothing was published."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems in the content")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether one of the problems keeps the guide from being published."""
    return any(problem.severity is Severity.ERROR for problem in problems)


_LIKENESS = 0.76  # "telefone" is like "telephone"; "seniors" is not like "survivors"


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known name that ``word`` was most likely meant to be, or an empty text."""
    by_folded = {name.casefold(): name for name in known}
    folded = word.strip().casefold()
    beginning = [name for name in by_folded if len(folded) > 2 and name.startswith(folded)]
    if len(beginning) == 1:
        return by_folded[beginning[0]]
    for written in (folded.replace(" ", "-"), folded):
        close = difflib.get_close_matches(written, by_folded, n=1, cutoff=_LIKENESS)
        if close:
            return by_folded[close[0]]
    return ""


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists what may be written."""
    names = list(known)
    close = nearest_word(word, names)
    if close:
        return f"Did you mean:  {close}"
    if not names:
        return ""
    listed = ", ".join(names[:24])
    return f"Write one of:  {listed}" + (", …" if len(names) > 24 else "")


_KEPT = "\u00a0\u200c\u200d\u3000"
"""Characters that are not printable for Python, and are part of the spelling of words."""


def printable(text: str, also: str = "") -> str:
    """Return a text with every character escaped that would steer a terminal, or begin a line of its own in a log.

    Names of files and texts of content come from anybody. ``also`` are characters that may stay.
    """
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter in _KEPT + also else letter.encode("unicode_escape").decode() for letter in text
    )


def _printable(problem: Problem) -> Problem:
    path = PurePosixPath(printable(str(problem.path)))
    return replace(problem, path=path, message=printable(problem.message), hint=printable(problem.hint))


def format_as_text(problem: Problem, excerpt: str = "") -> str:
    """``path:line:column: message`` and, indented below, the hint and the line as it stands in the file."""
    problem = _printable(problem)
    label = {Severity.ERROR: "", Severity.WARNING: "warning: ", Severity.DRAFT: "warning in a draft: "}[problem.severity]
    head = f"{problem.path}:{problem.line}:{problem.column}: {label}{problem.message}"
    return "\n".join([head, *([f"    {problem.hint}"] if problem.hint else []), *([excerpt] if excerpt else [])])


def _level(problem: Problem) -> str:
    return "error" if problem.severity is Severity.ERROR else "warning"


def format_for_github(problem: Problem) -> str:
    """A workflow annotation. Escapes: GitHub's "workflow commands", https://docs.github.com/actions."""
    problem = _printable(problem)
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    place = f"file={_escaped(str(problem.path), ':,')},line={problem.line},col={problem.column}"
    return f"::{_level(problem)} {place}::{_escaped(text, '')}"


def format_as_json(problems: Iterable[Problem]) -> str:
    """All problems as one JSON array, for tools."""
    rows = [
        {
            "path": str(problem.path),
            "line": problem.line,
            "column": problem.column,
            "severity": _level(problem),
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in map(_printable, problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def format_for_gitlab(problems: Iterable[Problem]) -> str:
    """A report on code quality, which GitLab shows beside the lines. https://docs.gitlab.com/ci/testing/code_quality/"""
    rows = [
        {
            "description": f"{problem.message} {problem.hint}".strip(),
            "check_name": problem.code,
            "fingerprint": hashlib.sha256(f"{problem.path}\t{problem.code}\t{problem.message}".encode()).hexdigest(),
            "severity": "major" if problem.severity is Severity.ERROR else "minor",
            "location": {"path": str(problem.path), "lines": {"begin": problem.line}},
        }
        for problem in map(_printable, problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _escaped(text: str, also: str) -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
