"""Tables as CSV (RFC 4180), for spreadsheet programs: UTF-8 with a byte order mark, so that they see the letters as they are.

What a spreadsheet program would run as a formula gets an apostrophe in front, which shows it as the text it is (OWASP, "CSV
Injection"). A program that splits rows at another sign than the comma begins a cell in the middle of a text, so this holds behind
every separator and line break as well, and every cell is in quotes. Reading takes the apostrophes away again: every text comes
back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_STARTS = r"(?:^|(?<=[,;|\t\r\n\v\f\x85\u2028\u2029]))"
"""Where some program may begin a cell: at the begin of a text, and behind any separator or line break."""
_FORMULA = r"['\" \u00a0\u2000-\u200a\u202f\u205f\u3000]*[=+\-@＝＋－＠]"
"""How a formula begins, after quotes and blanks, which programs may skip. Wide forms are run, too."""
_UNGUARDED = re.compile(f"{_STARTS}(?={_FORMULA})")
_GUARDED = re.compile(f"{_STARTS}'(?={_FORMULA})")


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as a CSV file."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def guard(text: str) -> str:
    """Return the text as a cell of which no part is ever run."""
    return _UNGUARDED.sub("'", text)


def unguard(cell: str) -> str:
    """Return the text of a cell: ``unguarded(guarded(text)) == text``."""
    return _GUARDED.sub("", cell)


def read_csv(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines on which rows begin, from 1, and their texts, without empty rows. Raises ``ValueError`` for what is no table.

    Columns may be parted by commas, semicolons or tabs: spreadsheet programs of different countries write either, and some say
    which in a line of its own (``sep=;``).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told = re.match(r"sep=(.)\n", text)
    text = text[told.end() :] if told else text
    first = next((line for line in text.split("\n") if line.strip(" ,;\t")), "")
    first = re.sub(r'"[^"]*"', "", first)  # signs within cells separate nothing
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else max(",;\t", key=first.count), strict=True)
    line = begins = 2 if told else 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, [unguard(cell) for cell in row]
            begins = reader.line_num + line
    except csv.Error as error:
        raise ValueError(str(error)) from error


def is_same_value(text: str, cell: str) -> bool:
    """Whether a cell may be what a spreadsheet program made of a text by opening and saving it.

    They take away leading zeros, write times and dates as their country does, and numbers with exponents.
    """
    if text == cell or _plain_number(text) == _plain_number(cell) != "":
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


def _plain_number(text: str) -> str:
    """A number without the zeros that say nothing; empty for other texts."""
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return ""
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")
