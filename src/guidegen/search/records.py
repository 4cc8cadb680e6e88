"""What is searched in: partners as numbered records, each service of theirs as a row of facts.

Records hold all that search knows of partners and nothing else, so that an edit of anything else leaves its files as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from guidegen.cache.keys import LazyValue, key_prefix, source_key
from guidegen.model import reach
from guidegen.model.areas import areas_at, find_areas
from guidegen.model.guide import Guide
from guidegen.model.location import Phone
from guidegen.model.partner import Partner
from guidegen.model.settings import Area
from guidegen.model.translatable import TranslatableText
from guidegen.search.concepts import area_id, facts_of, places_of, spoken_concepts


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One service: its main kind of help, and every concept that it is true of."""

    main: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedPartner:
    """A partner: its names, its other texts, and what a result shows of it. ``phones`` are those for all of its services."""

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
    """One service, and the number of the record that it belongs to."""

    record: int
    main: str
    concepts: tuple[str, ...]


def build_records(guide: Guide) -> tuple[IndexedPartner, ...]:
    """The listed partners in the order of their numbers: by first service type, what was checked last first.

    What is alike stands together, so that the best answers to a search lie in one or two files of cards.
    """
    place, areas = _known(guide)
    return tuple(_record(partner, place, areas) for partner in _in_order(guide, place))


def inputs(guide: Guide) -> tuple[LazyValue, ...]:
    """What the records are made from: each is only made where it is not known from an earlier build."""
    place, areas = _known(guide)
    around = key_prefix("record", tuple(place), areas)
    return tuple(
        LazyValue(source_key(around, partner), partial(_record, partner, place, areas)) for partner in _in_order(guide, place)
    )


def _known(guide: Guide) -> tuple[dict[str, int], tuple[Area, ...]]:
    """The service types with their places in the list, and the areas."""
    return {kind.id: number for number, kind in enumerate(guide.service_types)}, find_areas(guide)


def _in_order(guide: Guide, place: dict[str, int]) -> list[Partner]:
    def key(partner: Partner) -> tuple[int, int, str]:
        first = min((place.get(name, len(place)) for name in partner.types[:1]), default=len(place))
        checked = partner.verified.date if partner.verified else date.min
        return first, -checked.toordinal(), partner.slug

    return sorted(guide.listed, key=key)


def _record(partner: Partner, known: dict[str, int], areas: tuple[Area, ...]) -> IndexedPartner:
    services = partner.offered
    return IndexedPartner(
        partner.slug,
        partner.name,
        (*partner.also_known_as, *(name for one in services for name in one.also_known_as)),
        partner.plain_name,
        partner.says,
        tuple(text for one in services for text in (one.name, one.summary, one.who.text, *one.subjects)),
        partner.towns,
        reach.lines_of(partner),
        partner.status,
        tuple(_facts(partner, known, areas)),
    )


def _facts(partner: Partner, known: dict[str, int], areas: tuple[Area, ...]) -> Iterator[ServiceFacts]:
    """The facts of every service; a partner without services has its languages and places."""
    for service in partner.offered:
        spoken = spoken_concepts(reach.reach_of(partner, service).languages)
        types = [name for name in service.types if name in known]
        facts = (f"fact:{name}" for name in facts_of(partner, service))
        places = (f"area:{area_id(name)}" for name in places_of(partner, service, areas))
        yield ServiceFacts(types[0] if types else "", (*(f"type:{name}" for name in types), *facts, *spoken, *places))
    if not partner.offered:
        here = areas_at(partner.locations, areas)
        yield ServiceFacts("", (*spoken_concepts(partner.languages), *(f"area:{area_id(name)}" for name in here)))


def build_rows(some: Sequence[IndexedPartner]) -> Iterator[IndexedService]:
    """A row for every service, in the order of the records."""
    for number, one in enumerate(some):
        yield from (IndexedService(number, facts.main, facts.concepts) for facts in one.services)
