"""How numbers and sorted texts are written in the files of search: short, and quick to read in a browser."""

from collections.abc import Iterable, Iterator, Sequence

from guidegen.search.similarity import shared_beginning

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ZERO = ord("0")


def encode_number(value: int) -> str:
    """A number to the base of 36."""
    if value < 36:
        return _DIGITS[value]
    return encode_number(value // 36) + _DIGITS[value % 36]


def encode_digit(value: int) -> str:
    """A small number as one letter: those from "0" on."""
    return chr(_ZERO + value)


def encode_differences(numbers: Sequence[int]) -> str:
    """Rising numbers as differences, most of them one letter: 3, 5, 53 is "32a0"."""
    return "".join(_difference(now - before) for before, now in zip([0, *numbers], numbers, strict=False))


def _difference(value: int) -> str:
    """A number to the base of 48: the last of 48 letters, those before it of 16 others."""
    digits = encode_digit(value % 48)
    above = value // 48
    while above:
        digits = encode_digit(48 + above % 16) + digits
        above //= 16
    return digits


def encode_sorted(texts: Iterable[str]) -> Iterator[str]:
    """Sorted texts, each as the number of letters it shares with the one before (one digit in base 36), and the rest."""
    before = ""
    for text in texts:
        shared = min(shared_beginning(before, text), 35)
        yield _DIGITS[shared] + text[shared:]
        before = text
