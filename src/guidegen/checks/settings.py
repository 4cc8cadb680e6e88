"""Checks on guide.yml."""

import zoneinfo
from collections.abc import Iterator

from guidegen.checks.reporting import problem
from guidegen.model import Guide
from guidegen.problems import Problem, suggest


def usable(guide: Guide) -> Iterator[Problem]:
    """The address is a folder, and the time zone exists."""
    address = guide.settings.address
    if "?" in address or "#" in address or address.endswith((".html", ".htm")):
        hint = "Write the folder in which the guide is published, such as  https://example.org/guide/"
        yield problem(guide.settings, "address", f"'{address}' is not the address of a folder", hint, "address")
    zone = guide.settings.time_zone
    known = zoneinfo.available_timezones()
    if zone and known and zone not in known:
        hint = suggest(zone, sorted(known)) if "/" in zone else "Write a name of the tz database:  America/New_York"
        yield problem(guide.settings, "time_zone", f"'{zone}' is not a time zone", hint, "time-zone")
