"""The text index: which records have a term in a name, and which in another text, in all languages together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guidegen.model import Partner, Text
from guidegen.search.analysis import cut

COMMON = 0.03
"""A term that more than this share of the records have is common: only its names are kept, and its true frequency."""
MOST_NAMES = 400
MOST_TEXTS = 60


@dataclass(slots=True)
class Posting:
    """Records that have a term: in a name, and elsewhere. Numbers rise."""

    names: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    @property
    def frequency(self) -> int:
        """In how many records the term is."""
        return len(self.names) + len(self.texts)


def postings(partners: Sequence[Partner]) -> dict[str, Posting]:
    """Every term of the partners."""
    found: defaultdict[str, Posting] = defaultdict(Posting)
    for record, partner in enumerate(partners):
        named = {term for words in _names(partner) for term in cut(words)}
        for term in named:
            found[term].names.append(record)
        for term in {term for text in _texts(partner) for term in cut(text)} - named:
            found[term].texts.append(record)
    return found


def kept(posting: Posting, records: int) -> tuple[list[int], list[int]]:
    """The part of a posting that is published: the names, and the texts of a term that is not common."""
    few = max(MOST_TEXTS, int(COMMON * records))
    texts = posting.texts[:MOST_NAMES] if len(posting.texts) <= few else []
    return posting.names[:MOST_NAMES], texts


def _names(partner: Partner) -> Iterator[str]:
    yield partner.name
    yield from partner.also_known_as
    yield from _versions(partner.plain_name)


def _texts(partner: Partner) -> Iterator[str]:
    yield from _versions(partner.summary)
    for service in partner.services:
        yield from _versions(service.name)
        yield from _versions(service.summary)
        yield from _versions(service.who.text)


def _versions(text: Text) -> Iterator[str]:
    return (version.text for version in text.versions.values())
