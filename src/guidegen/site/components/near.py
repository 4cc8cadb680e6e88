"""The positions from which ``client/near.js`` computes distances: of locations, and of the places where a reader may be."""

from collections.abc import Iterable, Iterator, Sequence

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
    for location, position in _list_located(location for partner in guide.listed for location in partner.locations):
        for name in find_areas_at((location,), areas):
            by_area.setdefault(name, []).append(position)
        if location.address.postal_code:
            by_code.setdefault(location.address.postal_code, []).append(position)
    smaller = (area for area in areas if area.name in by_area and area.kind != "county")
    towns = [PlaceCenter(area, find_middle(by_area[area.name], _CENTER_DIGITS)) for area in smaller]
    codes = [PlaceCenter(code, find_middle(by_code[code], _CENTER_DIGITS)) for code in sorted(by_code)]
    found = [*towns, *codes] if len(towns) + len(codes) <= MAX_CENTERS else towns
    return tuple(found) if len(found) <= MAX_CENTERS else ()


def find_positions(locations: Iterable[Location]) -> tuple[Position, ...]:
    """Return the rounded positions of locations, each once, but none of a confidential one."""
    return tuple(dict.fromkeys(_round(position, _PLACE_DIGITS) for _, position in _list_located(locations)))


def format_position(position: Position) -> str:
    """Return a position as scripts read it, such as ``42.101,-71.5``."""
    return f"{position[0]:g},{position[1]:g}"


def find_middle(positions: Sequence[Position], digits: int) -> Position:
    """Return the mean of some positions, rounded to some decimals."""
    latitudes, longitudes = zip(*positions, strict=True)
    return _round((sum(latitudes) / len(positions), sum(longitudes) / len(positions)), digits)


def _list_located(locations: Iterable[Location]) -> Iterator[tuple[Location, Position]]:
    for location in locations:
        if location.position and not location.confidential:
            yield location, location.position


def _round(position: Position, digits: int) -> Position:
    return round(position[0], digits), round(position[1], digits)
