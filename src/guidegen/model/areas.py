"""Areas that group partners: counties, towns and neighborhoods."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from guidegen.model.guide import Guide
from guidegen.model.location import Location
from guidegen.model.memoize import memoize_last
from guidegen.model.partner import Partner
from guidegen.model.service import Service, ServiceArea
from guidegen.model.settings import Area
from guidegen.model.translatable import NO_TEXT
from guidegen.text.collation import sort_key

_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=8_192)
def normalize_place(name: str) -> str:
    """Return a key that is equal for all spellings of a place: without case, accents, punctuation, or "St." for "Saint"."""
    unaccented = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = re.findall(r"\w+", re.sub("['’ʼʻ`´]", "", unaccented.replace("đ", "d").replace("Đ", "D")).casefold())
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words) or name


@memoize_last
def find_areas(guide: Guide) -> tuple[Area, ...]:
    """Return the areas of ``guide.yml``, then all other counties, towns and service areas of listed partners, sorted by name.

    Different spellings of a name are one area, which has the most common spelling.
    """
    configured_keys = {normalize_place(name) for area in guide.settings.areas for name in (area.name, *area.cities)}
    counties = collect_counties(guide)
    other_spellings = {key: counts for key, counts in _count_spellings(guide).items() if key not in configured_keys}
    other_areas = (_build_area(_choose_spelling(counts), key, counties) for key, counts in other_spellings.items())
    return (*guide.settings.areas, *sorted(other_areas, key=lambda area: sort_key(area.name, guide.settings.languages[0])))


def _choose_spelling(counts: dict[str, int]) -> str:
    """Return the most common spelling, preferring those that are not all capitals."""
    return max(counts, key=lambda name: (not name.isupper(), counts[name], name))


def _build_area(name: str, key: str, counties: dict[str, dict[str, str]]) -> Area:
    """Return an area that is not in the settings: a county with its towns, or a town with its county."""
    if key in counties:
        return Area(name, kind="county", cities=(name, *counties[key].values()))
    county_keys = [normalize_place(county) for county, towns in counties.items() if key in towns]
    return Area(name, part_of=tuple(county_keys), cities=(name,))


def collect_counties(guide: Guide) -> dict[str, dict[str, str]]:
    """Return the towns in each county according to the addresses, as county key → town key → town name."""
    towns_by_county: dict[str, dict[str, str]] = {}
    for location in (location for partner in guide.listed for location in partner.locations):
        if location.address.region:
            towns = towns_by_county.setdefault(normalize_place(location.address.region), {})
            if location.address.city:
                towns.setdefault(normalize_place(location.address.city), location.address.city)
    return towns_by_county


def _count_spellings(guide: Guide) -> dict[str, dict[str, int]]:
    """Return how many partners use each spelling of a place, as place key → spelling → count."""
    counts_by_key: dict[str, dict[str, int]] = {}
    for partner in guide.listed:
        for name in iter_area_names(partner):
            counts = counts_by_key.setdefault(normalize_place(name), {})
            counts[name] = counts.get(name, 0) + 1
    return counts_by_key


def iter_area_names(partner: Partner) -> Iterator[str]:
    """Yield the names of the towns, counties and service areas in a partner's profile."""
    yield from partner.towns
    yield from dict.fromkeys(location.address.region for location in partner.locations if location.address.region)
    for service in partner.services:
        yield from list_place_names(service)


def list_place_names(service: Service) -> tuple[str, ...]:
    """Return the names of the places that a service covers, and of those where its clients must live."""
    return (*service.serves.names, *service.must_live_in.names)


def build_named_areas(area: ServiceArea, areas: Iterable[Area]) -> tuple[Area, ...]:
    """Return an area for each place name of a service, with only its name and translated names."""
    translated_names = {normalize_place(known_area.name): known_area.names for known_area in areas if known_area.names}
    return tuple(Area(name, translated_names.get(normalize_place(name), NO_TEXT)) for name in area.names)


def find_areas_at(places: Iterable[Location], areas: tuple[Area, ...]) -> tuple[str, ...]:
    """Return the names of the areas that contain any of the locations, by town, county or postal code."""
    numbers_by_key = _index_by_key(areas)
    numbers: set[int] = set()
    for location in places:
        address = location.address
        place_keys = [normalize_place(name) for name in (address.city, address.region) if name]
        for key in (*place_keys, address.postal_code, address.postal_code[:5]):
            numbers.update(numbers_by_key.get(key, ()))
    return tuple(areas[number].name for number in sorted(numbers))


def sort_innermost_first(areas: Iterable[Area]) -> list[Area]:
    """Return the areas sorted by how many other areas contain them, so that a town comes before its county."""
    areas = tuple(areas)
    numbers_by_name = _index_by_name(areas)
    depths = {area.name: len(tuple(_with_ancestors(number, areas, numbers_by_name))) for number, area in enumerate(areas)}
    return sorted(areas, key=lambda area: -depths[area.name])


def _index_by_name(areas: tuple[Area, ...]) -> dict[str, int]:
    return {normalize_place(area.name): number for number, area in enumerate(areas)}


@memoize_last
def _index_by_key(areas: tuple[Area, ...]) -> dict[str, list[int]]:
    """Return the numbers of the areas that contain each town key and postal code, including the areas around them."""
    numbers_by_name = _index_by_name(areas)
    numbers_by_key: dict[str, list[int]] = {}
    for number, area in enumerate(areas):
        for key in dict.fromkeys([*map(normalize_place, area.cities or (area.name,)), *area.postal_codes]):
            numbers = numbers_by_key.setdefault(key, [])
            numbers += [ancestor for ancestor in _with_ancestors(number, areas, numbers_by_name) if ancestor not in numbers]
    return numbers_by_key


def list_ancestors(areas: tuple[Area, ...]) -> Iterator[tuple[Area, tuple[Area, ...]]]:
    """Yield each area with itself and the areas around it."""
    numbers_by_name = _index_by_name(areas)
    for number, area in enumerate(areas):
        yield area, tuple(areas[other] for other in _with_ancestors(number, areas, numbers_by_name))


def _with_ancestors(number: int, areas: tuple[Area, ...], numbers_by_name: dict[str, int]) -> Iterable[int]:
    """Return the number of an area and of all areas around it. ``part_of`` may contain a cycle."""
    visited = {number: None}
    stack = [number]
    while stack:
        for name in areas[stack.pop()].part_of:
            parent = numbers_by_name.get(normalize_place(name))
            if parent is not None and parent not in visited:
                visited[parent] = None
                stack.append(parent)
    return visited
