"""Rendering of pages to bytes with Jinja2: strict, with one environment per language. Content is never used as a template."""

from collections.abc import Callable
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from markupsafe import Markup, escape

from guidegen import resources
from guidegen.model import urls
from guidegen.model.page import CSP, Page, View
from guidegen.model.problems import GuidegenError
from guidegen.site.components.layout import Layout
from guidegen.site.components.text_notices import build_text_notices
from guidegen.site.templating.template_cache import TemplateCache
from guidegen.site.templating.template_compiler import FastEnvironment, InterfaceWords, escape_text, safe
from guidegen.text import cldr
from guidegen.text.bidi import isolate_numbers
from guidegen.text.language import Language, LocalizedString, Message

MAX_FRAGMENTS = 20_000
"""Fragments of HTML that each environment caches."""


def link(path: str, page: Page) -> str:
    """Return the relative URL from ``page`` to a page or file of the site."""
    folder = page.path.rpartition("/")[0]
    if path.startswith(folder):
        return urls.relative_url(page.path, path)
    return _link_from_folder_in(folder.rpartition("/")[0], path)


@lru_cache(maxsize=20_000)
def _link_from_folder_in(parent: str, path: str) -> str:
    """Return the relative URL from a page in a subfolder of ``parent``. It is the same for all such subfolders."""
    return urls.relative_url(f"{parent}/page/" if parent else "page/", path)


