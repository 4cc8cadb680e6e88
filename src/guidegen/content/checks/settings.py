"""Checks on guide.yml."""

import zoneinfo
from collections.abc import Iterator

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, suggest
from guidegen.model.urls import find_address_error


def usable(guide: Guide) -> Iterator[Problem]:
    """Yield a problem if the address is not a folder or the time zone does not exist."""
    address = guide.settings.address
    if fault := find_address_error(address):
        hint = "Write the web address of the folder where the guide is published, such as  https://example.org/guide/"
        message = f"'{address[:80]}' cannot be the address of the guide: {fault}"
        yield problem(guide.settings, "address", message, hint, "address")
    zone = guide.settings.time_zone
    if zone and not _is_zone(zone) and (zones := zoneinfo.available_timezones()):
        hint = suggest(zone, sorted(zones)) if "/" in zone else "Write a name of the tz database:  America/New_York"
        yield problem(guide.settings, "time_zone", f"'{zone}' is not a time zone", hint, "time-zone")


def _is_zone(name: str) -> bool:
    try:
        return bool(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
