"""Opening hours, as the content gives them."""

from dataclasses import dataclass
from datetime import date

from guidegen.model.translatable import NO_TEXT, TranslatableText

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year, such as November 1."""

    month: int
    day: int


DateRange = tuple[date, date]
"""The first and the last of some days; the same day twice for one."""


@dataclass(frozen=True, slots=True)
class Times:
    """Open on certain days. Times are minutes since midnight; ``close`` may pass 24 hours.

    ``close`` is None where only the start is known. The days are given in one of four ways: ``days`` of the week; ``monthly`` as
    ``(1, "sa")`` for the first Saturday, -1 for the last; ``day_of_month`` from 1 to 31, -1 for the last; or ``dates``, which
    replace all other hours of those days. ``every`` is 2 for every other week, counted from the week of ``from_``. ``at`` are the
    keys of the locations where this holds; none for all.
    """

    open: int
    close: int | None = None
    days: tuple[str, ...] = ()
    monthly: tuple[tuple[int, str], ...] = ()
    day_of_month: tuple[int, ...] = ()
    dates: tuple[DateRange, ...] = ()
    every: int = 1
    months: tuple[str, ...] = ()
    from_: date | YearDay | None = None
    until: date | YearDay | None = None
    appointment: bool | None = None
    at: tuple[str, ...] = ()
    note: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday or a group of them by its id, its name where the interface has no word for it, and its days for some years."""

    id: str
    name: TranslatableText = NO_TEXT
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the usual hours do not hold."""

    closed: tuple[DateRange, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    at: tuple[str, ...] = ()
    note: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class InWords:
    """Hours that can only be said in words. They are shown, and never counted as open."""

    text: TranslatableText
    at: tuple[str, ...] = ()


Hours = Times | Closure | InWords
