"""Values of guidegen as bytes, and back.

Values are stored with pickle. Whoever can write to the cache can forge its bytes, so reading them runs nothing and changes
nothing: they can name only the classes that are listed here, and can only call them.
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
    """The bytes are not those of a value."""


def dumps(value: object) -> bytes:
    """Return the bytes of a value."""
    return pickle.dumps(value, 5)


class _Reader(pickle.Unpickler):
    """Makes values of the listed classes; nothing else can be named."""

    def find_class(self, module: str, name: str) -> Any:
        return _CONSTRUCTORS[module, name]


_CONSTRUCTORS: dict[tuple[str, str], Callable[..., Any]] = {}
"""What makes a value of a class, by the names of its module and of the class."""


def loads(raw: bytes) -> Any:
    """Return the value. Raises ``DamagedError``."""
    return load(io.BytesIO(raw))


def load(file: IO[bytes]) -> Any:
    """Return the next value in a file. Raises ``DamagedError``."""
    try:
        return _Reader(file).load()
    except Exception as error:  # forged bytes call constructors with anything, and those raise anything
        raise DamagedError(f"{type(error).__name__}: {error}") from error


def storable(kind: Class) -> Class:
    """List a class of records or named tuples whose values can be stored; usable as a decorator.

    What bytes can name is the call of the class, and not the class itself: such an object has no attributes to be set. (The
    instruction BUILD of pickle sets attributes of whatever is on its stack.)
    """
    if issubclass(kind, Enum):
        kind.__setstate__ = _refuse_state  # type: ignore[attr-defined]  # its values are shared by the whole process
        kind.__reduce_ex__ = lambda self, _: (kind, (self.value,))  # type: ignore[method-assign,assignment]  # in any Python
        _CONSTRUCTORS[kind.__module__, kind.__qualname__] = dict(kind._value2member_map_).__getitem__
        return kind
    if is_dataclass(kind):
        kind.__reduce__ = _reduction(kind)  # type: ignore[method-assign,assignment]  # the values of all its fields, in order
    elif issubclass(kind, tuple):
        kind.__reduce__ = lambda self: (kind, (*self,))  # type: ignore[method-assign,misc]
    _CONSTRUCTORS[kind.__module__, kind.__qualname__] = type.__call__.__get__(kind)
    return kind


def _refuse_state(self: object, _: object) -> None:
    raise TypeError(f"{self!r} is shared, and has no state of its own")


class PackedMapping(Mapping[str, Any]):
    """A mapping that is opened when something in it is asked for."""

    __slots__ = ("_opened", "_raw")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._opened: dict[str, Any] | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "PackedMapping":
        """What a mapping holds."""
        return values if isinstance(values, PackedMapping) else cls(dumps(values))

    def __reduce__(self) -> tuple[type["PackedMapping"], tuple[bytes]]:
        return PackedMapping, (self._raw,)

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


def _reduction(kind: type) -> Callable[[Any], tuple[type, tuple[object, ...]]]:
    """Return how pickle takes a record apart, so that it is made by one call: half the time of setting its fields one by one.

    A partner's ``texts`` and ``places``, which only checks use, stay packed until they are needed.
    """
    names = [field.name for field in fields(kind)]
    packed = [names.index(name) for name in ("texts", "places") if kind is partner.Partner]
    get = attrgetter(*names) if len(names) > 1 else lambda self: (getattr(self, names[0]),)

    def reduced(self: object) -> tuple[type, tuple[object, ...]]:
        values = get(self)
        if packed:
            values = tuple(PackedMapping.of(value) if number in packed else value for number, value in enumerate(values))
        return kind, values

    return reduced


for _kind in (PurePosixPath, date, time, Decimal, PackedMapping, problems.Severity):
    storable(_kind)
for _module in (article, guide, hours, location, partner, problems, service, service_type, settings, translatable):
    for _kind in tuple(vars(_module).values()):
        if isinstance(_kind, type) and is_dataclass(_kind):
            storable(_kind)
