"""Count how far the translations of a guide are."""

from collections import Counter
from pathlib import Path

from guidegen.content.catalogs import count_translated
from guidegen.editing.translations.documents import list_documents
from guidegen.model.guide import Guide
from guidegen.records import dataclass

STATES = ("fresh", "stale", "unrecorded", "missing")


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """How many texts of a language are in each state, how many of those that readers need most are not right, and the words.

    ``words`` is the number of words of source texts that are still to translate. ``interface`` counts the translated messages
    of the interface, and all of them.
    """

    language: str
    counts: dict[str, int]
    vital_open: int
    words: int
    interface: tuple[int, int]


def count_states(root: Path, guide: Guide, language: str) -> LanguageStatus:
    """Return the status of one language."""
    counts: Counter[str] = Counter()
    vital_open = words = 0
    for document in list_documents(root, guide, language):
        for text in document.texts:
            state = text.translation.state
            counts[state] += 1
            if state in ("missing", "stale"):
                words += len(text.source.split())
                vital_open += text.is_vital
    return LanguageStatus(
        language, {state: counts[state] for state in STATES}, vital_open, words, count_translated(root, language)
    )


def format_status(statuses: list[LanguageStatus]) -> list[str]:
    """Return a table: one line for each language, with a heading."""
    heading = ("language", *STATES, "first to do", "words to translate", "interface")
    rows = [
        (
            status.language,
            *(f"{status.counts[state]:,}" for state in STATES),
            f"{status.vital_open:,}",
            f"{status.words:,}",
            f"{status.interface[0]}/{status.interface[1]}",
        )
        for status in statuses
    ]
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))])
        for row in (heading, *rows)
    ]
