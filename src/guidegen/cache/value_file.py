"""Values of earlier builds as bytes in an SQLite file, read one at a time so that they never fill the memory.

A build adds its new values in one transaction and, at its end, deletes those that it did not use. A killed or failed build leaves
the values of the build before. A damaged or missing value counts as a cache miss; a damaged file is replaced.
"""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from guidegen.cache.folders import GITIGNORE, prepare_cache
from guidegen.cache.serialization import DamagedError, loads
from guidegen.cache.tracked_files import VALUES_FILE

_HASH_SIZE = 8
EARLIER_FILES = "values-*"
"""The files in which earlier versions kept values."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS cached (key BLOB PRIMARY KEY, hash BLOB, value BLOB) WITHOUT ROWID"
_SETTINGS = (
    "trusted_schema = OFF",  # whoever can write to the cache can forge it
    "auto_vacuum = FULL",  # the file shrinks as values are deleted
    "locking_mode = EXCLUSIVE",  # one build at a time, and no file of shared memory, which network disks lack
    "journal_mode = WAL",
    "synchronous = OFF",  # after a power failure values may be lost, and a hash tells damaged ones
)


class ValueFile:
    """The values that earlier builds left in a folder, by key, and those of this build."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / VALUES_FILE
        self._is_locked = False
        self._existed = self._file.is_file() and not self._file.is_symlink()
        self._database = self._open() if self._existed else None
        self._keys = self._list_keys()

    def __contains__(self, key: bytes) -> bool:
        return key in self._keys

    def read(self, key: bytes) -> Any:
        """Return a value. Raises ``DamagedError`` if its bytes are missing or damaged."""
        raw = self.read_bytes(key)
        if raw is None:
            raise DamagedError("the value is gone")
        return loads(raw)

    def read_bytes(self, key: bytes) -> bytes | None:
        """Return the bytes of a value; None if they are missing or damaged."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT hash, value FROM cached WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[1] if row and isinstance(row[1], bytes) and _hash(row[1]) == row[0] else None

    def add(self, key: bytes, raw: bytes) -> Any:
        """Store the bytes of a new value, and return the value. If the disk refuses it, it is not kept."""
        self.add_bytes(key, raw)
        return loads(raw)

    def add_bytes(self, key: bytes, raw: bytes) -> None:
        """Store the bytes of a value, unless the disk refuses it."""
        if self._database is None:
            self._database = self._create()
        if self._database:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("INSERT OR REPLACE INTO cached VALUES (?, ?, ?)", (key, _hash(raw), raw))
                self._keys.add(key)

    def keep(self, keys: Iterable[bytes]) -> None:
        """Delete all values but those of these keys, and make the new ones permanent. Nothing may be added after this."""
        if self._database is None:
            return
        with contextlib.suppress(sqlite3.Error):
            self._database.executemany("DELETE FROM cached WHERE key = ?", [(key,) for key in self._keys.difference(keys)])
            self._database.execute("COMMIT")
            self._existed = True

    def close(self) -> None:
        """Close the file. What was not kept is undone, and a new file is deleted."""
        if self._database:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        if not self._existed:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)
                if [entry.name for entry in self._file.parent.iterdir()] == [GITIGNORE]:
                    (self._file.parent / GITIGNORE).unlink()
                    self._file.parent.rmdir()

    def _open(self) -> sqlite3.Connection | None:
        """Open the file and begin a transaction; None if it is no database that can be used."""
        database = None
        try:
            database = sqlite3.connect(self._file, timeout=0, isolation_level=None)
            for setting in _SETTINGS:
                database.execute(f"PRAGMA {setting}")
            database.execute("BEGIN IMMEDIATE")
            database.execute(_SCHEMA)
        except sqlite3.Error as error:
            self._is_locked = getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY"
            if database:
                database.close()
            return None
        return database

    def _create(self) -> sqlite3.Connection | None:
        """Create the file in place of one that cannot be used; None if another build uses it, or if the disk refuses it."""
        if self._is_locked:
            return None
        try:
            prepare_cache(self._file.parent)
            for old in (*self._file.parent.glob(f"{VALUES_FILE}*"), *self._file.parent.glob(EARLIER_FILES)):
                old.unlink()
        except OSError:
            return None
        self._existed = False
        return self._open()

    def _list_keys(self) -> set[bytes]:
        if self._database is None:
            return set()
        try:
            return {key for (key,) in self._database.execute("SELECT key FROM cached")}
        except sqlite3.Error:
            self._database.close()
            self._database = None
            return set()


def _hash(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=_HASH_SIZE).digest()
