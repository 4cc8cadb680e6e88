"""The staff report: its content, its order, and that it is never published."""

import csv
import io
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.content import checks
from guidegen.editing.report import rendering
from guidegen.editing.report.findings import build_report
from guidegen.editing.report.links import edit_links
from guidegen.model.partner import Agreement, Partnership, Verified
from guidegen.model.problems import Problem, Severity
from guidegen.model.settings import Editing
from tests import make

TODAY = date(2026, 11, 26)


def test_problems_that_mislead_readers_come_first() -> None:
    path = PurePosixPath("content/partners/food-bank.yml")
    problems = [
        Problem(path, 1, 1, code, "", code, Severity.WARNING) for code in ("review-due", "zzz", "out-of-date", "hours-ended")
    ]
    staff_report = build_report(make.guide(make.partner()), [*problems, Problem(path, 9, 1, "wrong")], TODAY)

    assert [group.title for group in staff_report.groups] == [
        "Mistakes: nothing is published until they are fixed",
        "Hours that have ended",
        "Facts to check again",
        "Reviews that are due",
        "Zzz",
    ]
    assert staff_report.groups[0].tasks[0].partner == "Food Bank"
    assert staff_report.tasks == 5


@pytest.mark.parametrize(
    ("checked", "freshness"),
    [
        (date(2026, 11, 20), "checked"),
        (date(2026, 6, 18), "due soon"),
        (date(2026, 5, 29), "out of date"),
        (date(2027, 1, 1), "out of date"),
        (None, "never checked"),
    ],
)
def test_freshness_depends_on_the_date_of_the_last_check(checked: date | None, freshness: str) -> None:
    guide = make.guide(make.partner(verified=Verified(checked) if checked else None))
    object.__setattr__(guide.settings, "check_after_days", 180)

    staff_report = build_report(guide, [], TODAY)

    assert staff_report.partners[0].freshness == freshness
    assert staff_report.freshness[freshness] == 1


def test_translations_are_counted_by_state_and_language() -> None:
    partner = make.partner(summary=make.text("Free food.", es="Comida gratis."), services=(make.service(),))

    staff_report = build_report(make.guide(partner), [], TODAY)

    assert [(language.tag, dict(language.counts)) for language in staff_report.languages] == [
        ("es", {"fresh": 1, "unrecorded": 0, "stale": 0, "missing": 1}),
        ("ar", {"fresh": 0, "unrecorded": 0, "stale": 0, "missing": 2}),
    ]
    assert staff_report.partners[0].texts == 2


def test_the_page_escapes_hostile_texts() -> None:
    hostile = "<script>alert(1)</script>"
    partnership = Partnership(agreement=Agreement("mou", None, date(2027, 1, 1)))
    staff_report = build_report(make.guide(make.partner(name=hostile, partnership=partnership)), [], TODAY)

    page = rendering.render_page(staff_report)

    assert hostile not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")  # no external resource and no link
    assert "mou, until 2027-01-01" in page


def test_links_open_the_file_at_the_position() -> None:
    path = PurePosixPath("content/partners/food-bank.yml")
    both_ways = Editing("https://example.org/edit/{path}", "zed")

    assert edit_links(Editing(), path, 3, 5, Path("/gui de")) == (
        ("open in editor", "vscode://file/gui%20de/content/partners/food-bank.yml:3:5"),
    )
    assert edit_links(both_ways, path, 3, 5, Path("/g")) == (
        ("open in editor", "zed://file/g/content/partners/food-bank.yml:3:5"),
        ("edit on the web", "https://example.org/edit/content/partners/food-bank.yml"),
    )
    assert edit_links(both_ways, path) == (("edit on the web", "https://example.org/edit/content/partners/food-bank.yml"),)
    assert edit_links(Editing(editor="none"), path, root=Path("/g")) == ()


def test_the_report_is_written_to_files_but_never_into_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = make.PARTNER_YML.replace("Food Bank", "'=HYPERLINK(\"http://evil.example\")'")
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": hostile})
    out = tmp_path / "report"

    assert main(["report", "--root", str(root), "--out", str(out)]) == 0

    assert sorted(file.name for file in out.glob("[!.]*")) == [
        "gaps.csv",
        "index.html",
        "numbers.csv",
        "partners.csv",
        "referrals.csv",
        "referrals.html",
        "tasks.csv",
        "translations.csv",
    ]
    assert (out / ".gitignore").read_text() == "*\n"
    rows = list(csv.reader(io.StringIO((out / "partners.csv").read_text(encoding="utf-8-sig"))))
    assert rows[1][0] == '\'=HYPERLINK("http://evil.example")'

    assert main(["build", "--root", str(root)]) == 0
    assert main(["report", "--root", str(root), "--out", str(root / "site/staff")]) == 2
    assert "in or next to a published site" in capsys.readouterr().err
    assert not (root / "site/staff").exists()
    assert main(["build", "--root", str(root), "--out", str(tmp_path / "public/guide")]) == 0
    for folder in ("public", "public/staff"):
        assert main(["report", "--root", str(root), "--out", str(tmp_path / folder)]) == 2
    assert [path.name for path in (tmp_path / "public").iterdir()] == ["guide"]


def test_the_report_is_printed_on_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)

    assert main(["report", "--root", str(root)]) == 0

    printed = capsys.readouterr().out
    assert f"Test Guide, {date.today()}: 3 things to do" in printed
    assert "  1  Facts that nobody has checked\n" in printed
    assert "Food Bank  never checked    content/partners/food-bank.yml" in printed


def test_cached_dead_links_are_reported_without_a_request(tmp_path: Path) -> None:
    site = "https://gone.riverbend.info/"
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + f"website: {site}\n"})
    from guidegen.editing import link_checker

    link_checker.check_links(root, lambda _: link_checker.LinkStatus("gone", "the website answers 404"))

    staff_report = pipeline.report_tasks(root, TODAY)
    assert staff_report.groups[0].title == "Websites that are gone"


def test_a_long_sentence_is_hard_and_a_long_address_is_not() -> None:
    long, links = " ".join(["word"] * 26), " ".join(["https://example.org/a"] * 30)
    hard = make.partner(texts={"summary": make.text(long + ".")})
    easy = make.partner(texts={"summary": make.text(f"Short. {links} - " + "Nine words are easy to read in one go. " * 9)})

    assert [problem.code for problem in checks.readability.hard_sentences(make.guide(hard, easy), TODAY)] == ["hard-sentence"]
