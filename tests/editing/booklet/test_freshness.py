"""A booklet that was made before the facts changed is reported, and no other."""

from datetime import date
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from tests import make

pytestmark = pytest.mark.slow
NIGHT_SCHOOL = """\
name: Night School
summary: English classes.
phones: [{number: "(555) 555-0142"}]
services: [{key: class, types: [english], name: English class}]
"""


def list_outdated(root: Path) -> list[str]:
    problems = pipeline.review_content(root, date(2026, 11, 23))
    return sorted(f"{problem.path}: {problem.hint}" for problem in problems if problem.code == "old-booklet")


def test_only_booklets_with_other_facts_are_reported(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/night-school.yml": NIGHT_SCHOOL})
    for options in (["--language", "en"], ["--language", "ar"], ["--language", "en", "--type", "food"]):
        assert main(["booklet", "--root", str(root), *options]) == 0
    (root / "static/booklets/our-flyer.pdf").write_bytes(b"%PDF-1.7")
    assert list_outdated(root) == []

    make.write(root, "content/partners/night-school.yml", NIGHT_SCHOOL + "partnership: {last_contact: 2026-11-02}\n")
    assert list_outdated(root) == [], "a fact that no booklet has changes none"

    make.write(root, "content/partners/night-school.yml", NIGHT_SCHOOL.replace("0142", "0143"))
    assert list_outdated(root) == [
        "static/booklets/ar.pdf: Write it again:  guidegen booklet --language ar",
        "static/booklets/en.pdf: Write it again:  guidegen booklet --language en",
    ]

    (root / "content/partners/food-bank.yml").unlink()
    assert "static/booklets/en.food.pdf: Write it again:  guidegen booklet --language en --type food" in list_outdated(root)

    (root / "static/booklets/es.oldtown.pdf").write_bytes(b"%PDF-1.7")
    assert "static/booklets/es.oldtown.pdf: Delete it." in list_outdated(root)

    assert main(["booklet", "--root", str(root), "--language", "ar"]) == 0
    assert not [line for line in list_outdated(root) if "ar.pdf" in line]
