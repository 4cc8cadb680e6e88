"""What an editor should mend in a Markdown text, before it is rendered. Also the guard against texts that would take long."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.content.misleading_links import effects
from guidegen.model.problems import suggest
from guidegen.text.characters import unwanted
from guidegen.text.markdown import PARTNER, MarkdownLink, is_safe_link, links_in, to_html, without_entities

MAX_CHARACTERS = 60_000
MAX_LINES = 3_000
MAX_MARKS = 2_000
MAX_HEADINGS = 200
MAX_DEFINITIONS = 150
MAX_COLUMNS = 30
MAX_UNCLOSED = 50
"""Nested or repeated marks cost Markdown more than linear time; an article has a few hundred, on a few hundred lines."""
_LIMITS = (
    (MAX_CHARACTERS, "characters"),
    (MAX_LINES, "lines"),
    (MAX_MARKS, "brackets, quotes and stars"),
    (MAX_HEADINGS, "headings and rules"),
    (MAX_DEFINITIONS, "definitions"),
)
_HEADING = re.compile(r"#| {0,3}(?:([-*_])[ \t]*(?:\1[ \t]*)*|=+[ \t]*)$")

_CODE = re.compile(r"^(```|~~~)[^\n]*\n.*?^\1[^\n]*$|`[^`\n]{1,500}`", re.DOTALL | re.MULTILINE)
_AUTOLINK = re.compile(r"<((?:https?|mailto|tel|sms):[^\s<>]{1,500}|[\w.+-]{1,64}@[\w.-]{1,200})>", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^([^\]\n]{0,200})\]")
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,32};?")
_NESTED = re.compile(r"\s*(?:(?:[-*+>:]|\d{1,9}[.)])\s*){9,}\S?")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])?")
_HTML = re.compile(r"</?[a-z!?][^>\n]{0,200}>?", re.IGNORECASE)
_TARGET = re.compile(r"\]\(\s*<?([^)>\s]{0,2000})", re.MULTILINE)
_REFERENCE = re.compile(r"^[ >]{0,12}\[[^^\]\n][^\]\n]{0,200}\]:\s{0,10}<?(\S{1,2000})", re.MULTILINE)
_PLAIN_LINK = re.compile(
    r"(?<![!\\])\[([^\[\]()`*_<>&\\\n]{1,200})\]\(((?:https?|tel|sms|mailto):[A-Za-z0-9@._~/?=%#:+-]{1,500})\)"
)
"""A link without anything that Markdown or HTML could read in more than one way."""
_OTHER_LINK = re.compile(r"\]\s*[(\[:]|<[^\s<>]{0,500}[:@&]|`|~~~|^(?: {4}|\t)", re.MULTILINE)
"""What may be a link of another kind, or code, in which there are none."""
_ALMOST = re.compile(
    r"(?P<partner>\[\[[^\]\n]{0,100}\]{0,2}|\[\s*partners?\s*[:：][^\]\n]{0,100}\])"
    r"|(?P<link>\][ \t]+\(https?:|\([^()\n]{1,200}\)\[https?:)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LintError:
    """Something in a Markdown text that an editor must mend; ``line`` counts from 0."""

    line: int
    message: str
    hint: str


def lint(text: str, slugs: frozenset[str], old: frozenset[str] = frozenset()) -> Iterator[LintError]:
    """Links that cannot work, unknown partners, pictures, HTML; first of all a text that is too much to render.

    ``slugs`` are the names of the partners, ``old`` names that they had.
    """
    too_much = _too_much(text)
    if too_much:
        yield too_much
        return
    plain = _CODE.sub(_blank, text)
    yield from _hidden(text)
    yield from _footnotes(plain)
    yield from _partners(plain, slugs, old)
    plain = PARTNER.sub(_blank, plain)
    yield from _pictures(plain)
    plain = _AUTOLINK.sub(_blank, _IMAGE.sub(_blank, plain))
    yield from _links(plain)
    yield from _html(plain)


def misleading_links(text: str) -> Iterator[LintError]:
    """Yield a warning for each link that does something else than it seems to. The text has no other fault."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for pattern in (_TARGET, _REFERENCE, _AUTOLINK):
        for match in pattern.finditer(text):
            lines[html.unescape(match[1]).removeprefix("mailto:")].append(_line(text, match.start(1)))
    for link in _links_of(text):
        known = lines[link.target.removeprefix("mailto:")]
        line = known.pop(0) if len(known) > 1 else known[0] if known else _line(text, max(text.find(link.target), 0))
        for effect in effects(link.target, link.text):
            shown = link.target if len(link.target) <= 60 else f"{link.target[:59]}…"
            yield LintError(line, f"the link '{shown}' {effect.sentence}", effect.hint)


def _links_of(text: str) -> tuple[MarkdownLink, ...]:
    """Return the links of a text. It is only rendered, which takes long, if some are not as plain as most are."""
    if _OTHER_LINK.search(_PLAIN_LINK.sub("", PARTNER.sub("", text))):
        return links_in(text)
    return tuple(MarkdownLink(match[2], match[1]) for match in _PLAIN_LINK.finditer(text))


