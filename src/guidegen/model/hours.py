"""Opening hours as written in the content."""

from datetime import date

from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day that recurs every year, such as November 1."""

    month: int
    day: int


DateRange = tuple[date, date]
"""The first and the last day, both included. A single day is both."""


@dataclass(frozen=True, slots=True)
class Times:
    """Opening and closing time on certain days, in minutes since midnight.

    ``close`` may exceed 24 hours. It is None if only the start is known. The days are given in one of four ways: ``days`` of the
    week; ``monthly``, such as ``(1, "sa")`` for the first Saturday and ``(-1, "sa")`` for the last; ``day_of_month`` from 1 to
    31, or -1 for the last; or ``dates``, which replace all other hours of those days. ``every`` is 2 for every other week,
    counted from the week of ``from_``. ``at`` are the keys of the locations with these hours; empty means all.
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
    """A holiday or a group of holidays, with its dates in the coming years.

    ``name`` is set only if the interface has no translated name for ``id``.
    """

    id: str
    name: TranslatableText = NO_TEXT
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure:
    """Dates and holidays on which the regular hours do not apply."""

    closed: tuple[DateRange, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    at: tuple[str, ...] = ()
    note: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class InWords:
    """Hours that are only described in words. Pages show them, but they never count as open."""

    text: TranslatableText
    at: tuple[str, ...] = ()


Hours = Times | Closure | InWords
