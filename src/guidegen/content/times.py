"""Readers of dates, times and days."""

import re
from datetime import date

from guidegen.content.reading import Reading, leaf, scalar_text, shortened
from guidegen.content.yamlfile import Node
from guidegen.model import DAYS
from guidegen.record import record


@record
class Day:
    """A date, year first (ISO 8601)."""

    wanted: str = "the year, the month and the day, such as  2026-11-03"

    def read(self, node: Node, at: str, reading: Reading) -> date | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            reading.report(node, f"'{leaf(at)}' is '{shortened(text)}', which is not a date", f"Write {self.wanted}", "date")
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            hint = "Check the month and the day: the year comes first, then the month, then the day."
            reading.report(node, f"'{leaf(at)}' is {text}, a day that does not exist", hint, "date")
            return None
        if not 1900 <= day.year <= 2200:
            reading.report(node, f"'{leaf(at)}' is {text}: the year is {day.year}", "Check the year.", "date")
            return None
        return day


@record
class TimeOfDay:
    """A time on the 24-hour clock, as minutes since midnight. Hours from 24 are of the next day."""

    wanted: str = 'the time on the 24-hour clock, such as  "18:30"'

    def read(self, node: Node, at: str, reading: Reading) -> int | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
        if match and int(match[1]) < 48 and int(match[2]) < 60:
            return int(match[1]) * 60 + int(match[2])
        message = f"'{leaf(at)}' is '{shortened(text)}', which is not a time of day"
        reading.report(node, message, _time_hint(text) or f"Write {self.wanted}", "time")
        return None


def _time_hint(text: str) -> str:
    """The 24-hour clock for a time on the 12-hour clock."""
    match = re.fullmatch(r"(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))? *([ap])\.? ?m\.?", text.strip().lower())
    if not match:
        return ""
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
    return f'Did you mean:  "{hour:02}:{match[2] or "00"}"   (the 24-hour clock)'


@record
class MonthDay:
    """A day of the month by its week, such as ``1sa`` (first Saturday) or ``-1fr`` (last Friday)."""

    wanted: str = "a number and a day, such as  1sa  (first Saturday) or  -1fr  (last Friday)"

    def read(self, node: Node, at: str, reading: Reading) -> tuple[int, str] | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        match = re.fullmatch(r"(-1|[1-5])([a-z]{2})", text.lower())
        if match and match[2] in DAYS:
            return int(match[1]), match[2]
        message = f"'{shortened(text)}' is not a day of the month"
        reading.report(node, message, f"Write {self.wanted}", "month-day")
        return None
