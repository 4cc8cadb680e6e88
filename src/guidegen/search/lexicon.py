"""The names that people use for concepts, in every language: guidegen's own lists and what a guide adds."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from types import MappingProxyType

from guidegen import resources
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.reach import spoken_codes
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.search.analysis import join_terms, normalize, normalize_for_storage, tokenize
from guidegen.search.concepts import area_id, spoken_id
from guidegen.text import cldr, formats

SECTIONS = {"types": "type", "facts": "fact", "spoken": "lang", "needs": "need", "days": "day", "harmless": "not"}
"""The kind of concept that each section of a word list names. ``harmless`` phrases have a grave word and mean nothing grave."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a concept in a language."""

    concept: str
    language: str
    words: str


@dataclass(frozen=True)
class WeightedName:
    """A name split into words, each with a weight that says how much it tells about what is meant."""

    name: Name
    words: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def key(self) -> str:
        """The name as it is published: words of low weight are marked with ``~``, those of medium weight with ``-``."""
        marked = " ".join(_MARK[weight] + word for word, weight in zip(self.words, self.weights, strict=True))
        return f"{self.name.concept}={self.name.language}={marked}"

    @classmethod
    def parse(cls, key: str) -> "WeightedName":
        """Return the name that a key encodes."""
        concept, language, marked = key.split("=")
        words = tuple(word.lstrip("~-") for word in marked.split())
        weights = tuple(_WEIGHT.get(word[0], DISTINCTIVE) for word in marked.split())
        return cls(Name(concept, language, " ".join(words)), words, weights)

    @cached_property
    def terms(self) -> tuple[tuple[str, float, str], ...]:
        """The terms, each with its weight and the word that it comes from."""
        pairs = zip(self.words, self.weights, strict=True)
        return tuple((term, weight, word) for word, weight in pairs for term in tokenize(word))


DISTINCTIVE, _MEDIUM, _LOW = 1.0, 0.6, 0.25
MAX_DISTINCTIVE_KINDS, _MAX_MEDIUM_KINDS = 2, 5
"""Maximum number of kinds of help in whose names a word of full or medium weight occurs."""
_MARK = {DISTINCTIVE: "", _MEDIUM: "-", _LOW: "~"}
_WEIGHT = {mark: weight for weight, mark in _MARK.items()}


@cache
def load_built_in_names(language: str) -> dict[str, tuple[str, ...]]:
    """Return guidegen's own names for a language, by concept; empty if it has no list for it."""
    file = resources.find_built_in_folder() / "words" / f"{language}.json"
    if not file.is_file():
        return {}
    lists = json.loads(file.read_text(encoding="utf-8"))
    return {
        f"{kind}:{name}": tuple(words) for section, kind in SECTIONS.items() for name, words in lists.get(section, {}).items()
    }


@cache
def built_in_languages() -> tuple[str, ...]:
    """Return the languages for which guidegen has a word list."""
    return tuple(sorted(file.stem for file in (resources.find_built_in_folder() / "words").glob("*.json")))


def list_names(guide: Guide) -> Iterator[Name]:
    """Yield all names of all concepts of a guide.

    A name that the guide gives to a service type is not yielded for another type of the built-in lists.
    """
    own = tuple(list_own_names(guide))
    yield from own
    types = {f"type:{kind.id}" for kind in guide.service_types}
    claimed = {join_terms(name.words): name.concept for name in own if name.concept.startswith("type:")}
    for name in list_built_in_names():
        is_type = name.concept.startswith("type:")
        if is_type and name.concept not in types:
            continue
        if not is_type or claimed.get(join_terms(name.words), name.concept) == name.concept:
            yield name
    yield from list_local_names(guide)


def list_built_in_names() -> Iterator[Name]:
    """Yield guidegen's own names of all languages."""
    for language in built_in_languages():
        for concept, phrasings in load_built_in_names(language).items():
            yield from (Name(concept, language, words) for words in phrasings)


