"""Cries for help are understood, and ordinary words are not taken for one, in twenty languages.

``grave/<language>.json`` has phrases that people type. They were written without a look at the word lists, and then used to widen
the lists (docs/developers/search.md says how well half of them were read before that).
"""

import json
from functools import cache
from pathlib import Path

import pytest

from guidegen.content.load import load
from guidegen.search.query_lexicon import Lexicon
from guidegen.search.word_table import build_word_table, list_weighted_names
from tests import ROOT

pytestmark = pytest.mark.slow

PHRASES = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(Path(__file__).parent.glob("grave/*.json"))}
INTERFACE = ("en", "es", "zh-Hans", "ar", "vi", "ht", "fa", "uk")
CONCEPTS = {
    "suicide": "need:suicide",
    "violence": "need:violence",
    "trafficking": "need:forced-work",
    "poison": "need:overdose",
    "danger": "need:danger",
    "raid": "need:raid",
    "lgbtq": "fact:lgbtq-people",
}


@cache
def lexicon() -> Lexicon:
    return Lexicon(list_weighted_names(build_word_table(load(ROOT).guide)), "en")


def is_understood(kind: str, text: str, language: str) -> bool:
    """Return whether search shows the hotline of a need, or filters by the group."""
    matches = lexicon().interpret(text, language if language in INTERFACE else "en")
    best_type = next((match.concept for match in matches if match.kind == "type" and match.share == 1), "")
    return CONCEPTS[kind] in {match.concept for match in matches} or (kind, best_type) == ("violence", "type:family-safety")


def test_there_are_phrases_for_every_need_in_twenty_languages() -> None:
    assert len(PHRASES) == 20
    for language, kinds in PHRASES.items():
        assert kinds.keys() == CONCEPTS.keys()
        minimum = 40 if language in INTERFACE else 12
        assert all(
            len(kinds[kind][way]) >= minimum for kind in ("suicide", "violence", "trafficking", "poison") for way in kinds[kind]
        )


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("language", PHRASES)
def test_no_ordinary_phrase_is_read_as_a_cry_for_help(language: str, step: int) -> None:
    wrong = [
        f"{kind}: {text}"
        for kind, phrases in PHRASES[language].items()
        for text in phrases["must_not"][::step]
        if is_understood(kind, text, language)
    ]

    assert wrong == []


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.nightly)])
def test_cries_for_help_are_understood(step: int) -> None:
    missed = [
        f"{language} {kind}: {text}"
        for language, kinds in PHRASES.items()
        for kind, phrases in kinds.items()
        for text in phrases["must"][::step]
        if not is_understood(kind, text, language)
    ]

    assert missed == []
