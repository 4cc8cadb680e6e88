"""CSV files whose texts round-trip, and in which no program finds a formula."""

import csv
import io
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guidegen.files import csv_files

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=30)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5))
@example([["Food ;=cmd|'/C calc'!A0;x", "a\n- b\n'- c"], [";'=", ";''="], ["\t=", ";\n ="]])
@example([["=1+1", "+15555550114"], ["-1", "@x"], ["'quoted", "''"], ["a;b", "a,b"], ['"', "\n"]])
def test_every_text_round_trips(table: list[list[str]]) -> None:
    heading = ["a,b", "c"]
    read = [row for _, row in csv_files.read_csv(csv_files.write_csv([heading, *table]).decode("utf-8-sig"))]

    assert read == [heading, *(row for row in table if any(csv_files.escape_formulas(cell).strip() for cell in row))]


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "=cmd|'/C calc'!A0",
    " =1",
    "'=1",
    '"=1',
    "\u00a0=1",
    "''=1",
    "\" '=1",
)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "\n", "\r", "\r\n", "\v", "\u2028"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_program_runs_a_formula_whatever_its_separator(formula: str, separator: str) -> None:
    texts = [formula, f"Food {separator}{formula}{separator}x", f"a{separator}{separator}{formula}"]
    raw = csv_files.write_csv([[*texts, "a"]]).decode("utf-8-sig")

    for cell in re.split(r"[,;\t|\r\n\v\u2028]", raw):  # like a program that ignores our separator and our quotes
        assert not re.match(r"[\"\s]*[=+@＝＋－＠-]", cell), raw
    ((_, read),) = csv_files.read_csv(raw.replace("\r\n", "\n")) if "\r" not in separator and separator != "\n" else [(1, texts)]
    assert read[:3] == texts


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_program_that_respects_quotes_runs_no_formula_either(separator: str) -> None:
    texts = [f"Food {mark}{formula}" for formula in FORMULAS for mark in ",;\t\n"]
    raw = csv_files.write_csv([[text, text] for text in texts]).decode("utf-8-sig")

    for row in csv.reader(io.StringIO(raw, newline=""), delimiter=separator):
        assert not any(re.match(r"[\"\s]*[=+@＝＋－＠-]", cell) for cell in row), row


def test_every_cell_is_quoted() -> None:
    assert csv_files.write_csv([["a", "1"], ["", "b c"]]) == b'\xef\xbb\xbf"a","1"\r\n"","b c"\r\n'


@pytest.mark.parametrize("text", ["\n" * 60_000, ";" * 60_000, "'" * 60_000, ";'" * 30_000, " " * 60_000, "\n " * 30_000])
def test_a_hostile_text_is_escaped_in_linear_time(text: str) -> None:
    started = time.process_time()

    assert csv_files.unescape_formulas(csv_files.escape_formulas(text)) == text

    assert time.process_time() - started < 1  # a few milliseconds, with room for a machine under load


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_may_be_separated_by_commas_semicolons_or_tabs(mark: str) -> None:
    text = f"name{mark}phone\r\nA{mark}1\r\n\r\n{mark}\r\nB{mark}2\r\n"

    assert list(csv_files.read_csv(text)) == [(1, ["name", "phone"]), (2, ["A", "1"]), (5, ["B", "2"])]


def test_rows_have_the_number_of_their_first_line() -> None:
    assert [line for line, _ in csv_files.read_csv('a,b\n"1\n2",x\n"3",y\n')] == [1, 2, 4]


def test_malformed_csv_is_refused() -> None:
    with pytest.raises(ValueError, match="unexpected end"):
        list(csv_files.read_csv('a,b\n"never closed'))


@pytest.mark.parametrize("cell", ["1.,E5", "1.2.3E5", "E5", ".E5", "1E+05"])
def test_only_valid_numbers_with_exponents_are_compared(cell: str) -> None:
    assert csv_files.is_same_value("1e5", cell) == (cell == "1E+05")
