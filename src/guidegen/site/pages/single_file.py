"""The guide in one language as one HTML file, for a USB stick or to be sent from phone to phone: nothing else is needed.

It is made of the pages themselves: each becomes a section that shows when it is the target of the address, so that links
between pages work without scripts. A script, allowed by its hash, adds the search.
"""

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.search import whole
from guidegen.site.components.json_ld import for_script
from guidegen.site.components.labels import site_name
from guidegen.text.language import Language, LocalizedString

MAX_PARTNERS = 300
"""Partners of a guide that one file can hold; that of a larger one would be too much for a phone to open."""
LEFT_OUT = ("handout.html", "my_list.html", "offline.html", "search.html", "chooser.html", "404.html")
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_EXIT = re.compile(r'<nav class="exit"(?![^>]* hidden)')
_ELEMENTS_LEFT_OUT = re.compile(r"<form\b.*?</form>|<p class=\"keep\".*?</p>", re.DOTALL)
_IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_TAG = re.compile(r'<[a-zA-Z][^>"]*(?:"[^"]*"[^>"]*)+>')
"""A tag with attributes."""
_ATTRIBUTE = re.compile(r'(\s)(href|id|for|aria-labelledby|aria-describedby)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EmbeddedFiles:
    """What the file is made of besides pages: served files, as text."""

    style: str
    script: str
    search: str


@dataclass(frozen=True, slots=True)
class Section:
    """A page as a part of the file; ``id`` is its path."""

    id: str
    html: str
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class FileInputs:
    name: LocalizedString
    sections: tuple[Section, ...]
    served: EmbeddedFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView(View):
    policy: str
    sections: tuple[Section, ...]
    style: str
    script: str
    search: str
    words: str


def possible(guide: Guide) -> bool:
    """Whether the guide has such files."""
    return guide.can_be_saved and len(guide.listed) <= MAX_PARTNERS


def included(pages: Iterable[Page], language: str) -> tuple[Page, ...]:
    """The pages of a language that are in its file, the front page first."""
    own = [page for page in pages if page.language.tag == language and page.template not in LEFT_OUT]
    return tuple(sorted(own, key=lambda page: (page.path != urls.home(language), page.path)))


def needed(language: str) -> tuple[str, str, str]:
    """The served files that go into it: style, script, search."""
    return "static/css/site.css", "static/js/single-file.js", whole.file_name(language)


def page(guide: Guide, language: Language, contents: Mapping[str, str], served: EmbeddedFiles) -> Page:
    """The file as a page to be rendered; ``contents`` are the HTML of pages by their paths, in their order."""
    known, address = frozenset(contents), guide.settings.address
    sections = tuple(
        Section(path, _section(path, html, known, address), bool(_EXIT.search(html))) for path, html in contents.items()
    )
    inputs = FileInputs(site_name(guide.settings, language), sections, served)
    return Page(urls.single_file(language.tag), "single_file.html", language, inputs, view)


def view(inputs: FileInputs, language: Language) -> FileView:
    served = inputs.served
    policy = f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src {_hash(served.style)}"
    words = {"nothing": language.say("Nothing found for these words."), "call": language.say("Call")}
    return FileView(
        title=inputs.name,
        policy=f"{policy}; script-src {_hash(served.script)}",
        sections=inputs.sections,
        style=served.style,
        script=served.script,
        search=served.search.replace("<", "\\u003c"),
        words=for_script(words),
    )


def _hash(text: str) -> str:
    """How a policy names the one style or script that it allows. https://www.w3.org/TR/CSP3/#framework-directive-source-list"""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _section(path: str, html: str, known: frozenset[str], address: str) -> str:
    """The main part of a page, whose ids begin with its path and whose links lead to sections."""
    main = _MAIN.search(html)
    text = _ELEMENTS_LEFT_OUT.sub("", main[1] if main else "")
    text = _IMAGE.sub(lambda image: f"<span>{image[1]}</span>" if image[1] else "", text)
    attribute = _attributes(path, known, address)
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]), text)


def _attributes(path: str, known: frozenset[str], address: str) -> Callable[[re.Match[str]], str]:
    def changed(match: re.Match[str]) -> str:
        space, name, value = match.groups()
        if name == "href":
            return f'{space}href="{_link(path, unescape(value), known, address)}"'
        return f'{space}{name}="{" ".join(path + part for part in value.split())}"'

    return changed


def _link(path: str, link: str, known: frozenset[str], address: str) -> str:
    """A link to a section of the file; to the guide itself where the page is not in it."""
    if _ELSEWHERE.match(link):
        return escape(link)
    target, _, fragment = link.partition("#")
    inner = unquote(posixpath.normpath(posixpath.join(path, target))) if target else f"{path}index.html"
    page_path = inner.removesuffix("index.html")
    if page_path in known:
        return escape(f"#{page_path}{fragment}")
    return escape(urls.absolute_url(address, page_path) + (f"#{fragment}" if fragment else ""))
