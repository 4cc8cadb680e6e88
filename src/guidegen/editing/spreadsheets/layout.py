"""The sheets and their columns, built from the field table, so that every field of a profile has a cell."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from guidegen.content.fields.compound import Many, OneOf, Pair
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import AnyValue, Url
from guidegen.content.fields.table import PARTNER
from guidegen.content.fields.text import Line, Translated
from guidegen.records import dataclass

PARTNER_COLUMN = "partner"
"""The column, in every sheet, for the partner's file name without ``.yml``."""
TEXTS = "texts"
TEXT_COLUMNS = (PARTNER_COLUMN, "language", "field", "source", "text", "translated_from")
"""The columns of the sheet of translated texts. ``source`` is for reference only; an import ignores it."""
TRANSLATIONS = "translations"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the keys that lead to its value, and whether the value is a list or free text."""

    keys: tuple[str, ...]
    is_list: bool
    is_free_text: bool

    @property
    def name(self) -> str:
        """The heading, such as ``address.city``."""
        return ".".join(self.keys)

    def join(self, parts: Sequence[str]) -> str:
        """Return a list as the text of one cell."""
        return "; ".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)

    def split(self, cell: str) -> list[str]:
        """Return the list in a cell, split at semicolons and, unless the values are free text, at commas.

        A backslash escapes the next character.
        """
        parts, is_escaped = [""], False
        for letter in cell:
            if letter == "\\" and not is_escaped:
                is_escaped = True
            elif letter in (";" if self.is_free_text else ";,") and not is_escaped:
                parts.append("")
            else:
                parts[-1] += letter
                is_escaped = False
        return [part.strip() for part in parts]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one row per entry of a list; the sheet ``partners`` has one row per partner.

    ``key`` is the list's key in the file, and ``above`` the key of the list whose entries contain it, if it is nested.
    ``identity`` are the keys that tell entries apart, if there are any. ``may_be_one`` says that a single entry needs no list.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ()
    parent_key: str = ""
    may_be_one: bool = False

    @property
    def owner_columns(self) -> tuple[str, ...]:
        """The columns that name the partner and the parent entry of a row."""
        return (PARTNER_COLUMN, _make_singular(self.parent_key)) if self.parent_key else (PARTNER_COLUMN,)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of all columns."""
        return (*self.owner_columns, *(column.name for column in self.columns))


HEADING_ALIASES = {
    "phone": "phones.number",
    "type": "services.types",
    "service": "services.name",
    "address": "locations.address.line1",
    "city": "locations.address.city",
    "state": "locations.address.state",
    "zip": "locations.address.postal_code",
}
"""Common names for columns of the sheet ``partners``."""


@cache
def list_partner_headings() -> tuple[str, ...]:
    """Return the columns of the sheet ``partners``: its own, those of one entry of each list, and the common names.

    With them, a table with one row per partner can hold a whole profile.
    """
    partners, *lists = list_sheets()
    entry_columns = (f"{sheet.name}.{column.name}" for sheet in lists if not sheet.parent_key for column in sheet.columns)
    return (*partners.headings, *entry_columns, *HEADING_ALIASES)


def _make_singular(name: str) -> str:
    return name.removesuffix("s")


@cache
def list_sheets() -> tuple[Sheet, ...]:
    """Return all sheets but the two of translations."""
    return tuple(_build_sheets("partners", "", PARTNER, (), ""))


def _build_sheets(
    name: str, key: str, shape: Record[Any] | OneOf[Any], identity: tuple[str, ...], above: str, may_be_one: bool = False
) -> Iterator[Sheet]:
    fields = (shape.merged_record if isinstance(shape, OneOf) else shape).fields
    yield Sheet(name, key, tuple(_build_columns(fields, ())), identity, above, may_be_one)
    for field in fields:
        if is_sheet(field.reader):
            many: Many[Any] = field.reader  # type: ignore[assignment]  # is_sheet says so
            entry_identity = many.distinct or ((many.identity,) if many.identity else ())
            sheet_name = f"{_make_singular(name)}-{field.name}" if key else field.name
            yield from _build_sheets(sheet_name, field.name, many.reader, entry_identity, key, many.may_be_one)  # type: ignore[arg-type]


def _build_columns(fields: Sequence[Field] | Any, keys: tuple[str, ...]) -> Iterator[Column]:
    for field in fields:
        reader, field_keys = field.reader, (*keys, field.name)
        if isinstance(reader, Record):
            yield from _build_columns(reader.fields, field_keys)
        elif not is_sheet(reader) and not isinstance(reader, AnyValue):
            inner = reader.reader if isinstance(reader, Many | Pair) else reader
            yield Column(field_keys, isinstance(reader, Many | Pair), isinstance(inner, Line | Translated | Url))


def is_sheet(reader: object) -> bool:
    """Return whether the values of a reader are records in a list, which get a sheet of their own."""
    return isinstance(reader, Many) and isinstance(reader.reader, Record | OneOf)
