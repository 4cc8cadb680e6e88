"""Values of builds as bytes on the disk: they are read one by one, and never stand in memory together.

They are kept in the build cache, in a few files that are never written into again: each build adds one with the values that
are new. A file of which most is of no use any more goes into the next one. What is damaged or gone is not known.
"""

import contextlib
import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from guidegen.cache.folders import IGNORED, prepare_cache
from guidegen.cache.tracked_files import VALUES_PREFIX, open_ordinary
from guidegen.files.atomic_files import clean_folder, temp_path

MAX_FILES = 8
"""Files in which values lie: with more of them, the smaller ones become one."""
MAX_IDLE = 2
"""Times what is of use in a file that it may be large."""


class BlobRef(NamedTuple):
    """Where the bytes of a value lie: the file, the first byte, how many they are, and what names them."""

    file: str
    start: int
    size: int
    content_hash: bytes


class BlobStore:
    """The values that earlier builds left in a folder, by name, and those of this build, which lie in a file of their own."""

    def __init__(self, folder: Path, known: Mapping[bytes, BlobRef]) -> None:
        self._folder = folder
        self._known = known
        self._new: dict[bytes, BlobRef] = {}
        self._name = f"{VALUES_PREFIX}{secrets.token_hex(4)}"
        self._files: dict[str, BinaryIO] = {}
        self._end = 0

    def __contains__(self, name: bytes) -> bool:
        return name in self._new or name in self._known

    def read(self, name: bytes) -> bytes | None:
        """The bytes of a value; None where they are not what was left."""
        where = self._new.get(name) or self._known.get(name)
        if where is None:
            return None
        try:
            file = self._files.get(where.file) or self._open(where.file)
            file.seek(where.start)
            raw = file.read(where.size)
        except OSError:
            return None
        return raw if _digest(raw) == where.content_hash else None

    def add(self, name: bytes, raw: bytes) -> None:
        """A new value. On a disk that refuses it is not kept."""
        with contextlib.suppress(OSError):
            file = self._files.get(self._name) or self._begin()
            file.seek(self._end)
            file.write(raw)
            self._new[name] = BlobRef(self._name, self._end, len(raw), _digest(raw))
            self._end += len(raw)

    def keep(self, names: Iterable[bytes]) -> dict[bytes, BlobRef]:
        """Where the values of these names lie from now on, for the next build. Nothing is added after this."""
        kept = {name: self._new.get(name) or self._known[name] for name in names if name in self}
        moving = self._moving(kept.values())
        for name, where in kept.items():
            if where.file in moving and (raw := self.read(name)) is not None:
                self.add(name, raw)
        try:
            if self._name in self._files:
                self._files.pop(self._name).close()
                temp_path(self._folder / self._name).replace(self._folder / self._name)
        except OSError:
            return {name: where for name, where in kept.items() if where.file != self._name}
        return {name: self._new.get(name, where) for name, where in kept.items()}

    def close(self) -> None:
        """Let go of the files; what was not kept is gone."""
        for file in self._files.values():
            with contextlib.suppress(OSError):  # of a full disk
                file.close()
        with contextlib.suppress(OSError):
            temp_path(self._folder / self._name).unlink(missing_ok=True)
            if [entry.name for entry in self._folder.iterdir()] == [IGNORED]:  # there is nothing else in it
                (self._folder / IGNORED).unlink()
                self._folder.rmdir()

    def _begin(self) -> BinaryIO:
        prepare_cache(self._folder)
        clean_folder(self._folder)
        self._files[self._name] = temp_path(self._folder / self._name).open("w+b")
        return self._files[self._name]

    def _open(self, name: str) -> BinaryIO:
        if not re.fullmatch(rf"{VALUES_PREFIX}[0-9a-f]{{8}}", name):
            raise FileNotFoundError(f"{name} is no file of values")
        self._files[name] = open_ordinary(self._folder / name)
        return self._files[name]

    def _moving(self, kept: Iterable[BlobRef]) -> frozenset[str]:
        """The files of earlier builds whose values go into the one of this build."""
        held: Counter[str] = Counter()
        for where in kept:
            if where.file != self._name:
                held[where.file] += where.size
        largest = max(held, key=lambda file: held[file], default="")
        many = len(held) > MAX_FILES
        return frozenset(file for file, size in held.items() if (many and file != largest) or self._size(file) > size * MAX_IDLE)

    def _size(self, file: str) -> int:
        try:
            return (self._folder / file).stat().st_size
        except OSError:
            return 0


def remove_unused_files(folder: Path, kept: Iterable[BlobRef]) -> None:
    """Remove the files in which none of these values lies. Raises ``OSError``."""
    used = {where.file for where in kept}
    for file in folder.glob(f"{VALUES_PREFIX}*"):
        if file.name not in used:
            file.unlink(missing_ok=True)


def _digest(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=8).digest()
