"""Check that nobody changed a published site since its last build."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from guidegen.cache.tracked_files import MARKER

_SYSTEM_FILES = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that an operating system writes into any folder a user opens."""


class Recorded(Protocol):
    """A record with the hash of a file's content, and its size in bytes."""

    @property
    def content_hash(self) -> bytes: ...

    @property
    def size(self) -> int: ...


def is_intact(site: Path, files: Mapping[str, Recorded], written_last: Path, others: frozenset[str] = frozenset()) -> bool:
    """Return whether ``site`` has exactly these files, unchanged, apart from files that operating systems add.

    A file is only read if it changed after ``written_last``, the last file that its build wrote. The paths ``others`` may be
    there or not, with any content, but not as links.
    """
    try:
        since = written_last.stat().st_mtime_ns
        return _count_intact(site, files, since, others) == sum(path not in others for path in files)
    except OSError:  # somebody is changing the site right now
        return False


def _count_intact(site: Path, files: Mapping[str, Recorded], since: int, others: frozenset[str]) -> int:
    """Return how many files match their records; -1 if any file does not."""
    count = 0
    for path, status in _walk(str(site)):
        if not stat.S_ISREG(status.st_mode):
            return -1
        if path == MARKER or path in others or path.rpartition("/")[2] in _SYSTEM_FILES:
            continue
        record = files.get(path)
        if record is None or status.st_size != record.size:
            return -1
        changed = max(status.st_ctime_ns, status.st_mtime_ns)  # on Windows st_ctime is the creation time
        if changed >= since and content_hash((site / path).read_bytes()) != record.content_hash:
            return -1
        count += 1
    return count


def _walk(site: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the relative path and the status of every file of a site."""
    folders = [(site, "")]
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    yield prefix + entry.name, entry.stat(follow_symlinks=False)


def content_hash(content: bytes) -> bytes:
    """Return the hash of a file's content."""
    return hashlib.blake2b(content, digest_size=16).digest()
