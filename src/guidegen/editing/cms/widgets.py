"""The inputs of the web editor's forms, one for each field of the content model."""

from collections.abc import Iterator, Sequence
from functools import singledispatch
from typing import Any

from guidegen.content.fields.compound import Many, OneOf, Pair
from guidegen.content.fields.json_schema import build_schema
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import IMAGE, Choice, Pattern, WholeNumber, YesNo
from guidegen.content.fields.table import PARTNER, TRANSLATION
from guidegen.content.fields.text import Translated
from guidegen.content.translations import is_translatable

Widget = dict[str, Any]
Types = tuple[tuple[str, str], ...]
"""The ids and names of the guide's service types."""
MULTILINE_THRESHOLD = 200
"""Texts whose limit is above this number of characters get an input of several lines."""


def build_fields(record: Record[Any], types: Types) -> Iterator[Widget]:
    """Yield the inputs of a record; ``types`` are the choices for kinds of help."""
    for field in record.fields:
        if field.name in _NOT_IN_FORMS:
            continue
        widget = build_widget(field.reader)
        if field.name == "types" and types:
            options = [{"label": name, "value": type_id} for type_id, name in types]
            widget = {"widget": "select", "multiple": True, "options": options}
        elif isinstance(field.reader, Record):
            widget["fields"] = [{**inner, "required": False} for inner in build_fields(field.reader, types)]
        elif "fields" in widget:
            inner_fields = [inner for shape in _find_entry_records(field.reader) for inner in build_fields(shape, types)]
            widget["fields"] = list({inner["name"]: inner for inner in reversed(inner_fields)}.values())[::-1]
            widget["summary"] = _format_summary(widget["fields"])
        yield {**_build_label(field), **widget, "required": field.required and widget["widget"] != "object"}


_NOT_IN_FORMS = ("extra", "area")
"""Keys that forms leave as they are: ``extra`` has any structure, and ``area`` is an older key."""
_SIMPLE_WIDGETS = ("string", "text", "select")


def _format_summary(fields: Sequence[Widget]) -> str:
    """Return what a closed row of a list shows: its name, or else everything that is in it. Decap calls an empty row "No …"."""
    names = [field["name"] for field in fields if field["widget"] in _SIMPLE_WIDGETS or field.get("field")]
    return " ".join(f"{{{{fields.{name}}}}}" for name in (["name", "key"] if "name" in names else names))


def _find_entry_records(reader: object) -> tuple[Record[Any], ...]:
    """Return the record that describes the entries of a list, or nothing if they are not records."""
    inner = reader.reader if isinstance(reader, Many) else reader
    if isinstance(inner, OneOf):  # an entry has only one of the shapes, so no key can be required
        return (inner.merged_record,)
    return (inner,) if isinstance(inner, Record) else ()


def _build_label(field: Field) -> Widget:
    hint = field.meaning[:1].upper() + field.meaning[1:]
    example = field.example.strip('"')
    hint += f", such as  {example}" if example and example[0] not in "[{" else ""
    hint += ". Private: never published." if field.private else ""
    label = _LABELS.get(field.name, field.name.replace("_", " ").capitalize())
    is_plural = isinstance(field.reader, Many) and label.endswith("s") and field.name != "hours"
    return {"label": label, "name": field.name, "hint": hint} | ({"label_singular": label[:-1].lower()} if is_plural else {})


_LABELS = {
    "was": "Earlier names",
    "at": "Only at these locations",
    "attend": "How people take part",
    "key": "Short name, a to z",
    "types": "Kinds of help",
    "asks": "What people must show or say",
    "helps": "Help so people can come",
    "apply": "How to start",
    "who": "Who can come",
    "seats": "Open places",
    "of": "Places in all",
    "plain_name": "What it is, in plain words",
    "alt": "The picture in words",
    "line1": "Street and number",
    "line2": "Floor, room",
    "region": "County",
    "position": "Position on a map",
    "matches": "It matches the source as it is now",
    "closed": "Closed on these dates",
    "closed_on": "Closed on these holidays",
    "status": "Show it to readers?",
    "verified": "Last checked",
}
"""Labels of fields whose key says too little."""


