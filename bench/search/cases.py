"""Judged queries: those that people wrote, and what machines do to them: cut short, misspelt, without marks, in other forms."""

import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guidegen.model.guide import Guide
from guidegen.search.analysis import simplify_chinese

HERE = Path(__file__).parent
_ASKED = {"zh-Hans": "我想找{}在哪里", "my": "{}ဘယ်မှာလဲ"}
_LETTERS = {"latin": "abcdefghilmnoprstuv", "uk": "абвгдеиклмнопрсту", "ar": "ابتجحدرسعفقكلمنهوي", "fa": "ابتجچدرسشکگلمنهوپی"}


def written(half: str) -> list[dict[str, Any]]:
    """The queries of one half, ``dev`` or ``test``."""
    found = []
    for file in sorted((HERE / "queries").glob(f"{half}-*.json")):
        language = file.stem.removeprefix(f"{half}-")
        found += [
            {"towns": [], **case, "lang": language, "ui": language} for case in json.loads(file.read_text(encoding="utf-8"))
        ]
    return found


def cases(half: str, guide: Guide, seed: int = 11) -> list[dict[str, Any]]:
    """The queries of one half and everything made of them."""
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    base = written(half)
    return [*base, *_made(base, guide, chance)]


def _made(base: list[dict[str, Any]], guide: Guide, chance: random.Random) -> Iterator[dict[str, Any]]:
    names = [case for case in base if case["class"] == "name"]
    languages = sorted({case["lang"] for case in base})
    yield from _elsewhere(base, languages, chance)
    for case in names:
        yield from _mistyped(case, chance)
    yield from _traditional(base)
    for case in names:
        town = chance.choice(guide.settings.areas).name
        joint = "" if case["lang"] == "zh-Hans" else " "
        yield {**case, "class": "place", "q": f"{case['q']}{joint}{town}", "towns": [town]}
    for partner in chance.sample(guide.partners, min(60, len(guide.partners))):
        words = partner.name.split()
        common = {"types": [], "facts": [], "spoken": [], "towns": [], "lang": "en", "slug": partner.slug}
        yield {**common, "class": "organization", "q": partner.name, "ui": chance.choice(languages)}
        yield {**common, "class": "organization", "q": f"{words[0]} {words[-1]}".lower(), "ui": chance.choice(languages)}


def _elsewhere(base: list[dict[str, Any]], languages: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    """The same query on a page in another language."""
    for case in base:
        if case["class"] in ("name", "synonym", "wishes") and chance.random() < 0.35:
            other = "en" if case["lang"] != "en" else chance.choice([tag for tag in languages if tag != "en"])
            yield {**case, "class": "cross-language", "ui": other if chance.random() < 0.6 else chance.choice(languages)}


def _mistyped(case: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    text, language = case["q"], case["lang"]
    if language in _ASKED:
        yield {**case, "class": "no spaces", "q": _ASKED[language].format(text)}
    else:
        longest = max(text.split(), key=len)
        if len(longest) >= 5:
            yield {**case, "class": "one edit", "q": text.replace(longest, _edited(longest, 1, language, chance))}
            yield {**case, "class": "prefix", "q": text[: max(len(text) - 2, len(text) * 2 // 3)].strip()}
        if len(longest) >= 7:
            yield {**case, "class": "two edits", "q": text.replace(longest, _edited(longest, 2, language, chance))}
    if _bare(text) != text:
        yield {**case, "class": "missing marks", "q": _bare(text)}
    if language == "ar":
        yield {**case, "class": "Arabic forms", "q": text.translate(str.maketrans("أإآةى", "اااهي"))}
        yield {**case, "class": "Arabic forms", "q": "ال" + text.removeprefix("ال")}


def _traditional(base: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    back: dict[str, str] = {}
    for old, new in simplify_chinese().items():
        back.setdefault(new, old)
    for case in base:
        changed = "".join(back.get(letter, letter) for letter in case["q"])
        if case["lang"] == "zh-Hans" and case["class"] in ("name", "synonym") and changed != case["q"]:
            yield {**case, "class": "traditional", "q": changed}


def _edited(word: str, edits: int, language: str, chance: random.Random) -> str:
    letters = list(word)
    alphabet = _LETTERS.get(language, _LETTERS["latin"])
    for _ in range(edits):
        place = chance.randrange(len(letters))
        what = chance.choice(("swap", "drop", "add", "change"))
        if what == "swap" and place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        elif what == "drop" and len(letters) > 4:
            del letters[place]
        elif what == "add":
            letters.insert(place, chance.choice(alphabet))
        else:
            letters[place] = chance.choice(alphabet)
    return "".join(letters)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    kept = "".join(letter for letter in plain if not (0x300 <= ord(letter) < 0x370 or 0x64B <= ord(letter) < 0x660))
    return unicodedata.normalize("NFC", kept).replace("đ", "d")
