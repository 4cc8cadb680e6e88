"""Checks of single facts: hours, verification, pictures, search tests."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.content.checks.freshness import unverified_or_old
from guidegen.model.partner import Verified
from guidegen.model.problems import Severity
from tests import make, timetables

NIGHT = "If it is open past midnight, write  close:"


def errors(root: Path, files: dict[str, str | bytes]) -> list[tuple[str, int, str, str]]:
    """Return file, line, message and hint of each error in a guide."""
    _, problems = pipeline.load_checked_guide(make.folder(root, files))
    return [
        (problem.path.name, problem.line, problem.message, problem.hint)
        for problem in problems
        if problem.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("opens", "closes", "message", "hint"),
    [
        ("24:00", "25:00", "it opens at 24:00", "The day ends at 24:00."),
        ("09:00", "33:01", "it is open from 09:00 to 33:01, which is more than a day", "Check both times."),
        ("09:00", "09:00", "it opens at 09:00 and closes at 09:00", "Is it open around the clock? Then write  {always: yes}"),
        ("09:00", "05:00", "it closes at 05:00, before it opens at 09:00", 'Did you mean  close: "17:00" ?'),
        ("17:00", "09:00", "it closes at 09:00, before it opens at 17:00", f'Did you mean  open: "09:00", close: "17:00" ,  or  close: "21:00" ?   {NIGHT} "33:00"'),
        ("21:00", "12:00", "it closes at 12:00, before it opens at 21:00", f'Did you mean  open: "09:00" ?   {NIGHT} "36:00"'),
        ("11:00", "10:59", "it opens at 11:00 and closes at 10:59", "Is it open around the clock? Then write  {always: yes}"),
        ("23:00", "22:59", "it opens at 23:00 and closes at 22:59", "Is it open around the clock? Then write  {always: yes}"),
        ("23:00", "22:00", "it closes at 22:00, before it opens at 23:00", 'Did you mean  open: "11:00" ?'),
        ("13:00", "12:30", "it closes at 12:30, before it opens at 13:00", 'Did you mean  open: "01:00" ?'),
        ("11:00", "04:00", "it closes at 04:00, before it opens at 11:00", f'Did you mean  close: "16:00" ?   {NIGHT} "28:00"'),
    ],
)  # fmt: skip
def test_impossible_times_are_reported_with_the_likely_ones(
    tmp_path: Path, opens: str, closes: str, message: str, hint: str
) -> None:
    hours = make.PARTNER_YML + f'    hours:\n      - {{days: [mo], open: "{opens}", close: "{closes}"}}\n'

    assert errors(tmp_path, {"content/partners/food-bank.yml": hours}) == [("food-bank.yml", 10, message, hint)]


@pytest.mark.parametrize(("opens", "closes"), [("00:00", "24:00"), ("09:00", "33:00"), ("20:00", "08:00"), ("23:59", "24:00")])
def test_a_night_and_a_whole_day_are_valid(tmp_path: Path, opens: str, closes: str) -> None:
    hours = make.PARTNER_YML + f'    hours:\n      - {{days: [mo], open: "{opens}", close: "{closes}"}}\n'

    assert errors(tmp_path, {"content/partners/food-bank.yml": hours}) == []


@pytest.mark.parametrize(
    ("written", "message"),
    [("type: fod", "there is no service type 'fod'"), ("type: food, language: vi", "'vi' is not a language of the guide")],
)
def test_a_search_test_names_a_type_and_a_language_of_the_guide(tmp_path: Path, written: str, message: str) -> None:
    files: dict[str, str | bytes] = {"content/search-tests.yml": f"tests:\n  - {{query: bread, {written}}}\n"}

    assert [error[:3] for error in errors(tmp_path, files)] == [("search-tests.yml", 2, message)]


def test_a_missing_picture_is_reported_with_the_nearest_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/images/pantry.png": b"x",
        "content/partners/food-bank.yml": make.PARTNER_YML + "logo: images/pantri.png\n",
        "content/spotlights/a.md": "---\ntitle: T\ndate: 2026-01-01\nimage: images/none.png\nalt: None\n---\nText.\n",
    }

    missing = [error for error in errors(tmp_path, files) if "there is no picture" in error[2]]

    assert [error[:2] for error in missing] == [("food-bank.yml", 9), ("a.md", 4)]
    assert missing[0][3] == "Did you mean:  images/pantry.png"


@pytest.mark.parametrize(
    ("checked", "limit", "message"),
    [
        (None, None, "nobody has checked these facts yet"),
        (date(2026, 11, 24), None, "the facts were checked on 2026-11-24, which is in the future"),
        (date(2026, 10, 23), 30, "the facts were last checked 31 days ago; this guide asks for a check every 30 days"),
        (date(2026, 10, 24), 30, ""),
        (date(2020, 1, 1), None, ""),
    ],
)
def test_facts_must_be_checked_as_often_as_the_guide_says(checked: date | None, limit: int | None, message: str) -> None:
    partner = make.partner(verified=Verified(checked) if checked else None, places={"name": (1, 1)})
    guide = make.guide(partner)
    guide = replace(guide, settings=replace(guide.settings, check_after_days=limit))

    assert [problem.message for problem in unverified_or_old(guide, make.TODAY)] == ([message] if message else [])


@pytest.mark.parametrize(
    "document",
    [
        "Work permit or Social Security card",
        "Green card, so that we can count your years",
        "A copy of the N-400 you sent",
        "Permiso de trabajo",
        "绿卡",
        "تصريح العمل",
        "Thẻ xanh",
        "Kat rezidans",
        "گرین کارت",
        "Грін-картка",
    ],
)
def test_a_document_that_shows_status_is_reported_if_nobody_asks_about_status(tmp_path: Path, document: str) -> None:
    profile = make.PARTNER_YML + f"    documents: [A letter, '{document}']\n    asks:\n      immigration_status: no\n"

    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, {"content/partners/food-bank.yml": profile}))

    (warning,) = (problem for problem in problems if problem.code == "status-shown")
    assert (warning.path.name, warning.line, warning.severity) == ("food-bank.yml", 11, Severity.WARNING)
    assert f"“{document}”" in warning.message
    assert "immigration_status: yes" in warning.hint


@pytest.mark.parametrize(
    ("document", "asks"),
    [
        ("Work permit", "immigration_status: yes"),
        ("Work permit", "photo_id: yes"),
        ("Your entry paper (I-94), if you have one", "immigration_status: no"),
        ("Any photo ID, such as a passport or a green card", "immigration_status: no"),
        ("You can come without a green card", "immigration_status: no"),
        ("Permiso de trabajo, si lo tiene", "immigration_status: no"),
        ("Social Security card or ITIN letter", "immigration_status: no"),
        ("Form I-9 and an N-95 mask", "immigration_status: no"),
    ],
)
def test_an_optional_document_that_shows_status_is_not_reported(tmp_path: Path, document: str, asks: str) -> None:
    profile = make.PARTNER_YML + f"    documents: ['{document}']\n    asks: {{{asks}}}\n"

    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, {"content/partners/food-bank.yml": profile}))

    assert [problem.message for problem in problems if problem.code == "status-shown"] == []


@pytest.mark.parametrize(
    ("entry", "closed", "day"),
    [
        ("dates: [2026-12-23..2026-12-26]", "closed: [2026-12-24]", "2026-12-24"),
        ("days: [th], from: 2026-12-24, until: 2026-12-24", "closed: [2026-12-20..2026-12-27]", "2026-12-24"),
        ("days: [mo, th], from: 12-24, until: 12-24", "closed: [2026-12-24]", "2026-12-24"),
        ("dates: [2026-12-24]", "closed_on: [christmas-eve]", "2026-12-24"),
        ("days: [mo], from: 2026-12-24, until: 2026-12-24", "closed: [2026-12-24]", ""),
        ("dates: [2026-12-24]", "closed: [2026-12-25]", ""),
    ],
)
def test_a_date_with_hours_that_is_also_closed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, closed: str, day: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", timetables.EPOCH)
    hours = f'    hours:\n      - {{{entry}, open: "09:00", close: "12:00"}}\n      - {{{closed}}}\n'
    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + hours}))

    conflicts = [(problem.line, problem.message) for problem in problems if problem.code == "hours-contradict"]

    assert conflicts == ([(10, f"{day} has hours here, but line 11 says it is closed")] if day else [])
