"""Languages, their names and formats, and messages with runs of other text."""

from decimal import Decimal

import pytest

from guidegen.text import cldr, formats
from guidegen.text.language import Catalog, Language, LocalizedString, proper_name
from tests import make


@pytest.mark.parametrize("tag", ["en", "es", "zh-Hans", "zh-Hant", "ht", "fa-AF", "ksw", "mam", "hnj", "pt-BR", "ase"])
def test_a_known_tag_is_a_language(tag: str) -> None:
    assert cldr.is_language(tag)
    assert cldr.own_name(tag)


@pytest.mark.parametrize("tag", ["ES", "spanish", "xx", "zh-hans", "en_US", "", "es-", "zh-Xxxx", "en-ZZZ", "e"])
def test_an_unknown_or_malformed_tag_is_not_a_language(tag: str) -> None:
    assert not cldr.is_language(tag)


@pytest.mark.parametrize(
    ("tag", "own", "direction"),
    [
        ("es", "Español", "ltr"),
        ("ar", "العربية", "rtl"),
        ("zh-Hans", "简体中文", "ltr"),
        ("ht", "Kreyòl ayisyen", "ltr"),
        ("fa-AF", "دری", "rtl"),
    ],
)
def test_a_language_has_its_own_name_and_direction(tag: str, own: str, direction: str) -> None:
    assert (cldr.own_name(tag), cldr.direction(tag)) == (own, direction)


def test_haitian_creole_does_not_fall_back_to_french() -> None:
    ht = make.language("ht")

    assert ht.name_of("es") == "panyòl"
    assert formats.day_names("ht")[0] == "lendi"


def test_a_list_is_formatted_as_in_its_language_without_direction_marks() -> None:
    assert make.language("en").join(["A", "B", "C"]).text == "A, B, and C"
    assert make.language("es").join(["A", "B"]).text == "A y B"
    assert "\u200f" not in make.language("fa").join(["الف", "ب", "پ"]).text


@pytest.mark.parametrize("count", range(8))
def test_a_list_of_any_length_has_each_item_once(count: int) -> None:
    names = [f"<{number}>" for number in range(count)]

    joined = make.language("ar").join(names).text

    assert [joined.count(name) for name in names] == [1] * count


def test_a_message_keeps_its_runs_separate() -> None:
    message = make.language().phrase("Call {phone} now", phone=LocalizedString("(555) 555-0114"))

    assert message.parts == ("Call ", LocalizedString("(555) 555-0114"), " now")
    assert message.text == "Call (555) 555-0114 now"


def test_a_price_has_the_format_of_the_region_in_every_language() -> None:
    assert make.language("ar").price(Decimal(25), "USD").text == "$25"
    assert make.language("uk").price(Decimal("12.5"), "USD").text == "$12.50"
    assert Language("de", "DE").price(Decimal(1200), "EUR").text == "1.200\u00a0€"


def test_a_count_uses_the_plural_form_of_the_language() -> None:
    catalog = Catalog(
        {"{number} place": ("{number} місце", "{number} місця", "{number} місць")}, "", lambda n: [2, 0, 1, 1, 1][min(n, 4)]
    )
    uk = Language("uk", "US", catalog)

    assert uk.counted("{number} place", "{number} places", 1) == "1 місце"
    assert uk.counted("{number} place", "{number} places", 0) == "0 місць"


def test_a_message_without_a_translation_is_in_english() -> None:
    assert make.language("es").say("Nothing has this message") == "Nothing has this message"


def test_a_latin_name_in_an_arabic_guide_is_left_to_right() -> None:
    assert proper_name("12 Main St, Town", "ar") == LocalizedString("12 Main St, Town", "")
    assert proper_name("شارع 12", "ar") == LocalizedString("شارع 12", "ar")
    assert proper_name("12 Main St", "en") == LocalizedString("12 Main St", "en")
