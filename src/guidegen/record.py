"""Records: small values with named fields, equal when their fields are.

They are what ``dataclasses`` makes, and nothing may set a field once they are made: mypy sees to it. At run time nobody does,
because that check alone makes records about twice as slow to make, and a page is made of a hundred of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

Made = TypeVar("Made")


@overload
def record(made: type[Made]) -> type[Made]: ...


@overload
def record(*, kw_only: bool = False) -> Callable[[type[Made]], type[Made]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(made: Any = None, *, kw_only: bool = False) -> Any:
    """Make a class of annotated fields a record: with slots, compared and hashed by its fields, shown with their names."""
    if made is None:
        return lambda later: _record(later, kw_only)
    return _record(made, kw_only)


def _record(made: type[Any], kw_only: bool) -> type[Any]:
    for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _shown)):
        if name not in vars(made):
            setattr(made, name, method)
    made.__doc__ = made.__doc__ or made.__name__  # else dataclass works one out of the signature, which takes a while
    whole: Any = dataclass(eq=False, repr=False, slots=True, kw_only=kw_only)(made)
    compared = [one.name for one in fields(whole) if one.compare]
    if len(compared) > 1:
        _COMPARED[whole] = attrgetter(*compared)
    else:
        _COMPARED[whole] = lambda value: tuple(getattr(value, name) for name in compared)
    return whole  # type: ignore[no-any-return]  # as dataclass is given it


_COMPARED: dict[type[Any], Callable[[Any], tuple[object, ...]]] = {}


def _equal(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    get = _COMPARED[type(self)]
    return self is other or get(self) == get(other)


def _hash(self: Any) -> int:
    return hash(_COMPARED[type(self)](self))


def _shown(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"
