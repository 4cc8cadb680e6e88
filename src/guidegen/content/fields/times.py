"""Readers of dates, times and days of the month."""

import re
from datetime import date, timedelta

from guidegen.content.fields import intended, intended_times
from guidegen.content.fields.context import ReadingContext, get_field_name, read_scalar_text, shorten
from guidegen.content.yaml.parser import Node, ScalarNode
from guidegen.model.hours import DAYS, DateRange, YearDay
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Day:
    """A date, year first (ISO 8601)."""

    expected: str = "the year, the month and the day, such as  2026-11-03"

    def read(self, node: Node, path: str, context: ReadingContext) -> date | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            message = f"'{get_field_name(path)}' is '{shorten(text)}', which is not a date"
            context.report(node, message, self._suggest(text, context), "date")
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            hint = "Check the month and the day: the year comes first, then the month, then the day."
            if guess := intended_times.day(f"{text[:4]}-{text[8:]}-{text[5:7]}", ""):
                hint = f"The year comes first, then the month, then the day. Did you mean:  {guess}"
            context.report(node, f"'{get_field_name(path)}' is {text}, a day that does not exist", hint, "date")
            return None
        if not 1900 <= day.year <= 2200:
            context.report(node, f"'{get_field_name(path)}' is {text}: the year is {day.year}", "Check the year.", "date")
            return None
        return day

    def _suggest(self, text: str, context: ReadingContext) -> str:
        guess = intended_times.day(text, context.jurisdiction.country)
        if guess:
            return f"Did you mean:  {guess}   (the year, the month and the day)"
        if intended_times.is_day_without_year(text):
            return f"Add the year. Write {self.expected}"
        return f"Write {self.expected}"


@dataclass(frozen=True, slots=True)
class DayOrYearDay:
    """A date, or a day of every year: ``11-01``."""

    expected: str = "a date such as  2026-11-03 , or without a year if it repeats every year:  11-03"

    def read(self, node: Node, path: str, context: ReadingContext) -> date | YearDay | None:
        text = read_scalar_text(node, path, context, self.expected)
        match = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", text or "")
        if not match:
            return Day(self.expected).read(node, path, context)
        try:
            day = date(2024, int(match[1]), int(match[2]))  # a leap year, so that February 29 is valid
        except ValueError:
            hint = "The month comes first, then the day."
            context.report(node, f"'{get_field_name(path)}' is {text}, a day that does not exist", hint, "date")
            return None
        return YearDay(day.month, day.day)


MAX_RANGE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Days:
    """A date, or a range of dates: ``2026-12-24..2027-01-02``."""

    expected: str = "a date such as  2026-12-24 , or the first and the last day:  2026-12-24..2027-01-02"

    def read(self, node: Node, path: str, context: ReadingContext) -> DateRange | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        parts = re.split(r"\s*\.\.+\s*", text)
        if len(parts) == 1 and len(dates := re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) == 2:
            hint = f"Write two dots between the first and the last day:  {dates[0]}..{dates[1]}"
            context.report(node, f"'{get_field_name(path)}' has '{shorten(text)}', which is not a date", hint, "date")
            return None
        if len(parts) > 2:
            context.report(
                node, f"'{get_field_name(path)}' has '{shorten(text)}', which is not a date", f"Write {self.expected}", "date"
            )
            return None
        if len(parts) == 1 and re.fullmatch(r"[^\W\d_][^0-9]*", text) and not intended_times.is_day_without_year(text):
            hint = f"For a holiday write its name under  closed_on: [{re.sub('[^a-z]+', '-', intended.fold(text))}]"
            if intended_times.weekdays(text):
                hint = "Remove the entry: days of the week that are not listed are closed."
            elif intended.yes_no(text, ""):
                hint = f"Write {self.expected}"
            context.report(node, f"'{get_field_name(path)}' has '{shorten(text)}', which is not a date", hint, "date")
            return None
        days = [Day(self.expected).read(ScalarNode(part, node.line, node.column), path, context) for part in parts]
        first, last = days[0], days[-1]
        if first is None or last is None:
            return None
        if not timedelta() <= last - first <= MAX_RANGE:
            problem = "ends before it begins" if last < first else "is longer than a year"
            context.report(node, f"'{get_field_name(path)}' has {text}, which {problem}", "Check the year of both dates.", "date")
            return None
        return first, last


