"""When a service is open: now and until when, or when next, by the clock on the wall where it is.

``client/opening.js`` is its twin, which readers have in their pages; ``tests/opening.json`` holds both. What begins on one
day and ends on the next belongs to the day on which it begins: a closure on that day takes all of it. Hours of a single date
replace all other hours of that date, closures too. Both hold for the places that they name.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from guidegen.model import reach
from guidegen.model.hours import DAYS, MONTHS, Closure, DateRange, Hours, InWords, Times, YearDay
from guidegen.model.partner import Partner
from guidegen.model.service import Service

_DAY = 24 * 60
_WEEK = timedelta(days=7)


class Opening(NamedTuple):
    """A stretch of being open, in wall time."""

    starts: datetime
    ends: datetime


class Status(NamedTuple):
    """Open now, until ``ends`` (None: for a week and longer), or open next at ``starts``."""

    is_open: bool
    starts: datetime
    ends: datetime | None


def opening_status(hours: tuple[Hours, ...], at: datetime, ahead: int = 100) -> Status | None:
    """Return the status at a moment; None when nothing begins within ``ahead`` days.

    Of several places it is the one that is open longest, or else the one that opens first. Hours of two places are never joined,
    because a visitor is at one of them.
    """
    found = [one for some in by_place(hours).values() if (one := _status_of_place(some, at, ahead))]
    if any(one.is_open for one in found):
        return max((one for one in found if one.is_open), key=lambda one: one.ends or datetime.max)
    return min(found, key=lambda one: one.starts, default=None)


def _status_of_place(hours: Sequence[Hours], at: datetime, ahead: int) -> Status | None:
    """Return the status of one place. Hours by appointment do not count, because people cannot just come."""
    first = ends = at
    for number in range(-2, ahead + 1):
        day = at.date() + timedelta(days=number)
        for one in sorted(_opening(entry, day) for entry in on_day(day, hours) if not entry.appointment):
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
    """Yield every opening that begins on one of ``days`` days and the one after, in their order.

    One of which only the start is known ends when it starts.
    """
    places = by_place(hours).values()
    for number in range(days + 1):
        day = first + timedelta(days=number)
        yield from sorted({_opening(entry, day) for some in places for entry in on_day(day, some)})


def by_place(hours: Iterable[Hours]) -> dict[str, list[Hours]]:
    """Return the hours of each place that they name, with those that hold for every place; without places all at ``""``."""
    places = sorted({place for entry in hours for place in entry.at or ("",)})
    return {place: [entry for entry in hours if not entry.at or place in entry.at] for place in places}


def _opening(entry: Times, day: date) -> Opening:
    midnight = datetime.combine(day, time.min)
    return Opening(midnight + timedelta(minutes=entry.open), midnight + timedelta(minutes=end(entry)))


def on_day(day: date, hours: Iterable[Hours]) -> list[Times]:
    """Return the hours of one place that hold on a day."""
    hours = tuple(hours)
    dated = [entry for entry in hours if isinstance(entry, Times)]
    of_the_date = [entry for entry in dated if is_of_a_date(entry) and is_in_effect(entry, day)]
    if of_the_date:
        return of_the_date
    if any(isinstance(entry, Closure) and is_closed(entry, day) for entry in hours):
        return []
    return [entry for entry in dated if is_in_effect(entry, day)]


def is_of_a_date(entry: Times) -> bool:
    """Return whether hours are those of certain dates, or of one day of every year, so that they replace all others."""
    return bool(entry.dates) or (entry.from_ is not None and entry.from_ == entry.until)


def is_closed(entry: Closure, day: date) -> bool:
    """Return whether a closure holds on a day."""
    return within(entry.closed, day) or any(day in holiday.days for holiday in entry.holidays)


def closed_days(entry: Closure) -> Iterator[date]:
    """Yield the days on which a closure holds."""
    yield from _each(entry.closed)
    for holiday in entry.holidays:
        yield from holiday.days


def days_of_a_date(entry: Times, years: Iterable[int]) -> Iterator[date]:
    """Yield the days of hours of certain dates; of one day of every year that of each of ``years``."""
    if isinstance(entry.from_, date):
        yield entry.from_
    elif entry.from_:
        month, day = entry.from_.month, entry.from_.day
        yield from (date(year, month, day) for year in years if (month, day) != (2, 29) or isleap(year))
    yield from _each(entry.dates)


def _each(ranges: Iterable[DateRange]) -> Iterator[date]:
    for first, last in ranges:
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def within(ranges: Iterable[DateRange], day: date) -> bool:
    """Return whether one of the ranges has a day."""
    return any(first <= day <= last for first, last in ranges)


def is_in_effect(entry: Times, day: date) -> bool:
    """Return whether an entry begins on a day."""
    if entry.dates:
        return within(entry.dates, day)
    if not _in_season(entry, day) or (entry.months and MONTHS[day.month - 1] not in entry.months):
        return False
    if entry.every > 1 and isinstance(entry.from_, date) and (_monday(day) - _monday(entry.from_)).days // 7 % entry.every:
        return False
    if entry.day_of_month:
        return day.day in entry.day_of_month or (-1 in entry.day_of_month and (day + timedelta(days=1)).month != day.month)
    name = DAYS[day.weekday()]
    if entry.days:
        return name in entry.days
    is_last = (day + _WEEK).month != day.month
    number = (day.day + 6) // 7
    return (number, name) in entry.monthly or (is_last and (-1, name) in entry.monthly)


def _in_season(entry: Times, day: date) -> bool:
    """Return whether a day is between the first and the last on which an entry holds; a season may pass the end of the year."""
    first, last = entry.from_, entry.until
    if isinstance(first, YearDay) and isinstance(last, YearDay):
        start, end, here = (first.month, first.day), (last.month, last.day), (day.month, day.day)
        return start <= here <= end if start <= end else here >= start or here <= end
    return not ((isinstance(first, date) and day < first) or (isinstance(last, date) and day > last))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def end(entry: Times) -> int:
    """Return the end in minutes since the midnight on which it begins; what closes before it opens closes on the next day."""
    if entry.close is None:
        return entry.open
    return entry.close if entry.close > entry.open else entry.close + _DAY


def last_day(entry: Times) -> date:
    """Return the last day on which an entry holds; ``date.max`` where it has none."""
    if entry.dates:
        return max(last for _, last in entry.dates)
    return entry.until if isinstance(entry.until, date) else date.max


def has_ended(entry: Times, today: date) -> bool:
    """Return whether an entry holds on no day from today on."""
    return last_day(entry) < today


def events(hours: tuple[Hours, ...], are_classes: bool) -> list[Times]:
    """Return the hours that are a class or an event, which one can put in a calendar.

    Of classes these are the hours with a first day. Of anything else they are certain dates, where there are no other hours:
    beside others such dates are exceptions, and no event.
    """
    times = [entry for entry in hours if isinstance(entry, Times)]
    if are_classes:
        return [entry for entry in times if isinstance(entry.from_, date) or entry.dates]
    return times if all(entry.dates for entry in times) else []


def events_of(partner: Partner, service: Service, classes: Sequence[str]) -> list[Times]:
    """Return the hours of a service that one can put in a calendar; ``classes`` are the types whose services are classes."""
    if service.status != "active":
        return []
    return events(reach.reach_of(partner, service).hours, bool(set(service.types[:1]) & set(classes)))


def has_events(partner: Partner, classes: Sequence[str]) -> bool:
    """Return whether something of a partner can be put in a calendar."""
    return partner.status == "active" and any(events_of(partner, service, classes) for service in partner.offered)


def opening_rule(entry: Hours) -> str:
    """Return an entry for scripts, as in ``mo,1sa 1080-1230 2026-09-08/2027-06-05 @main``: days, minutes, conditions.

    Days of the month are ``d15`` (the last ``d-1``), dates are written as such. Then come, each only where it is given, the first
    and the last day or the season (``11-01/03-31``), ``w2`` for every other week, ``m11,12`` for months, ``by`` for appointments,
    and the place. A closure is ``x`` and its days. Hours in words have no rule.
    """
    place = f" @{','.join(entry.at)}" if entry.at else ""
    if isinstance(entry, InWords):
        return ""
    if isinstance(entry, Closure):
        days = [*entry.closed, *((day, day) for holiday in entry.holidays for day in holiday.days)]
        return "x " + ",".join(map(_range, days)) + place
    return f"{','.join(_days(entry))} {entry.open}-{end(entry)}{''.join(f' {part}' for part in _limits(entry))}{place}"


def _days(entry: Times) -> Iterator[str]:
    yield from entry.days
    yield from (f"{number}{day}" for number, day in entry.monthly)
    yield from (f"d{number}" for number in entry.day_of_month)
    yield from map(_range, entry.dates)


def _limits(entry: Times) -> Iterator[str]:
    if entry.from_ or entry.until:
        yield f"{_iso(entry.from_)}/{_iso(entry.until)}"
    if entry.every > 1:
        yield f"w{entry.every}"
    if entry.months:
        yield "m" + ",".join(str(MONTHS.index(month) + 1) for month in entry.months)
    if entry.appointment:
        yield "by"


def _range(days: DateRange) -> str:
    first, last = days
    return f"{first}" if first == last else f"{first}..{last}"


def _iso(day: date | YearDay | None) -> str:
    return f"{day.month:02}-{day.day:02}" if isinstance(day, YearDay) else f"{day or ''}"
