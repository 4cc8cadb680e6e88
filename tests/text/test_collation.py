"""Alphabetical order, compared with that of ICU, which Node has."""

import json
import os
import random
import shutil
import subprocess
from itertools import pairwise

import pytest

from guidegen.text import collation
from guidegen.text.collation import find_initial, sort_key

SORT = """
const words = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const sort = ([tag, list]) => [tag, list.sort(new Intl.Collator(tag, {sensitivity: 'base'}).compare)];
console.log(JSON.stringify(Object.fromEntries(Object.entries(words).map(sort))));
"""
OTHERS = {
    "en": "a b c d e é f g h i j k l m n ñ o ö p q r s t u ü v w x y z",
    "de": "a ä b c d e f g h i j k l m n o ö p q r s t u ü v w x y z",
    "fr": "a à b c ç d e é è f g h i j k l m n o ô p q r s t u v w x y z",
    "ar": "ا أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي",
    "bg": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я",
    "bs": "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
    "am": "ሀ ለ ሐ መ ሠ ረ ሰ ሸ ቀ በ ተ ቸ",
    "hi": "अ आ इ ई उ ऊ क ख ग घ च छ ज",
    "ko": "가 나 다 라 마 바 사 아 자",
}


def sort_with_icu(words: dict[str, list[str]]) -> dict[str, list[str]]:
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is missing; scripts/test installs it")
        pytest.skip("Node is missing")
    run = subprocess.run([node, "-e", SORT], input=json.dumps(words), capture_output=True, text=True, check=True)
    ordered: dict[str, list[str]] = json.loads(run.stdout)
    return ordered


def test_words_are_in_the_order_of_icu_in_every_language() -> None:
    rng = random.Random(1)  # noqa: S311  # the same words in every run
    alphabets = {**collation._ALPHABETS, **OTHERS}
    # ICU reads "aå" as an old "aa" with an accent, which no Danish word has.
    words = {
        tag: sorted(
            word
            for word in {"".join(rng.choices(letters.split(), k=rng.randint(1, 4))) for _ in range(300)} | set(letters.split())
            if "aå" not in word
        )
        for tag, letters in alphabets.items()
    }

    for tag, expected in sort_with_icu(words).items():
        ours = sorted(words[tag], key=lambda word: sort_key(word, tag))  # sorted at once
        different = [
            (one, other)
            for one, other in zip(ours, expected, strict=True)
            if one != other and sort_key(one, tag)[0] != sort_key(other, tag)[0]  # equal but for accents
        ]
        assert different == [], tag


def test_common_chinese_characters_are_under_the_letter_that_icu_puts_them_under() -> None:
    characters = [bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
    characters = [character for character in characters if character]
    letters = {character: find_initial(character, "zh-Hans") for character in characters}
    by_pinyin = sort_with_icu({"zh-u-co-pinyin": characters})["zh-u-co-pinyin"]

    order = [letters[character] for character in by_pinyin]
    misplaced = sum(one > other for one, other in pairwise(order))
    assert len(characters) == 3755
    assert set(letters.values()) == set(collation._PINYIN)
    assert misplaced < 60, "more than those with several readings"


@pytest.mark.parametrize(
    ("tag", "name", "initial"),
    [
        ("vi", "Đại học", "Đ"),
        ("en", "Đại học", "D"),
        ("vi", "Ủy ban", "U"),
        ("vi", "Ước mơ", "Ư"),
        ("es", "Ñandú", "Ñ"),
        ("es", "Ángeles", "A"),
        ("en", "Ñandú", "N"),
        ("cs", "Charita", "CH"),
        ("tr", "istanbul", "İ"),
        ("tr", "Işık", "I"),
        ("da", "Århus", "Å"),
        ("en", "Århus", "A"),
        ("zh-Hans", "北京图书馆", "B"),
        ("zh-Hans", "重庆", "Z"),  # a character with two readings
        ("zh-Hans", "Library", "L"),
        ("fa", "پناهگاه", "پ"),
        ("ar", "أحمد", "ا"),
        ("uk", "Єдність", "Є"),
        ("uk", "Їжа", "Ї"),
        ("ko", "가족", "ㄱ"),
        ("ko", "까치", "ㄱ"),
        ("en", "211 Line", "#"),
        ("en", "  Hope", "H"),
        ("en", "“Hope”", "#"),
        ("en", "", "#"),
        ("pl", "Łódź", "Ł"),
        ("en", "Łódź", "L"),
    ],
)
def test_a_name_stands_under_the_letter_of_the_language(tag: str, name: str, initial: str) -> None:
    assert find_initial(name, tag) == initial


def test_chinese_and_latin_names_share_the_letters() -> None:
    names = ["Zoo", "北京", "Bank", "阿姨", "Art", "中心", "211"]

    assert sorted(names, key=lambda name: sort_key(name, "zh-Hans")) == ["211", "Art", "阿姨", "Bank", "北京", "Zoo", "中心"]
    assert sorted(["三一", "一心", "十字"], key=lambda name: sort_key(name, "zh-Hant")) == ["一心", "十字", "三一"]


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant", "ja", "en"])
@pytest.mark.parametrize("name", ["葛\U000e0100城", "\U0010fffd", "𠮷野家", "🏴\U000e0067\U000e0062", "\x00", "\ud83d"])
def test_rare_characters_have_a_key(tag: str, name: str) -> None:
    assert sort_key(name, tag)
    assert find_initial(name, tag)


def test_keyboards_of_two_languages_write_one_letter() -> None:
    assert sort_key("كتاب", "fa")[0] == sort_key("کتاب", "fa")[0]
