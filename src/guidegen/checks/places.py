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
