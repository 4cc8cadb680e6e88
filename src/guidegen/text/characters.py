"""Find and remove characters that are invisible or that look different on every device."""

import unicodedata
from collections.abc import Iterator

from guidegen.patterns import compile_lazily

# Controls, bidi overrides and isolates, zero-width, blank and other default-ignorable characters, and noncharacters. ZWNJ
# (U+200C) and ZWJ (U+200D) are part of the spelling of Persian, Hindi and emoji; variation selectors choose a glyph.
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U00013430-\U0001345f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# The meaning of private-use characters depends on the font; most readers see an empty box or nothing.
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_JOINERS, _VARIANTS = "\u200c\u200d", "\ufe00-\ufe0f"
# No spelling has joiners between Latin letters or two in a row. A row of variation selectors can hide a whole text.
_UNWANTED = compile_lazily(
    f"[{_INVISIBLE}{_PRIVATE}]|(?<=[A-Za-z])[{_JOINERS}](?=[A-Za-z])|(?<=[A-Za-z])[{_VARIANTS}]"
    f"|(?<=[{_JOINERS}])[{_JOINERS}]|(?<=[{_VARIANTS}])[{_VARIANTS}]"
)
_CANDIDATE = compile_lazily(f"[{_INVISIBLE}{_PRIVATE}{_JOINERS}{_VARIANTS}]")
"""All characters that ``_UNWANTED`` can match. Few texts have any, and this search takes a fifth of the time."""
_IS_PRIVATE = compile_lazily(f"[{_PRIVATE}]")
_MARK_CANDIDATES = compile_lazily(r"[^\w\s\x00-\x7f]{4,}")
"""Runs that may contain a stack of combining marks, which ``\\w`` does not match."""
MAX_ACCENTS = 3
"""Maximum number of Latin accents on one letter. Vietnamese uses two, phonetic alphabets three."""
MAX_MARKS = 8
"""Maximum number of combining marks of any script on one letter. Burmese and Tibetan use up to six."""
_ACCENTS = compile_lazily("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def find_unwanted(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and a description of each character or stack of marks that must not be in content."""
    for match in _UNWANTED.finditer(text) if _CANDIDATE.search(text) else ():
        description = "a character that only one font can show" if _IS_PRIVATE.match(match[0]) else "an invisible character"
        yield match.start(), f"{description} ({format_code_point(match[0])})"
    for start, end in _find_stacks(text):
        yield start, f"a pile of {end - start} accents on one letter"


def normalize_nfc(text: str) -> str:
    """Return the text in Unicode normalization form C, so that equal letters are equal characters.

    Text is normalized only after its line and column in the file are known, because those count the original characters.
    """
    return unicodedata.normalize("NFC", text)


def format_code_point(character: str) -> str:
    """Return the code point of a character in the form ``U+200B``."""
    return f"U+{ord(character):04X}"


def remove_unwanted(text: str) -> str:
    """Return the text without the characters that ``find_unwanted`` finds. A stack of marks is cut to ``MAX_ACCENTS``."""
    parts, offset = [], 0
    for start, end in _find_stacks(text):
        parts.append(text[offset : start + MAX_ACCENTS])
        offset = end
    return _UNWANTED.sub("", "".join(parts) + text[offset:])


def _find_stacks(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of combining marks that is longer than in any spelling."""
    if text.isascii():
        return
    for candidate in _MARK_CANDIDATES.finditer(text):
        start = candidate.start()
        for offset in range(candidate.start(), candidate.end() + 1):
            if offset < candidate.end() and unicodedata.category(text[offset]) in ("Mn", "Mc", "Me", "Cf"):
                continue
            marks = "".join(mark for mark in text[start:offset] if unicodedata.category(mark) != "Cf")
            if len(marks) > MAX_MARKS or len(_ACCENTS.findall(marks)) > MAX_ACCENTS:
                yield start, offset
            start = offset + 1
