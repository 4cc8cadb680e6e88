"""What a query asks for: the twin of ``client/search/reader.js``, held to the same answers in ``tests/search``.

A query is a list of variants for each of its terms, each a term and its quality, 1 for the term as it was typed.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from guidegen.search.lexicon import WeightedName
from guidegen.search.similarity import BEGUN, PREFIX, SAME, STEM

Variant = tuple[str, float]
_UNCHANGING = frozenset({"vi"})  # languages whose words have one form
_FULL, _PARTIAL, _HINT, _SURE = 0.99, 0.5, 0.3, 0.5


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that a query asks for; ``share`` is 1 for the kind of help that is asked for most."""

    concept: str
    share: float
    strength: float
    places: tuple[int, ...]

    @property
    def kind(self) -> str:
        """What it is: type, need, fact, lang, area or answer."""
        return self.concept.partition(":")[0]


@dataclass(frozen=True, slots=True)
class _Reading:
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
        return self.share >= _FULL and self.quality > 0.94

    @property
    def is_help(self) -> bool:
        return self.kind in ("type", "need")


@dataclass(slots=True)
class _Evidence:
    """What all readings together say of a concept."""

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
    """The concepts of a query. The longest reading wins a word; weaker ones fade."""
    readings = _readings(query, phrases_of, language, source, spellings)
    clear = [one for one in readings if one.share >= _FULL and one.strength >= 0.85]
    winners: list[_Reading] = []
    faded: list[tuple[float, float, _Reading]] = []
    for one in readings:
        taken = {place for other in winners for place in other.places}
        if one.share < _PARTIAL and taken.issuperset(one.places):
            continue
        fade = min([0.3 if _is_fact_here(one, clear) else 1.0, *(_fading(one, other) for other in winners)])
        if one.kind == "answer":
            fade = 1  # what editors pin stands beside every reading
        elif fade == 1:
            winners.append(one)
        faded.append((one.score * fade, fade, one))
    told: dict[str, _Evidence] = {}
    for score, fade, one in sorted(faded, key=lambda entry: (-entry[0], entry[2].phrase.key)):
        sofar = told.setdefault(one.concept, _Evidence())
        fresh = [place for place in one.places if place not in sofar.places]
        if fresh:
            sofar.value += score * (len(fresh) / len(one.places))
            sofar.strength = max(sofar.strength, one.strength * fade)
            sofar.places.update(fresh)
    return _rank_concepts(told)


def _is_fact_here(one: _Reading, clear: Sequence[_Reading]) -> bool:
    """ "Interpreter" or "for children" is a fact about access when something else says the kind of help."""
    places = set(one.places)
    if one.kind != "type" or not any(other.kind == "fact" and places.issubset(other.places) for other in clear):
        return False
    return any(other.kind == "type" and other.concept != one.concept and places.isdisjoint(other.places) for other in clear)


def _fading(one: _Reading, winner: _Reading) -> float:
    """What is left of a reading whose words a longer one has."""
    if winner.concept == one.concept or winner.weight <= one.weight * 1.02 or set(one.places).isdisjoint(winner.places):
        return 1
    if one.is_exact and not winner.is_exact:
        return 1
    if one.is_help:
        return 0.25 if winner.is_help else 0.3
    return 0.25 if winner.kind == one.kind else 0.7


def _rank_concepts(told: dict[str, _Evidence]) -> list[ConceptMatch]:
    sure = {concept: one for concept, one in told.items() if concept.startswith("type:") or one.strength >= 0.55}
    most = max([_SURE, *(one.value for concept, one in sure.items() if concept.startswith(("type:", "need:")))])
    found = []
    for kind in ("type", "need", "fact", "lang", "area", "answer"):
        some = [(concept, one) for concept, one in sure.items() if concept.startswith(kind + ":")]
        for concept, one in sorted(some, key=lambda pair: -pair[1].value):
            share = one.value / most if kind in ("type", "need") else one.strength
            if share >= 0.3:
                found.append(ConceptMatch(concept, share, one.strength, tuple(sorted(one.places))))
    return found


