"""Content resolved for one reader: in their language or a labeled fallback, with Markdown as safe HTML."""

from guidegen.model.translatable import Resolution, TranslatableText
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text import markdown
from guidegen.text.bidi import isolate_numbers
from guidegen.text.language import Language, LocalizedString
from guidegen.text.markdown import Heading, RenderedMarkdown


@dataclass(frozen=True, slots=True)
class ResolvedText:
    """A text in the language it was found in, and a short label if it is a fallback or out of date.

    ``newer`` is the source of a text that is out of date, where readers need it, and ``newer_label`` the name of its language.
    """

    words: LocalizedString
    label: str = ""
    newer: LocalizedString = LocalizedString("")
    newer_label: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


NOTHING = ResolvedText(LocalizedString(""))
MAX_IN_LISTS = 300
"""Characters of a text in a list."""
_SENTENCE = compile_lazily(r"[.!?۔؟](?=[\s\"”»)])|[。！？]|\n")


def shorten(text: str, limit: int) -> str:
    """Return the sentences of a text that fit into ``limit`` characters; if they are too short, the words that fit, then "…"."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, limit)]
    if ends and ends[-1] > limit // 4:
        return text[: ends[-1]].rstrip()
    words = text[: limit - 1].rpartition(" ")[0]
    return (words if len(words) > limit // 2 else text[: limit - 1]).rstrip() + "…"


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A Markdown text rendered as safe HTML, with its language."""

    html: str
    language: str
    direction: str
    label: str = ""
    headings: tuple[Heading, ...] = ()
    states: tuple[str, ...] = ()
    """The same states as those of a ``LocalizedString``."""

    def __bool__(self) -> bool:
        return bool(self.html)


NO_HTML = HtmlBlock("", "", "ltr")


def html_block(rendered: RenderedMarkdown, words: LocalizedString, label: str = "") -> HtmlBlock:
    """Return rendered Markdown in the language of ``words``."""
    html = rendered.html
    if words.direction == "rtl":
        html = markdown.sanitize(isolate_numbers(html))  # edited HTML is sanitized again before it is published
    return HtmlBlock(html, words.language, words.direction, label, rendered.headings, words.states)


@dataclass(frozen=True, slots=True)
class TextResolver:
    """A resolver of translatable text for one language, which falls back to the languages of ``order``."""

    language: Language
    order: tuple[str, ...]

    def resolve(self, text: TranslatableText) -> ResolvedText:
        """Return plain text."""
        if not text:
            return NOTHING
        resolution = text.resolve(self.language.tag, self.order)
        return ResolvedText(_with_states(resolution), self._label(resolution))

    def resolve_vital(self, text: TranslatableText) -> ResolvedText:
        """Return plain text that readers act on. If its translation is out of date, the source comes with it."""
        resolved = self.resolve(text)
        if "stale" not in resolved.words.states:
            return resolved
        source = next(iter(text.translations))
        newer = LocalizedString(text.source, source)
        return ResolvedText(resolved.words, resolved.label, newer, self.language.name_of(source))

    def resolve_short(self, text: TranslatableText, limit: int = MAX_IN_LISTS) -> ResolvedText:
        """Return plain text, shortened to at most ``limit`` characters for lists."""
        resolved = self.resolve(text)
        words = resolved.words
        if len(words.text) <= limit:
            return resolved
        return ResolvedText(LocalizedString(shorten(words.text, limit), words.language, words.states), resolved.label)

    def resolve_markdown(
        self, text: TranslatableText, prefix: str, level: int = 3, partner_link: markdown.PartnerLinker | None = None
    ) -> HtmlBlock:
        """Return Markdown as HTML. Its top heading is ``h<level>``, and its ids begin with ``prefix``."""
        if not text:
            return NO_HTML
        resolution = text.resolve(self.language.tag, self.order)
        rendered = markdown.to_html(resolution.text.text, prefix, level, partner_link)
        return html_block(rendered, _with_states(resolution), self._label(resolution))

    def _label(self, resolution: Resolution) -> str:
        if resolution.is_fallback:
            return self.language.name_of(resolution.text.language)
        return self.language.say("may be out of date") if resolution.translation.state == "stale" else ""


def _with_states(resolution: Resolution) -> LocalizedString:
    """Return a text with its translation states: ``fallback``, or else ``stale``, ``unrecorded`` and ``machine``."""
    text, version = resolution.text, resolution.translation
    if resolution.is_fallback:
        return LocalizedString(text.text, text.language, ("fallback",))
    states = (
        *(state for state in ("stale", "unrecorded") if state == version.state),
        *(("machine",) if version.by == "machine" else ()),
    )
    return LocalizedString(text.text, text.language, states) if states else text
