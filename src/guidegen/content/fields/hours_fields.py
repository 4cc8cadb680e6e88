"""The fields of opening hours."""

from dataclasses import replace
from typing import Any

from guidegen.content.fields import intended_times
from guidegen.content.fields.common_fields import AT, NOTE, YES_NO
from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.holidays import HolidayName
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import Choice
from guidegen.content.fields.text import Translated
from guidegen.content.fields.times import DayNumber, DayOrYearDay, Days, Every, MonthDay, TimeOfDay
from guidegen.model.hours import DAYS, MONTHS, Closure, DateRange, Holiday, Hours, InWords, Times

_OPENING = (
    Field("open", TimeOfDay(), "opening time, 24-hour clock", '"09:00"', required=True, hsds="schedule.opens_at"),
    Field("close", TimeOfDay(), "closing time, 24-hour clock; leave it out if only the start is known", '"17:00"', hsds="schedule.closes_at"),
)  # fmt: skip
_MONTH_MEANINGS = dict(zip(MONTHS, ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"), strict=True))  # fmt: skip
_MONTHS_ALSO = {name.casefold(): month for month, name in _MONTH_MEANINGS.items()} | {"sept": "sep"}
_SEASON = (
    Field("from", DayOrYearDay(), "the first day of these hours; without a year, every year", "2026-09-08", hsds="schedule.valid_from"),
    Field("until", DayOrYearDay(), "the last day of these hours; without a year, every year", "2027-06-05", hsds="schedule.valid_to"),
    Field("months", Many(Choice(_MONTH_MEANINGS, _MONTHS_ALSO)), "only in these months", "[nov, dec]", hsds="schedule.bymonth"),
)  # fmt: skip
_DETAILS = (
    Field("appointment", YES_NO, "only by appointment at these times", "yes"),
    AT,
    Field("note", NOTE, "more details", "Not in school holidays", hsds="schedule.notes"),
)
_DAY_MEANINGS = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_DAYS_ALSO = (
    {name.casefold(): day for day, name in _DAY_MEANINGS.items()}
    | {name.casefold()[:3]: day for day, name in _DAY_MEANINGS.items()}
    | {name.casefold() + "s": day for day, name in _DAY_MEANINGS.items()}
)


def _list_days(text: str, _country: str) -> str:
    return intended_times.weekdays(text)


_HOURS_KIND = "an entry of 'hours'"
WEEKLY = Record(
    _HOURS_KIND,
    (
        Field("days", Many(Choice(_DAY_MEANINGS, _DAYS_ALSO, intended_times.weekdays), interpret=_list_days), "days of the week", "[mo, we]", required=True, hsds="schedule.byday"),
        *_OPENING,
        Field("every", Every(), "how many weeks apart, counted from the week of 'from'", "2 weeks", hsds="schedule.interval"),
        *_SEASON,
        *_DETAILS,
    ),
    Times,
)  # fmt: skip
MONTHLY = Record(
    _HOURS_KIND,
    (
        Field(
            "monthly",
            Many(MonthDay(), interpret=intended_times.month_days),
            "weekdays of the month: 1sa is the first Saturday",
            "[1sa, 3sa]",
            required=True,
            hsds="schedule.byday",
        ),
        *_OPENING,
        *_SEASON,
        *_DETAILS,
    ),
    Times,
)
DAYS_OF_MONTH = Record(
    _HOURS_KIND,
    (
        Field("day_of_month", Many(DayNumber(), may_be_one=True), "days of the month by number", "[1, 15]", required=True, hsds="schedule.bymonthday"),
        *_OPENING,
        *_SEASON,
        *_DETAILS,
    ),
    Times,
)  # fmt: skip
DATES = Record(
    _HOURS_KIND,
    (
        Field("dates", Many(Days(), may_be_one=True), "single dates, on which these hours replace all others", "[2026-12-24]", required=True),
        *_OPENING,
        *_DETAILS,
    ),
    Times,
)  # fmt: skip


def _build_always(always: bool = True, **values: Any) -> Hours | None:
    return Times(0, 24 * 60, DAYS, **values) if always else None


ALWAYS = Record(
    _HOURS_KIND,
    (Field("always", YES_NO, "open day and night", "yes", required=True), *_SEASON, *_DETAILS),
    _build_always,
    {"days": 'For some days only write  open: "00:00", close: "24:00"  in place of  always: yes'},
)
_CLOSED_ON = Field(
    "closed_on", Many(HolidayName(), may_be_one=True), "holidays when it is closed, by name", "[thanksgiving, public-holidays]"
)
_REASON = Field("note", NOTE, "why", "Winter break")
_CLOSURE_INSTEAD = dict.fromkeys(
    ("from", "until"), "Write the first and the last day with two dots between them:  closed: [2026-12-24..2027-01-02]"
)


def _build_closure(closed: tuple[DateRange, ...] = (), closed_on: tuple[Holiday, ...] = (), **values: Any) -> Hours:
    return Closure(closed, closed_on, **values)


CLOSURE = Record(
    _HOURS_KIND,
    (
        Field(
            "closed",
            Many(Days(), may_be_one=True),
            "days when it is closed",
            "[2026-12-24, 2026-12-26..2027-01-02]",
            required=True,
        ),
        _CLOSED_ON,
        AT,
        _REASON,
    ),
    _build_closure,
    _CLOSURE_INSTEAD,
)
HOLIDAYS = Record(_HOURS_KIND, (replace(_CLOSED_ON, required=True), AT, _REASON), _build_closure, _CLOSURE_INSTEAD)


def _read_entry(text: str) -> str:
    """Return the entry for a text such as "24/7" in place of one."""
    guess = intended_times.hours(text)
    return guess[1:-1] if guess.endswith("}]") else ""


IN_WORDS = Record(
    _HOURS_KIND,
    (
        Field("text", Translated(1000), "hours that can only be described in words; they are shown, but never count as open", "By the tide", required=True, hsds="schedule.description"),
        AT,
    ),
    InWords,
)  # fmt: skip
_SHAPES = (WEEKLY, MONTHLY, DAYS_OF_MONTH, DATES, ALWAYS, CLOSURE, HOLIDAYS, IN_WORDS)
HOURS: OneOf[Hours] = OneOf(_SHAPES, _HOURS_KIND, _read_entry)  # type: ignore[arg-type]  # Record is invariant
