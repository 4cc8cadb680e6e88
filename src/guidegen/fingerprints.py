"""What a value says, as a short digest: equal values have equal digests, in every process and on every day."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any


class Fingerprints:
    """Digests of values; those of records, and of tuples of them, are worked out once for each object."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}  # the object is kept, so that its id stays its own

    def of(self, value: object) -> str:
        """The digest of a value: texts, numbers, dates, tuples, mappings and records of them."""
        known = self._known.get(id(value))
        if known is None:
            said = "\x1f".join(self._told(value))
            known = self._known[id(value)] = value, hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
        return known[1]

    def _told(self, value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield f"({len(value)}"
            for one in value:
                yield from (self.of(one),) if hasattr(one, "__dataclass_fields__") else self._told(one)
        elif hasattr(value, "__dataclass_fields__"):
            yield type(value).__qualname__
            made_from = getattr(value, "made_from", "")
            for one in (made_from,) if made_from else _fields_of(type(value))(value):
                yield from self._told(one)
        elif isinstance(value, Mapping):
            yield f"{{{len(value)}"
            for one in (part for pair in value.items() for part in pair):
                yield from self._told(one)
        else:
            yield f"{type(value).__name__}:{self._plain(value)}"

    def _plain(self, value: Any) -> str:
        if isinstance(value, frozenset):
            return " ".join(sorted(self.of(one) for one in value))
        return str(value.value if isinstance(value, Enum) else value)


def _fields_of(made: Any) -> Callable[[Any], tuple[object, ...]]:
    """What gives the fields of a record by which it is compared."""
    if made not in _GETTERS:
        names = [one.name for one in fields(made) if one.compare]
        _GETTERS[made] = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    return _GETTERS[made]


_GETTERS: dict[Any, Callable[[Any], tuple[object, ...]]] = {}
