"""Characters that nobody can see, or that everybody sees otherwise."""

import pytest

from guidegen.text.characters import shown_code_point, unwanted, without_unwanted

ZALGO = "c\u0300\u0301\u0302\u0303\u0304a"


@pytest.mark.parametrize(
    "character",
    "\x00\x08\x0b\x0c\x1b\x1f\x7f\x85\u00ad\u034f\u061c\u17b5\u200b\u200e\u2028\u202e\u2060\u2062\u2069\u2800\u3164\ufdd0\ufeff"
    "\u180b\U0001bca0\U00013430\U00016fe4\ufffc\ue000\uf8ff\U0001d159\U000e0041\U000f0001\U0010fffe",
)
def test_what_cannot_be_seen_is_found_and_taken_out(character: str) -> None:
    found = list(unwanted(f"ab{character}c{character}"))

    assert [offset for offset, _ in found] == [2, 4]
    assert all(shown_code_point(character) in words for _, words in found)
    assert without_unwanted(f"ab{character}c{character}") == "abc"


@pytest.mark.parametrize("character", ["\t", "\n", "\r", " ", "\u00a0", "\u200c", "\u200d", "é", "😀", "👩🏽\u200d⚕️", "1️⃣"])
def test_what_belongs_to_a_text_is_left_in(character: str) -> None:
    assert list(unwanted(f"a{character}")) == []
    assert without_unwanted(f"a{character}") == f"a{character}"


@pytest.mark.parametrize(
    "word",
    [
        "PDF\u200cها",
        "می\u200cخواهم",
        "क्\u200dष",
        "☎\ufe0f",
        "葛\ufe00",
        "ệ",
        "e\u0323\u0302",
        "ကြွှို့",
        "བསྒྲུབས",
        "שָׁלוֹם",
        "بِسْمِ ٱللَّٰهِ",
        "น้ำ",
        "स्त्री",
        "கொ",
        "ព្រះ",
        "ɔ̃́ː",
        "…«»—„“",
    ],
)
def test_the_marks_of_a_spelling_are_no_pile(word: str) -> None:
    assert list(unwanted(word)) == []


@pytest.mark.parametrize(
    "pile", [ZALGO, "a" + "\u20dd" * 4 + "b", "ب" + "\u064b" * 9, "x" + "\u0489" * 30, "e" + "\u0301\u0301\u0301\u200d" * 20]
)
def test_a_pile_of_marks_is_found_and_made_lower(pile: str) -> None:
    found = dict(unwanted(f"ab {pile}"))

    assert "pile of" in found[4]
    assert list(unwanted(without_unwanted(pile))) == []


@pytest.mark.parametrize("text", ["pass\u200dword", "pass\u200cword", "ab\ufe00c", "a \u200d\u200d b", "☎\ufe0f\ufe01\ufe02"])
def test_signs_that_belong_to_other_scripts_are_found_where_they_hide(text: str) -> None:
    assert list(unwanted(text))
    assert not list(unwanted(without_unwanted(text)))


def test_a_character_is_shown_by_its_number() -> None:
    assert [shown_code_point(one) for one in ("\x07", "\u202e", "\U000e0041")] == ["U+0007", "U+202E", "U+E0041"]
