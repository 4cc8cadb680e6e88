"""Read a table from a CSV file, a spreadsheet or a JSON file as rows of texts, with the row numbers that a program shows."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from guidegen.editing.imports import json_files
from guidegen.files import csv_files
from guidegen.model.problems import GuidegenError
from guidegen.text.characters import normalize_nfc

MAX_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 200_000_000
"""A spreadsheet is a ZIP package: a few kilobytes can unpack to gigabytes."""
MAX_ROWS = 100_000
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
JSON_ENDINGS = (".json", ".jsonl", ".ndjson")
_ENCODINGS = ("utf-8-sig", "cp1252")
"""Excel saves "CSV" in the encoding of Windows unless one asks for UTF-8."""


@dataclass(frozen=True)
class Table:
    """A table. ``rows`` has the row number, from 1, and a text for each column of ``heading``."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, number: int) -> tuple[str, ...]:
        """Return the non-empty cells of a column."""
        return tuple(cells[number] for _, cells in self.rows if cells[number])


def read_table(file: Path, sheet: str = "", may_be_empty: bool = False) -> Table:
    """Return the table in a file, from the first row that has two cells or more, which names the columns.

    Raises ``GuidegenError`` if the file is not a table, is too large, or has no such row (unless it ``may_be_empty``).
    """
    if not file.is_file():
        raise GuidegenError(f"there is no file {file}")
    if file.stat().st_size > MAX_BYTES:
        raise GuidegenError(f"{file} is larger than {MAX_BYTES // 1_000_000} MB")
    ending = file.suffix.lower()
    if ending in JSON_ENDINGS:
        return _read_json(file)
    rows = list(_read_spreadsheet(file, sheet) if ending in SPREADSHEETS else _read_csv(file))
    start = next((index for index, (_, cells) in enumerate(rows) if sum(map(bool, cells)) >= 2), None)
    if start is None and may_be_empty:
        return Table((), ())
    if start is None:
        raise GuidegenError(f"{file} has no table: no row has two filled cells")
    if len(rows) > MAX_ROWS:
        raise GuidegenError(f"{file} has more than {MAX_ROWS:,} rows; split it")
    heading = tuple(rows[start][1])
    width = len(heading)
    body = tuple((number, tuple([*cells, *[""] * width][:width])) for number, cells in rows[start + 1 :] if any(cells))
    return Table(heading, body)


def _read_json(file: Path) -> Table:
    """Return the table of a JSON file with a list of records, or one record a line. Each name in any of them is a column."""
    records = [_flatten(record) for document in json_files.load_documents(file) for record in _list_records(document)]
    heading = tuple(dict.fromkeys(name for record in records for name in record))
    if not heading:
        raise GuidegenError(f"{file} has no list of records")
    if len(records) > MAX_ROWS:
        raise GuidegenError(f"{file} has more than {MAX_ROWS:,} records; split it")
    rows = tuple((number, tuple(record.get(name, "") for name in heading)) for number, record in enumerate(records, 1))
    return Table(heading, rows)


def _list_records(document: object) -> list[Mapping[str, object]]:
    entries = document if isinstance(document, list) else [document]
    return [entry for entry in entries if isinstance(entry, dict)]


def _flatten(record: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Return the values of a record by name, those of a record in it by ``address.city``."""
    cells: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            cells |= _flatten(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and all(map(_is_flat_record, value)):
            for key in dict.fromkeys(key for entry in value for key in entry):
                cells[f"{prefix}{name}.{key}"] = _clean(json_files.format_value([entry.get(key) for entry in value]))
        else:
            cells[f"{prefix}{name}"] = _clean(json_files.format_value(value))
    return cells


def _is_flat_record(value: object) -> bool:
    return isinstance(value, dict) and not any(isinstance(entry, dict | list) for entry in value.values())


def _read_csv(file: Path) -> Iterator[tuple[int, list[str]]]:
    raw = file.read_bytes()
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise GuidegenError(f"{file} is not a CSV file; is it a spreadsheet with the wrong extension?")
    try:
        for number, cells in csv_files.read_csv(_decode(raw)):
            yield number, [_clean(cell) for cell in cells]
    except ValueError as error:
        raise GuidegenError(f"{file} cannot be read as a table: {error}. Save it as “CSV UTF-8”.") from error


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    for encoding in _ENCODINGS[:-1]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(_ENCODINGS[-1], errors="replace")


def _read_spreadsheet(file: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        hint = "pip install 'guidegen[import]'   or save the sheet as “CSV UTF-8”"
        raise GuidegenError(f"to read {file.name}, install python-calamine:  {hint}") from None
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as package:
            unpacked = sum(member.file_size for member in package.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise GuidegenError(f"{file} would unpack to {unpacked // 1_000_000:,} MB, which no list has; save the sheet as CSV")
    try:
        book = CalamineWorkbook.from_path(str(file))
        if sheet and sheet not in book.sheet_names:
            raise GuidegenError(f"{file.name} has no sheet '{sheet}'; its sheets:  {', '.join(book.sheet_names)}")
        name = sheet or next((name for name in book.sheet_names if book.get_sheet_by_name(name).to_python()), book.sheet_names[0])
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise GuidegenError(f"{file} cannot be read as a spreadsheet: {error}") from error
    for number, cells in enumerate(rows, 1):
        texts = [_clean(_format_cell(cell)) for cell in cells]
        if any(texts):
            yield number, texts


def _format_cell(cell: object) -> str:
    """Return the text of a cell: dates as 2026-11-03, times as 18:30, whole numbers without a fraction."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _clean(text: str) -> str:
    return normalize_nfc(text).replace("\u00a0", " ").strip()
