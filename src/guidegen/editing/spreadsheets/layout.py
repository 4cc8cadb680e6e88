"""Which sheets there are, and their columns: made from the field table, so that whatever can be written has a cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from guidegen.content.fields.compound import Field, Many, OneOf, Pair, Record
from guidegen.content.fields.scalar import AnyValue, Line, Translated, Url
from guidegen.content.fields.table import PARTNER

PARTNER_COLUMN = "partner"
"""The column of every sheet that names the partner: its file without ``.yml``."""
TEXTS = "texts"
TEXT_COLUMNS = (PARTNER_COLUMN, "language", "field", "source", "text", "translated_from")
"""Translated texts. ``source`` is there to be read; what is written into it is not taken over."""
TRANSLATIONS = "translations"
BETWEEN = " > "
"""Parts the steps of the way to a text: ``services > evening-english > name``. No key and no number has it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A cell of a row: the keys that lead to its value, and whether it holds a list."""

    keys: tuple[str, ...]
    is_list: bool
    is_free: bool

    @property
    def name(self) -> str:
        """The heading: ``address.city``."""
        return ".".join(self.keys)

    def joined(self, parts: Sequence[str]) -> str:
        """A list in one cell."""
        return "; ".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)

    def parted(self, cell: str) -> list[str]:
        """The list that a cell holds; where values are no free text, commas part them as well.

        A backslash says that what follows is meant as it is.
        """
        parts, escaped = [""], False
        for letter in cell:
            if letter == "\\" and not escaped:
                escaped = True
            elif letter in (";" if self.is_free else ";,") and not escaped:
                parts.append("")
            else:
                parts[-1] += letter
                escaped = False
        return [part.strip() for part in parts]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The entries of one list of all partners; the one of ``partners`` has no list, but a row for each.

    ``key`` is the list's key in the file, ``above`` the list that its entries belong to. ``identity`` are the keys that tell
    entries apart; without any, the rows of an entry above are all there is. ``may_be_one`` where one entry needs no list.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ()
    above: str = ""
    may_be_one: bool = False

    @property
    def columns_by_heading(self) -> tuple[str, ...]:
        """The columns that say what a row belongs to."""
        return (PARTNER_COLUMN, _singular(self.above)) if self.above else (PARTNER_COLUMN,)

    @property
    def heading(self) -> tuple[str, ...]:
        """The names of all columns."""
        return (*self.columns_by_heading, *(column.name for column in self.columns))


SHORT = {
    "phone": "phones.number",
    "type": "services.types",
    "service": "services.name",
    "address": "locations.address.line1",
    "city": "locations.address.city",
    "state": "locations.address.state",
    "zip": "locations.address.postal_code",
}
"""What people call columns of a list in which a partner has one row."""


@cache
def headings_of_partners() -> tuple[str, ...]:
    """The columns of ``partners``: its own and, for tables in which one row is all there is, those of an entry of each list."""
    own, *others = sheets()
    firsts = (f"{sheet.name}.{column.name}" for sheet in others if not sheet.above for column in sheet.columns)
    return (*own.heading, *firsts, *SHORT)


def _singular(name: str) -> str:
    return name.removesuffix("s")


@cache
def sheets() -> tuple[Sheet, ...]:
    """All sheets but those of translations, whose rows are texts."""
    return tuple(_sheets("partners", "", PARTNER, (), ""))


def _sheets(
    name: str, key: str, shape: Record[Any] | OneOf[Any], identity: tuple[str, ...], above: str, may_be_one: bool = False
) -> Iterator[Sheet]:
    fields = (shape.merged if isinstance(shape, OneOf) else shape).fields
    yield Sheet(name, key, tuple(_columns(fields, ())), identity, above, may_be_one)
    for field in fields:
        if is_sheet(field.reader):
            many: Many[Any] = field.reader  # type: ignore[assignment]  # is_sheet says so
            own = many.distinct or ((many.identity,) if many.identity else ())
            inner = f"{_singular(name)}-{field.name}" if key else field.name
            yield from _sheets(inner, field.name, many.reader, own, key, many.may_be_one)  # type: ignore[arg-type]


def _columns(fields: Sequence[Field] | Any, keys: tuple[str, ...]) -> Iterator[Column]:
    for field in fields:
        reader, here = field.reader, (*keys, field.name)
        if isinstance(reader, Record):
            yield from _columns(reader.fields, here)
        elif not is_sheet(reader) and not isinstance(reader, AnyValue):
            inner = reader.reader if isinstance(reader, Many | Pair) else reader
            yield Column(here, isinstance(reader, Many | Pair), isinstance(inner, Line | Translated | Url))


def is_sheet(reader: object) -> bool:
    """Whether values of a reader are entries of a sheet of their own."""
    return isinstance(reader, Many) and isinstance(reader.reader, Record | OneOf)
