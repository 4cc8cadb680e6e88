"""Opening hours of a source: in prose, as schedules of HSDS, and the days when a place is closed."""

import re
from collections.abc import Iterator
from datetime import date

from guidegen.content.fields import intended_times
from guidegen.content.fields.hours_fields import HOURS
from guidegen.editing.imports.hours_notes import is_by_appointment_only
from guidegen.editing.imports.hours_text import Entry, join_days, parse_hours
from guidegen.editing.imports.profile_tree import Tree
from guidegen.editing.imports.rules import Rules
from guidegen.editing.imports.source import SourceRecord, SourceValue
from guidegen.model.hours import DAYS
from guidegen.patterns import compile_lazily

_SPEAKS_OF_TIME = compile_lazily(
    r"[0-9] ?(?:[ap]\.?m|:[0-9]{2}|h\b)|24/7|\b(?:noon|hours?|open|closed?|daily|month|week|every|weekdays?|season|summer|winter|"
    r"appointment|"
    r"mon|tues?|wed|thur?s?|fri|sat|sun|\w+day|horas?|uhr|uur|lun\w*|mar\w*|mi[eé]\w*|jue\w*|vie\w*|s[aá]b\w*|dom\w*)\b",
    re.IGNORECASE,
)
_YEAR = compile_lazily(r"\b(?:19|20)[0-9]{2}\b")
_ASK = "Ask for the hours, and write them in the profile."
_WRITE = "Only certain hours become facts; write the others in the profile."
_RULE = (
    "weekday", "opens_at", "closes_at", "freq", "interval", "byday", "bymonthday", "valid_from", "valid_to", "dtstart", "wkst",
)  # fmt: skip
_MAX_TEXT = 900


def convert_hours(record: SourceRecord, rules: Rules) -> list[Tree]:
    """Return the entries of ``hours`` of a record."""
    entries = [entry for value in record.find_all("hours") for entry in _convert_text(value, rules)]
    entries += join_days([entry for part in record.below("schedule") for entry in _convert_schedule(part, rules)])
    closed = [name for value in record.find_all("holidays") for name in _list_holidays(value, rules)]
    entries += list(_list_closed_days(record, rules))
    entries += [{"closed_on": list(dict.fromkeys(closed))}] if closed else []
    unique = {repr(sorted(entry.items(), key=str)): entry for entry in entries}
    return list(unique.values())


def _convert_text(value: SourceValue, rules: Rules) -> list[Tree]:
    """Return the hours of a text: as facts if they are certain, as they are otherwise."""
    if is_by_appointment_only(value.text):
        value.carry()
        return []
    entries = parse_hours(value.text, (value.file, value.column) in rules.columns_with_24_hour_clock)
    fault = next((fault for entry in entries if (fault := rules.find_fault(HOURS, entry))), "")
    if entries and not fault:
        value.carry()
        return entries
    if not _SPEAKS_OF_TIME.search(value.text):
        value.refuse(f"it does not say when: '{value.line[:60]}'", "Write it where it belongs in the profile.")
        return []
    years = [int(year) for year in _YEAR.findall(value.text)]
    if years and max(years) < rules.today.year:
        value.refuse(f"all its dates are over: '{value.line[:60]}'", "Ask for the hours of today.")
        return []
    value.note(f"the hours stay as text: '{value.line[:60]}'", _WRITE)
    return [{"text": value.line[:_MAX_TEXT]}]


def needs_appointment(record: SourceRecord) -> bool:
    """Return whether the hours of a record say only that people need an appointment."""
    return any(is_by_appointment_only(value.text) for value in record.find_all("hours"))


def _list_holidays(value: SourceValue, rules: Rules) -> Iterator[str]:
    """Yield the names of holidays in a text that the calendar of the country has."""
    unknown = []
    for name in filter(None, (name.strip() for name in re.split(r"[;\n]+", value.text))):
        if rules.find_fault(HOURS, {"closed_on": [name]}):
            unknown.append(name)
        else:
            yield name
    if unknown:
        value.note(f"not all holidays are known: {', '.join(unknown)[:60]}", "Write  closed: [2026-11-27]  in the profile.")
    else:
        value.carry()


def _list_closed_days(record: SourceRecord, rules: Rules) -> Iterator[Tree]:
    """Yield the closed days of holiday schedules (HSDS 2, Ohana) that are not over."""
    for part in record.below("holiday_schedule"):
        first, last = (part.text(name)[:10] for name in ("start_date", "end_date"))
        entry: Tree = {"closed": [first if last in ("", first) else f"{first}..{last}"]}
        is_closed = part.text("closed").casefold() in ("yes", "true", "1", "t", "y")
        if is_closed and (last or first) >= rules.today.isoformat() and not rules.find_fault(HOURS, entry):
            for value in part.list_values():
                value.carry()
            yield entry
        else:
            for value in part.list_values():
                value.refuse("the day is over" if (last or first) < rules.today.isoformat() else "it is not a closed day")


# --- schedules of HSDS ------------------------------------------------------------------------------


