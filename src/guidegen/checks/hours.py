"""Checks on opening hours."""

from collections import defaultdict
from collections.abc import Iterator

from guidegen.checks.reporting import problem
from guidegen.model import Closure, Guide, Hours, Monthly, Partner, Weekly
from guidegen.problems import Problem

_DAY = 24 * 60
_LONGEST_NIGHT = 12 * 60
"""A closing time before the opening time means the next morning, up to this length; above it is likelier a mistake."""


def closes_before_it_opens(guide: Guide) -> Iterator[Problem]:
    """09:00 to 05:00 is most likely 09:00 to 17:00; 20:00 to 07:00 is a night."""
    for partner, at, entry in _entries(guide):
        if isinstance(entry, Closure):
            continue
        opens, closes = entry.open, entry.close
        if opens >= _DAY:
            yield problem(partner, f"{at}.open", f"it opens at {clock(opens)}", "The day ends at 24:00.", "hours")
        elif closes - opens > _DAY:
            message = f"it is open from {clock(opens)} to {clock(closes)}, more than a day"
            yield problem(partner, f"{at}.close", message, "Check both times.", "hours")
        elif closes == opens:
            hint = 'For the whole day write  open: "00:00", close: "24:00"'
            yield problem(partner, f"{at}.close", f"it opens and closes at {clock(opens)}", hint, "hours")
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
    """A range of dates runs forward."""
    for partner, at, entry in _entries(guide):
        if isinstance(entry, Weekly | Monthly) and entry.from_ and entry.until and entry.until < entry.from_:
            message = f"'until' is {entry.until}, before 'from', which is {entry.from_}"
            yield problem(partner, f"{at}.until", message, "Check the year of both dates.", "hours")


def _entries(guide: Guide) -> Iterator[tuple[Partner, str, Hours]]:
    """Every entry with its path. Paths count what stands in the file, so entries that could not be read are skipped."""
    for partner in guide.partners:
        numbers: defaultdict[str, list[str]] = defaultdict(list)
        for path in partner.places:
            if path.count(".") == 3 and path.startswith("services."):
                numbers[path.rpartition(".")[0]].append(path)
        for service in partner.services:
            paths = numbers[f"services.{service.key}.hours"]
            if len(paths) == len(service.hours):
                yield from ((partner, at, entry) for at, entry in zip(paths, service.hours, strict=True))


def clock(minutes: int) -> str:
    """Minutes since midnight as a clock shows them."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
