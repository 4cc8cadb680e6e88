"""Find marks and spellings that a language's own typography does not have, in translations above all.

Each check belongs to one language and gives the right form.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from guidegen.patterns import compile_lazily
from guidegen.records import dataclass

_NOT_PROSE = compile_lazily(r"`[^`\n]*`|\]\([^)\s]*\)|[a-z]+://\S+|\[\[[^\]\n]*\]\]|<[^>\n]*>", re.IGNORECASE)
_QUOTED = compile_lazily(r'(?<![\w=])"([^"\n]{1,200})"(?!\w)')
_QUOTES = {
    "ar": "«{}»", "fa": "«{}»", "ps": "«{}»", "uk": "«{}»", "ru": "«{}»", "fr": "«\u202f{}\u202f»", "zh": "“{}”", "am": "«{}»",
}  # fmt: skip
"""Quotation marks of languages whose readers find straight ones wrong (CLDR, "delimiters")."""
_UKRAINIAN_APOSTROPHE = compile_lazily(r"(?<=[бпвмфшкхгдтзсчжрн])['`´\u02bc\u2018](?=[яюєї])", re.IGNORECASE)
_HALF_WIDTH_BRACKET = compile_lazily(r"(?<=[\u4e00-\u9fff])[()]|[()](?=[\u4e00-\u9fff])")
_ARABIC_WORD = compile_lazily(r"[\u0621-\u064a\u064b-\u0652]+")


@dataclass(frozen=True, slots=True)
class TypographyFault:
    """What is wrong in a line: the text as typed, and the right form."""

    typed: str
    correct: str


def find_faults(line: str, language: str) -> Iterator[TypographyFault]:
    """Yield what a language's typography does not have in a line of text."""
    base = language.partition("-")[0]
    prose = _NOT_PROSE.sub(lambda match: " " * len(match[0]), line)
    if base in _QUOTES and '"' in prose:
        for match in _QUOTED.finditer(prose):
            if any(not letter.isascii() for letter in match[1]) or base == "fr":
                yield TypographyFault(match[0], _QUOTES[base].format(match[1]))
    if base == "uk":
        for match in _UKRAINIAN_APOSTROPHE.finditer(prose):
            word = _word_around(prose, match.start())
            yield TypographyFault(word, _UKRAINIAN_APOSTROPHE.sub("’", word))
    elif base == "zh":
        for match in _HALF_WIDTH_BRACKET.finditer(prose):
            around = prose[max(match.start() - 3, 0) : match.end() + 3].strip()
            yield TypographyFault(around, around.replace("(", "（").replace(")", "）"))
    elif base == "ar":
        words = (match[0] for match in _ARABIC_WORD.finditer(prose))
        forms = _read_arabic_forms()
        yield from (TypographyFault(word, forms[word]) for word in words if word in forms)


@cache
def _read_arabic_forms() -> dict[str, str]:
    """Return frequent words that are often typed without their hamza or tanwin, with the right form."""
    text = Path(__file__).with_name("arabic_forms.txt").read_text(encoding="utf-8")
    return dict(line.split("=", 1) for line in text.split())


def _word_around(text: str, position: int) -> str:
    start = max(text.rfind(" ", 0, position), 0)
    end = text.find(" ", position)
    return text[start : end if end != -1 else len(text)].strip()
