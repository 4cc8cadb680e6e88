"""The build cache: values computed in earlier builds, by a key of everything they were computed from.

They are kept in a file (``cache_file``), which can be deleted at any time, or in the memory of a preview server. Nothing in the
file is executed: only guidegen's own values are read from it.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from guidegen.cache.serialization import DamagedError, dumps, loads
from guidegen.cache.tracked_files import TrackedFiles
from guidegen.workers import ONE_PROCESS, Workers

Value = TypeVar("Value")
Item = TypeVar("Item")


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
