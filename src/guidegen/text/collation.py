"""The alphabetical order of a language, and the letter under which a list shows a name.

The alphabets are those of CLDR's collation tailorings (UTS 35, part 5); a test compares them with ICU. A language that is not
named here has the order of its script, in which accents do not count.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_ALPHABETS = {
    "az": "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v y z w",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "cy": "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z",
    "da": "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "et": "a b c d e f g h i j k l m n o p q r s š z ž t u v w õ ä ö ü x y",
    "fa": "آ ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی",
    "fi": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "hr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž",
    "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
    "is": "a á b c d ð e é f g h i í j k l m n o ó p q r s t u ú v w x y ý z þ æ ö å",
    "lt": "a b c č d e f g h i j k l m n o p q r s š t u v w x z ž",
    "lv": "a b c č d e f g ģ h i j k ķ l ļ m n ņ o p q r s š t u v w x z ž",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ps": "آ ا ب پ ت ټ ث ج ځ چ څ ح خ د ډ ذ ر ړ ز ژ ږ س ش ښ ص ض ط ظ ع غ ف ق ک ګ ل م ن ڼ ه و ی",
    "ro": "a ă â b c d e f g h i î j k l m n o p q r s ș t ț u v w x y z",
    "ru": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "sk": "a ä b c č d e f g h ch i j k l m n o ô p q r s š t u v w x y z ž",
    "sl": "a b c č ć d đ e f g h i j k l m n o p q r s š t u v w x y z ž",
    "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v w x xh y z zh",
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "tl": "a b c d e f g h i j k l m n ñ ng o p q r s t u v w x y z",
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
    "ur": "ا ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ی ے",
    "vi": "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z",
}
"""Letters in order, by language; a letter may have several characters."""
_PERSIAN = (("ي", "ی"), ("ك", "ک"))
_HUNGARIAN = tuple((letter[0] + letter, letter * 2) for letter in ("dzs", "dz", "cs", "gy", "ly", "ny", "sz", "ty", "zs"))
_VARIANTS = {"da": (("aa", "å"),), "fa": _PERSIAN, "hu": _HUNGARIAN, "ps": _PERSIAN, "ur": _PERSIAN}
"""Other ways to write a letter: Arabic keyboards have their own forms, Danish and Norwegian names keep an old spelling, and
Hungarian shortens a doubled letter."""
_SAME_ALPHABET = {"bg": "ru", "bs": "hr", "gl": "es", "fil": "tl", "nb": "da", "nn": "da", "no": "da"}
_WITH_TWO_I = ("az", "tr")
"""Languages in which I without a dot is a letter of its own."""
_PINYIN = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST_BY_LETTER = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6, 0xC5BE,
    0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
"""The code in GB 2312 of the first character of each letter: its first level, the 3,755 common characters, is in pinyin order."""
_LAST_COMMON = 0xD7F9
_KOREAN = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The headings of the Hangul syllables, which Unicode has in blocks of 588 by their first letter. Double letters share one."""
_OTHER = "#"
"""The heading of names that begin with no letter."""
_BASIC = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ð": "d", "þ": "th"})
"""Letters that Unicode does not decompose, for languages that do not have them."""
_ALPHABET, _FOREIGN = 0xE000, 0x20000
"""The first codes of the letters of the alphabet, and of those of other scripts, in sort keys: after numbers and signs."""


class _Order(dict[int, str]):
    """The sort key of each character of a language, for ``str.translate``. Keys are computed when they are needed."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag
        self.base = _SAME_ALPHABET.get(tag.split("-")[0], tag.split("-")[0])
        letters = _ALPHABETS.get(self.base, _LATIN).split()
        self.ranks = {letter: chr(_ALPHABET + place) for place, letter in enumerate(letters)}
        long = sorted((letter for letter in letters if len(letter) > 1), key=len, reverse=True)
        self.long_letters = re.compile("|".join(long)) if long else None

    def __missing__(self, code: int) -> str:
        self[code] = key = self._compute_key(chr(code))
        return key

    def _compute_key(self, letter: str) -> str:
        if letter in self.ranks:
            return self.ranks[letter]
        if self.base == "zh" and letter >= "\u2e80":
            return self._compute_chinese_key(letter)
        plain = strip_accents(letter)
        if plain != letter:
            return plain.translate(self)
        return chr(_FOREIGN + ord(letter)) if letter.isalpha() else letter

    def _compute_chinese_key(self, letter: str) -> str:
        """Return a key by pinyin, together with Latin letters; in traditional script by strokes, the order of Big5."""
        if "Hant" in self.tag:
            return chr(_FOREIGN + _encode(letter, "big5"))
        number = _find_pinyin(letter)
        first = chr(_FOREIGN) if number is None else self.ranks[_PINYIN[number].lower()]
        return first + chr(_FOREIGN + _encode(letter, "gb2312"))


_find_order = cache(_Order)


def sort_key(text: str, tag: str) -> tuple[str, str]:
    """Return the key of a text in the alphabetical order of a language. Numbers and signs come first, other scripts last."""
    order = _find_order(tag)
    folded = _fold(text.strip(), order.base)
    if order.long_letters:
        folded = order.long_letters.sub(lambda match: order.ranks[match[0]], folded)
    return folded.translate(order), text


def find_initial(text: str, tag: str) -> str:
    """Return the letter under which a list in a language shows a text, such as "Đ" in Vietnamese; "#" if it begins with none."""
    order, text = _find_order(tag), text.strip()
    folded = _fold(text, order.base)
    if not folded:
        return _OTHER
    number = _find_pinyin(text[0]) if order.base == "zh" and "Hant" not in tag else None
    if number is not None:
        return _PINYIN[number]
    if "가" <= folded[0] <= "힣":
        return _KOREAN[(ord(folded[0]) - ord("가")) // 588]
    long = order.long_letters.match(folded) if order.long_letters else None
    letter = long[0] if long else folded[0] if folded[0] in order.ranks else strip_accents(folded[0])[0]
    if not letter.isalpha():
        return _OTHER
    return "İ" if order.base in _WITH_TWO_I and letter == "i" else letter.upper()


def _fold(text: str, base: str) -> str:
    """Return a text in lower case, composed, with one form of letters that a language writes in two."""
    if base in _WITH_TWO_I:
        return unicodedata.normalize("NFC", text.replace("I", "ı").replace("İ", "i").lower())
    composed = unicodedata.normalize("NFC", text.casefold())
    for written, letter in _VARIANTS.get(base, ()):
        composed = composed.replace(written, letter)
    return composed


def strip_accents(letter: str) -> str:
    """Return the basic letters of a letter: without accents, and "ae" for "æ"."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return plain.translate(_BASIC) or letter


def _find_pinyin(character: str) -> int | None:
    """Return the number of the pinyin letter of a common Chinese character; None for another."""
    code = _encode(character, "gb2312")
    return bisect_right(_FIRST_BY_LETTER, code) - 1 if _FIRST_BY_LETTER[0] <= code <= _LAST_COMMON else None


def _encode(character: str, encoding: str) -> int:
    """Return the code of a character in an encoding; for one that it lacks, a code after all others."""
    try:
        return int.from_bytes(character.encode(encoding), "big")
    except UnicodeEncodeError:
        return 0x10000 + min(ord(character), 0xCFFFF)
