"""The list of areas, and a page of each area with its partners."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from guidegen.model import urls
from guidegen.model.areas import find_areas, find_areas_at, normalize_place
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.postal_addresses import address_line
from guidegen.model.settings import Area
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.site.components.card import Card, build_cards
from guidegen.site.components.card_view import CardView, view_card
from guidegen.site.components.filters import Filter, build_filters
from guidegen.site.components.labels import (
    ServiceTypeLabel,
    build_crumb,
    build_home_crumb,
    build_labels,
    plan_in_languages,
    resolve_area_name,
)
from guidegen.site.components.localized_text import NOTHING, ResolvedText, TextResolver
from guidegen.site.components.map import MAX_MARKS, MapPoint, MapView, map_view
from guidegen.site.components.map_layout import Position
from guidegen.site.components.near import PlaceCenter, find_centers, find_middle
from guidegen.site.components.pagination import (
    PageSlice,
    PaginatedView,
    build_list_crumb,
    build_page_links,
    build_section_links,
    format_count,
    format_page_title,
    group_by_type,
    group_cards,
    paginate,
    search_for,
)
from guidegen.text.language import Language, Message, proper_name

MAX_UNGROUPED = 15
"""Areas in a list without headings. A longer list is grouped by county."""


@dataclass(frozen=True, slots=True)
class PartnerPosition:
    """A partner's location in an area, for the map."""

    slug: str
    name: str
    plain_name: TranslatableText
    address: str
    position: Position


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """An area, its number of organizations, and the mean of their known positions."""

    area: Area
    count: int
    middle: Position | None


