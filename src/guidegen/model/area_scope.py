"""Determine what is in an area, and what serves it from outside, for guides of a part."""

from collections.abc import Iterable
from dataclasses import replace

from guidegen.model.areas import collect_counties, find_areas, list_ancestors, normalize_place
from guidegen.model.guide import Guide
from guidegen.model.location import Location
from guidegen.model.postal_addresses import state_names
from guidegen.model.service import ServiceArea
from guidegen.records import dataclass
from guidegen.text.cldr import territory_name


@dataclass(frozen=True, slots=True)
class AreaScope:
    """The place names and postal codes in some areas, and the names of the areas around those. Names are normalized.

    ``elsewhere`` are the other counties, which tell apart two towns of the same name. ``served`` are the postal codes of the
    locations inside. A postal code may cover parts of other towns, so it does not make a location there count as inside.
    """

    inside: frozenset[str]
    around: frozenset[str]
    elsewhere: frozenset[str]
    served: frozenset[str] = frozenset()

    def contains(self, location: Location) -> bool:
        """Return whether a location is in one of the areas. If its address names a county, the county decides."""
        address = location.address
        county = normalize_place(address.region) if address.region else ""
        if county in self.elsewhere:
            return False
        town = normalize_place(address.city) if address.city else ""
        return not self.inside.isdisjoint(filter(None, (county, town, address.postal_code, address.postal_code[:5])))

    def is_served_by(self, area: ServiceArea) -> bool:
        """Return whether a service with this service area is for people in one of the areas."""
        names = {normalize_place(name) for name in area.names}
        return not (self.inside | self.around).isdisjoint(names) or not (self.inside | self.served).isdisjoint(area.postal_codes)


def find_scope(names: Iterable[str], guide: Guide) -> AreaScope:
    """Return the scope of the areas with these names.

    Areas inside them count as well, and the postal codes of the places there. Around them are the areas that contain them by
    ``part_of`` or by the addresses in the guide, the state and the country.
    """
    areas = find_areas(guide)
    wanted = set(map(normalize_place, names))
    ancestors = {area.name: {normalize_place(other.name) for other in around} for area, around in list_ancestors(areas)}
    inside_areas = [area for area in areas if ancestors[area.name] & wanted]
    towns = {key for area in inside_areas for key in map(normalize_place, (area.name, *area.cities))}
    counties = collect_counties(guide)
    around = {key for area in inside_areas for key in ancestors[area.name]} | {
        county for county, its_towns in counties.items() if not towns.isdisjoint(its_towns) and county not in towns
    }
    is_town = not any(key in counties for key in towns)
    scope = AreaScope(
        frozenset(towns | {code for area in inside_areas for code in area.postal_codes}),
        frozenset((around | _list_state_and_country(guide)) - towns),
        frozenset(counties.keys() - towns - (around if is_town else set())),
    )
    codes = {
        location.address.postal_code
        for partner in guide.partners
        for location in partner.locations
        if location.address.postal_code and scope.contains(location)
    }
    return replace(scope, served=frozenset(codes))


def _list_state_and_country(guide: Guide) -> set[str]:
    settings = guide.settings
    names = {settings.region, territory_name(settings.region), *state_names(settings.region, settings.state)}
    return {normalize_place(name) for name in names if name}
