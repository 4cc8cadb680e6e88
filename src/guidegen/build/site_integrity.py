"""Check that nobody changed a published site since its last build."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from guidegen.cache.tracked_files import MARKER

_FROM_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that systems write into a folder that somebody looks into."""


class Recorded(Protocol):
    """What the cache knows of a file: the hash of its content, and its size in bytes."""

    @property
    def content_hash(self) -> bytes: ...

    @property
    def size(self) -> int: ...


def is_intact(site: Path, files: Mapping[str, Recorded], written_last: Path, others: frozenset[str] = frozenset()) -> bool:
    """Whether ``site`` has exactly these files with their content, beside what systems leave in any folder.

    A file is only read if anything about it changed after ``written_last``, the file with which its build ended. What is in
    ``others`` may be there or not, with any content, but not as a link.
    """
    try:
        since = written_last.stat().st_mtime_ns
        return _count_intact(site, files, since, others) == sum(path not in others for path in files)
    except OSError:  # somebody is changing it right now
        return False


def _count_intact(site: Path, files: Mapping[str, Recorded], since: int, others: frozenset[str]) -> int:
    """Return how many of the files are as recorded; -1 if there is one that is not."""
    count = 0
    for path, status in _walk(str(site), ""):
        if not stat.S_ISREG(status.st_mode):
            return -1
        if path == MARKER or path in others or path.rpartition("/")[2] in _FROM_SYSTEMS:
            continue
        record = files.get(path)
        if record is None or status.st_size != record.size:
            return -1
        changed = max(status.st_ctime_ns, status.st_mtime_ns)  # on Windows the first is when the file was made
        if changed >= since and content_hash((site / path).read_bytes()) != record.content_hash:
            return -1
        count += 1
    return count


def _walk(folder: str, above: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path of each entry below a folder that is not a folder itself, and its status."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{above}{entry.name}/")
            else:
                yield above + entry.name, entry.stat(follow_symlinks=False)


def content_hash(content: bytes) -> bytes:
    """Return the hash by which the cache records the content of a file."""
    return hashlib.blake2b(content, digest_size=16).digest()
