"""Any text can be tokenized and read: the same in Python and JavaScript, in bounded time, without an error."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.search.analysis import MAX_TERM, normalize, normalize_for_storage, simplify_chinese, tokenize
from guidegen.search.lexicon import Name, weigh_names
from guidegen.search.query_lexicon import Lexicon
from tests.search.node import ask

pytestmark = pytest.mark.slow

LEXICON = Lexicon(
    weigh_names(
        [Name("type:food", "en", "food bank"), Name("type:food", "zh-Hans", "食物银行"), Name("fact:free", "ar", "مجاني")]
    ),
    "en",
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80))
def test_normalized_text_has_the_same_terms(text: str) -> None:
    assert tokenize(normalize_for_storage(text)) == tokenize(text)
    assert all(0 < len(term) <= max(MAX_TERM, 60) for term in tokenize(text))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80))
def test_normalizing_twice_changes_no_term(text: str) -> None:
    assert tokenize(normalize(text)) == tokenize(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["en", "ar", "zh-Hans", "xx"]))
def test_any_query_can_be_read(text: str, language: str) -> None:
    for match in LEXICON.interpret(text, language):
        assert 0 < match.share <= 1


def test_python_and_javascript_tokenize_any_letters_alike() -> None:
    rng = random.Random(8)  # noqa: S311  # not for secrets
    letters = [chr(code) for code in range(0x20, 0x2FFFF) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    texts = ["".join(rng.choice(letters) for _ in range(rng.randrange(1, 12))) for _ in range(3_000)]

    answers = ask("analysis", {"pairs": list(simplify_chinese().items()), "texts": texts})

    assert [(text, tokenize(text)) for text in texts] == list(zip(texts, answers, strict=True))