def _readings(
    query: Sequence[Sequence[Variant]],
    phrases_of: Callable[[str], Sequence[WeightedName]],
    language: str,
    source: str,
    spellings: Sequence[str],
) -> list[_Reading]:
    """Every reading of the query: which phrase, by which of its terms, how strongly."""
    matches = _matches(query, phrases_of, language, spellings)
    # Most people write a query in one language: that in which most of its words are known.
    known: defaultdict[str, set[int]] = defaultdict(set)
    for phrase, some in matches.items():
        known[phrase.name.language].update(place for place, _, value in some if value >= STEM * 0.85)
    most = max([1, *map(len, known.values())])
    found = []
    for phrase, some in matches.items():
        places, share, quality, weight, ordered = _aligned(phrase, some)
        if share < _HINT or (phrase.name.concept.startswith("fact:") and (not ordered or share < _FULL)):
            continue  # "ID without" is not "without ID", and neither is "ID"
        tag = phrase.name.language
        near = (1 if tag == language else 0.97 if tag == source else 0.94) * (0.6 + 0.4 * len(known[tag]) / most)
        if share >= _FULL:
            strength = quality
        elif share >= _PARTIAL:
            strength = share * share * quality * 0.9
        else:
            strength = share * quality * 0.35
        found.append(_Reading(phrase, places, share, quality, weight, strength, weight * strength * near))
    return sorted(found, key=lambda one: (-one.score, one.phrase.key))


def _matches(
    query: Sequence[Sequence[Variant]],
    phrases_of: Callable[[str], Sequence[WeightedName]],
    language: str,
    spellings: Sequence[str],
) -> dict[WeightedName, list[tuple[int, int, float]]]:
    """For each phrase: at which place of the query which of its terms stands, and how well."""
    marked = any(spelling != _bare(spelling) for spelling in spellings)
    found: dict[WeightedName, list[tuple[int, int, float]]] = {}
    for place, variants in enumerate(query):
        typed = spellings[place] if place < len(spellings) else ""
        spoken = {phrase.name.language for phrase in phrases_of(variants[0][0])} if variants and variants[0][1] == SAME else set()
        for term, quality in variants:
            for phrase in phrases_of(term):
                tag = phrase.name.language
                if quality < SAME and spoken and tag not in spoken:
                    continue  # a word of one language has no forms in another
                if quality == STEM and tag in _UNCHANGING:
                    continue
                if quality == BEGUN and len(phrase.terms) < 2:
                    continue  # a word by itself is what it is, not the beginning of another
                for slot, (word, _, spelling) in enumerate(phrase.terms):
                    if word == term:
                        value = quality * _accents(spelling, typed, marked, tag == language)
                        near = quality == STEM or value < (STEM if len(term) < 6 else PREFIX)
                        if near and phrase.name.concept.startswith(("lang", "area")):
                            continue  # many words are near a name
                        found.setdefault(phrase, []).append((place, slot, value))
    return found


def _aligned(
    phrase: WeightedName, matches: Sequence[tuple[int, int, float]]
) -> tuple[tuple[int, ...], float, float, float, bool]:
    """The best window of the query for a phrase: places, share of the phrase, quality, weight, and whether in its order."""
    terms = phrase.terms
    size, total = len(terms), sum(weight for _, weight, _ in terms)
    window = size + (size > 1)
    found = []
    for start in dict.fromkeys(place for place, _, _ in matches):
        chosen: dict[int, tuple[int, float]] = {}
        used: set[int] = set()
        for place, slot, value in matches:
            if start <= place < start + window and place not in used and slot not in chosen:
                chosen[slot] = (place, value)
                used.add(place)
        covered = worth = 0.0
        for slot in sorted(chosen):
            covered += terms[slot][1]
            worth += terms[slot][1] * chosen[slot][1]
        order = [chosen[slot][0] for slot in sorted(chosen)]
        ordered, share, quality = order == sorted(order), covered / total, worth / covered
        least = quality * (1 + 0.15 * (size - 1)) if share >= _FULL else 0  # a whole name says more than one of its words
        found.append((tuple(sorted(used)), share, quality, max(worth, least) * (1 if ordered else 0.95), ordered))
    return max(found, key=lambda one: one[3])


def _accents(spelling: str, typed: str, marked: bool, near: bool) -> float:
    """How well the accents of a name fit what was typed: who types accents means them."""
    if not typed or spelling == typed or _bare(spelling) != _bare(typed):
        return 1
    if typed != _bare(typed):
        return 0.7
    if marked:
        return 0.85 if near else 0.4
    return 0.95


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in plain if not 0x300 <= ord(letter) < 0x370).replace("đ", "d")
