"""Checks on locations."""

import itertools
import math
from collections.abc import Iterator
from statistics import median

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem
from guidegen.text.cldr import zone_position

_MAX_DISTANCE = 10.0
"""Degrees of latitude or longitude between a location and the median of all locations."""
_MAX_DEGREES_IN_ZONE = 40.0
"""Degrees between a place and the main town of its zone: China, with one zone, reaches 48 degrees of longitude to the west of
Shanghai, but its people live within 40."""


def misplaced_positions(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each position that is not where the guide is: latitude and longitude are swapped, or a sign is wrong.

    The guide is where most of its locations are, and near the main town of its time zone.
    """
    positions = [(partner, place, place.position) for partner in guide.partners for place in partner.locations if place.position]
    center = tuple(median(position[axis] for _, _, position in positions) for axis in (0, 1)) if positions else (0.0, 0.0)
    for partner, place, (latitude, longitude) in positions:
        at = f"locations.{place.key}.position"
        hint = f"The latitude comes first. Did you mean:  [{longitude}, {latitude}]"
        zone_name = place.time_zone or guide.settings.time_zone
        if abs(latitude) > 90:
            yield problem(partner, at, f"{latitude} is not a latitude", hint, "position")
        elif not _is_near((latitude, longitude), center) and _is_near((longitude, latitude), center):
            message = f"the position [{latitude}, {longitude}] is far from all others; latitude and longitude seem to be swapped"
            yield problem(partner, at, message, hint, "position")
        elif not is_in_zone((latitude, longitude), zone_name):
            corrected = _find_correction(latitude, longitude, zone_name)
            message = f"the position [{latitude}, {longitude}] is very far from {zone_name}"
            fix = (
                f"Did you mean:  [{corrected[0]}, {corrected[1]}]"
                if corrected
                else "Copy latitude and longitude from a map again."
            )
            yield problem(partner, at, message, f"{fix}   (latitude first; west and south have a minus)", "position")


def _find_correction(latitude: float, longitude: float, zone_name: str) -> tuple[float, float] | None:
    """Return the position swapped or with other signs that is nearest to the main town of its zone; None if all are far away."""
    middle = zone_position(zone_name) or (0.0, 0.0)
    variants = [
        (north * first, east * second)
        for first, second in ((latitude, longitude), (longitude, latitude))
        for north, east in itertools.product((1, -1), repeat=2)
    ]
    near = [variant for variant in variants if abs(variant[0]) <= 90 and is_in_zone(variant, zone_name)]
    return min(near, key=lambda variant: math.dist(variant, middle), default=None)


def is_in_zone(position: tuple[float, float], zone_name: str) -> bool:
    """Return whether a position may be in a time zone (IANA). One of an unknown zone may be anywhere."""
    zone = zone_position(zone_name)
    return not zone or all(abs(degrees - middle) < _MAX_DEGREES_IN_ZONE for degrees, middle in zip(position, zone, strict=True))


def _is_near(position: tuple[float, float], center: tuple[float, ...]) -> bool:
    return all(abs(degrees - middle) < _MAX_DISTANCE for degrees, middle in zip(position, center, strict=True))


def confidential_elsewhere(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each public location with the street or position of a confidential one of the same partner."""
    for partner in guide.partners:
        secret = [place for place in partner.locations if place.confidential]
        streets = {" ".join(place.address.line1.casefold().split()) for place in secret} - {""}
        positions = {place.position for place in secret} - {None}
        for place in partner.locations:
            street = " ".join(place.address.line1.casefold().split())
            if not place.confidential and (street in streets or place.position in positions):
                message = f"the location '{place.key}' has the same address as a confidential location"
                hint = "Write  confidential: yes  here too, or remove the address."
                yield problem(partner, f"locations.{place.key}", message, hint, "confidential")
