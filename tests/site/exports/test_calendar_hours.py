"""Every kind of hours as a calendar file: two calendar libraries read back the right times, in the right time zone."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from dateutil.tz import tzical
from hypothesis import given, settings
from icalendar import Calendar
from icalendar.cal import Timezone

from guidegen.content.catalogs import load_languages
from guidegen.model.opening_hours import iter_openings
from guidegen.site.exports import calendars
from tests import ROOT, make, timetables
from tests.model.test_opening_hours_properties import TWO_PLACES, Entry, cases, days_between, minutes_of, of_places, on

pytestmark = pytest.mark.slow

FIRST, LAST = date(2026, 9, 1), date(2028, 12, 31)
WEEKLY = {"days": ["mo", "we", "fr"], "open": "18:00", "close": "20:30", "from": "2026-09-09", "until": "2027-06-09"}
NIGHT = {"days": ["sa"], "open": "22:00", "close": "02:00", "from": "2026-09-05", "until": "2028-01-29"}
MORNING = {"open": "09:00", "close": "11:00", "from": "2026-09-01"}
SHORT = {"open": "10:00", "close": "11:00"}
ZONED_PLACES: dict[str, Any] = {
    "profile": {
        "locations": [
            {"key": "main", "address": {"line1": "1 Main Street", "city": "Springfield"}, "time_zone": "America/Chicago"},
            {"key": "annex", "address": {"line1": "2 Side Street", "city": "Phoenix"}, "time_zone": "America/Phoenix"},
        ]
    },
    "service": {"at": ["main", "annex"]},
}
KINDS: dict[str, dict[str, Any]] = {
    "weekly": {"hours": [WEEKLY]},
    "without an end": {"hours": [{"days": ["mo"], **MORNING}, {"closed": ["2026-12-21..2027-01-03", "2028-09-04"]}]},
    "every other week over week 53": {"hours": [{"days": ["mo", "fr"], "every": "2 weeks", **MORNING}]},
    "every other week from a Sunday": {"hours": [{"days": ["tu"], "every": "2 weeks", **MORNING, "from": "2026-12-20"}]},
    "every three weeks in some months": {
        "hours": [{"days": ["tu", "su"], "every": "3 weeks", **MORNING, "months": ["oct", "jan"]}]
    },
    "weekdays of the month": {"hours": [{"monthly": ["1tu", "-1fr", "5mo"], **MORNING}]},
    "the fifth, which is the last": {"hours": [{"monthly": ["5mo", "-1mo"], **MORNING}]},
    "weekdays of some months": {"hours": [{"monthly": ["2sa"], **MORNING, "months": ["nov", "feb"]}]},
    "days of the month": {"hours": [{"day_of_month": [1, 15, 29, 31, -1], **MORNING}]},
    "the leap day": {"hours": [{"day_of_month": [29], "months": ["feb"], **MORNING}]},
    "months": {"hours": [{"days": ["mo"], "months": ["nov", "feb"], **MORNING}]},
    "dates": {"hours": [{"dates": ["2026-12-05", "2027-02-06"], **SHORT}]},
    "ranges of dates": {"hours": [{"dates": ["2026-12-28..2027-01-02", "2028-02-28..2028-03-01"], **SHORT}]},
    "a date that is closed as well": {"hours": [{"dates": ["2026-12-24"], **SHORT}, {"closed": ["2026-12-24"]}]},
    "only the start": {"hours": [{"days": ["tu"], "open": "18:00", "from": "2026-09-08", "until": "2026-12-15"}]},
    "only the start of a date": {"hours": [{"dates": ["2026-12-24"], "open": "18:00"}]},
    "by appointment": {"hours": [{**WEEKLY, "appointment": True}]},
    "past midnight": {"hours": [NIGHT, {"closed": ["2026-10-31", "2026-11-08"]}]},
    "day and night": {"hours": [{"always": True, "from": "2026-09-28", "until": "2026-10-04"}]},
    "until midnight": {"hours": [{**WEEKLY, "close": "24:00"}]},
    "holidays by name": {"hours": [WEEKLY, {"closed_on": ["thanksgiving", "day-after-thanksgiving", "public-holidays"]}]},
    "the first is closed": {"hours": [WEEKLY, {"closed": ["2026-09-09..2026-09-18"]}]},
    "replaced": {"hours": [WEEKLY, {"dates": ["2026-12-21..2026-12-23"], **SHORT}]},
    "replaced by a first day that is the last": {
        "hours": [WEEKLY, {"days": ["we"], **SHORT, "from": "2026-12-23", "until": "2026-12-23"}]
    },
    "replaced by an appointment": {"hours": [WEEKLY, {"dates": ["2026-12-23"], **SHORT, "appointment": True}]},
    "a first day that is the last": {"hours": [{"days": ["we"], **SHORT, "from": "2026-12-23", "until": "2026-12-23"}]},
    "two places": {"hours": [{**WEEKLY, "at": "main"}, {**NIGHT, "at": "annex"}], **TWO_PLACES},
    "closed at one of two places": {"hours": [WEEKLY, {"closed": ["2026-09-09"], "at": "main"}], **TWO_PLACES},
    "closed at both places": {"hours": [WEEKLY, {"closed": ["2026-09-09"], "at": ["main", "annex"]}], **TWO_PLACES},
    "replaced at one of two places": {"hours": [WEEKLY, {"dates": ["2026-12-23"], **SHORT, "at": "main"}], **TWO_PLACES},
    "another time zone": {"hours": [NIGHT], "service": {"time_zone": "Europe/Berlin"}},
    "a time zone in the south": {"hours": [NIGHT], "service": {"time_zone": "Australia/Sydney"}},
    "a time zone with three quarters of an hour": {"hours": [WEEKLY], "service": {"time_zone": "Asia/Kathmandu"}},
    "a time zone without a rule": {"hours": [WEEKLY], "service": {"time_zone": "Africa/Casablanca"}},
    "two time zones": {"hours": [WEEKLY, {"closed": ["2026-09-09"], "at": "main"}], **ZONED_PLACES},
}


def calendar_of(case: Mapping[str, Any], tag: str = "en") -> bytes:
    """Return the calendar file of a partner with one class."""
    partner = timetables.partner(case)
    guide = make.guide(partner)
    types = tuple(replace(service_type, classes=True) for service_type in guide.service_types)
    (file,) = calendars.files(
        replace(guide, settings=timetables.SETTINGS, service_types=types), load_languages(ROOT, (tag,), "US"), ()
    )
    assert isinstance(file.content, bytes)
    return file.content


def read_with_dateutil(content: bytes, last: date = LAST) -> set[datetime]:
    """Return the start of every occurrence."""
    starts = set()
    for event in vobject.readOne(content.decode()).contents.get("vevent", []):
        rules = event.getrruleset(addRDate=True) if "rrule" in event.contents else None
        start = event.dtstart.value
        end = datetime(last.year, last.month, last.day, 23, 59, tzinfo=start.tzinfo)
        occurrences = rules.between(start, end, inc=True) if rules else [start]
        starts |= {occurrence.replace(tzinfo=None) for occurrence in occurrences}
    return starts


def read_with_icalendar(content: bytes) -> set[tuple[datetime, datetime]]:
    """Return the start and the end of every occurrence."""
    events = recurring_ical_events.of(Calendar.from_ical(content)).between(FIRST, LAST + timedelta(days=1))
    starts = [(event.decoded("dtstart"), event.decoded("dtend", event.decoded("dtstart"))) for event in events]
    return {(start.replace(tzinfo=None), end.replace(tzinfo=None)) for start, end in starts}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_hours_is_read_back_as_written(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", timetables.EPOCH)
    expected = set(map(tuple, iter_openings(timetables.read(KINDS[kind]).hours, FIRST, (LAST - FIRST).days)))

    content = calendar_of(KINDS[kind])

    assert len(expected) > 0
    assert read_with_icalendar(content) == expected
    assert read_with_dateutil(content) == {start for start, _ in expected}


def as_class(entry: Entry) -> Entry:
    """Return a random entry with a first day, if it is of a kind that can have one."""
    can_have_first_day = ("open" in entry or "always" in entry) and not {"dates", "until", "months"} & set(entry)
    return {"from": "2026-11-02", **entry} if can_have_first_day else entry


def is_class(entry: Entry) -> bool:
    return "dates" in entry or len(entry.get("from", "")) == len("2026-11-02")


def test_random_classes_are_on_the_right_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", timetables.EPOCH)

    @settings(max_examples=60, deadline=None)
    @given(cases())
    def check(case: tuple[list[Entry], bool]) -> None:
        entries, has_places = [as_class(entry) for entry in case[0]], case[1]
        last = date(2027, 4, 20)  # the last day for which the cases have holidays
        expected = {
            datetime(day.year, day.month, day.day) + timedelta(minutes=minutes_of(entry)[0])
            for place_entries in of_places(entries, has_places)
            for day in days_between(FIRST, last)
            for entry in on(day, place_entries)
            if is_class(entry)
        }
        if any(map(is_class, entries)):
            content = calendar_of({"hours": entries, **(TWO_PLACES if has_places else {})})
            assert read_with_dateutil(content, last) == expected

    check()


@pytest.mark.parametrize(
    ("zone", "rules", "number"),
    [
        ("America/New_York", {"BYMONTH=11;BYDAY=1SU", "BYMONTH=3;BYDAY=2SU"}, 2),
        ("America/Chicago", {"BYMONTH=11;BYDAY=1SU", "BYMONTH=3;BYDAY=2SU"}, 2),
        ("Europe/Berlin", {"BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU"}, 2),
        ("Europe/Dublin", {"BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU"}, 2),
        ("Australia/Sydney", {"BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"}, 2),
        ("Australia/Lord_Howe", {"BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"}, 2),
        ("America/Phoenix", set(), 1),
        ("Asia/Kathmandu", set(), 1),
        ("Africa/Casablanca", set(), 12),  # the start, two changes a year from 2025 to 2029, and one on 2029-12-30
        ("Asia/Jerusalem", {"BYMONTH=10;BYDAY=-1SU"}, 7),  # in March: the Friday before the last Sunday
    ],
)
def test_a_zone_with_yearly_rules_is_written_as_rules(zone: str, rules: set[str], number: int) -> None:
    content = calendar_of({"hours": [{**WEEKLY, "until": "2028-06-07"}], "service": {"time_zone": zone}})
    (timezone,) = Calendar.from_ical(content).walk("VTIMEZONE")

    written_rules = re.findall(r"RRULE:FREQ=YEARLY;(\S+)", content.decode().partition("END:VTIMEZONE")[0])

    assert (set(written_rules), len(timezone.subcomponents)) == (rules, number)


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        *((zone, "2026-09-09") for zone in ("America/Chicago", "Europe/Berlin", "Europe/Dublin", "Australia/Sydney")),
        *((zone, "2026-09-09") for zone in ("America/Phoenix", "Asia/Kathmandu", "Africa/Casablanca", "Asia/Jerusalem")),
        ("America/Mexico_City", "2021-09-08"),  # the last clock change was in 2022
        ("Asia/Almaty", "2023-09-06"),  # the offset changed in 2024
        ("America/New_York", "2006-01-04"),  # the rules changed in 2007
    ],
)
def test_the_offset_of_a_zone_is_right_on_every_day(zone: str, first: str) -> None:
    begin = date.fromisoformat(first)
    end = begin + timedelta(days=3 * 365)
    content = calendar_of({"hours": [{**WEEKLY, "from": first, "until": f"{end}"}], "service": {"time_zone": zone}})
    (timezone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert isinstance(timezone, Timezone)
    expected_zone, days = ZoneInfo(zone), [datetime(day.year, day.month, day.day, 12) for day in days_between(begin, end)]

    for read_zone in (timezone.to_tz(lookup_tzid=False), tzical(StringIO(content.decode())).get(zone)):
        wrong = [
            day for day in days if day.replace(tzinfo=read_zone).utcoffset() != day.replace(tzinfo=expected_zone).utcoffset()
        ]
        assert [f"{day}" for day in wrong] == []


def test_an_event_is_at_the_places_of_its_hours() -> None:
    hours = [{**WEEKLY, "at": "annex"}, NIGHT]

    def zones_and_places(case: Mapping[str, Any]) -> list[tuple[str, str]]:
        events = Calendar.from_ical(calendar_of(case)).walk("VEVENT")
        return [(event["DTSTART"].params["TZID"], str(event.get("LOCATION", ""))) for event in events]

    main, annex = "1 Main Street, Springfield", "2 Side Street, Phoenix"
    one_zone = {**ZONED_PLACES, "service": {**ZONED_PLACES["service"], "time_zone": "America/Denver"}}
    assert zones_and_places({"hours": hours, **one_zone}) == [("America/Denver", annex), ("America/Denver", f"{main}; {annex}")]
    assert zones_and_places({"hours": hours, **ZONED_PLACES}) == [
        ("America/Phoenix", annex),
        ("America/Chicago", main),
        ("America/Phoenix", annex),
    ]


def test_every_event_has_a_unique_and_permanent_uid() -> None:
    dates = {"dates": ["2026-12-05", "2026-12-19"], **SHORT}

    def uids(case: Mapping[str, Any]) -> list[str]:
        return [str(event["UID"]) for event in Calendar.from_ical(calendar_of(case)).walk("VEVENT")]

    both = uids({"hours": [dates]})
    assert uids({"hours": [{**dates, "dates": ["2026-12-19"]}]}) == both[1:]
    assert len(set(uids({"hours": [WEEKLY, NIGHT, dates], **ZONED_PLACES}))) == 8


def test_a_day_with_other_hours_every_year_is_skipped() -> None:
    yearly = {"days": ["mo", "tu", "we", "th", "fr"], **SHORT, "from": "12-24", "until": "12-24"}
    content = calendar_of({"hours": [{"days": ["th", "fr"], **MORNING}, yearly]})

    assert [start for start in read_with_dateutil(content) if (start.month, start.day) == (12, 24)] == []
    for day in ("20261224", "20271224"):  # a Thursday and a Friday
        assert f"EXDATE;TZID=America/New_York:{day}T090000" in content.decode()


def test_appointments_are_described_in_the_source_language() -> None:
    event = Calendar.from_ical(calendar_of(KINDS["by appointment"], "es")).walk("VEVENT")[0]

    assert str(event["DESCRIPTION"]) == "Con cita"
