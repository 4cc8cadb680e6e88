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
    if zone and not _is_zone(zone) and (known := zoneinfo.available_timezones()):
        hint = suggest(zone, sorted(known)) if "/" in zone else "Write a name of the tz database:  America/New_York"
        yield problem(guide.settings, "time_zone", f"'{zone}' is not a time zone", hint, "time-zone")


def _is_zone(name: str) -> bool:
    try:
        return bool(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
