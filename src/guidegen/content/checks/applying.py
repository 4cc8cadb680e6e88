"""Checks on how people apply."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem


def walk_in_by_appointment(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each service that accepts walk-ins but requires an appointment: readers who see both stay home."""
    for partner in guide.partners:
        for service in partner.services:
            if service.apply.walk_in and service.appointment == "required":
                message = "the profile says both 'walk_in: yes' and 'appointment: required'"
                hint = "Write  appointment: none  or  optional, or  walk_in: no"
                yield problem(partner, f"services.{service.key}.apply.walk_in", message, hint, "walk-in")
