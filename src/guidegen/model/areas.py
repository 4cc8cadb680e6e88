"""Places by which partners are grouped: counties, towns, neighborhoods."""

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
from guidegen.text.cldr import collation_key

_SAINTS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=8_192)
def place_key(name: str) -> str:
    """Return what the spellings of a place have in common: not case, accents, signs, or "St." for "Saint"."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = re.findall(r"\w+", re.sub("['’ʼʻ`´]", "", plain.replace("đ", "d").replace("Đ", "D")).casefold())
    return " ".join(_SAINTS.get(word, word) for word in words) or name


@memoize_last
def find_areas(guide: Guide) -> tuple[Area, ...]:
    """Return the areas of ``guide.yml``, then every other county, town and service area that a listed partner names, by name.

    Spellings of one name are one area, which is called as most profiles call it.
    """
    known = {place_key(name) for area in guide.settings.areas for name in (area.name, *area.cities)}
    counties = _counties(guide)
    spellings = _spellings(guide)
    others = {key: names for key, names in spellings.items() if key not in known}
    made = (_area(_usual(names), key, counties) for key, names in others.items())
    return (*guide.settings.areas, *sorted(made, key=lambda area: collation_key(area.name)))


def _usual(names: dict[str, int]) -> str:
    """Return the spelling that most profiles have; one in capitals only where there is no other."""
    return max(names, key=lambda name: (not name.isupper(), names[name], name))


def _area(name: str, key: str, counties: dict[str, dict[str, str]]) -> Area:
    """Return an area that no setting describes: a county with its towns, or a town in its county."""
    if key in counties:
        return Area(name, kind="county", cities=(name, *counties[key].values()))
    around = [place_key(county) for county, towns in counties.items() if key in towns]
    return Area(name, part_of=tuple(around), cities=(name,))


def _counties(guide: Guide) -> dict[str, dict[str, str]]:
    """Return the towns of each county by their keys, as addresses tell them."""
    found: dict[str, dict[str, str]] = {}
    for place in (place for partner in guide.listed for place in partner.locations):
        if place.address.region:
            towns = found.setdefault(place_key(place.address.region), {})
            if place.address.city:
                towns.setdefault(place_key(place.address.city), place.address.city)
    return found


def _spellings(guide: Guide) -> dict[str, dict[str, int]]:
    """Return how often each place is spelled how, by its key."""
    found: dict[str, dict[str, int]] = {}
    for partner in guide.listed:
        for name in areas_named_by(partner):
            spelled = found.setdefault(place_key(name), {})
            spelled[name] = spelled.get(name, 0) + 1
    return found


def areas_named_by(partner: Partner) -> Iterator[str]:
    """Yield the towns, counties and areas that a partner names."""
    yield from partner.towns
    yield from dict.fromkeys(place.address.region for place in partner.locations if place.address.region)
    for service in partner.services:
        yield from places_named(service)


def places_named(service: Service) -> tuple[str, ...]:
    """Return the places that a service covers, and those where one must live to use it."""
    return (*service.serves.names, *service.must_live_in.names)


def named_areas(area: ServiceArea, areas: Iterable[Area]) -> tuple[Area, ...]:
    """Return the places that a service names, each with its names in other languages, and nothing else of it."""
    names = {place_key(one.name): one.names for one in areas if one.names}
    return tuple(Area(name, names.get(place_key(name), NO_TEXT)) for name in area.names)


def areas_at(places: Iterable[Location], areas: tuple[Area, ...]) -> tuple[str, ...]:
    """Return the areas in which one of the places is: by its town, its county and its postal code."""
    by_key = _by_key(areas)
    numbers: set[int] = set()
    for place in places:
        at = place.address
        keys = [*(place_key(name) for name in (at.city, at.region) if name), at.postal_code, at.postal_code[:5]]
        numbers |= {number for key in keys for number in by_key.get(key, ())}
    return tuple(areas[number].name for number in sorted(numbers))


def innermost_first(areas: Iterable[Area]) -> list[Area]:
    """Return areas with those that are inside others before these, so that a town is not lost in its county."""
    areas = tuple(areas)
    by_name = {place_key(area.name): number for number, area in enumerate(areas)}
    around = {area.name: len(tuple(_with_those_around(number, areas, by_name))) for number, area in enumerate(areas)}
    return sorted(areas, key=lambda area: -around[area.name])


@memoize_last
def _by_key(areas: tuple[Area, ...]) -> dict[str, list[int]]:
    """Return for the key of each town, and each postal code, the areas it belongs to and those around them, as their numbers."""
    by_name = {place_key(area.name): number for number, area in enumerate(areas)}
    found: dict[str, list[int]] = {}
    for number, area in enumerate(areas):
        for key in dict.fromkeys([*map(place_key, area.cities or (area.name,)), *area.postal_codes]):
            for one in _with_those_around(number, areas, by_name):
                if one not in found.setdefault(key, []):
                    found[key].append(one)
    return found


def _with_those_around(number: int, areas: tuple[Area, ...], by_name: dict[str, int]) -> Iterable[int]:
    """Return an area and all larger ones around it; a circle of areas ends where it began."""
    found = {number: None}
    left = [number]
    while left:
        for name in areas[left.pop()].part_of:
            around = by_name.get(place_key(name))
            if around is not None and around not in found:
                found[around] = None
                left.append(around)
    return found
