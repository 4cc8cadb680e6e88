"""Many warnings become a few lines, and the full lists contain every one."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

import pytest

from guidegen.cli import main
from guidegen.content.checks.warning_titles import KINDS, format_count
from guidegen.editing import problem_list
from guidegen.model.problems import Problem, Severity
from tests import make

PARTNERS = 300
LONG = " ".join(["word"] * 30) + "."


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a guide with 300 partners: none translated, a third verified, and one with an error."""
    files: dict[str, str | bytes] = {"guide.yml": make.GUIDE_YML + "check_after_days: 90\n"}
    for number in range(PARTNERS):
        text = make.PARTNER_YML.replace("Food Bank", f"Food Bank {number}").replace("everyone.", f"everyone. {LONG}")
        text = text.replace("(555) 555-0114", f"({201 + number}) 555-0114")
        text += f"verified: {{date: {date(2024, 1, 1) - timedelta(number)}}}\n" if number % 3 == 0 else ""
        files[f"content/partners/bank-{number}.yml"] = text
    files["content/partners/bank-7.yml"] = make.PARTNER_YML.replace("555-0114", "call us")
    return make.folder(tmp_path_factory.mktemp("large"), files)


def lines_of(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    main(["check", "--root", str(root), *options])
    return capsys.readouterr().err.splitlines()


def test_a_thousand_warnings_fit_on_a_screen(large: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = lines_of(large, capsys)

    assert len(lines) <= 40
    assert lines[0].startswith("content/partners/bank-7.yml:4:")  # every error, with its source line
    heads = [line for line in lines if line.startswith("warning: ")]
    assert any(line.startswith("warning: 201 organizations were never verified; such as:") for line in heads)
    assert any(line.startswith("warning: 100 organizations were verified too long ago; the worst:") for line in heads)
    assert any(line.startswith("warning: 600 translations lack texts that readers need most") for line in heads)
    worst = lines[lines.index(next(line for line in heads if "too long ago" in line)) + 1]
    assert worst.startswith("  content/partners/bank-297.yml:")
    assert lines[-2] == "to list every warning and how to fix it:  guidegen check --all"
    assert "1 error, 1200 warnings (600 missing translation" in lines[-1]


def test_the_option_all_lists_every_warning(large: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = lines_of(large, capsys, "--all")

    assert sum("nobody has checked these facts yet" in line for line in lines) == 201
    assert sum("not translated into" in line for line in lines) == 600
    assert sum(line.startswith("    ") for line in lines) > 1_000  # hints
    assert "--all" not in lines[-2]


@pytest.mark.parametrize("form", ["json", "gitlab", "github"])
def test_machine_formats_contain_every_warning(large: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    main(["check", "--root", str(large), "--format", form])

    printed = capsys.readouterr()
    number = printed.err.count("::warning") if form == "github" else len(json.loads(printed.out)) - 1
    assert number > 1_000


def test_the_report_contains_every_warning(large: Path, tmp_path: Path) -> None:
    main(["report", "--root", str(large), "--out", str(tmp_path)])

    rows = list(csv.reader(io.StringIO((tmp_path / "tasks.csv").read_text("utf-8-sig"))))
    assert sum(row[0] == "Facts that nobody has checked" for row in rows) == 201


def problems(kinds: int, per_kind: int, severity: Severity = Severity.WARNING) -> list[Problem]:
    path = PurePosixPath("content/partners/a.yml")
    return [
        Problem(path, line, 1, f"message {line}", "hint", f"kind-{kind}", severity, line if severity else 0)
        for kind in range(kinds)
        for line in range(1, per_kind + 1)
    ]


@pytest.mark.parametrize(("kinds", "per_kind"), [(1, 6), (3, 7), (8, 4), (8, 900), (30, 900), (90, 2), (90, 1)])
def test_any_number_of_warnings_fits_on_a_screen(kinds: int, per_kind: int) -> None:
    shown, is_short = problem_list.summarize(problems(kinds, per_kind), lambda _: "")

    assert is_short
    assert sum(text.count("\n") + 1 for text, _ in shown) <= problem_list.MAX_LINES


def test_a_few_warnings_have_hints_and_many_are_cut_to_the_worst() -> None:
    shown, is_short = problem_list.summarize(problems(2, 5), lambda _: "")
    assert (len(shown), is_short) == (10, False)
    assert shown[0][0] == "content/partners/a.yml:5:1: warning: message 5\n    hint"

    shown, is_short = problem_list.summarize(problems(1, 1302), lambda _: "")
    assert shown[0][0] == "warning: 1,302 warnings about: kind 0; the worst:"
    assert [text.partition(":")[2].partition(":")[0] for text, _ in shown[1:]] == ["1302", "1301", "1300", "1299", "1298"]
    assert is_short


def test_errors_are_never_left_out() -> None:
    shown, _ = problem_list.summarize(problems(2, 70, Severity.ERROR), lambda problem: f"  line of {problem.line}")

    assert len(shown) == 140
    assert "  line of 1" in shown[0][0]


def test_problems_in_drafts_are_one_group() -> None:
    shown, _ = problem_list.summarize(problems(9, 9, Severity.DRAFT), lambda _: "")

    assert shown[0][0].startswith("warning: 81 problems in drafts, which are not published")


def test_the_count_of_each_kind_is_a_sentence() -> None:
    assert format_count("unverified", 1302) == "1,302 organizations were never verified"
    assert all(not sentence[0].isupper() and not sentence.endswith(".") for _, sentence in KINDS.values())
