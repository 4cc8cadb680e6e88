"""Markdown as safe HTML: Python-Markdown writes it, nh3 keeps what an article needs, and links are checked."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import markdown
import nh3

from guidegen.problems import suggest

_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "em", "strong", "del",
    "a", "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "sup", "sub", "div", "abbr", "section",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "class", "id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "li": {"id"}, "sup": {"id"},
    "div": {"class"}, "th": {"class"}, "td": {"class"}, "ol": {"start"}, "abbr": {"title"},
}  # fmt: skip
_SCHEMES = {"https", "http", "mailto", "tel", "sms"}
_PARTNER = re.compile(r"\[\[partner:([^\]\n]{0,80})\]\]")
_REMOTE_IMAGE = re.compile(r"!\[[^\]\n]*\]\(|<img\b", re.IGNORECASE)
_LINK_TARGET = re.compile(
    r"\]\(\s*<?([^)>\s]{1,2000})|^ {0,3}\[[^^\]\n][^\]\n]*\]:\s*<?(\S+)|<([a-z][a-z0-9+.-]{1,30}:[^>\s]*)>",
    re.IGNORECASE | re.MULTILINE,
)
_RAW_HTML = re.compile(r"<(/?[a-z][a-z0-9-]*)\b[^>\n]*>", re.IGNORECASE)
_CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`", re.DOTALL)
MAX_MARKS = 2000
"""Nested quotes, lists and emphasis of a hostile text cost more than linear time; an article has a few hundred."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a table of contents. ``level`` is 2 or 3."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML and the headings in it."""

    html: str
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a Markdown text that an editor must mend; ``line`` counts from 0."""

    line: int
    message: str
    hint: str


def to_html(
    text: str, prefix: str, level: int = 2, partner_link: Callable[[str], tuple[str, str] | None] | None = None
) -> Rendered:
    """Safe HTML of a Markdown text. ``partner_link`` gives name and address of a ``[[partner:slug]]``.

    The highest heading becomes ``h<level>``. Every id begins with ``prefix``, so that several texts fit on one page.
    Equal texts give equal bytes.
    """
    linked = _PARTNER.sub(lambda match: _partner_markdown(match[1], partner_link), text)
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
    clean = re.sub(r'(<[^<>]* (?:id="|href="#))', rf"\g<1>{prefix}", _scrollable_tables(clean))
    return Rendered(clean, tuple(_headings(clean)))


def faults(text: str, slugs: Mapping[str, object] | frozenset[str]) -> Iterator[Fault]:
    """What an editor should mend: unknown partners, links that cannot work, raw HTML, pictures, nesting."""
    for line, written in enumerate(text.split("\n")):
        if len(written) - len(written.lstrip("> \t*+-")) > 60 or len(re.findall(r"[\[\]*_`>]", written)) > 400:
            yield Fault(line, "too many brackets, quotes or stars in one line", "Remove what is not text.")
            return
    if len(re.findall(r"[\[*_`>]", text)) > MAX_MARKS:
        yield Fault(0, f"more than {MAX_MARKS} brackets, quotes and stars in one text", "Split the text or remove them.")
        return
    plain = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    yield from _link_faults(plain, slugs)
    for match in _REMOTE_IMAGE.finditer(plain):
        hint = "Name one picture in the front matter instead:  image: images/photo.jpg"
        yield Fault(_line(plain, match.start()), "a picture stands in the text", hint)
    for line, written in enumerate(plain.split("\n")):
        tag = _RAW_HTML.search(_REMOTE_IMAGE.sub("", written))
        if tag:
            hint = "Write Markdown:  **bold**, *italic*, [text](https://…)."
            yield Fault(line, f"HTML stands in the text: '{tag[0][:40]}'", hint)


def _link_faults(plain: str, slugs: Mapping[str, object] | frozenset[str]) -> Iterator[Fault]:
    for match in _PARTNER.finditer(plain):
        if match[1] not in slugs:
            message = f"'[[partner:{match[1]}]]' names no partner of this guide"
            yield Fault(_line(plain, match.start()), message, suggest(match[1], sorted(slugs)))
    for match in _LINK_TARGET.finditer(plain):
        target = next(group for group in match.groups() if group)
        if not is_safe_link(target):
            hint = "Write a whole address that begins with https://, or link to a partner with [[partner:slug]]."
            yield Fault(_line(plain, match.start()), f"the link '{target[:60]}' cannot be used", hint)


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
    return scheme in _SCHEMES and (scheme not in ("http", "https") or bool(host and "." in host and not parts.username))


def plain_text(text: str) -> str:
    """A Markdown text without its marks, on one line."""
    clean = nh3.clean(_converter()(_PARTNER.sub("", text)), tags=set())
    return " ".join(html.unescape(clean).split())


def _partner_markdown(slug: str, link: Callable[[str], tuple[str, str] | None] | None) -> str:
    found = link(slug) if link else None
    if not found:
        return _as_markdown(slug)
    name, address = found
    return f"[{_as_markdown(name)}]({address})"


def _as_markdown(text: str) -> str:
    """Plain text with everything escaped that Markdown or HTML would read as a sign."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|-])", r"\\\1", html.escape(text, quote=False))


@cache
def _converter() -> Callable[[str], str]:
    converter = markdown.Markdown(
        extensions=["tables", "footnotes", "def_list", "toc", "sane_lists", "abbr"],
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
    return re.fullmatch(r"(?:\.\./)*[a-z0-9/-]*(?:index\.html)?", value) is not None


def _scrollable_tables(clean: str) -> str:
    """A wide table scrolls by itself; the page never scrolls sideways (WCAG 1.4.10)."""
    return clean.replace("<table>", '<div class="scroll" tabindex="0" role="group"><table>').replace("</table>", "</table></div>")


def _headings(clean: str) -> Iterator[Heading]:
    for match in re.finditer(r'<h([23]) id="([^"]*)">(.*?)</h\1>', clean, re.DOTALL):
        text = html.unescape(re.sub(r"<[^>]+>", "", match[3])).strip()
        yield Heading(int(match[1]), html.unescape(match[2]), text)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)
