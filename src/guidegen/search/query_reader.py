"""Read what a query asks for.

``client/search/reader.js`` does the same, and ``tests/search`` compares both: change them together. A query is a list of variants
for each of its terms. A variant is a term with its quality, which is 1 for the term as it was typed.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import field

from guidegen.records import dataclass
from guidegen.search.concepts import is_grave
from guidegen.search.lexicon import WeightedName
from guidegen.search.similarity import BEGUN, PREFIX, SAME, STEM
from guidegen.text import cldr

Variant = tuple[str, float]
_UNINFLECTED = frozenset({"vi"})  # languages whose words have only one form
_MIN_GRAVE_QUALITY, _MIN_GRAVE_SHARE, _SHORT = 0.8, 0.75, re.compile("[a-z]{1,3}")
_FULL_SHARE, _PARTIAL_SHARE, _MIN_SHARE, _MIN_MAXIMUM = 0.99, 0.5, 0.3, 0.5


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that a query asks for. ``share`` is relative to the best kind of help; ``places`` are indexes of query terms."""

    concept: str
    share: float
    strength: float
    places: tuple[int, ...]

    @property
    def kind(self) -> str:
        """The kind of the concept: type, need, fact, day, lang, area or answer."""
        return self.concept.partition(":")[0]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name that matches a part of the query: which terms, which share of its weight, and how well."""

    phrase: WeightedName
    places: tuple[int, ...]
    share: float
    quality: float
    weight: float
    strength: float
    score: float

    @property
    def concept(self) -> str:
        return self.phrase.name.concept

    @property
    def kind(self) -> str:
        return self.concept.partition(":")[0]

    @property
    def is_exact(self) -> bool:
        return self.share >= _FULL_SHARE and self.quality > 0.94

    @property
    def is_help(self) -> bool:
        return self.kind in ("type", "need")


@dataclass(slots=True)
class _Evidence:
    """The combined score of all readings of a concept."""

    value: float = 0
    strength: float = 0
    places: set[int] = field(default_factory=set)


def read_query(
    query: Sequence[Sequence[Variant]],
    phrases_of: Callable[[str], Sequence[WeightedName]],
    language: str,
    source: str,
    spellings: Sequence[str] = (),
) -> list[ConceptMatch]:
    """Return the concepts of a query. The best reading of a word wins; the scores of others that use it are reduced."""
    readings = _list_readings(query, phrases_of, language, source, spellings)
    evidence: dict[str, _Evidence] = {}
    for score, factor, reading in sorted(_reduce_scores(readings), key=lambda entry: (-entry[0], entry[2].phrase.key)):
        concept = evidence.setdefault(reading.concept, _Evidence())
        new_places = [place for place in reading.places if place not in concept.places]
        if new_places:
            concept.value += score * (len(new_places) / len(reading.places))
            concept.strength = max(concept.strength, reading.strength * factor)
            concept.places.update(new_places)
    return _rank_concepts(evidence)


def _reduce_scores(readings: Sequence[_Reading]) -> list[tuple[float, float, _Reading]]:
    """Return each reading with its reduced score and the factor; drop weak ones whose words others already have."""
    clear_readings = [reading for reading in readings if reading.share >= _FULL_SHARE and reading.strength >= 0.85]
    winners: list[_Reading] = []
    scored: list[tuple[float, float, _Reading]] = []
    for reading in readings:
        taken = {place for winner in winners for place in winner.places}
        if reading.share < _PARTIAL_SHARE and taken.issuperset(reading.places):
            continue
        factor = 0.3 if _means_fact(reading, clear_readings) else 1.0
        factor = min([factor, *(_compute_factor(reading, winner) for winner in winners)])
        if factor == 1 and reading.kind != "answer":
            winners.append(reading)
        if reading.kind == "answer" or (reading.kind == "need" and is_grave(reading.concept)):
            factor = 1  # an answer that editors pinned, or a cry for help, does not compete with other readings
        scored.append((reading.score * factor, factor, reading))
    return scored


def _means_fact(reading: _Reading, clear_readings: Sequence[_Reading]) -> bool:
    """Return whether a kind of help such as "interpreter" is meant as a fact about access: another word says the kind."""
    places = set(reading.places)
    if reading.kind != "type" or not any(other.kind == "fact" and places.issubset(other.places) for other in clear_readings):
        return False
    return any(
        other.kind == "type" and other.concept != reading.concept and places.isdisjoint(other.places) for other in clear_readings
    )


def _compute_factor(reading: _Reading, winner: _Reading) -> float:
    """Return the factor for the score of a reading that shares words with a heavier one; 1 if it does not."""
    shares_words = not set(reading.places).isdisjoint(winner.places)
    if winner.concept == reading.concept or winner.weight <= reading.weight * 1.02 or not shares_words:
        return 1
    if reading.is_exact and not winner.is_exact:
        return 1
    if reading.is_help:
        return 0.25 if winner.is_help else 0.3
    return 0.25 if winner.kind == reading.kind else 0.7


def _rank_concepts(evidence: dict[str, _Evidence]) -> list[ConceptMatch]:
    likely = {concept: total for concept, total in evidence.items() if concept.startswith("type:") or total.strength >= 0.55}
    maximum = max([_MIN_MAXIMUM, *(total.value for concept, total in likely.items() if concept.startswith(("type:", "need:")))])
    matches = []
    for kind in ("type", "need", "fact", "day", "lang", "area", "answer"):
        totals = [(concept, total) for concept, total in likely.items() if concept.startswith(kind + ":")]
        for concept, total in sorted(totals, key=lambda pair: -pair[1].value):
            share = total.value / maximum if kind in ("type", "need") else total.strength
            if share >= 0.3 or is_grave(concept):
                matches.append(ConceptMatch(concept, share, total.strength, tuple(sorted(total.places))))
    return matches


def _list_readings(
    query: Sequence[Sequence[Variant]],
    phrases_of: Callable[[str], Sequence[WeightedName]],
    language: str,
    source: str,
    spellings: Sequence[str],
) -> list[_Reading]:
    """Return the readings of a query, best first."""
    matches_by_phrase = _match_terms(query, phrases_of, language, spellings)
    # Most queries are in one language: prefer the language in which most of the words are known.
    known_places: defaultdict[str, set[int]] = defaultdict(set)
    for phrase, matches in matches_by_phrase.items():
        known_places[phrase.name.language].update(place for place, _, value in matches if value >= STEM * 0.85)
    max_known = max([1, *map(len, known_places.values())])
    is_latin = cldr.script(language) == "Latn"
    readings = []
    for phrase, matches in matches_by_phrase.items():
        places, share, quality, weight, is_ordered = _align(phrase, matches)
        if share < _MIN_SHARE or (phrase.name.concept.startswith(("fact:", "not:")) and (not is_ordered or share < _FULL_SHARE)):
            continue  # neither "ID without" nor "ID" means "without ID"
        if is_grave(phrase.name.concept) and share < _MIN_GRAVE_SHARE:
            continue
        tag = phrase.name.language
        if tag != language and is_latin and len(places) == 1 and _SHORT.fullmatch(query[places[0]][0][0]):
            continue  # a short word of one language is another word in many: Vietnamese "bị" is not English "bi"
        language_factor = 1 if tag == language else 0.97 if tag == source else 0.94
        language_factor *= 0.6 + 0.4 * len(known_places[tag]) / max_known
        if share >= _FULL_SHARE:
            strength = quality
        elif share >= _PARTIAL_SHARE:
            strength = share * share * quality * 0.9
        else:
            strength = share * quality * 0.35
        readings.append(_Reading(phrase, places, share, quality, weight, strength, weight * strength * language_factor))
    harmless = [set(reading.places) for reading in readings if reading.kind == "not"]
    readings = [
        reading
        for reading in readings
        if reading.kind != "not"
        and not (is_grave(reading.concept) and any(places.issuperset(reading.places) for places in harmless))
    ]
    return sorted(readings, key=lambda reading: (-reading.score, reading.phrase.key))


def _match_terms(
    query: Sequence[Sequence[Variant]],
    phrases_of: Callable[[str], Sequence[WeightedName]],
    language: str,
    spellings: Sequence[str],
) -> dict[WeightedName, list[tuple[int, int, float]]]:
    """Return the matching terms of each name: index in the query, index in the name, quality."""
    has_accents = any(spelling != _strip_accents(spelling) for spelling in spellings)
    matches: dict[WeightedName, list[tuple[int, int, float]]] = {}
    for place, variants in enumerate(query):
        typed = spellings[place] if place < len(spellings) else ""
        is_typed = bool(variants) and variants[0][1] == SAME
        languages = {phrase.name.language for phrase in phrases_of(variants[0][0])} if is_typed else set()
        for term, quality in variants:
            for phrase in phrases_of(term):
                tag = phrase.name.language
                if quality < SAME and languages and tag not in languages:
                    continue  # a word of one language has no forms in another
                if quality == STEM and tag in _UNINFLECTED:
                    continue
                if quality == BEGUN and len(phrase.terms) < 2:
                    continue  # a known word is not the prefix of a one-word name
                for slot, (word, _, spelling) in enumerate(phrase.terms):
                    if word == term:
                        value = quality * _compare_accents(spelling, typed, has_accents, tag == language)
                        if not _is_too_vague(phrase, len(term), quality, value):
                            matches.setdefault(phrase, []).append((place, slot, value))
    return matches


def _is_too_vague(phrase: WeightedName, length: int, quality: float, value: float) -> bool:
    """Return whether a word of this length is too unlike a word of a name to mean it: a proper name, a grave or a harmless one.

    Many words are similar to a proper name. "Grape" is no misspelled rape, and "traffic" is no form of trafficking.
    """
    concept = phrase.name.concept
    if concept.startswith(("lang", "area")):
        return quality == STEM or value < (STEM if length < 6 else PREFIX)
    if concept.startswith("not:"):
        return quality < SAME
    if is_grave(concept):
        return value < _MIN_GRAVE_QUALITY or quality < (SAME if len(phrase.terms) < 2 else STEM)
    return False


def _align(phrase: WeightedName, matches: Sequence[tuple[int, int, float]]) -> tuple[tuple[int, ...], float, float, float, bool]:
    """Return the best window of a query for a name: its places, share of the name, quality, weight, and whether in order."""
    terms = phrase.terms
    size, total = len(terms), sum(weight for _, weight, _ in terms)
    window = size + (size > 1)
    alignments = []
    for start in dict.fromkeys(place for place, _, _ in matches):
        chosen: dict[int, tuple[int, float]] = {}
        used: set[int] = set()
        for place, slot, value in matches:
            if start <= place < start + window and place not in used and slot not in chosen:
                chosen[slot] = (place, value)
                used.add(place)
        covered = matched = 0.0
        for slot in sorted(chosen):
            covered += terms[slot][1]
            matched += terms[slot][1] * chosen[slot][1]
        order = [chosen[slot][0] for slot in sorted(chosen)]
        is_ordered, share, quality = order == sorted(order), covered / total, matched / covered
        # A whole name of several words says more than one of its words.
        min_weight = quality * (1 + 0.15 * (size - 1)) if share >= _FULL_SHARE else 0
        weight = max(matched, min_weight) * (1 if is_ordered else 0.95)
        alignments.append((tuple(sorted(used)), share, quality, weight, is_ordered))
    return max(alignments, key=lambda alignment: alignment[3])


def _compare_accents(spelling: str, typed: str, has_accents: bool, is_page_language: bool) -> float:
    """Return how well the accents of a name fit the typed word: people who type accents mean them."""
    if not typed or spelling == typed or _strip_accents(spelling) != _strip_accents(typed):
        return 1
    if typed != _strip_accents(typed):
        return 0.7
    if has_accents:
        return 0.85 if is_page_language else 0.4
    return 0.95


def _strip_accents(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in plain if not 0x300 <= ord(letter) < 0x370).replace("đ", "d")
