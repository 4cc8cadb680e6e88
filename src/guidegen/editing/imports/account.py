"""The account of an import: what became of every value of the source. Its sums add up."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidegen.editing.imports.source import Outcome, SourceValue
from guidegen.editing.staff_pages import render_staff_page
from guidegen.files import csv_files
from guidegen.model.problems import Problem, Severity

_NAMES = {Outcome.CARRIED: "carried", Outcome.NOTED: "noted", Outcome.REFUSED: "refused"}
_MAX_REASONS = 12


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """A column of the source, and how many of its values are carried, noted and refused."""

    file: str
    column: str
    counts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        """The number of values that are not empty."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Account:
    """The values of a source, each with its outcome."""

    values: Sequence[SourceValue]

    def count(self) -> Counter[Outcome]:
        """Return the number of values by outcome."""
        return Counter(_get_outcome(value) for value in self.values)

    def count_columns(self) -> list[ColumnCount]:
        """Return the counts of each column, in the order of the source."""
        counts: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
        for value in self.values:
            counts[_name_file(value), value.column][_get_outcome(value)] += 1
        return [ColumnCount(file, column, found) for (file, column), found in counts.items()]

    def count_rows(self) -> list[tuple[str, int, Counter[Outcome]]]:
        """Return the file, the row and the counts of each row, in the order of the source."""
        counts: dict[tuple[str, int], Counter[Outcome]] = defaultdict(Counter)
        for value in self.values:
            counts[value.file, value.row][_get_outcome(value)] += 1
        return [(file, row, found) for (file, row), found in counts.items()]

    def count_reasons(self) -> list[tuple[Outcome, str, int]]:
        """Return why values are not facts, most frequent first. Examples in quotes do not count as another reason."""
        reasons = Counter(
            (_get_outcome(value), re.sub(r"'[^']*'", "…", value.reason))
            for value in self.values
            if _get_outcome(value) is not Outcome.CARRIED
        )
        return [(outcome, reason, number) for (outcome, reason), number in reasons.most_common()]

    def list_problems(self) -> list[Problem]:
        """Return a warning for each value that somebody should look at."""
        return [
            Problem(PurePosixPath(value.file), value.row, value.number, _name_cell(value), value.hint, "sheet", Severity.WARNING)
            for value in self.values
            if value.hint and _get_outcome(value) is not Outcome.CARRIED
        ]

    def describe(self) -> Iterator[str]:
        """Yield the sums, and the most frequent reasons."""
        counts = self.count()
        shown = ", ".join(f"{counts[outcome]:,} {_NAMES[outcome]}" for outcome in reversed(Outcome))
        yield f"account: {len(self.values):,} values in the source: {shown}"
        for outcome, reason, number in self.count_reasons()[:_MAX_REASONS]:
            yield f"  {number:>7,} {_NAMES[outcome]}: {reason}"

    def render_files(self, title: str) -> dict[str, bytes]:
        """Return the account as files by name: a page, tables of columns and rows, and one of all values that are not facts."""
        columns = [
            (count.file, count.column, count.total, *(count.counts[outcome] for outcome in reversed(Outcome)))
            for count in self.count_columns()
        ]
        counted = ("values", *(_NAMES[outcome] for outcome in reversed(Outcome)))
        heading = ("file", "column", *counted)
        by_row = [
            (file, str(row), *(str(number) for number in (found.total(), *(found[outcome] for outcome in reversed(Outcome)))))
            for file, row, found in self.count_rows()
        ]
        rows = [
            (value.file, str(value.row), value.column, _NAMES[_get_outcome(value)], value.reason, value.text)
            for value in self.values
            if _get_outcome(value) is not Outcome.CARRIED
        ]
        total = ("total", "", len(self.values), *(self.count()[outcome] for outcome in reversed(Outcome)))
        return {
            "account.html": self._render_page(title, heading, [*columns, total]).encode(),
            "columns.csv": csv_files.write_csv([heading, *([str(cell) for cell in row] for row in (*columns, total))]),
            "rows.csv": csv_files.write_csv([("file", "row", *counted), *by_row]),
            "values.csv": csv_files.write_csv([("file", "row", "column", "outcome", "reason", "text"), *rows]),
        }

    def _render_page(self, title: str, heading: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
        reasons = [(number, _NAMES[outcome], reason) for outcome, reason, number in self.count_reasons()]
        return render_staff_page("account.html", title=title, heading=heading, rows=rows, reasons=reasons)


def _name_cell(value: SourceValue) -> str:
    return f"{value.reason} (column '{value.column}')"


def _get_outcome(value: SourceValue) -> Outcome:
    return Outcome.REFUSED if value.outcome is None else value.outcome


def _name_file(value: SourceValue) -> str:
    """Return the file of a value. Documents of a folder count together: each has its own file."""
    return value.file if not value.file.endswith(".json") else "*.json"
