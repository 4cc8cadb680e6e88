"""Checks on locations."""

from collections.abc import Iterator

from guidegen.checks.reporting import problem
from guidegen.model import Guide
from guidegen.problems import Problem


def off_the_globe(guide: Guide) -> Iterator[Problem]:
    """Latitude comes first and ends at 90."""
    for partner in guide.partners:
        for place in partner.locations:
            if place.position and abs(place.position[0]) > 90:
                latitude, longitude = place.position
                at = f"locations.{place.key}.position"
                hint = f"The latitude comes first. Did you mean:  [{longitude}, {latitude}]"
                yield problem(partner, at, f"{latitude} is not a latitude", hint, "position")
