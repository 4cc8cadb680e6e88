"""Python and JavaScript read a query alike, and read it well."""

import pytest

from guidegen.content.load import load
from guidegen.search.lexicon import Name, WeightedName, names, phrases
from guidegen.search.reader import ConceptMatch
from guidegen.search.similarity import distance, same_stem, similarity
from guidegen.search.understand import Lexicon, surface_forms
from tests import ROOT
from tests.search.node import ask

WORDS = (
    ("lawyer", "lawyers"), ("lawyer", "layer"), ("dentits", "dentist"), ("docter", "doctor"), ("immigration", "imigrashun"), ("house", "housing"),
    ("food", "foot"), ("id", "is"), ("comida", "comidas"), ("abogdao", "abogado"), ("enfermera", "enferma"), ("квартира", "квартиру"),
    ("робота", "роботу"), ("محامي", "محامين"), ("زرایب", "ضرائب"), ("citizenshp", "citizenship"), ("vet", "veterans"), ("lekol", "lekòl"),
    ("aaaaaaaa", "bbbbbbbb"), ("police", "polise"), ("phone", "fone"), ("turjumaan", "trujumaan"), ("xyzzy", "food"), ("w", "work"),
)  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(phrases(names(load(ROOT).guide)), "en")


def kinds(found: list[ConceptMatch], kind: str) -> list[str]:
    """The ids of a kind, best first."""
    return [one.concept.partition(":")[2] for one in found if one.kind == kind]


def test_words_are_as_like_in_javascript() -> None:
    asked = [(typed, word, last) for pair in WORDS for typed, word in (pair, pair[::-1]) for last in (False, True)]

    found = ask("likeness", asked)

    assert found == [[similarity(typed, word, last), distance(typed, word, 2)] for typed, word, last in asked]


def test_other_forms_are_one_word_and_other_words_are_not() -> None:
    assert same_stem("lawyer", "lawyers")
    assert same_stem("immigrants", "immigration")
    assert not same_stem("food", "foot")
    assert not same_stem("paint", "paid")


def test_a_swap_of_neighbours_is_one_edit() -> None:
    assert distance("dentits", "dentist", 2) == 1
    assert distance("abcdef", "badcfe", 2) == 3


def test_queries_are_read_alike_in_javascript(lexicon: Lexicon) -> None:
    tests = load(ROOT).guide.search_tests
    asked, expected = [], []
    used: dict[str, WeightedName] = {}
    for test in tests:
        language = test.language or "en"
        query = lexicon.query(test.query, language)
        for variants in query:
            for term, _ in variants:
                used |= {phrase.key: phrase for phrase in lexicon.phrases_of(term)}
        spellings = surface_forms(test.query, len(query))
        asked.append({"query": query, "language": language, "source": "en", "spellings": spellings})
        expected.append(lexicon.interpret(test.query, language))
    order = {phrase.key: number for number, phrase in enumerate(lexicon.phrases)}
    listed = sorted(used.values(), key=lambda phrase: order[phrase.key])

    found = ask(
        "reader", {"queries": asked, "phrases": [[one.key, one.name.concept, one.name.language, one.terms] for one in listed]}
    )

    for test, theirs, ours in zip(tests, found, expected, strict=True):
        assert [one[0] for one in theirs] == [one.concept for one in ours], test.query
        assert [one[1:3] for one in theirs] == [pytest.approx([one.share, one.strength]) for one in ours], test.query
        assert [tuple(one[3]) for one in theirs] == [one.places for one in ours], test.query


@pytest.mark.parametrize(
    ("query", "language", "kind", "fact"),
    [
        ("free english class at night", "en", "english", "evening"),
        ("food without id", "en", "food", "no-photo-id"),
        ("abogado gratis", "es", "other-legal", "free"),
        ("doctor near me open saturday", "en", "health", "weekend"),
    ],
)
def test_several_wishes_are_all_heard(lexicon: Lexicon, query: str, language: str, kind: str, fact: str) -> None:
    found = lexicon.interpret(query, language)

    assert kinds(found, "type")[0] == kind
    assert fact in kinds(found, "fact")


def test_the_longest_reading_wins_a_word(lexicon: Lexicon) -> None:
    assert kinds(lexicon.interpret("work permit", "en"), "type")[0] == "immigration-legal"
    assert kinds(lexicon.interpret("work", "en"), "type")[0] == "work-training"


def test_a_query_in_another_language_than_the_page_is_understood(lexicon: Lexicon) -> None:
    assert kinds(lexicon.interpret("comida gratis", "en"), "type")[0] == "food"
    assert kinds(lexicon.interpret("avoka imigrasyon", "uk"), "type")[0] == "immigration-legal"


def test_who_types_accents_means_them() -> None:
    said = [Name("type:a", "vi", "bằng lái"), Name("type:b", "vi", "bang lai"), Name("type:c", "vi", "băng lai")]
    lexicon = Lexicon(phrases(said), "en")

    assert kinds(lexicon.interpret("bằng lái", "vi"), "type")[0] == "a"
    assert kinds(lexicon.interpret("bang lai", "vi"), "type")[0] == "b"


@pytest.mark.parametrize(
    "text", ["", " ", "?", "a" * 10_000, "😀" * 500, "\x00\x07", "[(*+?{", "一" * 3_000, "(?:a+)+$", "من إلى " * 900]
)
def test_any_text_is_read(lexicon: Lexicon, text: str) -> None:
    lexicon.interpret(text, "en")
