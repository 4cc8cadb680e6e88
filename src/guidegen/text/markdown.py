"""Markdown as safe HTML: Python-Markdown writes it, nh3 keeps what an article needs, and links are checked."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import nh3

_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "em", "strong", "del",
    "a", "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "sup", "sub", "div", "abbr", "section", "bdi",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "class", "id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "li": {"id"},
    "sup": {"id"}, "div": {"class", "tabindex"}, "th": {"class", "scope"}, "td": {"class"}, "ol": {"start"}, "bdi": {"dir"},
}  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_VALUES = {
    ("div", "class"): ("footnote", "scroll"),
    ("", "class"): ("footnote", "footnote-ref", "footnote-backref"),
    ("", "tabindex"): ("0",),
    ("", "scope"): ("col",),
    ("", "dir"): ("ltr",),
}
"""The values that an attribute of a tag (or of any, "") may have."""
_SCHEMES = {"https", "http", "mailto", "tel", "sms"}
PARTNER = re.compile(r"\[\[partner:([^\]\n]{0,80})\]\]")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a table of contents. ``level`` is 2 or 3."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class RenderedMarkdown:
    """Safe HTML and the headings in it."""

    html: str
    headings: tuple[Heading, ...] = ()


def to_html(
    text: str, prefix: str, level: int = 2, partner_link: Callable[[str], tuple[str, str] | None] | None = None
) -> RenderedMarkdown:
    """Return safe HTML of a Markdown text. ``partner_link`` gives name and address of a ``[[partner:slug]]``.

    The highest heading becomes ``h<level>``. Every id begins with ``prefix``, so that several texts fit on one page.
    Equal texts give equal bytes. Cleaning is the last step: HTML that was edited after it could come alive again.
    """
    linked = PARTNER.sub(lambda match: _partner_markdown(match[1], partner_link), text)
    clean = cleaned(_converter()(linked, level), prefix)
    return RenderedMarkdown(clean, tuple(_headings(clean)))


def cleaned(markup: str, prefix: str = "") -> str:
    """Return HTML with only the tags and attributes that a text may have, and ``prefix`` before each id and link to one."""
    return nh3.clean(
        markup,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
        attribute_filter=partial(_attribute, prefix),
        allowed_classes=None,
    )


def without_entities(markup: str) -> str:
    """Return the text of some HTML with its entities as browsers read them: by the parser that cleans what is published."""
    return html.unescape(nh3.clean(markup, tags=set()))


@dataclass(frozen=True, slots=True)
class MarkdownLink:
    """A link of a text: where it leads, and the words that are shown."""

    target: str
    text: str


def links_in(text: str) -> tuple[MarkdownLink, ...]:
    """Return the links of a Markdown text as readers get them, except those to partners and within the text."""
    parser = _LinkParser()
    parser.feed(to_html(text, "").html)
    return tuple(link for link in parser.links if not link.target.startswith("#"))


class _LinkParser(HTMLParser):
    """Collects the links of safe HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[MarkdownLink] = []
        self._target: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._target, self._words = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._target:
            self.links.append(MarkdownLink(self._target, "".join(self._words)))
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
def _converter() -> Callable[[str, int], str]:
    import markdown  # here, because it takes long to import, and few builds have a text to convert
    from markdown.treeprocessors import Treeprocessor

    shape = _Shape()

    class Shaping(Treeprocessor):
        def run(self, root: Element) -> None:
            shape.apply(root)

    converter = markdown.Markdown(
        extensions=["tables", "fenced_code", "footnotes", "def_list", "toc", "sane_lists", "abbr"],
        extension_configs={
            "toc": {"slugify": _heading_id},
            "footnotes": {"UNIQUE_IDS": False, "BACKLINK_TEXT": "↩"},
        },
        output_format="html",
    )
    converter.treeprocessors.register(Shaping(converter), "shape", 1)  # after headings have their ids (5)

    def convert(text: str, level: int) -> str:
        shape.level = level
        return converter.reset().convert(text)

    return convert


class _Shape:
    """What guidegen changes in the tree of a text before it becomes HTML."""

    level = 2

    def apply(self, root: Element) -> None:
        """Change the tree."""
        elements = list(root.iter())
        self._set_levels([element for element in elements if element.tag in _HEADINGS])
        self._frame_tables(elements)
        self._drop_dead_anchors(elements)

    def _set_levels(self, headings: list[Element]) -> None:
        """Put the highest heading at ``level``, the others below it."""
        shift = self.level - min((int(heading.tag[1]) for heading in headings), default=self.level)
        for heading in headings:
            heading.tag = f"h{min(6, int(heading.tag[1]) + shift)}"

    def _frame_tables(self, elements: list[Element]) -> None:
        """Let a wide table scroll by itself: the page never scrolls sideways (WCAG 1.4.10). Its head names its columns."""
        for element in elements:
            if element.tag == "th":
                element.set("scope", "col")
            for number, table in enumerate(element):
                if table.tag == "table":
                    frame = Element("div", {"class": "scroll", "tabindex": "0"})
                    frame.tail, table.tail = table.tail, None
                    element[number] = frame
                    frame.append(table)

    def _drop_dead_anchors(self, elements: list[Element]) -> None:
        """Make plain text of links within the text that lead nowhere: an unused footnote leads back to no place."""
        ids = {element.get("id") for element in elements}
        for element in elements:
            target = element.get("href", "")
            if target.startswith("#") and not {target[1:], unquote(target[1:])} & ids:
                del element.attrib["href"]


def _heading_id(text: str, separator: str) -> str:
    return re.sub(r"[^\w]+", separator, text.casefold(), flags=re.UNICODE).strip(separator) or "part"


def _attribute(prefix: str, tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return prefix + value
    if name == "href" and value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    if name == "href":
        is_relative = not re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE)
        return value if is_safe_link(value) or (is_relative and _is_inner(value)) else None
    allowed = _VALUES.get((tag, name), _VALUES.get(("", name)))
    return value if allowed is None or value in allowed else None


def _is_inner(value: str) -> bool:
    """A relative link, which only ``[[partner:slug]]`` makes: up some folders and down again."""
    return re.fullmatch(r"(?:\.\./)+[a-z0-9][a-z0-9/-]*(?:index\.html)?", value) is not None


def _headings(clean: str) -> Iterator[Heading]:
    for match in re.finditer(r'<h([23]) id="([^"]*)">(.*?)</h\1>', clean, re.DOTALL):
        text = html.unescape(re.sub(r"<[^>]+>", "", match[3])).strip()
        yield Heading(int(match[1]), html.unescape(match[2]), text)
