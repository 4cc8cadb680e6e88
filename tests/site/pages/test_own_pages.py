"""Pages of a guide's own: in the menu or the footer, in every language, and honest about what is not translated."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from tests import make

VOLUNTEER = "---\ntitle: Volunteer\nmenu: yes\n---\nCome on **Monday**.\n\n## What to do\n\nCall people.\n"
SPANISH = "---\ntitle: Ayude\n---\nVenga el **lunes**.\n"
ABOUT = "---\ntitle: Our team\n---\nWe are few.\n"


def build(tmp_path: Path, files: dict[str, str]) -> Path:
    root = make.folder(tmp_path, {**files})
    assert main(["build", "--root", str(root)]) == 0
    return root / "site"


def test_a_file_becomes_a_page_in_every_language_with_its_link(tmp_path: Path) -> None:
    files = {
        "content/pages/volunteer.md": VOLUNTEER,
        "content/pages/volunteer.es.md": SPANISH,
        "content/pages/our-team.md": ABOUT,
    }
    site = build(tmp_path, files)

    english, spanish, arabic = (
        (site / tag / "pages/volunteer/index.html").read_text(encoding="utf-8") for tag in ("en", "es", "ar")
    )
    assert "<h1>Volunteer</h1>" in english
    assert "<p>Come on <strong>Monday</strong>.</p>" in english
    assert (
        '<a href="./" aria-current="page">Volunteer</a>' in english
        or '<a href="index.html" aria-current="page">Volunteer</a>' in english
    )
    assert "Venga el <strong>lunes</strong>" in spanish
    assert re.search(r'lang="en"[^>]*>Volunteer', arabic)  # not translated, and marked as English
    menu = re.search(r'<nav class="menu.*?</nav>', english, re.DOTALL)
    assert menu
    assert "Volunteer" in menu[0]
    assert "Our team" not in menu[0]
    assert "Our team" in english.partition("<footer")[2]


def test_drafts_stay_unpublished_and_translations_are_accepted(tmp_path: Path) -> None:
    draft = VOLUNTEER.replace("menu: yes", "draft: yes")
    root = make.folder(
        tmp_path, {"content/pages/volunteer.md": draft, "content/pages/team.md": ABOUT, "content/pages/team.es.md": SPANISH}
    )
    assert main(["translations", "accept", "team.es", "--root", str(root)]) == 0
    assert main(["build", "--root", str(root)]) == 0

    assert re.search(r"translated_from: [0-9a-f]{8}\n", (root / "content/pages/team.es.md").read_text(encoding="utf-8"))
    assert not (root / "site/en/pages/volunteer").exists()


@pytest.mark.parametrize(
    ("name", "text", "line", "code"),
    [
        ("volunteer.md", "title: A\n", 1, "front-matter"),
        ("volunteer.md", "---\nmenu: yes\n---\nText.\n", 2, "missing"),
        ("volunteer.md", "---\ntitle: A\nmenue: yes\n---\nText.\n", 3, "unknown-key"),
        ("volunteer.md", "---\ntitle: A\n---\n# A\n\n<script>x</script>\n", 6, "markdown"),
        ("Volunteer us.md", VOLUNTEER, 1, "file-name"),
        ("team.es.md", SPANISH, 1, "orphan-translation"),
    ],
)
def test_a_mistake_is_named_with_its_line(name: str, text: str, line: int, code: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path, {f"content/pages/{name}": text})

    _, problems = pipeline.load_checked_guide(root)

    assert [(problem.line, problem.code) for problem in problems if "pages" in str(problem.path) and problem.severity == 0] == [
        (line, code)
    ]


def test_a_page_links_to_partners_also_by_an_old_name(tmp_path: Path) -> None:
    page = "---\ntitle: Eat\n---\nGo to [[partner:food-bank]] or [[partner:old-pantry]].\n"
    partner = "name: Food Bank\nsummary: Food.\nemail: a@example.org\nwas: [old-pantry]\n"
    root = make.folder(tmp_path, {"content/pages/eat.md": page, "content/partners/food-bank.yml": partner})

    assert main(["build", "--root", str(root)]) == 0

    html = (root / "site/en/pages/eat/index.html").read_text(encoding="utf-8")
    assert html.count('<a href="../../partners/food-bank/index.html">Food Bank</a>') == 2
    (root / "content/pages/eat.md").write_text(page.replace("food-bank", "fod-bank"), encoding="utf-8")
    _, problems = pipeline.load_checked_guide(root)
    error = next(problem for problem in problems if problem.severity == 0)
    assert (error.line, error.hint) == (4, "Did you mean:  food-bank")
