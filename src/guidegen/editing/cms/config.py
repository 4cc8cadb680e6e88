"""The configuration of the editor: forms for profiles, translations and articles, made from the field table.

Forms help; what guidegen itself says is what counts. https://decapcms.org/docs/configuration-options/
"""

import re
from collections.abc import Iterator
from functools import singledispatch
from typing import Any, NamedTuple

from guidegen.content.fields.compound import Field, Many, OneOf, Pair, Record
from guidegen.content.fields.json_schema import schema_of as schema_of
from guidegen.content.fields.scalar import IMAGE, Choice, Pattern, Translated, WholeNumber, YesNo
from guidegen.content.fields.table import PARTNER, SPOTLIGHT, TRANSLATION
from guidegen.content.translations import is_translatable
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.content.yaml.writer import to_yaml
from guidegen.model.problems import GuidegenError
from guidegen.model.settings import Editing

Widget = dict[str, Any]
LONG = 200
"""A text that may be longer than this has a box of several lines."""


_ADDRESS = re.compile(
    r"https://(?:www\.)?(?P<host>github|gitlab)\.com/(?P<repo>[\w.-]+/[\w./-]+?)(?:/-)?/edit/(?P<branch>[^/{]+)/\{path\}"
)


class Backend(NamedTuple):
    """Where the content lies: the host's kind, the repository, its branch, and how people sign in there."""

    name: str = ""
    repo: str = ""
    branch: str = ""
    app_id: str = ""
    auth_url: str = ""


def completed(given: Backend, editing: Editing) -> Backend:
    """Where the content lies, by what was given or else by the address in ``guide.yml``. Raises ``GuidegenError``."""
    found = _ADDRESS.match(editing.web)
    host, repo, branch = (found["host"], found["repo"], found["branch"]) if found else ("", "", "")
    name = given.name or host
    repo = given.repo or repo
    if not name or not repo:
        hint = "write  editing: {web: https://github.com/our-county/guide/edit/main/{path}}  into guide.yml"
        raise GuidegenError(f"it is not known where the guide lies: {hint}, or add  --backend github --repo our-county/guide")
    return given._replace(name=name, repo=repo, branch=given.branch or branch or "main")


def config(backend: Backend, types: tuple[str, ...]) -> str:
    """The text of ``config.yml``; ``types`` are the ids of the guide's service types."""
    return to_yaml(_entries(_config(backend, types)))


def _config(backend: Backend, types: tuple[str, ...]) -> Widget:
    return {
        "backend": _backend(backend),
        "local_backend": True,
        "media_folder": "content/images",
        "public_folder": "images",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [
            _collection("partners", "Partners", "partner", "profile", list(_fields(PARTNER, types))),
            {**_collection("translations", "Translations", "translation", "translation", list(_texts())), "create": False},
            _articles(),
        ],
    }


def _backend(backend: Backend) -> Widget:
    made: Widget = {"name": backend.name, "repo": backend.repo, "branch": backend.branch}
    if backend.app_id:
        made |= {"auth_type": "pkce", "app_id": backend.app_id}
    if backend.auth_url:
        made |= {"base_url": backend.auth_url}
    return made


