"""The build cache: computed values, and a record of each file of the site, kept for the next build.

The state is in the file ``rest`` of the build cache, beside the manifest ``now`` (``tracked_files``), and is only opened when
something changed; values are in a file of their own (``value_file``). The cache can be deleted at any time. If it is damaged,
older or of another version of guidegen, it is ignored. Nothing in it is executed: only guidegen's own values are read from it.
"""

import contextlib
import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from guidegen.cache.folders import prepare_cache
from guidegen.cache.serialization import DamagedError, dumps, loads
from guidegen.cache.serialization import load as value_in
from guidegen.cache.tracked_files import (
    Folders,
    ManifestHead,
    TrackedFiles,
    hash_options,
    open_regular_file,
    read_manifest_head,
    read_site_id,
)
from guidegen.files.atomic_files import write_pieces
from guidegen.model.page import PackedLinks
from guidegen.model.problems import Problem
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.workers import ONE_PROCESS, Workers

Value = TypeVar("Value")
Item = TypeVar("Item")


class OutputRecord(NamedTuple):
    """An output file: its cache key, content hash, size in bytes and, for a page, its ids and links."""

    cache_key: bytes
    content_hash: bytes
    size: int
    links: PackedLinks | None


@dataclass(slots=True)
class CachedState:
    """The record of a published site.

    ``texts`` is the string table of the links in ``files``. ``cache_keys`` maps the source key of a lazy value to its cache key.
    ``previous_site_id`` is the id of the site before this one, which may still be in the cache, and ``stale_paths`` are the files
    in which it differs from this one.
    """

    site: str = ""
    files: dict[str, OutputRecord] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    cache_keys: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    previous_site_id: str = ""
    stale_paths: frozenset[str] | None = None


_SHAPE = repr([(kind.__name__, kind.__annotations__) for kind in (CachedState, OutputRecord, PackedLinks, Problem)])
"""The types of a state: a state of another version of guidegen may have others."""
_OTHER_FIELDS = tuple(entry.name for entry in fields(CachedState) if entry.name != "files")
_new_hash = partial(hashlib.blake2b, digest_size=16)


class ValueStore(Protocol):
    """Values by key. They are added as bytes, the form in which workers send them."""

    def __contains__(self, key: bytes) -> bool: ...

    def read(self, key: bytes) -> Any:
        """Return a value. Raises ``DamagedError`` if its bytes are missing or damaged."""

    def add(self, key: bytes, raw: bytes) -> Any:
        """Store the bytes of a new value, and return the value."""


class MemoryStore:
    """The values of a process that reads one guide repeatedly, as the preview server does."""

    def __init__(self) -> None:
        self._values: dict[bytes, Any] = {}

    def __contains__(self, key: bytes) -> bool:
        return key in self._values

    def read(self, key: bytes) -> Any:
        """Return a value."""
        return self._values[key]

    def add(self, key: bytes, raw: bytes) -> Any:
        """Store the bytes of a new value, and return the value."""
        self._values[key] = loads(raw)
        return self._values[key]

    def keep(self, keys: Iterable[bytes]) -> None:
        """Drop all values but those of these keys."""
        self._values = {key: self._values[key] for key in keys}


class BuildCache:
    """Values computed in earlier builds, by a key of everything they were computed from.

    ``used_keys`` are those of the values that this build needed.
    """

    def __init__(
        self,
        inputs: TrackedFiles | None = None,
        store: ValueStore | None = None,
        code: str = "",
        workers: Workers = ONE_PROCESS,
    ) -> None:
        self._inputs = inputs
        self._code = code
        self._store = store
        self._workers = workers
        self.used_keys: dict[bytes, None] = {}

    def get_or_compute(
        self, kind: str, files: tuple[str, ...], key_parts: tuple[object, ...], compute: Callable[[], Value]
    ) -> Value:
        """Return ``compute()``, or its earlier result if the files, the code and the ``key_parts`` are the same.

        ``key_parts`` are plain values: their ``repr`` is part of the key.
        """
        if self._store is None:
            return compute()
        value: Value = self._read_or_compute(self._store, self._make_key(kind, files, key_parts).digest(), files, compute)
        return value

    def get_or_compute_all(
        self,
        kind: str,
        requests: Sequence[tuple[tuple[str, ...], Item]],
        key_parts: tuple[object, ...],
        compute: Callable[[Sequence[tuple[Item, str]]], list[Value]],
    ) -> Iterator[Value]:
        """Yield a value per request, in order; a request is the names of the files it depends on and an item.

        ``compute`` gets the items that are not cached, each with its key in hexadecimal.
        """
        keys = [self._make_key(kind, files, key_parts) for files, _ in requests]
        keyed_requests = list(zip(requests, keys, strict=True))
        store = self._store
        missing = [(item, key.hexdigest()) for (_, item), key in keyed_requests if store is None or key.digest() not in store]
        if store is None:
            yield from self._workers.map(compute, missing, _describe_request)
            return
        computed = self._workers.map(partial(_compute_bytes, compute), missing, _describe_request)
        for (files, item), key in keyed_requests:
            name = key.digest()
            if name in store:
                yield self._read_or_compute(store, name, files, partial(_compute_single, compute, (item, key.hexdigest())))
            else:
                yield self._add_value(store, name, files, next(computed))

    def keep(self, kind: str, files: tuple[str, ...], key_parts: tuple[object, ...]) -> None:
        """Keep a value that this build does not need for the next one."""
        key = self._make_key(kind, files, key_parts).digest()
        if self._store is not None and key in self._store:
            self.used_keys[key] = None

    def contains(self, key: str) -> bool:
        """Return whether the next build will find the value of this key: not if one of its files changed while it was read."""
        return bytes.fromhex(key) in self.used_keys

    def _make_key(self, kind: str, files: tuple[str, ...], key_parts: tuple[object, ...]) -> Any:
        hashes = tuple(self._inputs.hash_of(file) for file in files) if self._inputs else ()
        return hashlib.blake2b(repr((kind, self._code, files, hashes, key_parts)).encode(), digest_size=16)

    def _read_or_compute(self, store: ValueStore, key: bytes, files: tuple[str, ...], compute: Callable[[], Any]) -> Any:
        """Return a value from the cache; compute it if it is missing or damaged."""
        if key in store:
            with contextlib.suppress(DamagedError):
                value = store.read(key)
                self.used_keys[key] = None
                return value
        return self._add_value(store, key, files, dumps(compute()))

    def _add_value(self, store: ValueStore, key: bytes, files: tuple[str, ...], raw: bytes) -> Any:
        """Return a new value from its bytes; it is not stored if one of its files changed while it was read."""
        if not all(map(self._is_current, files)):
            return loads(raw)
        self.used_keys[key] = None
        return store.add(key, raw)

    def _is_current(self, file: str) -> bool:
        return self._inputs is not None and self._inputs.is_unchanged(file)

    def name_of(self, file: Path) -> str:
        """Return the name of a file in the ``files`` of a request."""
        return self._inputs.name_of(file) if self._inputs else str(file)


