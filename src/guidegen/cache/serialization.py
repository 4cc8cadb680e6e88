"""Serialize guidegen's values to bytes, and read them back.

Values are stored with pickle. Whoever can write to the cache can forge its bytes, so reading must not run or change anything:
stored bytes can name only the classes registered here, and can only call them.
"""

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from pathlib import PurePosixPath
from typing import IO, Any, TypeVar

from guidegen.model import article, guide, hours, location, partner, problems, service, service_type, settings, translatable

Class = TypeVar("Class", bound=type)


class DamagedError(ValueError):
    """The bytes are not a serialized value."""


def dumps(value: object) -> bytes:
    """Return a value as bytes."""
    return pickle.dumps(value, 5)


class _Reader(pickle.Unpickler):
    """An unpickler that creates only values of registered classes."""

    def find_class(self, module: str, name: str) -> Any:
        return _CONSTRUCTORS[module, name]


_CONSTRUCTORS: dict[tuple[str, str], Callable[..., Any]] = {}
"""The constructor of each registered class, by the names of its module and class."""


def loads(raw: bytes) -> Any:
    """Return the value in the bytes. Raises ``DamagedError``."""
    return load(io.BytesIO(raw))


def load(file: IO[bytes]) -> Any:
    """Read the next value from a file. Raises ``DamagedError``."""
    try:
        return _Reader(file).load()
    except Exception as error:  # forged arguments can make a constructor raise any exception
        raise DamagedError(f"{type(error).__name__}: {error}") from error


def register_storable(cls: Class) -> Class:
    """Register a dataclass, named tuple or enum whose values can be stored; usable as a decorator.

    Bytes can refer to the call of the class, not to the class itself: the registered callable has no attributes to set. (Pickle's
    BUILD opcode sets attributes of whatever is on its stack.)
    """
    if issubclass(cls, Enum):
        cls.__setstate__ = _refuse_state  # type: ignore[attr-defined]  # members are shared by the whole process
        cls.__reduce_ex__ = lambda self, _: (cls, (self.value,))  # type: ignore[method-assign,assignment]  # the default differs between Python versions
        _CONSTRUCTORS[cls.__module__, cls.__qualname__] = dict(cls._value2member_map_).__getitem__
        return cls
    if is_dataclass(cls):
        cls.__reduce__ = _make_reduce(cls)  # type: ignore[method-assign,assignment]  # the values of all fields, in order
    elif issubclass(cls, tuple):
        cls.__reduce__ = lambda self: (cls, (*self,))  # type: ignore[method-assign,misc]  # a tuple
    _CONSTRUCTORS[cls.__module__, cls.__qualname__] = type.__call__.__get__(cls)
    return cls


def _refuse_state(self: object, _: object) -> None:
    raise TypeError(f"{self!r} is shared, so its state cannot be set")


class PackedMapping(Mapping[str, Any]):
    """A mapping that is decoded when something in it is first needed."""

    __slots__ = ("_decoded", "_raw")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._decoded: dict[str, Any] | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "PackedMapping":
        """Return the mapping in packed form."""
        return values if isinstance(values, PackedMapping) else cls(dumps(values))

    def __reduce__(self) -> tuple[type["PackedMapping"], tuple[bytes]]:
        return PackedMapping, (self._raw,)

    def __getitem__(self, key: str) -> Any:
        return self._decode()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decode())

    def __len__(self) -> int:
        return len(self._decode())

    def _decode(self) -> dict[str, Any]:
        if self._decoded is None:
            self._decoded = loads(self._raw)
        return self._decoded


def _make_reduce(kind: type) -> Callable[[Any], tuple[type, tuple[object, ...]]]:
    """Return a ``__reduce__`` that rebuilds a record with one constructor call, twice as fast as setting its fields one by one.

    A partner's ``texts`` and ``places``, which only checks use, stay packed until they are needed.
    """
    names = [field.name for field in fields(kind) if field.init]
    packed_indices = [names.index(name) for name in ("texts", "places") if kind is partner.Partner]
    get_values = attrgetter(*names) if len(names) > 1 else lambda self: (getattr(self, names[0]),)

    def reduce_record(self: object) -> tuple[type, tuple[object, ...]]:
        values = get_values(self)
        if packed_indices:
            values = tuple(PackedMapping.of(value) if index in packed_indices else value for index, value in enumerate(values))
        return kind, values

    return reduce_record


for _kind in (PurePosixPath, date, time, Decimal, PackedMapping, problems.Severity):
    register_storable(_kind)
for _module in (article, guide, hours, location, partner, problems, service, service_type, settings, translatable):
    for _kind in tuple(vars(_module).values()):
        if isinstance(_kind, type) and is_dataclass(_kind):
            register_storable(_kind)
