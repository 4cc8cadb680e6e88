"""Markdown as safe HTML: Python-Markdown writes it, nh3 keeps what an article needs, and links are checked."""

import html
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import nh3

from guidegen.record import record

_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "em", "strong", "del",
    "a", "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "sup", "sub", "div", "abbr", "section",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "class", "id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "li": {"id"},
    "sup": {"id"}, "div": {"class"}, "th": {"class"}, "td": {"class"}, "ol": {"start"},
}  # fmt: skip
_SCHEMES = {"https", "http", "mailto", "tel", "sms"}
PARTNER = re.compile(r"\[\[partner:([^\]\n]{0,80})\]\]")


@record
class Heading:
    """An entry of a table of contents. ``level`` is 2 or 3."""

    level: int
    id: str
    text: str


@record
class Rendered:
    """Safe HTML and the headings in it."""

    html: str
    headings: tuple[Heading, ...] = ()


def to_html(
    text: str, prefix: str, level: int = 2, partner_link: Callable[[str], tuple[str, str] | None] | None = None
) -> Rendered:
    """Safe HTML of a Markdown text. ``partner_link`` gives name and address of a ``[[partner:slug]]``.

    The highest heading becomes ``h<level>``. Every id begins with ``prefix``, so that several texts fit on one page.
    Equal texts give equal bytes.
    """
    linked = PARTNER.sub(lambda match: _partner_markdown(match[1], partner_link), text)
    raw = _from_level(_converter()(linked), level)
    clean = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
        attribute_filter=_attribute,
        allowed_classes=None,
    )
    clean = _without_dead_anchors(re.sub(r'(<[^<>]* (?:id="|href="#))', rf"\g<1>{prefix}", _scrollable_tables(clean)))
    return Rendered(clean, tuple(_headings(clean)))


@record
class Link:
    """A link of a text: where it leads, and the words that are shown."""

    target: str
    text: str


def links_in(text: str) -> tuple[Link, ...]:
    """Return the links of a Markdown text as readers get them, except those to partners and within the text."""
    parser = _LinkParser()
    parser.feed(to_html(text, "").html)
    return tuple(link for link in parser.links if not link.target.startswith("#"))


class _LinkParser(HTMLParser):
    """Collects the links of safe HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self._target: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._target, self._words = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._target:
            self.links.append(Link(self._target, "".join(self._words)))
            self._target = None


def is_safe_link(target: str) -> bool:
    """Whether a link may be published: https, http, mailto, tel, sms, or a place in the same article."""
    target = html.unescape(target).strip()
    if target.startswith("#"):
        return True
    if re.search(r"[\x00-\x20\x7f\\]", target):
        return False
    try:
        parts = urlsplit(target)
        host = parts.hostname
    except ValueError:
        return False
    scheme = parts.scheme.lower()
    if scheme in ("http", "https"):
        is_whole = bool(host and "." in host and not parts.username)
        return is_whole and not re.search(r"[\x00-\x20\x7f%/\\?#@<>^|]", unquote(host or ""))
    if scheme == "mailto":
        return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path) is not None
    return scheme in _SCHEMES and re.search(r"[0-9]{3}", parts.path) is not None


def _partner_markdown(slug: str, link: Callable[[str], tuple[str, str] | None] | None) -> str:
    found = link(slug) if link else None
    if not found:
        return ""  # a partner that is not published: not even its slug is said
    name, address = found
    return f"[{_as_markdown(name)}]({address})"


def _as_markdown(text: str) -> str:
    """Plain text with everything escaped that Markdown or HTML would read as a sign."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|-])", r"\\\1", html.escape(text, quote=False))


@cache
def _converter() -> Callable[[str], str]:
    import markdown  # here, because it takes long to import, and few builds have a text to convert

    converter = markdown.Markdown(
        extensions=["tables", "fenced_code", "footnotes", "def_list", "toc", "sane_lists", "abbr"],
        extension_configs={
            "toc": {"slugify": _heading_id},
            "footnotes": {"UNIQUE_IDS": False, "BACKLINK_TEXT": "↩"},
        },
        output_format="html",
    )

    def convert(text: str) -> str:
        return converter.reset().convert(text)

    return convert


def _from_level(raw: str, level: int) -> str:
    """The HTML with its highest heading at ``level``, the others below it. Headings of the text are the only ``<h1>`` … in it."""
    levels = [int(number) for number in re.findall(r"<h([1-6])\b", raw)]
    shift = level - min(levels, default=level)
    return re.sub(r"(</?h)([1-6])\b", lambda match: f"{match[1]}{min(6, int(match[2]) + shift)}", raw) if shift else raw


def _heading_id(text: str, separator: str) -> str:
    return re.sub(r"[^\w]+", separator, text.casefold(), flags=re.UNICODE).strip(separator) or "part"


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return (
            value
            if is_safe_link(value) or (not re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE) and _is_inner(value))
            else None
        )
    if name == "class":
        return value if value in ("footnote", "footnote-ref", "footnote-backref") else None
    return value


def _is_inner(value: str) -> bool:
    """A relative link, which only ``[[partner:slug]]`` makes: up some folders and down again."""
    return re.fullmatch(r"(?:\.\./)+[a-z0-9][a-z0-9/-]*(?:index\.html)?", value) is not None


def _scrollable_tables(clean: str) -> str:
    """A wide table scrolls by itself; the page never scrolls sideways (WCAG 1.4.10). Its head names its columns."""
    framed = clean.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    return framed.replace("<th>", '<th scope="col">')


def _without_dead_anchors(clean: str) -> str:
    """Links within the text that lead nowhere (an unused footnote leads back to no place) become plain text."""
    ids = set(re.findall(r' id="([^"]*)"', clean))
    return re.sub(r' href="#([^"]*)"', lambda match: match[0] if unquote(match[1]) in ids or match[1] in ids else "", clean)


def _headings(clean: str) -> Iterator[Heading]:
    for match in re.finditer(r'<h([23]) id="([^"]*)">(.*?)</h\1>', clean, re.DOTALL):
        text = html.unescape(re.sub(r"<[^>]+>", "", match[3])).strip()
        yield Heading(int(match[1]), html.unescape(match[2]), text)
