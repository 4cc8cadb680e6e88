"""Characters that nobody can see."""

import pytest

from guidegen.characters import invisible_characters, shown_code_point, without_invisible


@pytest.mark.parametrize(
    "character",
    "\x00\x08\x0b\x0c\x1f\x7f\x85\u00ad\u061c\u200b\u200e\u2028\u202e\u2060\u2069\u3164\ufeff\U000e0041",
)
def test_what_cannot_be_seen_is_found_and_taken_out(character: str) -> None:
    assert list(invisible_characters(f"ab{character}c{character}")) == [(2, character), (4, character)]
    assert without_invisible(f"ab{character}c{character}") == "abc"


@pytest.mark.parametrize("character", ["\t", "\n", "\r", " ", "\u00a0", "\u200c", "\u200d", "\ufe0f", "é", "😀"])
def test_what_belongs_to_a_text_is_left_in(character: str) -> None:
    assert list(invisible_characters(f"a{character}")) == []
    assert without_invisible(f"a{character}") == f"a{character}"


def test_a_character_is_shown_by_its_number() -> None:
    assert [shown_code_point(one) for one in ("\x07", "\u202e", "\U000e0041")] == ["U+0007", "U+202E", "U+E0041"]
