"""Profiles that are right alone and wrong beside others: the import leaves them out, whole, and says so."""

from pathlib import Path

import pytest

from guidegen.cli import main
from guidegen.content.load import load
from guidegen.model.visibility import select_public
from tests import make
from tests.editing.imports.test_round_trip import export, import_into

_NORTH, _SOUTH = (f"{'Long ' * 12}{end}" for end in ("North", "South"))  # their web addresses are cut to the same one
_HERE = """\
name: Food Bank
summary: Free food.
phones: [{number: "(555) 555-0114"}]
locations: [{key: mill, address: {line1: 1 Mill Street, city: NORTH, state: MA, postal_code: "00101"}}]
services: [{key: pantry, types: [food], name: Pantry}]
""".replace("NORTH", _NORTH)
_THERE = """\
name: Library
summary: Books.
phones: [{number: "(555) 555-0115"}]
locations: [{key: main, address: {line1: 2 Mill Street, city: CITY, state: MA, postal_code: "00101"}}]
services: [{key: class, types: [english], name: Class}]
"""


def _export_library(tmp_path: Path, city: str) -> None:
    """Write the open data of a guide with a library in a town."""
    source = make.folder(
        tmp_path / "source",
        {
            "content/partners/library.yml": _THERE.replace("CITY", city),
            "content/partners/library.es.yml": "name: Biblioteca\nsummary: Libros.\n",
        },
    )
    (source / "content/partners/food-bank.yml").unlink()
    export(select_public(load(source).guide), tmp_path / "out")


def test_a_new_profile_that_contradicts_another_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _export_library(tmp_path, _SOUTH)
    root = make.folder(tmp_path / "copy", {"content/partners/food-bank.yml": _HERE})
    import_into(root, tmp_path / "out")

    assert "skipped: Library: the areas" in capsys.readouterr().err
    assert sorted(file.name for file in (root / "content/partners").iterdir()) == ["food-bank.yml"]
    assert not list((root / "content/imported").rglob("*.json")) if (root / "content/imported").exists() else True
    assert main(["check", "--root", str(root)]) == 0


def test_a_changed_profile_that_would_contradict_another_stays_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _export_library(tmp_path, "Oldtown")
    root = make.folder(tmp_path / "copy", {"content/partners/food-bank.yml": _HERE})
    import_into(root, tmp_path / "out")
    before = (root / "content/partners/library.yml").read_bytes()
    imported = next((root / "content/imported").rglob("*.json"))
    said = imported.read_bytes()

    feed = root / "feed"
    for file in sorted(feed.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    feed.rmdir()
    _export_library(tmp_path, _SOUTH)
    import_into(root, tmp_path / "out")

    out = capsys.readouterr().err
    assert "skipped: Library: the areas" in out
    assert "0 profiles changed, 0 unchanged" not in out
    assert (root / "content/partners/library.yml").read_bytes() == before
    assert imported.read_bytes() == said
    assert main(["check", "--root", str(root)]) == 0


def test_a_new_profile_does_not_take_the_old_name_of_another(tmp_path: Path) -> None:
    _export_library(tmp_path, "Oldtown")
    root = make.folder(tmp_path / "copy", {"content/partners/food-bank.yml": _HERE + "was: [library]\n"})
    import_into(root, tmp_path / "out")

    assert (root / "content/partners/library-oldtown.yml").is_file()
    assert main(["check", "--root", str(root)]) == 0
