"""Compute when a service is open, in its local time.

``client/opening-hours.js`` does the same in the browser; ``tests/opening.json`` tests both. Hours that end after midnight belong
to the day on which they begin, so a closure on that day cancels all of them. Hours for a date replace all other hours on that
date, including closures. Both apply only to the locations that they name.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from guidegen.model import reach
from guidegen.model.hours import DAYS, MONTHS, Closure, DateRange, Hours, InWords, Times, YearDay
from guidegen.model.partner import Partner
from guidegen.model.service import Service

_MINUTES_PER_DAY = 24 * 60
_WEEK = timedelta(days=7)


class Opening(NamedTuple):
    """A period of being open, in local time."""

    starts: datetime
    ends: datetime


class Status(NamedTuple):
    """The state of a service: open until ``ends``, or closed until ``starts``.

    ``ends`` is None if the service stays open for a week or longer.
    """

    is_open: bool
    starts: datetime
    ends: datetime | None


def compute_status(hours: tuple[Hours, ...], at: datetime, ahead: int = 100) -> Status | None:
    """Return the status at a moment, or None if the service does not open within ``ahead`` days.

    If several locations are open, return the one that closes last; if none is open, the one that opens first. Hours of different
    locations are never merged, because a visitor is at only one of them.
    """
    statuses = [
        status
        for place_hours in group_by_location(hours).values()
        if (status := _compute_status_at_place(place_hours, at, ahead))
    ]
    if any(status.is_open for status in statuses):
        return max((status for status in statuses if status.is_open), key=lambda status: status.ends or datetime.max)
    return min(statuses, key=lambda status: status.starts, default=None)


def _compute_status_at_place(hours: Sequence[Hours], at: datetime, ahead: int) -> Status | None:
    """Return the status at one location. Hours by appointment do not count, because people cannot just walk in."""
    starts = ends = at
    for number in range(-2, ahead + 1):
        day = at.date() + timedelta(days=number)
        for opening in sorted(_build_opening(entry, day) for entry in select_on_day(day, hours) if not entry.appointment):
            if opening.ends <= at:
                continue
            if opening.starts > ends:
                return Status(True, starts, ends) if ends > at else Status(False, opening.starts, opening.ends)
            if opening.ends > ends:
                starts, ends = min(starts, opening.starts), opening.ends
            if ends - at >= _WEEK:
                return Status(True, starts, None)
    return Status(True, starts, ends) if ends > at else None


def iter_openings(hours: tuple[Hours, ...], first: date, days: int) -> Iterator[Opening]:
    """Yield the openings that begin from the day ``first`` to ``days`` days later, in chronological order.

    If only the start is known, the opening ends when it starts.
    """
    hours_of_places = group_by_location(hours).values()
    for number in range(days + 1):
        day = first + timedelta(days=number)
        yield from sorted(
            {_build_opening(entry, day) for place_hours in hours_of_places for entry in select_on_day(day, place_hours)}
        )


def group_by_location(hours: Iterable[Hours]) -> dict[str, list[Hours]]:
    """Return the hours at each location key, including those for all locations.

    If no entry names a location, all hours are under the key ``""``.
    """
    places = sorted({place for entry in hours for place in entry.at or ("",)})
    return {place: [entry for entry in hours if not entry.at or place in entry.at] for place in places}


def _build_opening(entry: Times, day: date) -> Opening:
    midnight = datetime.combine(day, time.min)
    return Opening(midnight + timedelta(minutes=entry.open), midnight + timedelta(minutes=get_closing_minute(entry)))


def select_on_day(day: date, hours: Iterable[Hours]) -> list[Times]:
    """Return the hours of one location that apply on a day."""
    hours = tuple(hours)
    times = [entry for entry in hours if isinstance(entry, Times)]
    date_hours = [entry for entry in times if has_fixed_dates(entry) and is_in_effect(entry, day)]
    if date_hours:
        return date_hours
    if any(isinstance(entry, Closure) and is_closed(entry, day) for entry in hours):
        return []
    return [entry for entry in times if is_in_effect(entry, day)]


def has_fixed_dates(entry: Times) -> bool:
    """Return whether hours are for certain dates or for a single day of every year, so that they replace all other hours."""
    return bool(entry.dates) or (entry.from_ is not None and entry.from_ == entry.until)


def is_closed(entry: Closure, day: date) -> bool:
    """Return whether a closure includes a day."""
    return is_within(entry.closed, day) or any(day in holiday.days for holiday in entry.holidays)


def expand_closure(entry: Closure) -> Iterator[date]:
    """Yield the days of a closure."""
    yield from _expand_ranges(entry.closed)
    for holiday in entry.holidays:
        yield from holiday.days


def expand_dates(entry: Times, years: Iterable[int]) -> Iterator[date]:
    """Yield the dates of hours for which ``has_fixed_dates`` is true. A day of every year is expanded for each of ``years``."""
    if isinstance(entry.from_, date):
        yield entry.from_
    elif entry.from_:
        month, day = entry.from_.month, entry.from_.day
        yield from (date(year, month, day) for year in years if (month, day) != (2, 29) or isleap(year))
    yield from _expand_ranges(entry.dates)


def _expand_ranges(ranges: Iterable[DateRange]) -> Iterator[date]:
    for first, last in ranges:
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def is_within(ranges: Iterable[DateRange], day: date) -> bool:
    """Return whether any of the ranges contains a day."""
    return any(first <= day <= last for first, last in ranges)


def is_in_effect(entry: Times, day: date) -> bool:
    """Return whether an entry has an opening that begins on a day."""
    if entry.dates:
        return is_within(entry.dates, day)
    if not _is_in_season(entry, day) or (entry.months and MONTHS[day.month - 1] not in entry.months):
        return False
    if entry.every > 1 and isinstance(entry.from_, date):
        weeks = (_find_monday(day) - _find_monday(entry.from_)).days // 7
        if weeks % entry.every:
            return False
    if entry.day_of_month:
        return day.day in entry.day_of_month or (-1 in entry.day_of_month and (day + timedelta(days=1)).month != day.month)
    weekday = DAYS[day.weekday()]
    if entry.days:
        return weekday in entry.days
    is_last_in_month = (day + _WEEK).month != day.month
    week_of_month = (day.day + 6) // 7
    return (week_of_month, weekday) in entry.monthly or (is_last_in_month and (-1, weekday) in entry.monthly)


def _is_in_season(entry: Times, day: date) -> bool:
    """Return whether a day is between the first and the last day of an entry. A season may include the turn of the year."""
    first, last = entry.from_, entry.until
    if isinstance(first, YearDay) and isinstance(last, YearDay):
        start, stop, month_day = (first.month, first.day), (last.month, last.day), (day.month, day.day)
        return start <= month_day <= stop if start <= stop else month_day >= start or month_day <= stop
    return not ((isinstance(first, date) and day < first) or (isinstance(last, date) and day > last))


def _find_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def get_closing_minute(entry: Times) -> int:
    """Return the closing time in minutes since midnight of the opening day.

    A closing time at or before the opening time is on the next day.
    """
    if entry.close is None:
        return entry.open
    return entry.close if entry.close > entry.open else entry.close + _MINUTES_PER_DAY


def find_last_day(entry: Times) -> date:
    """Return the last day on which an entry applies, or ``date.max`` if it has no end."""
    if entry.dates:
        return max(last for _, last in entry.dates)
    return entry.until if isinstance(entry.until, date) else date.max


def has_ended(entry: Times, today: date) -> bool:
    """Return whether an entry applies to no day from today on."""
    return find_last_day(entry) < today


def select_events(hours: tuple[Hours, ...], are_classes: bool) -> list[Times]:
    """Return the hours that are classes or events, which readers can add to a calendar.

    For classes, these are the hours with a first day or with dates. For other services, these are the hours if all of them have
    dates: next to regular hours, dates are exceptions and not events.
    """
    times = [entry for entry in hours if isinstance(entry, Times)]
    if are_classes:
        return [entry for entry in times if isinstance(entry.from_, date) or entry.dates]
    return times if all(entry.dates for entry in times) else []


def find_events(partner: Partner, service: Service, classes: Sequence[str]) -> list[Times]:
    """Return the hours of a service that readers can add to a calendar.

    ``classes`` are the ids of the service types whose services are classes.
    """
    if service.status != "active":
        return []
    return select_events(reach.find_reach(partner, service).hours, bool(set(service.types[:1]) & set(classes)))


def has_events(partner: Partner, classes: Sequence[str]) -> bool:
    """Return whether a partner has any hours that readers can add to a calendar."""
    return partner.status == "active" and any(find_events(partner, service, classes) for service in partner.offered)


def format_rule(entry: Hours) -> str:
    """Return an entry in the format that ``client/opening-hours.js`` parses: days, minutes, conditions and locations.

    For example, ``mo,1sa 1080-1230 2026-09-08/2027-06-05 @main``. Days of the month are written ``d15``, or ``d-1`` for the last;
    dates are in ISO 8601. Optional conditions follow the minutes in this order: the first and last day, or the season
    (``11-01/03-31``), ``w2`` for every other week, ``m11,12`` for months, ``by`` for appointments. A closure is ``x`` and its
    days. Hours in words have no rule, so the result is empty.
    """
    place = f" @{','.join(entry.at)}" if entry.at else ""
    if isinstance(entry, InWords):
        return ""
    if isinstance(entry, Closure):
        ranges = [*entry.closed, *((day, day) for holiday in entry.holidays for day in holiday.days)]
        return "x " + ",".join(map(_format_range, ranges)) + place
    conditions = "".join(f" {condition}" for condition in _format_conditions(entry))
    return f"{','.join(_format_days(entry))} {entry.open}-{get_closing_minute(entry)}{conditions}{place}"


def _format_days(entry: Times) -> Iterator[str]:
    yield from entry.days
    yield from (f"{number}{day}" for number, day in entry.monthly)
    yield from (f"d{number}" for number in entry.day_of_month)
    yield from map(_format_range, entry.dates)


def _format_conditions(entry: Times) -> Iterator[str]:
    if entry.from_ or entry.until:
        yield f"{_format_day(entry.from_)}/{_format_day(entry.until)}"
    if entry.every > 1:
        yield f"w{entry.every}"
    if entry.months:
        yield "m" + ",".join(str(MONTHS.index(month) + 1) for month in entry.months)
    if entry.appointment:
        yield "by"


def _format_range(days: DateRange) -> str:
    first, last = days
    return f"{first}" if first == last else f"{first}..{last}"


def _format_day(day: date | YearDay | None) -> str:
    return f"{day.month:02}-{day.day:02}" if isinstance(day, YearDay) else f"{day or ''}"