def _blank(match: re.Match[str]) -> str:
    """As many spaces as there were signs: places in the text stay what they were."""
    return re.sub(r"[^\n]", " ", match[0])


def _too_much(text: str) -> LintError | None:
    lines = text.split("\n")
    if text.count("[") - text.count("]") > MAX_UNCLOSED:
        return LintError(0, f"{text.count('[') - text.count(']')} brackets are opened and not closed", "Close or remove them.")
    for number, line in enumerate(lines):
        if line.count("|") > MAX_COLUMNS:
            return LintError(number, f"a table of more than {MAX_COLUMNS} columns", "Make several tables of it.")
        if _NESTED.match(line) or len(re.findall(r"[\[\]*_`<>&]", line)) > 400:
            return LintError(number, "too many brackets, quotes or list signs in one line", "Remove what is not text.")
    return exceeded_limit(count_marks(text), "the text has")


def count_marks(text: str) -> tuple[int, ...]:
    """How much a text has of what an article may have only so much of, in the order of ``_LIMITS``."""
    lines = text.split("\n")
    return (
        len(text),
        len(lines),
        len(re.findall(r"[\[*_`<>&]", text)),
        sum(_HEADING.match(line) is not None for line in lines),
        sum(line.lstrip().startswith(":") for line in lines),
    )


def exceeded_limit(found: tuple[int, ...], what_has: str) -> LintError | None:
    """A fault where there is more of something than an article may have."""
    for count, (limit, what) in zip(found, _LIMITS, strict=True):
        if count > limit:
            return LintError(
                0, f"{what_has} {count:,} {what}; at most {limit:,} fit", "Split the text into several, or shorten it."
            )
    return None


def _partners(plain: str, slugs: frozenset[str], old: frozenset[str]) -> Iterator[LintError]:
    for match in PARTNER.finditer(plain):
        if match[1] not in slugs and match[1] not in old:
            message = f"'[[partner:{match[1]}]]' names no partner of this guide"
            yield LintError(_line(plain, match.start()), message, suggest(match[1], sorted(slugs)))
    for match in _ALMOST.finditer(PARTNER.sub(_blank, plain)):
        hint = "Write  [text](https://…)  without a space between the brackets."
        if match["partner"]:
            hint = "Write  [[partner:food-bank]]  with the file name of the partner, on one line."
        yield LintError(_line(plain, match.start()), f"'{match[0][:40]}' is not a link", hint)


def _hidden(text: str) -> Iterator[LintError]:
    """Yield what the page would have in it though the file does not show it: HTML entities name any character.

    The rendered text decides, not the spelling: browsers read ``&#8238`` and ``&ZeroWidthSpace;`` as well.
    """
    if not _ENTITY.search(text):
        return
    left = {found for _, found in unwanted(html.unescape(to_html(PARTNER.sub("", text), "").html))}
    for number, line in enumerate(text.split("\n")):
        for match in _ENTITY.finditer(line):
            for found in sorted({found for _, found in unwanted(without_entities(match[0]))} & left):
                yield LintError(number, f"'{match[0]}' is {found}", "Delete it.")
                left.discard(found)
    for found in sorted(left):
        yield LintError(0, f"the text on the page has {found} in it", "Look for '&' in it, and write the letters themselves.")


def _footnotes(plain: str) -> Iterator[LintError]:
    """The name of a footnote becomes a part of an address."""
    for match in _FOOTNOTE.finditer(plain):
        if not re.fullmatch(r"[\w-]{1,40}", match[1]):
            hint = "Use letters, digits and hyphens, such as  [^1]  or  [^source]"
            yield LintError(_line(plain, match.start()), f"a footnote cannot be called '{match[1][:40]}'", hint)


def _pictures(plain: str) -> Iterator[LintError]:
    for match in _IMAGE.finditer(plain):
        hint = "Name one picture in the front matter instead:  image: images/photo.jpg"
        yield LintError(_line(plain, match.start()), "a picture stands in the text", hint)


def _links(plain: str) -> Iterator[LintError]:
    for match in (*_TARGET.finditer(plain), *_REFERENCE.finditer(plain)):
        if not is_safe_link(match[1]):
            hint = "Write a whole address that begins with https://, or link to a partner with [[partner:slug]]."
            yield LintError(_line(plain, match.start()), f"the link '{match[1][:60]}' cannot be used", hint)


def _html(plain: str) -> Iterator[LintError]:
    """One fault a line: a tag that opens and one that closes are one mistake."""
    for number, line in enumerate(plain.split("\n")):
        tag = _HTML.search(line)
        if tag:
            hint = "Write Markdown:  **bold**, *italic*, [text](https://…)."
            yield LintError(number, f"HTML stands in the text: '{tag[0][:40]}'", hint)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)
