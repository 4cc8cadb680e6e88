"""Classes as calendar files: calendar libraries read back what the guide says."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar
from icalendar.cal import Timezone

from guidegen.build import pipeline
from guidegen.content.load import load
from guidegen.model.hours import Closure
from guidegen.model.opening_hours import find_events, has_events, iter_openings
from guidegen.model.partner import Partner
from guidegen.model.service import Service
from tests import ROOT, make

HOURS = """
    hours:
      - {days: [mo, we], open: "18:00", close: "20:30", from: 2026-09-09, until: 2027-06-09}
      - {monthly: [1tu, -1fr], open: "9:00", close: "11:00", from: 2026-09-01, until: 2027-03-31}
      - {days: [sa], open: "22:00", close: "01:30", from: 2026-10-03, until: 2026-11-28}
      - {days: [su], open: "10:00", close: "11:00"}
      - {closed: [2026-11-25, 2026-09-09, 2026-11-27]}
"""


CLASSES = make.SERVICES_YML.replace("- id: food", "- id: food\n    classes: yes")


def built(tmp_path: Path, hours: str = HOURS, services: str = CLASSES) -> tuple[Partner, bytes]:
    profile = make.PARTNER_YML.rstrip() + hours
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile, "content/services.yml": services})
    pipeline.build(root, root / "site")
    (partner,) = load(root).guide.partners
    return partner, (root / "site/data/calendars/food-bank.ics").read_bytes()


def find_starts(partner: Partner, service: Service, classes: tuple[str, ...] = ("food",)) -> list[list[datetime]]:
    """Return the start times of each class of a service, for two years from its first day."""
    closures = tuple(entry for entry in service.hours if isinstance(entry, Closure))
    return [
        [
            opening.starts
            for opening in iter_openings((entry, *closures), entry.from_ if isinstance(entry.from_, date) else date.min, 730)
        ]
        for entry in find_events(partner, service, classes)
    ]


def read_starts(content: bytes) -> list[list[datetime]]:
    """Return the start times of each event, for two years, as dateutil reads them."""
    events = vobject.readOne(content.decode()).contents["vevent"]
    ends = [event.dtstart.value + timedelta(days=731) for event in events]
    return [
        [
            start.replace(tzinfo=None)
            for start in event.getrruleset(addRDate=True).between(event.dtstart.value - timedelta(days=1), end)
        ]
        for event, end in zip(events, ends, strict=True)
    ]


def test_every_class_is_on_the_right_days(tmp_path: Path) -> None:
    partner, content = built(tmp_path)

    expected = find_starts(partner, partner.services[0])

    assert [len(starts) for starts in expected] == [79 - 2, 14 - 1, 9]
    assert read_starts(content) == expected


@pytest.mark.slow
def test_the_classes_of_the_sample_guide_are_on_the_right_days(sample_site: Path) -> None:
    guide = load(ROOT).guide
    partners = [partner for partner in guide.listed if has_events(partner, guide.class_types)]

    assert len(partners) > 10
    for partner in partners:
        content = (sample_site / f"data/calendars/{partner.slug}.ics").read_bytes()
        by_service = [find_starts(partner, service, guide.class_types) for service in partner.services]
        expected = [starts for events in by_service for starts in events if starts]
        assert [starts[:300] for starts in read_starts(content)] == [starts[:300] for starts in expected], partner.slug


def test_a_class_past_midnight_ends_on_the_next_day(tmp_path: Path) -> None:
    _, content = built(tmp_path)

    late = Calendar.from_ical(content).walk("VEVENT")[2]

    assert (late.decoded("dtend") - late.decoded("dtstart")) == timedelta(hours=3, minutes=30)


@pytest.mark.slow
@pytest.mark.parametrize("month", range(1, 13))
def test_a_calendar_contains_the_rules_of_its_time_zone(tmp_path: Path, month: int) -> None:
    _, content = built(tmp_path)
    (timezone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert isinstance(timezone, Timezone)
    read_zone, expected_zone = timezone.to_tz(lookup_tzid=False), ZoneInfo("America/New_York")

    days = [datetime(2026 if month > 8 else 2027, month, day, 12) for day in range(1, 29)]

    assert [day.replace(tzinfo=read_zone).utcoffset() for day in days] == [
        day.replace(tzinfo=expected_zone).utcoffset() for day in days
    ]


def test_opening_hours_without_a_first_day_are_not_a_class(tmp_path: Path) -> None:
    root = make.folder(
        tmp_path,
        {
            "content/partners/food-bank.yml": make.PARTNER_YML.rstrip()
            + '\n    hours: [{days: [su], open: "10:00", close: "11:00"}]\n'
        },
    )
    pipeline.build(root, root / "site")

    assert not (root / "site/data/calendars").exists()
    assert "calendars" not in (root / "site/en/partners/food-bank/index.html").read_text(encoding="utf-8")


def test_text_cannot_break_out_of_its_line(tmp_path: Path) -> None:
    profile = make.PARTNER_YML.replace("name: Pantry", 'name: "Food, fun; and a back\\\\slash"').rstrip() + HOURS
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile, "content/services.yml": CLASSES})
    pipeline.build(root, root / "site")
    content = (root / "site/data/calendars/food-bank.ics").read_bytes()

    event = Calendar.from_ical(content).walk("VEVENT")[0]

    assert str(event["summary"]) == "Food, fun; and a back\\slash · Food Bank"
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert all(line.isprintable() for line in content.decode().replace("\r\n", ""))
