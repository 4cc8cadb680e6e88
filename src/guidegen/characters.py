"""Characters that nobody can see, and that must not stand in content."""

import re
from collections.abc import Iterator

# Controls, bidi overrides and isolates, zero-width and other default-ignorable characters. ZWNJ (U+200C) and
# ZWJ (U+200D) are part of the spelling of Persian, Hindi and emoji; variation selectors choose a glyph.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def shown_code_point(character: str) -> str:
    """The character's number, the only way to show it."""
    return f"U+{ord(character):04X}"


def invisible_characters(text: str) -> Iterator[tuple[int, str]]:
    """Each character that must not stand in content, with its offset."""
    return ((match.start(), match.group()) for match in _INVISIBLE.finditer(text))


def without_invisible(text: str) -> str:
    """The text without them."""
    return _INVISIBLE.sub("", text)
