"""Everything a guide can be searched by, by term: published files and the reader's device look words up in it.

guidegen's own words are the same for every guide. ``scripts/compile_search_words.py`` tokenizes them once into
``words/compiled.txt``.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path

from guidegen import resources
from guidegen.model.guide import Guide
from guidegen.search import analysis, lexicon
from guidegen.search.analysis import is_word, plain_words
from guidegen.search.lexicon import (
    FEW_KINDS,
    Name,
    WeightedName,
    built_in_names,
    document_frequency,
    local_names,
    own_names,
    phrases,
)
from guidegen.text import cldr

MAX_CONCEPTS = 3
"""A word of more concepts than these does not lead to the names that it stands in."""
SHORTEST = 4
"""Letters of a word that misspelt words are held against: shorter ones are not taken for misspelt."""


_BEHIND_PAIRS = re.compile("[\ue000-\uffff]").search
"""Characters that stand behind those that UTF-16 writes as two, where the numbers of characters would have them before."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """``said``: for each term the keys of its phrases, joined by ``|``, in the order of JavaScript's strings.

    ``worth``: for each language its whole words, and how usual each is, the most usual first. ``sizes``: how many phrases a
    language has. ``letters``: for each language of Chinese the characters of its words.
    """

    term_index: dict[str, str]
    weights: dict[str, dict[str, int]]
    sizes: Counter[str]
    letter_index: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _BuiltIn:
    """The same of guidegen's own words. ``spread``: of how many kinds of help a word of a language speaks, where they are many;
    ``crowded``: of how many concepts a term does; ``types``: those that there are words for.
    """

    term_index: dict[str, str]
    weights: dict[str, dict[str, int]]
    sizes: dict[str, int]
    letter_index: dict[str, str]
    document_frequency: dict[str, int]
    crowded: dict[str, int]
    types: frozenset[str]


def word_table(guide: Guide) -> WordTable:
    """The words of a guide: its own first, then guidegen's, without those for types that it does not have."""
    types = frozenset(kind.id for kind in guide.service_types)
    return _merged(_built_in(), tuple(own_names(guide)), tuple(local_names(guide)), types)


@lru_cache(maxsize=1)  # for a guide that is built again and again while it is edited
def _merged(base: _BuiltIn, named: tuple[Name, ...], local: tuple[Name, ...], types: frozenset[str]) -> WordTable:
    said = dict(base.term_index)
    _drop(said, named, base.types - types)
    own = phrases(dict.fromkeys([*named, *local]), base.document_frequency)
    for term, keys in _filed(own, base.crowded).items():
        ours = said.get(term)
        said[term] = "|".join(dict.fromkeys([*keys, *ours.split("|")] if ours else keys))
    worth = dict(base.weights)
    for language, words in _weights(own).items():
        worth[language] = _by_weight(words + Counter(worth.get(language, {})))
    letters = dict(base.letter_index)
    for language, found in _letter_index(own).items():
        letters[language] = letters.get(language, "") + found
    sizes = Counter(base.sizes)
    sizes.update(phrase.name.language for phrase in own)
    return WordTable({term: said[term] for term in in_order(said)}, worth, sizes, letters)


def phrases_in(table: WordTable) -> tuple[WeightedName, ...]:
    """Every phrase of a table, each once."""
    keys = dict.fromkeys(key for line in table.term_index.values() if line for key in line.split("|"))
    return tuple(WeightedName.parsed(key) for key in keys)


def in_order(terms: Iterable[str]) -> list[str]:
    """In the order in which JavaScript compares strings: by halves of the characters that UTF-16 writes as two."""
    some = list(terms)
    if not _BEHIND_PAIRS("".join(some)):  # else the order is Python's
        return sorted(some)
    return sorted(some, key=lambda term: term.encode("utf-16-be"))


def _drop(said: dict[str, str], named: Iterable[Name], missing: frozenset[str]) -> None:
    """Takes out what speaks of types that the guide does not have, and what the guide says means another type."""
    if missing:
        begins = tuple(f"type:{name}=" for name in missing)
        has_some = re.compile("|".join(map(re.escape, begins))).search
        for term, line in said.items():
            if has_some(line):
                said[term] = "|".join(key for key in line.split("|") if not key.startswith(begins))
    for name in named:
        if name.concept.startswith("type:"):
            words, mark, own = plain_words(name.words), f"={name.language}=", f"{name.concept}="
            for term in words.split():
                keys = said.get(term, "").split("|")
                claimed = {
                    key
                    for key in keys
                    if key.startswith("type:") and mark in key and not key.startswith(own) and _mentions(key, words)
                }
                if claimed:
                    said[term] = "|".join(key for key in keys if key not in claimed)


