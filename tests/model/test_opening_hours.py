"""Opening status: the Python and the JavaScript give the same answer in every case."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guidegen.model.hours import Closure, Times
from guidegen.model.opening_hours import Status, compute_status, format_rule
from guidegen.model.reach import Reach
from tests import ROOT, timetables
from tests.search.node import ask

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/opening.json").read_text(encoding="utf-8"))
EPOCH = datetime(1970, 1, 1)


@pytest.fixture(scope="module")
def reaches() -> list[Reach]:
    """Return how to reach the service of each case, read from a profile as staff write it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", timetables.EPOCH)
        return [timetables.read(case) for case in CASES]


def test_each_case_has_a_unique_name() -> None:
    assert [name for name, count in Counter(case["name"] for case in CASES).items() if count > 1] == []


def format_status(status: Status | None) -> str:
    if status is None:
        return "none"
    if status.is_open:
        return f"open until {status.ends:%Y-%m-%d %H:%M}" if status.ends else "open always"
    return f"next {status.starts:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["name"] for case in CASES])
def test_python_computes_the_status(reaches: list[Reach], number: int) -> None:
    case, reach = CASES[number], reaches[number]
    zone = ZoneInfo(reach.time_zone or case["zone"])
    at = datetime.fromisoformat(case["at"]).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)

    assert format_status(compute_status(reach.hours, at)) == case["want"]


def test_javascript_computes_the_same_status(reaches: list[Reach]) -> None:
    questions = [
        {"rules": [format_rule(entry) for entry in reach.hours], "zone": reach.time_zone or case["zone"], "at": case["at"]}
        for reach, case in zip(reaches, CASES, strict=True)
    ]

    answers = ask("opening", questions)

    assert [(case["name"], format_status(parse_status(answer))) for case, answer in zip(CASES, answers, strict=True)] == [
        (case["name"], case["want"]) for case in CASES
    ]


def parse_status(answer: dict[str, Any] | None) -> Status | None:
    """Return the status in an answer of the script, which counts minutes since the epoch."""
    if answer is None:
        return None
    ends = None if answer["ends"] is None else EPOCH + timedelta(minutes=answer["ends"])
    return Status(answer["open"], EPOCH + timedelta(minutes=answer["starts"]), ends)


def test_a_rule_has_everything_that_the_script_needs() -> None:
    entries = (
        Times(1080, 1230, days=("mo", "we"), from_=date(2026, 9, 8), until=date(2027, 6, 5)),
        Times(1320, 120, days=("fr",), until=date(2027, 6, 5)),
        Times(600, 720, monthly=((1, "sa"), (-1, "su"))),
        Closure(((date(2026, 12, 24), date(2026, 12, 24)), (date(2027, 1, 1), date(2027, 1, 2)))),
    )

    assert [format_rule(entry) for entry in entries] == [
        "mo,we 1080-1230 2026-09-08/2027-06-05",
        "fr 1320-1560 /2027-06-05",
        "1sa,-1su 600-720",
        "x 2026-12-24,2027-01-01..2027-01-02",
    ]
