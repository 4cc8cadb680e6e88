"""Checks on opening hours."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from zoneinfo import available_timezones

from guidegen.content.checks.reporting import find_position, problem, warning
from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Hours, Times, YearDay
from guidegen.model.opening_hours import expand_closure, get_closing_minute, has_fixed_dates, is_in_effect
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, suggest
from guidegen.model.reach import iter_contact_holders

_DAY = 24 * 60
_AROUND_THE_CLOCK = "Is it open around the clock? Then write  {always: yes}"
_NIGHT = (60, 6 * 60)
"""Minutes since midnight. Whoever writes 1:00 to 5:00 means the afternoon, most likely."""
_MAX_NIGHT = 12 * 60
"""Maximum length in minutes, up to which a closing time before the opening time means the next morning."""


def closes_before_it_opens(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each pair of times that cannot be right.

    "09:00 to 05:00" most likely means "09:00 to 17:00"; "20:00 to 07:00" ends the next morning.
    """
    for partner, at, entry in _list_times(guide):
        opens, closes = entry.open, entry.close
        if opens >= _DAY:
            yield problem(partner, f"{at}.open", f"it opens at {format_clock(opens)}", "The day ends at 24:00.", "hours")
        elif closes is None:
            continue
        elif closes - opens > _DAY:
            message = f"it is open from {format_clock(opens)} to {format_clock(closes)}, which is more than a day"
            yield problem(partner, f"{at}.close", message, "Check both times.", "hours")
        elif closes == opens or (closes < opens and opens - closes <= 1):
            message = f"it opens at {format_clock(opens)} and closes at {format_clock(closes)}"
            yield problem(partner, f"{at}.close", message, _AROUND_THE_CLOCK, "hours")
        elif closes == _DAY - 1:
            hint = _AROUND_THE_CLOCK if opens == 0 else 'For midnight write  close: "24:00"'
            message = f"it closes at {format_clock(closes)}, one minute before midnight"
            yield warning(partner, f"{at}.close", message, hint, "before-midnight")
        elif _NIGHT[0] <= opens < closes <= _NIGHT[1]:
            afternoon = f'open: "{format_clock(opens + _DAY // 2)}", close: "{format_clock(closes + _DAY // 2)}"'
            message = f"it is open in the night, from {format_clock(opens)} to {format_clock(closes)}"
            hint = f"If this is in the afternoon, write  {afternoon}   If not, say so in a note:  note: At night"
            if not entry.note:
                yield warning(partner, f"{at}.open", message, hint, "night")
        elif closes < opens and closes + _DAY - opens > _MAX_NIGHT:
            message = f"it closes at {format_clock(closes)}, before it opens at {format_clock(opens)}"
            yield problem(partner, f"{at}.close", message, _suggest_times(opens, closes), "hours")


def _suggest_times(opens: int, closes: int) -> str:
    """Return a hint with the likely intended times: one of them twelve hours off, or both swapped."""
    half = _DAY // 2
    swapped = f'open: "{format_clock(closes)}", close: "{format_clock(opens)}"'
    if opens >= half and 6 * 60 <= closes < half:
        guess = f'Did you mean  {swapped} ,  or  close: "{format_clock(closes + half)}" ?'
    elif closes < half and opens < closes + half:
        guess = f'Did you mean  close: "{format_clock(closes + half)}" ?'
    elif opens >= half and opens - half < closes:
        guess = f'Did you mean  open: "{format_clock(opens - half)}" ?'
    else:
        guess = f"Did you mean  {swapped} ?"
    night = f'   If it is open past midnight, write  close: "{format_clock(closes + _DAY)}"'
    return guess + (night if closes + _DAY - opens <= 18 * 60 else "")


