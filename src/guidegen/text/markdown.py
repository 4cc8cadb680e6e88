"""Convert Markdown to safe HTML: Python-Markdown renders it, and nh3 keeps only allowed tags, attributes and links."""

import html
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import nh3

from guidegen.patterns import compile_lazily
from guidegen.records import dataclass

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
"""Allowed values of attributes, by tag and attribute. An empty tag means any other tag."""
_SCHEMES = {"https", "http", "mailto", "tel", "sms"}
_TAG_OR_VALUE = compile_lazily(r'<[^>"]*(?:"[^"]*"[^>"]*)*>|="')
"""A tag of sanitized HTML, or the beginning of what looks like the value of an attribute in its text."""
PARTNER = compile_lazily(r"\[\[partner:([^\]\n]{0,80})\]\]")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry in a table of contents. ``level`` is 2 or 3."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class RenderedMarkdown:
    """Safe HTML, and its headings of levels 2 and 3."""

    html: str
    headings: tuple[Heading, ...] = ()


PartnerLinker = Callable[[str], tuple[str, str] | None]
"""A function that returns the name and the address of a partner by its slug; None if there is none."""


def to_html(text: str, prefix: str, level: int = 2, partner_link: PartnerLinker | None = None) -> RenderedMarkdown:
    """Convert a Markdown text to safe HTML. ``partner_link`` returns the name and address for a ``[[partner:slug]]``.

    The highest heading becomes ``h<level>``. Every id starts with ``prefix``, so that several texts can be on one page. Equal
    texts produce equal bytes. Sanitizing must be the last step, because editing sanitized HTML can make it unsafe again.
    """
    linked = PARTNER.sub(lambda match: _format_partner_link(match[1], partner_link), text)
    safe_html = sanitize(_convert(linked, level), prefix)
    return RenderedMarkdown(safe_html, tuple(_find_headings(safe_html)))


def sanitize(markup: str, prefix: str = "") -> str:
    """Sanitize HTML: keep only allowed tags and attributes, and put ``prefix`` before each id and each link to an id.

    In text, a quotation mark after ``=`` is escaped, so that text is never taken for an attribute when links are checked.
    """
    safe_html = nh3.clean(
        markup,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
        attribute_filter=partial(_filter_attribute, prefix),
        allowed_classes=None,
    )
    if '="' not in safe_html:
        return safe_html
    return _TAG_OR_VALUE.sub(lambda match: match[0] if match[0].startswith("<") else "=&quot;", safe_html)


def extract_text(markup: str) -> str:
    """Return the text of HTML with its entities decoded as browsers do: by the parser that also sanitizes what is published."""
    return html.unescape(nh3.clean(markup, tags=set()))


@dataclass(frozen=True, slots=True)
class MarkdownLink:
    """A link in a text: its target and its visible text."""

    target: str
    text: str


def find_links(text: str) -> tuple[MarkdownLink, ...]:
    """Return the links in a Markdown text that remain after sanitizing, except those to partners and within the text."""
    parser = _LinkParser()
    parser.feed(to_html(text, "").html)
    return tuple(link for link in parser.links if not link.target.startswith("#"))


class _LinkParser(HTMLParser):
    """A parser that collects the links in safe HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[MarkdownLink] = []
        self._target: str | None = None
        self._texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._target, self._texts = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._target:
            self.links.append(MarkdownLink(self._target, "".join(self._texts)))
            self._target = None


def is_safe_link(target: str) -> bool:
    """Return whether a link may be published: https, http, mailto, tel, sms, or a fragment of the same text."""
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
        is_complete = bool(host and "." in host and not parts.username)
        return is_complete and not re.search(r"[\x00-\x20\x7f%/\\?#@<>^|]", unquote(host or ""))
    if scheme == "mailto":
        return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path) is not None
    return scheme in _SCHEMES and re.search(r"[0-9]{3}", parts.path) is not None


def _format_partner_link(slug: str, partner_link: Callable[[str], tuple[str, str] | None] | None) -> str:
    name_and_address = partner_link(slug) if partner_link else None
    if not name_and_address:
        return ""  # an unpublished partner, whose slug must not be published either
    name, address = name_and_address
    return f"[{_escape_markdown(name)}]({address})"


def _escape_markdown(text: str) -> str:
    """Escape everything in plain text that is markup in Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|-])", r"\\\1", html.escape(text, quote=False))