def _convert_schedule(part: SourceRecord, rules: Rules) -> Iterator[Entry]:
    """Yield the entry of one schedule: a weekday and times (HSDS 1), or a rule of RFC 5545 (HSDS 2 and 3)."""
    if not part.text("opens_at") and not part.text("closes_at") and not part.text("description"):
        for value in part.list_values():
            value.note("the day has no hours: it is closed")
        return
    entry, reason = _read_rule(part, rules.today)
    reason = reason or rules.find_fault(HOURS, entry)
    if reason:
        yield from _keep_as_text(part, reason, rules)
        return
    for name in _RULE:
        part.take(name)
    note = part.find("notes") or part.find("description")
    if note and not _put_note(entry, note, rules):
        for value in part.list_values():
            value.outcome = None
            value.note(f"the rule and its description say different things: '{note.line[:60]}'", _ASK)
        entry = {"text": note.line[:_MAX_TEXT]}
    yield entry


def _keep_as_text(part: SourceRecord, reason: str, rules: Rules) -> Iterator[Entry]:
    """Yield what a schedule says that is not a rule of guidegen, and record the reason."""
    if (text := part.find("description")) and _SPEAKS_OF_TIME.search(text.text):
        yield from _convert_text(text, rules)
    days, opening, closing = (part.text(name) for name in ("weekday", "opens_at", "closes_at"))
    is_told = bool(re.match(r"[^\W\d_]", days) and opening and closing)
    if is_told:  # a day that is left out would look closed
        yield {"text": f"{days}: {opening} - {closing}"}
    for number, value in enumerate(part.list_values()):
        (value.note if is_told else value.refuse)(reason, "" if number else _ASK)


def _put_note(entry: Entry, note: SourceValue, rules: Rules) -> bool:
    """Keep the description of a schedule as a note, unless it repeats the rule in words. Return whether the two agree."""
    said = parse_hours(note.text)
    if said:
        note.carry("the rule says the same")
        return said == [entry]
    if not rules.find_fault(HOURS, {**entry, "note": note.line}):
        entry["note"] = note.line
        note.carry()
    return True


def _read_rule(part: SourceRecord, today: date) -> tuple[Entry, str]:
    """Return the entry of a schedule, or an empty one and the reason."""
    opening, closing = (_read_time(part.text(name)) for name in ("opens_at", "closes_at"))
    if not opening or (part.text("closes_at") and not closing):
        return {}, f"'{part.text('opens_at')}' to '{part.text('closes_at')}' are not two times"
    if closing and closing <= opening:
        return {}, f"it closes at {closing}, before it opens at {opening}"
    if any(part.text(name) for name in ("count", "until", "bysetpos", "byyearday", "byweekno")):
        return {}, "it repeats by a rule that guidegen does not have"
    entry, reason = _read_days(part)
    if reason:
        return {}, reason
    entry |= {"open": opening} | ({"close": closing} if closing else {})
    for key, name in (("from", "valid_from"), ("until", "valid_to")):
        day = part.text(name)[:10]
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
            entry[key] = day
    last = str(entry.get("until", ""))
    return ({}, f"these hours ended on {last}") if last and last < today.isoformat() else (entry, "")


def _read_days(part: SourceRecord) -> tuple[Entry, str]:
    """Return the days of a schedule."""
    frequency, interval = part.text("freq").upper(), part.text("interval") or "1"
    if weekday := part.text("weekday"):
        days = re.findall("[a-z]{2}", intended_times.weekdays(weekday))
        return ({"days": days}, "") if days else ({}, f"'{weekday}' is not a day of the week")
    found = re.findall(r"(-?[0-9]?)(MO|TU|WE|TH|FR|SA|SU)\b", part.text("byday").upper())
    if frequency == "WEEKLY" and found and not any(number for number, _ in found):
        entry: Entry = {"days": sorted({day.lower() for _, day in found}, key=DAYS.index)}
        if interval == "1":
            return entry, ""
        start = (part.text("dtstart") or part.text("valid_from"))[:10]
        return (
            ({**entry, "every": f"{interval} weeks", "from": start}, "")
            if start
            else ({}, "it does not say in which week it begins")
        )
    if frequency == "MONTHLY" and interval == "1" and found and all(number for number, _ in found):
        return {"monthly": [f"{number}{day.lower()}" for number, day in found]}, ""
    if frequency == "MONTHLY" and interval == "1" and (numbers := re.findall("-?[0-9]+", part.text("bymonthday"))):
        return {"day_of_month": numbers}, ""
    if frequency == "DAILY" and interval == "1" and not any(number for number, _ in found):
        return {"days": sorted({day.lower() for _, day in found}, key=DAYS.index) or list(DAYS)}, ""
    return {}, "it does not say on which days"


def _read_time(text: str) -> str:
    """Return a time on the 24-hour clock; empty if the text is none. HSDS 2 writes a time zone behind it."""
    plain = re.sub(r"(?<=[0-9]{2}:[0-9]{2})(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?$", "", text.strip())
    return intended_times.time_of_day(plain).strip('"')
