"""The words of guidegen and of a guide, and what ``check`` says about them."""

import json
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.content.load import load
from guidegen.search.analysis import plain_words
from guidegen.search.concepts import FACTS, NEEDS
from guidegen.search.lexicon import SECTIONS, built_in, built_in_languages, names, phrases
from guidegen.search.table import cached_text, in_order, word_table
from guidegen.search.understand import Lexicon
from tests import ROOT
from tests.make import TODAY, folder

TYPES = [kind.id for kind in load(ROOT).guide.service_types]


def told(root: Path) -> list[tuple[str, int, str]]:
    """What ``check`` says of the two files that are about search: file, line, code."""
    found = pipeline.review_content(root, TODAY)
    return [(one.path.name, one.line, one.code) for one in found if one.path.name in ("services.yml", "search-tests.yml")]


@pytest.mark.parametrize("language", built_in_languages())
def test_every_list_has_words_for_every_concept(language: str) -> None:
    words = built_in(language)

    assert {name.removeprefix("type:") for name in words if name.startswith("type:")} == set(TYPES)
    assert {f"fact:{name}" for name in FACTS} <= set(words)
    assert {f"need:{name}" for name in NEEDS} <= set(words)
    assert [name for name, said in words.items() if name.startswith("type:") and len(said) < 5] == []
    assert [words for said in words.values() for words in said if not plain_words(words)] == []


def test_lists_say_who_wrote_them_and_have_only_known_parts() -> None:
    for file in (ROOT / "words").glob("*.json"):
        lists = json.loads(file.read_text(encoding="utf-8"))
        assert lists.pop("translation") == {"by": "machine"}
        assert set(lists) == set(SECTIONS)


def test_a_phrase_of_ours_stands_under_one_type() -> None:
    twice = []
    for language in built_in_languages():
        seen: dict[str, str] = {}
        for concept, said in built_in(language).items():
            if concept.startswith("type:"):
                twice += [f"{language}: {words}" for words in said if seen.setdefault(words.casefold(), concept) != concept]

    assert twice == []


def test_urgent_needs_are_read_as_urgent() -> None:
    lexicon = Lexicon(phrases(names(load(ROOT).guide)), "en")
    asked = [
        (language, need, words)
        for language in ("en", "es", "ar", "zh-Hans")
        for need in NEEDS
        for words in built_in(language)[f"need:{need}"]
    ]
    missed = [
        (language, need, words)
        for language, need, words in asked
        if not any(
            one.kind == "need" or one.concept in {f"type:{name}" for name in NEEDS[need]}
            for one in lexicon.interpret(words, language)[:3]
        )
    ]

    assert missed == []


def test_a_guides_own_word_goes_before_ours(tmp_path: Path) -> None:
    services = "types:\n  - id: food\n    name: Food\n    synonyms: {en: [green card]}\n  - id: immigration-legal\n    name: Immigration\n"
    guide = load(folder(tmp_path, {"content/services.yml": services})).guide
    found = Lexicon(phrases(names(guide)), "en").interpret("green card", "en")

    assert found[0].concept == "type:food"


def test_thin_and_clashing_words_are_told(tmp_path: Path) -> None:
    services = "types:\n  - id: pottery\n    name: Pottery\n    synonyms: {en: [clay]}\n  - id: food\n    name: Food\n    synonyms: {en: [clay]}\n"
    partner = "name: A\nsummary: B\nphones: [{number: '(555) 555-0114'}]\nservices: [{key: a, types: [food], name: C}]\n"
    root = folder(tmp_path, {"content/services.yml": services, "content/partners/food-bank.yml": partner})

    assert told(root) == [("services.yml", 4, "few-synonyms"), ("services.yml", 7, "synonym-twice")]


def test_failing_search_tests_name_their_line(tmp_path: Path) -> None:
    tests = (
        "tests:\n  - {query: food pantry, type: food}\n  - {query: bread please, type: english}\n  - {query: pan, type: fodo}\n"
    )
    root = folder(tmp_path, {"content/search-tests.yml": tests})

    assert [one for one in told(root) if one[0] == "search-tests.yml"] == [
        ("search-tests.yml", 3, "search-test"),
        ("search-tests.yml", 4, "unknown-type"),
    ]


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        (
            "services.yml",
            "types:\n  - {id: food, name: Food}\n  - {id: english, name: English}\nwords:\n  - {fact: evenin, synonyms: {en: [late]}}\n",
            5,
        ),
        (
            "services.yml",
            "types:\n  - {id: food, name: Food}\n  - {id: english, name: English}\nwords:\n  - {language: klingon, synonyms: {en: [x]}}\n",
            5,
        ),
        (
            "services.yml",
            "types:\n  - {id: food, name: Food}\n  - {id: english, name: English}\nanswers:\n  - {id: a, words: {en: [x]}}\n",
            5,
        ),
        ("search-tests.yml", "tests:\n  - {query: food, types: food}\n", 2),
        ("search-tests.yml", "tests: {query: food}\n", 1),
        ("search-tests.yml", "tests:\n  - {query: food, type: food, language: klingon}\n", 2),
    ],
)
def test_mistakes_get_one_message(tmp_path: Path, file: str, text: str, line: int) -> None:
    found = [one for one in told(folder(tmp_path, {f"content/{file}": text})) if one[0] == file and one[2] != "few-synonyms"]

    assert [one[1] for one in found] == [line], found


def test_the_words_that_are_kept_cut_are_those_of_the_lists() -> None:
    kept = (ROOT / "words/compiled.txt").read_text(encoding="utf-8")

    assert kept == cached_text(), "run scripts/compile_search_words.py: words/compiled.txt is not made from the lists"


def test_words_of_types_that_a_guide_lacks_are_left_out(tmp_path: Path) -> None:
    services = "types:\n  - id: food\n    name: Food\n"
    guide = load(folder(tmp_path, {"content/services.yml": services})).guide
    said = word_table(guide).term_index

    assert "type:food=es=" in said["comida"]
    assert not any("type:health=" in line for line in said.values())
    assert list(said) == in_order(said)


def test_terms_are_in_the_order_in_which_javascript_compares_strings() -> None:
    terms = ["b", "\uffe8", "\U0001f600", "a", "", "\u9999", "\U0001f600a"]

    assert in_order(terms) == ["", "a", "b", "\u9999", "\U0001f600", "\U0001f600a", "\uffe8"]
    assert in_order(["\U0001f600", "z", "\u9999"]) == ["z", "\u9999", "\U0001f600"]


def test_a_name_without_letters_does_no_harm(tmp_path: Path) -> None:
    services = 'types:\n  - {id: food, name: "´"}\n'
    root = folder(tmp_path, {"content/services.yml": services})

    assert pipeline.build(root, root / "site").pages
