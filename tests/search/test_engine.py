"""The engine on the index files of the sample guide, in Node: what it finds, and how it handles failures."""

import random
from pathlib import Path
from typing import Any

import pytest

from tests.search.node import ask

pytestmark = pytest.mark.slow

HOSTILE = [
    "", " ", "\x00\x01\x1f", "a" * 10_000, "😀🍎" * 400, "[a-z]+(x|y)*\\d{2}$^.?{3,}", "constructor __proto__ toString", "<script>alert(1)</script>",
    "免费" * 2_000, "\ud83d", "ا" * 500, "%00%ff", "'\"`;--", "\u202e\u2066abc", "𠮷野家 𝕱𝖔𝖔𝖉", "من إلى 食物 food еда ရဲ", "=|~-\t\n", "~boss -did", "type:food=en=x",
]  # fmt: skip


@pytest.fixture
def site(sample_site: Path) -> Path:
    return sample_site


def search(site: Path, language: str, *texts: str, **options: Any) -> list[dict[str, Any]]:
    """Return the engine's answers to the texts, in order."""
    sessions = [{"folder": str(site), "language": language, "searches": [[text, options] for text in texts]}]
    answers: list[dict[str, Any]] = ask("engine", sessions)[0]["answers"]
    return answers


def slugs(answer: dict[str, Any]) -> list[str]:
    return [hit["slug"] for hit in answer["hits"]]


def test_the_right_partner_is_in_the_first_three(site: Path) -> None:
    slug_by_query = {
        "boss did not pay me": "workers-center",
        "free food": "riverbend-food-bank",
        "immigration lawyer": "immigrant-justice-project",
    }
    answers = search(site, "en", *slug_by_query)

    assert [slug in slugs(answer)[:3] for slug, answer in zip(slug_by_query.values(), answers, strict=True)] == [True] * 3


def test_every_language_finds_the_same_partners(site: Path) -> None:
    queries = {
        "en": "food bank",
        "es": "banco de comida",
        "zh-Hans": "免费食物",
        "ar": "بنك الطعام",
        "vi": "thực phẩm miễn phí",
        "uk": "безкоштовна їжа",
    }
    hits = {language: slugs(search(site, language, text)[0])[:4] for language, text in queries.items()}

    assert all("riverbend-food-bank" in first for first in hits.values()), hits


def test_a_name_finds_its_organization_in_any_language(site: Path) -> None:
    for language in ("en", "ar"):
        assert slugs(search(site, language, "Riverbend Adult School")[0])[0] == "riverbend-adult-school"


def test_a_name_with_a_day_finds_its_organization_even_if_it_is_closed_then(site: Path) -> None:
    expected = {
        "Golden Years sunday": "golden-years",
        "Fresh Wheels sunday": "fresh-wheels",
        "Dental Van on monday": "dental-van",
    }
    answers = search(site, "en", *expected)

    assert [slug in slugs(answer)[:3] for slug, answer in zip(expected.values(), answers, strict=True)] == [True] * 3


def test_misspelled_words_say_how_they_were_read(site: Path) -> None:
    corrected, literal = search(site, "en", "therapizt")[0], search(site, "en", "therapizt", literal=True)[0]

    assert corrected["corrected"] == [{"typed": "therapizt", "read": "therapist"}]
    assert [concept["id"] for concept in corrected["understood"] if concept["kind"] == "type"] == ["mental-health"]
    assert literal["total"] == 0


def test_a_reading_can_be_rejected(site: Path) -> None:
    answer = search(site, "en", "free english class", **{"not": ["fact:free"]})[0]

    assert "type:english" in [match["concept"] for match in answer["understood"]]
    assert "fact:free" not in [match["concept"] for match in answer["understood"]]


def test_filters_narrow_any_query_and_work_alone(site: Path) -> None:
    alone = search(site, "en", "", filters=["type:food", "lang:es"], limit=50)[0]
    both = search(site, "en", "free", filters=["type:food"], limit=50, counts=True)[0]

    assert alone["total"] == len(alone["hits"]) > 0
    assert all({"type:food", "lang:es"} <= set(hit["concepts"]) for hit in alone["hits"])
    assert all("type:food" in hit["concepts"] for hit in both["hits"])
    assert both["counts"]["type:food"] == both["total"]
    assert all(number > 0 for number in both["counts"].values())


def test_an_unknown_filter_leaves_nothing(site: Path) -> None:
    assert search(site, "en", "food", filters=["area:atlantis"])[0]["total"] == 0


def test_pinned_answers_and_urgent_needs_are_understood(site: Path) -> None:
    answer = search(site, "es", "quiero morir")[0]

    assert {"answer:crisis", "need:suicide"} <= {match["concept"] for match in answer["understood"]}


def test_at_most_two_round_trips_follow_the_opening(site: Path) -> None:
    texts = ["evening english class", "food", "Riverbend Adult School"]
    sessions = ask(
        "engine", [{"folder": str(site), "language": "en", "searches": [[text, {}]]} for text in [*texts, "therapizt"]]
    )

    *trips, with_correction = [session["trips"] for session in sessions]
    assert trips == [3] * len(texts)  # the opening, the terms, the cards
    assert with_correction <= 4  # the right word may be in another file than the misspelled one


def test_no_request_contains_a_word_of_the_query(site: Path) -> None:
    session = {"folder": str(site), "language": "en", "searches": [["deportation secret", {}]]}

    assert not [address for address in ask("engine", [session])[0]["requests"] if "deport" in address or "secret" in address]


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_any_input_gets_an_answer(site: Path, language: str) -> None:
    rng = random.Random(3)  # noqa: S311  # not for secrets
    letters = [
        chr(number)
        for number in (*range(32, 0x250), *range(0x600, 0x700), *range(0x1000, 0x10A0), *range(0x4E00, 0x4F00), 0x200D, 0x1F600)
    ]
    mixed = ["".join(rng.choice(letters) for _ in range(rng.randrange(1, 60))) for _ in range(200)]

    for text, answer in zip([*HOSTILE, *mixed], search(site, language, *HOSTILE, *mixed), strict=True):
        assert "problem" not in answer, (text, answer)


@pytest.mark.parametrize("part", ["start-en", "rows", "terms", "cards"])
@pytest.mark.parametrize("damage", ["missing", "", "garbage\n\t=|", "{", "00000000\n"])
def test_a_missing_or_damaged_file_gives_a_clear_message(site: Path, part: str, damage: str) -> None:
    session = {"folder": str(site), "language": "en", "searches": [["free food", {"counts": True}]], "damage": {part: damage}}
    answer = ask("engine", [session])[0]["answers"][0]

    assert answer["hits"] == []
    assert answer["problem"]


def test_without_a_network_it_says_so_and_works_again_later(site: Path) -> None:
    answer = ask("engine", [{"folder": str(site), "language": "en", "searches": [["food", {}]], "offline": True}])[0]["answers"][
        0
    ]

    assert answer["problem"] == "no network"


def test_the_vocabulary_of_another_script_is_not_needed(site: Path) -> None:
    session = {"folder": str(site), "language": "en", "searches": [["免费食物", {}]], "damage": {"vocabulary": "missing"}}
    answer = ask("engine", [session])[0]["answers"][0]

    assert [concept["id"] for concept in answer["understood"] if concept["kind"] == "type"] == ["food"]
