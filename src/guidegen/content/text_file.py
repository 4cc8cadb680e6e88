"""Read a content file as text, and check its size, encoding and invisible characters."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from guidegen.content.merge_conflicts import find_conflict
from guidegen.model.problems import Problem
from guidegen.text.characters import find_unwanted, remove_unwanted

MAX_BYTES = 256 * 1024
_SAVE_AS_UTF_8 = "Open the file in an editor, choose the encoding UTF-8, and save it again."


def read_text(file: Path, path: PurePosixPath, limit: int = MAX_BYTES) -> tuple[str, list[Problem]]:
    """Return the text of a file with normalized line ends, and its problems.

    Invisible characters are reported and removed. The text is empty if the file cannot be read, is too large or not UTF-8, or has
    an unresolved merge.
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
    if raw.count(0) > len(raw) // 4:
        return "", [Problem(path, 1, 1, "the file is in UTF-16, not in UTF-8", _SAVE_AS_UTF_8, "not-utf-8")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", [_encoding_problem(raw, error, path)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    conflict = find_conflict(text, path)
    if conflict:
        return "", [conflict]
    problems = list(_character_problems(text, path))
    return (remove_unwanted(text) if problems else text), [*problems, *_find_lost_characters(text, path)]


def read_bytes(file: Path, limit: int = MAX_BYTES) -> bytes | None:
    """Return at most ``limit + 1`` bytes of a regular file, or None for a pipe or a device.

    Raises ``OSError``, also for a symbolic link.
    """
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return opened.read(limit + 1)


def _encoding_problem(raw: bytes, error: UnicodeDecodeError, path: PurePosixPath) -> Problem:
    before = raw[: error.start]
    line = before.count(b"\n") + 1
    column = len(before) - before.rfind(b"\n")
    message = f"a character here is not valid UTF-8 (byte 0x{raw[error.start]:02X})"
    return Problem(path, line, column, message, _SAVE_AS_UTF_8, "not-utf-8")


def _find_lost_characters(text: str, path: PurePosixPath) -> Iterator[Problem]:
    """Yield a problem for each line with a replacement character (U+FFFD), which stands for a letter that is gone."""
    for number, line in enumerate(text.split("\n") if "\ufffd" in text else (), 1):
        if "\ufffd" in line:
            message = "a letter was lost here when the file was saved in another encoding (\ufffd)"
            yield Problem(path, number, line.index("\ufffd") + 1, message, "Write the right letter in its place.", "not-utf-8")


def _character_problems(text: str, path: PurePosixPath) -> Iterator[Problem]:
    """Yield at most one problem a line: pasted text often repeats the same character."""
    reported: set[int] = set()
    for offset, character in find_unwanted(text):
        line = text.count("\n", 0, offset) + 1
        if line in reported:
            continue
        reported.add(line)
        column = offset - text.rfind("\n", 0, offset)
        message = f"there is {character} in the text"
        hint = "Delete it. Retype the words around it instead of pasting them."
        yield Problem(path, line, column, message, hint, "invisible-character")
