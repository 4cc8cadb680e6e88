"""JSON Schemas (draft-07) of the content files, made from the field table, for editors that check while one types.

They are a help: what guidegen itself says is what counts. So a schema is never stricter than the readers, and a key without a
value, which is read as one that was left out, is right.
"""

import json
from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from guidegen.content.fields import table
from guidegen.content.fields.by_language import CodesByScheme, ListsByLanguage, TextByLanguage
from guidegen.content.fields.compound import Field, Many, OneOf, Pair, Record
from guidegen.content.fields.holidays import HolidayName
from guidegen.content.fields.language_tag import LanguageTag
from guidegen.content.fields.scalar import (
    Amount,
    AnyValue,
    Choice,
    Degrees,
    Line,
    Pattern,
    PhoneNumber,
    StandardCode,
    Translated,
    Url,
    WholeNumber,
    YesNo,
)
from guidegen.content.fields.times import Day, DayNumber, DayOrYearDay, Days, Every, MonthDay, TimeOfDay
from guidegen.content.translations import is_translatable

Schema = dict[str, Any]
_SCALAR = ["string", "number", "boolean"]
"""Values are text first: 211 is as good a text as "211"."""
_YES_NO = r"^\s*([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$"
TRANSLATION = "partner-translation"
FILES: Mapping[str, tuple[Record[Any], tuple[str, ...]]] = {
    "guide": (table.SETTINGS, ("guide.yml",)),
    "services": (table.SERVICE_TYPES, ("content/services.yml",)),
    "search-tests": (table.SEARCH_TESTS, ("content/search-tests.yml",)),
    "partner": (table.PARTNER, ("content/partners/*.yml", "!content/partners/*.*.yml")),
    TRANSLATION: (table.PARTNER, ("content/partners/*.*.yml",)),
    "spotlight": (table.SPOTLIGHT, ()),
}
"""Schemas by name: the record that a file holds, and the files, as patterns. An article holds its record between two lines."""


def schemas() -> dict[str, str]:
    """The text of each schema by its name."""
    return {name: json.dumps(_file(name), ensure_ascii=False, indent=1) + "\n" for name in FILES}


def _file(name: str) -> Schema:
    record, _ = FILES[name]
    made = _translation(record) if name == TRANSLATION else schema_of(record)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"guidegen: {name}", **made}


@singledispatch
def schema_of(reader: object) -> Schema:
    """What a reader takes."""
    raise NotImplementedError(type(reader).__name__)


@schema_of.register
def _(_: Line) -> Schema:
    return {"type": _SCALAR}


@schema_of.register
def _(_: Translated) -> Schema:
    return {"type": _SCALAR}


@schema_of.register
def _(_: AnyValue) -> Schema:
    return {"type": ["object", "array", *_SCALAR]}


@schema_of.register
def _(reader: HolidayName) -> Schema:
    return _spelled("^[A-Za-z0-9' .-]+$", reader.wanted)


@schema_of.register
def _(reader: Pattern) -> Schema:
    return _spelled(f"^(?:{reader.expression})$", reader.wanted, _SCALAR)


@schema_of.register
def _(reader: Choice) -> Schema:
    return {"enum": [*reader.meanings], "markdownEnumDescriptions": [*reader.meanings.values()]}


@schema_of.register
def _(_: YesNo) -> Schema:
    return {"anyOf": [{"enum": ["yes", "no"]}, {"type": ["boolean", "string"], "pattern": _YES_NO}]}


@schema_of.register
def _(reader: WholeNumber) -> Schema:
    return {"type": ["integer", "string"], "minimum": reader.least, "maximum": reader.most, "pattern": "^-?[0-9]{1,9}$"}


@schema_of.register
def _(_: Amount) -> Schema:
    return {"type": ["number", "string"], "minimum": 0, "pattern": r"^[0-9]{1,7}(\.[0-9]{1,2})?$"}


@schema_of.register
def _(_: Degrees) -> Schema:
    return {"type": ["number", "string"], "minimum": -180, "maximum": 180, "pattern": r"^-?[0-9]{1,3}(\.[0-9]{1,10})?$"}


@schema_of.register
def _(reader: PhoneNumber) -> Schema:
    return _spelled(r"^\s*\+?[0-9(][0-9 ().\u00a0/-]*[0-9]\s*$", reader.wanted, ["string", "integer"])


@schema_of.register
def _(reader: Url) -> Schema:
    return _spelled("^[Hh][Tt][Tt][Pp][Ss]?://", reader.wanted)


@schema_of.register
def _(reader: StandardCode) -> Schema:
    return _spelled("^[A-Z0-9]{2,3}$", reader.wanted)


@schema_of.register
def _(reader: LanguageTag) -> Schema:
    return _spelled("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", reader.wanted)


@schema_of.register
def _(reader: Day) -> Schema:
    return _spelled("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", reader.wanted)


@schema_of.register
def _(reader: DayOrYearDay) -> Schema:
    return _spelled("^([0-9]{4}-)?[0-9]{1,2}-[0-9]{1,2}$", reader.wanted)


