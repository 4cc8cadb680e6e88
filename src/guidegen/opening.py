"""When a service is open: now and until when, or when next, by the clock on the wall of the guide's time zone.

``client/opening.js`` is its twin, which readers have in their pages; ``tests/opening.json`` holds both. What begins on one
day and ends on the next belongs to the day on which it begins: a closure on that day takes all of it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from guidegen.model import DAYS, Closure, Hours, Monthly, Partner, Service, Weekly

_DAY = 24 * 60
_WEEK = timedelta(days=7)
Dated = Weekly | Monthly


class Opening(NamedTuple):
    """A stretch of being open, in wall time."""

    starts: datetime
    ends: datetime


class Status(NamedTuple):
    """Open now, until ``ends`` (None: for a week and longer), or open next at ``starts``."""

    is_open: bool
    starts: datetime
    ends: datetime | None


def status(hours: tuple[Hours, ...], at: datetime, ahead: int = 100) -> Status | None:
    """How it stands at a moment; None when nothing begins within ``ahead`` days."""
    ends = at
    first = at
    for one in openings(hours, at.date() - timedelta(days=2), ahead + 2):
        if one.ends <= at:
            continue
        if one.starts > ends:
            return Status(ends > at, first if ends > at else one.starts, ends if ends > at else one.ends)
        if one.ends > ends:
            first, ends = min(first, one.starts), one.ends
        if ends - at >= _WEEK:
            return Status(True, first, None)
    return Status(True, first, ends) if ends > at else None


def openings(hours: tuple[Hours, ...], first: date, days: int) -> Iterator[Opening]:
    """Every opening that begins on one of ``days`` days, in their order."""
    closed = {day for entry in hours if isinstance(entry, Closure) for day in entry.closed}
    for number in range(days + 1):
        day = first + timedelta(days=number)
        if day not in closed:
            yield from sorted(_on(day, hours))


def _on(day: date, hours: tuple[Hours, ...]) -> Iterator[Opening]:
    midnight = datetime.combine(day, time.min)
    for entry in hours:
        if not isinstance(entry, Closure) and _holds(entry, day):
            yield Opening(midnight + timedelta(minutes=entry.open), midnight + timedelta(minutes=_close(entry)))


def _holds(entry: Dated, day: date) -> bool:
    """Whether an entry begins on a day."""
    if (entry.from_ and day < entry.from_) or (entry.until and day > entry.until):
        return False
    name = DAYS[day.weekday()]
    if isinstance(entry, Weekly):
        return name in entry.days
    is_last = (day + _WEEK).month != day.month
    number = (day.day + 6) // 7
    return (number, name) in entry.monthly or (is_last and (-1, name) in entry.monthly)


def _close(entry: Dated) -> int:
    """The end in minutes since the midnight on which it begins; what closes before it opens closes on the next day."""
    return entry.close if entry.close > entry.open else entry.close + _DAY


def dated(service: Service) -> list[Dated]:
    """The hours that begin on a day: those of a class."""
    return [entry for entry in service.hours if not isinstance(entry, Closure) and entry.from_]


def has_classes(partner: Partner) -> bool:
    """Whether something of it can be put in a calendar."""
    return partner.status == "active" and any(dated(service) for service in partner.services)


def rule(entry: Hours) -> str:
    """The entry for scripts: days, minutes, dates, as in ``mo,1sa 1080-1230 2026-09-08/2027-06-05``; or ``x`` and closed days."""
    if isinstance(entry, Closure):
        return "x " + ",".join(day.isoformat() for day in entry.closed)
    days = entry.days if isinstance(entry, Weekly) else tuple(f"{number}{day}" for number, day in entry.monthly)
    dates = f" {entry.from_ or ''}/{entry.until or ''}" if entry.from_ or entry.until else ""
    return f"{','.join(days)} {entry.open}-{_close(entry)}{dates}"
