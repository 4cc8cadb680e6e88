"""CSV that no program runs, and that comes back as it was."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guidegen import spreadsheets

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=30)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5))
@example([["=1+1", "+15555550114"], ["-1", "@x"], ["'quoted", "''"], ["a;b", "a,b"], ['"', "\n"]])
def test_every_text_comes_back(table: list[list[str]]) -> None:
    heading = ["a,b", "c"]
    read = [row for _, row in spreadsheets.rows(spreadsheets.table([heading, *table]).decode("utf-8-sig"))]

    assert read == [heading, *(row for row in table if any(spreadsheets.guarded(cell).strip() for cell in row))]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1 (555) 555-0114", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "'x"])
def test_nothing_begins_as_a_formula(text: str) -> None:
    raw = spreadsheets.table([[text, "a"]]).decode("utf-8-sig")
    cell = next(csv.reader(io.StringIO(raw, newline="")))[0]

    assert cell == f"'{text}"
    assert spreadsheets.unguarded(cell) == text


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_may_be_parted_by_what_is_usual(mark: str) -> None:
    text = f"name{mark}phone\r\nA{mark}1\r\n\r\n{mark}\r\nB{mark}2\r\n"

    assert list(spreadsheets.rows(text)) == [(1, ["name", "phone"]), (2, ["A", "1"]), (5, ["B", "2"])]


def test_rows_say_the_line_on_which_they_begin() -> None:
    assert [line for line, _ in spreadsheets.rows('a,b\n"1\n2",x\n"3",y\n')] == [1, 2, 4]


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="unexpected end"):
        list(spreadsheets.rows('a,b\n"never closed'))


@pytest.mark.parametrize("cell", ["1.,E5", "1.2.3E5", "E5", ".E5", "1E+05"])
def test_a_number_with_an_exponent_is_compared_if_it_is_one(cell: str) -> None:
    assert spreadsheets.is_same_value("1e5", cell) == (cell == "1E+05")
