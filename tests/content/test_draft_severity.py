"""A draft never stops a guide, whatever is wrong with it."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.model import visibility
from guidegen.model.problems import ContentError, Severity
from tests import make

pytestmark = pytest.mark.slow

ARTICLE = "---\ntitle: A story\ndate: 2026-01-01\ndraft: yes\n---\n"
DRAFT = "content/partners/draft-one.yml"
STORY = "content/spotlights/story.md"
FAULTY: dict[str, dict[str, str | bytes]] = {
    "a wrong value": {DRAFT: make.PARTNER_YML.replace("555-0114", "call us") + "status: draft\n"},
    "a missing one": {DRAFT: "status: draft\nsummary: A\n"},
    "no YAML": {DRAFT: "name: 'A\nstatus: draft\n"},
    "tabs": {DRAFT: "status: 'draft'  # for now\nname: A\n\tsummary: B\n"},
    "not in UTF-8": {DRAFT: "name: Café\nstatus: draft\n".encode("latin-1")},
    "a translation": {DRAFT: make.PARTNER_YML + "status: draft\n", "content/partners/draft-one.es.yml": "colour: red\n"},
    "a translation that cannot be read": {DRAFT: "a: [\nstatus: draft\n", "content/partners/draft-one.es.yml": "summary: ["},
    "its name": {"content/partners/Draft One.yml": make.PARTNER_YML + "status: draft\n"},
    "its picture": {DRAFT: make.PARTNER_YML + "status: draft\nlogo: images/a.png\n", "content/images/a.png": b"no picture"},
    "an article": {STORY: ARTICLE + "[a](javascript:x)\n"},
    "the head of an article": {STORY: ARTICLE.replace("title: A", "title: [A") + "Text.\n"},
    "an article in another language": {STORY: ARTICLE + "Text.\n", "content/spotlights/story.es.md": "no head"},
}


@pytest.mark.parametrize("files", FAULTY.values(), ids=FAULTY)
def test_what_is_wrong_with_a_draft_is_a_warning_and_an_error_in_the_preview(
    files: dict[str, str | bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": make.PARTNER_YML, **files})

    assert main(["check", "--root", str(root)]) == 0
    assert "warning in a draft: " in capsys.readouterr().err
    built = pipeline.build(root, tmp_path / "site", pipeline.BuildOptions())
    assert any(problem.severity is Severity.DRAFT for problem in built.warnings)
    assert (tmp_path / "site/en/partners/food-bank/index.html").exists()
    assert not [path for path in (tmp_path / "site").rglob("*") if "draft-one" in path.name or "story" in path.name]

    with pytest.raises(ContentError):
        pipeline.build(root, tmp_path / "preview", pipeline.BuildOptions(select=visibility.select_preview))


def test_not_even_under_strict(tmp_path: Path) -> None:
    verified = make.PARTNER_YML + "verified: {date: 2026-01-01}\n"
    translated = {
        f"content/partners/food-bank.{tag}.yml": "summary: A\nservices: [{key: pantry, name: B}]\n" for tag in ("es", "ar")
    }
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": verified, **translated, **FAULTY["no YAML"]})

    assert pipeline.build(root, tmp_path / "site", pipeline.BuildOptions(strict=True)).warnings


@pytest.mark.parametrize(
    "text",
    [
        "name: 'A\nstatus: active\n",
        "name: 'A\n",
        "name: 'A\nservices:\n  - status: draft\n",
        "name: A\n<<<<<<< ours\nstatus: draft\n=======\nstatus: active\n>>>>>>> theirs\n",
        "name: 'A\n# status: draft\n",
    ],
)
def test_what_may_be_published_stops_the_guide(text: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path, {DRAFT: text})

    assert any(
        problem.severity is Severity.ERROR and problem.path.name == "draft-one.yml"
        for problem in pipeline.load_checked_guide(root)[1]
    )


def test_an_article_whose_text_mentions_a_draft_is_not_one(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {STORY: "---\ntitle: [A\ndate: 2026-01-01\n---\ndraft: yes\n"})

    assert any(problem.severity is Severity.ERROR for problem in pipeline.load_checked_guide(root)[1])


def test_a_link_to_a_draft_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    article = ARTICLE.replace("draft: yes\n", "") + "See [[partner:draft-one]].\n"
    root = make.folder(tmp_path, {STORY: article, **FAULTY["no YAML"]})

    errors = [problem for problem in pipeline.load_checked_guide(root)[1] if problem.severity is Severity.ERROR]

    assert [problem.message for problem in errors] == ["'draft-one' is a draft, so it is not published"]


def test_a_draft_with_mistakes_keeps_the_records_of_its_translations(tmp_path: Path) -> None:
    faulty = make.PARTNER_YML.replace("name: Pantry", "name: [Pantry]") + "status: draft\n"
    files = {
        DRAFT: faulty,
        "content/partners/draft-one.es.yml": "summary: A\n",
        "content/partners/food-bank.es.yml": "summary: B\n",
    }
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML, **files})

    assert main(["translations", "accept", "--root", str(root)]) == 0

    assert (root / "content/partners/draft-one.es.yml").read_text() == "summary: A\n"
    assert "translated_from" in (root / "content/partners/food-bank.es.yml").read_text()


def test_a_draft_that_nobody_can_reach_yet_is_shown_in_the_preview(tmp_path: Path) -> None:
    root = make.folder(
        tmp_path / "guide", {"content/partners/food-bank.yml": make.PARTNER_YML, DRAFT: "status: draft\nname: A\n"}
    )

    pipeline.build(root, tmp_path / "preview", pipeline.BuildOptions(select=visibility.select_preview))

    assert (tmp_path / "preview/en/partners/draft-one/index.html").exists()
