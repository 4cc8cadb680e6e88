"""Content as a reader is shown it: in their language or the next best, saying so, and safe."""

import re
from dataclasses import dataclass, field

from guidegen.model.translatable import Resolution, TranslatableText
from guidegen.text import markdown
from guidegen.text.bidi import isolated_numbers
from guidegen.text.language import Language, LocalizedString, Message
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

    def __bool__(self) -> bool:
        return bool(self.html)


NO_HTML = HtmlBlock("", "", "ltr")


def html_block(rendered: RenderedMarkdown, words: LocalizedString, label: str = "") -> HtmlBlock:
    """Rendered Markdown in the language of ``words``."""
    html = rendered.html
    if words.direction == "rtl":
        html = markdown.cleaned(isolated_numbers(html))  # no HTML is published that was edited after it was cleaned
    return HtmlBlock(html, words.language, words.direction, label, rendered.headings)


@dataclass(slots=True)
class TextResolver:
    """Chooses texts for one reader and remembers what that reader must be told about them."""

    language: Language
    order: tuple[str, ...]
    fallbacks: dict[str, None] = field(default_factory=dict)
    states: dict[str, None] = field(default_factory=dict)

    def resolve(self, text: TranslatableText) -> ResolvedText:
        """A short text."""
        if not text:
            return NOTHING
        chosen = text.choose(self.language.tag, self.order)
        return ResolvedText(chosen.words, self._label(chosen))

    def resolve_short(self, text: TranslatableText, most: int = MAX_IN_LISTS) -> ResolvedText:
        """Return a text as lists show it: cut after a sentence where it is long."""
        whole = self.resolve(text)
        return ResolvedText(LocalizedString(shorten(whole.words.text, most), whole.words.language), whole.label)

    def resolve_markdown(self, text: TranslatableText, prefix: str, level: int = 3) -> HtmlBlock:
        """A Markdown text; its highest heading becomes ``h<level>``, its ids begin with ``prefix``."""
        if not text:
            return NO_HTML
        chosen = text.choose(self.language.tag, self.order)
        rendered = markdown.to_html(chosen.words.text, prefix, level)
        return html_block(rendered, chosen.words, self._label(chosen))

    def note_text(self, other: "TextResolver") -> None:
        """What another had to say about texts that are shown here."""
        for tag in other.fallbacks:
            self.fallbacks.setdefault(tag)
        for state in other.states:
            self.states.setdefault(state)

    def notices(self) -> tuple[Message, ...]:
        """What is to be said once on the page about its texts."""
        say = self.language.phrase
        told = []
        if self.fallbacks:
            names = self.language.join([self.language.name_of(tag) for tag in self.fallbacks])
            told.append(say("Some text on this page is not translated yet. It is in {languages}.", languages=names))
        if "stale" in self.states:
            told.append(say("Some text here was changed after it was translated. Marked: “may be out of date”."))
        if "machine" in self.states:
            told.append(say("Some text on this page was translated by a machine and may have mistakes."))
        elif "unrecorded" in self.states:
            told.append(say("It is not known if all translations on this page are up to date."))
        return tuple(told)

    def _label(self, chosen: Resolution) -> str:
        if chosen.is_fallback:
            self.fallbacks.setdefault(chosen.words.language)
            return self.language.name_of(chosen.words.language)
        version = chosen.version
        if version.state in ("stale", "unrecorded"):
            self.states.setdefault(version.state)
        if version.by == "machine":
            self.states.setdefault("machine")
        return self.language.say("may be out of date") if version.state == "stale" else ""
