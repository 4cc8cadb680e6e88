"""The input of the index: partners as numbered records, and their services as rows of concepts.

A record holds everything that search uses of a partner and nothing else, so that other edits do not change the index files.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from guidegen.cache.keys import LazyValue, key_prefix, source_key
from guidegen.model import reach
from guidegen.model.areas import find_areas, find_areas_at
from guidegen.model.guide import Guide
from guidegen.model.location import Phone
from guidegen.model.partner import Partner
from guidegen.model.settings import Area
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.search.concepts import area_id, facts_of, places_of, spoken_concepts


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """The main kind of help of a service, and every concept that applies to it."""

    main: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedPartner:
    """A partner's names, its other texts, and what a result shows. ``phones`` are those that serve all of its services."""

    slug: str
    name: str
    also_known_as: tuple[str, ...]
    plain_name: TranslatableText
    summary: TranslatableText
    texts: tuple[TranslatableText, ...]
    towns: tuple[str, ...]
    phones: tuple[Phone, ...]
    status: str
    services: tuple[ServiceFacts, ...]


@dataclass(frozen=True, slots=True)
class IndexedService:
    """A service with the number of its record."""

    record: int
    main: str
    concepts: tuple[str, ...]


def build_records(guide: Guide) -> tuple[IndexedPartner, ...]:
    """Return the records of the listed partners, sorted by first service type, then the most recently verified first.

    Similar records get adjacent numbers, so that the best results of a search are in one or two card files.
    """
    ranks, areas = _rank_types(guide), find_areas(guide)
    return tuple(_build_record(partner, ranks, areas) for partner in _sort_partners(guide, ranks))


def inputs(guide: Guide) -> tuple[LazyValue, ...]:
    """Return the records as lazy values with cache keys: a record is only built if an earlier build did not cache it."""
    ranks, areas = _rank_types(guide), find_areas(guide)
    prefix = key_prefix("record", tuple(ranks), areas)
    return tuple(
        LazyValue(source_key(prefix, partner), partial(_build_record, partner, ranks, areas))
        for partner in _sort_partners(guide, ranks)
    )


def _rank_types(guide: Guide) -> dict[str, int]:
    """Return the position of each service type in services.yml."""
    return {kind.id: number for number, kind in enumerate(guide.service_types)}


def _sort_partners(guide: Guide, ranks: dict[str, int]) -> list[Partner]:
    def key(partner: Partner) -> tuple[int, int, str]:
        rank = min((ranks.get(name, len(ranks)) for name in partner.types[:1]), default=len(ranks))
        verified = partner.verified.date if partner.verified else date.min
        return rank, -verified.toordinal(), partner.slug

    return sorted(guide.listed, key=key)


def _build_record(partner: Partner, ranks: dict[str, int], areas: tuple[Area, ...]) -> IndexedPartner:
    services = partner.offered
    return IndexedPartner(
        partner.slug,
        partner.name,
        (*partner.also_known_as, *(name for service in services for name in service.also_known_as)),
        partner.plain_name,
        partner.short_description,
        tuple(text for service in services for text in (service.name, service.summary, service.who.text, *service.subjects)),
        partner.towns,
        reach.find_compact_phones(partner),
        partner.status,
        tuple(_list_facts(partner, ranks, areas)),
    )


def _list_facts(partner: Partner, ranks: dict[str, int], areas: tuple[Area, ...]) -> Iterator[ServiceFacts]:
    """Yield the facts of each service or, if the partner has no services, its own languages and areas."""
    for service in partner.offered:
        spoken = spoken_concepts(reach.find_reach(partner, service).languages)
        types = [name for name in service.types if name in ranks]
        facts = (f"fact:{name}" for name in facts_of(partner, service))
        places = (f"area:{area_id(name)}" for name in places_of(partner, service, areas))
        yield ServiceFacts(types[0] if types else "", (*(f"type:{name}" for name in types), *facts, *spoken, *places))
    if not partner.offered:
        area_names = find_areas_at(partner.locations, areas)
        yield ServiceFacts("", (*spoken_concepts(partner.languages), *(f"area:{area_id(name)}" for name in area_names)))


def build_rows(records: Sequence[IndexedPartner]) -> Iterator[IndexedService]:
    """Yield a row for each service, in the order of the records."""
    for number, record in enumerate(records):
        yield from (IndexedService(number, facts.main, facts.concepts) for facts in record.services)