def _collection(name: str, label: str, one: str, kind: str, fields: list[Widget]) -> Widget:
    return {
        "name": name,
        "label": label,
        "label_singular": one,
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


def _articles() -> Widget:
    body = {"label": "Text", "name": "body", "widget": "markdown", "modes": ["raw"], "buttons": ["bold", "italic", "link"]}
    return {
        "name": "spotlights",
        "label": "Spotlights",
        "label_singular": "spotlight",
        "folder": "content/spotlights",
        "extension": "md",
        "format": "guidegen-article",
        "identifier_field": "title",
        "summary": "{{filename}}: {{title}}",
        "slug": "{{title}}",
        "create": True,
        "delete": False,
        "editor": {"preview": False},
        "fields": [*_fields(SPOTLIGHT, ()), body],
    }


def _fields(record: Record[Any], types: tuple[str, ...]) -> Iterator[Widget]:
    for field in record.fields:
        widget = widget_of(field.reader)
        if field.name == "types" and types:
            widget = {"widget": "select", "multiple": True, "options": list(types)}
        elif isinstance(field.reader, Record):
            widget["fields"] = [{**one, "required": False} for one in _fields(field.reader, types)]
        elif "fields" in widget:
            widget["fields"] = [one for shape in _shapes(field.reader) for one in _fields(shape, types)]
            widget["fields"] = list({one["name"]: one for one in reversed(widget["fields"])}.values())[::-1]
        yield {**_labelled(field), **widget, "required": field.required and widget["widget"] != "object"}


def _shapes(reader: object) -> tuple[Record[Any], ...]:
    """The records that entries of a list may be."""
    inner = reader.reader if isinstance(reader, Many) else reader
    if isinstance(inner, OneOf):  # of the shapes of hours one is meant, so none of their keys can be asked for
        return (inner.merged,)
    return (inner,) if isinstance(inner, Record) else ()


def _labelled(field: Field) -> Widget:
    hint = field.meaning[:1].upper() + field.meaning[1:]
    hint += f", such as  {field.example}" if field.example else ""
    hint += ". Private: it is published nowhere." if field.private else ""
    return {"label": field.name.replace("_", " ").capitalize(), "name": field.name, "hint": hint}


@singledispatch
def widget_of(reader: object) -> Widget:
    """The part of a form in which a value is written. Nothing is set beforehand: what is not known stays so."""
    pattern = schema_of(reader).get("pattern")
    wanted = f"Write {getattr(reader, 'wanted', 'a text')}"
    return {"widget": "string"} | ({"pattern": [pattern, wanted]} if pattern else {})


@widget_of.register
def _(reader: Translated) -> Widget:
    if reader.markdown:
        return {"widget": "markdown", "modes": ["raw"], "buttons": ["bold", "italic", "link"]}
    return {"widget": "text" if reader.limit > LONG else "string"}


@widget_of.register
def _(reader: Choice) -> Widget:
    options = [{"label": f"{name}: {meaning}", "value": name} for name, meaning in reader.meanings.items()]
    return {"widget": "select", "options": options}


@widget_of.register
def _(_: YesNo) -> Widget:
    return {"widget": "select", "options": ["yes", "no"]}


@widget_of.register
def _(reader: WholeNumber) -> Widget:
    return {"widget": "string", "pattern": ["^[0-9]+$", f"Write {reader.wanted}"]}


@widget_of.register
def _(reader: Pattern) -> Widget:
    if reader is IMAGE:
        return {"widget": "image", "choose_url": False}
    return {"widget": "string", "pattern": [f"^(?:{reader.expression})$", f"Write {reader.wanted}"]}


@widget_of.register
def _(_: Record) -> Widget:  # type: ignore[type-arg]  # the dispatcher asks for the bare class
    return {"widget": "object", "collapsed": True}


@widget_of.register
def _(reader: Many) -> Widget:  # type: ignore[type-arg]  # as above
    if isinstance(reader.reader, Record | OneOf):
        return {"widget": "list", "collapsed": True, "fields": [], "summary": "{{fields.key}}{{fields.number}}{{fields.code}}"}
    inner = widget_of(reader.reader)
    if inner["widget"] == "select":
        return inner | {"multiple": True}
    return {"widget": "list", "collapsed": False, "field": {"label": "Entry", "name": "entry", **inner}}


@widget_of.register
def _(_: Pair) -> Widget:  # type: ignore[type-arg]  # as above
    one = {"label": "Value", "name": "value", "widget": "string", "required": False}  # an open end is left empty
    return {"widget": "list", "field": one, "min": 2, "max": 2}


def _texts() -> Iterator[Widget]:
    yield from _translatable(PARTNER)
    yield {"label": "Translation", "name": "translation", "widget": "object", "collapsed": True, "required": False} | {
        "fields": [{**one, "required": False} for one in _fields(TRANSLATION, ())]
    }


def _translatable(record: Record[Any], identity: str = "") -> Iterator[Widget]:
    """The texts of a record, and the key by which it is known."""
    for field in record.fields:
        if field.name == identity:
            yield {**_labelled(field), **widget_of(field.reader), "hint": "As in the source."}
        elif is_translatable(field.reader):
            widget = widget_of(field.reader)
            if "fields" in widget or isinstance(field.reader, Record):
                inner = field.reader.reader if isinstance(field.reader, Many) else field.reader
                shape: Any = inner.merged if isinstance(inner, OneOf) else inner
                widget["fields"] = list(_translatable(shape, getattr(field.reader, "identity", "")))
            yield {**_labelled(field), **widget, "required": False}


# --- as YAML -------------------------------------------------------------------------------------


def _entries(values: Widget) -> MappingNode:
    return MappingNode(tuple((ScalarNode(key, 1, 1), _node(value)) for key, value in values.items()), 1, 1)


def _node(value: Any) -> Node:
    if isinstance(value, dict):
        return _entries(value)
    if isinstance(value, list):
        return ListNode(tuple(_node(one) for one in value), 1, 1)
    if isinstance(value, bool | int):
        return ScalarNode(str(value).lower(), 1, 1)
    return ScalarNode(value, 1, 1, plain=False)
