"""Find text damaged by an old encoding, a layout program or a keyboard, and suggest the correct spelling.

Each check handles one script and reports only what never occurs in correct text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, partial

from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text import cldr, typography, zawgyi

UNKNOWN_LANGUAGE = "und"
"""BCP 47 tag of an unknown language, whose texts are not checked."""
MAX_SHOWN = 120
"""Maximum number of characters of corrected text in a hint."""
_ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_ARABIC_WORD = compile_lazily(
    f"[\u0620-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc{_ARABIC_MARKS}]+"
)
_PRESENTATION_FORM = compile_lazily("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc]")
"""Excludes ornate parentheses, and signs that are meant to be one character, such as the rial sign."""
_HEBREW_WORD = compile_lazily("[\u05d0-\u05ea]{2,}")
_RUN = compile_lazily(f"[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9](?:[!-~]*[0-9A-Za-z])?|.[{_ARABIC_MARKS}\u0591-\u05c7]*", re.DOTALL)
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A misspelling: its message, a hint with the correct text, and the code of the problem."""

    message: str
    hint: str
    code: str


@dataclass(frozen=True, slots=True)
class _DirectionSigns:
    """Signs that show whether a text of one language is reversed.

    ``never_first`` are letters that never begin a word, ``often_last`` are letters that often end one, and ``frequent`` are
    short words whose reversal is not a word.
    """

    never_first: str
    often_last: str
    article: str = ""
    frequent: frozenset[str] = frozenset()


_DIRECTION_SIGNS = {
    "ar": _DirectionSigns("ةى", "ةى", "ال", frozenset(["من", "في", "على", "إلى", "هذا", "التي", "الذي", "أن", "أو", "كان"])),
    "fa": _DirectionSigns("", "", "", frozenset(["از", "به", "این", "است", "برای", "را", "شما", "نیست"])),
    "ur": _DirectionSigns("ےں", "ےں"),
    "he": _DirectionSigns("ךםןףץ", "ךםןףץ"),
    "yi": _DirectionSigns("ךםןףץ", "ךםןףץ"),
}


def find_misspellings(line: str, language: str) -> Iterator[Misspelling]:
    """Yield the misspellings in one line of text."""
    yield from _check_encoding(line)
    for check in _find_checks(language):
        yield from check(line)
    faults = dict.fromkeys(typography.find_faults(line, language))
    if faults:
        typed = _shorten(next(iter(faults)).typed, 40)
        corrections = [fault.correct for fault in faults]
        yield Misspelling(f"'{typed}' is not how it is written", _suggest(corrections), "typography")


def find_misspellings_by_line(text: str, language: str) -> Iterator[tuple[int, Misspelling]]:
    """Yield the misspellings in each line of a text, with the line number from 0.

    This returns at once if the text is ASCII.
    """
    if not text.isascii():
        for number, line in enumerate(text.split("\n")):
            yield from ((number, misspelling) for misspelling in find_misspellings(line, language))


@cache
def _find_checks(language: str) -> tuple[Callable[[str], Iterator[Misspelling]], ...]:
    script, base = cldr.script(language), language.partition("-")[0]
    if script == "Arab":
        return partial(_check_arabic, base), *((_check_persian,) if base == "fa" else ())
    if script == "Hebr":
        return (partial(_check_hebrew, base),)
    if script == "Hani":
        return (partial(_check_punctuation, "、" if base == "ja" else "，"),)
    return (_check_burmese,) if base == "my" else ()


_READ_AS_LATIN = compile_lazily(
    "Ã[\xa1-\xaa\xac-\xba\xbc-\xbf\u0192\u2020-\u2022\u2030\u0152\u0153\u0160\u0161\u017d\u017e\u0178]|Â[\xa1-\xa9\xae-\xb7\xbf]|â€[\x80-\x9f\u201c\u201d\u2122\u02dc\u0153\xa2\xa6]"
)
"""UTF-8 that was read as Windows-1252: "Ã©" for "é", "â€“" for a dash. No language has these pairs; quotation marks, which may
follow a capital letter, are left out."""


def _check_encoding(text: str) -> Iterator[Misspelling]:
    broken = [match[0] for match in _READ_AS_LATIN.finditer(text)]
    if broken:
        corrected = _READ_AS_LATIN.sub(lambda match: _read_as_utf_8(match[0]), text)
        yield Misspelling(
            f"'{broken[0]}' comes from a file that was read in a wrong encoding",
            f"Write  {_shorten(corrected)}",
            "wrong-encoding",
        )


def _read_as_utf_8(broken: str) -> str:
    raw = b"".join(bytes([ord(sign)]) if ord(sign) < 256 else sign.encode("cp1252") for sign in broken)
    return raw.decode("utf-8", "replace")


# --- Arabic, Hebrew ------------------------------------------------------------------------------


def _check_arabic(language: str, text: str) -> Iterator[Misspelling]:
    words = _ARABIC_WORD.findall(text)
    affected = [word for word in words if _PRESENTATION_FORM.search(word)]
    normalized = [unicodedata.normalize("NFKC", word) for word in words]
    if any(map(_is_in_visual_order, affected)) or _is_reversed(normalized, language):
        yield _describe_reversed(text)
    elif affected:
        message = f"'{affected[0]}' is in presentation forms, shapes of letters in place of the letters; search cannot find it"
        yield Misspelling(message, _suggest([_replace_presentation_forms(word) for word in affected]), "presentation-forms")