@dataclass(frozen=True, slots=True)
class Every:
    """An interval in weeks, such as ``2 weeks``, read as the number of weeks."""

    expected: str = "the number of weeks, such as  2 weeks"

    def read(self, node: Node, path: str, context: ReadingContext) -> int | None:
        text = read_scalar_text(node, path, context, self.expected)
        match = re.fullmatch(r"([1-9]|1[0-2])(?:\s*(?:weeks?|w))?|(?:(other|second|2nd)\s+week)", (text or "").casefold())
        if match:
            return int(match[1] or 2)
        if text is not None:
            context.report(
                node, f"'{get_field_name(path)}' is '{shorten(text)}', not a number of weeks", f"Write {self.expected}", "every"
            )
        return None


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time on the 24-hour clock, as minutes since midnight. Hours from 24 to 47 are on the next day."""

    expected: str = 'the time on the 24-hour clock, such as  "18:30"'

    def read(self, node: Node, path: str, context: ReadingContext) -> int | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
        if match and int(match[1]) < 48 and int(match[2]) < 60:
            return int(match[1]) * 60 + int(match[2])
        message = f"'{get_field_name(path)}' is '{shorten(text)}', which is not a time of day"
        context.report(node, message, _suggest_time(text, get_field_name(path)) or f"Write {self.expected}", "time")
        return None


def _suggest_time(text: str, field: str) -> str:
    """Return a hint for a time in another form; empty for other texts. Midnight is ``00:00`` when something opens."""
    if guess := intended_times.opening(text):
        return f"Write  {guess}"
    if intended_times.is_by_appointment(text):
        return f"Remove '{field}' and write  appointment: yes"
    if re.fullmatch(r"(?i)closed|cerrado|geschlossen|fermé", text):
        return "Remove the entry of this day: days that are not listed are closed."
    guess = intended_times.time_of_day(text)
    if guess == '"24:00"' and field == "open":
        guess = '"00:00"'
    return f"Did you mean:  {guess}   (the 24-hour clock)" if guess else ""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A weekday of the month, such as ``1sa`` (first Saturday) or ``-1fr`` (last Friday)."""

    expected: str = "a number and a day, such as  1sa  (first Saturday) or  -1fr  (last Friday)"

    def read(self, node: Node, path: str, context: ReadingContext) -> tuple[int, str] | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        match = re.fullmatch(r"(-1|[1-5])([a-z]{2})", text.lower())
        if match and match[2] in DAYS:
            return int(match[1]), match[2]
        message = f"'{shorten(text)}' is not a day of the month"
        hint = f"Write {self.expected}"
        if guess := intended_times.monthly(text):
            hint = f"Did you mean:  {guess}   (a number and a day)"
        elif re.fullmatch(r"[0-9]{1,2}(?:st|nd|rd|th)?", text):
            hint = f"For a day of the month by its number, write  day_of_month: [{int(re.sub('[a-z]', '', text))}]"
        context.report(node, message, hint, "month-day")
        return None


@dataclass(frozen=True, slots=True)
class DayNumber:
    """A day of the month by its number; -1 is the last day."""

    expected: str = "a number from 1 to 31, or -1 for the last day"

    def read(self, node: Node, path: str, context: ReadingContext) -> int | None:
        text = read_scalar_text(node, path, context, self.expected)
        match = re.fullmatch(r"(-1)|([0-9]{1,2})(?:st|nd|rd|th)?", text or "")
        if match and (match[1] or 1 <= int(match[2]) <= 31):
            return int(match[1] or match[2])
        if text is not None:
            context.report(node, f"'{shorten(text)}' is not a day of the month", f"Write {self.expected}", "month-day")
        return None
