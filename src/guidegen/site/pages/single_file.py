"""The guide in one language as a single, self-contained HTML file, to copy to a USB stick or send from phone to phone.

It is built from the rendered pages. Each page becomes a section that is only visible as the target of the URL's fragment, so
that links between pages work without scripts. A script, allowed by its hash, adds the search.
"""

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from html import escape, unescape
from urllib.parse import unquote

from guidegen.cache.build_cache import BuildCache
from guidegen.cache.keys import key_prefix
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.search import offline_index
from guidegen.site.components.json_ld import dump_for_script
from guidegen.site.components.labels import resolve_site_name
from guidegen.site.exports.theme import build_styles
from guidegen.text.language import Language, LocalizedString

_SECTION = "section of the single file"
"""The kind of the cached sections: most pages stay the same in an edit, and rewriting their links is most of the work."""
MAX_PARTNERS = 300
"""Partners of a guide with a single file. That of a larger guide would be too big for phones to open."""
_MAIN = compile_lazily(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_EXIT = compile_lazily(r'<nav class="exit"(?![^>]* hidden)')
_ELEMENTS_LEFT_OUT = compile_lazily(r"<form\b.*?</form>|<p class=\"keep\".*?</p>", re.DOTALL)
_IMAGE = compile_lazily(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_ATTRIBUTE = compile_lazily(
    r'="(?:(?<=\s(href)=")|(?<=\sid=")|(?<=\sfor=")|(?<=\saria-labelledby=")|(?<=\saria-describedby="))([^"]*)"'
)
"""A link or an id. The pattern starts with its constant text, which makes the search three times as fast."""
_ABSOLUTE_URL = compile_lazily(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


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


def compose(
    guide: Guide,
    pages: Iterable[Page],
    language: Language,
    parts: Mapping[str, str],
    read: Callable[[str], bytes],
    cache: BuildCache,
) -> Page:
    """Return the page that renders to the single file of a language.

    ``parts`` are the hashes of the files that it is composed of, by path; ``read`` returns the content of one.
    """
    own_pages = select_pages(pages, language.tag)
    paths, address = frozenset(page.path for page in own_pages), guide.settings.address
    sections = tuple(
        Section(path, *cache.get_or_compute(_SECTION, (), key, partial(_read_section, path, paths, address, read)))
        for path, key in _make_section_keys(own_pages, parts, address)
    )
    style, script, search = (read(path).decode() for path in list_embedded_files(language.tag))
    served = EmbeddedFiles(style + build_styles(guide.settings.theme), script, search)
    inputs = FileInputs(resolve_site_name(guide.settings, language), sections, served)
    return Page(urls.single_file(language.tag), "single_file.html", language, inputs, view)


def keep_sections(guide: Guide, pages: Iterable[Page], language: Language, parts: Mapping[str, str], cache: BuildCache) -> None:
    """Keep the sections of a file that stays as it is for the next build."""
    for _, key in _make_section_keys(select_pages(pages, language.tag), parts, guide.settings.address):
        cache.keep(_SECTION, (), key)


def _make_section_keys(
    own_pages: Sequence[Page], parts: Mapping[str, str], address: str
) -> Iterator[tuple[str, tuple[str, str, str, str]]]:
    """Yield the path of each page, and the key of its section: it depends on the page, and on which pages the file contains."""
    shared = key_prefix("pages", *(page.path for page in own_pages))
    for page in own_pages:
        yield page.path, (page.path, parts[urls.build_file_path(page.path)], shared, address)


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


def _read_section(path: str, paths: frozenset[str], address: str, read: Callable[[str], bytes]) -> tuple[str, bool]:
    """Return the section of a page, and whether the page is sensitive."""
    html = read(urls.build_file_path(path)).decode()
    return _extract_section(path, html, paths, address), bool(_EXIT.search(html))


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
