"""Readers of values by language and by classification."""

from pathlib import PurePosixPath
from typing import Any

import pytest

from guidegen.content.fields.by_language import CodesByScheme, ListsByLanguage, TextByLanguage
from guidegen.content.fields.compound import Many
from guidegen.content.fields.context import ReadingContext
from guidegen.content.fields.text import Line
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.model.problems import Problem
from guidegen.model.translatable import TranslatableText, Translation

PATH = PurePosixPath("content/services.yml")
WORDS = ListsByLanguage(Many(Line()))
CODES = CodesByScheme(Many(Line()))


def read(reader: Any, written: str) -> tuple[Any, list[Problem], ReadingContext]:
    """Return the result of a reader, and its problems."""
    node, problems = compose(f"name: {written}\n", PATH)
    assert problems == []
    assert isinstance(node, MappingNode)
    reading = ReadingContext(PATH, "en", ("en", "es"))
    return reader.read(node.pairs[0][1], "types.food.name", reading), reading.problems, reading


@pytest.mark.parametrize(
    ("reader", "written", "value"),
    [
        (TextByLanguage(), "Food", TranslatableText({"en": Translation("Food")})),
        (TextByLanguage(), '" a  b "', TranslatableText({"en": Translation("a b")})),
        (TextByLanguage(markdown=True), '"a  b"', TranslatableText({"en": Translation("a  b")})),
        (TextByLanguage(), "{ess: x, en: Food}", TranslatableText({"en": Translation("Food")})),
        (
            TextByLanguage(),
            "{es: Comida, en: Food}",
            TranslatableText({"en": Translation("Food"), "es": Translation("Comida", "fresh")}),
        ),
        (
            TextByLanguage(),
            "{en: Food, es: , vi: Thức ăn}",
            TranslatableText({"en": Translation("Food"), "vi": Translation("Thức ăn", "fresh")}),
        ),
        (WORDS, "{en: [food, bread], es: }", {"en": ("food", "bread")}),
        (WORDS, "{en: [], es: [pan]}", {"es": ("pan",)}),
        (CODES, "{open: [a, b], none: [], wrong: x}", {"open": ("a", "b")}),
    ],
)
def test_values_are_read_by_language_and_by_scheme(reader: Any, written: str, value: object) -> None:
    assert read(reader, written)[0] == value


def test_the_source_language_comes_first_and_each_text_knows_its_place() -> None:
    text, _, reading = read(TextByLanguage(), "{ar: طعام, es: Comida, en: Food}")

    assert list(text.translations) == ["en", "ar", "es"]
    assert reading.places == {"types.food.name.ar": (1, 12), "types.food.name.es": (1, 22), "types.food.name.en": (1, 34)}


@pytest.mark.parametrize(
    ("reader", "written", "code", "message", "hint"),
    [
        (TextByLanguage(3), "Food", "too-long", "'name' is 4 characters long; the limit is 3", "Shorten"),
        (TextByLanguage(3), "{en: Food, es: A}", "too-long", "'name' is 4 characters long", "Shorten"),
        (TextByLanguage(), "[Food]", "wrong-shape", "'name' has a list", "Write the text in each language, such as  {en: Food, es: Comida}"),
        (TextByLanguage(), "{}", "empty", "'name' has no text", "Write the text in each language"),
        (TextByLanguage(), "{es: Comida}", "missing", "'name' has no text in en, the first language of the guide", "Add  en: …"),
        (TextByLanguage(), "{en: Food, ess: Comida}", "language", "'ess' is not the code of a language", "Did you mean:  es"),
        (TextByLanguage(), "{en: Food, Spanish: Comida}", "language", "'Spanish' is not the code", "The guide's languages are:  en, es"),
        (WORDS, "[food]", "wrong-shape", "'name' has a list", "Write a list for each language, such as  {en: [ESL, learn English]}"),
        (WORDS, "{en: food}", "wrong-shape", "'en' needs a list, but has 'food'", "[food]"),
        (CODES, "[food]", "wrong-shape", "'name' has a list", "Write codes by classification"),
        (CODES, "{open: a}", "wrong-shape", "'open' needs a list, but has 'a'", "[a]"),
    ],
)  # fmt: skip
def test_what_is_not_by_language_is_said(reader: Any, written: str, code: str, message: str, hint: str) -> None:
    _, problems, _ = read(reader, written)

    assert problems[0].code == code
    assert message in problems[0].message
    assert hint in problems[0].hint


@pytest.mark.parametrize("reader", [TextByLanguage(), WORDS, CODES])
def test_a_list_gives_no_value(reader: Any) -> None:
    assert not read(reader, "[food]")[0]
