"""Contradictory facts are reported at their line, and consistent ones are not."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import Severity
from tests import make

HEAD = 'name: A\nsummary: B\nphones: [{number: "(555) 555-0114"}]\n'
SERVICE = HEAD + "services:\n  - key: a\n    types: [food]\n    name: C\n"
SHELTER = HEAD + 'locations: [{key: house, address: {line1: "77 Hidden Lane", city: Millbrook}, confidential: yes}]\n'


def report(tmp_path: Path, files: dict[str, str]) -> list[tuple[str, int, str, str, bool]]:
    """Return file, line, code, message and whether it is an error, of each problem outside services.yml."""
    paths: dict[str, str | bytes] = {f"content/partners/{name}": text for name, text in files.items()}
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[en]"), **paths})
    return [
        (problem.path.name, problem.line, problem.code, problem.message, problem.severity is Severity.ERROR)
        for problem in pipeline.load_checked_guide(root)[1]
        if problem.path.name != "services.yml"
    ]


@pytest.mark.parametrize(
    ("text", "line", "code", "message", "is_error"),
    [
        (SERVICE + "    cost: {free: yes, note: Adults pay $5; children are free.}\n", 8, "free-price", "its note has a price", False),
        (SERVICE + "    cost: {free: yes, note: Cuesta 5 dólares}\n", 8, "free-price", "its note has a price", False),
        (SERVICE + "    appointment: required\n    apply: {walk_in: yes}\n", 9, "walk-in", "says both 'walk_in: yes' and 'appointment: required'", True),
        (SERVICE + "    asks: {immigration_status: no}\n    documents: [Your green card]\n", 8, "status-shown", "nobody asks about immigration", False),
        (HEAD + "partnership: {wioa: {ielce: yes, title_ii: no}}\n", 4, "wioa", "IELCE is funded under title II", False),
        (SHELTER + "services: [{key: a, types: [food], name: C, apply: {steps: 'We meet you, not at 77 Hidden Ln.'}}]\n", 5, "confidential", "the street of the confidential location 'house'", True),
        (SHELTER.replace("confidential", "phones: [{number: '988', note: bell at 77 Hidden Lane}], confidential"), 4, "confidential", "the street of the confidential location", True),
        (SHELTER + "also_known_as: [Hidden Lane House]\n", 5, "confidential", "the street of the confidential location", True),
        (SHELTER + "services: [{key: a, types: [food], name: C, at: [house], apply: {url: 'https://m.example.org/?q=77%20Hidden%20Lane'}}]\n", 5, "confidential", "the street of the confidential location", True),
        (HEAD + "locations: [{key: a, address: {city: X}}, {key: b, address: {city: Y}}]\nservices: [{key: a, types: [food], name: C}]\n", 5, "no-place", "'a' does not say which location it is at", False),
        (SHELTER + "description: Behind HIDDEN  LANE.\n", 5, "confidential", "the street of the confidential location", True),
        (SERVICE + '    hours:\n      - {days: [th], open: "9:00", close: "17:00"}\n      - {dates: [2026-12-24], open: "9:00", close: "12:00"}\n      - {closed: [2026-12-20..2026-12-25]}\n', 10, "hours-contradict", "2026-12-24 has hours here, but line 11 says it is closed", False),
        (SERVICE + '    hours:\n      - {days: [th], open: "9:00", close: "12:00", from: 2026-12-24, until: 2026-12-24}\n      - {closed: [2026-12-24]}\n', 9, "hours-contradict", "2026-12-24 has hours here", False),
        (SERVICE + '    hours:\n      - {days: [mo, tu], open: "9:00", close: "17:00"}\n      - {days: [tu, we], open: "12:00", close: "18:00"}\n', 10, "hours-overlap", "overlap with line 9 on tu", False),
        (SERVICE + '    hours:\n      - {days: [mo], open: "0:00", close: "23:59"}\n', 9, "before-midnight", "one minute before midnight", False),
        (SERVICE + '    hours:\n      - {days: [mo], open: "9:00", close: "17:00", every: 2 weeks}\n', 9, "hours", "'every' needs 'from', which says which weeks are meant", True),
        (SERVICE + '    hours:\n      - {days: [mo], open: "9:00", close: "17:00", from: 11-01, until: 2027-03-31}\n', 9, "hours", "'from' has no year, but 'until' has one", True),
        (SERVICE + '    hours:\n      - {days: [mo], open: "9:00", close: "17:00", from: 11-01}\n', 9, "hours", "'from' has no year, and 'until' is missing", True),
        (SERVICE + "    time_zone: America/Bostn\n", 8, "time-zone", "'America/Bostn' is not a time zone", True),
        (SERVICE + '    phones: [{number: "(555) 555-0115", at: north}]\n', 8, "unknown-location", "'at: north' is not a location", True),
        (HEAD.replace('0114"', '0114", note: The North office') + "locations: [{key: north}, {key: south}]\n", 3, "phone-place", "names one location, but the number is shown for all", False),
        (HEAD + "part_of: nobody\n", 4, "unknown-partner", "'nobody' is not a partner", True),
        (HEAD.replace("(555) 555-0114", "(555) 555-9114"), 3, "phone-unknown", "phone companies in its country do not use the number", False),
        (HEAD + 'locations: [{key: a, address: {city: Millbrook, postal_code: "021011"}}]\n', 4, "postal-code", "'021011' does not look like a US postal code", False),
    ],
)  # fmt: skip
def test_a_contradiction_in_a_profile_is_reported_at_its_line(
    tmp_path: Path, text: str, line: int, code: str, message: str, is_error: bool
) -> None:
    (problem,) = (problem for problem in report(tmp_path, {"a.yml": text}) if problem[0] == "a.yml")

    assert (problem[1], problem[2], problem[4]) == (line, code, is_error)
    assert message in problem[3]


@pytest.mark.parametrize(
    "text",
    [
        SERVICE + "    cost: {free: yes, note: A gift of 2 dollars is welcome}\n",
        SERVICE + "    cost: {free: yes, note: 'Elsewhere it costs $50'}\n",
        SERVICE + "    cost: {free: yes, note: You are paid $16 an hour}\n",
        SERVICE + "    cost: [{for: Adults, amount: 5, currency: USD}, {for: Children, free: yes}]\n",
        SHELTER + "description: Not a lane, and nothing hidden.\n",
        HEAD + "partnership: {wioa: {ielce: yes}}\n",
        SERVICE + '    hours:\n      - {days: [mo], open: "9:00", close: "12:00"}\n      - {days: [mo], open: "12:00", close: "17:00"}\n',
        SERVICE + '    hours:\n      - {days: [mo], open: "9:00", close: "17:00"}\n      - {closed: [2026-12-24..2027-01-02]}\n',
        SERVICE + '    hours:\n      - {days: [mo], open: "9:00", close: "17:00", until: 2026-12-31}\n      - {days: [mo], open: "9:00", close: "16:00", from: 2027-01-01}\n',
        HEAD + 'locations: [{key: a, address: {city: Toronto, postal_code: "M5V 3L9", country: CA}}]\n',
        HEAD + 'locations: [{key: a, address: {city: Millbrook, postal_code: "02101-1234"}}]\n',
        HEAD + "locations: [{key: a, address: {region: Cook County, state: IL}}]\n",
        HEAD + "locations: [{key: a, position: [42.1, -72.3]}]\n",
    ],
)  # fmt: skip
def test_consistent_facts_are_not_reported(tmp_path: Path, text: str) -> None:
    problems = report(tmp_path, {"a.yml": text})

    assert [problem for problem in problems if problem[0] == "a.yml" and problem[2] != "shared-number"] == []


def test_a_town_keeps_its_spelling_beside_an_area_that_lists_it(tmp_path: Path) -> None:
    settings = make.GUIDE_YML.replace("[en, es, ar]", "[en]") + "areas: [{name: Metro, kind: county, cities: [Northtown]}]\n"
    profile = HEAD + "locations: [{key: a, address: {city: Northtown, region: Metro}}, {key: b, address: {city: NORTHTOWN}}]\n"
    root = make.folder(tmp_path, {"guide.yml": settings, "content/partners/a.yml": profile})

    _, problems = pipeline.load_checked_guide(root)

    assert [problem.hint for problem in problems if problem.code == "spelling"] == ["Write  Northtown"]


PLACE = "name: {name}\nsummary: B\nemail: a@example.org\nlocations: [{{key: a, address: {{line1: {line1}, city: {city}}}}}]\n"


def test_a_place_in_two_spellings_is_one_area_and_a_warning(tmp_path: Path) -> None:
    cities = ["St. Mary's", "Saint Marys", "SAINT MARY’S", "Đà Nẵng", "Da Nang", "Đà Nẵng"]
    texts = {f"p{n}.yml": PLACE.format(name=n, line1=f"{n} Elm Road", city=f'"{city}"') for n, city in enumerate(cities)}

    problems = report(tmp_path, texts)

    assert {problem[2] for problem in problems} == {"spelling"}
    assert not any(problem[4] for problem in problems)
    pipeline.build(tmp_path, tmp_path / "site")
    assert len(list((tmp_path / "site/en/areas").glob("*/index.html"))) == 2


def test_one_address_in_two_spellings_is_reported_once(tmp_path: Path) -> None:
    first = PLACE.format(name="A", line1="30 Main Street", city="Millbrook")
    second = PLACE.format(name="B", line1="30 Main St.", city="Millbrook")
    other = PLACE.format(name="C", line1="31 Main Street", city="Millbrook")

    assert report(tmp_path, {"a.yml": first, "b.yml": second, "c.yml": other}) == [
        ("b.yml", 4, "two-spellings", "'30 Main St.' is written '30 Main Street' at the same address in a.yml", False)
    ]


@pytest.mark.parametrize(("reason", "count"), [("", 1), ("part_of: a\n", 0)])
def test_a_number_of_two_organizations_needs_a_reason(tmp_path: Path, reason: str, count: int) -> None:
    texts = {"a.yml": HEAD.replace("0114", "0120"), "b.yml": HEAD.replace("(555) 555-0114", "555.555.0120") + reason}

    assert len([problem for problem in report(tmp_path, texts) if problem[2] == "shared-number"]) == count


def test_a_notice_of_a_service_type_has_a_date(tmp_path: Path) -> None:
    types = make.SERVICES_YML.replace("  - id: food\n", "  - id: food\n    notice: {en: Rules are changing.}\n")
    root = make.folder(tmp_path, {"content/services.yml": types})

    _, problems = pipeline.load_checked_guide(root)
    assert [(problem.line, problem.code) for problem in problems if problem.path.name == "services.yml"] == [(5, "no-date")]

    make.write(root, "content/services.yml", types.replace("    notice", "    checked: 2026-10-02\n    notice"))
    _, problems = pipeline.load_checked_guide(root)
    assert [problem for problem in problems if problem.path.name == "services.yml"] == []
