"""JSON Schemas (draft-07) of the content files, generated from the field table.

Text editors use them to check a file while it is typed. A schema accepts everything that the field readers accept; where the two
differ, the field reader is right. A key without a value is valid, because the field readers treat it as absent.
"""

import json
from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from guidegen.content.fields import table
from guidegen.content.fields.by_language import CodesByScheme, ListsByLanguage, TextByLanguage
from guidegen.content.fields.compound import Many, OneOf, Pair
from guidegen.content.fields.holidays import HolidayName
from guidegen.content.fields.language_tag import LanguageTag
from guidegen.content.fields.phone_field import PhoneNumber
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import (
    Amount,
    AnyValue,
    Choice,
    Degrees,
    Pattern,
    StandardCode,
    Url,
    WholeNumber,
    YesNo,
)
from guidegen.content.fields.source_version import EXPRESSION, SourceVersion
from guidegen.content.fields.text import Line, Translated
from guidegen.content.fields.times import Day, DayNumber, DayOrYearDay, Days, Every, MonthDay, TimeOfDay
from guidegen.content.translations import is_translatable

Schema = dict[str, Any]
_SCALAR = ["string", "number", "boolean"]
"""Values are read as text: 211 is the same as "211"."""
_YES_NO = r"^\s*([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$"
TRANSLATION = "partner-translation"
FILES: Mapping[str, tuple[Record[Any], tuple[str, ...]]] = {
    "guide": (table.SETTINGS, ("guide.yml",)),
    "partial-guide": (table.PARTIAL_GUIDE, ("guides/*.yml",)),
    "services": (table.SERVICE_TYPES, ("content/services.yml",)),
    "search-tests": (table.SEARCH_TESTS, ("content/search-tests.yml",)),
    "partner": (table.PARTNER, ("content/partners/*.yml", "!content/partners/*.*.yml")),
    TRANSLATION: (table.PARTNER, ("content/partners/*.*.yml",)),
    "spotlight": (table.SPOTLIGHT, ()),
}
"""Schemas by name: the record of a file, and the glob patterns of the files. The record of an article is its front matter."""


def generate_schemas() -> dict[str, str]:
    """Return the JSON text of each schema by its name."""
    return {name: json.dumps(_file_schema(name), ensure_ascii=False, indent=1) + "\n" for name in FILES}


def _file_schema(name: str) -> Schema:
    record, _ = FILES[name]
    schema = _translation_schema(record) if name == TRANSLATION else build_schema(record)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"guidegen: {name}", **schema}


@singledispatch
def build_schema(reader: object) -> Schema:
    """Return the schema of the values that a reader accepts. Raises ``NotImplementedError`` for other objects."""
    raise NotImplementedError(type(reader).__name__)


@build_schema.register
def _(_: Line) -> Schema:
    return {"type": _SCALAR}


@build_schema.register
def _(_: Translated) -> Schema:
    return {"type": _SCALAR}


@build_schema.register
def _(_: AnyValue) -> Schema:
    return {"type": ["object", "array", *_SCALAR]}


@build_schema.register
def _(reader: HolidayName) -> Schema:
    return _text_schema("^[A-Za-z0-9' .-]+$", reader.expected)


@build_schema.register
def _(_: SourceVersion) -> Schema:
    return {"type": "string", "pattern": rf"^(?:{EXPRESSION})$"}


@build_schema.register
def _(reader: Pattern) -> Schema:
    return _text_schema(f"^(?:{reader.expression})$", reader.expected, _SCALAR)


@build_schema.register
def _(reader: Choice) -> Schema:
    return {"enum": [*reader.meanings], "markdownEnumDescriptions": [*reader.meanings.values()]}


@build_schema.register
def _(_: YesNo) -> Schema:
    return {"anyOf": [{"enum": ["yes", "no"]}, {"type": ["boolean", "string"], "pattern": _YES_NO}]}


@build_schema.register
def _(reader: WholeNumber) -> Schema:
    return {"type": ["integer", "string"], "minimum": reader.minimum, "maximum": reader.maximum, "pattern": "^-?[0-9]{1,9}$"}


@build_schema.register
def _(_: Amount) -> Schema:
    return {"type": ["number", "string"], "minimum": 0, "pattern": r"^[0-9]{1,7}(\.[0-9]{1,2})?$"}


@build_schema.register
def _(_: Degrees) -> Schema:
    return {"type": ["number", "string"], "minimum": -180, "maximum": 180, "pattern": r"^-?[0-9]{1,3}(\.[0-9]{1,10})?$"}


@build_schema.register
def _(reader: PhoneNumber) -> Schema:
    return _text_schema(r"^\s*\+?[0-9(][0-9 ().\u00a0/-]*[0-9]\s*$", reader.expected, ["string", "integer"])


@build_schema.register
def _(reader: Url) -> Schema:
    return _text_schema("^[Hh][Tt][Tt][Pp][Ss]?://", reader.expected)


@build_schema.register
def _(reader: StandardCode) -> Schema:
    return _text_schema("^[A-Z0-9]{2,3}$", reader.expected)


@build_schema.register
def _(reader: LanguageTag) -> Schema:
    return _text_schema("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", reader.expected)


@build_schema.register
def _(reader: Day) -> Schema:
    return _text_schema("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", reader.expected)


@build_schema.register
def _(reader: DayOrYearDay) -> Schema:
    return _text_schema("^([0-9]{4}-)?[0-9]{1,2}-[0-9]{1,2}$", reader.expected)


