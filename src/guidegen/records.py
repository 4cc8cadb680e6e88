"""The ``dataclass`` decorator of all records of guidegen: made for classes that start fast, and records that are made fast.

Records are frozen: mypy refuses to set their attributes. Python does not check it again, because ``dataclasses`` does that with a
slower constructor: a record of eight fields would take 1.0 µs instead of 0.3 µs, and a page has hundreds of them.

``dataclasses`` compiles four methods for each class, which took a sixth of the time of a small build. Only the constructor gains
from that, so the other methods are closures here.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from operator import attrgetter

    def dataclass(cls: type | None = None, *, frozen: bool = False, eq: bool = True, order: bool = False, **options: Any) -> Any:
        """Return a dataclass as ``dataclasses.dataclass`` does. If it is frozen, it can be hashed by its fields."""
        if cls is None:
            return lambda decorated: dataclass(decorated, frozen=frozen, eq=eq, order=order, **options)
        if order:
            return dataclasses.dataclass(cls, order=True, unsafe_hash=frozen, **options)
        made = dataclasses.dataclass(cls, eq=False, repr=False, **options)
        made.__repr__ = _make_repr([field.name for field in dataclasses.fields(made) if field.repr])
        if eq:
            _add_comparison(made, [field.name for field in dataclasses.fields(made) if field.compare], frozen)
        return made

    def _add_comparison(cls: type, names: list[str], is_hashable: bool) -> None:
        """Compare and hash the records of a class by these fields."""
        # with the same field twice, attrgetter returns a tuple for one field as well
        values_of = attrgetter(*names, *names[: len(names) == 1]) if names else lambda _record: ()

        def compare(self: Any, other: Any) -> Any:
            return values_of(self) == values_of(other) if other.__class__ is self.__class__ else NotImplemented

        cls.__eq__ = compare
        cls.__hash__ = (lambda self: hash(values_of(self))) if is_hashable else None

    def _make_repr(names: list[str]) -> Any:
        def describe(self: Any) -> str:
            return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

        return describe


__all__ = ["dataclass"]
