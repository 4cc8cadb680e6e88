"""The word table: all names of a guide's concepts by term, which the index files publish.

guidegen's own words are the same for every guide. ``scripts/compile_search_words.py`` tokenizes them once into
``words/compiled.txt``.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache, lru_cache

from guidegen import resources
from guidegen.model.guide import Guide
from guidegen.records import dataclass
from guidegen.search.analysis import is_word, join_terms, tokenize
from guidegen.search.concepts import needs_whole_name
from guidegen.search.lexicon import (
    MAX_DISTINCTIVE_KINDS,
    Name,
    WeightedName,
    group_kinds_by_word,
    list_built_in_names,
    list_local_names,
    list_own_names,
    weigh_names,
)
from guidegen.text import cldr

_MAX_CONCEPTS = 3
"""Maximum number of concepts of a term that is indexed; commoner terms are skipped if the name has a rarer one."""
_MIN_LETTERS = 4
"""Minimum length of a word in the vocabulary, with which misspelled words are compared."""


_sorts_differently = re.compile("[\ue000-\uffff]").search
"""Characters that sort after surrogate pairs in UTF-16, but before the characters of those pairs by code point."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words of a guide.

    ``term_index``: for each term the keys of its names, joined by ``|``, in JavaScript's order of strings. ``weights``: for each
    language its whole words with their weights, the heaviest first. ``sizes``: the number of names in each language.
    ``letter_index``: for each language in Chinese script the characters of its words.
    """

    term_index: dict[str, str]
    weights: dict[str, dict[str, int]]
    sizes: Counter[str]
    letter_index: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _BuiltIn:
    """The word table of the built-in names.

    ``document_frequency``: the number of kinds of help of each word that has many. ``crowded``: the number of concepts of each
    term that has many. ``types``: the service types with names.
    """

    term_index: dict[str, str]
    weights: dict[str, dict[str, int]]
    sizes: dict[str, int]
    letter_index: dict[str, str]
    document_frequency: dict[str, int]
    crowded: dict[str, int]
    types: frozenset[str]


def build_word_table(guide: Guide) -> WordTable:
    """Return the word table of a guide: its own names first, then guidegen's, without those of types that it does not have."""
    types = frozenset(kind.id for kind in guide.service_types)
    return _merge(_built_in(), tuple(list_own_names(guide)), tuple(list_local_names(guide)), types)


@lru_cache(maxsize=1)  # for the preview server, which builds the same guide repeatedly
def _merge(base: _BuiltIn, own: tuple[Name, ...], local: tuple[Name, ...], types: frozenset[str]) -> WordTable:
    term_index = dict(base.term_index)
    _drop_missing_types(term_index, base.types - types)
    _drop_claimed_names(term_index, own)
    weighted_names = weigh_names(dict.fromkeys([*own, *local]), base.document_frequency)
    for term, keys in _index_by_term(weighted_names, base.crowded).items():
        base_keys = term_index.get(term)
        term_index[term] = "|".join(dict.fromkeys([*keys, *base_keys.split("|")] if base_keys else keys))
    weights = dict(base.weights)
    for language, words in _weigh_words(weighted_names).items():
        weights[language] = _sort_by_weight(words + Counter(weights.get(language, {})))
    letters = dict(base.letter_index)
    for language, own_letters in _letter_index(weighted_names).items():
        letters[language] = letters.get(language, "") + own_letters
    sizes = Counter(base.sizes)
    sizes.update(weighted.name.language for weighted in weighted_names)
    return WordTable({term: term_index[term] for term in sort_like_javascript(term_index)}, weights, sizes, letters)


def list_weighted_names(table: WordTable) -> tuple[WeightedName, ...]:
    """Return the distinct names of a table."""
    keys = dict.fromkeys(key for line in table.term_index.values() if line for key in line.split("|"))
    return tuple(WeightedName.parse(key) for key in keys)


def sort_like_javascript(terms: Iterable[str]) -> list[str]:
    """Return the terms sorted as JavaScript compares strings: by UTF-16 code units."""
    terms = list(terms)
    if not _sorts_differently("".join(terms)):  # Python's order, by code point, is the same
        return sorted(terms)
    return sorted(terms, key=lambda term: term.encode("utf-16-be"))


def _drop_missing_types(term_index: dict[str, str], missing: frozenset[str]) -> None:
    """Remove the names of types that the guide does not have."""
    if not missing:
        return
    prefixes = tuple(f"type:{name}=" for name in missing)
    has_missing = re.compile("|".join(map(re.escape, prefixes))).search
    for term, line in term_index.items():
        if has_missing(line):
            term_index[term] = "|".join(key for key in line.split("|") if not key.startswith(prefixes))


def _drop_claimed_names(term_index: dict[str, str], own: Iterable[Name]) -> None:
    """Remove the built-in names of a type that the guide gives to another type."""
    for name in own:
        if not name.concept.startswith("type:"):
            continue
        words, own_prefix = join_terms(name.words), f"{name.concept}="
        for term in words.split():
            keys = term_index.get(term, "").split("|")
            other_types = [key for key in keys if key.startswith("type:") and not key.startswith(own_prefix)]
            claimed = {key for key in other_types if _has_words(key, words)}
            if claimed:
                term_index[term] = "|".join(key for key in keys if key not in claimed)


def _has_words(key: str, words: str) -> bool:
    """Return whether a key has just these words. Its marks are not letters, so they do not count."""
    return " ".join(term for word in key.rpartition("=")[2].split() for term in tokenize(word)) == words


