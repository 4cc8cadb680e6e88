"""Hours as staff write them: every form is read, and the message about a mistake has the correct form."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.content.load import load
from guidegen.model.hours import Closure, Holiday, Hours, InWords, Times, YearDay
from guidegen.model.service import Service
from guidegen.model.translatable import TranslatableText, Translation
from tests import make

LINES = "locations: [{key: a}, {key: b}]\n" + make.PARTNER_YML.rstrip("\n") + "\n    at: [a, b]\n    hours:\n"


def read(tmp_path: Path, hours: str, **extra_settings: str) -> tuple[Service, list[tuple[int, str, str]]]:
    """Return the service and what is wrong, as line, message and hint."""
    files: dict[str, str | bytes] = {"content/partners/food-bank.yml": LINES + f"      - {hours}\n"}
    settings = {"guide.yml": make.GUIDE_YML + "".join(f"{key}: {value}\n" for key, value in extra_settings.items())}
    loaded = load(make.folder(tmp_path, {**settings, **files}))
    problems = [*loaded.problems, *(problem for problem in loaded.partner_problems if problem.code == "hours")]
    (partner,) = loaded.guide.partners or (make.partner("none", services=(make.service(),)),)
    return partner.services[0], [(problem.line, problem.message, problem.hint) for problem in problems]


NINE, FIVE = 9 * 60, 17 * 60
DAY = date(2026, 12, 24)
CASES: list[tuple[str, Hours]] = [
    ('{days: [fr], every: 2 weeks, from: 2026-09-04, open: "9:00", close: "17:00"}', Times(NINE, FIVE, ("fr",), every=2, from_=date(2026, 9, 4))),
    ('{days: [fr], every: 3, from: 2026-09-04, open: "9:00", close: "17:00"}', Times(NINE, FIVE, ("fr",), every=3, from_=date(2026, 9, 4))),
    ('{days: [fr], every: other week, from: 2026-09-04, open: "9:00"}', Times(NINE, None, ("fr",), every=2, from_=date(2026, 9, 4))),
    ('{day_of_month: [1, 15], open: "9:00", close: "17:00"}', Times(NINE, FIVE, day_of_month=(1, 15))),
    ('{day_of_month: -1, open: "9:00", close: "17:00"}', Times(NINE, FIVE, day_of_month=(-1,))),
    ('{dates: [2026-12-24], open: "9:00", close: "17:00"}', Times(NINE, FIVE, dates=((DAY, DAY),))),
    ('{dates: 2026-12-24..2026-12-31, open: "9:00", close: "17:00"}', Times(NINE, FIVE, dates=((DAY, date(2026, 12, 31)),))),
    ('{days: [mo], from: 11-01, until: 03-31, open: "9:00", close: "17:00"}', Times(NINE, FIVE, ("mo",), from_=YearDay(11, 1), until=YearDay(3, 31))),
    ('{days: [mo], months: [nov, dec], open: "9:00", close: "17:00"}', Times(NINE, FIVE, ("mo",), months=("nov", "dec"))),
    ('{days: [mo], open: "18:00"}', Times(18 * 60, None, ("mo",))),
    ("{always: yes}", Times(0, 24 * 60, ("mo", "tu", "we", "th", "fr", "sa", "su"))),
    ('{days: [mo], open: "9:00", close: "17:00", appointment: yes, at: b}', Times(NINE, FIVE, ("mo",), appointment=True, at=("b",))),
    ('{days: [mo], open: "9:00", close: "17:00", at: [a, b]}', Times(NINE, FIVE, ("mo",), at=("a", "b"))),
    ("{closed: [2026-12-24, 2026-12-26..2027-01-02]}", Closure(((DAY, DAY), (date(2026, 12, 26), date(2027, 1, 2))))),
    ("{closed: 2026-12-24, at: a}", Closure(((DAY, DAY),), at=("a",))),
    ("{text: By the tide}", InWords(TranslatableText({"en": Translation("By the tide")}))),
]  # fmt: skip


@pytest.mark.parametrize(("written", "entry"), CASES)
def test_each_form_of_hours_is_read(tmp_path: Path, written: str, entry: Hours) -> None:
    service, problems = read(tmp_path, written)

    assert (service.hours, problems) == ((entry,), [])


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("{closed: [2026-12-24 to 2027-01-02]}", "which is not a date", "two dots between the first and the last day:  2026-12-24..2027-01-02"),
        ("{closed: [2026-12-24 - 2027-01-02]}", "which is not a date", "2026-12-24..2027-01-02"),
        ("{closed: [2026-12-24], until: 2027-01-02}", "'until' is not a key", "two dots between them:  closed: [2026-12-24..2027-01-02]"),
        ("{closed: [2027-01-02..2026-12-24]}", "ends before it begins", "Check the year"),
        ("{closed: [2026-12-24..2036-12-24]}", "is longer than a year", "Check the year"),
        ('{days: [mo], every: month, open: "9:00"}', "not a number of weeks", "2 weeks"),
        ('{day_of_month: [32], open: "9:00"}', "'32' is not a day of the month", "1 to 31"),
        ('{monthly: [1], open: "9:00"}', "'1' is not a day of the month", "day_of_month: [1]"),
        ('{days: [mo], from: 02-30, until: 3-1, open: "9:00"}', "02-30, a day that does not exist", "month comes first"),
        ('{days: [mo], months: [Movember], open: "9:00"}', "which is not an allowed value", "nov"),
        ("{always: maybe}", "neither yes nor no", "yes or no"),
        ("{weekly: [mo]}", "has none of these keys: days, monthly, day_of_month, dates, always, closed", "Write"),
        ('{days: [mo], open: "23:00", close: "22:59"}', "opens at 23:00 and closes at 22:59", "{always: yes}"),
    ],
)  # fmt: skip
def test_the_message_about_a_mistake_in_hours_has_the_correct_form(tmp_path: Path, written: str, message: str, hint: str) -> None:
    _, problems = read(tmp_path, written)

    assert [problem for problem in problems if message in problem[1] and hint in problem[2] and problem[0] == 12], problems


def days_of(service: Service) -> dict[str, tuple[date, ...]]:
    (entry,) = service.hours
    assert isinstance(entry, Closure)
    return {holiday.id: holiday.days for holiday in entry.holidays}


@pytest.fixture
def year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798000000")  # in December 2026


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("name", "id_", "first"),
    [
        ("thanksgiving", "thanksgiving-day", date(2026, 11, 26)),
        ("Thanksgiving Day", "thanksgiving-day", date(2026, 11, 26)),
        ("day-after-thanksgiving", "day-after-thanksgiving", date(2026, 11, 27)),
        ("christmas", "christmas-day", date(2026, 12, 25)),
        ("christmas-eve", "christmas-eve", DAY),
        ("juneteenth", "juneteenth-national-independence-day", date(2026, 6, 19)),
        ("presidents-day", "washingtons-birthday", date(2026, 2, 16)),
        ("New Year's Day", "new-years-day", date(2026, 1, 1)),
        ("public-holidays", "public-holidays", date(2026, 1, 1)),
        ("federal holidays", "public-holidays", date(2026, 1, 1)),
    ],
)
def test_holidays_are_known_by_name_for_three_years(tmp_path: Path, name: str, id_: str, first: date) -> None:
    service, problems = read(tmp_path, f'{{closed_on: ["{name}"]}}')

    assert problems == []
    (days,) = [days for key, days in days_of(service).items() if key == id_]
    assert days[0] == first
    assert {day.year for day in days} == {2026, 2027, 2028}


@pytest.mark.usefixtures("year")
def test_holidays_are_those_of_the_state_with_the_days_on_which_they_are_observed(tmp_path: Path) -> None:
    service, _ = read(tmp_path, "{closed_on: public-holidays}", state="MA")

    days = days_of(service)["public-holidays"]
    assert date(2026, 4, 20) in days  # Patriots' Day
    assert date(2027, 7, 5) in days  # July 4 is a Sunday


def test_a_holiday_that_the_country_does_not_have_is_asked_about(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "{closed_on: [thanksgivin]}")

    assert problems == [(12, "'closed_on' has 'thanksgivin', which is not a holiday of US", "Did you mean:  thanksgiving-day")]


def test_without_a_region_no_holiday_is_known(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "guide.yml": make.GUIDE_YML.replace("region: US\n", ""),
        "content/partners/food-bank.yml": make.PARTNER_YML.replace("(555) 555-0114", "+1 555 555 0114")
        + "    hours: [{closed_on: [christmas]}]\n",
    }

    (problem,) = [
        problem for problem in pipeline.load_checked_guide(make.folder(tmp_path, files))[1] if problem.code == "holidays"
    ]

    assert "guide.yml has no region" in problem.message


def test_without_its_package_a_holiday_is_refused_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "holidays", None)

    _, problems = read(tmp_path, "{closed_on: [christmas]}", state="NH")  # a state that no other test asked for

    assert [(line, hint) for line, _, hint in problems] == [
        (12, "Install it:  pip install 'guidegen[holidays]'   or write the dates:  closed: [2026-12-25]")
    ]


def names_in(language: str) -> Any:
    return {"en": "Thanksgiving", "es": "Día de Acción de Gracias"}[language]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_holiday_is_called_by_its_name_in_the_language_of_the_page(tmp_path: Path, language: str) -> None:
    profile = make.PARTNER_YML + "    hours: [{closed_on: [thanksgiving]}]\n"
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile})
    pipeline.build(root, root / "site")

    assert names_in(language) in (root / f"site/{language}/partners/food-bank/index.html").read_text(encoding="utf-8")


def test_another_country_has_its_own_holidays_and_names() -> None:
    from guidegen.content.fields.context import Jurisdiction
    from guidegen.content.fields.holidays import load_calendar

    holidays = load_calendar(Jurisdiction("DE", "BY", 2026))

    unity = holidays["german-unity-day"]
    assert unity.days[0] == date(2026, 10, 3)
    assert unity.name.resolve("de", ()).text.text == "Tag der Deutschen Einheit"
    assert isinstance(holidays["epiphany"], Holiday)
    assert "epiphany" not in load_calendar(Jurisdiction("DE", "BE", 2026))
