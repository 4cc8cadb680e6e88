"""Problems in the content, with their position, a message and a hint on how to fix them."""

import difflib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum
from pathlib import PurePosixPath

from guidegen.records import dataclass

SourcePosition = tuple[int, int]
"""Line and column, from 1."""


class Severity(IntEnum):
    """The severity of a problem.

    An error prevents publishing, a warning does so only with ``--strict``, and a problem in a draft never does.
    """

    ERROR = 0
    WARNING = 1
    DRAFT = 2


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the content, described for the person who edits it.

    ``line`` and ``column`` count from 1. Line 1, column 1 also means the whole file. ``weight`` ranks problems with the same
    code; a higher weight is worse. Its unit depends on the code, such as days, words or texts.
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
    """An error outside the content, with a message for the person who ran the command."""


class ContentError(GuidegenError):
    """Problems in the content that prevent publishing."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems in the content")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems prevents publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)


_SIMILARITY_THRESHOLD = 0.76  # "telefone" is similar to "telephone"; "seniors" is not similar to "survivors"


def find_nearest_word(word: str, known: Iterable[str]) -> str:
    """Return the known word that ``word`` was most likely meant to be, or an empty string."""
    originals = {name.casefold(): name for name in known}
    folded = word.strip().casefold()
    prefixed = [name for name in originals if len(folded) > 2 and name.startswith(folded)]
    if len(prefixed) == 1:
        return originals[prefixed[0]]
    for spelling in (folded.replace(" ", "-"), folded):
        matches = difflib.get_close_matches(spelling, originals, n=1, cutoff=_SIMILARITY_THRESHOLD)
        if matches:
            return originals[matches[0]]
    return ""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or else lists the known words."""
    names = list(known)
    nearest = find_nearest_word(word, names)
    if nearest:
        return f"Did you mean:  {nearest}"
    if not names:
        return ""
    name_list = ", ".join(names[:24])
    return f"Write one of:  {name_list}" + (", …" if len(names) > 24 else "")


_SPELLING_CHARACTERS = "\u00a0\u200c\u200d\u3000"
"""Characters that are part of the spelling of words, although Python calls them unprintable."""


def escape_unprintable(text: str, also: str = "") -> str:
    """Escape characters that could control a terminal or start a new line in a log.

    File names and content are not trusted. The characters in ``also`` are not escaped.
    """
    if text.isprintable():
        return text
    kept = _SPELLING_CHARACTERS + also
    return "".join(
        letter if letter.isprintable() or letter in kept else letter.encode("unicode_escape").decode() for letter in text
    )


def _escape_unprintable(problem: Problem) -> Problem:
    path = PurePosixPath(escape_unprintable(str(problem.path)))
    return replace(problem, path=path, message=escape_unprintable(problem.message), hint=escape_unprintable(problem.hint))


def format_as_text(problem: Problem, excerpt: str = "") -> str:
    """Format a problem as ``path:line:column: message``, followed by its indented hint and the excerpt from the file."""
    problem = _escape_unprintable(problem)
    label = {Severity.ERROR: "", Severity.WARNING: "warning: ", Severity.DRAFT: "warning in a draft: "}[problem.severity]
    first_line = f"{problem.path}:{problem.line}:{problem.column}: {label}{problem.message}"
    return "\n".join([first_line, *([f"    {problem.hint}"] if problem.hint else []), *([excerpt] if excerpt else [])])


def _format_level(problem: Problem) -> str:
    return "error" if problem.severity is Severity.ERROR else "warning"


def format_for_github(problem: Problem) -> str:
    """Format a problem as an annotation of a GitHub workflow.

    The escapes are those of "workflow commands", https://docs.github.com/actions.
    """
    problem = _escape_unprintable(problem)
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    position = f"file={_percent_encode(str(problem.path), ':,')},line={problem.line},col={problem.column}"
    return f"::{_format_level(problem)} {position}::{_percent_encode(text, '')}"


def format_as_json(problems: Iterable[Problem]) -> str:
    """Format problems as a JSON array, for tools."""
    rows = [
        {
            "path": str(problem.path),
            "line": problem.line,
            "column": problem.column,
            "severity": _format_level(problem),
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in map(_escape_unprintable, problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def format_for_gitlab(problems: Iterable[Problem]) -> str:
    """Format problems as a code quality report, which GitLab shows next to the lines.

    https://docs.gitlab.com/ci/testing/code_quality/
    """
    rows = [
        {
            "description": f"{problem.message} {problem.hint}".strip(),
            "check_name": problem.code,
            "fingerprint": hashlib.sha256(f"{problem.path}\t{problem.code}\t{problem.message}".encode()).hexdigest(),
            "severity": "major" if problem.severity is Severity.ERROR else "minor",
            "location": {"path": str(problem.path), "lines": {"begin": problem.line}},
        }
        for problem in map(_escape_unprintable, problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _percent_encode(text: str, also: str) -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
