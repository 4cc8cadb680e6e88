"""Read CSV files into rows whose cells know their position, so that a message about a value can name its row and column."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path, PurePosixPath

from guidegen.content.fields.table import TRANSLATION
from guidegen.content.merge_conflicts import find_conflict
from guidegen.content.yaml.parser import ScalarNode
from guidegen.editing.spreadsheets.layout import (
    HEADING_ALIASES,
    PARTNER_COLUMN,
    TEXT_COLUMNS,
    TEXTS,
    TRANSLATIONS,
    list_partner_headings,
    list_sheets,
)
from guidegen.files import csv_files
from guidegen.model import urls
from guidegen.model.problems import GuidegenError, Problem, Severity, find_nearest_word, suggest
from guidegen.records import dataclass
from guidegen.text.characters import find_unwanted, normalize_nfc

MAX_BYTES = 50_000_000
MAX_ROWS = 500_000
MAX_COLUMNS = 1_000
_FIRST_CELL_LINE = 10_000_000
"""Line numbers from here on, which no file reaches, are ids of cells. ``Workbook.locate`` replaces them."""
HEADINGS = {
    **{sheet.name: sheet.headings for sheet in list_sheets()},
    "partners": list_partner_headings(),
    TRANSLATIONS: (PARTNER_COLUMN, "language", *(entry.name for entry in TRANSLATION.fields)),
    TEXTS: TEXT_COLUMNS,
}
_PARENT_COLUMNS = {column for sheet in list_sheets() for column in sheet.owner_columns} - {PARTNER_COLUMN}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: the non-empty cells by column, and a node that marks the position of its first cell."""

    cells: dict[str, ScalarNode]
    position: ScalarNode

    def text(self, column: str) -> str:
        """Return the stripped text of a cell, or an empty string if there is no such cell."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""


@dataclass(slots=True)
class Workbook:
    """The sheets of an import by name, and their problems."""

    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _cells: list[tuple[PurePosixPath, int, int, str]] = field(default_factory=list)

    def register_cell(self, path: PurePosixPath, line: int, column: int, heading: str) -> int:
        """Register a cell, and return its id, which nodes use as their line number."""
        self._cells.append((path, line, column, heading))
        return _FIRST_CELL_LINE + len(self._cells) - 1

    def locate(self, problem: Problem) -> Problem:
        """Return a problem with the position of its cell in place of the cell's id. Other problems stay as they are."""
        if problem.line < _FIRST_CELL_LINE:
            return problem
        path, line, column, heading = self._cells[problem.line - _FIRST_CELL_LINE]
        message = f"{problem.message} (column '{heading}')" if heading else problem.message
        hint = re.sub(r"line ([0-9]{8,})", lambda match: self._format_line(int(match[1])), problem.hint)
        return Problem(path, line, column, message, hint, problem.code, problem.severity)

    def _format_line(self, cell_id: int) -> str:
        path, row, *_ = self._cells[cell_id - _FIRST_CELL_LINE]
        return f"line {row} of {path.name}"

    def report(self, at: ScalarNode, message: str, hint: str, code: str = "sheet") -> None:
        """Record an error at a cell."""
        self.problems.append(self.locate(Problem(PurePosixPath(), at.line, 1, message, hint, code)))


_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
"""The default file formats of spreadsheet programs."""


def read_workbook(given: Path) -> Workbook:
    """Return the sheets of a folder, or the sheet of a file. Raises ``GuidegenError`` if a folder has no CSV files."""
    files = sorted(file for file in given.iterdir() if file.suffix.lower() == ".csv") if given.is_dir() else [given]
    if not files:
        raise GuidegenError(f"there are no CSV files in {given}")
    book = Workbook()
    for other in sorted(given.iterdir()) if given.is_dir() else ():
        if other.suffix.lower() in _WORKBOOKS and not other.name.startswith(("~", ".")):  # "~$x.xlsx" is a lock of Excel
            message = f"'{other.name}' is not a CSV file, so its rows would not be read"
            hint = f"Save the sheet as “CSV UTF-8” with the name {other.stem}.csv, and remove this file."
            book.problems.append(Problem(_to_posix(other), 1, 1, message, hint, "sheet"))
    for file in files:
        name = file.stem.lower() if file.stem.lower() in HEADINGS else ""
        if not name and given.is_dir():
            hint = suggest(file.stem.lower(), HEADINGS)
            message = f"'{file.name}' is not the name of a sheet"
            book.problems.append(Problem(_to_posix(file), 1, 1, message, hint, "sheet"))
        elif name in book.rows:
            message = f"there are two sheets named '{name}'"
            book.problems.append(Problem(_to_posix(file), 1, 1, message, "Remove one of them.", "sheet"))
        else:
            _read_sheet(book, file, name)
    return book


def _guess_sheet(heading: list[str]) -> str:
    """Return the name of the sheet that shares the most columns with a heading, for a file with another name."""
    columns = {cell.casefold() for cell in heading}
    matches = {name: len(columns & {column.casefold() for column in known}) for name, known in HEADINGS.items()}
    return max(matches, key=lambda name: (matches[name], name == "partners"))


