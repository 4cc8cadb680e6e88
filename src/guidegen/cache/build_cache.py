"""What one build leaves for the next: values that were read, and what stands on the site.

It is kept in the build cache beside ``now`` (``inputs``), in the file ``rest``, and only opened when something changed; values
are in files of their own (``store``). It is safe to delete; what is damaged, older or of another guidegen is ignored. Nothing
in it is ever run: only guidegen's own values are made from it.
"""

import contextlib
import hashlib
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from guidegen.cache.blob_store import BlobRef, BlobStore, remove_unused_files
from guidegen.cache.folders import prepare_cache
from guidegen.cache.serialization import DamagedError, dumps, loads, storable
from guidegen.cache.serialization import load as value_in
from guidegen.cache.tracked_files import (
    Folders,
    LastBuild,
    TrackedFiles,
    hash_options,
    open_ordinary,
    read_last_build,
    read_site_id,
)
from guidegen.files.atomic_files import write_pieces
from guidegen.model.page import PackedLinks
from guidegen.model.problems import Problem
from guidegen.workers import ONE_PROCESS, Workers

Value = TypeVar("Value")
Item = TypeVar("Item")


storable(BlobRef)


class OutputRecord(NamedTuple):
    """A file of the site: what it was made from, what it holds, and what the last check saw in it."""

    cache_key: bytes
    content_hash: bytes
    size: int
    links: PackedLinks | None


@dataclass(slots=True)
class CachedState:
    """``spare`` names the site before this one, which may lie beside it; ``behind`` are the files in which the two differ.

    ``texts`` are those of the check. ``values`` says where the values lie that were read, ``digests`` are those of what is worked
    out from partners, by where it comes from.
    """

    site: str = ""
    files: dict[str, OutputRecord] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    values: dict[bytes, BlobRef] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    previous_dir: str = ""
    stale_paths: frozenset[str] | None = None


_SHAPE = repr([(one.__name__, one.__annotations__) for one in (CachedState, OutputRecord, PackedLinks, BlobRef, Problem)])
"""What the values of a state are: another guidegen's may be others."""
_OTHERS = tuple(one.name for one in fields(CachedState) if one.name != "files")
_digest = partial(hashlib.blake2b, digest_size=16)


