"""The numbers of a report, and what has changed since an earlier one: ``numbers.csv`` of a folder that ``report --out`` wrote."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from guidegen.editing.report.findings import FRESHNESS, Report
from guidegen.files import csv_files
from guidegen.model.problems import GuidegenError
from guidegen.records import dataclass

FILE = "numbers.csv"
_HEADING = ("number", "value", "date")
_NUMBERS: Mapping[str, Callable[[Report], int]] = {
    "things to do": lambda report: report.tasks,
    "partners": lambda report: len(report.partners),
    "partners whose facts are checked": lambda report: report.freshness[FRESHNESS[0]],
    "partners whose facts are out of date or were never checked": lambda report: sum(
        report.freshness[name] for name in FRESHNESS[2:]
    ),
    "texts that are missing or outdated in a language": lambda report: sum(
        language.counts["missing"] + language.counts["stale"] for language in report.languages
    ),
    "holes: no help of a kind, in a language, in a place": lambda report: len(report.gaps.holes),
    "referral paths": lambda report: len(report.network.referrals),
    "referral paths that one side names": lambda report: len(report.network.one_sided),
    "kinds of help, languages and areas that hang on one partner": lambda report: len(report.network.single_points),
    "partners without whom others are cut off": lambda report: len(report.network.bridges),
    "partners without a point person": lambda report: len(report.network.without_person),
    "partners never contacted": lambda report: len(report.network.never_contacted),
    "partners whose referral sheet is complete": lambda report: sum(sheet.is_complete for sheet in report.sheets),
}
"""Each number by its name, which an earlier report is compared by: a name never changes its meaning."""


@dataclass(frozen=True, slots=True)
class EarlierNumbers:
    """The numbers of an earlier report by name, and its date."""

    day: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Trend:
    """A number of a report, and that of the earlier report; None if that does not have it."""

    name: str
    now: int
    before: int | None

    @property
    def change(self) -> str:
        """The change with its sign; empty if there is nothing to compare."""
        return "" if self.before is None else f"{self.now - self.before:+d}" if self.now != self.before else "same"


def list_trends(report: Report, earlier: EarlierNumbers | None) -> list[Trend]:
    """Return the numbers of a report, compared with those of an earlier one."""
    before = earlier.values if earlier else {}
    return [Trend(name, count(report), before.get(name)) for name, count in _NUMBERS.items()]


def list_rows(report: Report) -> Iterator[Sequence[str]]:
    """Yield the rows of ``numbers.csv``."""
    yield _HEADING
    for trend in list_trends(report, None):
        yield trend.name, str(trend.now), report.today.isoformat()


def read_earlier(path: Path) -> EarlierNumbers:
    """Return the numbers of an earlier report from its folder, or from its file. Raises ``GuidegenError``."""
    file = path / FILE if path.is_dir() else path
    try:
        rows = [cells for _, cells in csv_files.read_csv(file.read_bytes().decode("utf-8-sig"))]
    except (OSError, ValueError):  # not UTF-8, or no CSV
        rows = []
    if not rows or tuple(rows[0]) != _HEADING:
        raise GuidegenError(f"{file} has no numbers of an earlier report; give the folder that  guidegen report --out  wrote")
    values: dict[str, int] = {}
    days: list[str] = []
    for name, value, day in (cells for cells in rows[1:] if len(cells) == len(_HEADING)):
        if not re.fullmatch("[0-9]{1,9}", value) or not _is_date(day):
            raise GuidegenError(f"{file} was changed: the row of '{name[:60]}' has no number and date")
        values[name] = int(value)
        days.append(day)
    return EarlierNumbers(max(days, default=""), values)


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
