"""Classes and events as calendar files (iCalendar, RFC 5545), with the rules of their time zone.

Opening hours are no appointment of anybody, so they are not in them: see ``opening.events``.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guidegen.model import reach, urls
from guidegen.model.guide import Guide
from guidegen.model.hours import DAYS, MONTHS, Closure, Hours, Times
from guidegen.model.location import Location
from guidegen.model.opening_hours import (
    Opening,
    by_place,
    closed_days,
    days_of_a_date,
    events_of,
    has_events,
    is_of_a_date,
    last_day,
    on_day,
    openings,
)
from guidegen.model.page import File, Page
from guidegen.model.partner import Partner
from guidegen.model.postal_addresses import address_line
from guidegen.model.service import Service
from guidegen.site.exports.content_lines import content, escaped
from guidegen.text.language import Language

_YEAR = 366
_YEARS_AHEAD = 5
"""Years of an event without an end for which exceptions and the changes of clocks are worked out."""
_LONGEST_WAIT = 9 * _YEAR
"""Days within which an event comes for the first time: the leap day is left out in 2100."""
_EVERY_KIND_OF_YEAR = 28
"""Years after which each date has been each day of the week."""


class Event(NamedTuple):
    """Hours of a service that can be put in a calendar, the places of one time zone where they are, and all hours of each."""

    service: Service
    key: str
    times: Times
    places: tuple[Location, ...]
    hours: tuple[list[Hours], ...]
    zone: ZoneInfo


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """The services with classes or events, and where they are."""
    settings = guide.settings
    partners = tuple(
        (one.slug, one.was, one.name, one.phones, one.hours, one.locations, one.services) for one in with_events(guide)
    )
    return (
        settings.address,
        settings.time_zone,
        settings.region,
        guide.class_types,
        tuple((one.tag, one.say("By appointment")) for one in languages[:1]),
        partners,
    )


def with_events(guide: Guide) -> Iterator[Partner]:
    """Yield the partners that have a calendar."""
    classes = guide.class_types
    for partner in guide.listed:
        if guide.settings.time_zone and has_events(partner, classes):
            yield partner


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """``data/calendars/<slug>.ics``, in the language of the source; the same under old names, to which people subscribed."""
    for partner in with_events(guide):
        page = urls.absolute_url(guide.settings.address, urls.partner(languages[0].tag, partner.slug))
        found = list(_events(partner, guide))
        if found:
            calendar = content(_calendar(partner, found, page, guide.settings.region, languages[0]))
            yield from (File(urls.calendar(slug), calendar) for slug in (partner.slug, *partner.was))


def _events(partner: Partner, guide: Guide) -> Iterator[Event]:
    """Yield the events of a partner; none on a computer without time zones."""
    for service in partner.offered:
        found = reach.reach_of(partner, service)
        hours = by_place(found.hours)
        for number, entry in enumerate(events_of(partner, service, guide.class_types)):
            places = [place for place in partner.locations if place.key in entry.at] if entry.at else found.locations
            zones: dict[str, list[Location]] = {}
            for place in places:
                zones.setdefault(service.time_zone or place.time_zone or guide.settings.time_zone, []).append(place)
            for zone, some in (zones or {service.time_zone or guide.settings.time_zone: []}).items():
                elsewhere = {place.key for place in places if place not in some}
                around = tuple(there for at, there in hours.items() if entry in there and at not in elsewhere)
                key = f"{service.key}-{number}" + (f"-{some[0].key}" if len(zones) > 1 else "")
                try:
                    yield Event(service, key, entry, tuple(some), around, ZoneInfo(zone))
                except (ZoneInfoNotFoundError, ValueError):
                    return


def _calendar(partner: Partner, found: Sequence[Event], page: str, country: str, language: Language) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guidegen//guide//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    for zone in sorted({event.zone.key for event in found}):
        firsts = [_first_day(event.times) for event in found if event.zone.key == zone]
        lasts = [_last_day(event.times) for event in found if event.zone.key == zone]
        yield from _zone(ZoneInfo(zone), min(firsts), max(lasts))
    for event in found:
        yield from _event(partner, event, page, country, language)
    yield "END:VCALENDAR"


def _first_day(entry: Times) -> date:
    days = [first for first, _ in entry.dates] or [day for day in (entry.from_, entry.until) if isinstance(day, date)]
    return min(days)


def _last_day(entry: Times) -> date:
    last = last_day(entry)
    return last if last < date.max else _first_day(entry) + timedelta(days=_YEARS_AHEAD * _YEAR)


def _event(partner: Partner, event: Event, page: str, country: str, language: Language) -> Iterator[str]:
    """Yield an event: one that repeats by a rule, or one for each of its dates."""
    entry, start = event.times, _first_day(event.times)
    if not entry.dates:
        for first in islice(openings((entry,), start, min(_LONGEST_WAIT, (_last_day(entry) - start).days)), 1):
            yield from _entry(partner, event, first, event.key, page, country, language)
        return
    for one in openings((entry,), start, (_last_day(entry) - start).days):
        yield from _entry(partner, event, one, f"{event.key}-{one.starts:%Y%m%d}", page, country, language)


def _entry(
    partner: Partner, event: Event, first: Opening, key: str, page: str, country: str, language: Language
) -> Iterator[str]:
    entry, tz = event.times, f";TZID={event.zone.key}"
    yield "BEGIN:VEVENT"
    yield f"UID:{partner.first_slug}-{key}@{urls.host(page)}"
    yield f"DTSTAMP:{_first_day(entry):%Y%m%d}T000000Z"
    yield f"DTSTART{tz}:{_local(first.starts)}"
    if entry.close is not None:
        yield f"DTEND{tz}:{_local(first.ends)}"
    if not entry.dates:
        yield f"RRULE:{_rule(entry, event.zone)}"
        for missed in _missed(event):
            yield f"EXDATE{tz}:{_local(missed.starts)}"
    yield f"SUMMARY:{escaped(f'{event.service.name.source} · {partner.name}')}"
    notes = [note for note in (entry.note.source, language.say("By appointment") if entry.appointment else "") if note]
    if notes:
        yield f"DESCRIPTION:{escaped('. '.join(notes))}"
    places = dict.fromkeys(address_line(place.address, country) for place in event.places)
    if places and all(places):
        yield f"LOCATION:{escaped('; '.join(places))}"
    yield f"URL:{page}"
    yield "END:VEVENT"


def _rule(entry: Times, zone: ZoneInfo) -> str:
    """Return how an event repeats. The end is a moment in UTC, as the standard wants where the beginning has a time zone."""
    if entry.days:
        rule = f"FREQ=WEEKLY;BYDAY={','.join(day.upper() for day in entry.days)}"
        rule += f";INTERVAL={entry.every};WKST=MO" if entry.every > 1 else ""
    elif entry.day_of_month:
        rule = f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, entry.day_of_month))}"
    else:
        rule = f"FREQ=MONTHLY;BYDAY={','.join(f'{number}{day.upper()}' for number, day in entry.monthly)}"
    if entry.months:
        rule += f";BYMONTH={','.join(str(MONTHS.index(month) + 1) for month in entry.months)}"
    if isinstance(entry.until, date):
        end = datetime.combine(entry.until, time(23, 59, 59), zone).astimezone(UTC)
        rule += f";UNTIL={end:%Y%m%dT%H%M%SZ}"
    return rule


def _missed(event: Event) -> Iterator[Opening]:
    """Yield what falls out on days that are closed, or that have other hours, at all places of the event."""
    for day in sorted({day for some in event.hours for day in _exceptions(event.times, some)}):
        if not any(event.times in on_day(day, some) for some in event.hours):
            yield from islice(openings((event.times,), day, 0), 1)


def _exceptions(times: Times, hours: Sequence[Hours]) -> Iterator[date]:
    """Yield the days on which the usual hours may not hold."""
    years = range(_first_day(times).year, _last_day(times).year + 1)
    for entry in hours:
        if isinstance(entry, Closure):
            yield from closed_days(entry)
        elif isinstance(entry, Times) and is_of_a_date(entry) and entry != times:
            yield from days_of_a_date(entry, years)


class _Change(NamedTuple):
    """A change of the clock: its local day and time by the clock of before, and the offsets from UTC before and after."""

    at: datetime
    was: timedelta
    now: timedelta

    @property
    def is_summer(self) -> bool:
        """Return whether clocks go forward. The zone's own word is no help: Ireland calls its winter the special time."""
        return self.now > self.was


