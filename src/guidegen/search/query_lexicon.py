"""Read queries with the whole lexicon in memory, as ``check`` does. A reader's device only loads a few term files."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from guidegen.patterns import compile_lazily
from guidegen.search.analysis import is_word, tokenize
from guidegen.search.lexicon import WeightedName
from guidegen.search.query_reader import ConceptMatch, Variant, read_query
from guidegen.search.similarity import BEGUN, SAME, STEM, has_same_stem, similarity
from guidegen.text import cldr

MAX_LETTERS, MAX_TERMS, _MAX_GUESSES = 200, 24, 12
_SEPARATORS = compile_lazily(r"[^\w'’ʼ\u0300-\u036f]+|_")


class Lexicon:
    """The names of all concepts, indexed by term."""

    def __init__(self, phrases: Sequence[WeightedName], source: str) -> None:
        self.phrases = phrases
        self.source = source
        self._variants_cache: dict[tuple[str, bool, str], list[Variant]] = {}

    @cached_property
    def _by_term(self) -> dict[str, list[WeightedName]]:
        by_term: defaultdict[str, list[WeightedName]] = defaultdict(list)
        for phrase in self.phrases:
            for term in dict.fromkeys(term for term, _, _ in phrase.terms):
                by_term[term].append(phrase)
        return dict(by_term)

    @cached_property
    def _words(self) -> dict[str, dict[str, list[str]]]:
        """The whole words of each language, sorted, by their first letter."""
        words_by_language: defaultdict[str, set[str]] = defaultdict(set)
        for phrase in self.phrases:
            words_by_language[phrase.name.language].update(term for term, _, _ in phrase.terms if is_word(term))
        words_by_letter: dict[str, dict[str, list[str]]] = {}
        for language, words in words_by_language.items():
            by_letter = words_by_letter[language] = {}
            for word in sorted(words):
                by_letter.setdefault(word[0], []).append(word)
        return words_by_letter

    def interpret(self, text: str, language: str) -> list[ConceptMatch]:
        """Return the concepts that a query asks for, best first within each kind; ``language`` is that of the page."""
        query = self.parse_query(text, language)
        return read_query(query, self.find_names, language, self.source, surface_forms(text[:MAX_LETTERS], len(query)))

    def parse_query(self, text: str, language: str) -> list[list[Variant]]:
        """Return the terms of a query, each as a list of variants."""
        terms = tokenize(text[:MAX_LETTERS])[:MAX_TERMS]
        return [self._list_variants(term, index == len(terms) - 1, language) for index, term in enumerate(terms)]

    def find_names(self, term: str) -> Sequence[WeightedName]:
        """Return the names that contain a term."""
        return self._by_term.get(term, ())

    def _list_variants(self, term: str, is_last: bool, language: str) -> list[Variant]:
        """Return the terms that a typed one may stand for, with their qualities."""
        key = (term, is_last, language)
        if key not in self._variants_cache:
            self._variants_cache[key] = self._compute_variants(term, is_last, language)
        return self._variants_cache[key]

    def _compute_variants(self, term: str, is_last: bool, language: str) -> list[Variant]:
        if not is_word(term):
            return [(term, SAME)]
        is_known = term in self._by_term
        candidates = (word for word in self._list_candidates(language, term, is_known) if word != term)
        if is_known:  # a known word has other forms and may be unfinished, but it is not misspelled
            prefix_quality = BEGUN if is_last else 0.0
            qualities = (
                (word, STEM if has_same_stem(term, word) else prefix_quality if word.startswith(term) else 0.0)
                for word in candidates
            )
        else:
            qualities = ((word, similarity(term, word, is_last)) for word in candidates)
        variants = [(word, quality) for word, quality in qualities if quality]
        variants.sort(key=lambda variant: (-variant[1], abs(len(variant[0]) - len(term)), variant[0]))
        return [(term, SAME), *variants[:_MAX_GUESSES]]

    def _list_candidates(self, language: str, term: str, is_known: bool) -> Iterable[str]:
        """Return the words to compare a term with: only those with its first letter if it needs no correction.

        They are those of the page's language and, if it has the same script, of the source language. A term with other letters
        than ASCII on a page in the source language is compared with the words of every language.
        """
        tags: tuple[str, ...] = (language, self.source) if cldr.script(language) == cldr.script(self.source) else (language,)
        if not term.isascii() and language == self.source:
            tags = tuple(self._words)
        by_letter = (self._words.get(tag, {}) for tag in tags)
        groups = ((words.get(term[0], ()),) if is_known else words.values() for words in by_letter)
        return dict.fromkeys(word for group in groups for words in group for word in words)


def surface_forms(text: str, count: int) -> list[str]:
    """Return how each term was typed, with accents; empty if the words do not match the ``count`` terms."""
    words = _SEPARATORS.split(unicodedata.normalize("NFKC", text).lower())
    forms = [word for word in words for _ in tokenize(word)]
    return forms if len(forms) >= count else []
