"""The numbers of a report beside those of an earlier one."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.editing.report import trend
from guidegen.files import csv_files
from guidegen.model.problems import GuidegenError
from tests import make

LIBRARY = """\
name: Library
summary: Books.
phones: [{number: "(555) 555-0115"}]
services: [{key: cards, types: [english], name: Cards}]
partnership: {refers: {to: [food-bank]}}
"""


def test_a_report_shows_what_has_changed_since_the_earlier_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    assert main(["report", "--root", str(root), "--out", str(tmp_path / "first")]) == 0
    make.write(root, "content/partners/library.yml", LIBRARY)

    assert main(["report", "--root", str(root), "--since", str(tmp_path / "first")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split() == ["2", "partners", "+1"] for line in lines)
    assert any("referral paths that one side names" in line and line.split()[0] == "1" and "+1" in line for line in lines)
    assert any("partners without whom others are cut off" in line and "same" in line for line in lines)

    assert main(["report", "--root", str(root), "--out", str(tmp_path / "second"), "--since", str(tmp_path / "first")]) == 0
    page = (tmp_path / "second/index.html").read_text(encoding="utf-8")
    assert '<th scope="row">partners</th><td class="number">2</td><td class="number">1</td><td class="number">+1</td>' in page


def test_numbers_come_back_as_they_were_written(tmp_path: Path) -> None:
    report = pipeline.report_tasks(make.folder(tmp_path), make.TODAY)
    file = tmp_path / "numbers.csv"
    file.write_bytes(csv_files.write_csv(trend.list_rows(report)))

    earlier = trend.read_earlier(file)

    assert earlier.day == make.TODAY.isoformat()
    assert {entry.name: entry.now for entry in trend.list_trends(report, None)} == earlier.values
    assert {entry.change for entry in trend.list_trends(report, earlier)} == {"same"}


def test_a_number_that_the_earlier_report_lacks_has_no_change() -> None:
    assert trend.Trend("partners", 3, None).change == ""
    assert trend.Trend("partners", 3, 5).change == "-2"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "has no numbers of an earlier report"),
        (b"", "has no numbers of an earlier report"),
        (b"a,b\n1,2\n", "has no numbers of an earlier report"),
        (b"\xff\xfe", "has no numbers of an earlier report"),
        (b"number,value,date\npartners,many,2026-01-01\n", "the row of 'partners' has no number and date"),
        (b'number,value,date\n"partners,3,2026-01-01\n', "has no numbers of an earlier report"),
        (b"number,value,date\npartners," + b"9" * 5000 + b",2026-01-01\n", "the row of 'partners' has no number and date"),
        (b"number,value,date\npartners,3,yesterday\n", "the row of 'partners' has no number and date"),
    ],
)
def test_a_folder_without_a_report_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "numbers.csv").write_bytes(content)

    with pytest.raises(GuidegenError, match=said):
        trend.read_earlier(tmp_path)