def _zone(zone: ZoneInfo, first: date, last: date) -> Iterator[str]:
    """Yield the changes of the clock of a zone from before the first event until after the last.

    Changes that follow a yearly rule are written as that rule, the only form that Outlook reads; the package icalendar 7.3 lists
    dates instead. Else what the clock shows before the first change is written as well.
    """
    begin, end = first.year - 1, last.year + 2
    changes = _changes(zone, begin, max(end, begin + _EVERY_KIND_OF_YEAR))
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    groups = [[one for one in changes if one.is_summer == is_summer] for is_summer in (False, True)]
    rules = [_yearly(group, begin) for group in groups]
    if not all(rules):
        offset = _offset(zone, datetime(begin, 1, 1, tzinfo=UTC))
        yield from _observance(_Change(datetime(1970, 1, 1), offset, offset), "")
    for group, rule in zip(groups, rules, strict=True):
        for change in group[:1] if rule else group:
            if change.at.year < end:
                yield from _observance(change, rule)
    yield "END:VTIMEZONE"


@cache
def _changes(zone: ZoneInfo, begin: int, end: int) -> tuple[_Change, ...]:
    """Return the changes of the clock from the beginning of a year until that of another."""
    found = []
    moment = datetime(begin, 1, 1, tzinfo=UTC)
    while moment.year < end:
        after = moment + timedelta(days=7)
        was, now = _offset(zone, moment), _offset(zone, after)
        if was != now:
            found.append(_Change((_change(zone, moment, after) + was).replace(tzinfo=None), was, now))
        moment = after
    return tuple(found)


