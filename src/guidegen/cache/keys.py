"""Cache keys: short hashes of values. Equal values have equal keys in every process and on every day."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from guidegen.model.partner import Partner
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class LazyValue:
    """A value that is computed only if its key is unknown from an earlier build; it depends on its ``source_key`` alone."""

    source_key: str
    compute: Callable[[], object]


class CacheKeys:
    """Cache keys of values, computed once for each object.

    A record may have a ``source_key``, which identifies everything it is computed from: if an earlier build had a record of the
    same source key, its cache key is taken from ``before``. ``new_keys`` are those of this build, by source key.
    """

    def __init__(self, before: Mapping[str, str] = MappingProxyType({})) -> None:
        self._entries: dict[int, tuple[object, str]] = {}  # holds the object, so that its id is not reused
        self._before = before
        self.new_keys: dict[str, str] = {}

    def key_of(self, value: object) -> str:
        """Return the key of a value: a text, number, date, tuple or mapping, or a record of them."""
        entry = self._entries.get(id(value))
        if entry is None:
            source = getattr(value, "source_key", "")
            key = self._before.get(source) if source else None
            if key is None:
                key = self._hash(value.compute() if isinstance(value, LazyValue) else value)
            if source:
                self.new_keys[source] = key
            entry = self._entries[id(value)] = value, key
        return entry[1]

    def keys_of_fields(self, value: Any) -> str:
        """Return a key as ``key_of`` does, computing that of each field once, for records that share the values of fields."""
        if not hasattr(value, "__dataclass_fields__"):
            return self.key_of(value)
        entry = self._entries.get(id(value))
        if entry is None:
            parts = [type(value).__qualname__, *map(self.key_of, _make_field_getter(type(value))(value))]
            entry = self._entries[id(value)] = value, self._hash(tuple(parts))
        return entry[1]

    def _hash(self, value: object) -> str:
        description: list[str] = []
        self._describe(value, description.append)
        return hashlib.blake2b("\x1f".join(description).encode(), digest_size=16).hexdigest()

    def _describe(self, value: Any, add: Callable[[str], None]) -> None:
        """Add the texts that describe a value."""
        if isinstance(value, str):
            add(value)
        elif isinstance(value, tuple):
            add(f"({len(value)}")
            for part in value:
                if hasattr(part, "__dataclass_fields__"):
                    add(self.key_of(part))
                else:
                    self._describe(part, add)
        elif hasattr(value, "__dataclass_fields__"):
            add(type(value).__qualname__)
            identity = getattr(value, "identity", "")
            for part in (identity,) if identity else _make_field_getter(type(value))(value):
                self._describe(part, add)
        elif isinstance(value, Mapping):
            add(f"{{{len(value)}")
            for pair in value.items():
                for part in pair:
                    self._describe(part, add)
        else:
            add(f"{type(value).__name__}:{self._format_scalar(value)}")

    def _format_scalar(self, value: Any) -> str:
        if isinstance(value, frozenset):
            return " ".join(sorted(self.key_of(element) for element in value))
        return str(value.value if isinstance(value, Enum) else value)


def key_prefix(kind: str, *shared: object) -> str:
    """Return the prefix of the source keys of one kind of value; ``shared`` are the inputs that all of them have in common."""
    return f"{kind} {CacheKeys().key_of(shared)}"


def source_key(prefix: str, partner: Partner) -> str:
    """Return the source key of a value computed from a partner; empty if the partner's own source is not known for sure."""
    return f"{prefix} {partner.identity}" if partner.identity else ""


def _make_field_getter(cls: Any) -> Callable[[Any], tuple[object, ...]]:
    """Return a getter of the fields by which a record is compared."""
    if cls not in _GETTERS:
        names = [field.name for field in fields(cls) if field.compare]
        _GETTERS[cls] = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    return _GETTERS[cls]


_GETTERS: dict[Any, Callable[[Any], tuple[object, ...]]] = {}
