"""The words that people use for what they look for, in every language: guidegen's own lists and what a guide adds."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from guidegen import resources
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.reach import spoken_codes
from guidegen.model.translatable import TranslatableText
from guidegen.search.analysis import normalize, normalized_text, plain_words, tokenize
from guidegen.search.concepts import area_id, spoken_id
from guidegen.text import cldr

SECTIONS = {"types": "type", "facts": "fact", "spoken": "lang", "needs": "need"}
"""The parts of a word list, and the kind of concept that each names."""


@dataclass(frozen=True, slots=True)
class Name:
    """A way to say a concept in a language."""

    concept: str
    language: str
    words: str


@dataclass(frozen=True)
class WeightedName:
    """A name cut into its words: their terms, and how much each tells of what is meant."""

    name: Name
    words: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def key(self) -> str:
        """The phrase as it is published: a word that tells little is marked with ``~``, one that tells less with ``-``."""
        marked = " ".join(_MARK[weight] + word for word, weight in zip(self.words, self.weights, strict=True))
        return f"{self.name.concept}={self.name.language}={marked}"

    @classmethod
    def parsed(cls, key: str) -> "WeightedName":
        """The phrase that a key stands for."""
        concept, language, marked = key.split("=")
        words = tuple(word.lstrip("~-") for word in marked.split())
        weights = tuple(_WEIGHT.get(word[0], DISTINCTIVE) for word in marked.split())
        return cls(Name(concept, language, " ".join(words)), words, weights)

    @cached_property
    def terms(self) -> tuple[tuple[str, float, str], ...]:
        """The terms, each with its weight and the word as it is spelt."""
        pairs = zip(self.words, self.weights, strict=True)
        return tuple((term, weight, word) for word, weight in pairs for term in tokenize(word))


DISTINCTIVE, LESS, LITTLE = 1.0, 0.6, 0.25
FEW_KINDS = 2
"""A word that stands in names of no more kinds of help than these tells which one is meant."""
_MARK = {DISTINCTIVE: "", LESS: "-", LITTLE: "~"}
_WEIGHT = {mark: weight for weight, mark in _MARK.items()}


@cache
def built_in(language: str) -> dict[str, tuple[str, ...]]:
    """Guidegen's own list for a language, by concept; empty where there is none."""
    file = resources.built_in_folder() / "words" / f"{language}.json"
    if not file.is_file():
        return {}
    lists = json.loads(file.read_text(encoding="utf-8"))
    return {
        f"{kind}:{name}": tuple(words) for section, kind in SECTIONS.items() for name, words in lists.get(section, {}).items()
    }


@cache
def built_in_languages() -> tuple[str, ...]:
    """The languages for which guidegen has words."""
    return tuple(sorted(file.stem for file in (resources.built_in_folder() / "words").glob("*.json")))


def names(guide: Guide) -> Iterator[Name]:
    """Every name of every concept that the guide can be searched by; what the guide says a word means goes before what we say."""
    own = tuple(own_names(guide))
    yield from own
    types = {f"type:{kind.id}" for kind in guide.service_types}
    claimed = {(name.language, plain_words(name.words)): name.concept for name in own if name.concept.startswith("type:")}
    for name in built_in_names():
        is_type = name.concept.startswith("type:")
        if is_type and name.concept not in types:
            continue
        if not is_type or claimed.get((name.language, plain_words(name.words)), name.concept) == name.concept:
            yield name
    yield from local_names(guide)


def built_in_names() -> Iterator[Name]:
    """Guidegen's own words."""
    for language in built_in_languages():
        for concept, said in built_in(language).items():
            yield from (Name(concept, language, words) for words in said)


def phrases(said: Iterable[Name], spread: Mapping[str, int] = MappingProxyType({})) -> tuple[WeightedName, ...]:
    """The names as phrases. A word that stands in names of many kinds of help in its language tells little.

    ``spread`` says of how many kinds a word is known to be a name already, as ``language:folded word``.
    """
    cuts = {name: tuple(normalized_text(name.words).split()) for name in said}
    own = document_frequency((name, words) for name, words in cuts.items())

    def weight(language: str, word: str) -> float:
        word = normalize(word)
        kinds = max(len(own.get((language, word), ())), spread.get(f"{language}:{word}", 0))
        return DISTINCTIVE if kinds <= FEW_KINDS else LESS if kinds < 6 else LITTLE

    found = []
    for name, words in cuts.items():
        if words:  # a word that is a name by itself says what is meant
            alone = len(words) == 1
            found.append(
                WeightedName(name, words, tuple(DISTINCTIVE if alone else weight(name.language, word) for word in words))
            )
    return tuple(found)


def document_frequency(cuts: Iterable[tuple[Name, Sequence[str]]]) -> dict[tuple[str, str], set[str]]:
    """The kinds of help that each word stands for, by language and folded word."""
    spread: dict[tuple[str, str], set[str]] = {}
    for name, words in cuts:
        if name.concept.startswith(("type:", "need:")):
            for word in words:
                spread.setdefault((name.language, normalize(word)), set()).add(name.concept)
    return spread


def local_names(guide: Guide) -> Iterator[Name]:
    """The languages that are spoken and the places, as CLDR and the guide name them."""
    for code in sorted({spoken_id(code) for code in spoken_codes(guide)}):
        for language in guide.settings.languages:
            yield Name(f"lang:{code}", language, cldr.name_in(code, language))
        yield Name(f"lang:{code}", code, cldr.own_name(code))
    source = guide.settings.languages[0]
    for area in find_areas(guide):
        concept = f"area:{area_id(area.name)}"
        yield from (Name(concept, source, name) for name in (area.name, *area.cities))
        yield from _with_weights(concept, area.names)


def own_names(guide: Guide) -> Iterator[Name]:
    """The names that the guide's own ``services.yml`` gives."""
    for kind in guide.service_types:
        yield from _with_weights(f"type:{kind.id}", kind.name)
        for language, synonyms in kind.synonyms.items():
            yield from (Name(f"type:{kind.id}", language, words) for words in synonyms)
    for answer in guide.answers:
        for language, said in answer.words.items():
            yield from (Name(f"answer:{answer.id}", language, words) for words in said)
    for added in guide.words:
        concept = f"lang:{spoken_id(added.language)}" if added.language else added.concept
        for language, said in added.synonyms.items() if concept else ():
            yield from (Name(concept, language, words) for words in said)


def _with_weights(concept: str, text: TranslatableText) -> Iterator[Name]:
    """A label in its languages, whole and in its parts: "A and B" is also A, and B."""
    for language, version in text.versions.items():
        yield Name(concept, language, version.text)
        parts = _joints(language).split(version.text)
        if len(parts) > 1:
            yield from (Name(concept, language, part.strip()) for part in parts if part.strip())


@cache
def _joints(language: str) -> re.Pattern[str]:
    """What stands between the parts of a list in a language."""
    joint = cldr.list_pattern(language, 2).replace("{0}", "").replace("{1}", "")
    spaced = joint if joint.strip().isascii() or " " in joint else joint.strip()
    return re.compile(rf"[,/、،;]|\s&\s|{re.escape(spaced)}" if spaced.strip() else r"[,/、،;]|\s&\s")
