"""What one build leaves for the next: values that were read, and what stands on the site.

It lies beside ``now`` (``inputs``) in ``.<site>.state/rest`` and is only opened when something changed. It is safe to delete;
what is damaged, older or of another guidegen is ignored. Nothing in it is ever run: only guidegen's own values are made from it.
"""

import contextlib
import hashlib
import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from guidegen import model, problems
from guidegen.inputs import Inputs, LastBuild, folder_of, key_of, last_build, replace, site_id
from guidegen.problems import Problem
from guidegen.sitecheck import Facts

_PLAIN = {("pathlib", "PurePosixPath"), ("datetime", "date"), ("datetime", "time"), ("decimal", "Decimal")}
Value = TypeVar("Value")


class Known(NamedTuple):
    """A file of the site: what it was made from, what it holds, and what the last check saw in it."""

    made_from: bytes
    holds: bytes
    facts: Facts | None


@dataclass(slots=True)
class State:
    """``spare`` names the site before this one, which may lie beside it; ``behind`` are the files in which the two differ."""

    site: str = ""
    files: dict[str, Known] = field(default_factory=dict)
    memo: dict[bytes, bytes] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    spare: str = ""
    behind: frozenset[str] | None = None


class Memory:
    """Values that were worked out in earlier builds, by what they were worked out from; those not asked for are forgotten."""

    def __init__(self, inputs: Inputs | None = None, code: str = "", before: Mapping[bytes, bytes] | None = None) -> None:
        self._inputs = inputs
        self._code = code
        self._before = before or {}
        self.now: dict[bytes, bytes] = {}

    def recall(self, kind: str, files: tuple[str, ...], more: tuple[object, ...], make: Callable[[str], Value]) -> Value:
        """``make(name)``, or what it gave when it was made of the same files, by the same code, with the same ``more``.

        ``name`` is that of what it is made from; ``more`` are plain values.
        """
        if self._inputs is None:
            return make("")
        hashes = tuple(self._inputs.hash_of(file) for file in files)
        key = hashlib.blake2b(repr((kind, self._code, files, hashes, more)).encode(), digest_size=16)
        kept = self._before.get(key.digest())
        value: Value = make(key.hexdigest()) if kept is None else _loads(kept)
        if kept is not None:
            self.now[key.digest()] = kept
        elif all(map(self._inputs.is_still, files)):
            self.now[key.digest()] = pickle.dumps(value, 5)
        return value

    def name_of(self, file: Path) -> str:
        """How a file is named in ``files``."""
        return self._inputs.name_of(file) if self._inputs else str(file)


NO_MEMORY = Memory()


def load(out: Path, options: str) -> State:
    """What the last build left; empty when it does not belong to what stands at ``out``."""
    head = last_build(out)
    if head is None or head.options != key_of(options):
        return State()
    try:
        raw = (folder_of(out) / "rest").read_bytes()
        state = State(*_loads(raw)) if hashlib.blake2b(raw, digest_size=16).hexdigest() == head.rest else State()
    except (OSError, *_DAMAGED):
        return State()
    return state if state.site == head.site == site_id(out) else State(memo=state.memo)


def save(out: Path, options: str, inputs: Inputs, state: State, counts: tuple[int, int, int]) -> None:
    """Leave this for the next build. A disk that refuses is no reason to fail: the next build is a slower one."""
    rest = pickle.dumps(tuple(getattr(state, one.name) for one in fields(state)), 5)
    head = LastBuild(key_of(options), state.site, hashlib.blake2b(rest, digest_size=16).hexdigest(), counts)
    with contextlib.suppress(OSError):
        folder_of(out).mkdir(exist_ok=True)
        replace(folder_of(out) / "rest", rest)
        inputs.leave(out, head)


# --- values as bytes ------------------------------------------------------------------------------

_DAMAGED = (
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    ImportError,
    IndexError,
    KeyError,
    MemoryError,
)


class _Reader(pickle.Unpickler):
    """Makes guidegen's own values and a few plain ones; nothing else can be named, so nothing can be run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.split(".")[0] == "guidegen":
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (Enum, tuple))):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a value of guidegen")


def _loads(raw: bytes) -> Any:
    return _Reader(io.BytesIO(raw)).load()


def _values() -> Iterator[type]:
    for module in (model, problems):
        yield from (one for one in vars(module).values() if isinstance(one, type) and is_dataclass(one))


def _quicken(made: type) -> None:
    """Have a value made by one call of its class when it is read: half the time of setting its fields one by one."""
    names = [one.name for one in fields(made)]
    get = attrgetter(*names)
    reduced = (lambda self: (made, get(self))) if len(names) > 1 else (lambda self: (made, (get(self),)))
    made.__reduce__ = reduced  # type: ignore[method-assign,assignment]  # the values of all its fields, in order


for _one in _values():
    _quicken(_one)
