"""Characters that must not be in content: nobody can see them, or every reader sees something else."""

import re
import unicodedata
from collections.abc import Iterator

# Controls, bidi overrides and isolates, zero-width, blank and other default-ignorable characters, and noncharacters. ZWNJ
# (U+200C) and ZWJ (U+200D) are part of the spelling of Persian, Hindi and emoji; variation selectors choose a glyph.
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U00013430-\U0001345f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Private-use characters mean what one font says; readers see an empty box, or nothing.
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_JOINERS, _VARIANTS = "\u200c\u200d", "\ufe00-\ufe0f"
# Between Latin letters, and more than once, they are in no spelling; a row of variation selectors can hide a whole text.
_UNWANTED = re.compile(
    f"[{_INVISIBLE}{_PRIVATE}]|(?<=[A-Za-z])[{_JOINERS}](?=[A-Za-z])|(?<=[A-Za-z])[{_VARIANTS}]"
    f"|(?<=[{_JOINERS}])[{_JOINERS}]|(?<=[{_VARIANTS}])[{_VARIANTS}]"
)
_IS_PRIVATE = re.compile(f"[{_PRIVATE}]")
_SIGNS = re.compile(r"[^\w\s\x00-\x7f]{4,}")
"""A run in which a pile of marks may be: combining marks are no letters to ``re``."""
MAX_ACCENTS = 3
"""Marks of the Latin kind on one letter. Vietnamese has two, phonetic alphabets three."""
MAX_MARKS = 8
"""Marks of any script on one letter. Burmese and Tibetan have up to six."""
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def unwanted(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each character, or pile of marks, that must not be in content, and what it is, in words."""
    for match in _UNWANTED.finditer(text):
        kind = "a character that only one font can show" if _IS_PRIVATE.match(match[0]) else "an invisible character"
        yield match.start(), f"{kind} ({shown_code_point(match[0])})"
    for start, end in _piles(text):
        yield start, f"a pile of {end - start} accents on one letter"


def composed(text: str) -> str:
    """Return the text in Unicode's normal form C, in which the same letters are always the same characters.

    Texts are composed where they are read, after their lines and columns are known: those are counted as the file has them.
    """
    return unicodedata.normalize("NFC", text)


def shown_code_point(character: str) -> str:
    """Return the character's number, the only way to show it: ``U+200B``."""
    return f"U+{ord(character):04X}"


def without_unwanted(text: str) -> str:
    """Return the text without these characters; of a pile of marks, all that are too many are left out."""
    parts, place = [], 0
    for start, end in _piles(text):
        parts.append(text[place : start + MAX_ACCENTS])
        place = end
    return _UNWANTED.sub("", "".join(parts) + text[place:])


def _piles(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each run of combining marks that is higher than any spelling."""
    if text.isascii():
        return
    for signs in _SIGNS.finditer(text):
        start = signs.start()
        for offset in range(signs.start(), signs.end() + 1):
            if offset < signs.end() and unicodedata.category(text[offset]) in ("Mn", "Mc", "Me", "Cf"):
                continue
            marks = "".join(mark for mark in text[start:offset] if unicodedata.category(mark) != "Cf")
            if len(marks) > MAX_MARKS or len(_ACCENTS.findall(marks)) > MAX_ACCENTS:
                yield start, offset
            start = offset + 1
