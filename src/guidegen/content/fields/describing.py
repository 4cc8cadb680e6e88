"""Turn values of the model back into the keys of a content file: the inverse of reading, by the same field table."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from guidegen.content.fields.compound import Many, OneOf, Pair
from guidegen.content.fields.record import Record
from guidegen.content.fields.scalar import AnyValue
from guidegen.content.fields.times import Every, TimeOfDay
from guidegen.model.hours import Closure, Times, YearDay
from guidegen.model.translatable import TranslatableText

Description = dict[str, object]
"""A mapping of a content file as JSON has it: texts, numbers, true and false, lists, mappings, and null for an open end."""
_PAIR = 2
_NO_DEFAULT = object()


def describe_record(value: object, record: Record[Any]) -> Description:
    """Return the keys of a record, without those that are not known or have the value that they have if left out."""
    defaults = {field.name: field.default for field in dataclasses.fields(value)} if dataclasses.is_dataclass(value) else {}
    described: Description = {}
    for field in record.fields:
        if field.replaced_by:
            continue
        given = getattr(value, field.attribute, None)
        if field.name == "closed_on" and isinstance(value, Closure):
            entry: object = [holiday.id for holiday in value.holidays]
        elif given == defaults.get(field.attribute, _NO_DEFAULT):
            continue
        else:
            entry = describe_value(given, field.reader)
        if entry not in (None, "", [], {}):
            described[field.name] = entry
    return described


def describe_value(value: object, reader: object) -> object:
    """Return a value of a field as a content file has it; None if it is not known."""
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, TranslatableText):
        return value.source
    if _is_single(value, reader) and isinstance(value, tuple) and isinstance(reader, Many):
        return describe_value(value[0], reader.reader)
    if isinstance(reader, Many):
        return [describe_value(item, reader.reader) for item in value] if isinstance(value, tuple) else None
    if isinstance(reader, OneOf):
        shape = next((shape for shape in reader.shapes if _has_shape(value, shape)), reader.shapes[0])
        return describe_record(value, shape)
    if isinstance(reader, Record):
        return describe_record(value, reader)
    if isinstance(reader, Pair) and isinstance(value, tuple):
        return [describe_value(part, reader.reader) for part in value]
    return _describe_scalar(value, reader)


def _is_single(value: object, reader: object) -> bool:
    """Return whether a list is written as its only record, as most people write a price."""
    is_one = isinstance(value, tuple) and len(value) == 1
    return is_one and isinstance(reader, Many) and reader.may_be_one and isinstance(reader.reader, Record)


def _describe_scalar(value: object, reader: object) -> object:
    if isinstance(reader, TimeOfDay) and isinstance(value, int):
        return f"{value // 60:02}:{value % 60:02}"
    if isinstance(reader, Every):
        return f"{value} weeks"
    if isinstance(reader, AnyValue):
        return json.loads(str(value))
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, YearDay):
        return f"{value.month:02}-{value.day:02}"
    if isinstance(value, tuple) and len(value) == _PAIR:
        return _describe_pair(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _describe_pair(value: tuple[object, ...]) -> str:
    """Return an interval of days as ``2026-12-24..2027-01-02``, a weekday of the month as ``1sa``."""
    first, second = value
    if isinstance(first, date) and isinstance(second, date):
        return first.isoformat() if first == second else f"{first.isoformat()}..{second.isoformat()}"
    return f"{first}{second}"


def _has_shape(value: object, record: Record[Any]) -> bool:
    """Return whether hours are written with the keys of a record, which its first field tells apart."""
    name = record.fields[0].name
    if isinstance(value, Closure):
        return name == ("closed" if value.closed else "closed_on")
    if isinstance(value, Times):
        return name == next((key for key in ("monthly", "day_of_month", "dates") if getattr(value, key)), "days")
    return name == "text" and not isinstance(value, Closure | Times)


# --- translations -----------------------------------------------------------------------------------


def list_texts(
    value: object, record: Record[Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], TranslatableText]]:
    """Yield the translatable texts of a record with their paths, as translation files name them."""
    for field in record.fields:
        if not field.replaced_by:
            yield from _list_texts_in(getattr(value, field.attribute, None), field.reader, (*path, field.name))


def _list_texts_in(value: object, reader: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], TranslatableText]]:
    if isinstance(value, TranslatableText):
        if value:
            yield path, value
    elif isinstance(reader, Many) and isinstance(value, tuple):
        for number, item in enumerate(value):
            name = str(getattr(item, reader.identity, "")) if reader.identity else ""
            item_path = path if _is_single(value, reader) else (*path, name or str(number))
            yield from _list_texts_in(item, reader.reader, item_path)
    elif isinstance(reader, OneOf):
        yield from list_texts(value, reader.merged_record, path)
    elif isinstance(reader, Record) and value is not None:
        yield from list_texts(value, reader, path)
