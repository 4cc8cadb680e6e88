"""The record of a published site: each of its files, and what else the next build of it reuses.

It is in tables of the cache file (``cache_file``), and an edit writes only the rows of what it changed. Its hash is in the
manifest ``now`` (``tracked_files``). If it is damaged, older or of another version of guidegen, it is ignored. Nothing in it is
executed.
"""

import itertools
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple, TypeVar
from zlib import crc32

from guidegen.cache.cache_file import CacheFile
from guidegen.cache.serialization import dumps, loads
from guidegen.cache.tracked_files import (
    Folders,
    ManifestHead,
    TrackedFiles,
    hash_options,
    read_manifest_head,
)
from guidegen.model.page import PackedLinks
from guidegen.model.problems import Problem
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass


class OutputRecord(NamedTuple):
    """An output file: its cache key, content hash, size in bytes and, for a page, its ids and links."""

    cache_key: bytes
    content_hash: bytes
    size: int
    links: PackedLinks | None


@dataclass(slots=True)
class SiteRecord:
    """The record of a published site.

    ``texts`` is the string table of the links in ``files``. ``cache_keys`` maps the source key of a lazy value to its cache key.
    ``previous_site_id`` is the id of the site before this one, which may still be in the cache, and ``stale_paths`` are the files
    in which it differs from this one. ``checksum`` is that of its rows in the cache file; 0 if there are none.
    """

    files: Mapping[str, OutputRecord] = field(default_factory=dict)
    texts: Sequence[str] = ()
    cache_keys: Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    warnings: tuple[Problem, ...] = ()
    previous_site_id: str = ""
    stale_paths: frozenset[str] | None = None
    checksum: int = 0


Key = TypeVar("Key")
Value = TypeVar("Value")
Row = tuple[bytes, ...]
_KEY_COLUMNS = {"outputs": "path", "texts": "number", "keys": "source_key", "site": "name"}
"""The tables of a record, each with its first column, which is unique."""
_SHAPE = repr([(kind.__name__, kind.__annotations__) for kind in (SiteRecord, OutputRecord, PackedLinks, Problem)])
"""The types of a record: that of another version of guidegen may have others."""


def load_record(file: CacheFile, folders: Folders, options: str) -> SiteRecord:
    """Return the record that the last build left; an empty one if it is unusable."""
    head = read_manifest_head(folders.cache)
    if head is None or head.options != hash_options(options):
        return SiteRecord()
    try:
        tables = [list(file.select(f"SELECT * FROM {table} ORDER BY 1")) for table in _KEY_COLUMNS]  # noqa: S608  # constants
        outputs, texts, keys, ((_, others),) = tables
        checksum = sum(map(_compute_checksum, itertools.chain(outputs, texts, keys)))
        if _hash(checksum, others) != head.record_hash:
            return SiteRecord()
        shape, *values = loads(others)
        record = SiteRecord(
            dict(map(_read_output, outputs)),
            [_decode(text) for _, text in texts],
            {_decode(source_key): _decode(cache_key) for source_key, cache_key in keys},
            *values,
        )
        record.checksum = checksum
        is_usable = shape == _SHAPE and record.site == head.site and _are_safe_paths([*record.files, *(record.stale_paths or ())])
    except (sqlite3.Error, ValueError, TypeError, AttributeError):  # damaged, or of other types
        return SiteRecord()
    return record if is_usable else SiteRecord()


def save_record(
    file: CacheFile,
    folders: Folders,
    options: str,
    inputs: TrackedFiles,
    stored: SiteRecord,
    record: SiteRecord,
    counts: tuple[int, int, int],
) -> str:
    """Store the record for the next build in place of the ``stored`` one, which ``load_record`` returned, and commit the file.

    Return why that failed, or an empty text: if a disk refuses, the build does not fail, and the next one is only slower.
    """
    others = dumps((_SHAPE, record.site, record.warnings, record.previous_site_id, record.stale_paths))
    record.checksum = stored.checksum
    try:
        if not stored.checksum:  # there may be rows that could not be used
            for table in _KEY_COLUMNS:
                file.write(f"DELETE FROM {table}", [()])  # noqa: S608  # a constant
        for table, (removed, added) in zip(_KEY_COLUMNS, _compare(stored, record), strict=False):
            record.checksum += sum(map(_compute_checksum, added)) - sum(map(_compute_checksum, removed))
            file.write(f"DELETE FROM {table} WHERE {_KEY_COLUMNS[table]} = ?", [row[:1] for row in removed])  # noqa: S608  # constants
            if added:
                file.write(f"INSERT INTO {table} VALUES (?{', ?' * (len(added[0]) - 1)})", added)  # noqa: S608  # a constant
        file.write("INSERT OR REPLACE INTO site VALUES (?, ?)", [(b"others", others)])
        file.commit()
        inputs.save(folders.cache, ManifestHead(hash_options(options), record.site, _hash(record.checksum, others), counts))
    except OSError as error:
        return error.strerror or str(error)
    except sqlite3.Error as error:
        return str(error)
    return ""


def _compute_checksum(row: Row) -> int:
    return crc32(b"\0".join(row))


def _hash(checksum: int, others: bytes) -> str:
    return f"{checksum:x} {crc32(others):x}"


def _compare(stored: SiteRecord, record: SiteRecord) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield the rows to remove from each table, and those to add."""
    yield _find_changes(stored.files, record.files, _write_output)
    yield _find_changes(dict(enumerate(stored.texts)), dict(enumerate(record.texts)), _write_text)
    yield _find_changes(stored.cache_keys, record.cache_keys, _write_key)


def _find_changes(
    old: Mapping[Key, Value], new: Mapping[Key, Value], write: Callable[[Key, Value], Row]
) -> tuple[list[Row], list[Row]]:
    """Return the rows of the values that changed or are gone, and of those that changed or are new."""
    changed = [key for key, value in new.items() if key not in old or old[key] != value]
    gone = [*(key for key in changed if key in old), *(key for key in old if key not in new)]
    return [write(key, old[key]) for key in gone], [write(key, new[key]) for key in changed]


def _write_output(path: str, output: OutputRecord) -> Row:
    return _encode(path), output.cache_key, output.content_hash, b"%d" % output.size, *(output.links or _NO_LINKS)


def _write_text(number: int, text: str) -> Row:
    return number.to_bytes(4), _encode(text)


def _write_key(source_key: str, cache_key: str) -> Row:
    return _encode(source_key), _encode(cache_key)


def _read_output(row: Row) -> tuple[str, OutputRecord]:
    path, cache_key, content_hash, size, ids, links = row
    return _decode(path), OutputRecord(cache_key, content_hash, int(size), PackedLinks(ids, links) if ids or links else None)


_NO_LINKS = PackedLinks(b"", b"")


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # the name of a file may have bytes that are not UTF-8


def _decode(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")


_UNSAFE_PATH = compile_lazily(r"(?:^|[\0/])\.{0,2}(?=[\0/]|$)|\\")
"""An absolute path, a path with a backslash, or one with an empty part, ``.`` or ``..``."""


def _are_safe_paths(paths: Sequence[str]) -> bool:
    """Return whether all paths stay inside the folder of a site."""
    return not paths or not _UNSAFE_PATH.search("\0".join(paths))
