"""Where readers may be: the centers of areas and postal codes, from which ``client/near.js`` computes distances on the device."""

from collections.abc import Iterable, Iterator

from guidegen.model.areas import find_areas, find_areas_at
from guidegen.model.guide import Guide
from guidegen.model.location import Location
from guidegen.model.memoize import memoize_last
from guidegen.model.settings import Area
from guidegen.records import dataclass
from guidegen.site.components.map_layout import Position

MAX_CENTERS = 150
"""The most places to choose from. With more, postal codes are left out; with more areas than that, areas, too."""
_CENTER_DIGITS = 2
"""Decimals of a center, about a kilometer: a place that moves less changes no list."""
_PLACE_DIGITS = 3
"""Decimals of a location, about a hundred meters: enough to tell which of two is nearer."""


@dataclass(frozen=True, slots=True)
class PlaceCenter:
    """The middle of an area, or of a postal code, according to the locations in it."""

    place: Area | str
    position: Position


@memoize_last
def find_centers(guide: Guide) -> tuple[PlaceCenter, ...]:
    """Return the centers of the areas that are smaller than a county, then of the postal codes, where a position is known."""
    areas = find_areas(guide)
    by_area: dict[str, list[Position]] = {}
    by_code: dict[str, list[Position]] = {}
    for location in _list_located(location for partner in guide.listed for location in partner.locations):
        if location.position:
            for name in find_areas_at((location,), areas):
                by_area.setdefault(name, []).append(location.position)
            if location.address.postal_code:
                by_code.setdefault(location.address.postal_code, []).append(location.position)
    towns = [
        PlaceCenter(area, _find_middle(by_area[area.name])) for area in areas if area.name in by_area and area.kind != "county"
    ]
    codes = [PlaceCenter(code, _find_middle(by_code[code])) for code in sorted(by_code)]
    found = [*towns, *codes] if len(towns) + len(codes) <= MAX_CENTERS else towns
    return tuple(found) if len(found) <= MAX_CENTERS else ()


def find_positions(locations: Iterable[Location]) -> tuple[Position, ...]:
    """Return the rounded positions of locations, each once, but none of a confidential one."""
    rounded = (_round(location.position, _PLACE_DIGITS) for location in _list_located(locations) if location.position)
    return tuple(dict.fromkeys(rounded))


def format_position(position: Position) -> str:
    """Return a position as scripts read it, such as ``42.101,-71.5``."""
    return f"{position[0]:g},{position[1]:g}"


def _list_located(locations: Iterable[Location]) -> Iterator[Location]:
    return (location for location in locations if location.position and not location.confidential)


def _find_middle(positions: list[Position]) -> Position:
    latitudes, longitudes = zip(*positions, strict=True)
    return _round((sum(latitudes) / len(positions), sum(longitudes) / len(positions)), _CENTER_DIGITS)


def _round(position: Position, digits: int) -> Position:
    return round(position[0], digits), round(position[1], digits)
