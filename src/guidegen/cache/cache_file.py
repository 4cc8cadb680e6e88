"""The file of a build cache, in SQLite: the values of earlier builds by key, and the tables that describe the last site.

Values are read one at a time, so that they never fill the memory. A build changes the file in one transaction; a killed or failed
build leaves the file of the build before. A damaged or missing value counts as a cache miss; a damaged file is replaced.
"""

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from guidegen.cache.folders import GITIGNORE, prepare_cache
from guidegen.cache.serialization import DamagedError, loads
from guidegen.cache.tracked_files import CACHE_FILE

EARLIER_FILES = ("values-*", "values.db*", "rest")
"""The files in which earlier versions kept values and the record of a site."""
_COLUMNS = {
    "cached": "key BLOB PRIMARY KEY, checksum INTEGER, value BLOB",
    "outputs": "path BLOB PRIMARY KEY, cache_key BLOB, content_hash BLOB, size BLOB, ids BLOB, links BLOB",
    "texts": "number BLOB PRIMARY KEY, text BLOB",
    "keys": "source_key BLOB PRIMARY KEY, cache_key BLOB",
    "site": "name BLOB PRIMARY KEY, value BLOB",
}
_TABLES = [f"CREATE TABLE {name} ({columns}) WITHOUT ROWID" for name, columns in _COLUMNS.items()]
"""The values, and the tables of ``site_record``. A file with any other table, view or trigger is replaced."""
_SETTINGS = (
    "trusted_schema = OFF",  # whoever can write to the cache can forge it
    "auto_vacuum = FULL",  # the file shrinks as values are deleted
    "locking_mode = EXCLUSIVE",  # one build at a time, and no file of shared memory, which network disks lack
    "journal_mode = WAL",
    "synchronous = OFF",  # after a power failure rows may be lost, and checksums tell damaged ones
)


class CacheFile:
    """The file of the cache in a folder. What a build changes in it is lost unless the build calls ``commit``."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / CACHE_FILE
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
        try:
            for checksum, value in self.select("SELECT checksum, value FROM cached WHERE key = ?", key):
                return value if isinstance(value, bytes) and crc32(value) == checksum else None
        except sqlite3.Error:
            pass
        return None

    def add(self, key: bytes, raw: bytes) -> Any:
        """Store the bytes of a new value, and return the value. If the disk refuses it, it is not kept."""
        self.add_bytes(key, raw)
        return loads(raw)

    def add_bytes(self, key: bytes, raw: bytes) -> None:
        """Store the bytes of a value, unless the disk refuses it."""
        with contextlib.suppress(sqlite3.Error, OSError):
            self.write("INSERT OR REPLACE INTO cached VALUES (?, ?, ?)", [(key, crc32(raw), raw)])
            self._keys.add(key)

    def keep(self, keys: Iterable[bytes]) -> None:
        """Delete all values but those of these keys. Nothing may be added after this."""
        unused = [(key,) for key in self._keys.difference(keys)]
        if unused:
            with contextlib.suppress(sqlite3.Error, OSError):
                self.write("DELETE FROM cached WHERE key = ?", unused)

    def select(self, query: str, *parameters: object) -> Iterable[tuple[Any, ...]]:
        """Return the rows that a query finds. Raises ``sqlite3.Error``."""
        return self._database.execute(query, parameters) if self._database else ()

    def write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute a statement for each row. Raises ``sqlite3.Error`` and, if the file cannot be created, ``OSError``."""
        if self._database is None:
            self._database = self._create()
        self._database.executemany(statement, rows)

    def commit(self) -> None:
        """Make the changes of this build permanent. Raises ``sqlite3.Error``."""
        if self._database:
            self._database.execute("COMMIT")
            self._existed = True

    def close(self) -> None:
        """Close the file. What was not committed is undone, and a new file is deleted."""
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
        """Open the file and begin a transaction; None if it cannot be used."""
        database = None
        try:
            database = sqlite3.connect(self._file, timeout=0, isolation_level=None)
            for setting in _SETTINGS:
                database.execute(f"PRAGMA {setting}")
            database.execute("BEGIN IMMEDIATE")
            tables = {text for (text,) in database.execute("SELECT sql FROM sqlite_master")}
            if not tables:
                for table in _TABLES:
                    database.execute(table)
            elif tables != set(_TABLES):
                raise sqlite3.DatabaseError("the tables are those of another version")
        except sqlite3.Error as error:
            self._is_locked = getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY"
            if database:
                database.close()
            return None
        return database

    def _create(self) -> sqlite3.Connection:
        """Create the file in place of one that cannot be used. Raises ``OSError`` if that is impossible."""
        if self._is_locked:
            raise OSError("another build uses it")
        prepare_cache(self._file.parent)
        for pattern in (f"{CACHE_FILE}*", *EARLIER_FILES):
            for old in self._file.parent.glob(pattern):
                old.unlink()
        self._existed = False
        database = self._open()
        if database is None:
            raise OSError("SQLite cannot write there")
        return database

    def _list_keys(self) -> set[bytes]:
        try:
            return {key for (key,) in self.select("SELECT key FROM cached")}
        except sqlite3.Error:
            if self._database:
                self._database.close()
            self._database = None
            return set()
