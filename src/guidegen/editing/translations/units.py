"""Translation units: one text, or one paragraph of a longer one, as a translator's tool shows it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from guidegen.editing.field_texts import PATH_SEPARATOR
from guidegen.editing.translations import paragraphs
from guidegen.editing.translations.documents import Document, DocumentText, list_documents
from guidegen.editing.translations.received import EXPORTED_NOTE
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.translatable import text_hash
from guidegen.records import dataclass

PARAGRAPH_MARK = "¶"
"""The last part of a context says which paragraph of a text it is: ``¶3``."""
_RANKS = {"missing": 0, "stale": 1, "unrecorded": 2}
"""What a translator should do first; fresh texts come last."""
NOTES = {
    "stale": "The source has changed since this was translated.",
    "unrecorded": "Nobody recorded which source this was translated from. If it is right, clear the mark “needs work”.",
}
"""What a unit that needs work says to translators, by its state."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to translate. ``context`` identifies it; ``notes`` are for the translator; ``line`` is that of the source file.

    ``needs_work`` is set for a translation that is stale or unrecorded (gettext: fuzzy).
    """

    context: str
    source: str
    target: str
    needs_work: bool
    notes: tuple[str, ...]
    file: str
    line: int


def list_units(root: Path, guide: Guide, language: str) -> list[Unit]:
    """Return all units of a language: untranslated before stale, texts that readers need most first."""
    ranked: list[tuple[tuple[int, bool, int], Unit]] = []
    for number, document in enumerate(list_documents(root, guide, language)):
        for text in document.texts:
            rank = (_RANKS.get(text.translation.state, len(_RANKS)), not text.is_vital, number)
            ranked += ((rank, unit) for unit in _build_units(document, text, guide))
    return [unit for _, unit in sorted(ranked, key=lambda pair: pair[0])]


def _build_units(document: Document, text: DocumentText, guide: Guide) -> Iterator[Unit]:
    needs_work = text.translation.state in NOTES
    context = format_context(document, text)
    notes = tuple(_list_notes(document, text, guide))
    for number, (source, target) in enumerate(split_text(text)):
        position = f"{context}{PATH_SEPARATOR}{PARAGRAPH_MARK}{number + 1}" if text.is_markdown else context
        exported = (EXPORTED_NOTE.format(hash=text_hash(target)),) if target else ()
        yield Unit(position, source, target, needs_work and bool(target), notes + exported, str(document.source), text.line)


def split_text(text: DocumentText) -> list[tuple[str, str]]:
    """Return the paragraphs of a Markdown text with their translations, or the text as a whole.

    A translation whose paragraphs do not correspond to those of its source stays whole.
    """
    if not text.is_markdown:
        return [(text.source, text.translation.text)]
    if not text.translation.text:
        return [(paragraph, "") for paragraph in paragraphs.split(text.source)]
    return paragraphs.align(text.source, text.translation.text) or [(text.source, text.translation.text)]


def format_context(document: Document, text: DocumentText) -> str:
    """Return what identifies a text: its file and its path."""
    return PATH_SEPARATOR.join((str(document.source), *text.path))


def _list_notes(document: Document, text: DocumentText, guide: Guide) -> Iterator[str]:
    yield f"{document.name}: {text.meaning}"
    yield f"Seen at {_find_address(document, text, guide)}"
    if text.is_vital:
        yield "Readers need this text most."
    if text.translation.state in NOTES:
        yield NOTES[text.translation.state]
    if text.translation.by == "machine":
        yield "Translated by a machine."


def _find_address(document: Document, text: DocumentText, guide: Guide) -> str:
    """Return the address of the page that shows a text, with the part of the page."""
    slug, folder = document.source.stem, document.source.parts[1]
    source_language = guide.settings.languages[0]
    pages = {"partners": urls.partner, "spotlights": urls.spotlight, "pages": urls.own_page}
    part = f"#s-{text.path[1]}" if folder == "partners" and text.path[0] == "services" else ""
    return f"{guide.settings.address}{pages[folder](source_language, slug)}{part}"


def count_words(units: Iterable[Unit]) -> int:
    """Return the number of words of source texts, as translators count them."""
    return sum(len(unit.source.split()) for unit in units)
