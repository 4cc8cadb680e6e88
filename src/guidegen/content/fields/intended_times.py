"""Guess which days, times and dates somebody meant, and write them as YAML for a hint. See ``intended``."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from guidegen.content.fields.intended import fold
from guidegen.model.hours import DAYS
from guidegen.patterns import compile_lazily
from guidegen.text import formats

_LANGUAGES = ("en", "es", "fr", "pt", "de", "nl", "ht", "vi", "it", "pl", "tr", "ro", "uk", "ru")
"""Languages whose names of days and months are recognized: those of staff, most likely."""
_MONTH_FIRST = ("US", "CA", "PH")
"""Countries where 11/3/2026 is in November (CLDR, short date formats of their English)."""
_CLOCK = compile_lazily(
    r"(?P<hour>[01]?[0-9]|2[0-4])(?:[:.,h]?(?P<minute>[0-5][0-9]))?\s*h?\s*(?P<half>[ap]\.?\s?m\.?)?", re.IGNORECASE
)
_RANGE = compile_lazily(
    r"\s*(?:-|–|—|\bto\b|\bbis\b|\btot\b|\buntil\b|\btill\b|\ball[ae]\b|\bas\b|\bàs\b|à|\bal?\b)\s*", re.IGNORECASE
)


_SHORT_DAYS = {
    "mo": "ma lun lunes lu", "tu": "di mar dinsdag mart", "we": "wo mi mer mie", "th": "do jue jeu gio",
    "fr": "vr vie ven vrijdag", "sa": "za sab sam", "su": "zo so dom dim",
}  # fmt: skip
"""Short forms of weekdays in Dutch, Spanish, French, German and Italian."""


def time_of_day(text: str) -> str:
    """Return a time on the 24-hour clock with quotes: ``9am``, ``noon``, ``17h``, ``9.00``."""
    minutes = _read_time(text)
    return _format_time(minutes) if minutes is not None else ""


def opening(text: str) -> str:
    """Return ``open`` and ``close`` for a range of times, such as ``9-5`` or ``9am to 5pm``."""
    parts = [part for part in _RANGE.split(text.strip()) if part]
    if len(parts) != 2 or re.fullmatch(r"[0-9]{4}-.*", text):
        return ""
    first, last = _read_time(parts[0]), _read_time(parts[1])
    if first is None or last is None:
        return ""
    has_half = [bool(re.search(r"[ap]\.?\s?m", part, re.IGNORECASE)) for part in parts]
    if has_half == [False, True] and first + 12 * 60 < last and first < 12 * 60:
        first += 12 * 60  # "5-7pm" begins in the afternoon, "9-5pm" does not
    is_half_known = re.search(r"[ap]\.?\s?m|[:.h][0-9]{2}", text, re.IGNORECASE)
    if last <= first and last < 12 * 60 and not re.search(r"[ap]\.?\s?m", parts[1], re.IGNORECASE):
        last += 12 * 60  # "9-5" ends in the afternoon
    elif not is_half_known and last <= 8 * 60 and first < last:
        first, last = first + 12 * 60, last + 12 * 60  # "1-5"
    return f"open: {_format_time(first)}, close: {_format_time(last)}" if first < last else ""


_WRONG_TIME = compile_lazily(r"'(open|close)' is '(.*)', which is not a time of day")


def correct_pair(messages: Sequence[str]) -> str:
    """Return a hint for an opening and a closing time that are both in a wrong form; empty for other messages."""
    found = [_WRONG_TIME.fullmatch(message) for message in messages]
    texts = {match[1]: match[2] for match in found if match}
    if len(texts) != len(messages) or len(texts) != 2:
        return ""
    if pair := opening(f"{texts['open']}-{texts['close']}"):
        return f"Write  {pair}"
    morning, afternoon = opening(texts["open"]), opening(texts["close"])
    closes, opens = (re.search(rf'{key}: ("[^"]+")', span) for key, span in (("close", morning), ("open", afternoon)))
    if not closes or not opens:
        return ""
    if closes[1] > opens[1]:  # "9:00-12:00" and "1:00-5:00"
        return "Write two entries with the same days, each with  open:  and  close:  on the 24-hour clock."
    return f"Write two entries with the same days:  {{…, {morning}}}  and  {{…, {afternoon}}}"


def _read_time(text: str) -> int | None:
    """Return a time of day in minutes since midnight."""
    folded = fold(text).strip(" .")
    words = {"noon": 720, "midday": 720, "mediodia": 720, "midi": 720, "midnight": 1440, "medianoche": 1440, "minuit": 1440}
    if folded in words:
        return words[folded]
    match = _CLOCK.fullmatch(folded)
    if not match:
        return None
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute


def _format_time(minutes: int) -> str:
    return f'"{minutes // 60:02}:{minutes % 60:02}"'


@cache
def _days_by_name() -> dict[str, str]:
    """Return the codes of weekdays by their names and short forms in several languages."""
    codes = dict.fromkeys(DAYS, "")
    names = {code: code for code in codes}
    for tag in _LANGUAGES:
        for code, name in zip(DAYS, formats.day_names(tag), strict=True):
            names.setdefault(fold(name), code)
            names.setdefault(f"{fold(name)}s", code)
    for code, name in zip(DAYS, formats.day_names("en"), strict=True):
        names |= dict.fromkeys(_SHORT_DAYS[code].split(), code)
        names |= {fold(name)[:length]: code for length in (3, 4)} | {"tues": "tu", "thurs": "th", "thur": "th", "weds": "we"}
    return names


_DAY_RANGE = compile_lazily(r"\s*(?:-|–|—|\b(?:to|through|thru|bis|tot|a|al|alla|au)\b)\s*")


def weekdays(text: str) -> str:
    """Return a list of weekdays: ``Mon-Fri``, ``Tuesdays and Thursdays``, ``lunes a viernes``, ``weekdays``, ``daily``."""
    codes = _read_weekdays(text)
    return f"[{', '.join(codes)}]" if codes else ""


def _read_weekdays(text: str) -> list[str]:
    folded = re.sub(r" ?(?:t/m|tot en met) ?", "-", fold(text).strip(" ."))
    groups = {
        "weekdays": DAYS[:5],
        "werkdagen": DAYS[:5],
        "werktags": DAYS[:5],
        "dagelijks": DAYS,
        "taglich": DAYS,
        "todos los dias": DAYS,
        "tous les jours": DAYS,
        "tutti i giorni": DAYS,
        "todos os dias": DAYS,
        "m-f": DAYS[:5],
        "daily": DAYS,
        "every day": DAYS,
        "everyday": DAYS,
        "all week": DAYS,
        "weekends": DAYS[5:],
        "weekend": DAYS[5:],
    }
    if folded in groups:
        return list(groups[folded])
    names = _days_by_name()
    codes: list[str] = []
    for part in re.split(r"\s*(?:,|;|/|&|\+|\band\b|\by\b|\bet\b|\bund\b|\ben\b|\be\b|\bak\b)\s*", folded):
        days = [names.get(day.strip(" .")) for day in _DAY_RANGE.split(part)]
        if len(days) == 1 and days[0]:
            codes.append(days[0])
        elif len(days) == 2 and days[0] and days[1] and DAYS.index(days[0]) < DAYS.index(days[1]):
            codes += DAYS[DAYS.index(days[0]) : DAYS.index(days[1]) + 1]
        elif part:
            return []
    return list(dict.fromkeys(codes))


_ALWAYS = compile_lazily(
    r"(?:open )?24\s?/\s?7|always(?: open)?|around the clock|24h?|h24|"
    r"24 (?:hours|uur|stunden|horas|heures)(?: (?:a|per|al|pro|par) (?:day|dag|dia|tag|jour))?"
)


def hours(text: str, _country: str = "") -> str:
    """Return a list of opening hours for one sentence: ``Mon-Fri 10 to 2``, ``24/7``."""
    folded = fold(text).strip(" .")
    if _ALWAYS.fullmatch(folded):
        return "[{always: yes}]"
    if times := opening(folded):
        return f"[{{days: [ ], {times}}}]   with the days between the brackets, such as  mo, tu"
    match = re.match(r"(?P<days>[^0-9]+?)[\s:,]+(?P<times>(?:noon|midday|[0-9]).*)", folded)
    if not match:
        return ""
    days, times = weekdays(match["days"].strip(" :,")), opening(match["times"])
    return f"[{{days: {days}, {times}}}]" if days and times else ""


def is_by_appointment(text: str) -> bool:
    """Return whether a text says that people need an appointment."""
    return bool(re.search(r"appointment|appt|\bcita\b|termin|afspraak|rendez-vous|call (?:first|ahead)", text, re.IGNORECASE))


def monthly(text: str) -> str:
    """Return weekdays of the month: ``1sa`` for ``first Saturday``, ``1sa, 3sa`` for ``1st and 3rd Saturdays``."""
    order = {
        "first": 1,
        "1st": 1,
        "primer": 1,
        "second": 2,
        "2nd": 2,
        "third": 3,
        "3rd": 3,
        "fourth": 4,
        "4th": 4,
        "fifth": 5,
        "last": -1,
        "ultimo": -1,
    }
    match = re.fullmatch(r"(?:the )?(\w+(?:(?:, | and | & | y )\w+)*) (\w+)(?: of (?:the|each|every) month)?", fold(text))
    day = _days_by_name().get(match[2]) if match else None
    numbers = [order.get(word) for word in re.split(", | and | & | y ", match[1])] if match else []
    return ", ".join(f"{number}{day}" for number in numbers) if day and all(numbers) else ""


def month_days(text: str, _country: str = "") -> str:
    """Return a list of weekdays of the month: ``[1sa, 3sa]`` for ``1st and 3rd Saturdays``."""
    days = monthly(text)
    return f"[{days}]" if days else ""


@cache
def _months_by_name() -> dict[str, int]:
    names: dict[str, int] = {}
    for tag in _LANGUAGES:
        for number, name in enumerate(formats.month_names(tag), 1):
            names.setdefault(fold(name), number)
    names |= {fold(name)[:3]: number for number, name in enumerate(formats.month_names("en"), 1)} | {"sept": 9}
    return names


def day(text: str, country: str) -> str:
    """Return a date, year first. The order of ``11/3/2026`` is that of the country."""
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", fold(text))
    if match := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", folded):
        return _format_day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})", folded):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        is_month_first = country in _MONTH_FIRST and match[2] != "."
        month, number = (first, second) if (is_month_first and first <= 12) or second > 12 else (second, first)
        return _format_day(year if year > 99 else 2000 + year, month, number)
    words = re.findall(r"[0-9]+|[^\W\d_]+", folded)
    months = [_months_by_name()[word] for word in words if word in _months_by_name()]
    numbers = [int(word) for word in words if word.isdigit()]
    years = [number for number in numbers if 1900 <= number <= 2200]
    days = [number for number in numbers if 1 <= number <= 31]
    return _format_day(years[0], months[0], days[0]) if len(months) == len(years) == len(days) == 1 else ""


def _format_day(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def is_day_without_year(text: str) -> bool:
    """Return whether a text is a date whose year is missing, such as ``Nov 3`` or ``12-20``."""
    words = re.findall(r"[0-9]+|[^\W\d_]+", fold(text))
    has_month = any(word in _months_by_name() for word in words)
    numbers = [int(word) for word in words if word.isdigit()]
    if has_month:
        return len(numbers) == 1 and 1 <= numbers[0] <= 31
    return bool(re.fullmatch(r"[0-9]{1,2}[-/.][0-9]{1,2}\.?", text.strip()))
