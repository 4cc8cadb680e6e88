"""Values of guidegen as bytes, and back. Nothing in the bytes is ever run: only guidegen's own values are made from them."""

import io
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from typing import IO, Any

from guidegen import model, problems

_PLAIN = {("pathlib", "PurePosixPath"), ("datetime", "date"), ("datetime", "time"), ("decimal", "Decimal")}

DAMAGED = (
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
"""What bytes that are no value raise."""


def dumps(value: object) -> bytes:
    """The bytes of a value."""
    return pickle.dumps(value, 5)


class _Reader(pickle.Unpickler):
    """Makes guidegen's own values and a few plain ones; nothing else can be named, so nothing can be run."""

    def find_class(self, module: str, name: str) -> Any:
        found = _FOUND.get((module, name))
        if found is None:
            found = super().find_class(module, name) if module.split(".")[0] == "guidegen" or (module, name) in _PLAIN else None
            is_ours = isinstance(found, type) and (is_dataclass(found) or issubclass(found, (Enum, tuple, Packed)))
            if not (is_ours or (module, name) in _PLAIN):
                raise pickle.UnpicklingError(f"{module}.{name} is not a value of guidegen")
            _FOUND[module, name] = found
        return found


_FOUND: dict[tuple[str, str], Any] = {}


def loads(raw: bytes) -> Any:
    """The value. Raises one of ``DAMAGED``."""
    return load(io.BytesIO(raw))


def load(file: IO[bytes]) -> Any:
    """The next value in a file. Raises one of ``DAMAGED``."""
    return _Reader(file).load()


class Packed(Mapping[str, Any]):
    """A mapping that is opened when something in it is asked for."""

    __slots__ = ("_opened", "_raw")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._opened: dict[str, Any] | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Packed":
        """What a mapping holds."""
        return values if isinstance(values, Packed) else cls(dumps(values))

    def __reduce__(self) -> tuple[type["Packed"], tuple[bytes]]:
        return Packed, (self._raw,)

    def __getitem__(self, key: str) -> Any:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Any]:
        if self._opened is None:
            self._opened = loads(self._raw)
        return self._opened


def _values() -> Iterator[type]:
    for module in (model, problems):
        yield from (one for one in vars(module).values() if isinstance(one, type) and is_dataclass(one))


def _quicken(made: type) -> None:
    """Have a value made by one call of its class when it is read: half the time of setting its fields one by one.

    Of a partner, what only checks look at is read when they do.
    """
    names = [one.name for one in fields(made)]
    packed = [names.index(name) for name in ("texts", "places") if made is model.Partner]
    get = attrgetter(*names) if len(names) > 1 else lambda self: (getattr(self, names[0]),)

    def reduced(self: object) -> tuple[type, tuple[object, ...]]:
        values = get(self)
        if packed:
            values = tuple(Packed.of(value) if number in packed else value for number, value in enumerate(values))
        return made, values

    made.__reduce__ = reduced  # type: ignore[method-assign,assignment]  # the values of all its fields, in order


for _one in _values():
    _quicken(_one)
