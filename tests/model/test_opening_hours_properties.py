"""Random opening hours: Python and JavaScript agree with a slow reference implementation that checks every minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.model.opening_hours import compute_status, format_rule, iter_openings
from tests import timetables
from tests.model.test_opening_hours import format_status, parse_status
from tests.search.node import ask

pytestmark = pytest.mark.slow

Entry = dict[str, Any]
START = date(2026, 10, 26)
DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
HOLIDAYS = {  # the dates within the tested period, copied from a printed calendar
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
def list_month(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    return [day for day in days_between(first, first + timedelta(days=31)) if day.month == month]


def expand_ranges(texts: list[str]) -> set[date]:
    """Return the dates in texts such as ``2026-12-24`` and ``2026-12-24..2026-12-26``."""
    ranges = [(date.fromisoformat(text[:10]), date.fromisoformat(text[-10:])) for text in texts]
    return {day for first, last in ranges for day in days_between(first, last)}


def is_in_season(entry: Entry, day: date) -> bool:
    """Return whether a day is between the first and the last, by listing the days of a year with a February 29."""
    first, last = entry.get("from", "0000"), entry.get("until", "9999")
    if len(first) > 5 or len(last) > 5 or first == "0000":
        return bool(first <= day.isoformat() <= last)
    year_from_first = YEAR[YEAR.index(first) :] + YEAR[: YEAR.index(first)]
    return day.isoformat()[5:] in year_from_first[: year_from_first.index(last) + 1]


def begins(entry: Entry, day: date) -> bool:
    """Return whether an entry has hours that begin on a day."""
    if "dates" in entry:
        return day in expand_ranges(entry["dates"])
    if not is_in_season(entry, day) or MONTHS[day.month - 1] not in entry.get("months", MONTHS):
        return False
    month = list_month(day.year, day.month)
    if "day_of_month" in entry:
        return any(month[number - 1 if number > 0 else -1] == day for number in entry["day_of_month"] if number <= len(month))
    if "monthly" in entry:
        weekday = DAYS[day.weekday()]
        same_weekday = [other for other in month if other.weekday() == day.weekday()]
        index = same_weekday.index(day)
        return not {f"{index + 1}{weekday}", f"{index - len(same_weekday)}{weekday}"}.isdisjoint(entry["monthly"])
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
    """Return the entries of one location that apply on a day: those for the date, or else the regular ones unless closed."""
    in_effect = [entry for entry in entries if ("open" in entry or "always" in entry) and begins(entry, day)]
    for_date = [entry for entry in in_effect if "dates" in entry or (entry.get("from") and entry["from"] == entry.get("until"))]
    is_closed = any(day in expand_ranges(entry.get("closed", [])) for entry in entries)
    is_closed |= any(f"{day}" in HOLIDAYS[name] for entry in entries for name in entry.get("closed_on", []))
    return for_date or ([] if is_closed else in_effect)


def of_places(entries: list[Entry], has_places: bool) -> list[list[Entry]]:
    places = ["main", "annex"] if has_places else [""]
    return [[entry for entry in entries if place in entry.get("at", [place])] for place in places]


def expected_openings(entries: list[Entry], has_places: bool, first: date, last: date) -> list[tuple[datetime, datetime]]:
    periods = set()
    for place_entries in of_places(entries, has_places):
        for day in days_between(first, last):
            midnight = datetime(day.year, day.month, day.day)
            for entry in on(day, place_entries):
                start, end = minutes_of(entry)
                periods.add((midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)))
    return sorted(periods)


def expected_status(entries: list[Entry], has_places: bool, at: datetime) -> str:
    """Return the status according to every minute at each location, from three days ago to a hundred days ahead."""
    first = at.date() - timedelta(days=3)
    now = int((at - datetime(first.year, first.month, first.day)).total_seconds()) // 60
    ends, starts = [], []
    for place_entries in of_places(entries, has_places):
        minutes = bytearray(106 * 1440)
        for number in range(104):
            for entry in on(first + timedelta(days=number), place_entries):
                if entry.get("appointment"):
                    continue
                start, end = (number * 1440 + minute for minute in minutes_of(entry))
                minutes[start:end] = b"\1" * (end - start)
                starts += [start] if start > now else []
        if minutes[now]:
            ends.append(minutes.find(0, now))
    if ends:
        until = at + timedelta(minutes=max(ends) - now)
        return "open always" if max(ends) - now >= 7 * 1440 else f"open until {until:%Y-%m-%d %H:%M}"
    return f"next {at + timedelta(minutes=min(starts) - now):%Y-%m-%d %H:%M}" if starts else "none"


dates = st.integers(0, 80).map(lambda number: START + timedelta(days=number))
date_ranges = st.builds(
    lambda first, length: f"{first}..{first + timedelta(days=length)}" if length else f"{first}",
    dates,
    st.sampled_from([0, 0, 0, 1, 5, 20]),
)


def subsets(values: list[Any], max_size: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=max_size, unique=True)


@st.composite
def times(draw: st.DrawFn) -> Entry:
    """Draw an opening and a closing time that the program accepts.

    They are at most 24 hours apart. A closing time on the next day may be written as a time of day if that is within 12 hours.
    """
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
    """Draw first and last days, a season, or months."""
    first, length = draw(dates), draw(st.integers(0, 60))
    last = first + timedelta(days=length)
    choices: list[Entry] = [
        {},
        {},
        {"from": f"{first}"},
        {"until": f"{first}"},
        {"from": f"{first}", "until": f"{last}"},
        {"from": f"{first}", "until": f"{first}"},
        {"from": f"{first:%m-%d}", "until": f"{last:%m-%d}"},
        {"from": f"{first:%m-%d}", "until": f"{first:%m-%d}"},
        {"from": f"{last:%m-%d}", "until": f"{first:%m-%d}"},
        {"months": draw(subsets(["nov", "dec", "jan", "feb", "mar"]))},
        {"from": f"{first}", "months": draw(subsets(["nov", "dec", "jan"]))},
    ]
    return draw(st.sampled_from(choices))


@st.composite
def hours_entries(draw: st.DrawFn, has_places: bool) -> Entry:
    kind = draw(
        st.sampled_from(["days", "days", "every", "monthly", "day_of_month", "dates", "always", "closed", "closed_on", "text"])
    )
    bounds, open_times = draw(limits()), draw(times())
    numbers = subsets([*range(1, 32), 29, 30, 31, -1])
    strategies: dict[str, st.SearchStrategy[Entry]] = {
        "days": subsets(DAYS, 7).map(lambda days: {"days": days, **open_times, **bounds}),
        "every": st.builds(
            lambda days, weeks, first: {"days": days, **open_times, "every": f"{weeks} weeks", "from": f"{first}"},
            subsets(DAYS, 4),
            st.integers(2, 5),
            dates,
        ),
        "monthly": subsets([f"{number}{day}" for number in (1, 2, 4, 5, -1) for day in DAYS]).map(
            lambda days: {"monthly": days, **open_times, **bounds}
        ),
        "day_of_month": numbers.map(lambda days: {"day_of_month": days, **open_times, **bounds}),
        "dates": st.lists(date_ranges, min_size=1, max_size=3).map(lambda days: {"dates": days, **open_times}),
        "always": st.just({"always": True, **bounds}),
        "closed": st.lists(date_ranges, min_size=1, max_size=3).map(lambda days: {"closed": days}),
        "closed_on": subsets(list(HOLIDAYS)).map(lambda names: {"closed_on": names}),
        "text": st.just({"text": "By the tide"}),
    }
    entry = dict(draw(strategies[kind]))
    if kind not in ("closed", "closed_on", "text") and draw(st.sampled_from([False, False, False, True])):
        entry["appointment"] = True
    if has_places and draw(st.booleans()):
        entry["at"] = draw(subsets(["main", "annex"]))
    return entry


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Entry], bool]:
    has_places = draw(st.booleans())
    return draw(st.lists(hours_entries(has_places), min_size=1, max_size=5)), has_places


def test_random_hours_match_the_reference_implementation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", timetables.EPOCH)
    questions, expected_answers = [], []

    @settings(max_examples=250, deadline=None)
    @given(cases(), st.integers(0, 70 * 1440), st.sampled_from(ZONES))
    def check(case: tuple[list[Entry], bool], minute: int, zone: str) -> None:
        entries, has_places = case
        hours = timetables.read({"hours": entries, **(TWO_PLACES if has_places else {})}).hours
        instant = datetime(2026, 10, 29, tzinfo=UTC) + timedelta(minutes=minute)
        at = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        expected = expected_status(entries, has_places, at)

        assert format_status(compute_status(hours, at)) == expected
        last = START + timedelta(days=150)
        actual_openings = [tuple(opening) for opening in iter_openings(hours, START, 150)]
        assert actual_openings == expected_openings(entries, has_places, START, last)

        questions.append({"rules": [format_rule(entry) for entry in hours], "zone": zone, "at": instant.isoformat()})
        expected_answers.append((entries, expected))

    check()

    answers = ask("opening", questions)  # all questions at once, because Node is slow to start
    statuses = [format_status(parse_status(answer)) for answer in answers]

    assert [(entries, status) for (entries, _), status in zip(expected_answers, statuses, strict=True)] == expected_answers
