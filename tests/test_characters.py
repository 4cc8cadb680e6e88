"""Characters that nobody can see, or that everybody sees otherwise."""

import pytest

from guidegen.characters import shown_code_point, unwanted, without_unwanted

ZALGO = "c\u0300\u0301\u0302\u0303\u0304a"


@pytest.mark.parametrize(
    "character",
    "\x00\x08\x0b\x0c\x1b\x1f\x7f\x85\u00ad\u034f\u061c\u17b5\u200b\u200e\u2028\u202e\u2060\u2062\u2069\u2800\u3164\ufdd0\ufeff"
    "\ufffc\ue000\uf8ff\U0001d159\U000e0041\U000f0001\U0010fffe",
)
def test_what_cannot_be_seen_is_found_and_taken_out(character: str) -> None:
    found = list(unwanted(f"ab{character}c{character}"))

    assert [offset for offset, _ in found] == [2, 4]
    assert all(shown_code_point(character) in words for _, words in found)
    assert without_unwanted(f"ab{character}c{character}") == "abc"


@pytest.mark.parametrize(
    "character", ["\t", "\n", "\r", " ", "\u00a0", "\u200c", "\u200d", "\ufe0f", "é", "😀", "👩🏽\u200d⚕️", "1️⃣"]
)
def test_what_belongs_to_a_text_is_left_in(character: str) -> None:
    assert list(unwanted(f"a{character}")) == []
    assert without_unwanted(f"a{character}") == f"a{character}"


@pytest.mark.parametrize(
    "word",
    ["ệ", "e\u0323\u0302", "ကြွှို့", "བསྒྲུབས", "שָׁלוֹם", "بِسْمِ ٱللَّٰهِ", "น้ำ", "स्त्री", "கொ", "ព្រះ", "ɔ̃́ː", "…«»—„“"],
)
def test_the_marks_of_a_spelling_are_no_pile(word: str) -> None:
    assert list(unwanted(word)) == []


@pytest.mark.parametrize("pile", [ZALGO, "a" + "\u20dd" * 4 + "b", "ب" + "\u064b" * 9, "x" + "\u0489" * 30])
def test_a_pile_of_marks_is_found_and_made_lower(pile: str) -> None:
    ((offset, words),) = unwanted(f"ab {pile}")

    assert offset == 4
    assert "pile of" in words
    assert list(unwanted(without_unwanted(pile))) == []


def test_a_character_is_shown_by_its_number() -> None:
    assert [shown_code_point(one) for one in ("\x07", "\u202e", "\U000e0041")] == ["U+0007", "U+202E", "U+E0041"]