def weigh_names(names: Iterable[Name], known_counts: Mapping[str, int] = MappingProxyType({})) -> tuple[WeightedName, ...]:
    """Return the names with weights. A word that the names of many kinds of help contain has a low weight in its language.

    ``known_counts`` has the number of kinds of help whose built-in names contain a word, by ``language:normalized word``.
    """
    words_by_name = {name: tuple(normalize_for_storage(name.words).split()) for name in names}
    kinds_by_word = group_kinds_by_word((name, words) for name, words in words_by_name.items())

    def weight(language: str, word: str) -> float:
        word = normalize(word)
        kinds = max(len(kinds_by_word.get((language, word), ())), known_counts.get(f"{language}:{word}", 0))
        return DISTINCTIVE if kinds <= MAX_DISTINCTIVE_KINDS else _MEDIUM if kinds <= _MAX_MEDIUM_KINDS else _LOW

    weighted = []
    for name, words in words_by_name.items():
        if len(words) == 1:  # a word that is a whole name is distinctive, however common it is
            weighted.append(WeightedName(name, words, (DISTINCTIVE,)))
        elif words:
            weighted.append(WeightedName(name, words, tuple(weight(name.language, word) for word in words)))
    return tuple(weighted)


def group_kinds_by_word(words_by_name: Iterable[tuple[Name, Sequence[str]]]) -> dict[tuple[str, str], set[str]]:
    """Return the kinds of help in whose names each word occurs, by language and normalized word."""
    kinds_by_word: dict[tuple[str, str], set[str]] = {}
    for name, words in words_by_name:
        if name.concept.startswith(("type:", "need:")):
            for word in words:
                kinds_by_word.setdefault((name.language, normalize(word)), set()).add(name.concept)
    return kinds_by_word


def list_local_names(guide: Guide) -> Iterator[Name]:
    """Yield the names of spoken languages (from CLDR) and of areas (from the guide)."""
    for code in sorted({spoken_id(code) for code in spoken_codes(guide)}):
        for language in guide.settings.languages:
            yield Name(f"lang:{code}", language, cldr.name_in(code, language))
        yield Name(f"lang:{code}", code, cldr.own_name(code))
    source = guide.settings.languages[0]
    for area in find_areas(guide):
        concept = f"area:{area_id(area.name)}"
        yield from (Name(concept, source, name) for name in (area.name, *area.cities))
        yield from _split_label(concept, area.names)


def list_own_names(guide: Guide) -> Iterator[Name]:
    """Yield the names in the guide's own ``services.yml``."""
    for kind in guide.service_types:
        yield from _split_label(f"type:{kind.id}", kind.name)
        for language, synonyms in kind.synonyms.items():
            yield from (Name(f"type:{kind.id}", language, words) for words in synonyms)
    for answer in guide.answers:
        for language, phrasings in answer.words.items():
            yield from (Name(f"answer:{answer.id}", language, words) for words in phrasings)
    for added in guide.search_words:
        concept = f"lang:{spoken_id(added.language)}" if added.language else added.concept
        for language, phrasings in added.synonyms.items() if concept else ():
            yield from (Name(concept, language, words) for words in phrasings)


def _split_label(concept: str, text: TranslatableText) -> Iterator[Name]:
    """Yield a label in its languages, whole and in its parts: "A and B" is also "A" and "B"."""
    for language, version in text.translations.items():
        yield Name(concept, language, version.text)
        parts = _separators(language).split(version.text)
        if len(parts) > 1:
            yield from (Name(concept, language, part.strip()) for part in parts if part.strip())


@cache
def _separators(language: str) -> re.Pattern[str]:
    """Return a pattern of what separates the parts of a list in a language."""
    conjunction = formats.list_pattern(language, 2).replace("{0}", "").replace("{1}", "")
    if not (conjunction.strip().isascii() or " " in conjunction):
        conjunction = conjunction.strip()
    return re.compile(rf"[,/、،;]|\s&\s|{re.escape(conjunction)}" if conjunction.strip() else r"[,/、،;]|\s&\s")
