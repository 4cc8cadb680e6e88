"""Encode numbers and sorted texts for the index files: short, and fast to decode in a browser."""

from collections.abc import Iterable, Iterator, Sequence

from guidegen.search.similarity import shared_prefix_length

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ZERO = ord("0")


def encode_number(value: int) -> str:
    """Return a number in base 36."""
    if value < 36:
        return _DIGITS[value]
    return encode_number(value // 36) + _DIGITS[value % 36]


def encode_digit(value: int) -> str:
    """Return a small number as one character, counted from "0"."""
    return chr(_ZERO + value)


def encode_differences(numbers: Sequence[int]) -> str:
    """Return ascending numbers as differences, most of them one character: 3, 5, 53 is "32a0"."""
    return "".join(_encode_difference(number - previous) for previous, number in zip([0, *numbers], numbers, strict=False))


def _encode_difference(value: int) -> str:
    """Return a number whose last digit is one of 48 characters and whose earlier digits are of 16 others, which mark them."""
    digits = encode_digit(value % 48)
    rest = value // 48
    while rest:
        digits = encode_digit(48 + rest % 16) + digits
        rest //= 16
    return digits


def encode_sorted(texts: Iterable[str]) -> Iterator[str]:
    """Yield each sorted text as the length of the prefix it shares with the previous one (one base-36 digit) and the rest."""
    previous = ""
    for text in texts:
        shared = min(shared_prefix_length(previous, text), 35)
        yield _DIGITS[shared] + text[shared:]
        previous = text
