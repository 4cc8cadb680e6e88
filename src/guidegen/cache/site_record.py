"""The record of a published site: each of its files, and what else the next build of it reuses.

It is in tables of the cache file (``cache_file``), and an edit writes only the rows of what it changed. Its hash is in the
manifest ``now`` (``tracked_files``). If it is damaged, older or of another version of guidegen, it is ignored. Nothing in it is
executed.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

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
    in which it differs from this one.
    """

    files: Mapping[str, OutputRecord] = field(default_factory=dict)
    texts: Sequence[str] = ()
    cache_keys: Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    warnings: tuple[Problem, ...] = ()
    previous_site_id: str = ""
    stale_paths: frozenset[str] | None = None


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
        tables = [_read_table(file, table) for table in _KEY_COLUMNS]
        if _hash_rows(tables) != head.record_hash:
            return SiteRecord()
        outputs, texts, keys, ((_, others),) = tables
        shape, *values = loads(others)
        record = SiteRecord(
            dict(map(_read_output, outputs)),
            [_decode(text) for _, text in texts],
            {_decode(source_key): _decode(cache_key) for source_key, cache_key in keys},
            *values,
        )
        is_usable = shape == _SHAPE and record.site == head.site and _are_safe_paths([*record.files, *(record.stale_paths or ())])
    except (sqlite3.Error, ValueError, TypeError, AttributeError):  # damaged, or of other types
        return SiteRecord()
    return record if is_usable else SiteRecord()


def save_record(
    file: CacheFile, folders: Folders, options: str, inputs: TrackedFiles, record: SiteRecord, counts: tuple[int, int, int]
) -> str:
    """Store the record for the next build, and commit the file. Return why that failed, or an empty text.

    A disk that refuses does not fail the build: the next one is only slower.
    """
    tables = [sorted(rows) for rows in _to_rows(record)]
    try:
        for table, rows in zip(_KEY_COLUMNS, tables, strict=True):
            _update_table(file, table, rows)
        file.commit()
        inputs.save(folders.cache, ManifestHead(hash_options(options), record.site, _hash_rows(tables), counts))
    except OSError as error:
        return error.strerror or str(error)
    except sqlite3.Error as error:
        return str(error)
    return ""


def _read_table(file: CacheFile, table: str) -> list[Row]:
    return list(file.select(f"SELECT * FROM {table} ORDER BY 1"))  # noqa: S608  # a constant


def _update_table(file: CacheFile, table: str, rows: Sequence[Row]) -> None:
    """Write the rows of a table that changed, and delete those that it has no more."""
    old_rows = set(_read_table(file, table))
    removed_keys = {row[0] for row in old_rows}.difference(row[0] for row in rows)
    file.write(f"DELETE FROM {table} WHERE {_KEY_COLUMNS[table]} = ?", [(key,) for key in removed_keys])  # noqa: S608  # constants
    changed_rows = [row for row in rows if row not in old_rows]
    if changed_rows:
        file.write(f"INSERT OR REPLACE INTO {table} VALUES (?{', ?' * (len(rows[0]) - 1)})", changed_rows)  # noqa: S608  # a constant


def _hash_rows(tables: Iterable[Iterable[Row]]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for rows in tables:
        for row in rows:
            digest.update(b"\0".join(row))
    return digest.hexdigest()


def _to_rows(record: SiteRecord) -> Iterator[list[Row]]:
    """Yield the rows of each table."""
    yield [
        (_encode(path), output.cache_key, output.content_hash, b"%d" % output.size, *(output.links or _NO_LINKS))
        for path, output in record.files.items()
    ]
    yield [(number.to_bytes(4), _encode(text)) for number, text in enumerate(record.texts)]
    yield [(_encode(source_key), _encode(cache_key)) for source_key, cache_key in record.cache_keys.items()]
    yield [(b"others", dumps((_SHAPE, record.site, record.warnings, record.previous_site_id, record.stale_paths)))]


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
