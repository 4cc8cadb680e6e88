"""Find text damaged by an old encoding, a layout program or a keyboard, and suggest the correct spelling.

Each check handles one script and reports only what never occurs in correct text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from guidegen.text import cldr, zawgyi

UNKNOWN = "und"
"""The code of a language that is not known (BCP 47): its texts are not checked."""
MAX_SHOWN = 120
"""Characters of a corrected text that a hint shows."""
_ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_ARABIC_WORD = re.compile(
    f"[\u0620-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc{_ARABIC_MARKS}]+"
)
_PRESENTED = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc]")
"""Without ornate parentheses, and without signs that are one character on purpose, such as that of the rial."""
_HEBREW_WORD = re.compile("[\u05d0-\u05ea]{2,}")
_RUN = re.compile(f"[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9](?:[!-~]*[0-9A-Za-z])?|.[{_ARABIC_MARKS}\u0591-\u05c7]*", re.DOTALL)
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class Misspelling:
    """What is wrong with a text, and its right form."""

    message: str
    hint: str
    code: str


@dataclass(frozen=True, slots=True)
class _Signs:
    """Letters that can only begin, or only end, a word of a language: they show whether a text is reversed.

    ``frequent`` are short words whose reversal is no word.
    """

    never_first: str
    often_last: str
    article: str = ""
    frequent: frozenset[str] = frozenset()


_SIGNS = {
    "ar": _Signs("ةى", "ةى", "ال", frozenset(["من", "في", "على", "إلى", "هذا", "التي", "الذي", "أن", "أو", "كان"])),
    "fa": _Signs("", "", "", frozenset(["از", "به", "این", "است", "برای", "را", "شما", "نیست"])),
    "ur": _Signs("ےں", "ےں"),
    "he": _Signs("ךםןףץ", "ךםןףץ"),
    "yi": _Signs("ךםןףץ", "ךםןףץ"),
}


def misspellings(line: str, language: str) -> Iterator[Misspelling]:
    """Yield what is wrong with the letters of a line of text in a language."""
    for check in _checks(language):
        yield from check(line)


def misspellings_in(text: str, language: str) -> Iterator[tuple[int, Misspelling]]:
    """Yield the same for each line of a text, with its number from 0. Costs nothing where the script has no check."""
    if _checks(language) and not text.isascii():
        for number, line in enumerate(text.split("\n")):
            yield from ((number, found) for found in misspellings(line, language))


@cache
def _checks(language: str) -> tuple[Callable[[str], Iterator[Misspelling]], ...]:
    script, base = cldr.script(language), language.partition("-")[0]
    if script == "Arab":
        return partial(_arabic, base), *((_persian,) if base == "fa" else ())
    if script == "Hebr":
        return (partial(_hebrew, base),)
    if script == "Hani":
        return (partial(_chinese, "、" if base == "ja" else "，"),)
    return (_burmese,) if base == "my" else ()


# --- Arabic, Hebrew ------------------------------------------------------------------------------


def _arabic(language: str, text: str) -> Iterator[Misspelling]:
    words = _ARABIC_WORD.findall(text)
    presented = [word for word in words if _PRESENTED.search(word)]
    plain = [unicodedata.normalize("NFKC", word) for word in words]
    if any(map(_is_visual, presented)) or _is_reversed(plain, language):
        yield _reversed_text(text)
    elif presented:
        message = f"'{presented[0]}' is in presentation forms, shapes of letters in place of the letters; search cannot find it"
        yield Misspelling(message, _written([(word, _composed(word)) for word in presented]), "presentation-forms")


def _composed(text: str) -> str:
    return _PRESENTED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _is_visual(word: str) -> bool:
    """Return whether the shapes of a word's first and last letter are those of the other end."""
    first, last = (unicodedata.decomposition(letter).partition(" ")[0] for letter in (word[0], word[-1]))
    return len(word) > 1 and (first in ("<final>", "<medial>") or last in ("<initial>", "<medial>"))


def _hebrew(language: str, text: str) -> Iterator[Misspelling]:
    if _is_reversed(_HEBREW_WORD.findall(text), language):
        yield _reversed_text(text)


def _is_reversed(words: list[str], language: str) -> bool:
    """Return whether all words are written from their last letter to their first, by signs of which none is to the contrary."""
    signs = _SIGNS.get(language)
    if signs is None:
        return False
    known = set(words)
    articles = [word for word in words if signs.article and len(word) > 3 and word.startswith(signs.article)]
    if articles or known & signs.frequent or any(len(word) > 1 and word[-1] in signs.often_last for word in words):
        return False
    if any(len(word) > 2 and word[0] in signs.never_first for word in words):
        return True
    backwards = known & {word[::-1] for word in signs.frequent}
    ends = sum(len(word) > 4 and word.endswith(signs.article[::-1]) for word in words) if signs.article else 0
    return len(backwards) > 1 or (bool(backwards) and ends > 1)


