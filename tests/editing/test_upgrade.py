"""Older keys keep building with a warning for each; ``upgrade`` rewrites them and nothing else."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from tests import make

OLD = """\
# The pantry.
name: Food Bank   # as on the door
phones: [{number: "(555) 555-0114"}]
services:
  - key: pantry
    types: [food]
    name: Pantry
    hours:
      - {days: [mo], open: "00:00", close: "23:59"}   # day and night
    area: {names: [Riverbend County]}  # for now
  - {key: b, types: [food], name: "the area: of {it}", area: {postal_codes: ["00101"]}}
"""
NEW = (
    OLD.replace("    area: {names", "    must_live_in: {names")
    .replace(", area: {postal", ", must_live_in: {postal")
    .replace('"23:59"', '"24:00"')
)


def test_older_keys_still_build_with_a_warning_for_each(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": OLD})

    problems = [problem for problem in pipeline.load_checked_guide(root)[1] if problem.code in ("older-key", "before-midnight")]
    pipeline.build(root, root / "site")

    assert [(problem.line, problem.message, problem.severity != 0) for problem in problems] == [
        (9, "it closes at 23:59, one minute before midnight", True),
        (10, "'area' is an older key", True),
        (11, "'area' is an older key", True),
    ]
    assert "Riverbend County" in (root / "site/en/partners/food-bank/index.html").read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_upgrade_rewrites_older_keys_and_keeps_every_other_byte(tmp_path: Path, end: str, mark: str) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": (mark + OLD.replace("\n", end)).encode()})
    before = pipeline.load_checked_guide(root)[0].partners[0].services[0].must_live_in

    assert main(["upgrade", "--root", str(root)]) == 0

    assert (root / "content/partners/food-bank.yml").read_bytes() == (mark + NEW.replace("\n", end)).encode()
    assert pipeline.load_checked_guide(root)[0].partners[0].services[0].must_live_in == before
    assert [problem for problem in pipeline.load_checked_guide(root)[1] if problem.code == "older-key"] == []


def test_upgrade_skips_ambiguous_and_broken_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = OLD.replace(
        "    area: {names: [Riverbend County]}  # for now\n", "    area: {names: [A]}\n    must_live_in: {names: [B]}\n"
    )
    broken = "name: A: B\narea: x\n"
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": NEW, "content/partners/b.yml": broken})

    assert main(["upgrade", "--root", str(root)]) == 0
    assert "nothing to rewrite" in capsys.readouterr().err
    assert (root / "content/partners/b.yml").read_text() == broken
    make.write(root, "content/partners/food-bank.yml", both)
    main(["upgrade", "--root", str(root)])
    assert "    area: {names: [A]}\n    must_live_in: {names: [B]}" in (root / "content/partners/food-bank.yml").read_text()