class BuildCache:
    """Values that were worked out in earlier builds, by what they were worked out from; those not asked for are forgotten.

    ``opened`` are values that this process has had in its hands, for one that builds again and again: they need not be read.
    """

    def __init__(
        self,
        inputs: TrackedFiles | None = None,
        store: BlobStore | None = None,
        code: str = "",
        workers: Workers = ONE_PROCESS,
        opened: dict[bytes, Any] | None = None,
    ) -> None:
        self._inputs = inputs
        self._code = code
        self._store = store
        self._workers = workers
        self._opened = opened
        self.now: dict[bytes, None] = {}

    def get_or_compute(self, kind: str, files: tuple[str, ...], more: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """``make()``, or what it gave when it was made of the same files by the same code, with the same plain ``more``."""
        if self._store is None:
            return make()
        value: Value = self._read_value(self._store, self._key(kind, files, more).digest(), files, make)
        return value

    def get_or_compute_all(
        self,
        kind: str,
        wanted: Sequence[tuple[tuple[str, ...], Item]],
        more: tuple[object, ...],
        make: Callable[[Sequence[tuple[Item, str]]], list[Value]],
    ) -> Iterator[Value]:
        """As ``recall`` for many, each wanted by the names of its files.

        ``make`` is given those that are not known, each with the name of what it is made from.
        """
        keys = [self._key(kind, files, more) for files, _ in wanted]
        both = list(zip(wanted, keys, strict=True))
        store = self._store
        new = [(item, key.hexdigest()) for (_, item), key in both if store is None or key.digest() not in store]
        if store is None:
            yield from self._workers.map(make, new, _named)
            return
        made = self._workers.map(partial(_as_bytes, make), new, _named)
        for (files, item), key in both:
            name = key.digest()
            if name in store:
                yield self._read_value(store, name, files, partial(_alone, make, (item, key.hexdigest())))
            else:
                yield self._compute(store, name, files, next(made))

    def contains(self, made_from: str) -> bool:
        """Whether a value of that name will be known to the next build: not where a file changed while it was read."""
        return bytes.fromhex(made_from) in self.now

    def _key(self, kind: str, files: tuple[str, ...], more: tuple[object, ...]) -> Any:
        hashes = tuple(self._inputs.hash_of(file) for file in files) if self._inputs else ()
        return hashlib.blake2b(repr((kind, self._code, files, hashes, more)).encode(), digest_size=16)

    def _read_value(self, store: BlobStore, name: bytes, files: tuple[str, ...], make: Callable[[], Any]) -> Any:
        """A value as it was left, or was opened before; made now where there is none, or where it was damaged since."""
        if self._opened is not None and name in self._opened and name in store:
            self.now[name] = None
            return self._opened[name]
        raw = store.read(name)
        if raw is not None:
            with contextlib.suppress(DamagedError):
                value = self._value(name, raw)
                self.now[name] = None
                return value
        return self._compute(store, name, files, dumps(make()))

    def _compute(self, store: BlobStore, name: bytes, files: tuple[str, ...], raw: bytes) -> Any:
        """A new value. The next build will know it too, unless one of its files changed while it was read."""
        is_kept = all(map(self._is_current, files))
        if is_kept:
            store.add(name, raw)
            self.now[name] = None
        return self._value(name, raw) if is_kept else loads(raw)

    def _value(self, name: bytes, raw: bytes) -> Any:
        value = loads(raw)
        if self._opened is not None:
            self._opened[name] = value
        return value

    def _is_current(self, file: str) -> bool:
        return self._inputs is not None and self._inputs.is_unchanged(file)

    def keep(self) -> dict[bytes, BlobRef]:
        """Where the values of this build lie from now on; what it did not ask for is forgotten."""
        for name in [name for name in self._opened or () if name not in self.now]:
            del self._opened[name]  # type: ignore[union-attr]  # there is none in nothing
        return self._store.keep(self.now) if self._store else {}

    def close(self) -> None:
        """Let go of the files in which values lie."""
        if self._store:
            self._store.close()

    def name_of(self, file: Path) -> str:
        """How a file is named in ``files``."""
        return self._inputs.name_of(file) if self._inputs else str(file)


def _as_bytes(make: Callable[[Sequence[Item]], list[Value]], wanted: Sequence[Item]) -> list[bytes]:
    """Values in the form in which they are kept: workers hand them over in it."""
    return [dumps(value) for value in make(wanted)]


def _alone(make: Callable[[Sequence[Item]], list[Value]], wanted: Item) -> Value:
    return make([wanted])[0]


def _named(wanted: tuple[object, str]) -> str:
    return str(wanted[0])


NO_CACHE = BuildCache()


def load(folders: Folders, options: str) -> CachedState:
    """What the last build left; empty when it does not belong to the site that is there."""
    head = read_last_build(folders.cache)
    if head is None or head.options != hash_options(options):
        return CachedState()
    try:
        with open_ordinary(folders.cache / "rest") as file:
            if hashlib.file_digest(file, _digest).hexdigest() != head.rest:
                return CachedState()
            file.seek(0)
            if value_in(file) != _SHAPE:
                return CachedState()
            files = _files([value_in(file) for _ in range(_COLUMNS)])
            state = CachedState(files=files, **{name: value_in(file) for name in _OTHERS})
    except (OSError, ValueError, TypeError, AttributeError):  # or values that are not those of a state
        return CachedState()
    if not _are_safe_paths(state.files) or not _are_safe_paths(state.stale_paths or ()):
        return CachedState()
    return (
        state if state.site == head.site == read_site_id(folders.out) else CachedState(values=state.values, digests=state.digests)
    )


_OUTSIDE = re.compile(r"(?:^|[\0/])\.{0,2}(?=[\0/]|$)|\\")
"""An absolute path, or a part of one that is empty, ``.`` or ``..``."""


def _are_safe_paths(paths: Iterable[str]) -> bool:
    """Whether all paths are those of files below the folder of a site."""
    joined = "\0".join(paths)
    return not joined or not _OUTSIDE.search(joined)


def save(folders: Folders, options: str, inputs: TrackedFiles, state: CachedState, counts: tuple[int, int, int]) -> str:
    """Keep this for the next build. A disk that refuses is no reason to fail: the next build is a slower one.

    Return the reason where it could not be kept, and an empty text otherwise.
    """
    digest = _digest()

    def pieces() -> Iterator[bytes]:  # one after the other, so that they never stand in memory together
        for part in chain((_SHAPE,), _columns(state.files), (getattr(state, name) for name in _OTHERS)):
            piece = dumps(part)
            digest.update(piece)
            yield piece

    try:
        prepare_cache(folders.cache)
        write_pieces(folders.cache / "rest", pieces())
        head = LastBuild(hash_options(options), state.site, digest.hexdigest(), counts)
        inputs.save(folders.cache, head)
        remove_unused_files(folders.cache, state.values.values())
    except OSError as error:
        return error.strerror or str(error)
    return ""


# --- files in columns: quicker than one value after the other, and smaller ----------------------------------------


_COLUMNS = 7


def _columns(files: Mapping[str, OutputRecord]) -> Iterator[object]:
    known = files.values()
    yield "\0".join(files)
    yield _joined(one.cache_key for one in known)
    yield _joined(one.content_hash for one in known)
    yield array("q", [one.size for one in known]).tobytes()
    yield bytes(one.links is not None for one in known)
    yield _joined(one.links.ids for one in known if one.links)
    yield _joined(one.links.links for one in known if one.links)


def _files(columns: Sequence[Any]) -> dict[str, OutputRecord]:
    paths, made_from, holds, sizes, are_seen, ids, links = columns
    seen = map(PackedLinks, _split(*ids), _split(*links))
    each = (next(seen) if is_seen else None for is_seen in are_seen)
    known = map(OutputRecord, _split(*made_from), _split(*holds), memoryview(sizes).cast("q"), each)
    return dict(zip(paths.split("\0"), known, strict=True)) if paths else {}


def _joined(parts: Iterable[bytes]) -> tuple[bytes, bytes]:
    """The ends of the parts, and all of them as one."""
    some = list(parts)
    return array("q", accumulate(map(len, some))).tobytes(), b"".join(some)


def _split(ends: bytes, joined: bytes) -> Iterator[bytes]:
    start = 0
    for end in memoryview(ends).cast("q"):
        yield joined[start:end]
        start = end