def _compute_bytes(compute: Callable[[Sequence[Item]], list[Value]], requests: Sequence[Item]) -> list[bytes]:
    """Return the computed values as bytes, the form in which workers send them and the cache stores them."""
    return [dumps(value) for value in compute(requests)]


def _compute_single(compute: Callable[[Sequence[Item]], list[Value]], request: Item) -> Value:
    return compute([request])[0]


def _describe_request(request: tuple[object, str]) -> str:
    return str(request[0])


NO_CACHE = BuildCache()


def load_state(folders: Folders, options: str) -> CachedState:
    """Return what the last build left.

    The state is empty if it is unusable, and has only the keys if the site at ``out`` is not the one it describes.
    """
    head = read_manifest_head(folders.cache)
    if head is None or head.options != hash_options(options):
        return CachedState()
    try:
        with open_regular_file(folders.cache / "rest") as file:
            if hashlib.file_digest(file, _new_hash).hexdigest() != head.state_hash:
                return CachedState()
            file.seek(0)
            if value_in(file) != _SHAPE:
                return CachedState()
            files = _from_columns([value_in(file) for _ in range(_COLUMNS)])
            state = CachedState(files=files, **{name: value_in(file) for name in _OTHER_FIELDS})
    except (OSError, ValueError, TypeError, AttributeError):  # damaged, or of other types
        return CachedState()
    if not _are_safe_paths(state.files) or not _are_safe_paths(state.stale_paths or ()):
        return CachedState()
    return state if state.site == head.site == read_site_id(folders.out) else CachedState(cache_keys=state.cache_keys)


_UNSAFE_PATH = compile_lazily(r"(?:^|[\0/])\.{0,2}(?=[\0/]|$)|\\")
"""An absolute path, a path with a backslash, or one with an empty part, ``.`` or ``..``."""


def _are_safe_paths(paths: Iterable[str]) -> bool:
    """Return whether all paths stay inside the folder of a site."""
    joined = "\0".join(paths)
    return not joined or not _UNSAFE_PATH.search(joined)


def save_state(folders: Folders, options: str, inputs: TrackedFiles, state: CachedState, counts: tuple[int, int, int]) -> str:
    """Store the state for the next build. Return why it could not be stored, or an empty text.

    A disk that refuses does not fail the build: the next one is only slower.
    """
    digest = _new_hash()

    def encode_parts() -> Iterator[bytes]:  # a generator, so that only one part is in memory
        for part in chain((_SHAPE,), _to_columns(state.files), (getattr(state, name) for name in _OTHER_FIELDS)):
            raw = dumps(part)
            digest.update(raw)
            yield raw

    try:
        prepare_cache(folders.cache)
        write_pieces(folders.cache / "rest", encode_parts())
        head = ManifestHead(hash_options(options), state.site, digest.hexdigest(), counts)
        inputs.save(folders.cache, head)
    except OSError as error:
        return error.strerror or str(error)
    return ""


# --- files in columns: faster to read and smaller than one record after the other --------------------------------


_COLUMNS = 7


def _to_columns(files: Mapping[str, OutputRecord]) -> Iterator[object]:
    records = files.values()
    yield "\0".join(files)
    yield _join(record.cache_key for record in records)
    yield _join(record.content_hash for record in records)
    yield array("q", [record.size for record in records]).tobytes()
    yield bytes(record.links is not None for record in records)
    yield _join(record.links.ids for record in records if record.links)
    yield _join(record.links.links for record in records if record.links)


def _from_columns(columns: Sequence[Any]) -> dict[str, OutputRecord]:
    paths, cache_keys, content_hashes, sizes, with_links, ids, links = columns
    packed_links = map(PackedLinks, _split(*ids), _split(*links))
    links_or_none = (next(packed_links) if has_links else None for has_links in with_links)
    records = map(OutputRecord, _split(*cache_keys), _split(*content_hashes), memoryview(sizes).cast("q"), links_or_none)
    return dict(zip(paths.split("\0"), records, strict=True)) if paths else {}


def _join(parts: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Return the end offsets of the parts, and the parts joined."""
    chunks = list(parts)
    return array("q", accumulate(map(len, chunks))).tobytes(), b"".join(chunks)


def _split(ends: bytes, joined: bytes) -> Iterator[bytes]:
    start = 0
    for end in memoryview(ends).cast("q"):
        yield joined[start:end]
        start = end
