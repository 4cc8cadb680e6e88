"""The names of concepts, built in and of a guide, and what ``check`` reports about them."""

import json
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.content.load import load
from guidegen.search.analysis import join_terms
from guidegen.search.concepts import FACTS, NEEDS
from guidegen.search.lexicon import SECTIONS, built_in_languages, list_names, load_built_in_names, weigh_names
from guidegen.search.query_lexicon import Lexicon
from guidegen.search.word_table import build_word_table, format_compiled_words, sort_like_javascript
from tests import ROOT
from tests.make import TODAY, folder

pytestmark = pytest.mark.slow

TYPES = [kind.id for kind in load(ROOT).guide.service_types]


def report(root: Path) -> list[tuple[str, int, str]]:
    """Return file, line and code of the problems in the two files about search."""
    files = ("services.yml", "search-tests.yml")
    problems = pipeline.review_content(root, TODAY)
    return [(problem.path.name, problem.line, problem.code) for problem in problems if problem.path.name in files]


@pytest.mark.parametrize("language", built_in_languages())
def test_every_list_has_words_for_every_concept(language: str) -> None:
    words = load_built_in_names(language)

    assert {name.removeprefix("type:") for name in words if name.startswith("type:")} == set(TYPES)
    assert {f"fact:{name}" for name in FACTS} <= set(words)
    assert {f"need:{name}" for name in NEEDS} <= set(words)
    assert [name for name, phrasings in words.items() if name.startswith("type:") and len(phrasings) < 5] == []
    assert [text for phrasings in words.values() for text in phrasings if not join_terms(text)] == []


def test_lists_say_who_wrote_them_and_have_only_known_sections() -> None:
    for file in (ROOT / "words").glob("*.json"):
        lists = json.loads(file.read_text(encoding="utf-8"))
        assert lists.pop("translation") == {"by": "machine"}
        assert set(lists) == set(SECTIONS)


def test_a_built_in_name_has_one_type() -> None:
    duplicates = []
    for language in built_in_languages():
        seen: dict[str, str] = {}
        for concept, phrasings in load_built_in_names(language).items():
            if concept.startswith("type:"):
                names = [words for words in phrasings if seen.setdefault(words.casefold(), concept) != concept]
                duplicates += [f"{language}: {words}" for words in names]

    assert duplicates == []


def test_urgent_needs_are_read_as_urgent() -> None:
    lexicon = Lexicon(weigh_names(list_names(load(ROOT).guide)), "en")
    queries = [
        (language, need, words)
        for language in ("en", "es", "ar", "zh-Hans")
        for need in NEEDS
        for words in load_built_in_names(language)[f"need:{need}"]
    ]
    missed = [
        (language, need, words)
        for language, need, words in queries
        if not any(
            match.kind == "need" or match.concept in {f"type:{name}" for name in NEEDS[need]}
            for match in lexicon.interpret(words, language)
        )
    ]

    assert missed == []


def test_a_name_of_the_guide_overrides_a_built_in_one(tmp_path: Path) -> None:
    services = "types:\n  - id: food\n    name: Food\n    synonyms: {en: [green card]}\n  - id: immigration-legal\n    name: Immigration\n"
    guide = load(folder(tmp_path, {"content/services.yml": services})).guide
    matches = Lexicon(weigh_names(list_names(guide)), "en").interpret("green card", "en")

    assert matches[0].concept == "type:food"


def test_types_with_few_or_shared_names_are_reported(tmp_path: Path) -> None:
    services = "types:\n  - id: pottery\n    name: Pottery\n    synonyms: {en: [clay]}\n  - id: food\n    name: Food\n    synonyms: {en: [clay]}\n"
    partner = "name: A\nsummary: B\nphones: [{number: '(555) 555-0114'}]\nservices: [{key: a, types: [food], name: C}]\n"
    root = folder(tmp_path, {"content/services.yml": services, "content/partners/food-bank.yml": partner})

    problems = [problem for problem in report(root) if problem[2] != "type-untranslated"]
    assert problems == [("services.yml", 4, "few-synonyms"), ("services.yml", 7, "synonym-twice")]


def test_failing_search_tests_are_reported_at_their_line(tmp_path: Path) -> None:
    tests = (
        "tests:\n  - {query: food pantry, type: food}\n  - {query: bread please, type: english}\n  - {query: pan, type: fodo}\n"
    )
    root = folder(tmp_path, {"content/search-tests.yml": tests})

    assert [problem for problem in report(root) if problem[0] == "search-tests.yml"] == [
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
    root = folder(tmp_path, {f"content/{file}": text})
    problems = [problem for problem in report(root) if problem[0] == file and problem[2] != "few-synonyms"]

    assert [problem[1] for problem in problems] == [line], problems


def test_the_compiled_words_are_up_to_date() -> None:
    compiled = (ROOT / "words/compiled.txt").read_text(encoding="utf-8")

    assert compiled == format_compiled_words(), "run scripts/compile_search_words.py: words/compiled.txt is out of date"


def test_names_of_types_that_a_guide_lacks_are_left_out(tmp_path: Path) -> None:
    services = "types:\n  - id: food\n    name: Food\n"
    guide = load(folder(tmp_path, {"content/services.yml": services})).guide
    term_index = build_word_table(guide).term_index

    assert "type:food=es=" in term_index["comida"]
    assert not any("type:health=" in line for line in term_index.values())
    assert list(term_index) == sort_like_javascript(term_index)


def test_terms_are_sorted_as_javascript_compares_strings() -> None:
    terms = ["b", "\uffe8", "\U0001f600", "a", "", "\u9999", "\U0001f600a"]

    assert sort_like_javascript(terms) == ["", "a", "b", "\u9999", "\U0001f600", "\U0001f600a", "\uffe8"]
    assert sort_like_javascript(["\U0001f600", "z", "\u9999"]) == ["z", "\u9999", "\U0001f600"]


def test_a_name_without_letters_does_no_harm(tmp_path: Path) -> None:
    services = 'types:\n  - {id: food, name: "´"}\n'
    root = folder(tmp_path, {"content/services.yml": services})

    assert pipeline.build(root, root / "site").pages