def _replace_presentation_forms(text: str) -> str:
    return _PRESENTATION_FORM.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _is_in_visual_order(word: str) -> bool:
    """Return whether a word starts with a final or medial form, or ends with an initial or medial form."""
    first, last = (unicodedata.decomposition(letter).partition(" ")[0] for letter in (word[0], word[-1]))
    return len(word) > 1 and (first in ("<final>", "<medial>") or last in ("<initial>", "<medial>"))


def _check_hebrew(language: str, text: str) -> Iterator[Misspelling]:
    if _is_reversed(_HEBREW_WORD.findall(text), language):
        yield _describe_reversed(text)


def _is_reversed(words: list[str], language: str) -> bool:
    """Return whether the letters of all words are in reversed order. Any sign of the correct order means no."""
    signs = _DIRECTION_SIGNS.get(language)
    if signs is None:
        return False
    distinct_words = set(words)
    has_article = any(signs.article and len(word) > 3 and word.startswith(signs.article) for word in words)
    if has_article or distinct_words & signs.frequent or any(len(word) > 1 and word[-1] in signs.often_last for word in words):
        return False
    if any(len(word) > 2 and word[0] in signs.never_first for word in words):
        return True
    reversed_frequent = distinct_words & {word[::-1] for word in signs.frequent}
    reversed_articles = sum(len(word) > 4 and word.endswith(signs.article[::-1]) for word in words) if signs.article else 0
    return len(reversed_frequent) > 1 or (bool(reversed_frequent) and reversed_articles > 1)


def _describe_reversed(text: str) -> Misspelling:
    message = f"'{_shorten(text, 40)}' is in reversed order: each word begins with its last letter"
    corrected = "".join(reversed(_RUN.findall(text))).translate(_MIRRORED)
    return Misspelling(message, f"Write  {_shorten(_replace_presentation_forms(corrected))}", "reversed-text")


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
_NO_JOINER = compile_lazily(
    rf"(?<![\w\u200c])(?<!ماه )(?<![0-9\u06f0-\u06f9] )(ن?می)[ \u00a0]({_VERB})(?![\w\u200c])"  # "می" is also the month of May
    r"|(?<![\w\u200c])(?!ها )([\u0621-\u06d3\u200c]{2,})[ \u00a0](ها(?:ی|یی|یش|یشان|یتان|یمان)?)(?![\w\u200c])"
)


def _check_persian(text: str) -> Iterator[Misspelling]:
    """Find spaces before a plural ending or after a verb prefix, where Persian has a zero-width non-joiner."""
    matches = list(_NO_JOINER.finditer(text))
    if matches:
        message = f"'{matches[0][0]}' has a space where one word goes on: a zero-width non-joiner (half-space) belongs there"
        corrected = ["\u200c".join(filter(None, match.groups())) for match in matches]
        yield Misspelling(message, _suggest(corrected), "missing-joiner")


# --- Chinese, Japanese ---------------------------------------------------------------------------

_HAN = "\u3005\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NOT_PROSE = compile_lazily(r"`[^`\n]*`|(?<=\]\()[^)\s]*|[a-z]+://\S+|\[\[[^\]\n]*\]\]")
_HALF_WIDTH = compile_lazily(f"(?<=[{_HAN}])([,;:!?] ?|\\. )(?=[{_HAN}])")


def _check_punctuation(comma: str, text: str) -> Iterator[Misspelling]:
    """Find half-width punctuation between two Chinese or Japanese characters.

    A period counts only if a space follows, because names and dates may have a period without one.
    """
    full_width = {",": comma, ".": "。", ";": "；", ":": "：", "!": "！", "?": "？"}
    prose = _NOT_PROSE.sub(lambda match: " " * len(match[0]), text)
    matches = list(_HALF_WIDTH.finditer(prose))
    if matches:
        first = matches[0]
        excerpt = text[first.start() - 1 : first.end() + 1]
        message = f"'{excerpt}' has a half-width '{first[1].strip()}' between two characters of full width"
        corrected = [text[match.start() - 1] + full_width[match[1].strip()] + text[match.end()] for match in matches]
        yield Misspelling(message, _suggest(corrected), "half-width-punctuation")


# --- Burmese -------------------------------------------------------------------------------------


def _check_burmese(text: str) -> Iterator[Misspelling]:
    if zawgyi.is_zawgyi(text):
        message = f"'{_shorten(text, 40)}' is in Zawgyi, an old encoding that shows as wrong letters and search cannot read"
        yield Misspelling(message, f"Write it in Unicode:  {_shorten(zawgyi.to_unicode(text))}", "zawgyi")


# -------------------------------------------------------------------------------------------------


def _suggest(corrected: list[str]) -> str:
    """Return a hint with the first three distinct corrections."""
    corrections = list(dict.fromkeys(corrected))
    remainder = f"   (and {len(corrections) - 3} more in this line)" if len(corrections) > 3 else ""
    return f"Write  {',  '.join(corrections[:3])}{remainder}"


def _shorten(text: str, limit: int = MAX_SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
