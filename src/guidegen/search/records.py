"""The input of the index: partners and articles as numbered records, and the partners' services as rows of concepts.

A record holds everything that search uses of a partner or an article and nothing else, so that other edits do not change the
index files. Whatever a profile shows can be found: names, places, phones and every text.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from guidegen.cache.keys import LazyValue, key_prefix, source_key
from guidegen.model import reach
from guidegen.model.areas import find_areas, find_areas_at
from guidegen.model.article import Spotlight
from guidegen.model.guide import Guide
from guidegen.model.location import Phone
from guidegen.model.partner import Partner
from guidegen.model.settings import Area
from guidegen.model.translatable import NO_TEXT, TranslatableText, Translation
from guidegen.records import dataclass
from guidegen.search.concepts import area_id, days_of, facts_of, places_of, spoken_concepts


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """The main kind of help of a service, and every concept that applies to it."""

    main: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """The names of a partner or an article, its other texts, and what a result shows.

    ``terms`` are texts without a language: streets, postal codes, phone numbers. ``phones`` are those that serve all services.
    """

    slug: str
    name: str
    also_known_as: tuple[str, ...] = ()
    plain_name: TranslatableText = NO_TEXT
    summary: TranslatableText = NO_TEXT
    service_names: tuple[TranslatableText, ...] = ()
    texts: tuple[TranslatableText, ...] = ()
    terms: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    status: str = "active"
    services: tuple[ServiceFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedService:
    """A service with the number of its record."""

    record: int
    main: str
    concepts: tuple[str, ...]


def build_records(guide: Guide) -> tuple[IndexedRecord, ...]:
    """Return the records of the listed partners, sorted by first service type, then the most recently verified first.

    Similar records get adjacent numbers, so that the best results of a search are in one or two card files. The articles follow,
    the newest first.
    """
    ranks, areas = _rank_types(guide), find_areas(guide)
    partners = (_build_record(partner, ranks, areas) for partner in _sort_partners(guide, ranks))
    return (*partners, *map(_build_article_record, guide.spotlights))


def inputs(guide: Guide) -> object:
    """Return the records as lazy values with cache keys: a record is only built if an earlier build did not cache it."""
    ranks, areas = _rank_types(guide), find_areas(guide)
    prefix = key_prefix("record", tuple(ranks), areas)
    partners = tuple(
        LazyValue(source_key(prefix, partner), partial(_build_record, partner, ranks, areas))
        for partner in _sort_partners(guide, ranks)
    )
    return partners, guide.spotlights


def _rank_types(guide: Guide) -> dict[str, int]:
    """Return the position of each service type in services.yml."""
    return {kind.id: number for number, kind in enumerate(guide.service_types)}


def _sort_partners(guide: Guide, ranks: dict[str, int]) -> list[Partner]:
    def key(partner: Partner) -> tuple[int, int, str]:
        rank = min((ranks.get(name, len(ranks)) for name in partner.types[:1]), default=len(ranks))
        verified = partner.verified.date if partner.verified else date.min
        return rank, -verified.toordinal(), partner.slug

    return sorted(guide.listed, key=key)


def _build_record(partner: Partner, ranks: dict[str, int], areas: tuple[Area, ...]) -> IndexedRecord:
    services = partner.offered
    return IndexedRecord(
        partner.slug,
        partner.name,
        (*partner.also_known_as, *(name for service in services for name in service.also_known_as)),
        partner.plain_name,
        partner.short_description,
        tuple(service.name for service in services),
        tuple(text for text in _list_texts(partner) if text),
        tuple(term for term in dict.fromkeys(_list_terms(partner)) if term),
        partner.towns,
        reach.find_compact_phones(partner),
        partner.status,
        tuple(_list_facts(partner, ranks, areas)),
    )


def _list_texts(partner: Partner) -> Iterator[TranslatableText]:
    """Yield the texts of a profile but its names, whose words are searched as well."""
    yield from (partner.summary, partner.description)
    for service in partner.offered:
        yield from (service.summary, service.description, service.who.text, service.apply.steps)
        yield from (*service.subjects, *service.documents, *(cost.note for cost in service.cost))
    for location in partner.locations:
        yield from (location.name, location.description, location.transit, location.access.note)
    for _, phone in reach.iter_phones(partner):
        yield phone.note


def _list_terms(partner: Partner) -> Iterator[str]:
    """Yield the streets, postal codes and phone numbers of a profile, and the places that its services cover."""
    for location in partner.locations:
        address = location.address
        yield from (address.line1, address.line2, address.postal_code)
    for service in partner.offered:
        yield from (service.program, *service.serves.names, *service.serves.postal_codes)
    for _, phone in reach.iter_phones(partner):
        yield phone.number


def _build_article_record(article: Spotlight) -> IndexedRecord:
    """Return the record of an article. Its title is its plain name, because it is translated."""
    titles = {edition.language: Translation(edition.title) for edition in article.editions}
    summaries = {edition.language: Translation(edition.summary) for edition in article.editions if edition.summary}
    bodies = {edition.language: Translation(edition.body) for edition in article.editions}
    return IndexedRecord(
        article.slug,
        "",
        plain_name=TranslatableText(titles),
        summary=TranslatableText(summaries),
        texts=(TranslatableText(bodies),),
        terms=(*article.authors, *article.topics),
    )


def _list_facts(partner: Partner, ranks: dict[str, int], areas: tuple[Area, ...]) -> Iterator[ServiceFacts]:
    """Yield the facts of each service or, if the partner has no services, its own languages and areas."""
    for service in partner.offered:
        spoken = spoken_concepts(reach.find_reach(partner, service).languages)
        types = [name for name in service.types if name in ranks]
        facts = (f"fact:{name}" for name in facts_of(partner, service))
        days = (f"day:{day}" for day in days_of(partner, service))
        places = (f"area:{area_id(name)}" for name in places_of(partner, service, areas))
        yield ServiceFacts(types[0] if types else "", (*(f"type:{name}" for name in types), *facts, *days, *spoken, *places))
    if not partner.offered:
        area_names = find_areas_at(partner.locations, areas)
        yield ServiceFacts("", (*spoken_concepts(partner.languages), *(f"area:{area_id(name)}" for name in area_names)))


def build_rows(records: Sequence[IndexedRecord]) -> Iterator[IndexedService]:
    """Yield a row for each service, in the order of the records."""
    for number, record in enumerate(records):
        yield from (IndexedService(number, facts.main, facts.concepts) for facts in record.services)
