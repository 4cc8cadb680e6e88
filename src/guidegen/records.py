"""The ``dataclass`` decorator of all records of guidegen.

Records are frozen: mypy refuses to set their attributes. Python does not check it again, because ``dataclasses`` does that with a
slower constructor: a record of eight fields would take 1.0 µs instead of 0.3 µs, and a page has hundreds of them.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(cls: type | None = None, *, frozen: bool = False, **options: Any) -> Any:
        """Return a dataclass as ``dataclasses.dataclass`` does. If it is frozen, it can be hashed by its fields."""
        has_hash = frozen and options.get("eq", True)
        return dataclasses.dataclass(cls, unsafe_hash=has_hash, **options)


__all__ = ["dataclass"]