@lru_cache(maxsize=64)  # pages fall back to the same texts: in the sample guide three of four conversions
def _convert(text: str, level: int) -> str:
    return _get_converter()(text, level)


@cache
def _get_converter() -> Callable[[str, int], str]:
    import markdown  # imported here because it is slow to import, and few builds have a text to convert
    from markdown.treeprocessors import Treeprocessor

    transformer = _TreeTransformer()

    class TransformerAdapter(Treeprocessor):
        def run(self, root: Element) -> None:
            transformer.transform(root)

    converter = markdown.Markdown(
        extensions=["tables", "fenced_code", "footnotes", "def_list", "toc", "sane_lists", "abbr"],
        extension_configs={
            "toc": {"slugify": _make_heading_id},
            "footnotes": {"UNIQUE_IDS": False, "BACKLINK_TEXT": "↩"},
        },
        output_format="html",
    )
    converter.treeprocessors.register(TransformerAdapter(converter), "guidegen", 1)  # after "toc" (5), which sets heading ids

    def convert(text: str, level: int) -> str:
        transformer.level = level
        return converter.reset().convert(text)

    return convert


class _TreeTransformer:
    """The changes that guidegen makes to the element tree before it becomes HTML."""

    level = 2

    def transform(self, root: Element) -> None:
        elements = list(root.iter())
        self._shift_headings([element for element in elements if element.tag in _HEADINGS])
        self._wrap_tables(elements)
        self._unlink_dead_anchors(elements)

    def _shift_headings(self, headings: list[Element]) -> None:
        """Change the highest heading to ``level``, and shift the others with it."""
        shift = self.level - min((int(heading.tag[1]) for heading in headings), default=self.level)
        for heading in headings:
            heading.tag = f"h{min(6, int(heading.tag[1]) + shift)}"

    def _wrap_tables(self, elements: list[Element]) -> None:
        """Wrap tables so that they scroll instead of the page (WCAG 1.4.10), and set the scope of their header cells."""
        for element in elements:
            if element.tag == "th":
                element.set("scope", "col")
            for number, table in enumerate(element):
                if table.tag == "table":
                    wrapper = Element("div", {"class": "scroll", "tabindex": "0"})
                    wrapper.tail, table.tail = table.tail, None
                    element[number] = wrapper
                    wrapper.append(table)

    def _unlink_dead_anchors(self, elements: list[Element]) -> None:
        """Turn links to missing ids within the text into plain text. The backlink of an unused footnote is such a link."""
        ids = {element.get("id") for element in elements}
        for element in elements:
            target = element.get("href", "")
            if target.startswith("#") and not {target[1:], unquote(target[1:])} & ids:
                del element.attrib["href"]


def _make_heading_id(text: str, separator: str) -> str:
    return re.sub(r"[^\w]+", separator, text.casefold(), flags=re.UNICODE).strip(separator) or "part"


def _filter_attribute(prefix: str, tag: str, name: str, value: str) -> str | None:
    """Return the value to publish for an attribute, or None to remove it."""
    if name == "id":
        return prefix + value
    if name == "href" and value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    if name == "href":
        is_relative = not re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE)
        return value if is_safe_link(value) or (is_relative and _is_partner_link(value)) else None
    allowed = _VALUES.get((tag, name), _VALUES.get(("", name)))
    return value if allowed is None or value in allowed else None


def _is_partner_link(target: str) -> bool:
    """Return whether a relative link has the form of those for ``[[partner:slug]]``: up some folders, then down."""
    return re.fullmatch(r"(?:\.\./)+[a-z0-9][a-z0-9/-]*(?:index\.html)?", target) is not None


def _find_headings(safe_html: str) -> Iterator[Heading]:
    for match in re.finditer(r'<h([23]) id="([^"]*)">(.*?)</h\1>', safe_html, re.DOTALL):
        text = html.unescape(re.sub(r"<[^>]+>", "", match[3])).strip()
        yield Heading(int(match[1]), html.unescape(match[2]), text)
