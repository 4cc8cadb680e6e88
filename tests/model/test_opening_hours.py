"""Open now, until when, and when next: cases that the Python and the JavaScript answer alike."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guidegen.model.hours import Closure, Times
from guidegen.model.opening_hours import Status, opening_rule, opening_status
from guidegen.model.reach import Reach
from tests import ROOT, timetables
from tests.search.node import ask

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/opening.json").read_text(encoding="utf-8"))
EPOCH = datetime(1970, 1, 1)


@pytest.fixture(scope="module")
def found() -> list[Reach]:
    """How the service of every case is reached, read from a profile as staff write it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", timetables.EPOCH)
        return [timetables.read(one) for one in CASES]


def test_each_case_has_a_name_of_its_own() -> None:
    assert [name for name, number in Counter(one["name"] for one in CASES).items() if number > 1] == []


def told(found: Status | None) -> str:
    if found is None:
        return "none"
    if found.is_open:
        return f"open until {found.ends:%Y-%m-%d %H:%M}" if found.ends else "open always"
    return f"next {found.starts:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("number", range(len(CASES)), ids=[one["name"] for one in CASES])
def test_python_knows_when_it_is_open(found: list[Reach], number: int) -> None:
    one, zone = CASES[number], ZoneInfo(found[number].time_zone or CASES[number]["zone"])
    at = datetime.fromisoformat(one["at"]).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)

    assert told(opening_status(found[number].hours, at)) == one["want"]


def test_javascript_knows_it_as_well(found: list[Reach]) -> None:
    asked = [
        {"rules": [opening_rule(entry) for entry in reach.hours], "zone": reach.time_zone or one["zone"], "at": one["at"]}
        for reach, one in zip(found, CASES, strict=True)
    ]

    answers = ask("opening", asked)

    assert [(one["name"], told(told_by_script(answer))) for one, answer in zip(CASES, answers, strict=True)] == [
        (one["name"], one["want"]) for one in CASES
    ]


def told_by_script(found: dict[str, Any] | None) -> Status | None:
    if found is None:
        return None
    ends = None if found["ends"] is None else EPOCH + timedelta(minutes=found["ends"])
    return Status(found["open"], EPOCH + timedelta(minutes=found["starts"]), ends)


def test_a_rule_holds_all_that_a_script_must_know() -> None:
    entries = (
        Times(1080, 1230, days=("mo", "we"), from_=date(2026, 9, 8), until=date(2027, 6, 5)),
        Times(1320, 120, days=("fr",), until=date(2027, 6, 5)),
        Times(600, 720, monthly=((1, "sa"), (-1, "su"))),
        Closure(((date(2026, 12, 24), date(2026, 12, 24)), (date(2027, 1, 1), date(2027, 1, 2)))),
    )

    assert [opening_rule(entry) for entry in entries] == [
        "mo,we 1080-1230 2026-09-08/2027-06-05",
        "fr 1320-1560 /2027-06-05",
        "1sa,-1su 600-720",
        "x 2026-12-24,2027-01-01..2027-01-02",
    ]