@schema_of.register
def _(reader: Days) -> Schema:
    return _spelled(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( *\.\.+ *[0-9]{4}-[0-9]{2}-[0-9]{2})?$", reader.wanted)


@schema_of.register
def _(reader: Every) -> Schema:
    return _spelled("^[0-9A-Za-z ]+$", reader.wanted, ["string", "integer"])


@schema_of.register
def _(reader: DayNumber) -> Schema:
    return _spelled("^(-1|[0-9]{1,2}(st|nd|rd|th)?)$", reader.wanted, ["string", "integer"])


@schema_of.register
def _(reader: TimeOfDay) -> Schema:
    return _spelled("^[0-9]{1,2}:[0-5][0-9]$", reader.wanted)


@schema_of.register
def _(reader: MonthDay) -> Schema:
    return _spelled("^(-1|[1-5])[A-Za-z]{2}$", reader.wanted)


@schema_of.register
def _(reader: TextByLanguage) -> Schema:
    text = schema_of(Translated(reader.limit, reader.markdown))
    return {"anyOf": [text, {"type": "object", "additionalProperties": _or_nothing(text)}]}


@schema_of.register
def _(reader: ListsByLanguage) -> Schema:
    return {"type": "object", "additionalProperties": _or_nothing(schema_of(reader.reader))}


@schema_of.register
def _(reader: CodesByScheme) -> Schema:
    return {"type": "object", "additionalProperties": _or_nothing(schema_of(reader.reader))}


@schema_of.register
def _(reader: Many) -> Schema:  # type: ignore[type-arg]  # the dispatcher asks for the bare class
    listed = {"type": "array", "items": schema_of(reader.reader), "maxItems": reader.limit}
    return {"anyOf": [schema_of(reader.reader), listed]} if reader.may_be_one else listed


@schema_of.register
def _(reader: Pair) -> Schema:  # type: ignore[type-arg]  # as above
    part = schema_of(reader.reader)
    return {"type": "array", "items": _or_nothing(part) if reader.may_be_open else part, "minItems": 2, "maxItems": 2}


@schema_of.register
def _(reader: OneOf) -> Schema:  # type: ignore[type-arg]  # as above
    return {"anyOf": [schema_of(shape) for shape in reader.shapes]}


@schema_of.register
def _(reader: Record) -> Schema:  # type: ignore[type-arg]  # as above
    required = [field.name for field in reader.fields if field.required]
    return _object({field.name: _field(field, schema_of(field.reader)) for field in reader.fields}, required)


def _spelled(pattern: str, wanted: str, kind: str | list[str] = "string") -> Schema:
    """A text of a pattern, and what to write in its place."""
    return {"type": kind, "pattern": pattern, "patternErrorMessage": f"Write {wanted}"}


def _object(properties: Schema, required: list[str]) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": required} if required else {})


def _field(field: Field, value: Schema) -> Schema:
    """A key's value, with what an editor shows of it."""
    wanted = str(getattr(field.reader, "wanted", "")) if not isinstance(field.reader, Record | Choice) else ""
    said = "\n\n".join(_said(field, wanted))
    made = value if field.explicit or field.required else _or_nothing(value)
    return {"description": f"{field.meaning[:1].upper()}{field.meaning[1:]}.", "markdownDescription": said, **made}


def _said(field: Field, wanted: str) -> Iterator[str]:
    yield f"{field.meaning[:1].upper()}{field.meaning[1:]}."
    if wanted and not isinstance(field.reader, Many):
        yield f"Write {wanted}."
    if field.example:
        yield f"`{field.name}: {field.example}`"
    if field.private:
        yield "Private: it is published nowhere."


def _or_nothing(value: Schema) -> Schema:
    """The same, or no value, which is read as a key that was left out."""
    kind = value.get("type")
    if kind is None:
        rest = {"enum": [*value["enum"], None]} if "enum" in value else {"anyOf": [*value["anyOf"], {"type": "null"}]}
        return value | rest
    return value | {"type": [*(kind if isinstance(kind, list) else [kind]), "null"]}


def _translation(record: Record[Any]) -> Schema:
    """What a translation file may hold: the texts of the source, the keys they belong to, and who made it."""
    made = _texts(record)
    recorded = {"type": ["object", "null"], "description": "Written by guidegen translations accept."}
    made["properties"] |= {"translation": _or_nothing(schema_of(table.TRANSLATION)), "translated_from": recorded}
    return made


def _texts(record: Record[Any], identity: str = "") -> Schema:
    own = [field for field in record.fields if is_translatable(field.reader)]
    properties = {field.name: _or_nothing(_text(field)) for field in own}
    if identity:
        properties[identity] = {"type": _SCALAR, "description": "As in the source."}
    return _object(properties, [identity] if identity else [])


def _text(field: Field) -> Schema:
    reader, about = field.reader, {"description": f"{field.meaning[:1].upper()}{field.meaning[1:]}."}
    if isinstance(reader, Record):
        return about | _texts(reader)
    if isinstance(reader, Many):
        inner = reader.reader.merged if isinstance(reader.reader, OneOf) else reader.reader
        items = _texts(inner, reader.identity) if isinstance(inner, Record) else schema_of(inner)
        listed = {"type": "array", "items": _or_nothing(items)}
        return about | ({"anyOf": [items, listed]} if reader.may_be_one else listed)
    return about | schema_of(reader)
