"""Classes and events as calendar files (iCalendar, RFC 5545), with the rules of their time zones.

Opening hours are not events, so calendars do not have them: see ``opening_hours.events``.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guidegen.cache.keys import LazyValue, key_prefix, source_key
from guidegen.model import reach, urls
from guidegen.model.guide import Guide
from guidegen.model.hours import DAYS, MONTHS, Closure, Hours, Times
from guidegen.model.location import Location
from guidegen.model.opening_hours import (
    Opening,
    expand_closure,
    expand_dates,
    find_events,
    find_last_day,
    group_by_location,
    has_events,
    has_fixed_dates,
    iter_openings,
    select_on_day,
)
from guidegen.model.page import File, Page
from guidegen.model.partner import Partner
from guidegen.model.postal_addresses import address_line
from guidegen.model.service import Service
from guidegen.site.exports.content_lines import escape_value, format_property
from guidegen.text.language import Language

_YEAR = 366
_YEARS_AHEAD = 5
"""Years of an open-ended event that exceptions and clock changes are computed for."""
_MAX_DAYS_TO_FIRST = 9 * _YEAR
"""Days within which every event occurs at least once. The longest gap is 8 years: 2100 has no leap day."""
_CALENDAR_CYCLE = 28
"""Years after which each date has fallen on each weekday."""


class Event(NamedTuple):
    """Hours of a service that are a calendar event, at the places of one time zone; ``hours`` are all hours of each place."""

    service: Service
    key: str
    times: Times
    places: tuple[Location, ...]
    hours: tuple[list[Hours], ...]
    zone: ZoneInfo


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Return the settings that calendars use, and the fields of the partners that have one."""
    settings = guide.settings
    shared = (settings.time_zone, guide.class_types)
    prefix = key_prefix("calendar", shared)
    partners = tuple(
        LazyValue(source_key(prefix, partner), partial(_select_fields, partner, *shared)) for partner in guide.listed
    )
    by_appointment = tuple((language.tag, language.say("By appointment")) for language in languages[:1])
    return settings.address, settings.region, shared, by_appointment, partners


def _select_fields(partner: Partner, time_zone: str, classes: tuple[str, ...]) -> object:
    if not time_zone or not has_events(partner, classes):
        return ()
    return (
        partner.slug,
        partner.was,
        partner.name,
        partner.phones,
        partner.hours,
        partner.locations,
        partner.services,
    )


def with_events(guide: Guide) -> Iterator[Partner]:
    """Yield the partners that have a calendar; none if the guide has no time zone."""
    for partner in guide.listed:
        if guide.settings.time_zone and has_events(partner, guide.class_types):
            yield partner


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield ``data/calendars/<slug>.ics`` in the source language; also under old slugs, because people subscribe to them."""
    for partner in with_events(guide):
        page = urls.absolute_url(guide.settings.address, urls.partner(languages[0].tag, partner.slug))
        events = list(_find_events(partner, guide))
        if events:
            calendar = format_property(_write_calendar(partner, events, page, guide.settings.region, languages[0]))
            yield from (File(urls.calendar(slug), calendar) for slug in (partner.slug, *partner.was))


def _find_events(partner: Partner, guide: Guide) -> Iterator[Event]:
    """Yield the events of a partner. Stop at the first time zone that the computer's tz database does not have."""
    for service in partner.offered:
        service_reach = reach.find_reach(partner, service)
        hours_by_place = group_by_location(service_reach.hours)
        for number, entry in enumerate(find_events(partner, service, guide.class_types)):
            places = [place for place in partner.locations if place.key in entry.at] if entry.at else service_reach.locations
            places_by_zone = _group_by_zone(places, service, guide.settings.time_zone)
            for zone, zone_places in places_by_zone.items():
                elsewhere = {place.key for place in places if place not in zone_places}
                hours = tuple(entries for place, entries in hours_by_place.items() if entry in entries and place not in elsewhere)
                key = f"{service.key}-{number}" + (f"-{zone_places[0].key}" if len(places_by_zone) > 1 else "")
                try:
                    yield Event(service, key, entry, tuple(zone_places), hours, ZoneInfo(zone))
                except (ZoneInfoNotFoundError, ValueError):
                    return


