"""Check a Markdown text before it is rendered, and reject texts that would take too long to render."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator

from guidegen.content.misleading_links import find_effects
from guidegen.model.problems import suggest
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text.characters import find_unwanted
from guidegen.text.markdown import PARTNER, MarkdownLink, extract_text, find_links, is_safe_link, to_html

MAX_CHARACTERS = 60_000
MAX_LINES = 3_000
MAX_MARKS = 2_000
MAX_HEADINGS = 200
MAX_DEFINITIONS = 150
MAX_COLUMNS = 30
MAX_UNCLOSED = 50
"""Nested or repeated markup takes Markdown more than linear time. An article has a few hundred marks on a few hundred lines."""
_LIMITS = (
    (MAX_CHARACTERS, "characters"),
    (MAX_LINES, "lines"),
    (MAX_MARKS, "brackets, quotes and stars"),
    (MAX_HEADINGS, "headings and rules"),
    (MAX_DEFINITIONS, "definitions"),
)
_EMPTY_HEADING = compile_lazily(r"^ {0,3}#{1,6}[ \t#]*$", re.MULTILINE)
_HEADING = compile_lazily(r"#| {0,3}(?:([-*_])[ \t]*(?:\1[ \t]*)*|=+[ \t]*)$")

_CODE = compile_lazily(r"^(```|~~~)[^\n]*\n.*?^\1[^\n]*$|`[^`\n]{1,500}`", re.DOTALL | re.MULTILINE)
_AUTOLINK = compile_lazily(r"<((?:https?|mailto|tel|sms):[^\s<>]{1,500}|[\w.+-]{1,64}@[\w.-]{1,200})>", re.IGNORECASE)
_FOOTNOTE = compile_lazily(r"\[\^([^\]\n]{0,200})\]")
_ENTITY = compile_lazily(r"&#?[0-9A-Za-z]{1,32};?")
_NESTED = compile_lazily(r"\s*(?:(?:[-*+>:]|\d{1,9}[.)])\s*){9,}\S?")
_IMAGE = compile_lazily(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])?")
_HTML = compile_lazily(r"</?[a-z!?][^>\n]{0,200}>?", re.IGNORECASE)
_TARGET = compile_lazily(r"\]\(\s*<?([^)>\s]{0,2000})", re.MULTILINE)
_REFERENCE = compile_lazily(r"^[ >]{0,12}\[[^^\]\n][^\]\n]{0,200}\]:\s{0,10}<?(\S{1,2000})", re.MULTILINE)
_PLAIN_LINK = compile_lazily(
    r"(?<![!\\])\[([^\[\]()`*_<>&\\\n]{1,200})\]\(((?:https?|tel|sms|mailto):[A-Za-z0-9@._~/?=%#:+-]{1,500})\)"
)
"""An unambiguous link, which does not need the Markdown parser."""
_OTHER_LINK = compile_lazily(r"\]\s*[(\[:]|<[^\s<>]{0,500}[:@&]|`|~~~|^(?: {4}|\t)", re.MULTILINE)
"""Any other syntax that may be a link, or code, which has no links."""
_MALFORMED_LINK = compile_lazily(
    r"(?P<partner>\[\[[^\]\n]{0,100}\]{0,2}|\[\s*partners?\s*[:：][^\]\n]{0,100}\])"
    r"|(?P<link>\][ \t]+\(https?:|\([^()\n]{1,200}\)\[https?:)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LintError:
    """A mistake in a Markdown text. ``line`` counts from 0."""

    line: int
    message: str
    hint: str


def lint(text: str, slugs: frozenset[str], old: frozenset[str] = frozenset()) -> Iterator[LintError]:
    """Yield an error for each broken link, unknown partner, picture, empty heading and HTML tag.

    A text over the limits yields one error only.
    ``slugs`` are the names of the partners, ``old`` their earlier names.
    """
    size_error = _find_excess(text)
    if size_error:
        yield size_error
        return
    masked = _CODE.sub(_mask, text)
    yield from _check_entities(text)
    yield from _check_headings(masked)
    yield from _check_footnotes(masked)
    yield from _check_partners(masked, slugs, old)
    masked = PARTNER.sub(_mask, masked)
    yield from _check_pictures(masked)
    masked = _AUTOLINK.sub(_mask, _IMAGE.sub(_mask, masked))
    yield from _check_links(masked)
    yield from _check_html(masked)


def find_misleading_links(text: str) -> Iterator[LintError]:
    """Yield a warning for each link that does something unexpected. The text must have no errors."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for pattern in (_TARGET, _REFERENCE, _AUTOLINK):
        for match in pattern.finditer(text):
            lines[html.unescape(match[1]).removeprefix("mailto:")].append(_line_at(text, match.start(1)))
    for link in _find_links(text):
        link_lines = lines[link.target.removeprefix("mailto:")]
        line = (
            link_lines.pop(0)
            if len(link_lines) > 1
            else link_lines[0]
            if link_lines
            else _line_at(text, max(text.find(link.target), 0))
        )
        for effect in find_effects(link.target, link.text):
            excerpt = link.target if len(link.target) <= 60 else f"{link.target[:59]}…"
            yield LintError(line, f"the link '{excerpt}' {effect.sentence}", effect.hint)


def _find_links(text: str) -> tuple[MarkdownLink, ...]:
    """Return the links of a text. It is parsed, which is slow, only if it has more than unambiguous links."""
    if _OTHER_LINK.search(_PLAIN_LINK.sub("", PARTNER.sub("", text))):
        return find_links(text)
    return tuple(MarkdownLink(match[2], match[1]) for match in _PLAIN_LINK.finditer(text))