def ends_before_it_begins(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each date range that runs backward or has a year on one side only, and ``every`` without a start."""
    for partner, at, entry in _list_times(guide):
        first, last = entry.from_, entry.until
        if isinstance(first, date) and isinstance(last, date) and last < first:
            message = f"'until' ({last}) is before 'from' ({first})"
            yield problem(partner, f"{at}.until", message, "Check the year of both dates.", "hours")
        elif isinstance(first, YearDay) != isinstance(last, YearDay):
            field = "from" if isinstance(first, YearDay) else "until"
            other = "until" if field == "from" else "from"
            message = f"'{field}' has no year, " + (f"but '{other}' has one" if first and last else f"and '{other}' is missing")
            hint = "For a season that repeats every year, write both without a year:  from: 11-01, until: 03-31"
            yield problem(partner, f"{at}.{field}", message, hint, "hours")
        if entry.every > 1 and not isinstance(first, date):
            hint = "Write a date in one of those weeks:  from: 2026-09-04"
            yield problem(partner, f"{at}.every", "'every' needs 'from', which says which weeks are meant", hint, "hours")


def unknown_time_zones(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each unknown time zone of a location or service."""
    for partner in guide.partners:
        zones = [(f"locations.{place.key}", place.time_zone) for place in partner.locations]
        zones += [(f"services.{service.key}", service.time_zone) for service in partner.services]
        for at, zone in zones:
            if zone and zone not in available_timezones():
                hint = suggest(zone, sorted(available_timezones()))
                yield problem(partner, f"{at}.time_zone", f"'{zone}' is not a time zone", hint, "time-zone")


def contradicting(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each date that has hours but is also listed as closed. Pages show the hours."""
    for partner, entries in _list_entries(guide):
        closures = [(at, entry) for at, entry in entries if isinstance(entry, Closure)]
        for at, entry in entries:
            if not (isinstance(entry, Times) and has_fixed_dates(entry)):
                continue
            for closure_at, closure in closures:
                day = next((day for day in expand_closure(closure) if is_in_effect(entry, day)), None)
                if day and _share_place(closure, entry):
                    line = find_position(partner.places, closure_at)[0]
                    message = f"{day} has hours here, but line {line} says it is closed"
                    hint = "Readers see these hours. Remove the date from one of the lines."
                    yield warning(partner, at, message, hint, "hours-contradict")


def overlapping(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each entry that overlaps an earlier one on some weekday: one is most likely out of date."""
    for partner, entries in _list_entries(guide):
        weekly = [(at, entry) for at, entry in entries if isinstance(entry, Times) and entry.days and _is_unlimited(entry)]
        for number, (at, entry) in enumerate(weekly):
            for earlier_at, earlier in weekly[:number]:
                days = [day for day in entry.days if day in earlier.days]
                if (
                    days
                    and _share_place(entry, earlier)
                    and entry.open < get_closing_minute(earlier)
                    and earlier.open < get_closing_minute(entry)
                ):
                    line = find_position(partner.places, earlier_at)[0]
                    message = f"these hours overlap with line {line} on {', '.join(days)}"
                    yield warning(
                        partner,
                        at,
                        message,
                        "Remove the line that is out of date, or write each time only once.",
                        "hours-overlap",
                    )
                    break


def _is_unlimited(entry: Times) -> bool:
    return not (entry.from_ or entry.until or entry.months or entry.every > 1 or entry.appointment)


def _share_place(entry: Times | Closure, other: Times | Closure) -> bool:
    return not entry.at or not other.at or bool(set(entry.at) & set(other.at))


def _list_times(guide: Guide) -> Iterator[tuple[Partner, str, Times]]:
    for partner, entries in _list_entries(guide):
        yield from ((partner, at, entry) for at, entry in entries if isinstance(entry, Times))


def _list_entries(guide: Guide) -> Iterator[tuple[Partner, list[tuple[str, Hours]]]]:
    """Yield each list of hours of a partner, location or service, as pairs of path and entry.

    A list is skipped if one of its entries could not be read, because paths count the entries in the file.
    """
    for partner in guide.partners:
        paths_by_list: defaultdict[str, list[str]] = defaultdict(list)
        for path in partner.places:
            parent, _, number = path.rpartition(".")
            if number.isdigit() and parent.endswith("hours"):
                paths_by_list[parent].append(path)
        for at, holder in iter_contact_holders(partner):
            paths = paths_by_list[f"{at}hours"]
            if len(paths) == len(holder.hours):
                yield partner, list(zip(paths, holder.hours, strict=True))


def format_clock(minutes: int) -> str:
    """Return minutes since midnight as ``HH:MM``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
