"""Checks on free places and ages."""

from collections.abc import Iterator

from guidegen.checks.reporting import problem
from guidegen.model import Guide
from guidegen.problems import Problem


def more_free_than_there_are(guide: Guide) -> Iterator[Problem]:
    """Free places and ages run from less to more."""
    for partner in guide.partners:
        for service in partner.services:
            at, seats, ages = f"services.{service.key}", service.seats, service.who.ages
            if seats and seats.open is not None and seats.of is not None and seats.open > seats.of:
                message = f"{seats.open} places are free, of {seats.of}"
                yield problem(partner, f"{at}.seats.open", message, "Check both numbers.", "seats")
            if ages and ages[0] is not None and ages[1] is not None and ages[0] > ages[1]:
                message = f"the youngest age is {ages[0]}, the oldest {ages[1]}"
                yield problem(partner, f"{at}.who.ages", message, f"Write  ages: [{ages[1]}, {ages[0]}]", "ages")
