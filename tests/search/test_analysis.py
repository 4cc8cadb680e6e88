"""Python and JavaScript tokenize alike, as the shared examples say."""

import json
from pathlib import Path

from guidegen.search.analysis import normalize, normalize_for_storage, simplify_chinese, tokenize
from tests.search.node import ask

EXAMPLES: list[tuple[str, list[str]]] = json.loads(Path(__file__).with_name("analysis.json").read_text(encoding="utf-8"))


def test_there_are_examples_of_every_script() -> None:
    assert len(EXAMPLES) >= 300
    assert len({text for text, _ in EXAMPLES}) == len(EXAMPLES)


def test_python_tokenizes_as_the_examples_say() -> None:
    assert [(text, tokenize(text)) for text, _ in EXAMPLES] == [(text, terms) for text, terms in EXAMPLES]


def test_javascript_tokenizes_as_the_examples_say() -> None:
    answers = ask("analysis", {"pairs": list(simplify_chinese().items()), "texts": [text for text, _ in EXAMPLES]})

    assert list(zip([text for text, _ in EXAMPLES], answers, strict=True)) == [(text, terms) for text, terms in EXAMPLES]


def test_normalized_text_has_the_same_terms() -> None:
    assert [text for text, terms in EXAMPLES if tokenize(normalize_for_storage(text)) != terms] == []


def test_traditional_and_simplified_characters_are_the_same() -> None:
    assert normalize("免費食物銀行") == normalize("免费食物银行")
    assert normalize("學習電腦") == normalize("学习电脑")


def test_vowel_signs_that_distinguish_words_are_kept() -> None:
    assert tokenize("ကျောင်း") != tokenize("ကျင်း")
    assert tokenize("हिंदी") != tokenize("हद")
