"""Checks on guide.yml."""

import zoneinfo
from collections.abc import Iterator

from guidegen.checks.reporting import problem
from guidegen.model import Guide
from guidegen.problems import Problem, suggest


def usable(guide: Guide) -> Iterator[Problem]:
    """The time zone exists."""
    zone = guide.settings.time_zone
    known = zoneinfo.available_timezones()
    if zone and known and zone not in known:
        hint = suggest(zone, sorted(known)) if "/" in zone else "Write a name of the tz database:  America/New_York"
        yield problem(guide.settings, "time_zone", f"'{zone}' is not a time zone", hint, "time-zone")
