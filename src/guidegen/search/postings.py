"""The text index: which records have a term in a name and which in another text, across all languages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field

from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.search.analysis import tokenize
from guidegen.search.records import IndexedRecord

_COMMON_THRESHOLD = 0.03
"""Share of the records from which a term is common: only its postings of names and its frequency are published."""
MAX_NAMES = 400
MAX_TEXTS = 60


@dataclass(slots=True)
class Posting:
    """The numbers of the records that have a term in a name, and of those that have it in other texts only. Ascending."""

    names: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    @property
    def frequency(self) -> int:
        """The number of records that have the term."""
        return len(self.names) + len(self.texts)


def build_postings(records: Sequence[IndexedRecord]) -> dict[str, Posting]:
    """Return the posting of every term."""
    postings: defaultdict[str, Posting] = defaultdict(Posting)
    for number, record in enumerate(records):
        name_terms = {term for name in _list_names(record) for term in tokenize(name)}
        for term in name_terms:
            postings[term].names.append(number)
        for term in {term for text in _list_texts(record) for term in tokenize(text)} - name_terms:
            postings[term].texts.append(number)
    return postings


def select_postings(term: str, posting: Posting, records: int) -> tuple[list[int], list[int]]:
    """Return the published part of a posting: record numbers for names and, unless the term is a common word, for texts.

    Numbers are published even if they are common, because they are often all that somebody types: a postal code.
    """
    max_texts = MAX_NAMES if term.isdecimal() else max(MAX_TEXTS, int(_COMMON_THRESHOLD * records))
    texts = posting.texts[:MAX_NAMES] if len(posting.texts) <= max_texts else []
    return posting.names[:MAX_NAMES], texts


def _list_names(record: IndexedRecord) -> Iterator[str]:
    """Yield what people look a partner up by: its names, those of its services, and its towns."""
    yield from (record.name, *record.also_known_as, *record.towns)
    yield from _list_versions(record.plain_name)


def _list_texts(record: IndexedRecord) -> Iterator[str]:
    yield from record.terms
    for text in (record.summary, *record.service_names, *record.texts):
        yield from _list_versions(text)


def _list_versions(text: TranslatableText) -> Iterator[str]:
    return (version.text for version in text.translations.values())