@dataclass(frozen=True, slots=True)
class AreasInputs:
    """The inputs of the list of areas."""

    order: tuple[str, ...]
    found: tuple[AreaSummary, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A row of the list of areas. ``number`` is that of its marker on the map, 0 if it has none."""

    name: ResolvedText
    path: str
    count: str
    number: int


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """The areas inside a larger one, under its name. The only group of a short list has no name."""

    name: ResolvedText
    rows: tuple[AreaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasView(View):
    """The view of the list of areas."""

    map: MapView | None
    groups: tuple[AreaGroup, ...]


@dataclass(frozen=True, slots=True)
class AreaInputs:
    """The inputs of an area's page. ``here`` are partners located in the area, ``serving`` those that serve it from elsewhere."""

    order: tuple[str, ...]
    area: Area
    here: tuple[Card, ...]
    serving: tuple[Card, ...]
    types: tuple[ServiceTypeLabel, ...]
    spots: tuple[PartnerPosition, ...]
    sheet: PageSlice
    centers: tuple[PlaceCenter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView(PaginatedView):
    """The view of an area's page."""

    map: MapView | None
    here: tuple[CardView, ...]
    serving: tuple[CardView, ...]
    count: str
    filters: tuple[Filter, ...]


def count_areas(guide: Guide) -> tuple[tuple[Area, int], ...]:
    """Return the areas that have partners, with their numbers, in the order of the list of areas."""
    index = _AreaIndex(build_cards(guide))
    counts = ((area, len(index.find_located(area)) + len(index.find_serving(area))) for area in find_areas(guide))
    return tuple((area, count) for area, count in counts if count)


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the list of areas, and the pages of each area that has partners, in every language."""
    order = guide.settings.languages
    types = tuple(build_labels(guide).values())
    positions = _find_positions(guide)
    index = _AreaIndex(build_cards(guide))
    all_inputs = [_build_inputs(area, index, order, types, positions, find_centers(guide)) for area in find_areas(guide)]
    used_inputs = [inputs for inputs in all_inputs if inputs.here or inputs.serving]
    list_inputs = AreasInputs(order, tuple(map(_summarize, used_inputs)))
    yield from plan_in_languages(languages, urls.areas, "areas.html", list_inputs, list_view, "areas")
    for area_inputs in used_inputs:
        for inputs in _paginate_inputs(area_inputs):
            yield from plan_in_languages(languages, partial(_find_path, inputs), "area.html", inputs, view, "areas")


class _AreaIndex:
    """The cards of a guide by the areas they are in, and by the places they serve."""

    def __init__(self, cards: tuple[Card, ...]) -> None:
        self._by_area = group_cards(cards, lambda card: card.areas)
        self._by_served_place = group_cards(cards, lambda card: card.serves)
        self._order = {card.slug: number for number, card in enumerate(cards)}

    def find_located(self, area: Area) -> tuple[Card, ...]:
        """Return the cards of partners with a location in an area."""
        return tuple(self._by_area.get(area.name, ()))

    def find_serving(self, area: Area) -> tuple[Card, ...]:
        """Return the cards of partners that serve an area from elsewhere."""
        located = {card.slug for card in self.find_located(area)}
        groups = (self._by_served_place.get(name, ()) for name in (area.name, *area.cities))
        others = {card.slug: card for group in groups for card in group if card.slug not in located}
        return tuple(sorted(others.values(), key=lambda card: self._order[card.slug]))


def _summarize(inputs: AreaInputs) -> AreaSummary:
    middle = find_middle([spot.position for spot in inputs.spots], 4) if inputs.spots else None
    return AreaSummary(inputs.area, len(inputs.here) + len(inputs.serving), middle)


def _find_path(inputs: AreaInputs, language: str) -> str:
    return urls.area(language, inputs.area.name) + inputs.sheet.end


def _paginate_inputs(inputs: AreaInputs) -> Iterator[AreaInputs]:
    """Yield the inputs of each page of an area: a single page, or one per service type. The map is on the first page."""
    cards = (*inputs.here, *inputs.serving)
    for page_slice, page_cards in paginate(cards, group_by_type(cards, inputs.types)):
        slugs = {card.slug for card in page_cards}
        here = tuple(card for card in inputs.here if card.slug in slugs)
        serving = tuple(card for card in inputs.serving if card.slug in slugs)
        positions = () if page_slice.section else inputs.spots
        yield replace(inputs, here=here, serving=serving, spots=positions, sheet=page_slice)


def _find_positions(guide: Guide) -> dict[str, list[PartnerPosition]]:
    """Return, by area, the first location with a known position of each partner."""
    positions: dict[str, list[PartnerPosition]] = {}
    areas = find_areas(guide)
    for partner in guide.listed:
        seen: set[str] = set()
        for place in partner.locations:
            for name in find_areas_at((place,), areas) if place.position else ():
                if place.position and name not in seen:
                    seen.add(name)
                    line = address_line(place.address, guide.settings.region)
                    positions.setdefault(name, []).append(
                        PartnerPosition(partner.slug, partner.name, partner.plain_name, line, place.position)
                    )
    return positions


def _build_inputs(
    area: Area,
    index: _AreaIndex,
    order: tuple[str, ...],
    types: tuple[ServiceTypeLabel, ...],
    positions_by_area: dict[str, list[PartnerPosition]],
    centers: tuple[PlaceCenter, ...],
) -> AreaInputs:
    located, serving = index.find_located(area), index.find_serving(area)
    by_slug = {position.slug: position for position in positions_by_area.get(area.name, ())}
    positions = tuple(by_slug[card.slug] for card in located if card.slug in by_slug)
    return AreaInputs(
        order, area, located, serving, types, positions if len(positions) <= MAX_MARKS else (), PageSlice(), centers
    )


def list_view(inputs: AreasInputs, language: Language) -> AreasView:
    """Return the view of the list of areas."""
    resolver = TextResolver(language, inputs.order)
    points = [
        MapPoint(summary.middle, resolve_area_name(summary.area, resolver), urls.area(language.tag, summary.area.name))
        for summary in inputs.found
        if summary.middle
    ]
    title = language.localize(language.say("Find help near you"))
    map_of_areas = map_view(points, language)
    numbers = {marker.path: marker.number for marker in map_of_areas.marks} if map_of_areas else {}
    groups = tuple(_build_groups(inputs.found, numbers, resolver))
    return AreasView(title=title, breadcrumbs=(build_home_crumb(language),), map=map_of_areas, groups=groups)


def _build_groups(summaries: tuple[AreaSummary, ...], numbers: dict[str, int], resolver: TextResolver) -> Iterator[AreaGroup]:
    """Yield the areas in one group; if there are many, by the larger area that each is part of, with all others first."""
    area_by_key = {normalize_place(summary.area.name): summary.area for summary in summaries}
    members: dict[str, list[AreaSummary]] = {}
    for summary in summaries:
        parent = next((normalize_place(name) for name in summary.area.part_of if normalize_place(name) in area_by_key), "")
        members.setdefault(parent if len(summaries) > MAX_UNGROUPED else "", []).append(summary)
    for parent, group in sorted(members.items(), key=lambda pair: bool(pair[0])):
        name = resolve_area_name(area_by_key[parent], resolver) if parent else NOTHING
        yield AreaGroup(name, tuple(_build_row(summary, numbers, resolver) for summary in group))


def _build_row(summary: AreaSummary, numbers: dict[str, int], resolver: TextResolver) -> AreaRow:
    path = urls.area(resolver.language.tag, summary.area.name)
    return AreaRow(
        resolve_area_name(summary.area, resolver), path, format_count(summary.count, resolver.language), numbers.get(path, 0)
    )


def view(inputs: AreaInputs, language: Language) -> AreaView:
    """Return the view of an area's page."""
    resolver = TextResolver(language, inputs.order)
    here = tuple(_view_card(card, inputs.area, resolver) for card in inputs.here)
    serving = tuple(view_card(card, resolver) for card in inputs.serving)
    path, name = urls.area(language.tag, inputs.area.name), resolve_area_name(inputs.area, resolver).words
    page_slice = inputs.sheet
    list_crumb = build_crumb(language, "Find help near you", urls.areas(language.tag))
    return AreaView(
        title=format_page_title(name, page_slice, resolver),
        breadcrumbs=(build_home_crumb(language), list_crumb, *build_list_crumb(name, path, page_slice)),
        map=map_view([_build_point(position, resolver) for position in inputs.spots], language),
        here=here,
        serving=serving,
        count=format_count(page_slice.count, language),
        sections=build_section_links(page_slice, path, resolver),
        page_links=build_page_links(page_slice, path),
        all_of_them=search_for(f"area:{urls.slug(inputs.area.name)}", page_slice, language),
        filters=build_filters((*here, *serving), resolver, types=inputs.types, centers=inputs.centers),
    )


def _view_card(card: Card, area: Area, resolver: TextResolver) -> CardView:
    """Return the view of a card with only the services in an area: facts of other services do not hold there."""
    offers = tuple(offer for offer in card.offers if area.name in offer.areas)
    return view_card(card, resolver, None if len(offers) == len(card.offers) else offers, named=False)


def _build_point(position: PartnerPosition, resolver: TextResolver) -> MapPoint:
    source = resolver.order[0]
    name = resolver.resolve(position.plain_name) or ResolvedText(proper_name(position.name, source))
    path = urls.partner(resolver.language.tag, position.slug)
    return MapPoint(position.position, name, path, Message((proper_name(position.address, source),)))
