"""What a value says, as a short digest: equal values have equal digests, in every process and on every day."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from guidegen.model.partner import Partner


@dataclass(frozen=True, slots=True)
class LazyValue:
    """A value that is only made when its digest is not known from an earlier build; it depends on its origin alone."""

    source_key: str
    compute: Callable[[], object]


class CacheKeys:
    """Digests of values; those of records, and of tuples of them, are worked out once for each object.

    A record may have an ``origin``, which names all that it is worked out from: its digest is the one in ``before``, where an
    earlier build had a record of the same origin. ``now`` are the digests of this build, by origin.
    """

    def __init__(self, before: Mapping[str, str] = MappingProxyType({})) -> None:
        self._known: dict[int, tuple[object, str]] = {}  # the object is kept, so that its id stays its own
        self._before = before
        self.now: dict[str, str] = {}

    def key_of(self, value: object) -> str:
        """The digest of a value: texts, numbers, dates, tuples, mappings and records of them."""
        known = self._known.get(id(value))
        if known is None:
            origin = getattr(value, "source_key", "")
            digest = self._before.get(origin) if origin else None
            if digest is None:
                digest = self._digest(value.compute() if isinstance(value, LazyValue) else value)
            if origin:
                self.now[origin] = digest
            known = self._known[id(value)] = value, digest
        return known[1]

    def keys_of_fields(self, value: Any) -> str:
        """As ``of``, for a record whose fields others have as well: the digest of each is worked out once."""
        if not hasattr(value, "__dataclass_fields__"):
            return self.key_of(value)
        known = self._known.get(id(value))
        if known is None:
            told = [type(value).__qualname__, *map(self.key_of, _fields_of(type(value))(value))]
            known = self._known[id(value)] = value, self._digest(tuple(told))
        return known[1]

    def _digest(self, value: object) -> str:
        return hashlib.blake2b("\x1f".join(self._describe(value)).encode(), digest_size=16).hexdigest()

    def _describe(self, value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield f"({len(value)}"
            for one in value:
                yield from (self.key_of(one),) if hasattr(one, "__dataclass_fields__") else self._describe(one)
        elif hasattr(value, "__dataclass_fields__"):
            yield type(value).__qualname__
            made_from = getattr(value, "identity", "")
            for one in (made_from,) if made_from else _fields_of(type(value))(value):
                yield from self._describe(one)
        elif isinstance(value, Mapping):
            yield f"{{{len(value)}"
            for one in (part for pair in value.items() for part in pair):
                yield from self._describe(one)
        else:
            yield f"{type(value).__name__}:{self._plain(value)}"

    def _plain(self, value: Any) -> str:
        if isinstance(value, frozenset):
            return " ".join(sorted(self.key_of(one) for one in value))
        return str(value.value if isinstance(value, Enum) else value)


def key_prefix(kind: str, *around: object) -> str:
    """Names a kind of derived values, and what goes into all of them alike."""
    return f"{kind} {CacheKeys().key_of(around)}"


def source_key(around: str, partner: Partner) -> str:
    """Where a value comes from that is worked out from a partner and its surroundings; empty where that is not sure."""
    return f"{around} {partner.identity}" if partner.identity else ""


def _fields_of(made: Any) -> Callable[[Any], tuple[object, ...]]:
    """What gives the fields of a record by which it is compared."""
    if made not in _GETTERS:
        names = [one.name for one in fields(made) if one.compare]
        _GETTERS[made] = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    return _GETTERS[made]


_GETTERS: dict[Any, Callable[[Any], tuple[object, ...]]] = {}
