"""Opening hours as sentences."""

from datetime import date

import pytest

from guidegen.content.catalogs import load_languages
from guidegen.model.hours import Closure, Hours, Times, YearDay
from guidegen.site.components.timetable import build_timetable
from tests import ROOT, make

WEEK = ("mo", "tu", "we", "th", "fr")
CASES: list[tuple[Hours, str]] = [
    (Times(540, 1020, days=("mo",)), "Monday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=WEEK), "Monday to Friday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=("we", "mo")), "Monday and Wednesday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=("mo", "tu")), "Monday and Tuesday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=("mo", "tu", "we", "sa")), "Monday to Wednesday and Saturday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=("mo", "tu", "we", "th", "su")), "Sunday to Thursday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=("sa", "su", "mo")), "Saturday to Monday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=("mo", "su")), "Monday and Sunday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(540, 1020, days=("sa", "su")), "Saturday and Sunday 9:00\u00a0AM to 5:00\u00a0PM"),
    (Times(0, 1440, days=(*WEEK, "sa", "su")), "every day all day and night"),
    (Times(1320, 120, days=("fr",)), "Friday from 10:00\u00a0PM to 2:00\u00a0AM the next day"),
    (Times(1080, 1920, days=("fr",)), "Friday from 6:00\u00a0PM to 8:00\u00a0AM the next day"),
    (
        Times(600, 720, monthly=((1, "sa"), (3, "sa"))),
        "first Saturday and third Saturday of the month 10:00\u00a0AM to 12:00\u00a0PM",
    ),
    (Times(600, 720, monthly=((-1, "th"),)), "last Thursday of the month 10:00\u00a0AM to 12:00\u00a0PM"),
    (Closure(((date(2026, 12, 24), date(2026, 12, 24)),)), "Closed: December 24, 2026"),
    (
        Closure(
            (
                (date(2026, 11, 25), date(2026, 11, 25)),
                (date(2026, 12, 23), date(2027, 1, 2)),
                (date(2027, 7, 4), date(2027, 7, 4)),
            )
        ),
        "Closed: November 25 · December 23, 2026 to January 2 · July 4, 2027",
    ),
    (
        Times(540, 600, dates=((date(2026, 12, 5), date(2026, 12, 5)), (date(2026, 12, 12), date(2026, 12, 12)))),
        "December 5 · December 12, 2026 9:00\u00a0AM to 10:00\u00a0AM",
    ),
    (
        Times(540, 600, days=("mo",), from_=date(2026, 9, 8), until=date(2026, 12, 5)),
        "Monday 9:00\u00a0AM to 10:00\u00a0AM from September 8 until December 5, 2026",
    ),
    (
        Times(540, 600, days=("mo",), from_=date(2026, 9, 8), until=date(2027, 6, 5)),
        "Monday 9:00\u00a0AM to 10:00\u00a0AM from September 8, 2026 until June 5, 2027",
    ),
    (
        Times(540, 600, days=("mo",), from_=YearDay(12, 24), until=YearDay(12, 24)),
        "Monday 9:00\u00a0AM to 10:00\u00a0AM on December 24",
    ),
    (Times(540, 600, days=("mo",), until=date(2027, 6, 5)), "Monday 9:00\u00a0AM to 10:00\u00a0AM until June 5, 2027"),
]


@pytest.mark.parametrize(("entry", "sentence"), CASES)
def test_hours_become_a_sentence(entry: Hours, sentence: str) -> None:
    (line,) = build_timetable((entry,), make.language("en"))

    assert " ".join(part.text for part in (line.days, line.times, line.dates) if part) == sentence


def test_closures_come_last() -> None:
    lines = build_timetable((Closure(((date(2026, 12, 24), date(2026, 12, 24)),)), Times(0, 60, days=("mo",))), make.language())

    assert [line.is_closure for line in lines] == [False, True]


@pytest.mark.parametrize(
    ("tag", "time"),
    [("es", "6:05\u00a0p.m."), ("ar", "6:05\u00a0م"), ("zh-Hans", "18:05"), ("fa", "18:05"), ("uk", "18:05")],
)
def test_a_time_has_the_format_of_the_language_and_region(tag: str, time: str) -> None:
    assert make.language(tag).time(18 * 60 + 5).text.replace(" ", "\u00a0") == time


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("zh-Hans", "2026年12月23日至12月30日"),
        ("ko", "2026년 12월 23일~12월 30일"),
        ("es", "23 de diciembre a 30 de diciembre de 2026"),
        ("uk", "23 грудня – 30 грудня 2026\u202fр."),
        ("fa", "23 دسامبر تا 30 دسامبر 2026"),
    ],
)
def test_the_year_stands_once_where_the_language_has_it(tag: str, sentence: str) -> None:
    (language,) = load_languages(ROOT, (tag,), "US")
    (line,) = build_timetable((Closure(((date(2026, 12, 23), date(2026, 12, 30)),)),), language)

    assert sentence in line.days.text
    assert line.days.text.count("2026") == 1
