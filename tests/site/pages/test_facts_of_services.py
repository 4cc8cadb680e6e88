"""Facts of services appear with their conditions: prices for some people, income limits, pauses and other names."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from tests import make

PROFILE = """\
name: Clinic
phones: [{number: "(555) 555-0114"}]
part_of: food-bank
source: {dataset: County map, id: "7", url: "https://map.example.org/7", changed: 2026-08-30, licence: CC BY 4.0}
extra: {code: canary-extra}
services:
  - key: a
    types: [food]
    name: Check-up
    also_known_as: [Health check]
    program: Well Child
    subjects: [vaccines]
    status: paused
    status_until: 2027-01-10
    cost:
      - {for: Adults, amount: 5, currency: USD, note: cash only}
      - {for: Children, free: yes}
    who: {text: Families who live here, income: {at_most: 200, percent_of: federal-poverty-level}}
    serves: {names: [North County]}
    must_live_in: {names: [Southtown]}
  - {key: b, types: [food], name: Old clinic, status: closed}
"""
SPANISH = """\
services:
  - key: a
    name: Revisión
    cost: [{for: Adultos, note: solo efectivo}, {for: Niños}]
    subjects: [vacunas]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes] = {"content/partners/clinic.yml": PROFILE, "content/partners/clinic.es.yml": SPANISH}
    root = make.folder(tmp_path_factory.mktemp("facts"), files)
    pipeline.build(root, root / "site")
    return root / "site"


def plain(site: Path, path: str) -> str:
    page = (site / path / "index.html").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.split("<main", 1)[1]))


@pytest.mark.parametrize("page", ["en/partners/clinic", "en/services/food", "en/handout/food"])
def test_a_price_for_some_people_always_says_for_whom(site: Path, page: str) -> None:
    text = plain(site, page)

    for sentence in (
        "Adults: $5",
        "cash only",
        "Free: Children",
        "You must live in: Southtown",
        "Closed through January 10, 2027",
    ):
        assert sentence in text, sentence
    assert "Families who live here" in text


def test_the_free_filter_matches_a_service_that_is_free_for_some(site: Path) -> None:
    page = (site / "en/services/food/index.html").read_text(encoding="utf-8")

    (card,) = re.findall(r'<article class="card" data-is="([^"]*)"[^>]*>(?:(?!</article>).)*clinic/', page, re.DOTALL)
    assert "fact:free" in card


def test_prices_are_translated_entry_by_entry(site: Path) -> None:
    text = plain(site, "es/partners/clinic")

    for sentence in ("Adultos: $5", "solo efectivo", "Gratis: Niños", "vacunas"):
        assert sentence in text, sentence


def test_a_profile_shows_all_other_facts(site: Path) -> None:
    text = plain(site, "en/partners/clinic")

    for sentence in (
        "Part of: Food Bank", "Health check", "Program: Well Child", "Also about: vaccines", "Covers: North County",
        "Income up to 200% of the federal poverty level", "From: County map", "changed there on August 30, 2026", "CC BY 4.0",
    ):  # fmt: skip
        assert sentence in text, sentence
    assert "canary-extra" not in "".join(file.read_text("utf-8", "ignore") for file in site.rglob("*") if file.is_file())


def test_a_closed_service_is_only_on_the_profile(site: Path) -> None:
    assert "Old clinic Closed for good." in plain(site, "en/partners/clinic")
    assert "Old clinic" not in plain(site, "en/services/food")


def test_a_profile_needs_no_summary(site: Path) -> None:
    page = (site / "en/partners/clinic/index.html").read_text(encoding="utf-8")
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])

    assert "description" not in data
    assert '<p class="lead"' not in page


def test_a_profile_from_another_directory_is_rebuilt_when_its_file_changes(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/clinic.yml": PROFILE})
    pipeline.build(root, root / "site")
    make.write(root, "content/partners/clinic.yml", PROFILE.replace("(555) 555-0114", "(555) 555-0177"))

    pipeline.build(root, root / "site")

    assert "(555) 555-0177" in (root / "site/en/partners/clinic/index.html").read_text(encoding="utf-8")


def test_the_translation_of_a_price_is_not_applied_to_another_price(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/partners/clinic.yml": PROFILE, "content/partners/clinic.es.yml": SPANISH}
    root = make.folder(tmp_path, files)
    assert main(["translations", "accept", "--root", str(root)]) == 0
    moved = PROFILE.replace("    cost:\n", "    cost:\n      - {for: Seniors, amount: 2, currency: USD}\n")
    make.write(root, "content/partners/clinic.yml", moved)
    pipeline.build(root, root / "site")

    text = plain(root / "site", "es/partners/clinic")

    assert "Seniors inglés: $2" in text or "Seniors: $2" in text
    assert "Adultos: $2" not in text
    assert "Niños: $5" not in text


def test_a_pause_that_has_ended_is_reported(tmp_path: Path) -> None:
    profile = PROFILE.replace("2027-01-10", "2026-01-10")
    root = make.folder(tmp_path, {"content/partners/clinic.yml": profile})

    problems = [problem for problem in pipeline.review_content(root, date(2026, 11, 29)) if problem.code == "status-ended"]

    assert [(problem.line, problem.path.name) for problem in problems] == [(14, "clinic.yml")]
