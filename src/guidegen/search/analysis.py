"""The tokenizer: split text into terms, for the index and for queries alike.

``client/search/analysis.js`` does the same, and ``tests/search/analysis.json`` tests both: change them together. It uses no
dictionary of words, because the tokenizer of the index must also run on a cheap phone.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from guidegen.patterns import compile_lazily

MAX_TERM = 40
"""Maximum length of a term in characters; the rest is cut off."""

_MARKS = {*range(0x300, 0x370), *range(0x483, 0x488)}
_IGNORED = {
    *_MARKS,
    *map(ord, "'’‘ʼʻ´`′ـ\u00ad\ufeff"),  # apostrophes, tatweel, soft hyphen
    *range(0x610, 0x61B),  # Arabic signs and vowel marks
    *range(0x64B, 0x660),
    0x670,
    *range(0x6D6, 0x6DD),
    *range(0x200B, 0x2010),  # zero width, direction
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    *range(0xFE00, 0xFE10),
}
_VARIANTS = {
    **dict(zip("đðłøıґ", "ddloiг", strict=True)),
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ς": "σ",
    "ँ": "ं",
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىيئېۍێیےۓ", "ي"),
    "ؤ": "و",
    "ک": "ك",
    "ڪ": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ۂ": "ه",
    "ە": "ه",
    "ء": "",
}

_CLUSTERS = {
    "thai": re.compile("[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45]?|."),
    "lao": re.compile(
        "[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc-\u0edf][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]*[\u0eb0\u0eb2\u0eb3\u0ebd]?|."
    ),
    "khmer": re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3])*[\u17b4-\u17d1\u17d3\u17dd]*|."),
}
_LONG_NUMBER = compile_lazily(r"\+?\d(?:[ ().‐–/-]{0,3}\d){6,14}(?!\d)")
"""A phone number, however its digits are grouped."""
_BETWEEN_NUMBERS = compile_lazily(r"(?<=\d) (?=\d)")
"""The space between two numbers, with which they might look like one phone number."""
_COUNTRY_CODE = compile_lazily("^[1١۱](?=.{10}$)")
_ELISION = compile_lazily("(^|[\\W\\d_])(?:[ldjnmtsc]|qu)['’ʼ](?=[^\\W\\d_]{3})")
_ARTICLE = compile_lazily("(?:[وفبك]?ال|لل)(?=...)")


@cache
def simplify_chinese() -> dict[str, str]:
    """Return the simplified form of each traditional Chinese character."""
    table = json.loads(Path(__file__).with_name("traditional.json").read_text(encoding="utf-8"))
    return dict(zip(table["traditional"], table["simplified"], strict=True))


class _NormalizationTable(dict[int, str]):
    """A table for ``str.translate`` that normalizes characters and is filled on first use."""

    def __init__(self) -> None:
        super().__init__()
        self.simplified = simplify_chinese()

    def __missing__(self, code: int) -> str:
        self[code] = normalized = self._normalize(code)
        return normalized

    def _normalize(self, code: int) -> str:
        letter = chr(code)
        if code in _IGNORED:
            return ""
        if letter in _VARIANTS:
            return _VARIANTS[letter]
        if unicodedata.category(letter) == "Nd":  # Indic zeros are at code points that end in 6
            return str((code & 15) - (6 if 0x965 < code < 0xDF0 else 0))
        if code < 0x590 or 0x1E00 <= code < 0x2000:
            bare = "".join(part for part in unicodedata.normalize("NFD", letter) if ord(part) not in _MARKS)
            return "".join(_VARIANTS.get(part, part) for part in bare)
        return self.simplified.get(letter, letter)


_NORMALIZATION = _NormalizationTable()


@lru_cache(maxsize=65_536)
def normalize(text: str) -> str:
    """Return the text without what people often leave out: capitals, accents, vowel marks, variants of a letter.

    Vowel signs of Burmese, Thai, Khmer and Devanagari stay, because words differ by them. Traditional Chinese becomes
    simplified; digits of every script become 0 to 9.
    """
    plain = _LONG_NUMBER.sub(_join_digits, unicodedata.normalize("NFKC", text)).lower()
    return _ELISION.sub("\\1", plain).translate(_NORMALIZATION)


def _join_digits(number: re.Match[str]) -> str:
    """Return the digits of a phone number without the country code 1, so that each way to write it gives one term.

    Up to eight digits with a space may be two numbers ("I-765 2026"), and stay as they are.
    """
    digits = "".join(filter(str.isdecimal, number[0]))
    return number[0] if len(digits) < 9 and " " in number[0] else _COUNTRY_CODE.sub("", digits)


@lru_cache(maxsize=65_536)
def _tokenize_chunk(chunk: str) -> tuple[str, ...]:
    """Return the terms of a normalized text without spaces."""
    terms: list[str] = []
    start = 0
    for end in range(1, len(chunk) + 1):
        if end == len(chunk) or _classify(chunk[end]) != _classify(chunk[start]):
            terms.extend(_split_run(chunk[start:end]))
            start = end
    return tuple(terms)


@lru_cache(maxsize=65_536)
def _classify(letter: str) -> str:
    """Return how a run of such letters is split: "digits", "word" or a script without spaces; empty for separators."""
    code = ord(letter)
    if letter in "0123456789":
        return "digits"
    if unicodedata.category(letter)[0] not in "LM":
        return ""
    for kind, first, last in _SCRIPTS:
        if first <= code <= last:
            return kind
    return "word"


_SCRIPTS = (
    ("thai", 0xE00, 0xE7F),
    ("lao", 0xE80, 0xEFF),
    ("burmese", 0x1000, 0x109F),
    ("khmer", 0x1780, 0x17FF),
    ("han", 0x3005, 0x3007),
    ("han", 0x3040, 0x30FF),  # kana, which are mixed with Chinese characters
    ("han", 0x3400, 0x9FFF),
    ("burmese", 0xA9E0, 0xA9FF),
    ("burmese", 0xAA60, 0xAA7F),
    ("han", 0xF900, 0xFAFF),
    ("han", 0x20000, 0x3FFFF),
)


def _split_run(run: str) -> tuple[str, ...]:
    """Return the terms of a run of letters of one kind."""
    kind = _classify(run[0])
    if not kind:
        return ()
    if kind in ("digits", "word"):
        return (_ARTICLE.sub("", run, count=1)[:MAX_TERM] if _ARTICLE.match(run) else run[:MAX_TERM],)
    parts = list(run) if kind == "han" else _split_burmese(run) if kind == "burmese" else _CLUSTERS[kind].findall(run)
    return tuple(first + second for first, second in pairwise(parts)) or (run,)


def _split_burmese(run: str) -> list[str]:
    """Return the syllables of Burmese text: one starts at each letter that is not stacked and does not end a syllable."""
    syllables: list[str] = []
    for index, letter in enumerate(run):
        following = run[index + 1 : index + 3].removeprefix("\u1037")[:1]
        is_start = (
            ("\u1000" <= letter <= "\u102a" or letter == "\u103f")
            and following not in ("\u103a", "\u1039")
            and run[index - 1 : index] != "\u1039"
        )
        if is_start or not syllables:
            syllables.append(letter)
        else:
            syllables[-1] += letter
    return syllables


def tokenize(text: str) -> list[str]:
    """Return the terms of a text: words, numbers, and pairs of characters or syllables in scripts without spaces."""
    return [term for chunk in normalize(text).split() for term in _tokenize_chunk(chunk)]


def is_word(term: str) -> bool:
    """Return whether a term is a whole word, not a number or a pair of characters."""
    return _classify(term[0]) == "word"


def normalize_for_storage(text: str) -> str:
    """Return the text in lower case, with single spaces in place of everything but letters and digits.

    Tokenizing the result gives the same terms as tokenizing the text. Accents stay, because some words differ only in an accent.
    """
    lowercase = _LONG_NUMBER.sub(_join_digits, unicodedata.normalize("NFKC", text)).lower()
    words = " ".join(_ELISION.sub("\\1", lowercase).translate(_DISPLAY).split())
    return _BETWEEN_NUMBERS.sub(",", words)


class _DisplayTable(dict[int, str]):
    """A table for ``str.translate`` that keeps letters and digits and replaces separators with a space."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        normalized = letter.translate(_NORMALIZATION)
        if code in _MARKS:
            text = letter
        elif not normalized:
            text = ""
        else:
            text = letter if _classify(normalized[0]) else " "
        self[code] = text
        return text


_DISPLAY = _DisplayTable()


def join_terms(text: str) -> str:
    """Return the terms of a text, joined by spaces: equal for texts that search cannot tell apart."""
    return " ".join(tokenize(text))
