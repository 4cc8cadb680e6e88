"""Classes and events as calendar files (iCalendar, RFC 5545), with the rules of their time zone.

Opening hours are no appointment of anybody, so they are not in them: see ``opening.events``.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guidegen import reach, urls
from guidegen.addresses import address_line
from guidegen.exports.contentlines import content, escaped
from guidegen.languages import Language
from guidegen.model import DAYS, MONTHS, Closure, Guide, Hours, Location, Partner, Service, Times
from guidegen.opening import Opening, events_of, has_events, is_of_a_date, on_day, openings
from guidegen.outputs import File, Page

_YEAR = 366
_YEARS_AHEAD = 5
"""Years of an event without an end for which exceptions are worked out."""


class Event(NamedTuple):
    """Hours of a service that can be put in a calendar, where they are, and all hours of that place."""

    service: Service
    key: str
    times: Times
    places: tuple[Location, ...]
    hours: tuple[Hours, ...]
    zone: ZoneInfo


def reads(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
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
        tuple(one.tag for one in languages[:1]),
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
        page = urls.absolute(guide.settings.address, urls.partner(languages[0].tag, partner.slug))
        found = list(_events(partner, guide))
        if found:
            calendar = content(_calendar(partner, found, page, guide.settings.region))
            yield from (File(urls.calendar(slug), calendar) for slug in (partner.slug, *partner.was))


def _events(partner: Partner, guide: Guide) -> Iterator[Event]:
    """Yield the events of a partner; none on a computer without time zones."""
    classes = guide.class_types
    for service in partner.offered:
        found = reach.of(partner, service)
        zone = found.time_zone or guide.settings.time_zone
        for number, entry in enumerate(events_of(partner, service, classes) if found.time_zone is not None else ()):
            places = tuple(place for place in found.locations if not entry.at or place.key in entry.at)
            around = tuple(one for one in found.hours if not one.at or not entry.at or set(one.at) & set(entry.at))
            try:
                yield Event(service, f"{service.key}-{number}", entry, places, around, ZoneInfo(zone))
            except (ZoneInfoNotFoundError, ValueError):
                return


def _calendar(partner: Partner, found: Sequence[Event], page: str, country: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guidegen//guide//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    for zone in sorted({event.zone.key for event in found}):
        firsts = [_first_day(event.times) for event in found if event.zone.key == zone]
        lasts = [_last_day(event.times) for event in found if event.zone.key == zone]
        yield from _zone(ZoneInfo(zone), min(firsts), max(lasts))
    for event in found:
        yield from _event(partner, event, page, country)
    yield "END:VCALENDAR"


def _first_day(entry: Times) -> date:
    days = [first for first, _ in entry.dates] or [day for day in (entry.from_, entry.until) if isinstance(day, date)]
    return min(days)


def _last_day(entry: Times) -> date:
    if entry.dates:
        return max(last for _, last in entry.dates)
    return entry.until if isinstance(entry.until, date) else _first_day(entry) + timedelta(days=_YEARS_AHEAD * _YEAR)


def _event(partner: Partner, event: Event, page: str, country: str) -> Iterator[str]:
    """Yield an event: one that repeats by a rule, or one for each of its dates."""
    entry = event.times
    starts = [
        Opening(*one)
        for one in openings((entry,), _first_day(entry), (_last_day(entry) - _first_day(entry)).days if entry.dates else _YEAR)
    ]
    if not entry.dates:
        starts = starts[:1]
    for number, first in enumerate(starts):
        key = f"{event.key}-{number}" if entry.dates else event.key
        yield from _entry(partner, event, first, key, page, country)


def _entry(partner: Partner, event: Event, first: Opening, key: str, page: str, country: str) -> Iterator[str]:
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
    notes = [note for note in (entry.note.source, "By appointment" if entry.appointment else "") if note]
    if notes:
        yield f"DESCRIPTION:{escaped('. '.join(notes))}"
    places = [address_line(place.address, country) for place in event.places if place.address.line1]
    if len(places) == 1:
        yield f"LOCATION:{escaped(places[0])}"
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
    """Yield what falls out on days that are closed, or that have other hours."""
    for day in sorted(_exceptions(event)):
        if event.times not in on_day(day, event.hours):
            yield from openings((event.times,), day, 0)


def _exceptions(event: Event) -> set[date]:
    """Return the days on which the usual hours may not hold."""
    ranges = [days for one in event.hours if isinstance(one, Closure) for days in one.closed]
    ranges += [(day, day) for one in event.hours if isinstance(one, Closure) for holiday in one.holidays for day in holiday.days]
    others = [one for one in event.hours if isinstance(one, Times) and is_of_a_date(one) and one != event.times]
    ranges += [days for one in others for days in one.dates or ((_first_day(one), _first_day(one)),)]
    return {first + timedelta(days=number) for first, last in ranges for number in range((last - first).days + 1)}


class _Change(NamedTuple):
    """A change of the clock: its local day and time, and the offsets from UTC before and after."""

    at: datetime
    was: timedelta
    now: timedelta
    is_summer: bool


def _zone(zone: ZoneInfo, first: date, last: date) -> Iterator[str]:
    """Yield the changes of the clock of a zone from before the first event until after the last.

    Where they come by a rule every year, it is written as such: Outlook knows no other.
    """
    begin, end = datetime(first.year - 1, 1, 1, tzinfo=UTC), datetime(last.year + 2, 1, 1, tzinfo=UTC)
    changes = list(_changes(zone, begin, end))
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    if not changes:
        offset = _offset(zone, begin)
        yield from _observance(_Change(datetime(1970, 1, 1), offset, offset, False), "")
    for _, group in groupby(sorted(changes, key=lambda one: (one.is_summer, one.at)), key=lambda one: one.is_summer):
        some = list(group)
        rule = _yearly(some)
        for change in some[:1] if rule else some:
            yield from _observance(change, rule)
    yield "END:VTIMEZONE"


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[_Change]:
    moment = begin
    while moment < end:
        after = moment + timedelta(days=1)
        was, now = _offset(zone, moment), _offset(zone, after)
        if was != now:
            change = _change(zone, moment, after)
            yield _Change((change + was).replace(tzinfo=None), was, now, bool(change.astimezone(zone).dst()))
        moment = after


def _yearly(changes: Sequence[_Change]) -> str:
    """Return the rule by which a change comes every year; empty where there is none."""
    years = [one.at.year for one in changes]
    same = {(one.at.month, one.at.weekday(), one.at.time(), one.was, one.now) for one in changes}
    if len(same) != 1 or years != list(range(years[0], years[-1] + 1)):
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
    """The moment between two at which the clock changes, to the second."""
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
