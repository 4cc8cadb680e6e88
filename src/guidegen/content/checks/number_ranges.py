"""Checks on ranges of numbers: open places, ages."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem


def more_free_than_there_are(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each service with more open places than places."""
    for partner in guide.partners:
        for service in partner.services:
            seats = service.seats
            if seats and seats.open is not None and seats.of is not None and seats.open > seats.of:
                message = f"{seats.open} open places, but only {seats.of} places in all"
                yield problem(partner, f"services.{service.key}.seats.open", message, "Check both numbers.", "seats")


def youngest_after_oldest(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each service whose minimum age is above its maximum age."""
    for partner in guide.partners:
        for service in partner.services:
            youngest, oldest = service.who.ages or (None, None)
            if youngest is not None and oldest is not None and youngest > oldest:
                message = f"the youngest age ({youngest}) is above the oldest ({oldest})"
                yield problem(
                    partner, f"services.{service.key}.who.ages", message, f"Write  ages: [{oldest}, {youngest}]", "ages"
                )
