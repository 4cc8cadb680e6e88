"""Search in a small guide, which lacks most kinds of help: what a page says can be found, and no reading hides it."""

from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.search.concepts import RELATED, is_grave
from guidegen.search.lexicon import load_built_in_names
from tests import ROOT, make
from tests.search.node import ask

pytestmark = pytest.mark.slow

LEGAL = """\
name: Immigrant Justice Project
also_known_as: [IJP, RAS]
summary: A lawyer for people who want to stay. Abogado en español.
phones: [{number: "(555) 555-0114"}]
locations:
  - key: main
    address: {line1: 48 Canal Street, city: Riverbend, state: MA, postal_code: "00101"}
    transit: Trolley 61 stops at the door.
services:
  - {key: asylum, types: [immigration-legal], name: Legal help, description: We also explain foreclosure letters., at: [main]}
"""
KITCHEN = """\
name: Women at Work
summary: Learn to cook for a job.
services:
  - key: kitchen
    types: [work-training]
    name: Job training kitchen
    phones: [{number: "1-800-555-0199"}]
    hours: [{days: [sa], open: "9:00", close: "12:00"}]
"""
PANTRY = """\
name: Brookland Food Bank
summary: Food for families.
locations: [{key: main, address: {city: Riverbend, state: MA}}]
services: [{key: food, types: [food], name: Groceries, at: [main]}]
"""
SHELF = """\
name: Harbor Shelf
summary: Food and diapers for babies.
locations: [{key: main, address: {city: Brooklyn, state: MA}}]
services: [{key: food, types: [food], name: Shelf, at: [main], hours: [{days: [mo], open: "9:00", close: "12:00"}]}]
"""
CART = """\
name: Supper Cart
summary: Warm meals.
locations: [{key: main, address: {city: Riverbend, state: MA}}]
services: [{key: food, types: [food], name: Meals, at: [main], hours: [{days: [th], open: "9:00", close: "12:00"}]}]
"""
ARTICLE = """\
---
title: Two doors, one hallway
date: 2026-05-01
---

How a detention hotline began.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small") / "guide"
    names = {"legal": LEGAL, "kitchen": KITCHEN, "food-bank": PANTRY, "shelf": SHELF, "cart": CART}
    partners = {f"content/partners/{name}.yml": text for name, text in names.items()}
    services = (ROOT / "content/services.yml").read_text(encoding="utf-8")
    make.folder(root, {**partners, "content/services.yml": services, "content/spotlights/two-doors.md": ARTICLE})
    make.write(root, "guide.yml", make.GUIDE_YML.replace("[en, es, ar]", "[en, es, ar, vi]"))
    pipeline.build(root, root / "site")
    return root / "site"


def search(site: Path, text: str, language: str = "en", **options: Any) -> Any:
    return ask("engine", [{"folder": str(site), "language": language, "searches": [[text, options]]}])[0]["answers"][0]


def slugs(answer: Any) -> list[str]:
    return [hit["slug"] for hit in answer["hits"]]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "lawyer"), ("en", "lawyers"), ("es", "abogado"), ("en", "immigration lawyer")]
)
def test_a_kind_of_help_that_nobody_offers_does_not_hide_who_says_the_word(site: Path, language: str, text: str) -> None:
    assert slugs(search(site, text, language))[0] == "legal"


def test_the_answer_says_which_kind_nobody_offers(site: Path) -> None:
    assert [match["concept"] for match in search(site, "lawyer")["missing"]] == ["type:other-legal"]
    assert search(site, "food")["missing"] == []


@pytest.mark.parametrize("text", ["Legal help", "legal help", "job training kitchen", "Job Training Kitchen saturday"])
def test_the_name_of_a_service_finds_it(site: Path, text: str) -> None:
    assert slugs(search(site, text))[0] == ("legal" if "egal" in text else "kitchen")


@pytest.mark.parametrize(
    "text",
    ["(555) 555-0114", "5555550114", "+1 555 555 0114", "555.555.0114", "٥٥٥٥٥٥٠١١٤", "00101", "canal street", "48 Canal",
     "trolley 61", "foreclosure", "riverbend lawyer"],
)  # fmt: skip
def test_what_a_profile_shows_can_be_found(site: Path, text: str) -> None:
    assert slugs(search(site, text))[0] == "legal"


def test_a_toll_free_number_is_found_with_and_without_its_prefix(site: Path) -> None:
    assert slugs(search(site, "800 555 0199")) == slugs(search(site, "1 (800) 555-0199")) == ["kitchen"]


@pytest.mark.parametrize("text", ["RAS", "ras", "IJP", "Immigrant Justice Project", "immigrant justice project"])
def test_an_exact_name_comes_first(site: Path, text: str) -> None:
    assert slugs(search(site, text))[0] == "legal"


def test_a_town_is_not_a_name_that_begins_alike(site: Path) -> None:
    assert slugs(search(site, "food brooklyn"))[0] == "shelf"


def test_an_article_is_found_in_a_group_of_its_own(site: Path) -> None:
    answer = search(site, "detention hotline")

    assert [hit["slug"] for hit in answer["articles"]] == ["two-doors"]
    assert "two-doors" not in slugs(answer)
    assert answer["total"] == len(slugs(answer))


def test_the_only_one_who_says_a_rare_word_comes_first(site: Path) -> None:
    assert slugs(search(site, "diapers"))[0] == "shelf"


def test_a_hit_says_which_words_its_texts_have(site: Path) -> None:
    answer = search(site, "foreclosure letters")

    assert [answer["spellings"][place] for place in answer["hits"][0]["places"]] == ["foreclosure", "letters"]


@pytest.mark.parametrize(("text", "slug"), [("saturday", "kitchen"), ("on mondays", "shelf")])
def test_a_weekday_puts_who_is_open_first(site: Path, text: str, slug: str) -> None:
    answer = search(site, text)

    assert slugs(answer)[0] == slug
    assert any(match["kind"] == "day" for match in answer["understood"])


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "food on monday"), ("es", "comida el lunes"), ("ar", "طعام يوم الاثنين"), ("vi", "thực phẩm ngày thứ hai")],
)
def test_a_weekday_is_a_filter_that_can_be_removed(site: Path, language: str, text: str) -> None:
    """Three partners give food: one is open on Monday, one on Thursday, and of one nobody knows the hours."""
    answer = search(site, text, language)
    assert {"shelf", "food-bank"} <= set(slugs(answer))
    assert "cart" not in slugs(answer)

    days = [match["concept"] for match in answer["understood"] if match["kind"] == "day"]
    assert days == ["day:mo"]
    assert {"shelf", "food-bank", "cart"} <= set(slugs(search(site, text, language, **{"not": days})))


def test_a_cry_for_help_is_not_filtered_by_day(site: Path) -> None:
    """Any day is a day on which somebody of three is closed."""
    answer = search(site, "my children are hungry now we have nothing to eat today monday")
    kinds = {match["kind"] for match in answer["understood"]}

    assert {"need", "day"} <= kinds
    assert {"shelf", "food-bank", "cart"} <= set(slugs(answer))


def test_a_day_on_which_everybody_is_closed_empties_nothing(site: Path) -> None:
    assert slugs(search(site, "job training kitchen on sunday"))[0] == "kitchen"


def test_a_day_does_not_hide_the_organization_that_is_named(site: Path) -> None:
    """The cart is open on Thursday, the shelf on Monday."""
    assert slugs(search(site, "supper cart sunday"))[0] == "cart"
    assert slugs(search(site, "Harbor Shelf thursday"))[0] == "shelf"


def test_of_two_days_one_is_enough(site: Path) -> None:
    found = slugs(search(site, "food on sunday or monday"))
    assert found[0] == "shelf"
    assert "cart" not in found


def test_today_is_a_weekday(site: Path) -> None:
    days = [match["id"] for match in search(site, "open today")["understood"] if match["kind"] == "day"]

    assert len(days) == 1
    assert days[0] in ("mo", "tu", "we", "th", "fr", "sa", "su")


@pytest.mark.parametrize(
    ("language", "text"), [("vi", "bị ung thư"), ("en", "ice cream"), ("en", "grape juice"), ("en", "traffic ticket")]
)
def test_an_ordinary_word_is_not_read_as_a_grave_one(site: Path, language: str, text: str) -> None:
    understood = {match["concept"] for match in search(site, text, language)["understood"]}

    assert not understood & {"fact:lgbtq-people", "need:raid", "need:violence", "need:forced-work", "type:family-safety"}


def test_a_removed_reading_brings_no_other_one(site: Path) -> None:
    understood = {match["concept"] for match in search(site, "ESL evening class")["understood"]}
    options: dict[str, Any] = {"not": ["type:english"]}
    without = {match["concept"] for match in search(site, "ESL evening class", **options)["understood"]}

    assert without == understood - {"type:english"}


def test_related_kinds_are_known_and_never_grave() -> None:
    kinds = set(load_built_in_names("en"))
    for kind, related in RELATED.items():
        assert {f"type:{name}" for name in (kind, *related)} <= kinds
        assert kind not in related
        assert not any(is_grave(f"type:{name}") for name in related)


def test_a_kind_of_help_that_nobody_offers_leads_to_related_kinds_after_those_who_say_the_words(site: Path) -> None:
    answer = search(site, "citizenship test")
    assert slugs(answer)[0] == "legal"  # immigration lawyers help with citizenship
    assert [match["concept"] for match in answer["missing"]] == ["type:citizenship-civics"]

    assert slugs(search(site, "foreclosure eviction"))[0] == "legal"  # says a word, and is no housing office
    assert "kitchen" in slugs(search(site, "GED"))
    assert slugs(search(site, "husband hits me")) == []  # nobody here helps with that, and a pantry is no answer
