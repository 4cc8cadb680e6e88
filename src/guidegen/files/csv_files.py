"""CSV files (RFC 4180) for spreadsheet programs, in UTF-8 with a byte order mark, by which those programs recognize UTF-8.

Text that a spreadsheet program would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"). A program that
splits rows at a character other than the comma starts a cell in the middle of a text, so the apostrophe is also added after
every separator and line break, and every cell is quoted. Reading removes the apostrophes: every text round-trips.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from guidegen.patterns import compile_lazily

_CELL_START = r"(?:^|(?<=[,;|\t\r\n\v\f\x85\u2028\u2029]))"
"""The places where some program starts a cell: the start of a text, and after any separator or line break."""
_FORMULA = r"['\" \u00a0\u2000-\u200a\u202f\u205f\u3000]*[=+\-@＝＋－＠]"
"""The start of a formula, after quotes and spaces, which programs may skip. Programs run full-width signs, too."""
_UNGUARDED = compile_lazily(f"{_CELL_START}(?={_FORMULA})")
_GUARDED = compile_lazily(f"{_CELL_START}'(?={_FORMULA})")


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as a CSV file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([escape_formulas(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def escape_formulas(text: str) -> str:
    """Return the text with an apostrophe before every part that a program could run as a formula."""
    return _UNGUARDED.sub("'", text)


def unescape_formulas(cell: str) -> str:
    """Return the text of a cell without added apostrophes: ``unguard(guard(text)) == text``."""
    return _GUARDED.sub("", cell)


def read_csv(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line number of each row, from 1, with its cells, skipping empty rows.

    The separator is a comma, a semicolon or a tab, depending on the country of the spreadsheet program; some programs state it
    in a first line of its own (``sep=;``). Raises ``ValueError`` for malformed CSV.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    declared = re.match(r"sep=(.)\n", text)
    text = text[declared.end() :] if declared else text
    heading = next((line for line in text.split("\n") if line.strip(" ,;\t")), "")
    heading = re.sub(r'"[^"]*"', "", heading)  # a comma, semicolon or tab inside quotes is text, not a delimiter
    delimiter = declared[1] if declared else max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first_line = row_start = 2 if declared else 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield row_start, [unescape_formulas(cell) for cell in row]
            row_start = reader.line_num + first_line
    except csv.Error as error:
        raise ValueError(str(error)) from error


def is_same_value(text: str, cell: str) -> bool:
    """Return whether a cell may be what a spreadsheet program made of a text by opening and saving it.

    Such programs drop leading zeros, write times and dates in the format of their country, and large numbers with exponents.
    """
    if text == cell or _normalize_number(text) == _normalize_number(cell) != "":
        return True
    if re.fullmatch(r"0?[0-9]{1,2}:[0-9]{2}", text):
        clock = re.fullmatch(r"([0-9]{1,2}:[0-9]{2})(?::00)?", cell)
        return bool(clock) and text.lstrip("0").rjust(4, "0") == clock[1].lstrip("0").rjust(4, "0")  # type: ignore[index]  # seen above
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        year, month, day = (part.lstrip("0") for part in text.split("-"))
        parts = [part.lstrip("0") for part in re.split(r"[/.-]", cell)]
        return parts in ([month, day, year], [day, month, year], [month, day, year[2:]], [day, month, year[2:]])
    if re.fullmatch(r"[0-9]+e[0-9]+", text) and re.fullmatch(r"[0-9]+([.,][0-9]+)?E[+-]?[0-9]+", cell):
        return f"{float(text):.2E}" == f"{float(cell.replace(',', '.')):.2E}"
    return {"yes": "true", "no": "false"}.get(text, text) == cell.casefold()


def _normalize_number(text: str) -> str:
    """Return a number without leading and trailing zeros, or an empty string for any other text."""
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return ""
    integer, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return (integer.lstrip("0") or "0") + (f".{fraction}" if fraction else "")
