"""The bytes of a content file, as text: size, UTF-8, and characters nobody can see."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from guidegen.content.merge_conflicts import conflict_problem
from guidegen.model.problems import Problem
from guidegen.text.characters import unwanted, without_unwanted

MAX_BYTES = 256 * 1024


def read_text(file: Path, path: PurePosixPath, limit: int = MAX_BYTES) -> tuple[str, list[Problem]]:
    """The file's text, line ends as ``\\n``, invisible characters reported and taken out.

    Empty, with a problem, when the file cannot be used at all, or two versions of it were never merged.
    """
    try:
        raw = read_bytes(file, limit)
    except OSError as error:
        return "", [Problem(path, 1, 1, f"the file cannot be read: {error.strerror or error}", "", "unreadable")]
    if raw is None:
        return "", [Problem(path, 1, 1, "this is not an ordinary file", "Put a text file in its place.", "unreadable")]
    if len(raw) > limit:
        message = f"the file is larger than {limit // 1024} KiB"
        return "", [Problem(path, 1, 1, message, "Shorten it.", "too-large")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", [_not_utf8(raw, error, path)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    conflict = conflict_problem(text, path)
    if conflict:
        return "", [conflict]
    problems = list(_character_problems(text, path))
    return (without_unwanted(text) if problems else text), problems


def read_bytes(file: Path, limit: int = MAX_BYTES) -> bytes | None:
    """The bytes of a regular file, never waiting on a pipe or a device; at most one more than is allowed."""
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return opened.read(limit + 1)


def _not_utf8(raw: bytes, error: UnicodeDecodeError, path: PurePosixPath) -> Problem:
    before = raw[: error.start]
    line = before.count(b"\n") + 1
    column = len(before) - before.rfind(b"\n")
    message = f"a character here is not in UTF-8 (byte 0x{raw[error.start]:02X})"
    hint = "Open the file in an editor, choose the encoding UTF-8, and save it again."
    return Problem(path, line, column, message, hint, "not-utf-8")


def _character_problems(text: str, path: PurePosixPath) -> Iterator[Problem]:
    """One problem a line: a pasted text often brings the same character many times."""
    reported: set[int] = set()
    for offset, found in unwanted(text):
        line = text.count("\n", 0, offset) + 1
        if line in reported:
            continue
        reported.add(line)
        column = offset - text.rfind("\n", 0, offset)
        message = f"{found} is in the text here"
        hint = "Delete it: type the words around it again instead of pasting them."
        yield Problem(path, line, column, message, hint, "invisible-character")
