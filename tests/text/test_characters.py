"""Characters that are invisible or look different on every device."""

import pytest

from guidegen.text.characters import find_unwanted, format_code_point, remove_unwanted

ZALGO = "c\u0300\u0301\u0302\u0303\u0304a"


@pytest.mark.parametrize(
    "character",
    "\x00\x08\x0b\x0c\x1b\x1f\x7f\x85\u00ad\u034f\u061c\u17b5\u200b\u200e\u2028\u202e\u2060\u2062\u2069\u2800\u3164\ufdd0\ufeff"
    "\u180b\U0001bca0\U00013430\U00016fe4\ufffc\ue000\uf8ff\U0001d159\U000e0041\U000f0001\U0010fffe",
)
def test_invisible_characters_are_found_and_removed(character: str) -> None:
    results = list(find_unwanted(f"ab{character}c{character}"))

    assert [offset for offset, _ in results] == [2, 4]
    assert all(format_code_point(character) in description for _, description in results)
    assert remove_unwanted(f"ab{character}c{character}") == "abc"


@pytest.mark.parametrize("character", ["\t", "\n", "\r", " ", "\u00a0", "\u200c", "\u200d", "é", "😀", "👩🏽\u200d⚕️", "1️⃣"])
def test_ordinary_characters_are_kept(character: str) -> None:
    assert list(find_unwanted(f"a{character}")) == []
    assert remove_unwanted(f"a{character}") == f"a{character}"


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
def test_marks_that_belong_to_a_spelling_are_kept(word: str) -> None:
    assert list(find_unwanted(word)) == []


@pytest.mark.parametrize(
    "stack", [ZALGO, "a" + "\u20dd" * 4 + "b", "ب" + "\u064b" * 9, "x" + "\u0489" * 30, "e" + "\u0301\u0301\u0301\u200d" * 20]
)
def test_a_stack_of_marks_is_found_and_shortened(stack: str) -> None:
    descriptions = dict(find_unwanted(f"ab {stack}"))

    assert "pile of" in descriptions[4]
    assert list(find_unwanted(remove_unwanted(stack))) == []


@pytest.mark.parametrize("text", ["pass\u200dword", "pass\u200cword", "ab\ufe00c", "a \u200d\u200d b", "☎\ufe0f\ufe01\ufe02"])
def test_joiners_and_variation_selectors_are_found_where_no_spelling_has_them(text: str) -> None:
    assert list(find_unwanted(text))
    assert not list(find_unwanted(remove_unwanted(text)))


def test_a_character_is_shown_by_its_code_point() -> None:
    assert [format_code_point(character) for character in ("\x07", "\u202e", "\U000e0041")] == ["U+0007", "U+202E", "U+E0041"]
