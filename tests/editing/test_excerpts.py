"""The source line of a problem, with a caret below its column."""

from pathlib import Path, PurePosixPath

import pytest

from guidegen.editing.excerpts import MAX_COLUMNS, Excerpts
from guidegen.model.problems import Problem, format_as_text

NAME = "content/partners/a.yml"


def excerpt(root: Path, text: str | bytes, line: int, column: int) -> str:
    file = root / NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Excerpts(root).format_excerpt(Problem(PurePosixPath(NAME), line, column, "m", "h"))


def test_the_caret_is_below_the_column(tmp_path: Path) -> None:
    assert excerpt(tmp_path, "name: A\r\nemail: a at b\r\n", 2, 8) == "       2 | email: a at b\n         |        ^"


def test_the_excerpt_is_below_message_and_hint() -> None:
    problem = Problem(PurePosixPath(NAME), 2, 8, "wrong", "fix it")

    assert format_as_text(problem, "  | x\n  | ^").split("\n") == [f"{NAME}:2:8: wrong", "    fix it", "  | x", "  | ^"]


def test_wide_letters_take_two_columns(tmp_path: Path) -> None:
    shown = excerpt(tmp_path, "免费: 食物 x\n", 1, 8)

    assert shown.split("\n")[1].index("^") - shown.split("\n")[0].index("免") == 2 + 2 + 1 + 1 + 2 + 2 + 1


def test_a_long_line_is_cut_around_the_column(tmp_path: Path) -> None:
    line, caret = excerpt(tmp_path, "a" * 500 + "!" + "b" * 500, 1, 501).split("\n")

    assert line[caret.index("^")] == "!"
    assert line.count("…") == 2
    assert len(line) < MAX_COLUMNS + 20


@pytest.mark.parametrize("text", ["summary: مجانا x\n", "summary: חינם x\n"])
def test_a_right_to_left_line_has_no_caret(tmp_path: Path, text: str) -> None:
    assert excerpt(tmp_path, text, 1, 10).split("\n") == ["       1 | " + text.strip()]


def test_an_excerpt_contains_no_control_characters(tmp_path: Path) -> None:
    shown = excerpt(tmp_path, "name: \x1b[31mred\u202eder\x07\n", 1, 7)

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[31mredder" in shown


@pytest.mark.parametrize(
    ("text", "line", "column"), [("", 1, 1), ("name: A", 1, 1), ("name: A\n", 99, 1), ("\n\n", 2, 1), (b"\xff\xfe", 4, 1)]
)
def test_a_problem_without_a_line_has_no_excerpt(tmp_path: Path, text: str | bytes, line: int, column: int) -> None:
    assert excerpt(tmp_path, text, line, column) == ""


def test_a_missing_file_has_no_excerpt(tmp_path: Path) -> None:
    assert Excerpts(tmp_path).format_excerpt(Problem(PurePosixPath("no/such.yml"), 3, 4, "m")) == ""
