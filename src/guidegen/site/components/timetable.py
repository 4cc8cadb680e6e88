"""Opening hours as sentences in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from guidegen.model.hours import DAYS, MONTHS, Closure, DateRange, Holiday, Hours, InWords, Times, YearDay
from guidegen.model.opening_hours import format_rule, has_fixed_dates
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass
from guidegen.text.language import Language, LocalizedString, Message, days_of_week, message, remember

_DAY = 24 * 60
_NTH_DAYS = {
    1: (
        message("first Monday"), message("first Tuesday"), message("first Wednesday"), message("first Thursday"),
        message("first Friday"), message("first Saturday"), message("first Sunday"),
    ),
    2: (
        message("second Monday"), message("second Tuesday"), message("second Wednesday"), message("second Thursday"),
        message("second Friday"), message("second Saturday"), message("second Sunday"),
    ),
    3: (
        message("third Monday"), message("third Tuesday"), message("third Wednesday"), message("third Thursday"),
        message("third Friday"), message("third Saturday"), message("third Sunday"),
    ),
    4: (
        message("fourth Monday"), message("fourth Tuesday"), message("fourth Wednesday"), message("fourth Thursday"),
        message("fourth Friday"), message("fourth Saturday"), message("fourth Sunday"),
    ),
    5: (
        message("fifth Monday"), message("fifth Tuesday"), message("fifth Wednesday"), message("fifth Thursday"),
        message("fifth Friday"), message("fifth Saturday"), message("fifth Sunday"),
    ),
    -1: (
        message("last Monday"), message("last Tuesday"), message("last Wednesday"), message("last Thursday"),
        message("last Friday"), message("last Saturday"), message("last Sunday"),
    ),
}  # fmt: skip
"""The nth weekdays of a month, from Monday. Each is a message of its own: in many languages "first" agrees with the day."""
HOLIDAY_NAMES = {
    "public-holidays": message("public holidays"),
    "new-years-day": message("New Year’s Day"),
    "martin-luther-king-jr-day": message("Martin Luther King Jr. Day"),
    "washingtons-birthday": message("Presidents’ Day"),
    "good-friday": message("Good Friday"),
    "easter-sunday": message("Easter Sunday"),
    "easter-monday": message("Easter Monday"),
    "memorial-day": message("Memorial Day"),
    "juneteenth-national-independence-day": message("Juneteenth"),
    "independence-day": message("Independence Day"),
    "labor-day": message("Labor Day"),
    "columbus-day": message("Columbus Day"),
    "election-day": message("Election Day"),
    "veterans-day": message("Veterans Day"),
    "thanksgiving-day": message("Thanksgiving"),
    "day-after-thanksgiving": message("the day after Thanksgiving"),
    "christmas-eve": message("Christmas Eve"),
    "christmas-day": message("Christmas Day"),
    "new-years-eve": message("New Year’s Eve"),
}


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One line of a timetable: its days, its times, and the dates between which it holds.

    ``text`` replaces days and times that are only written in words. ``condition`` says that an appointment is needed. ``rule``
    is the line as ``opening_hours.format_rule`` writes it for scripts. ``at`` are the keys of its locations; empty for all.
    """

    days: Message
    times: Message = Message(())
    dates: Message = Message(())
    condition: str = ""
    text: TranslatableText = NO_TEXT
    note: TranslatableText = NO_TEXT
    is_closure: bool = False
    rule: str = ""
    at: tuple[str, ...] = ()


def build_timetable(hours: tuple[Hours, ...], language: Language) -> tuple[HoursLine, ...]:
    """Return the lines of a timetable: usual hours, then hours of single dates, then closures."""
    return tuple(_build_line(entry, language) for entry in sorted(hours, key=_rank))


def _rank(entry: Hours) -> int:
    return 2 if isinstance(entry, Closure) else int(isinstance(entry, Times) and has_fixed_dates(entry))


def _build_line(entry: Hours, language: Language) -> HoursLine:
    if isinstance(entry, InWords):
        return HoursLine(Message(()), text=entry.text, at=entry.at)
    if isinstance(entry, Closure):
        dates = [*_format_ranges(entry.closed, language), *(_name_holiday(holiday, language) for holiday in entry.holidays)]
        days = language.phrase("Closed: {dates}", dates=language.separate(dates))
        return HoursLine(days, note=entry.note, is_closure=True, rule=format_rule(entry), at=entry.at)
    return HoursLine(
        _format_days(entry, language),
        format_times(entry.open, entry.close, language),
        _format_dates(entry, language),
        language.say("By appointment") if entry.appointment else "",
        note=entry.note,
        rule=format_rule(entry),
        at=entry.at,
    )


def _name_holiday(holiday: Holiday, language: Language) -> str | LocalizedString:
    """Return the name of a holiday: translated by guidegen, or else from its own names."""
    if holiday.id in HOLIDAY_NAMES:
        return language.say(HOLIDAY_NAMES[holiday.id])
    return holiday.name.resolve(language.tag, ()).text


@remember
def format_times(opens: int, closes: int | None, language: Language) -> Message:
    """Return the opening and closing time. Each is a run of its own, so that bidirectional text keeps its digits in order."""
    if opens == 0 and closes == _DAY:
        return language.phrase("all day and night")
    start = language.time(opens)
    if closes is None:
        return language.phrase("begins at {start}", start=start)
    end = language.time(closes)
    if closes > _DAY or closes <= opens:
        return language.phrase("from {start} to {end} the next day", start=start, end=end)
    return language.phrase("{start} to {end}", start=start, end=end)


