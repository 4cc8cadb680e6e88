"""Choices that narrow a list of cards down, with how many they leave: made here, used by ``client/filters.js``.

Without scripts they are not shown; the list stays whole and is grouped by what matters.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidegen.model import urls
from guidegen.model.settings import Area
from guidegen.search.concepts import FACT_NAMES
from guidegen.site.components.card import FILTERED, CardView
from guidegen.site.components.labels import ServiceTypeLabel, area_passage
from guidegen.site.components.localized_text import TextResolver
from guidegen.text.language import Language, LocalizedString, message

MIN_CARDS = 5
"""A list of fewer cards is read faster than narrowed down."""
MAX_CHOICES = 10
_HEADINGS = {
    "type": message("Kinds of help"),
    "fact": message("What matters to you"),
    "lang": message("Languages"),
    "area": message("Places"),
}


@dataclass(frozen=True, slots=True)
class FilterOption:
    """What a card must be true of, in the reader's words, and of how many cards it is; 0 where only the clock knows."""

    concept: str
    label: LocalizedString
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Choices of one kind; of facts all that are chosen must be true, of the other kinds one."""

    heading: str
    kind: str
    choices: tuple[FilterOption, ...]


def build_filters(
    views: Sequence[CardView],
    resolver: TextResolver,
    areas: Sequence[Area] = (),
    types: Sequence[ServiceTypeLabel] = (),
    but: str = "",
) -> tuple[Filter, ...]:
    """What divides these cards; ``but`` is the concept that all of them have in common."""
    shown = {view.path: view for view in views}
    if len(shown) < MIN_CARDS:
        return ()
    counts = Counter(concept for view in shown.values() for concept in set(view.true_of.replace("|", " ").split()))
    labels = _labels(counts, resolver, areas, types)
    found = []
    for kind, heading in _HEADINGS.items():
        of_kind = (concept for concept in labels if concept.startswith(f"{kind}:"))
        some = [concept for concept in of_kind if 0 < counts[concept] < len(shown) and concept != but]
        if kind == "lang":
            own = f"lang:{resolver.language.tag.split('-')[0]}"
            some.sort(key=lambda concept: (concept != own, -counts[concept]))
        choices = tuple(FilterOption(concept, labels[concept], counts[concept]) for concept in some[:MAX_CHOICES])
        if kind == "fact" and any(offer.hours for view in shown.values() for offer in view.offers):
            choices = (FilterOption("fact:open-now", resolver.language.words(resolver.language.say("Open now")), 0), *choices)
        if choices:
            found.append(Filter(resolver.language.say(heading), kind, choices))
    return tuple(found)


def _labels(
    counts: Counter[str], resolver: TextResolver, areas: Sequence[Area], types: Sequence[ServiceTypeLabel]
) -> dict[str, LocalizedString]:
    """Return the name of each concept."""
    language = resolver.language
    return {
        **{f"type:{label.id}": resolver.resolve(label.name).words for label in types},
        **{f"area:{urls.slug(area.name)}": area_passage(area, resolver).words for area in areas},
        **{concept: language.words(name) for concept, name in _languages(counts, language)},
        **{f"fact:{name}": language.words(language.say(FACT_NAMES[name])) for name in FILTERED},
    }


def _languages(counts: Counter[str], language: Language) -> Iterator[tuple[str, str]]:
    for concept in sorted(counts):
        if concept.startswith("lang:"):
            yield concept, language.name_of(concept.removeprefix("lang:"))
