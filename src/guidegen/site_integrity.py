"""Whether a published site still is what its last build left: somebody may have changed, added or removed files by hand."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from guidegen.inputs import MARKER


class Recorded(Protocol):
    """What the cache knows of a file: the hash of its content, and its size in bytes."""

    @property
    def holds(self) -> bytes: ...

    @property
    def size(self) -> int: ...


def is_intact(site: Path, files: Mapping[str, Recorded], since: int) -> bool:
    """Whether ``site`` has exactly these files with their content.

    A file is only read if anything about it changed after ``since`` (nanoseconds), the end of the build that recorded it.
    """
    count = 0
    for path, status in _walk(str(site), ""):
        if path == MARKER:
            continue
        record = files.get(path)
        if record is None or status.st_size != record.size:
            return False
        if status.st_ctime_ns >= since and _hash(site / path) != record.holds:
            return False
        count += 1
    return count == len(files)


def _walk(folder: str, above: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the path of each entry below a folder that is not a folder itself, and its status."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{above}{entry.name}/")
            else:
                yield above + entry.name, entry.stat(follow_symlinks=False)


def _hash(file: Path) -> bytes:
    """Return the hash as the cache records it; empty for what is no ordinary file."""
    if file.is_symlink() or not file.is_file():
        return b""
    return hashlib.blake2b(file.read_bytes(), digest_size=16).digest()
