"""Values of earlier builds as bytes on disk, read one at a time so that they never fill the memory.

They are kept in the build cache, in a few append-once files: each build adds one file with its new values and never writes into
an older one. A file that is mostly unused is copied into the next one. A damaged or missing value counts as a cache miss.
"""

import contextlib
import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from guidegen.cache.folders import GITIGNORE, prepare_cache
from guidegen.cache.serialization import DamagedError, loads
from guidegen.cache.tracked_files import VALUES_PREFIX, open_regular_file
from guidegen.files.atomic_files import clean_folder, temp_path

MAX_FILES = 8
"""Maximum number of value files; above it, all but the largest are merged."""
MAX_UNUSED_RATIO = 2
"""Maximum ratio of a value file's size to the bytes in it that are still used."""


class BlobRef(NamedTuple):
    """A reference to the bytes of a value: file name, offset, size in bytes and hash."""

    file: str
    start: int
    size: int
    content_hash: bytes


class BlobStore:
    """The values that earlier builds left in a folder, by key, and those of this build, which go into a new file."""

    def __init__(self, folder: Path, known: Mapping[bytes, BlobRef]) -> None:
        self._folder = folder
        self._known = known
        self._new: dict[bytes, BlobRef] = {}
        self._new_file = f"{VALUES_PREFIX}{secrets.token_hex(4)}"
        self._files: dict[str, BinaryIO] = {}
        self._end = 0

    def __contains__(self, key: bytes) -> bool:
        return key in self._new or key in self._known

    def read(self, key: bytes) -> Any:
        """Return a value. Raises ``DamagedError`` if its bytes are missing or damaged."""
        raw = self._read_bytes(key)
        if raw is None:
            raise DamagedError("the value is gone")
        return loads(raw)

    def _read_bytes(self, key: bytes) -> bytes | None:
        ref = self._new.get(key) or self._known.get(key)
        if ref is None:
            return None
        try:
            file = self._files.get(ref.file) or self._open_file(ref.file)
            file.seek(ref.start)
            raw = file.read(ref.size)
        except OSError:
            return None
        return raw if _hash(raw) == ref.content_hash else None

    def add(self, key: bytes, raw: bytes) -> Any:
        """Store the bytes of a new value, and return the value. If the disk refuses it, it is not kept."""
        self._add_bytes(key, raw)
        return loads(raw)

    def _add_bytes(self, key: bytes, raw: bytes) -> None:
        with contextlib.suppress(OSError):
            file = self._files.get(self._new_file) or self._create_file()
            file.seek(self._end)
            file.write(raw)
            self._new[key] = BlobRef(self._new_file, self._end, len(raw), _hash(raw))
            self._end += len(raw)

    def keep(self, keys: Iterable[bytes]) -> dict[bytes, BlobRef]:
        """Return where the values of these keys are for the next build. Nothing may be added after this."""
        kept = {key: self._new.get(key) or self._known[key] for key in keys if key in self}
        moving = self._find_files_to_merge(kept.values())
        for key, ref in kept.items():
            if ref.file in moving and (raw := self._read_bytes(key)) is not None:
                self._add_bytes(key, raw)
        try:
            if self._new_file in self._files:
                self._files.pop(self._new_file).close()
                temp_path(self._folder / self._new_file).replace(self._folder / self._new_file)
        except OSError:
            return {key: ref for key, ref in kept.items() if ref.file != self._new_file}
        return {key: self._new.get(key, ref) for key, ref in kept.items()}

    def close(self) -> None:
        """Close the files and delete the new one unless it was kept."""
        for file in self._files.values():
            with contextlib.suppress(OSError):  # closing flushes, and the disk may be full
                file.close()
        with contextlib.suppress(OSError):
            temp_path(self._folder / self._new_file).unlink(missing_ok=True)
            if [entry.name for entry in self._folder.iterdir()] == [GITIGNORE]:
                (self._folder / GITIGNORE).unlink()
                self._folder.rmdir()

    def _create_file(self) -> BinaryIO:
        prepare_cache(self._folder)
        clean_folder(self._folder)
        self._files[self._new_file] = temp_path(self._folder / self._new_file).open("w+b")
        return self._files[self._new_file]

    def _open_file(self, name: str) -> BinaryIO:
        if not re.fullmatch(rf"{VALUES_PREFIX}[0-9a-f]{{8}}", name):
            raise FileNotFoundError(f"{name} is not a values file")
        self._files[name] = open_regular_file(self._folder / name)
        return self._files[name]

    def _find_files_to_merge(self, refs: Iterable[BlobRef]) -> frozenset[str]:
        """Return the older files whose used values are copied into this build's file."""
        used_bytes: Counter[str] = Counter()
        for ref in refs:
            if ref.file != self._new_file:
                used_bytes[ref.file] += ref.size
        largest = max(used_bytes, key=lambda file: used_bytes[file], default="")
        are_too_many = len(used_bytes) > MAX_FILES
        return frozenset(
            file
            for file, size in used_bytes.items()
            if (are_too_many and file != largest) or self._read_size(file) > size * MAX_UNUSED_RATIO
        )

    def _read_size(self, file: str) -> int:
        try:
            return (self._folder / file).stat().st_size
        except OSError:
            return 0


def remove_unused_files(folder: Path, refs: Iterable[BlobRef]) -> None:
    """Remove the value files that none of these references points to. Raises ``OSError``."""
    used = {ref.file for ref in refs}
    for file in folder.glob(f"{VALUES_PREFIX}*"):
        if file.name not in used:
            file.unlink(missing_ok=True)


def _hash(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=8).digest()
