"""An unresolved merge is one error in any file, and nothing is published."""

from pathlib import Path

import pytest

from guidegen.cli import main
from tests import make
from tests.content.images.test_images import jpeg

CONFLICT = "<<<<<<< HEAD\n{mine}\n=======\n{theirs}\n>>>>>>> 4f1c2aa (Change the phone)\n"
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PROFILE = make.PARTNER_YML
FILES = {
    "guide.yml": (make.GUIDE_YML + CONFLICT.format(mine="check_after_days: 90", theirs="check_after_days: 180"), 0),
    "content/services.yml": (make.SERVICES_YML + CONFLICT.format(mine="needs: []", theirs="answers: []"), 0),
    "content/search-tests.yml": (CONFLICT.format(mine="- {query: a, type: food}", theirs="- {query: b, type: food}"), 1),
    "content/partners/food-bank.yml": (PROFILE + CONFLICT.format(mine='website: "https://a.example.org"', theirs="status: paused"), 0),
    "content/partners/food-bank.es.yml": (CONFLICT.format(mine="summary: Comida", theirs="summary: Comidas"), 1),
    "content/spotlights/story.md": ("---\ntitle: A\ndate: 2026-01-01\nauthors: [A]\n---\nText.\n\n" + CONFLICT.format(mine="We met.", theirs="They met."), 8),
    "content/spotlights/front.md": ("---\n" + CONFLICT.format(mine="title: A", theirs="title: B") + "date: 2026-01-01\nauthors: [A]\n---\nText.\n", 2),
    "templates/home.html": ("<h1>\n" + CONFLICT.format(mine="A", theirs="B"), 2),
    "static/root/CNAME": ("a.example.org\n" + CONFLICT.format(mine="b", theirs="c"), 2),
    "static/notes.md": ("a\r\n" + CONFLICT.format(mine="b", theirs="c").replace("\n", "\r\n"), 2),
    "static/css/own.css": ("a {}\n" + CONFLICT.format(mine="b {}", theirs="c {}"), 2),
}  # fmt: skip
"""Each kind of file, and the line of the first marker; 0 if it is the line of ``<<<<<<<``."""


@pytest.mark.parametrize("name", FILES)
def test_a_merge_that_was_not_finished_is_one_error(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, line = FILES[name]
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": PROFILE, name: text})
    line = line or text.split("\n").index("<<<<<<< HEAD") + 1

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 1

    printed = capsys.readouterr().err
    assert f"{name}:{line}:1: two people changed these lines" in printed
    assert "delete the three marker lines" in printed
    assert "1 error; nothing was published" in printed
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "left",
    [
        "  <<<<<<< HEAD\n  Bread.\n",
        "  ||||||| 12ab34\n  Bread.\n",
        "  <<<<<<<< HEAD\n  Bread.\n",
        "  - <<<<<<< HEAD\n",
        "\u00a0 <<<<<<< HEAD\n  Bread.\n",
        "  - >>>>>>> main\n",
        "  >>>>>>> main\n  Bread.\n",
        "  Bread.\n  <<<<<<<\n",
    ],
)
def test_markers_within_a_description_are_seen(left: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": f"{PROFILE}description: |\n{left}"})

    assert main(["check", "--root", str(root)]) == 1

    assert "two people changed these lines" in capsys.readouterr().err


def test_more_than_one_conflict_of_a_file_is_still_one_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PROFILE + CONFLICT.format(mine="a: 1", theirs="b: 1") * 3
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": text})

    assert main(["check", "--root", str(root)]) == 1

    assert "and in 2 more places" in capsys.readouterr().err


def test_a_catalog_of_words_with_markers_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = 'msgid "Search"\n' + CONFLICT.format(mine='msgstr "Buscar"', theirs='msgstr "Busca"')
    root = make.folder(tmp_path, {"locales/es.po": PO + words})

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 2

    assert "line 5: two people changed these lines" in capsys.readouterr().err


def test_a_sheet_with_markers_is_not_taken_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "partner,name,email,summary\n" + CONFLICT.format(mine="clinic,A,a@example.org,B", theirs="clinic,A,a@example.org,C")
    root = make.folder(tmp_path, {"sheets/partners.csv": rows})

    assert main(["import", "csv", str(root / "sheets"), "--root", str(root)]) == 1

    assert "partners.csv:2:1: two people changed these lines" in capsys.readouterr().err
    assert not (root / "content/partners/clinic.yml").exists()


@pytest.mark.parametrize(
    "text", ["A heading\n=======\n", "> > > > > > > deep\n", "1 <<<<<<< 2", "a\n<<<<<<\n", "|||||||\n", "| a | b |\n|---|---|\n"]
)
def test_what_is_no_marker_is_no_conflict(text: str, tmp_path: Path) -> None:
    article = f"---\ntitle: A\ndate: 2026-01-01\nauthors: [A]\n---\n{text}\n"
    root = make.folder(tmp_path, {"content/spotlights/story.md": article})

    assert main(["check", "--root", str(root)]) == 0


def test_pictures_are_not_searched_for_markers(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"static/photo.jpg": jpeg() + b"\n<<<<<<< HEAD\n"})

    assert main(["check", "--root", str(root)]) == 0
