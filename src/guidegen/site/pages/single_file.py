"""The guide in one language as a single, self-contained HTML file, to copy to a USB stick or send from phone to phone.

It is built from the rendered pages. Each page becomes a section that is only visible as the target of the URL's fragment, so
that links between pages work without scripts. A script, allowed by its hash, adds the search.
"""

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from html import escape, unescape
from urllib.parse import unquote

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.records import dataclass
from guidegen.search import offline_index
from guidegen.site.components.json_ld import dump_for_script
from guidegen.site.components.labels import resolve_site_name
from guidegen.site.exports.theme import build_styles
from guidegen.text.language import Language, LocalizedString

MAX_PARTNERS = 300
"""Partners of a guide with a single file. That of a larger guide would be too big for phones to open."""
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_EXIT = re.compile(r'<nav class="exit"(?![^>]* hidden)')
_ELEMENTS_LEFT_OUT = re.compile(r"<form\b.*?</form>|<p class=\"keep\".*?</p>", re.DOTALL)
_IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_ATTRIBUTE = re.compile(
    r'="(?:(?<=\s(href)=")|(?<=\sid=")|(?<=\sfor=")|(?<=\saria-labelledby=")|(?<=\saria-describedby="))([^"]*)"'
)
"""A link or an id. The pattern starts with its constant text, which makes the search three times as fast."""
_ABSOLUTE_URL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EmbeddedFiles:
    """The text of the served files that the single file embeds."""

    style: str
    script: str
    search: str


@dataclass(frozen=True, slots=True)
class Section:
    """A page as a section of the file. ``id`` is the path of the page."""

    id: str
    html: str
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class FileInputs:
    """The inputs of a single file."""

    name: LocalizedString
    sections: tuple[Section, ...]
    served: EmbeddedFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView(View):
    """The view of a single file. ``policy`` is its content security policy."""

    policy: str
    sections: tuple[Section, ...]
    style: str
    script: str
    search: str
    words: str


def has_single_file(guide: Guide) -> bool:
    """Return whether a guide has single files."""
    return guide.is_available_offline and len(guide.listed) <= MAX_PARTNERS


def select_pages(pages: Iterable[Page], language: str) -> tuple[Page, ...]:
    """Return the pages that the file of a language contains, the home page first."""
    own = [page for page in pages if page.language.tag == language and page.in_single_file]
    return tuple(sorted(own, key=lambda page: (page.path != urls.home(language), page.path)))


def list_embedded_files(language: str) -> tuple[str, str, str]:
    """Return the paths of the served files to embed: style sheet, script and search index."""
    return "static/css/site.css", "static/js/single-file.js", offline_index.offline_index_path(language)


def list_parts(pages: Iterable[Page], language: str) -> list[str]:
    """Return the paths of all files of the site that the file of a language is composed of."""
    return [*(urls.build_file_path(page.path) for page in select_pages(pages, language)), *list_embedded_files(language)]


def compose(guide: Guide, pages: Iterable[Page], language: Language, read: Callable[[str], bytes]) -> Page:
    """Return the page that renders to the single file of a language. ``read`` returns the content of a file of the site."""
    contents = {page.path: read(urls.build_file_path(page.path)).decode() for page in select_pages(pages, language.tag)}
    paths, address = frozenset(contents), guide.settings.address
    sections = tuple(
        Section(path, _extract_section(path, html, paths, address), bool(_EXIT.search(html))) for path, html in contents.items()
    )
    style, script, search = (read(path).decode() for path in list_embedded_files(language.tag))
    served = EmbeddedFiles(style + build_styles(guide.settings.theme), script, search)
    inputs = FileInputs(resolve_site_name(guide.settings, language), sections, served)
    return Page(urls.single_file(language.tag), "single_file.html", language, inputs, view)


def view(inputs: FileInputs, language: Language) -> FileView:
    """Return the view of a single file."""
    served = inputs.served
    policy = f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src {_hash_source(served.style)}"
    messages = {"nothing": language.say("Nothing found for these words."), "call": language.say("Call")}
    return FileView(
        title=inputs.name,
        policy=f"{policy}; script-src {_hash_source(served.script)}",
        sections=inputs.sections,
        style=served.style,
        script=served.script,
        search=served.search.replace("<", "\\u003c"),
        words=dump_for_script(messages),
    )


def _hash_source(text: str) -> str:
    """Return the hash with which a policy allows a style or script.

    https://www.w3.org/TR/CSP3/#framework-directive-source-list
    """
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _extract_section(path: str, html: str, paths: frozenset[str], address: str) -> str:
    """Return the content of a page's main element, with ids that begin with its path and links to sections."""
    main = _MAIN.search(html)
    text = _ELEMENTS_LEFT_OUT.sub("", main[1] if main else "")
    text = _IMAGE.sub(lambda image: f"<span>{image[1]}</span>" if image[1] else "", text)
    return _ATTRIBUTE.sub(partial(_rewrite_attribute, path, paths, address), text)


def _rewrite_attribute(path: str, paths: frozenset[str], address: str, attribute: re.Match[str]) -> str:
    is_link, value = attribute.groups()
    if not is_link:
        return f'="{" ".join(path + part for part in value.split())}"'
    if value.startswith("../"):  # all pages in one folder have the same links to others, so their rewriting is cached
        return f'="{_rewrite_link(path.rstrip("/").rpartition("/")[0], value[3:], paths, address)}"'
    return f'="{_rewrite_link(path, value, paths, address)}"'


@lru_cache(maxsize=5_000)
def _rewrite_link(path: str, raw_link: str, paths: frozenset[str], address: str) -> str:
    """Return a link from ``path`` to the section of a page, or to the published guide if the file does not contain the page."""
    link = unescape(raw_link)
    if _ABSOLUTE_URL.match(link):
        return escape(link)
    target, _, fragment = link.partition("#")
    file_path = unquote(posixpath.normpath(posixpath.join(path, target))) if target else f"{path}index.html"
    page_path = file_path.removesuffix("index.html")
    if page_path in paths:
        return escape(f"#{page_path}{fragment}")
    return escape(urls.absolute_url(address, page_path) + (f"#{fragment}" if fragment else ""))
