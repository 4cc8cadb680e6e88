"""Pages as bytes: Jinja2, strict, one environment for each language. Nothing of the content is ever a template."""

from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from guidegen import resources
from guidegen.model import urls
from guidegen.model.page import CSP, Page, View
from guidegen.model.problems import GuidegenError
from guidegen.site.components.layout import Layout
from guidegen.site.templating.template_cache import TemplateCache
from guidegen.site.templating.template_compiler import LanguageEnvironment, escaped, safe
from guidegen.text.bidi import isolated_numbers
from guidegen.text.language import Language, LocalizedString, Message

MAX_SHOWN = 20_000
"""Cards that are remembered as they were shown."""
MAX_WAYS = 4_000
"""Links from a folder that are remembered."""


class _Here:
    """The page that is rendered, from which links are written.

    Filters ask it, not the context of a template: macros without a context are made once for all pages of a language. They
    take the context all the same, so that no result of theirs is taken for a constant when a template is compiled.
    """

    def __init__(self) -> None:
        self.path = ""
        self._folder = ""
        self._ways: dict[str, str] = {}

    def at(self, path: str) -> None:
        """From now on another page."""
        self.path = path
        self._folder = path.rpartition("/")[0]
        self._ways = _ways_from(self._folder.rpartition("/")[0])

    @pass_context
    def link(self, _context: Context, there: str) -> str:
        """A page or file of the site."""
        if there.startswith(self._folder):
            return urls.relative_url(self.path, there)
        way = self._ways.get(there)  # it is the same from all folders side by side
        if way is None:
            if len(self._ways) > MAX_WAYS:
                self._ways.clear()
            way = self._ways[there] = urls.relative_url(self.path, there)
        return way

    @pass_context
    def folder(self, _context: Context, there: str) -> str:
        """A folder of the site, for scripts."""
        return urls.parent_folder(self.path, there)


@lru_cache(maxsize=64)
def _ways_from(_above: str) -> dict[str, str]:
    """Links as they were written on pages whose folders stand in a folder."""
    return {}


class Theme:
    """The templates and drawings of a guide, kept open for a whole build."""

    def __init__(self, root: Path, kind: type[Environment] = LanguageEnvironment) -> None:
        self._root = root
        self._kind = kind
        self._compiled = TemplateCache(kind.__name__)
        self._environments: dict[str, Environment] = {}
        self._here = _Here()

    @cached_property
    def icons(self) -> dict[str, Markup]:
        """The theme's drawings by name. They are part of the page, so that they take its colours."""
        found: dict[str, Markup] = {}
        for folder in resources.theme_folders(self._root, "static"):
            for file in sorted((folder / "icons").glob("*.svg")):
                drawing = file.read_text(encoding="utf-8").strip()
                found.setdefault(file.stem, Markup(f'<span class="icon" aria-hidden="true">{drawing}</span>'))  # noqa: S704  # theme
        return found

    def environment(self, language: Language, around: Layout) -> Environment:
        """The templates with the words of one language."""
        if language.tag not in self._environments:
            self._environments[language.tag] = self._open(language, around)
        return self._environments[language.tag]

    def show(self, page: Page, view: View, around: Layout) -> str:
        """A page of a view."""
        template = self.environment(page.language, around).get_template(page.template)
        self._here.at(page.path)
        return template.render(page=page, view=view)

    def _open(self, language: Language, around: Layout) -> Environment:
        own, base = resources.theme_folders(self._root, "templates"), resources.built_in_folder() / "templates"
        options = {
            "loader": ChoiceLoader([FileSystemLoader(own), PrefixLoader({"!base": FileSystemLoader(base)})]),
            "autoescape": True,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "auto_reload": False,
        }
        known = {"csp": CSP, "chrome": around, "language": language, "page.language": language}
        if self._kind is LanguageEnvironment:
            environment: Environment = LanguageEnvironment(known, **options)
        else:  # not optimized: else a constant would be filtered once, in the first language
            environment = self._kind(**options, bytecode_cache=self._compiled, optimized=False)  # type: ignore[arg-type]
        here = self._here
        environment.globals |= {
            "chrome": around,
            "language": language,
            "say": language.say,
            "phrase": language.phrase,
            "counted": language.counted,
            "csp": CSP,
            "icon": self._icon,
            "shown_once": _once_shown(here),
        }
        environment.filters |= {
            "isolate": _isolating(language),
            "contents": _contents,
            "marked": _marking(language),
            "link": here.link,
            "folder": here.folder,
            "absolute": urls.absolute_url,
            "safe_html": _safe_html,
        }
        return environment

    def _icon(self, name: str) -> Markup:
        """The drawing, hidden from those who hear the page: its word always stands beside it."""
        return self.icons.get(name, Markup(""))


def render(page: Page, theme: Theme, chrome: Layout) -> bytes:
    """The bytes of one page: they depend on the page, the theme and the language's chrome alone."""
    view: View = page.view(page.inputs, page.language)
    try:
        return theme.show(page, view, chrome).encode()
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


def _once_shown(here: _Here) -> Callable[[Callable[[object], Markup], Any], Markup]:
    """A function that shows a card by a macro, and remembers how it looked in other lists of the same folder."""
    shown: dict[tuple[int, str], tuple[object, Markup]] = {}

    def once(macro: Callable[[object], Markup], one: Any) -> Markup:
        key = id(one), urls.relative_url(here.path, one.path)
        if key not in shown:
            if len(shown) > MAX_SHOWN:
                shown.clear()
            shown[key] = one, macro(one)
        return shown[key][1]

    return once


def _safe_html(html: str) -> Markup:
    """HTML that ``prose`` has made safe already, or JSON made for a ``script`` element."""
    return Markup(html)  # noqa: S704
