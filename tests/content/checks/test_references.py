"""References lead to something that exists, and nothing is part of itself."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import Severity
from tests import make

HEAD = "name: {0}\nsummary: Help.\nemail: a@example.org\n"


def report(root: Path, code: str) -> list[tuple[str, int, str, Severity]]:
    """Return file, line, message and severity of the problems with a code."""
    problems = [problem for problem in pipeline.load_checked_guide(root)[1] if problem.code == code]
    return [(problem.path.name, problem.line, problem.message, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({"a": "b", "b": "a"}, ("a.yml", "'a' is part of itself, through 'b'")),
        ({"c": "b", "b": "d", "d": "c"}, ("b.yml", "'b' is part of itself, through 'd', 'c'")),
        ({"a": "b", "b": "c", "c": "b"}, ("b.yml", "'b' is part of itself, through 'c'")),  # a is not in the cycle
        ({"a": "b", "b": "c"}, None),
        ({"a": "c", "b": "c"}, None),
    ],
)
def test_organizations_that_are_parts_of_each_other(
    parents: dict[str, str], expected: tuple[str, str] | None, tmp_path: Path
) -> None:
    names = {*parents, *parents.values()}
    lines = {name: f"part_of: {parents[name]}\n" if name in parents else "" for name in names}
    root = make.folder(tmp_path, {f"content/partners/{name}.yml": HEAD.format(name) + lines[name] for name in names})

    assert report(root, "circle") == ([(expected[0], 4, expected[1], Severity.ERROR)] if expected else [])
    assert report(root, "self-referral") == []


@pytest.mark.parametrize(
    ("areas", "message"),
    [
        ("{name: Town, part_of: County}, {name: County, part_of: [town]}", "'County' is part of itself, through 'Town'"),
        ("{name: Town, part_of: Town}", "'Town' is part of itself"),
        ("{name: Town, part_of: County}, {name: County}", ""),
    ],
)
def test_areas_that_are_parts_of_each_other(areas: str, message: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML + f"areas: [{areas}]\n"})
    line = make.GUIDE_YML.count("\n") + 1

    assert report(root, "circle") == ([("guide.yml", line, message, Severity.ERROR)] if message else [])


def test_an_area_is_part_of_a_listed_area(tmp_path: Path) -> None:
    areas = "areas:\n  - {name: Elm County}\n  - {name: Town, part_of: [Elm County, Elm Conty]}\n"
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML + areas})
    line = make.GUIDE_YML.count("\n") + 3

    assert report(root, "unknown-area") == [("guide.yml", line, "'Elm Conty' is not an area of this guide", Severity.WARNING)]


def test_an_unknown_location_is_reported_at_its_entry(tmp_path: Path) -> None:
    phones = 'phones:\n  - {number: "(555) 555-0114", at: north}\n  - {number: "(555) 555-0115", at: nroth}\n'
    root = make.folder(
        tmp_path, {"content/partners/a.yml": HEAD.format("A") + phones + "locations: [{key: north, address: {city: T}}]\n"}
    )

    assert report(root, "unknown-location") == [
        ("a.yml", 6, "'at: nroth' is not a location of this partner or service", Severity.ERROR)
    ]


def test_an_organization_that_is_part_of_its_old_name_has_one_message(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/a.yml": HEAD.format("A") + "was: [old]\npart_of: old\n"})

    assert report(root, "self-referral") == [("a.yml", 5, "the partner is listed as part of itself", Severity.ERROR)]
    assert report(root, "old-name") == []