@singledispatch
def build_widget(reader: object) -> Widget:
    """Return the form widget for a value. No widget has a default, so an unknown value stays unknown."""
    pattern = build_schema(reader).get("pattern")
    message = f"Write {getattr(reader, 'expected', 'a text')}"
    return {"widget": "string"} | ({"pattern": [pattern, message]} if pattern else {})


@build_widget.register
def _(reader: Translated) -> Widget:
    if reader.markdown:
        return {"widget": "markdown", "modes": ["raw"], "buttons": []}
    return {"widget": "text" if reader.limit > MULTILINE_THRESHOLD else "string"}


@build_widget.register
def _(reader: Choice) -> Widget:
    options = [{"label": meaning, "value": name} for name, meaning in reader.meanings.items()]
    return {"widget": "select", "options": options}


@build_widget.register
def _(_: YesNo) -> Widget:
    return {"widget": "select", "options": ["yes", "no"]}


@build_widget.register
def _(reader: WholeNumber) -> Widget:
    return {"widget": "string", "pattern": ["^[0-9]+$", f"Write {reader.expected}"]}


@build_widget.register
def _(reader: Pattern) -> Widget:
    if reader is IMAGE:
        return {"widget": "image", "choose_url": False}
    return {"widget": "string", "pattern": [f"^(?:{reader.expression})$", f"Write {reader.expected}"]}


@build_widget.register
def _(_: Record) -> Widget:  # type: ignore[type-arg]  # singledispatch needs the bare class
    return {"widget": "object", "collapsed": True}


@build_widget.register
def _(reader: Many) -> Widget:  # type: ignore[type-arg]  # as above
    if isinstance(reader.reader, Record | OneOf):
        return {"widget": "list", "collapsed": True, "fields": []}
    inner = build_widget(reader.reader)
    if inner["widget"] == "select":
        return inner | {"multiple": True}
    return {"widget": "list", "collapsed": False, "field": {"label": "Entry", "name": "entry", **inner}}


@build_widget.register
def _(_: Pair) -> Widget:  # type: ignore[type-arg]  # as above
    field = {"label": "Value", "name": "value", "widget": "string", "required": False}  # an open end is left empty
    return {"widget": "list", "field": field, "min": 2, "max": 2}


def build_translation_fields() -> Iterator[Widget]:
    """Yield the inputs for the translation of a profile."""
    yield from _build_translatable_fields(PARTNER)
    yield {"label": "Translation", "name": "translation", "widget": "object", "collapsed": True, "required": False} | {
        "fields": [{**inner, "required": False} for inner in build_fields(TRANSLATION, ())]
    }


def _build_translatable_fields(record: Record[Any], identity: str = "") -> Iterator[Widget]:
    """Yield the translatable fields of a record and the key that identifies an entry."""
    for field in record.fields:
        if field.name == identity:
            yield {**_build_label(field), **build_widget(field.reader), "hint": "As in the source."}
        elif is_translatable(field.reader):
            widget, label = build_widget(field.reader), _build_label(field)
            identity_of_rows = getattr(field.reader, "identity", "")
            if "fields" in widget or isinstance(field.reader, Record):
                inner = field.reader.reader if isinstance(field.reader, Many) else field.reader
                shape: Any = inner.merged_record if isinstance(inner, OneOf) else inner
                widget["fields"] = list(_build_translatable_fields(shape, identity_of_rows))
                if isinstance(field.reader, Many):
                    widget["summary"] = _format_summary(widget["fields"])
            if isinstance(field.reader, Many) and not identity_of_rows:
                # A row belongs to the row of the source in the same place, so removing one would move all others.
                widget |= {"allow_remove": False, "allow_reorder": False}
                label["hint"] = "One for each of the source, in the same order. Leave one empty if it needs no translation."
            yield {**label, **widget, "required": False}