def _group_by_zone(places: Sequence[Location], service: Service, default_zone: str) -> dict[str, list[Location]]:
    """Return places by their time zone; without places, the zone of the service with an empty list."""
    if not places:
        return {service.time_zone or default_zone: []}
    groups: dict[str, list[Location]] = {}
    for place in places:
        groups.setdefault(service.time_zone or place.time_zone or default_zone, []).append(place)
    return groups


def _write_calendar(partner: Partner, events: Sequence[Event], page: str, country: str, language: Language) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guidegen//guide//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    for zone in sorted({event.zone.key for event in events}):
        firsts = [_find_first_day(event.times) for event in events if event.zone.key == zone]
        lasts = [_find_last_day(event.times) for event in events if event.zone.key == zone]
        yield from _write_zone(ZoneInfo(zone), min(firsts), max(lasts))
    for event in events:
        yield from _write_event(partner, event, page, country, language)
    yield "END:VCALENDAR"


def _find_first_day(entry: Times) -> date:
    days = [first for first, _ in entry.dates] or [day for day in (entry.from_, entry.until) if isinstance(day, date)]
    return min(days)


def _find_last_day(entry: Times) -> date:
    last = find_last_day(entry)
    return last if last < date.max else _find_first_day(entry) + timedelta(days=_YEARS_AHEAD * _YEAR)


def _write_event(partner: Partner, event: Event, page: str, country: str, language: Language) -> Iterator[str]:
    """Yield the lines of an event: one VEVENT with a rule, or one VEVENT for each date."""
    entry, start = event.times, _find_first_day(event.times)
    days = (_find_last_day(entry) - start).days
    if not entry.dates:
        for opening in islice(iter_openings((entry,), start, min(_MAX_DAYS_TO_FIRST, days)), 1):
            yield from _write_vevent(partner, event, opening, event.key, page, country, language)
        return
    for opening in iter_openings((entry,), start, days):
        yield from _write_vevent(partner, event, opening, f"{event.key}-{opening.starts:%Y%m%d}", page, country, language)


def _write_vevent(
    partner: Partner, event: Event, first: Opening, key: str, page: str, country: str, language: Language
) -> Iterator[str]:
    entry, tz = event.times, f";TZID={event.zone.key}"
    yield "BEGIN:VEVENT"
    yield f"UID:{partner.first_slug}-{key}@{urls.host(page)}"
    yield f"DTSTAMP:{_find_first_day(entry):%Y%m%d}T000000Z"
    yield f"DTSTART{tz}:{_format_local(first.starts)}"
    if entry.close is not None:
        yield f"DTEND{tz}:{_format_local(first.ends)}"
    if not entry.dates:
        yield f"RRULE:{_format_rule(entry, event.zone)}"
        for skipped in _find_skipped(event):
            yield f"EXDATE{tz}:{_format_local(skipped.starts)}"
    yield f"SUMMARY:{escape_value(f'{event.service.name.source} · {partner.name}')}"
    notes = [note for note in (entry.note.source, language.say("By appointment") if entry.appointment else "") if note]
    if notes:
        yield f"DESCRIPTION:{escape_value('. '.join(notes))}"
    addresses = dict.fromkeys(address_line(place.address, country) for place in event.places)
    if addresses and all(addresses):
        yield f"LOCATION:{escape_value('; '.join(addresses))}"
    yield f"URL:{page}"
    yield "END:VEVENT"


def _format_rule(entry: Times, zone: ZoneInfo) -> str:
    """Return the RRULE of an event. UNTIL is in UTC, as RFC 5545, section 3.3.10, requires if DTSTART has a time zone."""
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


def _find_skipped(event: Event) -> Iterator[Opening]:
    """Yield the occurrences that do not take place: on that day all places of the event are closed or have other hours."""
    for day in sorted({day for entries in event.hours for day in _find_exceptions(event.times, entries)}):
        if not any(event.times in select_on_day(day, entries) for entries in event.hours):
            yield from islice(iter_openings((event.times,), day, 0), 1)


