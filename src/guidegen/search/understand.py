"""Reading a query with all the words of a guide at hand: what ``check`` does where a reader's device has a few files."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from guidegen.search.analysis import is_word, tokenize
from guidegen.search.lexicon import WeightedName
from guidegen.search.reader import ConceptMatch, Variant, read_query
from guidegen.search.similarity import BEGUN, SAME, STEM, similarity
from guidegen.text import cldr

MAX_LETTERS, MAX_TERMS, _MAX_GUESSES = 200, 24, 12
_BETWEEN = re.compile(r"[^\w'’ʼ\u0300-\u036f]+|_")


class Lexicon:
    """The names of all concepts, ready to be searched."""

    def __init__(self, phrases: Sequence[WeightedName], source: str) -> None:
        self.phrases = phrases
        self.source = source
        self._read: dict[tuple[str, bool, str], list[Variant]] = {}

    @cached_property
    def _by_term(self) -> dict[str, list[WeightedName]]:
        found: defaultdict[str, list[WeightedName]] = defaultdict(list)
        for phrase in self.phrases:
            for term in dict.fromkeys(term for term, _, _ in phrase.terms):
                found[term].append(phrase)
        return dict(found)

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        """The whole words of each language."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for phrase in self.phrases:
            found[phrase.name.language].update(term for term, _, _ in phrase.terms if is_word(term))
        return {language: frozenset(words) for language, words in found.items()}

    def interpret(self, text: str, language: str) -> list[ConceptMatch]:
        """The concepts that a query in the guide's ``language`` asks for, best first within each kind."""
        query = self.query(text, language)
        return read_query(query, self.phrases_of, language, self.source, surface_forms(text[:MAX_LETTERS], len(query)))

    def query(self, text: str, language: str) -> list[list[Variant]]:
        """The terms of a query, each with the terms that it may stand for."""
        terms = tokenize(text[:MAX_LETTERS])[:MAX_TERMS]
        return [self._variants(term, place == len(terms) - 1, language) for place, term in enumerate(terms)]

    def phrases_of(self, term: str) -> Sequence[WeightedName]:
        """The phrases that a term stands in."""
        return self._by_term.get(term, ())

    def _variants(self, term: str, last: bool, language: str) -> list[Variant]:
        """The terms that a typed one may stand for. A word that is known has other forms, but no misspellings."""
        key = (term, last, language)
        if key not in self._read:
            self._read[key] = self._compared(term, last, language)
        return self._read[key]

    def _compared(self, term: str, last: bool, language: str) -> list[Variant]:
        if not is_word(term):
            return [(term, SAME)]
        known = term in self._by_term
        qualities = ((word, similarity(term, word, last)) for word in self._near(language, term) if word != term)
        if known:  # it has other forms, and may be the beginning of a word, but is not misspelt
            begun = BEGUN if last else 0.0
            qualities = (
                (word, STEM if quality == STEM else begun if word.startswith(term) else 0) for word, quality in qualities
            )
        found = [(word, quality) for word, quality in qualities if quality]
        found.sort(key=lambda pair: (-pair[1], abs(len(pair[0]) - len(term)), pair[0]))
        return [(term, SAME), *found[:_MAX_GUESSES]]

    def _near(self, language: str, term: str) -> Iterable[str]:
        """The words of the reader's language, and of the source language for Latin letters."""
        tags: tuple[str, ...] = (language, self.source) if cldr.script(language) == cldr.script(self.source) else (language,)
        if not term.isascii() and language == self.source:
            tags = tuple(self._words)
        return dict.fromkeys(word for tag in tags for word in sorted(self._words.get(tag, ())))


def surface_forms(text: str, count: int) -> list[str]:
    """How each term was typed, with its accents."""
    words = _BETWEEN.split(unicodedata.normalize("NFKC", text).lower())
    found = [word for word in words for _ in tokenize(word)]
    return found if len(found) >= count else []
