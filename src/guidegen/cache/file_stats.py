"""What a build reads, file by file: whether it changed is seen from outside, and only what changed is opened.

This module alone must answer "nothing changed" in a few hundredths of a second, so it imports little.
"""

import contextlib
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator

PARTS = ("guide.yml", "content", "templates", "static", "locales")
"""What of a guide's folder is read; of guidegen itself the same folders, its words and its code."""
_OWN = (*PARTS[1:], "words")
_LIBRARIES = ("PIL", "babel", "jinja2", "markdown", "markupsafe", "nh3", "yaml")
"""Libraries that the bytes of a site depend on; one that is not installed adds nothing, so installing it counts as a change."""
_MAX_DEEP = 12
RACY_NS = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was looked at may change again and look the same."""

FileStat = tuple[int, int, int, int]
"""When a file was written and when anything about it changed (nanoseconds), its bytes, and its number on the disk."""
FileStats = dict[str, FileStat]


def scan_files(root: str) -> FileStats:
    """The stamps of all that a build of the guide in ``root`` reads, by path; guidegen's own files by their full path."""
    found: FileStats = {}
    for name in PARTS:
        _add(os.path.join(root, name), name, found, follow=name != "content")
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    theme = os.path.join(package, "theme")
    theme = theme if os.path.isdir(theme) else os.path.dirname(os.path.dirname(package))
    if not _same(theme, root):
        for name in _OWN:
            top = os.path.join(theme, name)
            _add(top if name != "content" else os.path.join(top, "services.yml"), top, found, follow=True)
    elif os.path.isdir(os.path.join(theme, "words")):
        _add(os.path.join(theme, "words"), os.path.join(theme, "words"), found, follow=True)
    _add(package, package, found, follow=True, ending=".py")
    return found


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _add(file: str, name: str, found: FileStats, follow: bool, ending: str = "", depth: int = 0) -> None:
    """The file or, with all below it, the folder."""
    try:
        status = os.stat(file, follow_symlinks=follow)
        entries = list(os.scandir(file)) if stat.S_ISDIR(status.st_mode) and depth < _MAX_DEEP else []
    except OSError:  # not there, or not ours to read: whoever needs it will say so
        return
    if not stat.S_ISDIR(status.st_mode) and name.endswith(ending):
        found[name] = _to_file_stat(status)
    for entry in entries:
        if entry.name != "__pycache__" and entry.is_dir(follow_symlinks=follow):
            _add(entry.path, f"{name}/{entry.name}", found, follow, ending, depth + 1)
        elif entry.name.endswith(ending):
            with contextlib.suppress(OSError):
                found[f"{name}/{entry.name}"] = _to_file_stat(entry.stat(follow_symlinks=follow))


def stat_file(file: str) -> FileStat | None:
    """The stamp of one file; None when it is not there."""
    try:
        return _to_file_stat(os.stat(file))
    except OSError:
        return None


def _to_file_stat(status: os.stat_result) -> FileStat:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def library_versions() -> str:
    """Python and the libraries that pages are made with, as their files stand."""
    told = [sys.version]
    for folder in sys.path:
        for name in _LIBRARIES:
            try:
                status = os.stat(os.path.join(folder, name, "__init__.py"))
            except OSError:
                continue
            told.append(f"{folder}/{name} {status.st_mtime_ns} {status.st_size}")
    return "\n".join(told)


def racy(stamps: FileStats, looked: int | None = None) -> Iterator[str]:
    """The files that changed so shortly before they were looked at, or after, that their stamps prove nothing."""
    since = (time.time_ns() if looked is None else looked) - RACY_NS
    return (name for name, stamp in stamps.items() if max(stamp[0], stamp[1]) >= since)


def hash_file(file: str) -> str:
    """A short hash of a file's bytes; empty for what cannot be read as an ordinary file."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            return ""
        with open(file, "rb") as opened:
            return hashlib.blake2b(opened.read(), digest_size=16).hexdigest()
    except OSError:
        return ""