def _mask(match: re.Match[str]) -> str:
    """Return spaces in place of a match, so that offsets in the text stay valid."""
    return re.sub(r"[^\n]", " ", match[0])


def _find_excess(text: str) -> LintError | None:
    lines = text.split("\n")
    if text.count("[") - text.count("]") > MAX_UNCLOSED:
        return LintError(0, f"{text.count('[') - text.count(']')} brackets are opened but not closed", "Close or remove them.")
    for number, line in enumerate(lines):
        if line.count("|") > MAX_COLUMNS:
            return LintError(number, f"a table has more than {MAX_COLUMNS} columns", "Split it into several tables.")
        if _NESTED.match(line) or len(re.findall(r"[\[\]*_`<>&]", line)) > 400:
            return LintError(number, "too many brackets, quotes or list markers in one line", "Remove what is not text.")
    return find_exceeded_limit(count_marks(text), "the text has")


def count_marks(text: str) -> tuple[int, ...]:
    """Return the amounts that are limited in a text, in the order of ``_LIMITS``."""
    lines = text.split("\n")
    return (
        len(text),
        len(lines),
        len(re.findall(r"[\[*_`<>&]", text)),
        sum(_HEADING.match(line) is not None for line in lines),
        sum(line.lstrip().startswith(":") for line in lines),
    )


def find_exceeded_limit(counts: tuple[int, ...], subject: str) -> LintError | None:
    """Return an error for the first amount over its limit, or None. ``subject`` begins the message."""
    for count, (limit, unit) in zip(counts, _LIMITS, strict=True):
        if count > limit:
            return LintError(
                0, f"{subject} {count:,} {unit}; the limit is {limit:,}", "Shorten the text, or split it into several."
            )
    return None


def _check_partners(plain: str, slugs: frozenset[str], old: frozenset[str]) -> Iterator[LintError]:
    for match in PARTNER.finditer(plain):
        if match[1] not in slugs and match[1] not in old:
            message = f"'[[partner:{match[1]}]]' is not a partner of this guide"
            yield LintError(_line_at(plain, match.start()), message, suggest(match[1], sorted(slugs)))
    for match in _MALFORMED_LINK.finditer(PARTNER.sub(_mask, plain)):
        hint = "Write  [text](https://…)  without a space between the brackets."
        if match["partner"]:
            hint = "Write  [[partner:food-bank]]  with the file name of the partner, on one line."
        yield LintError(_line_at(plain, match.start()), f"'{match[0][:40]}' is not a link", hint)


def _check_entities(text: str) -> Iterator[LintError]:
    """Yield an error for each HTML entity that produces an invisible character.

    The rendered text decides, not the spelling: browsers also accept ``&#8238`` and ``&ZeroWidthSpace;``.
    """
    if not _ENTITY.search(text):
        return
    remaining = {character for _, character in find_unwanted(html.unescape(to_html(PARTNER.sub("", text), "").html))}
    for number, line in enumerate(text.split("\n")):
        for match in _ENTITY.finditer(line):
            for character in sorted({character for _, character in find_unwanted(extract_text(match[0]))} & remaining):
                yield LintError(number, f"'{match[0]}' is {character}", "Delete it.")
                remaining.discard(character)
    for character in sorted(remaining):
        yield LintError(
            0,
            f"the text on the page would have {character} in it",
            "Look for '&' in the text, and type the characters themselves.",
        )


def _check_footnotes(plain: str) -> Iterator[LintError]:
    """Yield an error for each footnote whose name cannot be part of an address."""
    for match in _FOOTNOTE.finditer(plain):
        if not re.fullmatch(r"[\w-]{1,40}", match[1]):
            hint = "Use letters, digits and hyphens, such as  [^1]  or  [^source]"
            yield LintError(_line_at(plain, match.start()), f"a footnote cannot be called '{match[1][:40]}'", hint)


def _check_headings(plain: str) -> Iterator[LintError]:
    """Yield an error for each heading without words: lists of headings and screen readers would have an empty entry."""
    for match in _EMPTY_HEADING.finditer(plain):
        line = _line_at(plain, match.start())
        yield LintError(line, "a heading has no words", "Write its words after  ##  or delete the line.")


def _check_pictures(plain: str) -> Iterator[LintError]:
    for match in _IMAGE.finditer(plain):
        hint = "Remove it. An article names one picture in its front matter:  image: images/photo.jpg , a profile has a  logo:"
        yield LintError(_line_at(plain, match.start()), "there is a picture in the text", hint)


def _check_links(plain: str) -> Iterator[LintError]:
    for match in (*_TARGET.finditer(plain), *_REFERENCE.finditer(plain)):
        if not is_safe_link(match[1]):
            hint = "Write a full address that begins with https://, or link to a partner with [[partner:slug]]."
            yield LintError(_line_at(plain, match.start()), f"the link '{match[1][:60]}' cannot be used", hint)


def _check_html(plain: str) -> Iterator[LintError]:
    """Yield at most one error a line: an opening and a closing tag are one mistake."""
    for number, line in enumerate(plain.split("\n")):
        tag = _HTML.search(line)
        if tag:
            hint = "Write Markdown:  **bold**, *italic*, [text](https://…)."
            yield LintError(number, f"there is HTML in the text: '{tag[0][:40]}'", hint)


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)
