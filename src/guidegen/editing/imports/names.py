"""Names as people write them, without capitals throughout; and keys that are unique."""

import re

_ACRONYMS = frozenset(
    ("usa", "us", "ymca", "ywca", "naacp", "ame", "umc", "uu", "ucc", "sda", "cogic", "elca", "va", "vfw", "wic", "snap", "esl",
     "aarp", "cap", "hiv", "aids", "lgbtq", "cdc", "dss", "dhs", "po", "ii", "iii", "iv", "nw", "ne", "sw", "se")
)  # fmt: skip
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with", "de", "del", "la", "y")
)
_SHORT_WORDS = frozenset(
    ("st", "mt", "ft", "dr", "rd", "ln", "ct", "pl", "hwy", "blvd", "pkwy", "mr", "mrs", "ms", "jr", "sr", "th", "nd", "rm",
     "bldg", "fl")
)  # fmt: skip
"""Short words without a vowel that are no acronyms."""


_MAX_KEY = 60
"""Letters of a key of a profile, a location or a service."""
_MIN_LETTERS = 8
"""Letters of a single word that is no acronym."""


def make_unique(base: str, taken: set[str]) -> str:
    """Return ``base``, or else ``base-2``, ``base-3`` …, whichever is free, and add it to those ``taken``."""
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base[: _MAX_KEY - len(str(number)) - 1].rstrip('-')}-{number}"
    taken.add(key)
    return key


def write_name(text: str) -> str:
    """Return a name in capitals with capitals only at the start of its words; other names stay as they are."""
    words = text.split()
    if len(words) == 1 and len(text) < _MIN_LETTERS:
        return text.strip()
    return write_place(text)


def write_place(text: str) -> str:
    """Return the name of a town or a street as ``write_name`` does. It is never an acronym."""
    words = text.split()
    if not text.isupper() or sum(map(str.isalpha, text)) < 3:
        return " ".join(words)
    return " ".join(_write_word(word, number) for number, word in enumerate(words))


def _write_word(word: str, number: int) -> str:
    letters = re.sub(r"[^A-Z]", "", word).lower()
    if letters in _ACRONYMS or (letters and not re.search("[aeiouy]", letters) and letters not in _SHORT_WORDS):
        return word
    if number and letters in _SMALL_WORDS:
        return word.lower()
    return re.sub(r"([A-Z]+)(?:(['’])([A-Z]+))?", _capitalize, word)


def _capitalize(part: re.Match[str]) -> str:
    """Return a word with a capital: O'BRIEN has two, BOB'S one."""
    first, apostrophe, rest = part[1].capitalize(), part[2] or "", part[3] or ""
    return first + apostrophe + (rest.capitalize() if len(first) == 1 and len(rest) > 1 else rest.lower())
