"""Hours of luck: Python and JavaScript agree with a reading of the contract that is written here once more, minute by minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.model.opening_hours import opening_rule, opening_status, openings
from tests import timetables
from tests.model.test_opening_hours import told, told_by_script
from tests.search.node import ask

Entry = dict[str, Any]
START = date(2026, 10, 26)
DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
HOLIDAYS = {  # in the days that the cases look at, from a calendar on the wall
    "thanksgiving": ["2026-11-26"],
    "day-after-thanksgiving": ["2026-11-27"],
    "christmas-day": ["2026-12-25"],
    "public-holidays": ["2026-11-11", "2026-11-26", "2026-12-25", "2027-01-01", "2027-01-18", "2027-02-15"],
}
ZONES = ["America/New_York", "America/Phoenix", "Europe/Berlin", "Australia/Sydney", "Asia/Kathmandu"]
TWO_PLACES = {
    "profile": {"locations": [{"key": key, "name": key, "address": {"city": key}} for key in ("main", "annex")]},
    "service": {"at": ["main", "annex"]},
}


def days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


YEAR = [day.isoformat()[5:] for day in days_between(date(2024, 1, 1), date(2024, 12, 31))]


@cache
def month_of(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    return [day for day in days_between(first, first + timedelta(days=31)) if day.month == month]


def days_of(texts: list[str]) -> set[date]:
    """The dates of ``2026-12-24`` and ``2026-12-24..2026-12-26``."""
    ends = [(date.fromisoformat(text[:10]), date.fromisoformat(text[-10:])) for text in texts]
    return {day for first, last in ends for day in days_between(first, last)}


def is_in_season(entry: Entry, day: date) -> bool:
    """Whether a day is between the first and the last, walked day by day through a year with a February 29."""
    first, last = entry.get("from", "0000"), entry.get("until", "9999")
    if len(first) > 5 or len(last) > 5 or first == "0000":
        return bool(first <= day.isoformat() <= last)
    turned = YEAR[YEAR.index(first) :] + YEAR[: YEAR.index(first)]
    return day.isoformat()[5:] in turned[: turned.index(last) + 1]


def begins(entry: Entry, day: date) -> bool:
    """Whether an entry has hours that begin on a day."""
    if "dates" in entry:
        return day in days_of(entry["dates"])
    if not is_in_season(entry, day) or MONTHS[day.month - 1] not in entry.get("months", MONTHS):
        return False
    month = month_of(day.year, day.month)
    if "day_of_month" in entry:
        return any(month[number - 1 if number > 0 else -1] == day for number in entry["day_of_month"] if number <= len(month))
    if "monthly" in entry:
        same = [one for one in month if one.weekday() == day.weekday()]
        here = {f"{same.index(day) + 1}{DAYS[day.weekday()]}", f"{same.index(day) - len(same)}{DAYS[day.weekday()]}"}
        return bool(here & set(entry["monthly"]))
    weeks = int(entry.get("every", "1 week").split()[0])
    if weeks > 1:
        week = date.fromisoformat(entry["from"])
        week -= timedelta(days=week.weekday())
        while week + timedelta(days=7) <= day:
            week += timedelta(weeks=weeks)
        if week > day:
            return False
    return "always" in entry or DAYS[day.weekday()] in entry["days"]


def minutes_of(entry: Entry) -> tuple[int, int]:
    if "always" in entry:
        return 0, 1440
    opens, closes = ([int(part) for part in str(entry.get(key) or entry["open"]).split(":")] for key in ("open", "close"))
    start, end = opens[0] * 60 + opens[1], closes[0] * 60 + closes[1]
    return start, end if end > start or "close" not in entry else end + 1440


def on(day: date, entries: list[Entry]) -> list[Entry]:
    """The entries of one place that hold on a day: those of the date, or else the usual ones where it is not closed."""
    held = [one for one in entries if ("open" in one or "always" in one) and begins(one, day)]
    of_the_date = [one for one in held if "dates" in one or (one.get("from") and one.get("from") == one.get("until"))]
    closed = any(day in days_of(one.get("closed", [])) for one in entries)
    closed |= any(f"{day}" in HOLIDAYS[name] for one in entries for name in one.get("closed_on", []))
    return of_the_date or ([] if closed else held)


def of_places(entries: list[Entry], has_places: bool) -> list[list[Entry]]:
    places = ["main", "annex"] if has_places else [""]
    return [[one for one in entries if place in one.get("at", [place])] for place in places]


def wanted_openings(entries: list[Entry], has_places: bool, first: date, last: date) -> list[tuple[datetime, datetime]]:
    found = set()
    for some in of_places(entries, has_places):
        for day in days_between(first, last):
            midnight = datetime(day.year, day.month, day.day)
            found |= {tuple(midnight + timedelta(minutes=number) for number in minutes_of(one)) for one in on(day, some)}
    return sorted(found)  # type: ignore[arg-type]  # each has two moments


def wanted_status(entries: list[Entry], has_places: bool, at: datetime) -> str:
    """How it stands, found by walking over the minutes of each place from a few days ago to a hundred days ahead."""
    first = at.date() - timedelta(days=3)
    now = int((at - datetime(first.year, first.month, first.day)).total_seconds()) // 60
    ends, starts = [], []
    for some in of_places(entries, has_places):
        minutes = bytearray(106 * 1440)
        for number in range(104):
            for one in on(first + timedelta(days=number), some):
                if one.get("appointment"):
                    continue
                start, end = (number * 1440 + minute for minute in minutes_of(one))
                minutes[start:end] = b"\1" * (end - start)
                starts += [start] if start > now else []
        if minutes[now]:
            ends.append(minutes.find(0, now))
    if ends:
        until = at + timedelta(minutes=max(ends) - now)
        return "open always" if max(ends) - now >= 7 * 1440 else f"open until {until:%Y-%m-%d %H:%M}"
    return f"next {at + timedelta(minutes=min(starts) - now):%Y-%m-%d %H:%M}" if starts else "none"


some_dates = st.integers(0, 80).map(lambda number: START + timedelta(days=number))
ranges = st.builds(
    lambda day, more: f"{day}..{day + timedelta(days=more)}" if more else f"{day}",
    some_dates,
    st.sampled_from([0, 0, 0, 1, 5, 20]),
)


def listed(values: list[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


@st.composite
def times(draw: st.DrawFn) -> Entry:
    """An opening and a closing time that the program takes: up to a day, and by the clock of the next morning only a night."""
    start = draw(st.sampled_from([0, 60, 150, 540, 600, 720, 1080, 1320, 1439]) | st.integers(0, 1439))
    length = draw(st.sampled_from([0, 1, 60, 180, 240, 480, 1440]) | st.integers(1, 1440))
    end = start + length
    if length == 0:
        return {"open": f"{start // 60:02}:{start % 60:02}"}
    if end > 1440 and length <= 720 and draw(st.booleans()):
        end -= 1440
    return {"open": f"{start // 60:02}:{start % 60:02}", "close": f"{end // 60:02}:{end % 60:02}"}


@st.composite
def limits(draw: st.DrawFn) -> Entry:
    """First and last days, the days of a season, or months."""
    first, more = draw(some_dates), draw(st.integers(0, 60))
    chosen: list[Entry] = [
        {},
        {},
        {"from": f"{first}"},
        {"until": f"{first}"},
        {"from": f"{first}", "until": f"{first + timedelta(days=more)}"},
        {"from": f"{first}", "until": f"{first}"},
        {"from": f"{first:%m-%d}", "until": f"{first + timedelta(days=more):%m-%d}"},
        {"from": f"{first:%m-%d}", "until": f"{first:%m-%d}"},
        {"from": f"{first + timedelta(days=more):%m-%d}", "until": f"{first:%m-%d}"},
        {"months": draw(listed(["nov", "dec", "jan", "feb", "mar"]))},
        {"from": f"{first}", "months": draw(listed(["nov", "dec", "jan"]))},
    ]
    return draw(st.sampled_from(chosen))


@st.composite
def entry(draw: st.DrawFn, has_places: bool) -> Entry:
    kind = draw(
        st.sampled_from(["days", "days", "every", "monthly", "day_of_month", "dates", "always", "closed", "closed_on", "text"])
    )
    bounds, open_times = draw(limits()), draw(times())
    numbers = listed([*range(1, 32), 29, 30, 31, -1])
    made: dict[str, st.SearchStrategy[Entry]] = {
        "days": listed(DAYS, 7).map(lambda days: {"days": days, **open_times, **bounds}),
        "every": st.builds(
            lambda days, weeks, first: {"days": days, **open_times, "every": f"{weeks} weeks", "from": f"{first}"},
            listed(DAYS, 4),
            st.integers(2, 5),
            some_dates,
        ),
        "monthly": listed([f"{number}{day}" for number in (1, 2, 4, 5, -1) for day in DAYS]).map(
            lambda days: {"monthly": days, **open_times, **bounds}
        ),
        "day_of_month": numbers.map(lambda days: {"day_of_month": days, **open_times, **bounds}),
        "dates": st.lists(ranges, min_size=1, max_size=3).map(lambda days: {"dates": days, **open_times}),
        "always": st.just({"always": True, **bounds}),
        "closed": st.lists(ranges, min_size=1, max_size=3).map(lambda days: {"closed": days}),
        "closed_on": listed(list(HOLIDAYS)).map(lambda names: {"closed_on": names}),
        "text": st.just({"text": "By the tide"}),
    }
    found = dict(draw(made[kind]))
    if kind not in ("closed", "closed_on", "text") and draw(st.sampled_from([False, False, False, True])):
        found["appointment"] = True
    if has_places and draw(st.booleans()):
        found["at"] = draw(listed(["main", "annex"]))
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Entry], bool]:
    has_places = draw(st.booleans())
    return draw(st.lists(entry(has_places), min_size=1, max_size=5)), has_places


def test_hours_of_luck_are_read_as_the_contract_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", timetables.EPOCH)
    asked, wanted = [], []

    @settings(max_examples=250, deadline=None)
    @given(cases(), st.integers(0, 70 * 1440), st.sampled_from(ZONES))
    def tried(case: tuple[list[Entry], bool], minute: int, zone: str) -> None:
        entries, has_places = case
        hours = timetables.read({"hours": entries, **(TWO_PLACES if has_places else {})}).hours
        instant = datetime(2026, 10, 29, tzinfo=UTC) + timedelta(minutes=minute)
        at = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        says = wanted_status(entries, has_places, at)

        assert told(opening_status(hours, at)) == says
        last = START + timedelta(days=150)
        assert [tuple(one) for one in openings(hours, START, 150)] == wanted_openings(entries, has_places, START, last)

        asked.append({"rules": [opening_rule(one) for one in hours], "zone": zone, "at": instant.isoformat()})
        wanted.append((entries, says))

    tried()  # one question for all of them, because Node takes a while to start

    answers = ask("opening", asked)

    assert [(one, told(told_by_script(found))) for (one, _), found in zip(wanted, answers, strict=True)] == wanted
