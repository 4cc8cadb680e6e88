"""Checks on locations."""

from collections.abc import Iterator
from statistics import median

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

FAR = 10.0
"""Degrees. Places of a guide lie nearer together than this."""


def swapped_positions(guide: Guide) -> Iterator[Problem]:
    """Latitude comes first and ends at 90; and a place lies where the others of the guide do, not where it would swapped."""
    placed = [(partner, place, place.position) for partner in guide.partners for place in partner.locations if place.position]
    middle = tuple(median(position[axis] for _, _, position in placed) for axis in (0, 1)) if placed else (0.0, 0.0)
    for partner, place, (latitude, longitude) in placed:
        at = f"locations.{place.key}.position"
        hint = f"The latitude comes first. Did you mean:  [{longitude}, {latitude}]"
        if abs(latitude) > 90:
            yield problem(partner, at, f"{latitude} is not a latitude", hint, "position")
        elif not _near((latitude, longitude), middle) and _near((longitude, latitude), middle):
            message = f"the position [{latitude}, {longitude}] is far from all others; the latitude stands second"
            yield problem(partner, at, message, hint, "position")


def _near(position: tuple[float, float], middle: tuple[float, ...]) -> bool:
    return all(abs(one - other) < FAR for one, other in zip(position, middle, strict=True))


def confidential_elsewhere(guide: Guide) -> Iterator[Problem]:
    """A street that must stay secret stands in another location of the same partner, which would publish it."""
    for partner in guide.partners:
        secret = [place for place in partner.locations if place.confidential]
        streets = {" ".join(place.address.line1.casefold().split()) for place in secret} - {""}
        positions = {place.position for place in secret} - {None}
        for place in partner.locations:
            street = " ".join(place.address.line1.casefold().split())
            if not place.confidential and (street in streets or place.position in positions):
                message = f"the location '{place.key}' has the address of a confidential one"
                hint = "Write  confidential: yes  here as well, or remove the address."
                yield problem(partner, f"locations.{place.key}", message, hint, "confidential")
