"""Names in one place of the content exist in another, and nothing is a part of itself."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import Severity
from tests import make

HEAD = "name: {0}\nsummary: Help.\nemail: a@example.org\n"


def found(root: Path, code: str) -> list[tuple[str, int, str, Severity]]:
    problems = [one for one in pipeline.load_checked_guide(root)[1] if one.code == code]
    return [(one.path.name, one.line, one.message, one.severity) for one in problems]


@pytest.mark.parametrize(
    ("wholes", "said"),
    [
        ({"a": "b", "b": "a"}, ("a.yml", "'a' is a part of itself, by way of 'b'")),
        ({"c": "b", "b": "d", "d": "c"}, ("b.yml", "'b' is a part of itself, by way of 'd', 'c'")),
        ({"a": "b", "b": "c", "c": "b"}, ("b.yml", "'b' is a part of itself, by way of 'c'")),  # a is only below the circle
        ({"a": "b", "b": "c"}, None),
        ({"a": "c", "b": "c"}, None),
    ],
)
def test_organizations_that_are_parts_of_each_other(wholes: dict[str, str], said: tuple[str, str] | None, tmp_path: Path) -> None:
    names = {*wholes, *wholes.values()}
    more = {name: f"part_of: {wholes[name]}\n" if name in wholes else "" for name in names}
    root = make.folder(tmp_path, {f"content/partners/{name}.yml": HEAD.format(name) + more[name] for name in names})

    assert found(root, "circle") == ([(said[0], 4, said[1], Severity.ERROR)] if said else [])
    assert found(root, "self-referral") == []


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ("{name: Town, part_of: County}, {name: County, part_of: [town]}", "'County' is a part of itself, by way of 'Town'"),
        ("{name: Town, part_of: Town}", "'Town' is a part of itself"),
        ("{name: Town, part_of: County}, {name: County}", ""),
    ],
)
def test_areas_that_are_parts_of_each_other(areas: str, said: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML + f"areas: [{areas}]\n"})
    line = make.GUIDE_YML.count("\n") + 1

    assert found(root, "circle") == ([("guide.yml", line, said, Severity.ERROR)] if said else [])


def test_an_area_around_another_has_its_name(tmp_path: Path) -> None:
    areas = "areas:\n  - {name: Elm County}\n  - {name: Town, part_of: [Elm County, Elm Conty]}\n"
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML + areas})
    line = make.GUIDE_YML.count("\n") + 3

    assert found(root, "unknown-area") == [("guide.yml", line, "'Elm Conty' is not an area of this guide", Severity.WARNING)]


def test_the_right_entry_is_named_where_a_fact_is_at_no_such_location(tmp_path: Path) -> None:
    phones = 'phones:\n  - {number: "(555) 555-0114", at: north}\n  - {number: "(555) 555-0115", at: nroth}\n'
    root = make.folder(
        tmp_path, {"content/partners/a.yml": HEAD.format("A") + phones + "locations: [{key: north, address: {city: T}}]\n"}
    )

    assert found(root, "unknown-location") == [("a.yml", 6, "'at: nroth' is not one of the places where this is", Severity.ERROR)]


def test_an_organization_that_is_a_part_of_its_old_name_has_one_message(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/a.yml": HEAD.format("A") + "was: [old]\npart_of: old\n"})

    assert found(root, "self-referral") == [("a.yml", 5, "the partner is a part of itself", Severity.ERROR)]
    assert found(root, "old-name") == []
