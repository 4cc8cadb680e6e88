"""Stat signatures of the files that a build reads: a file is opened only if its signature changed.

This module alone must answer "nothing changed" within a few hundredths of a second, so it imports little.
"""

import contextlib
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator

TRACKED_PARTS = ("guide.yml", "guides", "content", "templates", "static", "locales")
"""The files and folders of a guide that a build reads. Of guidegen itself it reads the same folders, its words and its code."""
_OWN_FOLDERS = ("content", "templates", "static", "locales", "words")
_LIBRARIES = ("PIL", "babel", "jinja2", "markdown", "markupsafe", "nh3", "yaml")
"""Libraries that the bytes of a site depend on. A missing one adds nothing, so installing it counts as a change."""
_MAX_DEPTH = 12
RACY_NS = 2_000_000_000
"""Nanoseconds. A file changed less than this before its stat may change again without a new signature ("racy" is git's word)."""

FileStat = tuple[int, int, int, int]
"""Modification time and status change time (nanoseconds), size in bytes, and inode number."""
FileStats = dict[str, FileStat]


def scan_files(root: str) -> FileStats:
    """Return the signature of every file that a build of ``root`` reads.

    The files of the guide have relative paths, guidegen's own files absolute ones.
    """
    stats: FileStats = {}
    for name in TRACKED_PARTS:
        _add_stats(os.path.join(root, name), name, stats, follow_links=name != "content")
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    theme = os.path.join(package, "theme")
    theme = theme if os.path.isdir(theme) else os.path.dirname(os.path.dirname(package))
    if not _is_same_folder(theme, root):
        for name in _OWN_FOLDERS:
            path = os.path.join(theme, name)
            _add_stats(path if name != "content" else os.path.join(path, "services.yml"), path, stats, follow_links=True)
    elif os.path.isdir(os.path.join(theme, "words")):
        _add_stats(os.path.join(theme, "words"), os.path.join(theme, "words"), stats, follow_links=True)
    _add_stats(package, package, stats, follow_links=True, suffix=".py")
    return stats


def _is_same_folder(first: str, second: str) -> bool:
    try:
        return os.path.samefile(first, second)
    except OSError:
        return False


def _add_stats(file: str, name: str, stats: FileStats, follow_links: bool, suffix: str = "", depth: int = 0) -> None:
    """Add the signature of a file, or of all files below a folder."""
    try:
        status = os.stat(file, follow_symlinks=follow_links)
        entries = list(os.scandir(file)) if stat.S_ISDIR(status.st_mode) and depth < _MAX_DEPTH else []
    except OSError:  # missing or unreadable: whatever needs the file reports it
        return
    if not stat.S_ISDIR(status.st_mode) and name.endswith(suffix):
        stats[name] = _to_file_stat(status)
    for entry in entries:
        if entry.name != "__pycache__" and entry.is_dir(follow_symlinks=follow_links):
            _add_stats(entry.path, f"{name}/{entry.name}", stats, follow_links, suffix, depth + 1)
        elif entry.name.endswith(suffix):
            with contextlib.suppress(OSError):
                stats[f"{name}/{entry.name}"] = _to_file_stat(entry.stat(follow_symlinks=follow_links))


def stat_file(file: str) -> FileStat | None:
    """Return the signature of a file; None if it is missing."""
    try:
        return _to_file_stat(os.stat(file))
    except OSError:
        return None


def _to_file_stat(status: os.stat_result) -> FileStat:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def library_versions() -> str:
    """Return the version of Python, and the path, time and size of each library that pages depend on."""
    versions = [sys.version]
    for folder in sys.path:
        for name in _LIBRARIES:
            try:
                status = os.stat(os.path.join(folder, name, "__init__.py"))
            except OSError:
                continue
            versions.append(f"{folder}/{name} {status.st_mtime_ns} {status.st_size}")
    return "\n".join(versions)


def find_racy_files(stats: FileStats, scanned_at: int | None = None) -> Iterator[str]:
    """Yield the files whose signatures prove nothing: they changed after ``scanned_at`` (nanoseconds) or shortly before it."""
    since = (time.time_ns() if scanned_at is None else scanned_at) - RACY_NS
    return (name for name, signature in stats.items() if max(signature[0], signature[1]) >= since)


def hash_file(file: str) -> str:
    """Return a short hash of the bytes of an ordinary file; empty if it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            return ""
        with open(file, "rb") as opened:
            return hashlib.blake2b(opened.read(), digest_size=16).hexdigest()
    except OSError:
        return ""
