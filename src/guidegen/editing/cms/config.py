"""Build the web editor's configuration: forms for profiles, translations and articles, from the field table.

The forms check only part of what ``guidegen check`` does. https://decapcms.org/docs/configuration-options/
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from guidegen.content.fields.table import OWN_PAGE, OWN_PAGE_TRANSLATION, PARTNER, SPOTLIGHT, SPOTLIGHT_TRANSLATION
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.content.yaml.writer import format_yaml
from guidegen.editing.cms.widgets import Types, Widget, build_fields, build_translation_fields
from guidegen.model.problems import GuidegenError
from guidegen.model.settings import Editing
from guidegen.patterns import compile_lazily
from guidegen.text import cldr

_WEB_ADDRESS = compile_lazily(
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


def format_config(backend: Backend, types: Types, languages: tuple[str, ...]) -> str:
    """Return the text of ``config.yml``. ``languages`` are those to translate into."""
    return format_yaml(_to_mapping(_build_config(backend, types, languages)))


def _build_config(backend: Backend, types: Types, languages: tuple[str, ...]) -> Widget:
    partners = _build_collection("partners", "Partners", "partner", "partners", "yml", "profile")
    articles = _build_collection("spotlights", "Spotlights", "spotlight", "spotlights", "md", "article")
    pages = _build_collection("pages", "Pages of our own", "page", "pages", "md", "page")
    return {
        "backend": _build_backend(backend),
        "local_backend": True,
        "media_folder": "content/images",
        "public_folder": "images",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [
            {**partners, "fields": list(_build_profile_fields(types))},
            _build_translations(partners, "name", list(build_translation_fields()), languages),
            {**articles, "fields": [*build_fields(SPOTLIGHT, ()), _BODY]},
            _build_translations(articles, "title", [*build_fields(SPOTLIGHT_TRANSLATION, ()), _BODY], languages),
            {**pages, "fields": [*build_fields(OWN_PAGE, ()), _BODY]},
            _build_translations(pages, "title", [*build_fields(OWN_PAGE_TRANSLATION, ()), _BODY], languages),
        ],
    }


def _build_backend(backend: Backend) -> Widget:
    entries: Widget = {"name": backend.name, "repo": backend.repo, "branch": backend.branch}
    if backend.app_id:
        entries |= {"auth_type": "pkce", "app_id": backend.app_id}
    if backend.auth_url:
        entries |= {"base_url": backend.auth_url}
    return entries


def _build_collection(name: str, label: str, singular: str, folder: str, extension: str, kind: str) -> Widget:
    """Return a collection of the files in a folder of one ``kind``, which ``client/cms/formats.js`` tells from their keys."""
    title = "name" if kind == "profile" else "title"
    return {
        "name": name,
        "label": label,
        "label_singular": singular,
        "folder": f"content/{folder}",
        "extension": extension,
        "format": f"guidegen-{kind}",
        "filter": {"field": "kind", "value": kind},
        "identifier_field": title,
        "summary": f"{{{{{title}}}}}",
        "slug": f"{{{{{title}}}}}",
        "create": True,
        "delete": False,
        "editor": {"preview": False},
    }


def _build_translations(source: Widget, title: str, fields: list[Widget], languages: tuple[str, ...]) -> Widget:
    """Return the collection of the translations of a collection. A new one is named by its source and its language.

    The two fields for that are only in the form: ``client/cms/formats.js`` never writes them.
    """
    of = {
        "label": f"Translation of this {source['label_singular']}",
        "name": "of",
        "widget": "relation",
        "collection": source["name"],
        "value_field": "{{slug}}",
        "search_fields": [title],
        "display_fields": [title],
        "hint": "For a new translation. It cannot be changed later.",
    }
    options = [{"label": f"{cldr.language_names()[tag]} ({tag})", "value": tag} for tag in languages]
    language = {"label": "Into this language", "name": "into", "widget": "select", "options": options, "hint": of["hint"]}
    return {
        **source,
        "name": f"{source['name']}-translations" if source["name"] != "partners" else "translations",
        "label": f"{source['label']}: translations" if source["name"] != "partners" else "Translations",
        "label_singular": "translation",
        "filter": {"field": "kind", "value": "translation"},
        "identifier_field": "summary" if source["name"] == "partners" else title,
        "summary": "{{filename}}: {{summary}}" if source["name"] == "partners" else f"{{{{filename}}}}: {{{{{title}}}}}",
        "slug": "{{fields.of}}.{{fields.into}}",
        "fields": [of, language, *(field for field in fields if field["name"] != "translated_from")],
    }


_BODY: Widget = {"label": "Text", "name": "body", "widget": "markdown", "modes": ["raw"], "buttons": []}


def _build_profile_fields(types: Types) -> Iterator[Widget]:
    """Yield the fields of a profile. A new one is a draft, so that an unfinished one stops no publication."""
    for widget in build_fields(PARTNER, types):
        if widget["name"] == "status":
            widget |= {"default": "draft", "hint": "Leave it at draft until the facts are complete. Then choose active."}
        yield widget


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