def _reversed_text(text: str) -> Misspelling:
    message = f"'{_shortened(text, 40)}' is in reversed order: each word begins with its last letter"
    runs = "".join(reversed(_RUN.findall(text))).translate(_MIRRORED)
    return Misspelling(message, f"Write  {_shortened(_composed(runs))}", "reversed-text")


# --- Persian -------------------------------------------------------------------------------------

_PRESENT = (
    "شو|کن|توان|خواه|دان|گوی|رو|آی|باش|ده|گیر|دار|رس|خوان|نویس|بین|یاب|افت|پرداز|مان|خور|فروش|خر|ساز|پذیر|گذار|گذر|فرست|آموز|زن|بر"
    "|آور|شناس|جوی|گرد|پرس|کوش|خواب|نشین|ایست|افزای|پوش|شنو|میر|ترس|رسان|گردان"
)
_PAST = (
    "شد|کرد|توانست|خواست|دانست|گفت|رفت|آمد|بود|داد|گرفت|داشت|رسید|خواند|نوشت|دید|یافت|افتاد|پرداخت|ماند|خورد|فروخت|خرید|ساخت|پذیرفت"
    "|گذاشت|گذشت|فرستاد|آموخت|زد|برد|آورد|شناخت|گشت|پرسید|کوشید|خوابید|نشست|ایستاد|افزود|پوشید|شنید|مرد|ترسید|رساند"
)
_VERB = f"(?:(?:{_PRESENT})(?:م|ی|د|یم|ید|ند)|(?:{_PAST})(?:م|ی|یم|ید|ند)?|توان)"
_NO_JOINER = re.compile(
    rf"(?<![\w\u200c])(?<!ماه )(?<![0-9\u06f0-\u06f9] )(ن?می)[ \u00a0]({_VERB})(?![\w\u200c])"  # "می" is also the month of May
    r"|(?<![\w\u200c])(?!ها )([\u0621-\u06d3\u200c]{2,})[ \u00a0](ها(?:ی|یی|یش|یشان|یتان|یمان)?)(?![\w\u200c])"
)


def _persian(text: str) -> Iterator[Misspelling]:
    """The prefix of a verb and the ending of a plural, which a zero-width non-joiner keeps apart and together."""
    found = [(match[0], "\u200c".join(filter(None, match.groups()))) for match in _NO_JOINER.finditer(text)]
    if found:
        message = f"'{found[0][0]}' has a space where one word goes on: a zero-width non-joiner (half-space) belongs there"
        yield Misspelling(message, _written(found), "missing-joiner")


# --- Chinese, Japanese ---------------------------------------------------------------------------

_HAN = "\u3005\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NOT_PROSE = re.compile(r"`[^`\n]*`|(?<=\]\()[^)\s]*|[a-z]+://\S+|\[\[[^\]\n]*\]\]")
_HALF_WIDTH = re.compile(f"(?<=[{_HAN}])([,;:!?] ?|\\. )(?=[{_HAN}])")


def _chinese(comma: str, text: str) -> Iterator[Misspelling]:
    """Marks of the Latin script between two letters; a period without a space may stand in a name or a date."""
    full = {",": comma, ".": "。", ";": "；", ":": "：", "!": "！", "?": "？"}
    prose = _NOT_PROSE.sub(lambda match: " " * len(match[0]), text)
    found = [(match.start(), match[1]) for match in _HALF_WIDTH.finditer(prose)]
    if found:
        pairs = [
            (text[start - 1 : start + len(mark) + 1], text[start - 1] + full[mark.strip()] + text[start + len(mark)])
            for start, mark in found
        ]
        message = f"'{pairs[0][0]}' has a half-width '{found[0][1].strip()}' between two characters of full width"
        yield Misspelling(message, _written(pairs), "half-width-punctuation")


# --- Burmese -------------------------------------------------------------------------------------


def _burmese(text: str) -> Iterator[Misspelling]:
    if zawgyi.is_zawgyi(text):
        message = f"'{_shortened(text, 40)}' is in Zawgyi, an old encoding that shows as wrong letters and search cannot read"
        yield Misspelling(message, f"Write it in Unicode:  {_shortened(zawgyi.to_unicode(text))}", "zawgyi")


# -------------------------------------------------------------------------------------------------


def _written(pairs: list[tuple[str, str]]) -> str:
    """A hint with the right forms of the first three words."""
    right = list(dict.fromkeys(new for _, new in pairs))
    more = f"   (and {len(right) - 3} more in this line)" if len(right) > 3 else ""
    return f"Write  {',  '.join(right[:3])}{more}"


def _shortened(text: str, limit: int = MAX_SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
