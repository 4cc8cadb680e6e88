"""The account of an import: what became of every value of the source. Its sums add up."""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from guidegen.editing import csv_files
from guidegen.editing.imports.source import Outcome, SourceValue
from guidegen.model.problems import Problem, Severity

_NAMES = {Outcome.CARRIED: "carried", Outcome.NOTED: "noted", Outcome.REFUSED: "refused"}
_MAX_REASONS = 12
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{padding:.25rem .5rem;border-bottom:1px solid #999;text-align:left;vertical-align:top}td.n{text-align:right}"
)


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
            "account.html": self._render_page(title, [heading, *columns, total]).encode(),
            "columns.csv": csv_files.write_csv([heading, *([str(cell) for cell in row] for row in (*columns, total))]),
            "rows.csv": csv_files.write_csv([("file", "row", *counted), *by_row]),
            "values.csv": csv_files.write_csv([("file", "row", "column", "outcome", "reason", "text"), *rows]),
        }

    def _render_page(self, title: str, rows: Sequence[Sequence[object]]) -> str:
        reasons = "".join(
            f"<tr><td class=n>{number:,}<td>{_NAMES[outcome]}<td>{html.escape(reason)}"
            for outcome, reason, number in self.count_reasons()
        )
        return (
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            f"<title>{html.escape(title)}</title><style>{_STYLE}</style><h1>{html.escape(title)}</h1>"
            "<p>Carried: a fact of a profile. Noted: kept as text, or as data that is not published. "
            f"Refused: in no profile, with the reason. Empty cells do not count.</p><h2>Columns</h2>{_render_table(rows)}"
            f"<h2>Reasons</h2><table><tr><th>values<th>outcome<th>reason{reasons}</table>"
            "<p>Every value that is not a fact is in values.csv.</p></html>\n"
        )


def _render_table(rows: Sequence[Sequence[object]]) -> str:
    first, *others = rows
    heading = "".join(f"<th>{cell}" for cell in first)
    body = "".join(
        "<tr>" + "".join(f"<td class=n>{cell:,}" if isinstance(cell, int) else f"<td>{html.escape(str(cell))}" for cell in row)
        for row in others
    )
    return f"<table><tr>{heading}{body}</table>"


def _name_cell(value: SourceValue) -> str:
    return f"{value.reason} (column '{value.column}')"


def _get_outcome(value: SourceValue) -> Outcome:
    return Outcome.REFUSED if value.outcome is None else value.outcome


def _name_file(value: SourceValue) -> str:
    """Return the file of a value. Documents of a folder count together: each has its own file."""
    return value.file if not value.file.endswith(".json") else "*.json"
