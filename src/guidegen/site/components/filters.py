"""Filters for a list of cards, with the number of cards that match each choice. ``client/filters.js`` applies them.

Without scripts the filters stay hidden and the list is complete.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from guidegen.model import urls
from guidegen.model.settings import Area
from guidegen.records import dataclass
from guidegen.search.concepts import FACT_NAMES
from guidegen.site.components.card_view import FILTERED, CardView
from guidegen.site.components.labels import ServiceTypeLabel, resolve_area_name
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.components.near import PlaceCenter, format_position
from guidegen.text.language import Language, LocalizedString, message

MIN_CARDS = 5
"""A shorter list has no filters: reading it is faster."""
MAX_CHOICES = 10
_HEADINGS = {
    "type": message("Kinds of help"),
    "fact": message("What matters to you"),
    "lang": message("Languages"),
    "area": message("Places"),
}


@dataclass(frozen=True, slots=True)
class FilterOption:
    """A concept to filter by, its label, and how many cards match; 0 for what depends on the reader's clock."""

    concept: str
    label: LocalizedString
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """The choices of one kind. A card must match all chosen facts, and any one of the choices of another kind.

    The kind ``time`` (open now, open today) has no heading, because pages show it beside the button that opens the others. The
    kind ``near`` has positions instead of concepts: it sorts the cards.
    """

    heading: str
    kind: str
    choices: tuple[FilterOption, ...]


def build_filters(
    views: Sequence[CardView],
    resolver: TextResolver,
    areas: Sequence[Area] = (),
    types: Sequence[ServiceTypeLabel] = (),
    shared: str = "",
    centers: Sequence[PlaceCenter] = (),
) -> tuple[Filter, ...]:
    """Return the filters for these cards. ``shared`` is a concept that all of them match, so it is no choice.

    From ``centers`` readers choose where they are, to see what is nearest.
    """
    language = resolver.language
    view_by_path = {view.path: view for view in views}
    if len(view_by_path) < MIN_CARDS:
        return ()
    counts = Counter(concept for view in view_by_path.values() for concept in set(view.true_of.replace("|", " ").split()))
    labels = _label_concepts(counts, resolver, areas, types)
    has_hours = any(offer.hours for view in view_by_path.values() for offer in view.offers)
    filters = [Filter("", "time", tuple(_list_times(language)))] if has_hours else []
    if sum(bool(view.positions) for view in view_by_path.values()) >= MIN_CARDS:
        filters.append(Filter(language.say("Nearest to"), "near", tuple(_list_places(centers, resolver))))
    for kind, heading in _HEADINGS.items():
        of_kind = (concept for concept in labels if concept.startswith(f"{kind}:"))
        concepts = [concept for concept in of_kind if 0 < counts[concept] < len(view_by_path) and concept != shared]
        if kind == "lang":
            own = f"lang:{language.tag.split('-')[0]}"
            concepts.sort(key=lambda concept: (concept != own, -counts[concept]))
        choices = [FilterOption(concept, labels[concept], counts[concept]) for concept in concepts[:MAX_CHOICES]]
        if choices:
            filters.append(Filter(language.say(heading), kind, tuple(choices)))
    return tuple(filters)


def _list_times(language: Language) -> Iterator[FilterOption]:
    yield FilterOption("fact:open-now", language.localize(language.say("Open now")), 0)
    yield FilterOption("fact:open-today", language.localize(language.say("Open today")), 0)


def _list_places(centers: Sequence[PlaceCenter], resolver: TextResolver) -> Iterator[FilterOption]:
    for center in centers:
        place = center.place
        label = resolve_area_name(place, resolver).words if isinstance(place, Area) else LocalizedString(place)
        yield FilterOption(format_position(center.position), label, 0)


def _label_concepts(
    counts: Counter[str], resolver: TextResolver, areas: Sequence[Area], types: Sequence[ServiceTypeLabel]
) -> dict[str, LocalizedString]:
    """Return the label of each concept, in the order of the choices."""
    language = resolver.language
    return {
        **{f"type:{label.id}": resolver.resolve(label.name).words for label in types},
        **{f"area:{urls.slug(area.name)}": resolve_area_name(area, resolver).words for area in areas},
        **{concept: language.localize(name) for concept, name in _name_languages(counts, language)},
        **{f"fact:{name}": language.localize(language.say(FACT_NAMES[name])) for name in FILTERED},
    }


def _name_languages(counts: Counter[str], language: Language) -> Iterator[tuple[str, str]]:
    for concept in sorted(counts):
        if concept.startswith("lang:"):
            yield concept, language.name_of(concept.removeprefix("lang:"))
