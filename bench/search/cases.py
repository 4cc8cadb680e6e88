"""Judged queries: those that people wrote, and variations: shortened, misspelled, without diacritics, in other forms."""

import json
import random
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.search import generate
from bench.search.generate import SMALL
from guidegen.model.guide import Guide
from guidegen.search.analysis import simplify_chinese

FOLDER = Path(__file__).parent
_QUESTIONS = {"zh-Hans": "我想找{}在哪里", "my": "{}ဘယ်မှာလဲ"}
_LETTERS = {"latin": "abcdefghilmnoprstuv", "uk": "абвгдеиклмнопрсту", "ar": "ابتجحدرسعفقكلمنهوي", "fa": "ابتجچدرسشکگلمنهوپی"}


def written(half: str) -> list[dict[str, Any]]:
    """Return the written queries of one half, ``dev`` or ``test``."""
    queries = []
    for file in sorted((FOLDER / "queries").glob(f"{half}-*.json")):
        language = file.stem.removeprefix(f"{half}-")
        queries += [
            {"towns": [], **case, "lang": language, "ui": language} for case in json.loads(file.read_text(encoding="utf-8"))
        ]
    return queries


def cases(half: str, guide: Guide, seed: int = 11) -> list[dict[str, Any]]:
    """Return the queries of one half and all their variations."""
    rng = random.Random(seed)  # noqa: S311  # not for secrets
    queries = written(half)
    return [*queries, *_make_variations(queries, guide, rng)]


def _make_variations(queries: list[dict[str, Any]], guide: Guide, rng: random.Random) -> Iterator[dict[str, Any]]:
    names = [case for case in queries if case["class"] == "name"]
    languages = sorted({case["lang"] for case in queries})
    yield from _make_cross_language(queries, languages, rng)
    for case in names:
        yield from _make_misspelled(case, rng)
    yield from _make_traditional(queries)
    for case in names:
        town = rng.choice(guide.settings.areas).name
        joint = "" if case["lang"] == "zh-Hans" else " "
        yield {**case, "class": "place", "q": f"{case['q']}{joint}{town}", "towns": [town]}
    for partner in rng.sample(guide.partners, min(60, len(guide.partners))):
        words = partner.name.split()
        common = {"types": [], "facts": [], "spoken": [], "towns": [], "lang": "en", "slug": partner.slug}
        yield {**common, "class": "organization", "q": partner.name, "ui": rng.choice(languages)}
        yield {**common, "class": "organization", "q": f"{words[0]} {words[-1]}".lower(), "ui": rng.choice(languages)}
    yield from _make_printed(guide, languages, rng)
    if len(guide.partners) < SMALL:
        yield from _make_mentioned(guide, languages)


def _make_printed(guide: Guide, languages: list[str], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield what a profile shows: a phone number in several forms, a postal code, a street, a word of the description."""
    common = {"types": [], "facts": [], "spoken": [], "towns": [], "lang": "en"}
    numbers = range(len(guide.partners))
    for number in rng.sample(numbers, min(30, len(numbers))):
        phone = guide.partners[number].phones[0].number
        digits = "".join(filter(str.isdecimal, phone))
        arabic = digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        ui = rng.choice(languages)
        for text in (phone, digits, f"+1 {digits[:3]} {digits[3:6]} {digits[6:]}", arabic):
            yield {**common, "class": "phone", "q": text, "ui": ui, "slugs": [guide.partners[number].slug]}
        shared: dict[str, Callable[[int], str]] = {
            "postal code": generate.postal_code,
            "street": lambda other: generate.street(other).split(" ", 1)[1],
            "description word": generate.describe,
        }
        for name, text_of in shared.items():
            slugs = [guide.partners[other].slug for other in numbers if text_of(other) == text_of(number)]
            yield {**common, "class": name, "q": text_of(number), "ui": ui, "slugs": slugs}


def _make_mentioned(guide: Guide, languages: list[str]) -> Iterator[dict[str, Any]]:
    """Yield words for kinds of help that nobody in a small guide offers, but a text mentions."""
    for number, text in generate.list_mentions(len(guide.partners), guide.service_types):
        for tag in languages:
            if tag in text.translations:
                slugs = [guide.partners[number].slug]
                words = text.translations[tag].text
                yield {
                    "types": [],
                    "facts": [],
                    "spoken": [],
                    "towns": [],
                    "lang": tag,
                    "class": "missing kind",
                    "q": words,
                    "ui": tag,
                    "slugs": slugs,
                }


def _make_cross_language(queries: list[dict[str, Any]], languages: list[str], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the same queries on pages in other languages."""
    for case in queries:
        if case["class"] in ("name", "synonym", "wishes") and rng.random() < 0.35:
            other = "en" if case["lang"] != "en" else rng.choice([tag for tag in languages if tag != "en"])
            yield {**case, "class": "cross-language", "ui": other if rng.random() < 0.6 else rng.choice(languages)}


def _make_misspelled(case: dict[str, Any], rng: random.Random) -> Iterator[dict[str, Any]]:
    text, language = case["q"], case["lang"]
    if language in _QUESTIONS:
        yield {**case, "class": "no spaces", "q": _QUESTIONS[language].format(text)}
    else:
        longest = max(text.split(), key=len)
        if len(longest) >= 5:
            yield {**case, "class": "one edit", "q": text.replace(longest, _edit(longest, 1, language, rng))}
            yield {**case, "class": "prefix", "q": text[: max(len(text) - 2, len(text) * 2 // 3)].strip()}
        if len(longest) >= 7:
            yield {**case, "class": "two edits", "q": text.replace(longest, _edit(longest, 2, language, rng))}
    if _strip_marks(text) != text:
        yield {**case, "class": "missing marks", "q": _strip_marks(text)}
    if language == "ar":
        yield {**case, "class": "Arabic forms", "q": text.translate(str.maketrans("أإآةى", "اااهي"))}
        yield {**case, "class": "Arabic forms", "q": "ال" + text.removeprefix("ال")}


def _make_traditional(queries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    to_traditional: dict[str, str] = {}
    for traditional, simplified in simplify_chinese().items():
        to_traditional.setdefault(simplified, traditional)
    for case in queries:
        changed = "".join(to_traditional.get(letter, letter) for letter in case["q"])
        if case["lang"] == "zh-Hans" and case["class"] in ("name", "synonym") and changed != case["q"]:
            yield {**case, "class": "traditional", "q": changed}


def _edit(word: str, edits: int, language: str, rng: random.Random) -> str:
    letters = list(word)
    alphabet = _LETTERS.get(language, _LETTERS["latin"])
    for _ in range(edits):
        position = rng.randrange(len(letters))
        edit = rng.choice(("swap", "drop", "add", "change"))
        if edit == "swap" and position + 1 < len(letters):
            letters[position], letters[position + 1] = letters[position + 1], letters[position]
        elif edit == "drop" and len(letters) > 4:
            del letters[position]
        elif edit == "add":
            letters.insert(position, rng.choice(alphabet))
        else:
            letters[position] = rng.choice(alphabet)
    return "".join(letters)


def _strip_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    base_letters = "".join(letter for letter in decomposed if not (0x300 <= ord(letter) < 0x370 or 0x64B <= ord(letter) < 0x660))
    return unicodedata.normalize("NFC", base_letters).replace("đ", "d")
