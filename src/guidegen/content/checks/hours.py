"""Checks on opening hours."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from zoneinfo import available_timezones

from guidegen.content.checks.reporting import place_of, problem, warning
from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Hours, Times, YearDay
from guidegen.model.opening_hours import closed_days, end, is_in_effect, is_of_a_date
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, suggest
from guidegen.model.reach import holders_of

_DAY = 24 * 60
_AROUND_THE_CLOCK = "Is it open around the clock? Then write  {always: yes}"
_LONGEST_NIGHT = 12 * 60
"""A closing time before the opening time means the next morning, up to this length; above it is likelier a mistake."""


def closes_before_it_opens(guide: Guide) -> Iterator[Problem]:
    """09:00 to 05:00 is most likely 09:00 to 17:00; 20:00 to 07:00 is a night."""
    for partner, at, entry in _times(guide):
        opens, closes = entry.open, entry.close
        if opens >= _DAY:
            yield problem(partner, f"{at}.open", f"it opens at {clock(opens)}", "The day ends at 24:00.", "hours")
        elif closes is None:
            continue
        elif closes - opens > _DAY:
            message = f"it is open from {clock(opens)} to {clock(closes)}, more than a day"
            yield problem(partner, f"{at}.close", message, "Check both times.", "hours")
        elif closes == opens or (closes < opens and opens - closes <= 1):
            message = f"it opens at {clock(opens)} and closes at {clock(closes)}"
            yield problem(partner, f"{at}.close", message, _AROUND_THE_CLOCK, "hours")
        elif closes == _DAY - 1:
            hint = _AROUND_THE_CLOCK if opens == 0 else 'For midnight write  close: "24:00"'
            message = f"it closes at {clock(closes)}, one minute before midnight"
            yield warning(partner, f"{at}.close", message, hint, "before-midnight")
        elif closes < opens and closes + _DAY - opens > _LONGEST_NIGHT:
            message = f"it closes at {clock(closes)}, before it opens at {clock(opens)}"
            yield problem(partner, f"{at}.close", message, _likely(opens, closes), "hours")


def _likely(opens: int, closes: int) -> str:
    """The time that was likely meant: twelve hours off, or both the other way round."""
    half = _DAY // 2
    if opens >= half and 6 * 60 <= closes < half:
        swapped = f'open: "{clock(closes)}", close: "{clock(opens)}"'
        return f'Did you mean  {swapped} ,  or  close: "{clock(closes + half)}" ?'
    if closes < half and opens < closes + half:
        guess = f'Did you mean  close: "{clock(closes + half)}" ?'
    elif opens >= half and opens - half < closes:
        guess = f'Did you mean  open: "{clock(opens - half)}" ?'
    else:
        guess = f'Did you mean  open: "{clock(closes)}", close: "{clock(opens)}" ?'
    night = f'   If it is open past midnight, write  close: "{clock(closes + _DAY)}"'
    return guess + (night if closes + _DAY - opens <= 18 * 60 else "")


def ends_before_it_begins(guide: Guide) -> Iterator[Problem]:
    """A range of dates runs forward, and has years on both sides or on none."""
    for partner, at, entry in _times(guide):
        first, last = entry.from_, entry.until
        if isinstance(first, date) and isinstance(last, date) and last < first:
            message = f"'until' is {last}, before 'from', which is {first}"
            yield problem(partner, f"{at}.until", message, "Check the year of both dates.", "hours")
        elif isinstance(first, YearDay) != isinstance(last, YearDay):
            field = "from" if isinstance(first, YearDay) else "until"
            other = "until" if field == "from" else "from"
            message = f"'{field}' has no year, and '{other}' {'has one' if (first and last) else 'is missing'}"
            hint = "For a season of every year write both without a year:  from: 11-01, until: 03-31"
            yield problem(partner, f"{at}.{field}", message, hint, "hours")
        if entry.every > 1 and not isinstance(first, date):
            hint = "Write the day of one of these weeks:  from: 2026-09-04"
            yield problem(partner, f"{at}.every", "'every' has no 'from', so nobody knows which weeks are meant", hint, "hours")


def unknown_time_zones(guide: Guide) -> Iterator[Problem]:
    """Report an unknown time zone of a location or a service."""
    for partner in guide.partners:
        zones = [(f"locations.{place.key}", place.time_zone) for place in partner.locations]
        zones += [(f"services.{service.key}", service.time_zone) for service in partner.services]
        for at, zone in zones:
            if zone and zone not in available_timezones():
                hint = suggest(zone, sorted(available_timezones()))
                yield problem(partner, f"{at}.time_zone", f"'{zone}' is not a time zone", hint, "time-zone")


def contradicting(guide: Guide) -> Iterator[Problem]:
    """Report a date that has hours and is also closed. Readers see the hours."""
    for partner, entries in _lists(guide):
        closures = [(at, entry) for at, entry in entries if isinstance(entry, Closure)]
        for at, entry in entries:
            if not (isinstance(entry, Times) and is_of_a_date(entry)):
                continue
            for other, closure in closures:
                day = next((day for day in closed_days(closure) if is_in_effect(entry, day)), None)
                if day and _same_place(closure, entry):
                    line = place_of(partner.places, other)[0]
                    message = f"{day} has hours here, and line {line} says that it is closed"
                    hint = "Readers see these hours. Remove the date from one of the lines."
                    yield warning(partner, at, message, hint, "hours-contradict")


def overlapping(guide: Guide) -> Iterator[Problem]:
    """Report lines whose hours overlap on a day: one of them is most likely out of date."""
    for partner, entries in _lists(guide):
        weekly = [(at, entry) for at, entry in entries if isinstance(entry, Times) and entry.days and _is_always(entry)]
        for number, (at, entry) in enumerate(weekly):
            for other, earlier in weekly[:number]:
                days = [day for day in entry.days if day in earlier.days]
                if days and _same_place(entry, earlier) and entry.open < end(earlier) and earlier.open < end(entry):
                    line = place_of(partner.places, other)[0]
                    message = f"these hours overlap those of line {line} on {', '.join(days)}"
                    yield warning(
                        partner, at, message, "Write each time once; remove the line that is out of date.", "hours-overlap"
                    )
                    break


def _is_always(entry: Times) -> bool:
    return not (entry.from_ or entry.until or entry.months or entry.every > 1 or entry.appointment)


def _same_place(one: Times | Closure, other: Times | Closure) -> bool:
    return not one.at or not other.at or bool(set(one.at) & set(other.at))


def _times(guide: Guide) -> Iterator[tuple[Partner, str, Times]]:
    for partner, entries in _lists(guide):
        yield from ((partner, at, entry) for at, entry in entries if isinstance(entry, Times))


def _lists(guide: Guide) -> Iterator[tuple[Partner, list[tuple[str, Hours]]]]:
    """Yield the lists of hours of partners, locations and services, each entry with its path.

    A list is skipped if an entry of it could not be read, because paths count the entries in the file.
    """
    for partner in guide.partners:
        numbers: defaultdict[str, list[str]] = defaultdict(list)
        for path in partner.places:
            above, _, last = path.rpartition(".")
            if last.isdigit() and above.endswith("hours"):
                numbers[above].append(path)
        for at, holder in holders_of(partner):
            paths = numbers[f"{at}hours"]
            if len(paths) == len(holder.hours):
                yield partner, list(zip(paths, holder.hours, strict=True))


def clock(minutes: int) -> str:
    """Minutes since midnight as a clock shows them."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
