"""Hours in prose: facts only where they are certain."""

from pathlib import Path

import pytest

from guidegen.editing.imports.hours_notes import is_by_appointment_only
from guidegen.editing.imports.hours_text import parse_hours
from guidegen.editing.imports.source import clean_text

WEEK = ["mo", "tu", "we", "th", "fr"]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Mon-Fri 9am-5pm", [{"days": ["mo", "tu", "we", "th", "fr"], "open": "09:00", "close": "17:00"}]),
        ("Tues 5-7pm", [{"days": ["tu"], "open": "17:00", "close": "19:00"}]),
        ("Mon-Thu 9am-12pm and 1pm-4pm", [{"days": ["mo", "tu", "we", "th"], "open": "09:00", "close": "12:00"}, {"days": ["mo", "tu", "we", "th"], "open": "13:00", "close": "16:00"}]),
        ("Montag bis Freitag 9:00-17:00", [{"days": ["mo", "tu", "we", "th", "fr"], "open": "09:00", "close": "17:00"}]),
        ("24/7", [{"always": "yes"}]),
        ("h24", [{"always": "yes"}]),
        ("Lunedì e mercoledì dalle 18.00 alle 20.30", [{"days": ["mo", "we"], "open": "18:00", "close": "20:30"}]),
        ("dal lunedì al venerdì 8:30-12:30 e 14:30-17:30", [{"days": ["mo", "tu", "we", "th", "fr"], "open": "08:30", "close": "12:30"}, {"days": ["mo", "tu", "we", "th", "fr"], "open": "14:30", "close": "17:30"}]),
        ("tutti i giorni 11,30-13,30", [{"days": ["mo", "tu", "we", "th", "fr", "sa", "su"], "open": "11:30", "close": "13:30"}]),
        ("lunes a viernes de 9 a 17", [{"days": ["mo", "tu", "we", "th", "fr"], "open": "09:00", "close": "17:00"}]),
        ("lunedì 9-12; giovedì 15-18", [{"days": ["mo"], "open": "09:00", "close": "12:00"}, {"days": ["th"], "open": "15:00", "close": "18:00"}]),
        ("Primo sabato del mese 10-12", []),
        ("secondo martedì 9-12", []),
        ("monthly Thursday 9-11am", []),
        ("first week of month Thursday 9-11am", []),
        ("2nd and 4th Sat 9-11am", [{"monthly": ["2sa", "4sa"], "open": "09:00", "close": "11:00"}]),
        ("Mon-Fri 9am-5pm except holidays", [{"days": WEEK, "open": "09:00", "close": "17:00"}, {"closed_on": ["public-holidays"]}]),
        ("Tue 1-4", []),
        ("By appointment", []),
        ("Pantry is open every other Tuesday from 3:00 p.m. to 5:00 p.m.", []),
        ("a, b and c & d - " * 40, []),
        ("Sunday: Closed Monday: 9:00-17:00  Tuesday: 9:00-17:00 Saturday: Closed", [{"days": ["mo", "tu"], "open": "09:00", "close": "17:00"}]),
        ("Monday: 8:30-12:00 , 13:00-17:00", [{"days": ["mo"], "open": "08:30", "close": "12:00"}, {"days": ["mo"], "open": "13:00", "close": "17:00"}]),
        ("2nd & 4th Tuesday 12:00pm - 4:00pm", [{"monthly": ["2tu", "4tu"], "open": "12:00", "close": "16:00"}]),
        ("The first and third Saturday of the month: 9:00 a.m. - 11:00 a.m.", [{"monthly": ["1sa", "3sa"], "open": "09:00", "close": "11:00"}]),
        ("Last Friday of each month at 10 AM", [{"monthly": ["-1fr"], "open": "10:00"}]),
        ("Sundays from 4:00 pm until 6:00 pm", [{"days": ["su"], "open": "16:00", "close": "18:00"}]),
        ("M - Th: 9a-4p", [{"days": ["mo", "tu", "we", "th"], "open": "09:00", "close": "16:00"}]),
        ("Tuesdays: 10:00 AM - 12:00 PM\n\nBring proof of residency.", [{"note": "Bring proof of residency", "days": ["tu"], "open": "10:00", "close": "12:00"}]),
        ("Monday-Friday, 8 AM - 4 PM\n\nPlease call to make an appointment.", [{"appointment": "yes", "days": WEEK, "open": "08:00", "close": "16:00"}]),
        ("Monday-Friday\nLunch: 12 PM - 1 PM\nSnack: 3 PM - 3:30 PM", [{"days": WEEK, "open": "12:00", "close": "13:00", "note": "Lunch"}, {"days": WEEK, "open": "15:00", "close": "15:30", "note": "Snack"}]),
        ("Mon-Fri 9am-5pm (closed on holidays)", [{"days": WEEK, "open": "09:00", "close": "17:00"}, {"closed_on": ["public-holidays"]}]),
        ("<tr><td>Monday</td><td><time>11:15 AM - 12:15 PM</time></td></tr><tr><td>Tuesday</td><td>Closed</td></tr>", [{"days": ["mo"], "open": "11:15", "close": "12:15"}]),
        ("Mon-Fri 9am-5pm. No appointment needed", [{"note": "No appointment needed", "days": WEEK, "open": "09:00", "close": "17:00"}]),
        ("Mon-Fri 9am-5pm (nur nach Vereinbarung)", [{"appointment": "yes", "days": WEEK, "open": "09:00", "close": "17:00"}]),
        ("Mon-Fri 1:00-5:00", []),
        ("Tue/Thu 6:00-8:00", []),
        ("Mon-Fri 9:00-5:00, Sat 1:00-3:00", []),
        ("Wed at 6:30", []),
        ("Tues 7-9", []),
        ("Tues 9am-11am (biweekly)", []),
        ("Mon-Fri 9am-5pm. Fortnightly", []),
        ("Mon-Fri 9am-5pm. Currently paused", []),
        ("Mon-Fri 9am-5pm. Permanently shut", []),
        ("Mon-Fri 9am-5pm. Call 9-11", []),
        ("Mo-Fr 9:00-17:00. Mittwochs geschlossen", []),
        ("Lunes a viernes 9:00-17:00. Excepto miércoles", []),
        ("lun-ven 9:00-17:00 (fermé le mercredi)", []),
        ("every 3rd Thursday 1-3pm", []),
        ("1st Monday through Wednesday of the month 9-11am", []),
        ("Last Thursday and Friday of the month 9-11am", []),
        ("Tuesdays (except the 4th Tuesday of the month): 9:00 a.m. - 11:00 a.m.", []),
        ("2nd Thursday of the month: 6 - 8 p.m.\nDuring these months:\nMay, July", []),
        ("3rd Saturday: 9:00 a.m. until food is gone.", []),
        ("1st Tuesday: 9 a.m. - 11 a.m. or by appointment.", []),
        ("Friday: 8:00-4:30 Monday: 13:00-17:00", []),
        ("Thursday: 23:00-17:00", []),
        ("Tuesday 9-11 AM, second Tuesday closed", []),
        ("Every other Monday: 9:30 AM - 11:30 AM", []),
        ("Mon-Fri 9-5, summer Mon-Thu", []),
    ],
)  # fmt: skip
def test_hours_become_facts_only_where_they_are_certain(text: str, entries: list[dict[str, object]]) -> None:
    assert parse_hours(clean_text(text)) == entries


