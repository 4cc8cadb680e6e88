"""Pages as bytes: Jinja2, strict, one environment for each language. Nothing of the content is ever a template."""

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
from guidegen.site.components.text_notices import text_notices
from guidegen.site.templating.template_cache import TemplateCache
from guidegen.site.templating.template_compiler import LanguageEnvironment, escaped, safe
from guidegen.text.bidi import isolated_numbers
from guidegen.text.language import Language, LocalizedString, Message

MAX_FRAGMENTS = 20_000
"""HTML of cards that is cached."""


def link(path: str, page: Page) -> str:
    """Return the relative URL of a page or file of the site, as ``page`` writes it."""
    folder = page.path.rpartition("/")[0]
    if path.startswith(folder):
        return urls.relative_url(page.path, path)
    return _link_from_folder_in(folder.rpartition("/")[0], path)


@lru_cache(maxsize=20_000)
def _link_from_folder_in(parent: str, path: str) -> str:
    """Return the relative URL of a path, which is the same for all pages whose folders are in one folder."""
    return urls.relative_url(f"{parent}/page/" if parent else "page/", path)


def folder(path: str, page: Page) -> str:
    """Return the relative URL of a folder of the site, for scripts."""
    return urls.parent_folder(page.path, path)


class Theme:
    """The templates and icons of a guide, which stay open for a whole build."""

    def __init__(self, root: Path, kind: type[Environment] = LanguageEnvironment) -> None:
        self._root = root
        self._kind = kind
        self._compiled = TemplateCache(kind.__name__)
        self._environments: dict[str, Environment] = {}

    @cached_property
    def icons(self) -> dict[str, Markup]:
        """The theme's drawings by name. They are part of the page, so that they take its colours."""
        found: dict[str, Markup] = {}
        for folder in resources.theme_folders(self._root, "static"):
            for file in sorted((folder / "icons").glob("*.svg")):
                drawing = file.read_text(encoding="utf-8").strip()
                found.setdefault(file.stem, Markup(f'<span class="icon" aria-hidden="true">{drawing}</span>'))  # noqa: S704  # theme
        return found

    def environment(self, language: Language, layout: Layout) -> Environment:
        """Return the templates with the messages and the layout of one language."""
        if language.tag not in self._environments:
            self._environments[language.tag] = self._open(language, layout)
        return self._environments[language.tag]

    def show(self, page: Page, view: View, layout: Layout) -> str:
        """Return the HTML of a page with this view."""
        template = self.environment(page.language, layout).get_template(page.template)
        return template.render(page=page, view=view, text_notices=partial(text_notices, view, page.language))

    def _open(self, language: Language, layout: Layout) -> Environment:
        own, base = resources.theme_folders(self._root, "templates"), resources.built_in_folder() / "templates"
        options = {
            "loader": ChoiceLoader([FileSystemLoader(own), PrefixLoader({"!base": FileSystemLoader(base)})]),
            "autoescape": True,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "auto_reload": False,
        }
        known = {"csp": CSP, "layout": layout, "language": language, "page.language": language}
        if self._kind is LanguageEnvironment:
            environment: Environment = LanguageEnvironment(known, **options)
        else:  # not optimized: else a constant would be filtered once, in the first language
            environment = self._kind(**options, bytecode_cache=self._compiled, optimized=False)  # type: ignore[arg-type]
        environment.globals |= {
            "layout": layout,
            "language": language,
            "say": language.say,
            "phrase": language.phrase,
            "counted": language.counted,
            "csp": CSP,
            "icon": self._icon,
            "cached_fragment": _fragment_cache(),
        }
        environment.filters |= {
            "isolate": _isolating(language),
            "contents": _contents,
            "marked": _marking(language),
            "link": link,
            "folder": folder,
            "absolute": urls.absolute_url,
            "safe_html": _safe_html,
        }
        return environment

    def _icon(self, name: str) -> Markup:
        """The drawing, hidden from those who hear the page: its word always stands beside it."""
        return self.icons.get(name, Markup(""))


def render(page: Page, theme: Theme, layout: Layout) -> bytes:
    """Return the bytes of one page, which depend on the page, the theme and the language's layout alone.

    Raises ``GuidegenError`` where the template asks for what the view does not have.
    """
    view: View = page.view(page.inputs, page.language)
    try:
        return theme.show(page, view, layout).encode()
    except (TemplateError, AttributeError, TypeError) as error:
        where = f"{getattr(error, 'filename', None) or page.template}:{getattr(error, 'lineno', None) or ''}"
        raise GuidegenError(f"the template {where} cannot show {page.path}: {error}") from error


def _isolating(language: Language) -> Callable[[LocalizedString | Message | str], Markup]:
    """The one filter through which every text of another language, number, price, time and address goes."""
    tag, own = language.tag, language.direction

    def isolate(value: LocalizedString | Message | str) -> Markup:
        if isinstance(value, Message):
            runs = [_told(part, own) if isinstance(part, str) else _run(part, tag) for part in value.parts]
            return safe(runs[0] if len(runs) == 1 else "".join(runs))
        if isinstance(value, LocalizedString):
            return safe(_told(value.text, own) if value.language == tag else _run(value, tag))
        return safe(_told(value, own))

    return isolate


def _run(words: LocalizedString, page: str) -> str:
    opening, direction = _opening(words.language, page)
    return f"{opening}{_told(words.text, direction)}</bdi>"


@cache
def _opening(tag: str, page: str) -> tuple[str, str]:
    """The tag before a run of text in a language, and the text's direction."""
    return f"<bdi{_attributes(tag, page)}>", LocalizedString("", tag).direction


def _contents(words: LocalizedString) -> Markup:
    """The text for an element that is marked with its language already."""
    return safe(_told(words.text, words.direction))


def _told(text: str, direction: str) -> str:
    return escaped(text) if direction == "ltr" else isolated_numbers(escaped(text))


def _marking(language: Language) -> Callable[[LocalizedString], Markup]:
    """``lang`` and ``dir`` for an element that holds a whole text, where they are not the page's."""

    def marked(words: LocalizedString) -> Markup:
        return Markup("") if words.language == language.tag else _attributes(words.language, language.tag)

    return marked


@cache
def _attributes(tag: str, page: str) -> Markup:
    """``lang``, where it is not the page's, and ``dir`` of a text in a language."""
    lang = f' lang="{escape(tag)}"' if tag and tag != page else ""
    return Markup(f'{lang} dir="{LocalizedString("", tag).direction}"')  # noqa: S704  # escaped here


def _fragment_cache() -> Callable[[Callable[[Any, Page], Markup], Any, Page], Markup]:
    """Return a function that renders a value by a macro, once for all pages on which its own link is written alike."""
    fragments: dict[tuple[int, str], tuple[object, Markup]] = {}

    def cached_fragment(macro: Callable[[Any, Page], Markup], value: Any, page: Page) -> Markup:
        key = id(value), link(value.path, page)
        if key not in fragments:
            if len(fragments) > MAX_FRAGMENTS:
                fragments.clear()
            fragments[key] = value, macro(value, page)
        return fragments[key][1]

    return cached_fragment


def _safe_html(html: str) -> Markup:
    """HTML that ``prose`` has made safe already, or JSON made for a ``script`` element."""
    return Markup(html)  # noqa: S704
