"""Python and JavaScript read queries alike, and read them well."""

import pytest

from guidegen.content.load import load
from guidegen.search.lexicon import Name, WeightedName, list_names, weigh_names
from guidegen.search.query_lexicon import Lexicon, surface_forms
from guidegen.search.query_reader import ConceptMatch
from guidegen.search.similarity import distance, has_same_stem, similarity
from guidegen.text import cldr
from tests import ROOT
from tests.search.node import ask

pytestmark = pytest.mark.slow

WORDS = (
    ("lawyer", "lawyers"), ("lawyer", "layer"), ("dentits", "dentist"), ("docter", "doctor"), ("immigration", "imigrashun"), ("house", "housing"),
    ("food", "foot"), ("id", "is"), ("comida", "comidas"), ("abogdao", "abogado"), ("enfermera", "enferma"), ("квартира", "квартиру"),
    ("робота", "роботу"), ("محامي", "محامين"), ("زرایب", "ضرائب"), ("citizenshp", "citizenship"), ("vet", "veterans"), ("lekol", "lekòl"),
    ("aaaaaaaa", "bbbbbbbb"), ("police", "polise"), ("phone", "fone"), ("turjumaan", "trujumaan"), ("xyzzy", "food"), ("w", "work"),
)  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(weigh_names(list_names(load(ROOT).guide)), "en")


def ids_of(matches: list[ConceptMatch], kind: str) -> list[str]:
    """Return the ids of the concepts of a kind, best first."""
    return [match.concept.partition(":")[2] for match in matches if match.kind == kind]


def test_similarity_is_the_same_in_javascript() -> None:
    cases = [(typed, word, is_last) for pair in WORDS for typed, word in (pair, pair[::-1]) for is_last in (False, True)]

    answers = ask("similarity", cases)

    assert answers == [[similarity(typed, word, is_last), distance(typed, word, 2)] for typed, word, is_last in cases]


def test_forms_of_a_word_have_the_same_stem_and_other_words_do_not() -> None:
    assert has_same_stem("lawyer", "lawyers")
    assert has_same_stem("immigrants", "immigration")
    assert not has_same_stem("food", "foot")
    assert not has_same_stem("paint", "paid")


def test_a_swap_of_neighbors_is_one_edit() -> None:
    assert distance("dentits", "dentist", 2) == 1
    assert distance("abcdef", "badcfe", 2) == 3


def test_queries_are_read_alike_in_javascript(lexicon: Lexicon) -> None:
    tests = load(ROOT).guide.search_tests
    queries, expected = [], []
    used: dict[str, WeightedName] = {}
    for test in tests:
        language = test.language or "en"
        query = lexicon.parse_query(test.query, language)
        for variants in query:
            for term, _ in variants:
                used |= {phrase.key: phrase for phrase in lexicon.find_names(term)}
        spellings = surface_forms(test.query, len(query))
        queries.append(
            {
                "query": query,
                "language": language,
                "source": "en",
                "isLatin": cldr.script(language) == "Latn",
                "spellings": spellings,
            }
        )
        expected.append(lexicon.interpret(test.query, language))
    order = {phrase.key: number for number, phrase in enumerate(lexicon.phrases)}
    names_used = sorted(used.values(), key=lambda phrase: order[phrase.key])

    phrase_rows = [[name.key, name.name.concept, name.name.language, name.terms] for name in names_used]
    answers = ask("reader", {"queries": queries, "phrases": phrase_rows})

    for test, theirs, ours in zip(tests, answers, expected, strict=True):
        assert [row[0] for row in theirs] == [match.concept for match in ours], test.query
        assert [row[1:3] for row in theirs] == [pytest.approx([match.share, match.strength]) for match in ours], test.query
        assert [tuple(row[3]) for row in theirs] == [match.places for match in ours], test.query


@pytest.mark.parametrize(
    ("query", "language", "kind", "fact"),
    [
        ("free english class at night", "en", "english", "evening"),
        ("food without id", "en", "food", "no-photo-id"),
        ("abogado gratis", "es", "other-legal", "free"),
        ("doctor near me open saturday", "en", "health", "weekend"),
    ],
)
def test_a_query_can_ask_for_several_things(lexicon: Lexicon, query: str, language: str, kind: str, fact: str) -> None:
    matches = lexicon.interpret(query, language)

    assert ids_of(matches, "type")[0] == kind
    assert fact in ids_of(matches, "fact")


def test_the_longest_reading_wins_a_word(lexicon: Lexicon) -> None:
    assert ids_of(lexicon.interpret("work permit", "en"), "type")[0] == "immigration-legal"
    assert ids_of(lexicon.interpret("work", "en"), "type")[0] == "work-training"


def test_a_query_need_not_be_in_the_language_of_the_page(lexicon: Lexicon) -> None:
    assert ids_of(lexicon.interpret("comida gratis", "en"), "type")[0] == "food"
    assert ids_of(lexicon.interpret("avoka imigrasyon", "uk"), "type")[0] == "immigration-legal"


def test_typed_accents_count() -> None:
    accented_names = [Name("type:a", "vi", "bằng lái"), Name("type:b", "vi", "bang lai"), Name("type:c", "vi", "băng lai")]
    lexicon = Lexicon(weigh_names(accented_names), "en")

    assert ids_of(lexicon.interpret("bằng lái", "vi"), "type")[0] == "a"
    assert ids_of(lexicon.interpret("bang lai", "vi"), "type")[0] == "b"


@pytest.mark.parametrize(
    "text", ["", " ", "?", "a" * 10_000, "😀" * 500, "\x00\x07", "[(*+?{", "一" * 3_000, "(?:a+)+$", "من إلى " * 900]
)
def test_any_text_can_be_read(lexicon: Lexicon, text: str) -> None:
    lexicon.interpret(text, "en")