def test_the_rest_of_a_column_proves_a_24_hour_clock() -> None:
    assert parse_hours("Friday: 8:00-4:30") == [{"days": ["fr"], "open": "08:00", "close": "16:30"}]
    assert parse_hours("Friday: 8:00-4:30", has_24_hour_clock=True) == []


@pytest.mark.parametrize(
    ("text", "is_only"),
    [
        ("Please call for an appointment.", True), ("By appointment only", True), ("Con cita previa", True),
        ("Must call to make an appointment", True), ("Please call 555-555-0100 for an appointment", True),
        ("Please call for hours.", False), ("Mondays by appointment", False), ("Please call for an appointment. Next one April 14.", False),
    ],
)  # fmt: skip
def test_a_text_that_only_asks_for_an_appointment_is_known(text: str, is_only: bool) -> None:
    assert is_by_appointment_only(text) is is_only


def test_real_hours_are_read_as_their_weekdays_say() -> None:
    """Of 356 offices with a line such as "Sunday: Closed Monday: 9:00-17:00", those that are read are read right."""
    data = Path(__file__).parents[4] / "shared/data/ilao-legal-aid-il/input/locations.csv"
    if not data.is_file():
        pytest.skip("the real directory is in ../shared, which is not here")
    import csv
    import re

    names = dict(
        zip(
            ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
            ("mo", "tu", "we", "th", "fr", "sa", "su"),
            strict=True,
        )
    )
    with data.open(encoding="utf-8-sig") as file:
        texts = [row["Hours of operation"] for row in csv.DictReader(file) if row["Hours of operation"]]
    read = 0
    for text in texts:
        said = sorted(
            (names[day], f"{start:0>5}", f"{end:0>5}")
            for day, rest in re.findall(r"(\w+day): ([^S-Z]*?)(?=\s*(?:\w+day:|$))", text)
            for start, end in re.findall(r"([0-9:]+)-([0-9:]+)", rest)
        )
        entries = parse_hours(text, has_24_hour_clock=True)
        found = sorted((day, entry["open"], entry["close"]) for entry in entries for day in entry["days"])  # type: ignore[attr-defined]
        if entries:
            assert found == said, text
            read += 1
    assert len(texts) == 356
    assert read == 337  # the others contradict themselves, such as  Friday: 8:30-4:30  in a 24-hour clock
