"""Checks on locations."""

from collections.abc import Iterator
from statistics import median

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

_MAX_DISTANCE = 10.0
"""Degrees of latitude or longitude between a location and the median of all locations."""


def swapped_positions(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each position whose latitude and longitude are most likely swapped.

    Its latitude is above 90 degrees, or it is near the other locations only if swapped.
    """
    positions = [(partner, place, place.position) for partner in guide.partners for place in partner.locations if place.position]
    center = tuple(median(position[axis] for _, _, position in positions) for axis in (0, 1)) if positions else (0.0, 0.0)
    for partner, place, (latitude, longitude) in positions:
        at = f"locations.{place.key}.position"
        hint = f"The latitude comes first. Did you mean:  [{longitude}, {latitude}]"
        if abs(latitude) > 90:
            yield problem(partner, at, f"{latitude} is not a latitude", hint, "position")
        elif not _is_near((latitude, longitude), center) and _is_near((longitude, latitude), center):
            message = f"the position [{latitude}, {longitude}] is far from all others; latitude and longitude seem to be swapped"
            yield problem(partner, at, message, hint, "position")


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
