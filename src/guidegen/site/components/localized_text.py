"""Content as a reader is shown it: in their language or the next best, saying so, and safe."""

import re
from dataclasses import dataclass, replace

from guidegen.model.translatable import Resolution, TranslatableText
from guidegen.text import markdown
from guidegen.text.bidi import isolated_numbers
from guidegen.text.language import Language, LocalizedString
from guidegen.text.markdown import Heading, RenderedMarkdown


@dataclass(frozen=True, slots=True)
class ResolvedText:
    """A text, and a short word beside it when it is not what the reader would expect."""

    words: LocalizedString
    label: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


NOTHING = ResolvedText(LocalizedString(""))
MAX_IN_LISTS = 300
"""Characters of a text that a list shows."""
_SENTENCE = re.compile(r"[.!?۔؟](?=[\s\"”»)])|[。！？]|\n")


def shorten(text: str, most: int) -> str:
    """Return the sentences of a text that fit, or where none does, the words."""
    if len(text) <= most:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, most)]
    if ends and ends[-1] > most // 4:
        return text[: ends[-1]].rstrip()
    words = text[: most - 1].rpartition(" ")[0]
    return (words if len(words) > most // 2 else text[: most - 1]).rstrip() + "…"


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A Markdown text as safe HTML in its language."""

    html: str
    language: str
    direction: str
    label: str = ""
    headings: tuple[Heading, ...] = ()
    states: tuple[str, ...] = ()
    """As those of a ``LocalizedString``."""

    def __bool__(self) -> bool:
        return bool(self.html)


NO_HTML = HtmlBlock("", "", "ltr")


def html_block(rendered: RenderedMarkdown, words: LocalizedString, label: str = "") -> HtmlBlock:
    """Rendered Markdown in the language of ``words``."""
    html = rendered.html
    if words.direction == "rtl":
        html = markdown.cleaned(isolated_numbers(html))  # no HTML is published that was edited after it was cleaned
    return HtmlBlock(html, words.language, words.direction, label, rendered.headings, words.states)


@dataclass(frozen=True, slots=True)
class TextResolver:
    """Resolve translatable text for one language, or else for the first language of ``order`` that has it."""

    language: Language
    order: tuple[str, ...]

    def resolve(self, text: TranslatableText) -> ResolvedText:
        """Return a text of one paragraph."""
        if not text:
            return NOTHING
        resolution = text.choose(self.language.tag, self.order)
        return ResolvedText(_with_states(resolution), self._label(resolution))

    def resolve_short(self, text: TranslatableText, limit: int = MAX_IN_LISTS) -> ResolvedText:
        """Return a text as lists show it, shortened after a sentence to at most ``limit`` characters."""
        resolved = self.resolve(text)
        return ResolvedText(replace(resolved.words, text=shorten(resolved.words.text, limit)), resolved.label)

    def resolve_markdown(self, text: TranslatableText, prefix: str, level: int = 3) -> HtmlBlock:
        """Return Markdown as HTML whose highest heading is ``h<level>`` and whose ids begin with ``prefix``."""
        if not text:
            return NO_HTML
        resolution = text.choose(self.language.tag, self.order)
        rendered = markdown.to_html(resolution.words.text, prefix, level)
        return html_block(rendered, _with_states(resolution), self._label(resolution))

    def _label(self, resolution: Resolution) -> str:
        if resolution.is_fallback:
            return self.language.name_of(resolution.words.language)
        return self.language.say("may be out of date") if resolution.version.state == "stale" else ""


def _with_states(resolution: Resolution) -> LocalizedString:
    """Return a text with what readers should know of it as a translation."""
    if resolution.is_fallback:
        return replace(resolution.words, states=("fallback",))
    version = resolution.version
    states = (
        *(state for state in ("stale", "unrecorded") if state == version.state),
        *(("machine",) if version.by == "machine" else ()),
    )
    return replace(resolution.words, states=states) if states else resolution.words
