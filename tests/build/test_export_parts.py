"""The open data of unchanged partners are not built again, and are the same as those of a clean build."""

from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.model.partner import Partner
from guidegen.site.exports.hsds import files as hsds
from tests import make

NIGHT_SCHOOL = """\
name: Night School
summary: English classes.
phones: [{number: "(555) 555-0142"}]
services: [{key: class, types: [english], name: English class}]
part_of: library
"""
LIBRARY = """\
name: Library
summary: Books and computers.
phones: [{number: "(555) 555-0144"}]
locations: [{key: main, address: {line1: 5 Mill Street, city: Riverbend}, position: [42.3912, -72.3012]}]
services: [{key: room, types: [food], name: Reading room, at: [main]}]
"""


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the partners whose data are built."""
    slugs: list[str] = []
    build = hsds._build_data

    def record(partner: Partner, *rest: Any) -> hsds.PartnerData:
        slugs.append(partner.slug)
        return build(partner, *rest)

    monkeypatch.setattr(hsds, "_build_data", record)
    return slugs


def read_data(site: Path) -> dict[str, bytes]:
    return {str(file.relative_to(site)): file.read_bytes() for file in (site / "data").rglob("*") if file.is_file()}


def test_only_the_data_of_changed_partners_are_built_and_all_are_those_of_a_clean_build(tmp_path: Path, built: list[str]) -> None:
    root = make.folder(
        tmp_path / "guide", {"content/partners/night-school.yml": NIGHT_SCHOOL, "content/partners/library.yml": LIBRARY}
    )

    def build_after(name: str, text: str) -> set[str]:
        built.clear()
        make.write(root, name, text)
        pipeline.build(root, root / "site")
        changed = set(built)
        pipeline.build(root, tmp_path / "public/site", pipeline.BuildOptions(clean=True, cache=tmp_path / "cache"))
        assert read_data(tmp_path / "public/site") == read_data(root / "site")
        return changed

    school, library = "content/partners/night-school.yml", "content/partners/library.yml"
    assert build_after(school, NIGHT_SCHOOL) == {"food-bank", "library", "night-school"}
    assert build_after(school, NIGHT_SCHOOL.replace("0142", "0143")) == {"night-school"}
    assert build_after(library, LIBRARY.replace("5 Mill", "7 Mill")) == {"library", "night-school"}, "and what is part of it"
    assert build_after("content/partners/library.es.yml", "summary: Libros.\n") == {"library", "night-school"}
    assert (
        build_after("templates/parts/spotlight_list.html", "{% macro spotlight_list(list, page, level=3) %}{% endmacro %}")
        == set()
    )
    assert build_after(school, NIGHT_SCHOOL.replace("0142", "0145")) == {"night-school"}, "kept by a build that made no data"
    services = make.SERVICES_YML.replace("English classes", "English lessons")
    assert build_after("content/services.yml", services) == {"food-bank", "library", "night-school"}
    (root / library).unlink()
    (root / "content/partners/library.es.yml").unlink()
    assert build_after(school, NIGHT_SCHOOL.replace("part_of: library\n", "")) == {"night-school"}
