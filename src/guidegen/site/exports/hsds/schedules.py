"""Opening hours as schedules of HSDS: by the rules of RFC 5545 that HSDS has, and always in words as well."""

from collections.abc import Iterator
from datetime import date

from guidegen.model.hours import Hours, InWords, Times
from guidegen.site.components.timetable import build_timetable
from guidegen.site.exports.hsds.common import Ids, Record, drop_unknown
from guidegen.text.language import Language

_DAY = 24 * 60


def build_schedules(hours: tuple[Hours, ...], ids: Ids, path: tuple[str, ...], language: Language) -> list[Record]:
    """Return one schedule for each line of hours, with the sentence that the guide shows as its description."""
    return [
        drop_unknown(
            {"id": ids.make(*path, "schedules", str(number)), **_build_rule(entry), "description": _describe(entry, language)}
        )
        for number, entry in enumerate(hours)
    ]


def _build_rule(entry: Hours) -> Record:
    """Return the rule of a line, as far as HSDS can say it: weekly and monthly hours, and single dates."""
    if not isinstance(entry, Times):
        return {}
    times = {"opens_at": _format_time(entry.open), "closes_at": None if entry.close is None else _format_time(entry.close)}
    first, last = (day.isoformat() if isinstance(day, date) else None for day in (entry.from_, entry.until))
    limits = {"valid_from": first, "valid_to": last}
    if entry.months or (entry.from_ and not first) or (entry.until and not last):
        return {}  # a season of every year: a rule without it would be open all year
    if entry.dates:
        return {**times, **_limit_to_dates(entry)}
    if entry.monthly:
        days = ",".join(f"{number}{day.upper()}" for number, day in entry.monthly)
        return {"freq": "MONTHLY", "byday": days, **times, **limits}
    if entry.day_of_month:
        return {"freq": "MONTHLY", "bymonthday": ",".join(map(str, entry.day_of_month)), **times, **limits}
    rule = {"freq": "WEEKLY", "byday": ",".join(day.upper() for day in entry.days), **times, **limits}
    return rule if entry.every == 1 else {**rule, "interval": entry.every, "dtstart": first, "wkst": "MO"}


def _limit_to_dates(entry: Times) -> Record:
    """Return the first and the last day of hours for single dates, if they are in a row."""
    if len(entry.dates) > 1:
        return {"opens_at": None, "closes_at": None}
    first, last = entry.dates[0]
    return {"valid_from": first.isoformat(), "valid_to": last.isoformat()}


def _format_time(minutes: int) -> str:
    return "24:00" if minutes == _DAY else f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _describe(entry: Hours, language: Language) -> str:
    return ". ".join(_list_sentences(entry, language))


def _list_sentences(entry: Hours, language: Language) -> Iterator[str]:
    (line,) = build_timetable((entry,), language)
    if isinstance(entry, InWords):
        yield entry.text.source
        return
    yield " ".join(part for part in (line.days.text, line.times.text, line.dates.text) if part)
    yield from (text for text in (line.condition, "" if isinstance(entry, InWords) else entry.note.source) if text)