def _to_posix(file: Path) -> PurePosixPath:
    return PurePosixPath(file.as_posix())


def _read_sheet(book: Workbook, file: Path, name: str) -> None:
    """Add a file to the workbook, or record why it cannot be read. Without a name, its columns tell which sheet it is."""
    path = _to_posix(file)
    try:
        text = _read_file(file)
        conflict = find_conflict(text, path)
        if conflict:
            book.problems.append(conflict)
            return
        table = list(_check_limits(csv_files.read_csv(text)))
    except (ValueError, UnicodeDecodeError) as error:
        hint = "Save the sheet as “CSV UTF-8” in your spreadsheet program."
        reason = "its text is not in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        book.problems.append(Problem(path, 1, 1, f"this file cannot be read as a table: {reason}", hint, "sheet"))
        return
    if not table:
        hint = f"The first row names the columns:  {', '.join(HEADINGS[name or 'partners'][:5])}, …"
        book.problems.append(Problem(path, 1, 1, "the sheet is empty", hint, "sheet"))
        return
    (_, first_row), *rows = table
    heading = [cell.strip() for cell in first_row]
    name = name or _guess_sheet(heading)
    columns = list(_match_columns(book, path, name, heading))
    if PARTNER_COLUMN not in columns and not (name == "partners" and "name" in columns):
        hint = f"Add a column '{PARTNER_COLUMN}' with the partner's file name, without .yml, such as  food-bank"
        book.problems.append(Problem(path, 1, 1, f"there is no column '{PARTNER_COLUMN}'", hint, "sheet"))
        return
    book.headings[name] = tuple(column for column in columns if column)
    book.rows[name] = [_build_row(book, path, line, columns, cells) for line, cells in rows]


def _read_file(file: Path) -> str:
    """Return the text of a file. Raises ``ValueError`` if it is too large, or is not a text file."""
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    raw = file.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # some programs save "Unicode text" in UTF-16
        return raw.decode("utf-16")
    if b"\0" in raw:
        raise ValueError("it is not a CSV file but probably a spreadsheet file")
    return raw.decode("utf-8-sig")


def _check_limits(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for index, row in enumerate(rows):
        if index > MAX_ROWS:
            raise ValueError(f"it has more than {MAX_ROWS:,} rows")
        if index == 0 and len(row[1]) > MAX_COLUMNS:
            raise ValueError(f"it has more than {MAX_COLUMNS:,} columns")
        yield row


def _match_columns(book: Workbook, path: PurePosixPath, name: str, heading: list[str]) -> Iterator[str]:
    """Yield the known name of each column, or an empty string for a column that is ignored, which is reported."""
    known = {column.casefold(): column for column in HEADINGS[name]}
    seen: set[str] = set()
    for number, written in enumerate(heading, 1):
        column = known.get(written.casefold(), "")
        column = HEADING_ALIASES.get(column, column) if name == "partners" else column
        if column and column in seen:
            message = f"two columns are called '{written}'"
            book.problems.append(Problem(path, 1, number, message, "Remove one of them.", "sheet"))
            column = ""
        elif written and not column:
            message = f"the column '{written}' is ignored: no field has this name"
            close = find_nearest_word(written, [*known.values()])
            hint = f"Did you mean:  {close}" if close else "For a list of all columns:  guidegen export csv"
            severity = Severity.WARNING
            if written in _PARENT_COLUMNS:  # otherwise a service's hours would become those of the whole organization
                message = f"the column '{written}' does not belong in this sheet"
                hint = f"Put the rows of a {written} in a sheet of their own:  {written}-{path.stem}.csv"
                severity = Severity.ERROR
            book.problems.append(Problem(path, 1, number, message, hint, "sheet-column", severity))
        seen.add(column)
        yield column


def _build_row(book: Workbook, path: PurePosixPath, line: int, columns: list[str], texts: list[str]) -> SheetRow:
    """Return a row, and report cells beyond the last column and unwanted characters."""
    start = ScalarNode("", book.register_cell(path, line, 1, ""), 1)
    for number, text in enumerate(texts[len(columns) :], len(columns) + 1):
        if text.strip():
            position = ScalarNode("", book.register_cell(path, line, number, ""), 1)
            hint = "A cell with commas or line breaks needs quotes around it. Spreadsheet programs add them when they save."
            book.report(position, f"the row has more cells than there are columns: '{text.strip()[:40]}'", hint)
            break
    cells = {}
    for number, (column, text) in enumerate(zip(columns, texts, strict=False), 1):
        text = normalize_nfc(text)
        if column and text.strip():
            text = text if "\n" in text else text.strip()
            cell = ScalarNode(text, book.register_cell(path, line, number, column), 1, plain=False)
            cells[column] = cell
            for _, description in itertools.islice(find_unwanted(cell.text), 1):
                book.report(cell, f"there is {description}", "Type the text again, or paste it without formatting.")
    if PARTNER_COLUMN not in cells and "name" in cells:
        cells[PARTNER_COLUMN] = ScalarNode(urls.slug(cells["name"].text), start.line, 1, plain=False)
    return SheetRow(cells, start)
