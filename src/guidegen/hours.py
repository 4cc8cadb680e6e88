"""Opening hours as sentences in the reader's language."""

from collections.abc import Iterator

from guidegen.languages import Language, Phrase, Words, days_of_week, message
from guidegen.model import DAYS, NO_TEXT, Closure, Hours, Monthly, Text, Weekly
from guidegen.opening import rule
from guidegen.record import record

_DAY = 24 * 60
_NTH = {
    1: message("first {day} of the month"),
    2: message("second {day} of the month"),
    3: message("third {day} of the month"),
    4: message("fourth {day} of the month"),
    5: message("fifth {day} of the month"),
    -1: message("last {day} of the month"),
}


@record
class HoursLine:
    """One line of a timetable: on which days, at what times, and within which dates; ``rule`` says the same to scripts."""

    days: Phrase
    times: Phrase = Phrase(())
    dates: Phrase = Phrase(())
    note: Text = NO_TEXT
    is_closure: bool = False
    rule: str = ""


def hours_lines(hours: tuple[Hours, ...], language: Language) -> tuple[HoursLine, ...]:
    """The hours line by line, the closures last."""
    lines = [_line(entry, language) for entry in hours]
    return tuple(sorted(lines, key=lambda line: line.is_closure))


def _line(entry: Hours, language: Language) -> HoursLine:
    if isinstance(entry, Closure):
        days = language.join([language.date(day) for day in entry.closed])
        return HoursLine(language.phrase("Closed: {dates}", dates=days), note=entry.note, is_closure=True, rule=rule(entry))
    days = _weekdays(entry.days, language) if isinstance(entry, Weekly) else _monthdays(entry, language)
    return HoursLine(days, times(entry.open, entry.close, language), _dates(entry, language), entry.note, rule=rule(entry))


def times(opens: int, closes: int, language: Language) -> Phrase:
    """From when to when; each time is a run of its own, so its digits cannot be torn apart."""
    if opens == 0 and closes == _DAY:
        return language.phrase("all day and night")
    start, end = language.time(opens), language.time(closes)
    if closes > _DAY or closes <= opens:
        return language.phrase("from {start} to {end} the next day", start=start, end=end)
    return language.phrase("{start} to {end}", start=start, end=end)


def _weekdays(days: tuple[str, ...], language: Language) -> Phrase:
    names = days_of_week(language)
    numbers = sorted(DAYS.index(day) for day in days)
    if len(numbers) == len(DAYS):
        return language.phrase("every day")
    parts = []
    for first, last in _runs(numbers):
        if last - first >= 2:
            parts.append(language.phrase("{first} to {last}", first=names[first], last=names[last]))
        else:
            parts += [Phrase((names[number],)) for number in range(first, last + 1)]
    return language.join(parts)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Days that follow each other, as first and last."""
    start = end = numbers[0]
    for number in numbers[1:]:
        if number != end + 1:
            yield start, end
            start = number
        end = number
    yield start, end


def _monthdays(entry: Monthly, language: Language) -> Phrase:
    names = days_of_week(language)
    return language.join([language.phrase(_NTH[number], day=names[DAYS.index(day)]) for number, day in entry.monthly])


def _dates(entry: Weekly | Monthly, language: Language) -> Phrase:
    if entry.from_ and entry.from_ == entry.until:
        return language.phrase("on {date}", date=language.date(entry.from_))
    runs: dict[str, Words] = {}
    if entry.from_:
        runs["start"] = language.date(entry.from_)
    if entry.until:
        runs["end"] = language.date(entry.until)
    messages = {
        ("start", "end"): message("from {start} until {end}"),
        ("start",): message("from {start}"),
        ("end",): message("until {end}"),
    }
    return language.phrase(messages[tuple(runs)], **runs) if runs else Phrase(())
