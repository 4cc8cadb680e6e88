"""Build the web editor's configuration: forms for profiles, translations and articles, from the field table.

The forms check only part of what ``guidegen check`` does. https://decapcms.org/docs/configuration-options/
"""

import re
from collections.abc import Iterator
from functools import singledispatch
from typing import Any, NamedTuple

from guidegen.content.fields.compound import Many, OneOf, Pair
from guidegen.content.fields.json_schema import build_schema as build_schema
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import IMAGE, Choice, Pattern, WholeNumber, YesNo
from guidegen.content.fields.table import OWN_PAGE, PARTNER, SPOTLIGHT, TRANSLATION
from guidegen.content.fields.text import Translated
from guidegen.content.translations import is_translatable
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.content.yaml.writer import format_yaml
from guidegen.model.problems import GuidegenError
from guidegen.model.settings import Editing

Widget = dict[str, Any]
MULTILINE_THRESHOLD = 200
"""Texts whose limit is above this number of characters get an input of several lines."""
_WEB_ADDRESS = re.compile(
    r"https://(?:www\.)?(?P<host>github|gitlab)\.com/(?P<repo>[\w.-]+/[\w./-]+?)(?:/-)?/edit/(?P<branch>[^/{]+)/\{path\}"
)


class Backend(NamedTuple):
    """The repository of the content: the kind of its host, its name and branch, and how people sign in."""

    name: str = ""
    repo: str = ""
    branch: str = ""
    app_id: str = ""
    auth_url: str = ""


def complete_backend(given: Backend, editing: Editing) -> Backend:
    """Return the backend with missing parts filled in from the editing address in ``guide.yml``.

    Raises ``GuidegenError`` if the host or the repository stays unknown.
    """
    match = _WEB_ADDRESS.match(editing.web)
    host, repo, branch = (match["host"], match["repo"], match["branch"]) if match else ("", "", "")
    name = given.name or host
    repo = given.repo or repo
    if not name or not repo:
        hint = "write  editing: {web: https://github.com/our-county/guide/edit/main/{path}}  in guide.yml"
        raise GuidegenError(f"the guide's repository is not known: {hint}, or add  --backend github --repo our-county/guide")
    return given._replace(name=name, repo=repo, branch=given.branch or branch or "main")


def format_config(backend: Backend, types: tuple[str, ...]) -> str:
    """Return the text of ``config.yml``; ``types`` are the ids of the guide's service types."""
    return format_yaml(_to_mapping(_build_config(backend, types)))


def _build_config(backend: Backend, types: tuple[str, ...]) -> Widget:
    partners = _build_collection("partners", "Partners", "partner", "profile", list(_build_fields(PARTNER, types)))
    translation_fields = list(_build_translation_fields())
    translations = _build_collection("translations", "Translations", "translation", "translation", translation_fields)
    return {
        "backend": _build_backend(backend),
        "local_backend": True,
        "media_folder": "content/images",
        "public_folder": "images",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [
            partners,
            {**translations, "create": False},
            _build_articles("spotlights", "Spotlights", "spotlight", SPOTLIGHT),
            _build_articles("pages", "Pages of our own", "page", OWN_PAGE),
        ],
    }


def _build_backend(backend: Backend) -> Widget:
    entries: Widget = {"name": backend.name, "repo": backend.repo, "branch": backend.branch}
    if backend.app_id:
        entries |= {"auth_type": "pkce", "app_id": backend.app_id}
    if backend.auth_url:
        entries |= {"base_url": backend.auth_url}
    return entries


def _build_collection(name: str, label: str, singular: str, kind: str, fields: list[Widget]) -> Widget:
    return {
        "name": name,
        "label": label,
        "label_singular": singular,
        "folder": "content/partners",
        "extension": "yml",
        "format": "guidegen-profile",
        "filter": {"field": "kind", "value": kind},
        "identifier_field": "name" if kind == "profile" else "summary",
        "summary": "{{name}}" if kind == "profile" else "{{filename}}: {{summary}}",
        "slug": "{{name}}",
        "create": True,
        "delete": False,
        "editor": {"preview": False},
        "fields": fields,
    }


def _build_articles(name: str, label: str, singular: str, record: Record[Any]) -> Widget:
    """Return the collection of a folder of Markdown files; ``name`` is the folder's."""
    body = {"label": "Text", "name": "body", "widget": "markdown", "modes": ["raw"], "buttons": ["bold", "italic", "link"]}
    return {
        "name": name,
        "label": label,
        "label_singular": singular,
        "folder": f"content/{name}",
        "extension": "md",
        "format": "guidegen-article",
        "identifier_field": "title",
        "summary": "{{filename}}: {{title}}",
        "slug": "{{title}}",
        "create": True,
        "delete": False,
        "editor": {"preview": False},
        "fields": [*_build_fields(record, ()), body],
    }


