"""Read opening hours in prose where the meaning is certain; everything else stays as text."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from guidegen.content.fields import intended_times
from guidegen.content.fields.intended import fold
from guidegen.editing.imports import hours_notes
from guidegen.patterns import compile_lazily

Entry = dict[str, object]
"""An entry of ``hours``, as it is written in a profile."""

_TIME = r"(?:[0-9]{1,2}(?:[:.,h][0-9]{2})? ?(?:[ap]m\b)?h?|noon|midday|midnight|mediodia)"
_UNTIL = r"(?:-|\bto\b|\buntil\b|\btill?\b|\balle\b|\ba\b|\bbis\b|\btot\b|à|\bàs\b)"
_START = r"[0-9]{1,2}(?::[0-9]{2})? ?[ap]m\b|(?<=\bat )(?:[0-9]{1,2}:[0-9]{2}|noon)\b"
"""A time alone: when something begins."""
_WHEN = compile_lazily(rf"(?P<span>{_TIME} ?{_UNTIL} ?{_TIME})|(?P<start>{_START})", re.IGNORECASE)
_HALF = compile_lazily(r"(?<=[0-9])(?: ?([ap])\.? ?m\b(?:\.(?! [A-Z]))?|([ap])\b(?!\.))", re.IGNORECASE)
"""The half of the day behind a time, in all its spellings: a.m., AM, a."""
_AND = ("", "and", "y", "e", "und", "et", "en", "&", "plus")
_NOTHING = ("", "uur", "uhr", "h", "hrs", "hours", "weekly")


def _match_words(words: str) -> str:
    """Return a pattern for any of the words or patterns in a text."""
    return "(?:" + "|".join(words.split()) + ")"


_BEFORE_DAYS = _match_words(
    "and y e und et en dal del du vom from ogni on the open hours? abierto opening is are held occurs? distributions? pick-?ups?"
    " food pantry"
)
_LINKING_WORDS = compile_lazily(rf"^(?: {_BEFORE_DAYS})+(?= )|(?: {_match_words('from de von van dalle ore h only at :')})+ $")
"""Words around the names of days that say nothing about them."""
_ORDINALS = {
    "1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "5th": 5, "fifth": 5, "last": -1,
}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS)
_MONTHLY = compile_lazily(
    rf"(?P<every>(?:every|each) )?(?:the )?(?P<ordinals>(?:{_ORDINAL})(?:(?: ?[,&/+] ?(?:and )?| and )(?:the )?(?:{_ORDINAL}))*) "
    r"(?P<days>[^0-9]+?)(?P<month> ?(?:of (?:the|each|every) month|(?:every|each) month|monthly))?"
)
_CLOSED = compile_lazily(r"\b(?:closed|cerrado|geschlossen|gesloten|ferm[eé]|chiuso|fechado)\b")
_KIND_OF_HOLIDAYS = "(?:all|major|public|federal|legal|bank|the)"
_HOLIDAYS = compile_lazily(rf"[\s,;.(]*(?:\(|\b)(?:except|closed|not)(?: on)?(?: {_KIND_OF_HOLIDAYS})* holidays\)?[.\s]*$")
_MEAL = compile_lazily(r"(?:^|\b)(?P<meal>breakfast|brunch|lunch|dinner|supper|snack)\s*:?\s*$")
_SEGMENT = compile_lazily(r"\s*\n+\s*|(?<=[\w)])[.;]\s+(?=[A-Z(])|\s+(?=\()")
"""The ends of sentences and lines."""
_MAX_NOTE = 300
_MAX_LENGTH = 500
"""Characters of a text that can be one line of hours."""
_MIN_MINUTES, _MAX_MINUTES = 15, 15 * 60
_MIN_MORNING = 3 * 60
_PUNCTUATION = " ;:,.|/&\n()"


def parse_hours(text: str, has_24_hour_clock: bool = False) -> list[Entry]:
    """Return the entries of ``hours`` for a text, or an empty list if any part of it is not certain.

    Sentences behind the hours become a note if they cannot change them: "Mondays 9-11 am. Bring proof of residency."
    ``has_24_hour_clock`` says that the rest of the column proves it: ``9:00-4:30`` is a mistake then, and not half past four.
    """
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", _HALF.sub(lambda half: (half[1] or half[2]).lower() + "m", text)).strip()
    segments = [segment for segment in _SEGMENT.split(plain) if segment]
    first = next((number for number, segment in enumerate(segments) if hours_notes.changes_hours(segment)), 0)
    for count in range(len(segments), first, -1):
        others = (*segments[:first], *segments[count:])
        rest = ". ".join(segment.strip("() .") for segment in others)
        if len(rest) > _MAX_NOTE or not all(map(hours_notes.is_harmless, others)):
            continue
        if entries := _parse_certain(" ".join(segments[first:count]), has_24_hour_clock):
            needs_appointment: Entry = {"appointment": "yes"} if hours_notes.asks_for_appointment(rest) else {}
            note: Entry = {"note": rest} if rest and not hours_notes.is_by_appointment_only(rest) else {}
            return [{**needs_appointment, **note, **entry} if "open" in entry else entry for entry in entries]
    return []


def _parse_certain(text: str, has_24_hour_clock: bool) -> list[Entry]:
    folded = fold(" ".join(text.split()))
    if not folded or len(folded) > _MAX_LENGTH:
        return []
    if intended_times.hours(folded) == "[{always: yes}]":
        return [{"always": "yes"}]
    closures: list[Entry] = []
    if match := _HOLIDAYS.search(folded):
        folded, closures = folded[: match.start()], [{"closed_on": ["public-holidays"]}]
    entries, closed_days = list[Entry](), list[str]()
    for entry in _read_entries(folded, has_24_hour_clock or uses_24_hour_clock(folded), closed_days):
        if entry is None:
            return []
        entries.append(entry)
    open_days = {day for entry in entries for day in entry.get("days", ())}  # type: ignore[attr-defined]
    return join_days(entries) + closures if entries and not open_days & set(closed_days) else []


def uses_24_hour_clock(text: str) -> bool:
    """Return whether a text has an hour that only a 24-hour clock has, and no "am" or "pm"."""
    return bool(re.search(r"\b(?:1[3-9]|2[0-3])[:.h][0-5][0-9]|\b0[0-9]:[0-5][0-9]", text)) and not re.search(
        r"[0-9] ?[ap]m\b", text
    )


def _read_entries(folded: str, is_24_hour: bool, closed_days: list[str]) -> Iterator[Entry | None]:
    """Yield the entries of a text; None as soon as a part of it is not certain. Add the days of the week that are closed."""
    when: Entry | None = None
    end = 0
    for match in _WHEN.finditer(folded):
        before, end = folded[end : match.start()], match.end()
        meal = _MEAL.search(before)
        *closed, days = _CLOSED.split(before[: meal.start()] if meal else before)
        if not _add_closed_days(closed, closed_days):
            yield None
            return
        if days.strip(_PUNCTUATION) not in _AND:
            when = _read_days(days)
        times = _read_times(match, is_24_hour)
        if not when or not times:
            yield None
            return
        yield {**when, **times, **({"note": meal["meal"].capitalize()} if meal else {})}
    *closed, rest = _CLOSED.split(folded[end:])
    if rest.strip(_PUNCTUATION) not in _NOTHING or not _add_closed_days(closed, closed_days):
        yield None


def _add_closed_days(parts: Iterable[str], closed_days: list[str]) -> bool:
    """Add the days that a text calls closed. Return whether all of them are days of the week."""
    for part in parts:
        days = (_read_days(part) or {}).get("days")
        if not isinstance(days, list):
            return False
        closed_days += days
    return True


def _read_days(text: str) -> Entry | None:
    """Return the days of an entry: of the week, or of the month. None if they are not certain."""
    phrase = _LINKING_WORDS.sub("", f" {text.strip(_PUNCTUATION)} ").strip(_PUNCTUATION)
    if match := _MONTHLY.fullmatch(phrase):
        numbers = [_ORDINALS[word] for word in re.findall(_ORDINAL, match["ordinals"])]
        days = _list_days(match["days"].strip(_PUNCTUATION))
        if len(days) != 1 or (match["every"] and len(numbers) == 1 and not match["month"]):
            return None  # "every third Friday" may also be every third week; "first Monday to Wednesday" may begin on a Wednesday
        return {"monthly": [f"{number}{days[0]}" for number in numbers]}
    days = _list_days(re.sub(r"^(?:every|each) ", "", phrase))
    return {"days": days} if days else None


def _list_days(text: str) -> list[str]:
    spelled = re.sub(r"^m ?- ?(th|fr?|sa|su)\b", lambda letters: "mo-" + {"f": "fr"}.get(letters[1], letters[1]), text)
    return re.findall(r"[a-z]{2}", intended_times.weekdays(spelled))


def _read_times(match: re.Match[str], is_24_hour: bool) -> Entry | None:
    if match["start"]:
        is_known = is_24_hour or re.search(r"[ap]m\b|noon", match["start"])
        begin = intended_times.time_of_day(match["start"]) if is_known else ""
        return {"open": begin.strip('"')} if begin else None
    if is_24_hour:
        times = [time.strip('"') for part in _split_span(match["span"]) if (time := intended_times.time_of_day(part))]
        return {"open": times[0], "close": times[1]} if len(times) == 2 and times[0] < times[1] else None
    span = re.fullmatch(r'open: "(.*)", close: "(.*)"', intended_times.opening(match["span"]))
    return {"open": span[1], "close": span[2]} if span and _is_certain(span[1], span[2], match["span"]) else None


def _split_span(span: str) -> list[str]:
    return [part.strip() for part in re.split(_UNTIL, span) if part.strip()]


def _is_certain(first: str, last: str, source: str) -> bool:
    """Return whether it is certain which half of the day is meant: "9-5" is the day, "5-7pm" the evening, "1-5" may be either."""
    (hour, minute), (last_hour, last_minute) = (map(int, time.split(":")) for time in (first, last))
    minutes = (last_hour - hour) * 60 + last_minute - minute
    if not _MIN_MINUTES <= minutes <= _MAX_MINUTES:
        return False
    is_half_known = re.search(r"[ap]m|noon|[0-9] ?h\b", source) or re.match(r"(?:1[3-9]|2[0-3])\b", source)
    is_daytime = 9 <= hour <= 12 or (7 <= hour <= 8 and minutes >= _MIN_MORNING)  # "9-5", "8:30-12"; "7-9" may be at night
    return bool(is_half_known or is_daytime)


def join_days(entries: list[Entry]) -> list[Entry]:
    """Return the entries with those of the same times joined, if they are of one day each: Monday 9-5, Tuesday 9-5."""
    if any(first.get("days") == second.get("days") for first, second in pairwise(entries)):
        return entries  # two spans of a day
    joined: dict[object, Entry] = {}
    for entry in entries:
        key = (entry.get("open"), entry.get("close"), entry.get("note")) if "days" in entry else id(entry)
        days = joined.get(key, {}).get("days")
        if isinstance(days, list) and isinstance(entry["days"], list):
            joined[key] = {**joined[key], "days": list(dict.fromkeys([*days, *entry["days"]]))}
        else:
            joined[key] = entry
    return list(joined.values())
