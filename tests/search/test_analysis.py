"""Python and JavaScript cut text alike, as the shared examples say."""

import json
from pathlib import Path

from guidegen.search.analysis import cut, fold, simplified, spelt
from tests.search.node import ask

EXAMPLES: list[tuple[str, list[str]]] = json.loads(Path(__file__).with_name("analysis.json").read_text(encoding="utf-8"))


def test_there_are_examples_of_every_script() -> None:
    assert len(EXAMPLES) >= 300
    assert len({text for text, _ in EXAMPLES}) == len(EXAMPLES)


def test_python_cuts_as_the_examples_say() -> None:
    assert [(text, cut(text)) for text, _ in EXAMPLES] == [(text, terms) for text, terms in EXAMPLES]


def test_javascript_cuts_as_the_examples_say() -> None:
    found = ask("analysis", {"pairs": list(simplified().items()), "texts": [text for text, _ in EXAMPLES]})

    assert list(zip([text for text, _ in EXAMPLES], found, strict=True)) == [(text, terms) for text, terms in EXAMPLES]


def test_what_is_stored_is_cut_as_the_text_itself() -> None:
    assert [text for text, terms in EXAMPLES if cut(spelt(text)) != terms] == []


def test_traditional_and_simplified_characters_are_one() -> None:
    assert fold("免費食物銀行") == fold("免费食物银行")
    assert fold("學習電腦") == fold("学习电脑")


def test_vowel_signs_that_make_the_word_are_kept() -> None:
    assert cut("ကျောင်း") != cut("ကျင်း")
    assert cut("हिंदी") != cut("हद")
