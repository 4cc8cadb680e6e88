"""Tables as CSV (RFC 4180), for spreadsheet programs: UTF-8 with a mark, so that they see the letters as they are.

A cell that a spreadsheet program would run as a formula is written with an apostrophe in front, which shows it as the text it
is (OWASP, "CSV Injection"); reading takes that one apostrophe away again, so that every text comes back as it was.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")  # wide forms are run, too


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a CSV file."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def guarded(text: str) -> str:
    """The text as a cell that is never run."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def unguarded(cell: str) -> str:
    """The text of a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_GUARDED) else cell


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines on which rows begin, from 1, and their texts, without empty rows. Raises ``ValueError`` for what is no table.

    Columns may be parted by commas, semicolons or tabs: spreadsheet programs of different countries write either.
    """
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, [unguarded(cell) for cell in row]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(str(error)) from error