@build_schema.register
def _(reader: Days) -> Schema:
    return _text_schema(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( *\.\.+ *[0-9]{4}-[0-9]{2}-[0-9]{2})?$", reader.expected)


@build_schema.register
def _(reader: Every) -> Schema:
    return _text_schema("^[0-9A-Za-z ]+$", reader.expected, ["string", "integer"])


@build_schema.register
def _(reader: DayNumber) -> Schema:
    return _text_schema("^(-1|[0-9]{1,2}(st|nd|rd|th)?)$", reader.expected, ["string", "integer"])


@build_schema.register
def _(reader: TimeOfDay) -> Schema:
    return _text_schema("^[0-9]{1,2}:[0-5][0-9]$", reader.expected)


@build_schema.register
def _(reader: MonthDay) -> Schema:
    return _text_schema("^(-1|[1-5])[A-Za-z]{2}$", reader.expected)


@build_schema.register
def _(reader: TextByLanguage) -> Schema:
    text = build_schema(Translated(reader.limit, reader.markdown))
    return {"anyOf": [text, {"type": "object", "additionalProperties": _allow_null(text)}]}


@build_schema.register
def _(reader: ListsByLanguage) -> Schema:
    return {"type": "object", "additionalProperties": _allow_null(build_schema(reader.reader))}


@build_schema.register
def _(reader: CodesByScheme) -> Schema:
    return {"type": "object", "additionalProperties": _allow_null(build_schema(reader.reader))}


@build_schema.register
def _(reader: Many) -> Schema:  # type: ignore[type-arg]  # singledispatch needs the bare class
    listed = {"type": "array", "items": build_schema(reader.reader), "maxItems": reader.limit}
    return {"anyOf": [build_schema(reader.reader), listed]} if reader.may_be_one else listed


@build_schema.register
def _(reader: Pair) -> Schema:  # type: ignore[type-arg]  # as above
    part = build_schema(reader.reader)
    return {"type": "array", "items": _allow_null(part) if reader.may_be_open else part, "minItems": 2, "maxItems": 2}


@build_schema.register
def _(reader: OneOf) -> Schema:  # type: ignore[type-arg]  # as above
    return {"anyOf": [build_schema(shape) for shape in reader.shapes]}


@build_schema.register
def _(reader: Record) -> Schema:  # type: ignore[type-arg]  # as above
    required = [field.name for field in reader.fields if field.required]
    return _object_schema({field.name: _field_schema(field, build_schema(field.reader)) for field in reader.fields}, required)


def _text_schema(pattern: str, expected: str, kind: str | list[str] = "string") -> Schema:
    """Return the schema of a text that matches a pattern, with an error message."""
    return {"type": kind, "pattern": pattern, "patternErrorMessage": f"Write {expected}"}


def _object_schema(properties: Schema, required: list[str]) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": required} if required else {})


def _field_schema(field: Field, value: Schema) -> Schema:
    """Return the schema of a field's value, with the description that editors show."""
    expected = str(getattr(field.reader, "expected", "")) if not isinstance(field.reader, Record | Choice) else ""
    description = "\n\n".join(_describe(field, expected))
    schema = value if field.explicit or field.required else _allow_null(value)
    return {"description": f"{field.meaning[:1].upper()}{field.meaning[1:]}.", "markdownDescription": description, **schema}


def _describe(field: Field, expected: str) -> Iterator[str]:
    yield f"{field.meaning[:1].upper()}{field.meaning[1:]}."
    if expected and not isinstance(field.reader, Many):
        yield f"Write {expected}."
    if field.example:
        yield f"`{field.name}: {field.example}`"
    if field.private:
        yield "Private: it is never published."


def _allow_null(value: Schema) -> Schema:
    """Return a schema that also accepts null, which the readers treat as a key that was left out."""
    kind = value.get("type")
    if kind is None:
        alternatives = {"enum": [*value["enum"], None]} if "enum" in value else {"anyOf": [*value["anyOf"], {"type": "null"}]}
        return value | alternatives
    return value | {"type": [*(kind if isinstance(kind, list) else [kind]), "null"]}


def _translation_schema(record: Record[Any]) -> Schema:
    """Return the schema of a translation file: translatable texts, identity keys, and who translated."""
    schema = _translatable_schema(record)
    recorded = {"type": ["object", "string", "null"], "description": "Written by guidegen translations accept."}
    schema["properties"] |= {"translation": _allow_null(build_schema(table.TRANSLATION)), "translated_from": recorded}
    return schema


def _translatable_schema(record: Record[Any], identity: str = "") -> Schema:
    translatable = [field for field in record.fields if is_translatable(field.reader)]
    properties = {field.name: _allow_null(_translatable_field_schema(field)) for field in translatable}
    if identity:
        properties[identity] = {"type": _SCALAR, "description": "As in the source."}
    return _object_schema(properties, [identity] if identity else [])


def _translatable_field_schema(field: Field) -> Schema:
    reader, about = field.reader, {"description": f"{field.meaning[:1].upper()}{field.meaning[1:]}."}
    if isinstance(reader, Record):
        return about | _translatable_schema(reader)
    if isinstance(reader, Many):
        inner = reader.reader.merged_record if isinstance(reader.reader, OneOf) else reader.reader
        items = _translatable_schema(inner, reader.identity) if isinstance(inner, Record) else build_schema(inner)
        listed = {"type": "array", "items": _allow_null(items)}
        return about | ({"anyOf": [items, listed]} if reader.may_be_one else listed)
    return about | build_schema(reader)
