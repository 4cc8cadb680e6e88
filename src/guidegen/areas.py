"""Places by which partners are grouped."""

from collections.abc import Collection

from guidegen.cldr import collation_key
from guidegen.model import Area, Guide, Partner
from guidegen.once import once


@once
def areas_of(guide: Guide) -> tuple[Area, ...]:
    """The areas of ``guide.yml``, then every other town and service area that a listed partner names, by name."""
    settings, partners = guide.settings, guide.listed
    known = {area.name for area in settings.areas}
    covered = known | {city for area in settings.areas for city in area.cities}
    others = {city for partner in partners for city in partner.cities}
    others |= {name for partner in partners for service in partner.services for name in service.area.names}
    return (*settings.areas, *(Area(name, cities=(name,)) for name in sorted(others - covered, key=collation_key)))


def area_names(partner: Partner, areas: tuple[Area, ...]) -> tuple[str, ...]:
    """The areas in which a partner has a place."""
    return areas_with(partner.cities, areas)


def areas_with(towns: Collection[str], areas: tuple[Area, ...]) -> tuple[str, ...]:
    """The areas to which one of the towns belongs."""
    by_town = _by_town(areas)
    return tuple(areas[number].name for number in sorted({number for town in towns for number in by_town.get(town, ())}))


@once
def _by_town(areas: tuple[Area, ...]) -> dict[str, list[int]]:
    """For each town the areas that it belongs to, as their numbers."""
    found: dict[str, list[int]] = {}
    for number, area in enumerate(areas):
        for town in dict.fromkeys(area.cities or (area.name,)):
            found.setdefault(town, []).append(number)
    return found
