"""The text index: which records have a term in a name, and which in another text, in all languages together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guidegen.model.translatable import TranslatableText
from guidegen.search.analysis import tokenize
from guidegen.search.records import IndexedPartner

COMMON = 0.03
"""A term that more than this share of the records have is common: only its names are kept, and its true frequency."""
MAX_NAMES = 400
MAX_TEXTS = 60


@dataclass(slots=True)
class Posting:
    """Records that have a term: in a name, and elsewhere. Numbers rise."""

    names: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    @property
    def frequency(self) -> int:
        """In how many records the term is."""
        return len(self.names) + len(self.texts)


def build_postings(records: Sequence[IndexedPartner]) -> dict[str, Posting]:
    """Every term of the records."""
    found: defaultdict[str, Posting] = defaultdict(Posting)
    for number, record in enumerate(records):
        named = {term for words in _names(record) for term in tokenize(words)}
        for term in named:
            found[term].names.append(number)
        for term in {term for text in _texts(record) for term in tokenize(text)} - named:
            found[term].texts.append(number)
    return found


def select_postings(posting: Posting, records: int) -> tuple[list[int], list[int]]:
    """The part of a posting that is published: the names, and the texts of a term that is not common."""
    few = max(MAX_TEXTS, int(COMMON * records))
    texts = posting.texts[:MAX_NAMES] if len(posting.texts) <= few else []
    return posting.names[:MAX_NAMES], texts


def _names(record: IndexedPartner) -> Iterator[str]:
    yield record.name
    yield from record.also_known_as
    yield from _versions(record.plain_name)


def _texts(record: IndexedPartner) -> Iterator[str]:
    for text in (record.summary, *record.texts):
        yield from _versions(text)


def _versions(text: TranslatableText) -> Iterator[str]:
    return (version.text for version in text.versions.values())
