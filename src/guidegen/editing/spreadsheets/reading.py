"""CSV files as rows whose cells know where they stand, so that a message about a value can name its row and column."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from guidegen.content.fields.table import TRANSLATION
from guidegen.content.merge_conflicts import conflict_problem
from guidegen.content.yaml.parser import ScalarNode
from guidegen.editing import csv_files
from guidegen.editing.spreadsheets.layout import (
    PARTNER_COLUMN,
    SHORT,
    TEXT_COLUMNS,
    TEXTS,
    TRANSLATIONS,
    headings_of_partners,
    sheets,
)
from guidegen.model import urls
from guidegen.model.problems import GuidegenError, Problem, Severity, nearest_word, suggest
from guidegen.text.characters import composed, unwanted

MAX_BYTES = 50_000_000
MAX_ROWS = 500_000
MAX_COLUMNS = 1_000
_FIRST = 10_000_000
"""Values of sheets say that they stand in a line from here on, which no file has: it is the number of their cell."""
HEADINGS = {
    **{sheet.name: sheet.heading for sheet in sheets()},
    "partners": headings_of_partners(),
    TRANSLATIONS: (PARTNER_COLUMN, "language", *(one.name for one in TRANSLATION.fields)),
    TEXTS: TEXT_COLUMNS,
}


_HOLDERS = {way for sheet in sheets() for way in sheet.columns_by_heading} - {PARTNER_COLUMN}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The texts of a row by column, each with its place; cells without text are empty."""

    cells: dict[str, ScalarNode]
    place: ScalarNode

    def text(self, column: str) -> str:
        """The text of a cell, without white space around it; empty where there is no such column."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""


@dataclass(slots=True)
class Workbook:
    """All sheets that were given, and what is wrong with them."""

    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _cells: list[tuple[PurePosixPath, int, int, str]] = field(default_factory=list)

    def place(self, path: PurePosixPath, line: int, column: int, heading: str) -> int:
        """A line number that stands for a cell."""
        self._cells.append((path, line, column, heading))
        return _FIRST + len(self._cells) - 1

    def located(self, problem: Problem) -> Problem:
        """The problem at the cell that it is about, if it is about one."""
        if problem.line < _FIRST:
            return problem
        path, line, column, heading = self._cells[problem.line - _FIRST]
        message = f"{problem.message} (column '{heading}')" if heading else problem.message
        hint = re.sub(r"line ([0-9]{8,})", lambda match: self._named(int(match[1])), problem.hint)
        return Problem(path, line, column, message, hint, problem.code, problem.severity)

    def _named(self, line: int) -> str:
        """What a line number is called that stands for a cell."""
        path, row, *_ = self._cells[line - _FIRST]
        return f"line {row} of {path.name}"

    def report(self, at: ScalarNode, message: str, hint: str, code: str = "sheet") -> None:
        """Note a mistake at a cell."""
        self.problems.append(self.located(Problem(PurePosixPath(), at.line, 1, message, hint, code)))


def read(given: Path) -> Workbook:
    """The sheets of a folder, or the one of a file. Raises ``GuidegenError`` where there are none."""
    files = sorted(one for one in given.iterdir() if one.suffix.lower() == ".csv") if given.is_dir() else [given]
    if not files:
        raise GuidegenError(f"there are no CSV files in {given}")
    book = Workbook()
    for file in files:
        name = file.stem.lower() if file.stem.lower() in HEADINGS else ""
        if not name and given.is_dir():
            hint = suggest(file.stem.lower(), HEADINGS)
            book.problems.append(Problem(_shown(file), 1, 1, f"'{file.name}' is no sheet of a guide", hint, "sheet"))
        elif name in book.rows:
            book.problems.append(Problem(_shown(file), 1, 1, f"there are two sheets '{name}'", "Remove one of them.", "sheet"))
        else:
            _add(book, file, name)
    return book


def _fitting(heading: list[str]) -> str:
    """The sheet to which columns belong, where the name of the file does not say it."""
    written = {cell.casefold() for cell in heading}
    fits = {name: len(written & {column.casefold() for column in columns}) for name, columns in HEADINGS.items()}
    return max(fits, key=lambda name: (fits[name], name == "partners"))


def _shown(file: Path) -> PurePosixPath:
    return PurePosixPath(file.as_posix())


def _add(book: Workbook, file: Path, name: str) -> None:
    path = _shown(file)
    try:
        text = _text(file)
        conflict = conflict_problem(text, path)
        if conflict:
            book.problems.append(conflict)
            return
        table = list(_limited(csv_files.read_csv(text)))
    except (ValueError, UnicodeDecodeError) as error:
        wanted = "Save the sheet as “CSV UTF-8”, which spreadsheet programs offer."
        reason = "its letters are not in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        book.problems.append(Problem(path, 1, 1, f"this is no table that can be read: {reason}", wanted, "sheet"))
        return
    if not table:
        hint = f"Its first row names the columns:  {', '.join(HEADINGS[name or 'partners'][:5])}, …"
        book.problems.append(Problem(path, 1, 1, "the sheet is empty", hint, "sheet"))
        return
    first, *rest = table
    name = name or _fitting([cell.strip() for cell in first[1]])
    columns = list(_columns(book, path, name, [cell.strip() for cell in first[1]]))
    if PARTNER_COLUMN not in columns and not (name == "partners" and "name" in columns):
        hint = f"Add a column '{PARTNER_COLUMN}' with the file name of the partner, without .yml, such as  food-bank"
        book.problems.append(Problem(path, 1, 1, f"there is no column '{PARTNER_COLUMN}'", hint, "sheet"))
        return
    book.headings[name] = tuple(column for column in columns if column)
    book.rows[name] = [_row(book, path, line, columns, cells) for line, cells in rest]


def _text(file: Path) -> str:
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES // 1_000_000} MB")
    raw = file.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # "Unicode text" of some programs
        return raw.decode("utf-16")
    if b"\0" in raw:
        raise ValueError("it holds zero bytes, as the files of spreadsheet programs themselves do")
    return raw.decode("utf-8-sig")


def _limited(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows):
        if number > MAX_ROWS:
            raise ValueError(f"it has more than {MAX_ROWS:,} rows")
        if number == 0 and len(row[1]) > MAX_COLUMNS:
            raise ValueError(f"it has more than {MAX_COLUMNS:,} columns")
        yield row


def _columns(book: Workbook, path: PurePosixPath, name: str, heading: list[str]) -> Iterator[str]:
    """The columns as they are known; empty for those that are not read, which is said."""
    known = {column.casefold(): column for column in HEADINGS[name]}
    seen: set[str] = set()
    for number, written in enumerate(heading, 1):
        column = known.get(written.casefold(), "")
        column = SHORT.get(column, column) if name == "partners" else column
        if column and column in seen:
            book.problems.append(Problem(path, 1, number, f"two columns are called '{written}'", "Remove one of them.", "sheet"))
            column = ""
        elif written and not column:
            message = f"the column '{written}' is not read"
            close = nearest_word(written, [*known.values()])
            hint = f"Did you mean:  {close}" if close else "Its values are left out. All columns:  guidegen export csv"
            severity = Severity.WARNING
            if written in _HOLDERS:  # what belongs to a service would become the whole organization's
                hint, severity = f"Rows of a {written} are in a sheet of their own:  {written}-{path.stem}.csv", Severity.ERROR
            book.problems.append(Problem(path, 1, number, message, hint, "sheet-column", severity))
        seen.add(column)
        yield column


def _row(book: Workbook, path: PurePosixPath, line: int, columns: list[str], cells: list[str]) -> SheetRow:
    begin = ScalarNode("", book.place(path, line, 1, ""), 1)
    for number, cell in enumerate(cells[len(columns) :], len(columns) + 1):
        if cell.strip():
            at = ScalarNode("", book.place(path, line, number, ""), 1)
            hint = (
                "A cell that holds commas or line breaks needs quotes around it, which spreadsheet programs write by themselves."
            )
            book.report(at, f"the row has more cells than there are columns: '{cell.strip()[:40]}'", hint)
            break
    known = {}
    for number, (column, cell) in enumerate(zip(columns, cells, strict=False), 1):
        cell = composed(cell)
        if column and cell.strip():
            at = ScalarNode(cell if "\n" in cell else cell.strip(), book.place(path, line, number, column), 1, plain=False)
            known[column] = at
            for _, found in itertools.islice(unwanted(at.text), 1):
                hint = "Type the text anew, or paste it without formatting."
                book.report(at, f"there is {found}", hint)
    if PARTNER_COLUMN not in known and "name" in known:
        known[PARTNER_COLUMN] = ScalarNode(urls.slug(known["name"].text), begin.line, 1, plain=False)
    return SheetRow(known, begin)