def _find_exceptions(times: Times, entries: Sequence[Hours]) -> Iterator[date]:
    """Yield the days on which a closure or other hours may replace ``times``."""
    years = range(_find_first_day(times).year, _find_last_day(times).year + 1)
    for entry in entries:
        if isinstance(entry, Closure):
            yield from expand_closure(entry)
        elif isinstance(entry, Times) and has_fixed_dates(entry) and entry != times:
            yield from expand_dates(entry, years)


class _Transition(NamedTuple):
    """A change of a zone's UTC offset. ``at`` is local time by the clock before the change."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def is_forward(self) -> bool:
        """True if clocks go forward. ``dst()`` does not say so: in Ireland the special time is winter time."""
        return self.after > self.before


def _write_zone(zone: ZoneInfo, first: date, last: date) -> Iterator[str]:
    """Yield the VTIMEZONE of a zone, with its transitions from before the first event until after the last.

    Transitions that follow a yearly rule are written as that rule, because Outlook reads no other form; the package icalendar
    7.3 lists dates instead. Without rules, the offset before the first transition is written as well.
    """
    begin, end = first.year - 1, last.year + 2
    transitions = _find_transitions(zone, begin, max(end, begin + _CALENDAR_CYCLE))
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    groups = [[transition for transition in transitions if transition.is_forward == is_forward] for is_forward in (False, True)]
    rules = [_find_yearly_rule(group, begin) for group in groups]
    if not all(rules):
        offset = _find_offset(zone, datetime(begin, 1, 1, tzinfo=UTC))
        yield from _write_observance(_Transition(datetime(1970, 1, 1), offset, offset), "")
    for group, rule in zip(groups, rules, strict=True):
        for transition in group[:1] if rule else group:
            if transition.at.year < end:
                yield from _write_observance(transition, rule)
    yield "END:VTIMEZONE"


@cache
def _find_transitions(zone: ZoneInfo, begin: int, end: int) -> tuple[_Transition, ...]:
    """Return the transitions of a zone from the start of the year ``begin`` to the start of the year ``end``."""
    transitions = []
    moment = datetime(begin, 1, 1, tzinfo=UTC)
    while moment.year < end:
        next_moment = moment + timedelta(days=7)
        before, after = _find_offset(zone, moment), _find_offset(zone, next_moment)
        if before != after:
            at = (_find_transition(zone, moment, next_moment) + before).replace(tzinfo=None)
            transitions.append(_Transition(at, before, after))
        moment = next_moment
    return tuple(transitions)


def _find_yearly_rule(transitions: Sequence[_Transition], begin: int) -> str:
    """Return the RRULE that all transitions follow, by weekday and week of the month; empty if there is none."""
    times = [transition.at for transition in transitions]
    years = [at.year for at in times]
    patterns = {(at.month, at.weekday(), at.time(), before, after) for at, before, after in transitions}
    if len(patterns) != 1 or len(years) < _CALENDAR_CYCLE or years != list(range(begin, begin + len(years))):
        return ""
    weeks = {(at.day + 6) // 7 for at in times}
    are_last = all((at + timedelta(days=7)).month != at.month for at in times)
    if len(weeks) > 1 and not are_last:
        return ""
    week = -1 if are_last else next(iter(weeks))
    return f"FREQ=YEARLY;BYMONTH={times[0].month};BYDAY={week}{DAYS[times[0].weekday()].upper()}"


def _write_observance(transition: _Transition, rule: str) -> Iterator[str]:
    """Yield the STANDARD or DAYLIGHT part that begins with a transition. DTSTART is by the clock before it."""
    kind = "DAYLIGHT" if transition.is_forward else "STANDARD"
    yield from (f"BEGIN:{kind}", f"DTSTART:{_format_local(transition.at)}")
    if rule:
        yield f"RRULE:{rule}"
    offsets = _format_offset(transition.before), _format_offset(transition.after)
    yield from (f"TZOFFSETFROM:{offsets[0]}", f"TZOFFSETTO:{offsets[1]}", f"END:{kind}")


def _find_transition(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """Return the moment between two others at which the offset changes, to the second, by bisection."""
    while end - start > timedelta(seconds=1):
        middle = (start + (end - start) / 2).replace(microsecond=0)
        start, end = (middle, end) if _find_offset(zone, middle) == _find_offset(zone, start) else (start, middle)
    return end


def _find_offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _format_offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _format_local(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"