def _yearly(changes: Sequence[_Change], begin: int) -> str:
    """Return the rule by which a change comes every year, by the week of the month; empty where there is none."""
    years = [one.at.year for one in changes]
    same = {(one.at.month, one.at.weekday(), one.at.time(), one.was, one.now) for one in changes}
    if len(same) != 1 or len(years) < _EVERY_KIND_OF_YEAR or years != list(range(begin, begin + len(years))):
        return ""
    weeks = {(one.at.day + 6) // 7 for one in changes}
    are_last = all((one.at + timedelta(days=7)).month != one.at.month for one in changes)
    if len(weeks) > 1 and not are_last:
        return ""
    number = -1 if are_last else next(iter(weeks))
    return f"FREQ=YEARLY;BYMONTH={changes[0].at.month};BYDAY={number}{DAYS[changes[0].at.weekday()].upper()}"


def _observance(change: _Change, rule: str) -> Iterator[str]:
    """Yield what the clock shows from a change on; its beginning is written by the clock of before."""
    kind = "DAYLIGHT" if change.is_summer else "STANDARD"
    yield from (f"BEGIN:{kind}", f"DTSTART:{_local(change.at)}")
    if rule:
        yield f"RRULE:{rule}"
    yield from (f"TZOFFSETFROM:{_shift(change.was)}", f"TZOFFSETTO:{_shift(change.now)}", f"END:{kind}")


def _change(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """Return the moment between two at which the clock changes, to the second."""
    while end - start > timedelta(seconds=1):
        middle = (start + (end - start) / 2).replace(microsecond=0)
        start, end = (middle, end) if _offset(zone, middle) == _offset(zone, start) else (start, middle)
    return end


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _shift(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _local(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"