class Theme:
    """The templates and icons of a guide, with one Jinja2 environment per language."""

    def __init__(self, root: Path, environment_class: type[Environment] = FastEnvironment) -> None:
        self._root = root
        self._environment_class = environment_class
        self._template_cache = TemplateCache(environment_class.__name__)
        self._environments: dict[str, Environment] = {}

    @cached_property
    def icons(self) -> dict[str, Markup]:
        """The theme's SVG icons by name, inlined into pages so that they take the color of the text."""
        icons: dict[str, Markup] = {}
        for folder in resources.find_theme_folders(self._root, "static"):
            for file in sorted((folder / "icons").glob("*.svg")):
                svg = file.read_text(encoding="utf-8").strip()
                icons.setdefault(file.stem, Markup(f'<span class="icon" aria-hidden="true">{svg}</span>'))  # noqa: S704  # theme
        return icons

    def environment(self, language: Language, layout: Layout) -> Environment:
        """Return the environment of a language, with its messages and its layout."""
        if language.tag not in self._environments:
            self._environments[language.tag] = self._create_environment(language, layout)
        return self._environments[language.tag]

    def show(self, page: Page, view: View, layout: Layout) -> str:
        """Return the HTML of a page with this view."""
        template = self.environment(page.language, layout).get_template(page.template)
        return template.render(page=page, view=view, text_notices=partial(build_text_notices, view, page.language))

    def _create_environment(self, language: Language, layout: Layout) -> Environment:
        own, base = resources.find_theme_folders(self._root, "templates"), resources.find_built_in_folder() / "templates"
        environment = self._environment_class(
            loader=ChoiceLoader([FileSystemLoader(own), PrefixLoader({"!base": FileSystemLoader(base)})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=self._template_cache,
            optimized=False,  # it would apply filters to constants while compiling, but languages share the compiled template
        )
        if isinstance(environment, FastEnvironment):
            environment.words = InterfaceWords(language.say)
        environment.globals |= {
            "layout": layout,
            "language": language,
            "say": language.say,
            "phrase": language.phrase,
            "counted": language.counted,
            "csp": CSP,
            "icon": self._find_icon,
            "cached_fragment": _create_fragment_cache(),
            "by_folder": _create_folder_cache(layout),
        }
        environment.filters |= {
            "isolate": _create_isolate_filter(language),
            "contents": _render_contents,
            "direction": cldr.direction,
            "marked": _create_marked_filter(language),
            "link": link,
            "absolute": urls.absolute_url,
            "safe_html": _mark_safe,
        }
        return environment

    def _find_icon(self, name: str) -> Markup:
        """Return an icon by name; empty if there is none. Screen readers skip it, so templates show its text beside it."""
        return self.icons.get(name, Markup(""))


def render(page: Page, theme: Theme, layout: Layout) -> bytes:
    """Return the bytes of a page. They depend only on the page, the theme and the language's layout.

    Raises ``GuidegenError`` if the template fails, for example because it uses a field that the view does not have.
    """
    view: View = page.view(page.inputs, page.language)
    try:
        return theme.show(page, view, layout).encode()
    except (TemplateError, AttributeError, TypeError) as error:
        where = f"{getattr(error, 'filename', None) or page.template}:{getattr(error, 'lineno', None) or ''}"
        raise GuidegenError(f"the template {where} cannot show {page.path}: {error}") from error


def _create_isolate_filter(language: Language) -> Callable[[LocalizedString | Message | str], Markup]:
    """Return the filter that escapes a text and wraps each part that is not in the interface's language in a ``bdi`` element."""
    tag, page_direction = language.interface, cldr.direction(language.interface)

    def isolate(value: LocalizedString | Message | str) -> Markup:
        if type(value) is Message:
            runs = [
                _escape_text(part, page_direction) if isinstance(part, str) else _render_run(part, tag) for part in value.parts
            ]
            return safe(runs[0] if len(runs) == 1 else "".join(runs))
        if type(value) is LocalizedString:
            return safe(_escape_text(value.text, page_direction) if value.language == tag else _render_run(value, tag))
        return safe(_escape_text(value, page_direction))  # type: ignore[arg-type]  # a text

    return isolate


def _render_run(text: LocalizedString, page_tag: str) -> str:
    start_tag, direction = _render_start_tag(text.language, page_tag)
    return f"{start_tag}{_escape_text(text.text, direction)}</bdi>"


@cache
def _render_start_tag(tag: str, page_tag: str) -> tuple[str, str]:
    """Return the start tag of a run of text in a language, and the direction of the text."""
    return f"<bdi{_render_attributes(tag, page_tag)}>", LocalizedString("", tag).direction


def _render_contents(text: LocalizedString) -> Markup:
    """Return the HTML of a text for an element that already has its ``lang`` and ``dir``."""
    return safe(_escape_text(text.text, text.direction))


def _escape_text(text: str, direction: str) -> str:
    return escape_text(text) if direction == "ltr" else isolate_numbers(escape_text(text))


def _create_marked_filter(language: Language) -> Callable[[LocalizedString], Markup]:
    """Return the filter that renders ``lang`` and ``dir`` of the element around a text; empty in the page's language."""

    def mark(text: LocalizedString) -> Markup:
        return Markup("") if text.language == language.interface else _render_attributes(text.language, language.interface)

    return mark


@cache
def _render_attributes(tag: str, page_tag: str) -> Markup:
    """Return ``dir`` for a text in a language, and ``lang`` if it is not that of the page."""
    lang = f' lang="{escape(tag)}"' if tag and tag != page_tag else ""
    return Markup(f'{lang} dir="{LocalizedString("", tag).direction}"')  # noqa: S704  # escaped here


def _create_fragment_cache() -> Callable[[Callable[[Any, Page], Markup], Any, Page], Markup]:
    """Return a function that renders a value with a macro and caches the HTML.

    The key is the value's identity and its relative URL, because pages in different folders link to it differently.
    """
    fragments: dict[tuple[int, str], tuple[object, Markup]] = {}  # the value is kept alive so that its id is not reused

    def cached_fragment(macro: Callable[[Any, Page], Markup], value: Any, page: Page) -> Markup:
        key = id(value), link(value.path, page)
        if key not in fragments:
            if len(fragments) > MAX_FRAGMENTS:
                fragments.clear()
            fragments[key] = value, macro(value, page)
        return fragments[key][1]

    return cached_fragment


def _create_folder_cache(layout: Layout) -> Callable[..., Markup]:
    """Return a function that renders a macro once for all pages of a section in a folder.

    The macro may use the section of the page, the ``options`` and links to pages of the layout, which are the same in a folder
    unless they lead into the page's own.
    """
    targets = (layout.home, layout.search, *(entry.path for entry in (*layout.menu, *layout.footer)))
    own_folders = {"", *(path[:end] for path in targets for end, sign in enumerate(path) if sign == "/")}
    fragments: dict[tuple[object, ...], Markup] = {}

    def by_folder(macro: Callable[..., Markup], page: Page, *options: object) -> Markup:
        folder = page.path.rpartition("/")[0]
        if folder in own_folders:
            return macro(page, *options)
        key = macro, folder.rpartition("/")[0], page.section, options
        if key not in fragments:
            fragments[key] = macro(page, *options)
        return fragments[key]

    return by_folder


def _mark_safe(html: str) -> Markup:
    """Return HTML that was sanitized before, or JSON encoded for a ``script`` element, as markup."""
    return Markup(html)  # noqa: S704  # safe already
