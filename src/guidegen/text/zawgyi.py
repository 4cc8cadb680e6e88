"""Detect Burmese text in Zawgyi, and convert it to Unicode.

Zawgyi is a font encoding from before 2019 that uses the code points of Unicode with another meaning and order. Google's
myanmar-tools detects it with a statistical model and converts it with ICU. This module needs neither: it looks for sequences that
do not occur in Unicode text, and has the conversion rules of Unicode Technical Note 11 and CLDR's transform ``Zawgyi-my``.
"""

import re
import unicodedata

from guidegen.patterns import compile_lazily

_BURMESE = compile_lazily("[\u1000-\u109f]")
_SIGNS = compile_lazily(
    "[\u1033\u1034\u1060-\u1097]"  # stacked letters, which are letters of Mon, Karen and Shan in Unicode
    "|(?<![\u1000-\u102a\u103b-\u103f])\u1031"  # vowel e before its consonant, in visual order
    "|(?<![\u1000-\u1021\u1025\u103a\u103f])\u103b"  # ra before its consonant, in visual order
    "|\u1039(?![\u1000-\u1021])"  # a visible virama, which is U+103A in Unicode
)
_MAX_LETTERS_PER_SIGN = 25
"""Maximum number of letters per sign of Zawgyi. If there are fewer signs, they are typing mistakes in Unicode text."""

_STACKED = dict(
    zip(
        "\u1060\u1061\u1062\u1063\u1065\u1066\u1067\u1068\u1069\u106c\u106d\u1070\u1071\u1072\u1073\u1074\u1075\u1076\u1077\u1078\u1079"
        "\u107a\u107b\u1093\u107c\u1085",
        "ကခဂဃစဆဆဇဈဋဌဏတတထထဒဓနပဖဗဘဘမလ",
        strict=True,
    )
)
"""Subscript letters, each of which has its own character in Zawgyi."""
_KINZI = "\ue000"
"""Placeholder for the raised nga (kinzi) until its syllable is reordered."""
_LETTERS = str.maketrans(
    {
        **{stacked: f"\u1039{letter}" for stacked, letter in _STACKED.items()},
        **dict.fromkeys("\u107e\u107f\u1080\u1081\u1082\u1083\u1084", "\u103c"),
        "\u1039": "\u103a", "\u103a": "\u103b", "\u103b": "\u103c", "\u103c": "\u103d", "\u103d": "\u103e", "\u107d": "\u103b",
        "\u1033": "\u102f", "\u1034": "\u1030", "\u105a": "\u102b\u103a", "\u106a": "\u1009", "\u106b": "\u100a",
        "\u106e": "\u100d\u1039\u100d", "\u106f": "\u100d\u1039\u100e",
        "\u1091": "\u100f\u1039\u100d", "\u1092": "\u100b\u1039\u100c",
        "\u1086": "\u103f", "\u1087": "\u103e", "\u1088": "\u103e\u102f", "\u1089": "\u103e\u1030", "\u108a": "\u103d\u103e",
        "\u1064": _KINZI, "\u108b": _KINZI + "\u102d", "\u108c": _KINZI + "\u102e", "\u108d": _KINZI + "\u1036",
        "\u108e": "\u102d\u1036", "\u108f": "\u1014", "\u1090": "\u101b", "\u1094": "\u1037", "\u1095": "\u1037",
        "\u1096": "\u1039\u1010\u103d", "\u1097": "\u100b\u1039\u100b",
    }
)  # fmt: skip
_SYLLABLE = compile_lazily(
    f"(\u1031?)(\u103c?)([\u1000-\u1021\u1025\u1029\u103f])((?:\u1039[\u1000-\u1021])*)([\u103b\u103d\u103e]*)({_KINZI}?)"
)
_BEFORE_REORDERING = (
    ("\u1040(?=[\u102b-\u1030\u1032\u1036\u103d\u103e])|(?<=\u1031)\u1040", "\u101d"),  # a zero for wa
    ("\u1047(?=[\u102b-\u1030\u1032\u1036\u103d\u103e])|(?<=\u1031)\u1047", "\u101b"),  # a seven for ra
)
_AFTER_REORDERING = (
    ("([\u102f\u1030])([\u102d\u102e\u1032])", r"\2\1"),
    ("\u1036([\u102f\u1030])", "\\1\u1036"),
    ("([\u102d-\u1030\u1032\u1036-\u1038\u103a])\\1+", r"\1"),
    ("\u1025(?=\u1037?[\u103a\u102c])", "\u1009"),
    ("\u1025\u102e", "\u1026"),
    ("\u1005\u103b", "\u1008"),
    ("\u1038\u103a", "\u103a\u1038"),
)


def is_zawgyi(text: str) -> bool:
    """Return whether a Burmese text is in Zawgyi."""
    return len(_SIGNS.findall(text)) * _MAX_LETTERS_PER_SIGN >= max(len(_BURMESE.findall(text)), 1)


def to_unicode(text: str) -> str:
    """Convert a text from Zawgyi to Unicode."""
    text = text.translate(_LETTERS)
    for pattern, replacement in _BEFORE_REORDERING:
        text = re.sub(pattern, replacement, text)
    text = _SYLLABLE.sub(_reorder_syllable, text)
    for pattern, replacement in _AFTER_REORDERING:
        text = re.sub(pattern, replacement, text)
    return unicodedata.normalize("NFC", text)


def _reorder_syllable(match: re.Match[str]) -> str:
    """Return a syllable in Unicode order: kinzi, consonant, stacked consonants, medials (ya, ra, wa, ha), then the vowel."""
    vowel, ra, letter, stacked, medials, kinzi = match.groups()
    return ("\u1004\u103a\u1039" if kinzi else "") + letter + stacked + "".join(sorted(ra + medials)) + vowel