def _build_fields(record: Record[Any], types: tuple[str, ...]) -> Iterator[Widget]:
    for field in record.fields:
        widget = build_widget(field.reader)
        if field.name == "types" and types:
            widget = {"widget": "select", "multiple": True, "options": list(types)}
        elif isinstance(field.reader, Record):
            widget["fields"] = [{**inner, "required": False} for inner in _build_fields(field.reader, types)]
        elif "fields" in widget:
            inner_fields = [inner for shape in _find_entry_records(field.reader) for inner in _build_fields(shape, types)]
            widget["fields"] = list({inner["name"]: inner for inner in reversed(inner_fields)}.values())[::-1]
        yield {**_build_label(field), **widget, "required": field.required and widget["widget"] != "object"}


def _find_entry_records(reader: object) -> tuple[Record[Any], ...]:
    """Return the record that describes the entries of a list, or nothing if they are not records."""
    inner = reader.reader if isinstance(reader, Many) else reader
    if isinstance(inner, OneOf):  # an entry has only one of the shapes, so no key can be required
        return (inner.merged_record,)
    return (inner,) if isinstance(inner, Record) else ()


def _build_label(field: Field) -> Widget:
    hint = field.meaning[:1].upper() + field.meaning[1:]
    hint += f", such as  {field.example}" if field.example else ""
    hint += ". Private: never published." if field.private else ""
    return {"label": field.name.replace("_", " ").capitalize(), "name": field.name, "hint": hint}


@singledispatch
def build_widget(reader: object) -> Widget:
    """Return the form widget for a value. No widget has a default, so an unknown value stays unknown."""
    pattern = build_schema(reader).get("pattern")
    message = f"Write {getattr(reader, 'expected', 'a text')}"
    return {"widget": "string"} | ({"pattern": [pattern, message]} if pattern else {})


@build_widget.register
def _(reader: Translated) -> Widget:
    if reader.markdown:
        return {"widget": "markdown", "modes": ["raw"], "buttons": ["bold", "italic", "link"]}
    return {"widget": "text" if reader.limit > MULTILINE_THRESHOLD else "string"}


@build_widget.register
def _(reader: Choice) -> Widget:
    options = [{"label": f"{name}: {meaning}", "value": name} for name, meaning in reader.meanings.items()]
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
        return {"widget": "list", "collapsed": True, "fields": [], "summary": "{{fields.key}}{{fields.number}}{{fields.code}}"}
    inner = build_widget(reader.reader)
    if inner["widget"] == "select":
        return inner | {"multiple": True}
    return {"widget": "list", "collapsed": False, "field": {"label": "Entry", "name": "entry", **inner}}


@build_widget.register
def _(_: Pair) -> Widget:  # type: ignore[type-arg]  # as above
    field = {"label": "Value", "name": "value", "widget": "string", "required": False}  # an open end is left empty
    return {"widget": "list", "field": field, "min": 2, "max": 2}


def _build_translation_fields() -> Iterator[Widget]:
    yield from _build_translatable_fields(PARTNER)
    yield {"label": "Translation", "name": "translation", "widget": "object", "collapsed": True, "required": False} | {
        "fields": [{**inner, "required": False} for inner in _build_fields(TRANSLATION, ())]
    }


def _build_translatable_fields(record: Record[Any], identity: str = "") -> Iterator[Widget]:
    """Yield the translatable fields of a record and the key that identifies an entry."""
    for field in record.fields:
        if field.name == identity:
            yield {**_build_label(field), **build_widget(field.reader), "hint": "As in the source."}
        elif is_translatable(field.reader):
            widget = build_widget(field.reader)
            if "fields" in widget or isinstance(field.reader, Record):
                inner = field.reader.reader if isinstance(field.reader, Many) else field.reader
                shape: Any = inner.merged_record if isinstance(inner, OneOf) else inner
                widget["fields"] = list(_build_translatable_fields(shape, getattr(field.reader, "identity", "")))
            yield {**_build_label(field), **widget, "required": False}


# --- as YAML -------------------------------------------------------------------------------------


def _to_mapping(values: Widget) -> MappingNode:
    return MappingNode(tuple((ScalarNode(key, 1, 1), _to_node(value)) for key, value in values.items()), 1, 1)


def _to_node(value: Any) -> Node:
    if isinstance(value, dict):
        return _to_mapping(value)
    if isinstance(value, list):
        return ListNode(tuple(_to_node(item) for item in value), 1, 1)
    if isinstance(value, bool | int):
        return ScalarNode(str(value).lower(), 1, 1)
    return ScalarNode(value, 1, 1, plain=False)
