"""Classes with a beginning as calendar files (iCalendar, RFC 5545), with the rules of the guide's time zone.

Only hours with a first day are in them: opening hours without dates are no appointment of anybody.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guidegen import urls
from guidegen.exports.contentlines import content, escaped
from guidegen.languages import Language
from guidegen.model import Closure, Guide, Partner, Service, Weekly
from guidegen.opening import Dated, Opening, dated, has_classes, openings
from guidegen.outputs import File, Page

_YEAR = 366


def reads(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """The services with classes, and where they are."""
    settings = guide.settings
    partners = tuple((one.slug, one.was, one.name, one.locations, one.services) for one in with_classes(guide))
    return settings.address, settings.time_zone, tuple(one.tag for one in languages[:1]), partners


def with_classes(guide: Guide) -> Iterator[Partner]:
    """The partners that have a calendar."""
    for partner in guide.listed:
        if guide.settings.time_zone and has_classes(partner):
            yield partner


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """``data/calendars/<slug>.ics``, in the language of the source; the same under old names, to which people subscribed."""
    for partner in with_classes(guide):
        page = urls.absolute(guide.settings.address, urls.partner(languages[0].tag, partner.slug))
        try:
            zone = ZoneInfo(guide.settings.time_zone)
        except (ZoneInfoNotFoundError, ValueError):  # a computer without time zones
            return
        calendar = content(_calendar(partner, page, zone))
        yield from (File(urls.calendar(slug), calendar) for slug in (partner.slug, *partner.was))


def _calendar(partner: Partner, page: str, zone: ZoneInfo) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guidegen//guide//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    entries = [entry for service in partner.services for entry in dated(service)]
    first = min(entry.from_ for entry in entries if entry.from_)
    last = max(entry.until or first + timedelta(days=5 * _YEAR) for entry in entries)
    yield from _zone(zone, first, last)
    for service in partner.services:
        for number, entry in enumerate(dated(service)):
            yield from _event(partner, service, entry, f"{service.key}-{number}", page, zone)
    yield "END:VCALENDAR"


def _event(partner: Partner, service: Service, entry: Dated, key: str, page: str, zone: ZoneInfo) -> Iterator[str]:
    first = next(openings((entry,), entry.from_ or date.min, _YEAR), None)
    if first is None:
        return
    name, tz = zone.key, f";TZID={zone.key}"
    yield "BEGIN:VEVENT"
    yield f"UID:{partner.first_slug}-{key}@{urls.host(page)}"
    yield f"DTSTAMP:{entry.from_:%Y%m%d}T000000Z"
    yield f"DTSTART{tz}:{_local(first.starts)}"
    yield f"DTEND{tz}:{_local(first.ends)}"
    yield f"RRULE:{_rule(entry, name)}"
    for missed in _missed(service, entry):
        yield f"EXDATE{tz}:{_local(missed.starts)}"
    yield f"SUMMARY:{escaped(f'{service.name.source} · {partner.name}')}"
    places = [place.address for place in partner.locations if place.key in service.at and place.address.line1]
    if places:
        at = places[0]
        yield f"LOCATION:{escaped(', '.join(part for part in (at.line1, at.line2, at.city) if part))}"
    yield f"URL:{page}"
    yield "END:VEVENT"


def _rule(entry: Dated, zone: str) -> str:
    """How it repeats. The end is a moment in UTC, as the standard wants where the beginning has a time zone."""
    if isinstance(entry, Weekly):
        rule = f"FREQ=WEEKLY;BYDAY={','.join(day.upper() for day in entry.days)}"
    else:
        rule = f"FREQ=MONTHLY;BYDAY={','.join(f'{number}{day.upper()}' for number, day in entry.monthly)}"
    if entry.until:
        end = datetime.combine(entry.until, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)
        rule += f";UNTIL={end:%Y%m%dT%H%M%SZ}"
    return rule


def _missed(service: Service, entry: Dated) -> Iterator[Opening]:
    """What falls out on closed days."""
    closed = sorted({day for one in service.hours if isinstance(one, Closure) for day in one.closed})
    for day in closed:
        yield from openings((entry,), day, 0)


def _zone(zone: ZoneInfo, first: date, last: date) -> Iterator[str]:
    """The zone's changes of clock from before the first class until after the last."""
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    begin = datetime.combine(first, time(), UTC) - timedelta(days=_YEAR)
    yield from _observance(zone, begin, begin - timedelta(seconds=1))
    moment, end = begin, datetime.combine(last, time(), UTC) + timedelta(days=1)
    while moment < end:
        after = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, after):
            yield from _observance(zone, _change(zone, moment, after), moment)
        moment = after
    yield "END:VTIMEZONE"


def _observance(zone: ZoneInfo, change: datetime, before: datetime) -> Iterator[str]:
    """What the clock shows from a change on; its beginning is told by the clock of before."""
    was, now, local = _offset(zone, before), _offset(zone, change), change.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    yield from (f"BEGIN:{kind}", f"DTSTART:{_local((change + was).replace(tzinfo=None))}")
    yield from (f"TZOFFSETFROM:{_shift(was)}", f"TZOFFSETTO:{_shift(now)}", f"END:{kind}")


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