def _index_by_term(weighted_names: Iterable[WeightedName], crowded: Mapping[str, int]) -> dict[str, dict[str, None]]:
    """Return the keys of names by term, without terms of too many concepts unless the name has no other.

    A name that must be there as a whole is listed under its rarest term only.

    Every term is a key of the result, even if no name is listed under it: query words must be recognized.
    """
    concepts: dict[str, set[str]] = defaultdict(set)
    weighted_names = [weighted for weighted in weighted_names if weighted.terms]  # a name may have only punctuation
    for weighted in weighted_names:
        for term, _, _ in weighted.terms:
            concepts[term].add(weighted.name.concept)
    keys_by_term: dict[str, dict[str, None]] = {term: {} for term in concepts}
    for weighted in weighted_names:
        terms = [term for term, _, _ in weighted.terms]
        counts = {term: max(len(concepts[term]), crowded.get(term, 0)) for term in terms}
        rare_terms = [term for term in terms if counts[term] <= _MAX_CONCEPTS]
        if not rare_terms or needs_whole_name(weighted.name.concept):
            rare_terms = [min(terms, key=lambda term: (counts[term], -len(term)))]
        for term in rare_terms:
            keys_by_term[term][weighted.key] = None
    return keys_by_term


def _weigh_words(weighted_names: Iterable[WeightedName]) -> dict[str, Counter[str]]:
    """Return the weights of the words of each language: high if in many names, early in a list, or a name by themselves."""
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    position: Counter[tuple[str, str]] = Counter()
    for weighted in weighted_names:
        concept, language = weighted.name.concept, weighted.name.language
        position[concept, language] += 1
        base_weight = 20 if len(weighted.terms) == 1 else 10
        for term, _, _ in weighted.terms:
            if is_word(term) and len(term) >= _MIN_LETTERS:
                weights[language][term] += base_weight // (2 + position[concept, language] // 8) + 1
    return weights


def _sort_by_weight(words: Mapping[str, int]) -> dict[str, int]:
    """Return the words, the heaviest first."""
    return {term: -negative for negative, term in sorted((-weight, term) for term, weight in words.items())}


def _letter_index(weighted_names: Iterable[WeightedName]) -> dict[str, str]:
    """Return the characters in the words of each language that is written in Chinese script."""
    letters_by_language: dict[str, set[str]] = defaultdict(set)
    for weighted in weighted_names:
        if cldr.script(weighted.name.language) == "Hani":
            letters_by_language[weighted.name.language].update(letter for term, _, _ in weighted.terms for letter in term)
    return {language: "".join(sorted(letters)) for language, letters in letters_by_language.items()}


# --- the built-in words, tokenized once -----------------------------------------------------------


@cache
def _built_in() -> _BuiltIn:
    """Return the built-in words from ``words/compiled.txt``, or compile them if that file is missing or the lists changed."""
    compiled = resources.find_built_in_folder() / "words/compiled.txt"
    if compiled.is_file():
        first, _, rest = compiled.read_bytes().partition(b"\n")
        header = json.loads(first)
        if header.pop("of") == _hash_word_lists():
            fields_of_lines = iter(rest.decode().replace("\t", "\n").split("\n"))  # term, keys, term, keys, ...
            term_index = dict(zip(fields_of_lines, fields_of_lines, strict=False))
            return _BuiltIn(term_index, **{**header, "types": frozenset(header["types"])})
    return _compile()


def format_compiled_words() -> str:
    """Return the content of ``words/compiled.txt``: a JSON header, then a line with the keys of each term."""
    built_in = _compile()
    header = {field.name: getattr(built_in, field.name) for field in fields(built_in) if field.name != "term_index"}
    header |= {"of": _hash_word_lists(), "types": sorted(built_in.types)}
    first = json.dumps(dict(sorted(header.items())), ensure_ascii=False, separators=(",", ":"))
    return "\n".join([first, *(f"{term}\t{keys}" for term, keys in sorted(built_in.term_index.items()))]) + "\n"


def _hash_word_lists() -> str:
    """Return a hash of the word lists. A test fails if the code that tokenizes them has changed the result."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted((resources.find_built_in_folder() / "words").glob("*.json")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _compile() -> _BuiltIn:
    names = tuple(dict.fromkeys(list_built_in_names()))
    weighted_names = weigh_names(names)
    kinds_by_word = group_kinds_by_word((weighted.name, weighted.words) for weighted in weighted_names)
    concepts_by_term: dict[str, set[str]] = defaultdict(set)
    for weighted in weighted_names:
        for term, _, _ in weighted.terms:
            concepts_by_term[term].add(weighted.name.concept)
    return _BuiltIn(
        {term: "|".join(keys) for term, keys in _index_by_term(weighted_names, {}).items()},
        {language: _sort_by_weight(words) for language, words in _weigh_words(weighted_names).items()},
        dict(Counter(weighted.name.language for weighted in weighted_names)),
        _letter_index(weighted_names),
        {f"{tag}:{word}": len(kinds) for (tag, word), kinds in kinds_by_word.items() if len(kinds) > MAX_DISTINCTIVE_KINDS},
        {term: len(concepts) for term, concepts in concepts_by_term.items() if len(concepts) > _MAX_CONCEPTS},
        frozenset(name.concept.removeprefix("type:") for name in names if name.concept.startswith("type:")),
    )