def _format_days(entry: Times, language: Language) -> Message:
    if entry.dates:
        return language.separate([*_format_ranges(entry.dates, language)])
    if entry.day_of_month:
        numbers = [language.say("the last") if number == -1 else str(number) for number in entry.day_of_month]
        days = language.phrase("Days of the month: {days}", days=language.join(numbers))
        return Message((*days.parts, " ·"))  # else "1 5:00 PM" would follow
    if entry.monthly:
        return _format_monthly(entry, language)
    weekdays = _format_weekdays(entry.days, language)
    if entry.every == 1:
        return weekdays
    if entry.every == 2:
        return language.phrase("{days}, every other week", days=weekdays)
    return language.phrase("{days}, every {number} weeks", days=weekdays, number=str(entry.every))


def _format_ranges(ranges: Iterable[DateRange], language: Language) -> Iterator[Message | LocalizedString]:
    ranges = tuple(ranges)
    texts = iter(_format_in_order([day for first, last in ranges for day in dict.fromkeys((first, last))], language))
    for first, last in ranges:
        start = next(texts)
        yield start if first == last else language.phrase("{first} to {last}", first=start, last=next(texts))


def _format_in_order(days: Sequence[date], language: Language) -> Iterator[LocalizedString]:
    """Yield dates. Of those of one year in a row only one has the year: the first or the last, as the language writes it."""
    for year, group in groupby(days, lambda day: day.year):
        members = [*group]
        is_first = language.date(members[0]).text.startswith(str(year))
        with_year = 0 if is_first else len(members) - 1
        for place, day in enumerate(members):
            yield language.date(day) if place == with_year else language.day_of_year(day.month, day.day)


@remember
def _format_weekdays(days: tuple[str, ...], language: Language) -> Message:
    names = days_of_week(language)
    numbers = sorted(DAYS.index(day) for day in days)
    if len(numbers) == len(DAYS):
        return language.phrase("every day")
    start = _find_week_start(numbers)
    parts = []
    for first, last in _find_runs(sorted((number - start) % len(DAYS) for number in numbers)):
        run = [names[(start + number) % len(DAYS)] for number in range(first, last + 1)]
        if len(run) > 2:
            parts.append(language.phrase("{first} to {last}", first=run[0], last=run[-1]))
        else:
            parts += [Message((name,)) for name in run]
    return language.join(parts)


def _find_week_start(numbers: list[int]) -> int:
    """Return the day to begin with: Monday, or the first day of three or more in a row that pass it: Sunday to Thursday."""
    if not {0, len(DAYS) - 1} <= set(numbers):
        return 0
    start = next(number for number in range(len(DAYS) - 1, -1, -1) if number - 1 not in numbers)
    length = len(DAYS) - start + next(number for number in range(len(DAYS)) if number not in numbers)
    return start if length > 2 else 0


def _find_runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last number of each run of consecutive numbers."""
    start = end = numbers[0]
    for number in numbers[1:]:
        if number != end + 1:
            yield start, end
            start = number
        end = number
    yield start, end


def _format_monthly(entry: Times, language: Language) -> Message:
    names = [language.say(_NTH_DAYS[number][DAYS.index(day)]) for number, day in entry.monthly]
    return language.phrase("{days} of the month", days=language.join(names))


def _format_dates(entry: Times, language: Language) -> Message:
    """Return the dates between which a line holds, and its months."""
    period = _format_period(entry, language)
    if not entry.months:
        return period
    months = language.phrase("in {months}", months=language.join([*_format_months(entry.months, language)]))
    return Message((*period.parts, " · ", *months.parts)) if period else months


def _format_months(months: tuple[str, ...], language: Language) -> Iterator[Message | LocalizedString]:
    """Yield the names of months. Three or more in a row become a range, which may pass New Year."""
    numbers = [number for number in range(12) if MONTHS[number] in months]
    start = next((number for number in numbers if (number - 1) % 12 not in numbers), 0)
    for first, last in _find_runs(sorted((number - start) % 12 for number in numbers)):
        names = [language.month((start + number) % 12 + 1) for number in range(first, last + 1)]
        if len(names) > 2:
            yield Message((names[0], " – ", names[-1]))  # no one preposition is right before days, dates and months
        else:
            yield from names


def _format_period(entry: Times, language: Language) -> Message:
    if entry.from_ and entry.from_ == entry.until:
        return language.phrase("on {date}", date=_format_day(entry.from_, language))
    limits: dict[str, LocalizedString] = {}
    if isinstance(entry.from_, date) and isinstance(entry.until, date):
        limits["start"], limits["end"] = _format_in_order((entry.from_, entry.until), language)
    else:
        if entry.from_:
            limits["start"] = _format_day(entry.from_, language)
        if entry.until:
            limits["end"] = _format_day(entry.until, language)
    messages = {
        ("start", "end"): message("from {start} until {end}"),
        ("start",): message("from {start}"),
        ("end",): message("until {end}"),
    }
    if isinstance(entry.from_, YearDay):
        return language.phrase("every year from {start} until {end}", **limits)
    return language.phrase(messages[tuple(limits)], **limits) if limits else Message(())


def _format_day(day: date | YearDay, language: Language) -> LocalizedString:
    return language.day_of_year(day.month, day.day) if isinstance(day, YearDay) else language.date(day)