def _mentions(key: str, words: str) -> bool:
    """Whether a phrase is made of just these words: its marks are no letters."""
    return plain_words(key.rpartition("=")[2]) == words


def _filed(some: Iterable[WeightedName], crowded: Mapping[str, int]) -> dict[str, dict[str, None]]:
    """The keys of phrases under their telling terms: a term of many concepts only leads to a phrase that has no other."""
    spread: dict[str, set[str]] = defaultdict(set)
    listed = [phrase for phrase in some if phrase.terms]  # a name may be nothing but a sign
    for phrase in listed:
        for term, _, _ in phrase.terms:
            spread[term].add(phrase.name.concept)
    found: dict[str, dict[str, None]] = {term: {} for term in spread}  # a word without a phrase of its own is known all the same
    for phrase in listed:
        terms = [term for term, _, _ in phrase.terms]
        concepts = {term: max(len(spread[term]), crowded.get(term, 0)) for term in terms}
        telling = [term for term in terms if concepts[term] <= MAX_CONCEPTS]
        for term in telling or [min(terms, key=lambda term: concepts[term])]:
            found[term][phrase.key] = None
    return found


def _weights(some: Iterable[WeightedName]) -> dict[str, Counter[str]]:
    """How usual the whole words of each language are: in many names, early in a list, or a name by themselves."""
    worth: dict[str, Counter[str]] = defaultdict(Counter)
    place: Counter[tuple[str, str]] = Counter()
    for phrase in some:
        name = phrase.name
        place[name.concept, name.language] += 1
        for term, _, _ in phrase.terms:
            if is_word(term) and len(term) >= SHORTEST:
                worth[name.language][term] += (20 if len(phrase.terms) == 1 else 10) // (
                    2 + place[name.concept, name.language] // 8
                ) + 1
    return worth


def _by_weight(words: Mapping[str, int]) -> dict[str, int]:
    """The words, the most usual first."""
    return {term: -less for less, term in sorted((-worth, term) for term, worth in words.items())}


def _letter_index(some: Iterable[WeightedName]) -> dict[str, str]:
    """The characters in the words of the languages that are written in Chinese ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for phrase in some:
        if cldr.script(phrase.name.language) == "Hani":
            found[phrase.name.language].update(letter for term, _, _ in phrase.terms for letter in term)
    return {language: "".join(sorted(letters)) for language, letters in found.items()}


# --- guidegen's own words, cut once ---------------------------------------------------------------


@cache
def _built_in() -> _BuiltIn:
    """Guidegen's words as they were kept in ``words/compiled.txt``; cut now where that is of other words or other code."""
    kept = resources.built_in_folder() / "words/compiled.txt"
    if kept.is_file():
        first, _, rest = kept.read_bytes().partition(b"\n")
        head = json.loads(first)
        if head.pop("of") == _sources():
            parts = iter(rest.decode().replace("\t", "\n").split("\n"))  # a term, what it says, a term, ...
            return _BuiltIn(dict(zip(parts, parts, strict=False)), **{**head, "types": frozenset(head["types"])})
    return _compiled()


def cached_text() -> str:
    """What ``words/compiled.txt`` must hold."""
    made = _compiled()
    head = {one.name: getattr(made, one.name) for one in fields(made) if one.name != "term_index"}
    head |= {"of": _sources(), "types": sorted(made.types)}
    first = json.dumps(dict(sorted(head.items())), ensure_ascii=False, separators=(",", ":"))
    return "\n".join([first, *(f"{term}\t{said}" for term, said in sorted(made.term_index.items()))]) + "\n"


def _sources() -> str:
    """Names the word lists and the code that cuts them."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted((resources.built_in_folder() / "words").glob("*.json")):
        digest.update(file.read_bytes())
    for module in (analysis.__file__, lexicon.__file__, __file__):
        digest.update(Path(module).read_bytes())
    return digest.hexdigest()


def _compiled() -> _BuiltIn:
    names = tuple(dict.fromkeys(built_in_names()))
    some = phrases(names)
    spread = document_frequency((phrase.name, phrase.words) for phrase in some)
    concepts: dict[str, set[str]] = defaultdict(set)
    for phrase in some:
        for term, _, _ in phrase.terms:
            concepts[term].add(phrase.name.concept)
    return _BuiltIn(
        {term: "|".join(keys) for term, keys in _filed(some, {}).items()},
        {language: _by_weight(words) for language, words in _weights(some).items()},
        dict(Counter(phrase.name.language for phrase in some)),
        _letter_index(some),
        {f"{language}:{word}": len(kinds) for (language, word), kinds in spread.items() if len(kinds) > FEW_KINDS},
        {term: len(found) for term, found in concepts.items() if len(found) > MAX_CONCEPTS},
        frozenset(name.concept.removeprefix("type:") for name in names if name.concept.startswith("type:")),
    )
