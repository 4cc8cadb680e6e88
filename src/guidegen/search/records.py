"""What is searched in: partners as numbered records, each service of theirs as a row of facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guidegen.areas import areas_of
from guidegen.model import Guide, Partner
from guidegen.search.concepts import area_id, facts_of, places_of, spoken_id


@dataclass(frozen=True, slots=True)
class Row:
    """One service: the number of its record, its main kind of help, and every concept that it is true of."""

    record: int
    main: str
    concepts: tuple[str, ...]


def ordered(guide: Guide) -> tuple[Partner, ...]:
    """The listed partners in the order of their numbers: by first service type, what was checked last first.

    What is alike stands together, so that the best answers to a search lie in one or two files of cards.
    """
    place = {kind.id: number for number, kind in enumerate(guide.service_types)}

    def key(partner: Partner) -> tuple[int, int, str]:
        first = min((place.get(name, len(place)) for name in partner.types[:1]), default=len(place))
        checked = partner.verified.date if partner.verified else date.min
        return first, -checked.toordinal(), partner.slug

    return tuple(sorted(guide.listed, key=key))


def rows(guide: Guide, partners: Sequence[Partner]) -> Iterator[Row]:
    """A row for every service; a partner without services has one row with its languages and places."""
    areas = areas_of(guide.settings, guide.listed)
    known = {kind.id for kind in guide.service_types}
    for record, partner in enumerate(partners):
        spoken = tuple(dict.fromkeys(f"lang:{spoken_id(one.code)}" for one in partner.languages))
        for service in partner.services:
            types = [name for name in service.types if name in known]
            facts = (f"fact:{name}" for name in facts_of(partner, service))
            places = (f"area:{area_id(name)}" for name in places_of(partner, service, areas))
            yield Row(record, types[0] if types else "", (*(f"type:{name}" for name in types), *facts, *spoken, *places))
        if not partner.services:
            towns = (f"area:{area_id(city)}" for city in partner.cities)
            yield Row(record, "", (*spoken, *towns))
