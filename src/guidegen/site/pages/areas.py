"""Partners by place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from guidegen.model import urls
from guidegen.model.areas import areas_at, find_areas, place_key
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.postal_addresses import address_line
from guidegen.model.settings import Area
from guidegen.model.translatable import TranslatableText
from guidegen.site.components.card import Card, CardView, build_cards, view_card
from guidegen.site.components.filters import Filter, build_filters
from guidegen.site.components.labels import ServiceTypeLabel, area_passage, crumb, home_crumb, in_every, labels
from guidegen.site.components.localized_text import NOTHING, ResolvedText, TextResolver
from guidegen.site.components.map import MAX_MARKS, MapPoint, MapView, map_view
from guidegen.site.components.map_layout import Position
from guidegen.site.components.pagination import (
    PageSlice,
    PaginatedView,
    by_type,
    counted,
    grouped_by,
    page_links,
    paginate,
    search_for,
    section_links,
    titled,
    way_back,
)
from guidegen.text.language import Language, Message, proper

MAX_UNGROUPED = 15
"""Areas of a list without headings; a longer one is grouped by county."""


@dataclass(frozen=True, slots=True)
class PartnerPosition:
    """Where a partner is to be found in an area."""

    slug: str
    name: str
    plain_name: TranslatableText
    address: str
    position: Position


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """An area, how many organizations are there or help there, and the middle of those whose position is known."""

    area: Area
    count: int
    middle: Position | None


@dataclass(frozen=True, slots=True)
class AreasInputs:
    order: tuple[str, ...]
    found: tuple[AreaSummary, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """``number`` is that of its mark on the map, 0 where it has none."""

    name: ResolvedText
    path: str
    count: str
    number: int


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """The areas inside a larger one, below its name; of a short list all, without a name."""

    name: ResolvedText
    rows: tuple[AreaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasView(View):
    map: MapView | None
    groups: tuple[AreaGroup, ...]


@dataclass(frozen=True, slots=True)
class AreaInputs:
    order: tuple[str, ...]
    area: Area
    here: tuple[Card, ...]
    serving: tuple[Card, ...]
    types: tuple[ServiceTypeLabel, ...]
    spots: tuple[PartnerPosition, ...]
    sheet: PageSlice


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView(PaginatedView):
    map: MapView | None
    here: tuple[CardView, ...]
    serving: tuple[CardView, ...]
    count: str
    filters: tuple[Filter, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """The list of areas, and a page for each."""
    order, made = guide.settings.languages, build_cards(guide)
    types = tuple(labels(guide).values())
    everywhere = _spots(guide)
    places = _Places(made)
    all_inputs = [_inputs(area, places, order, types, everywhere) for area in find_areas(guide)]
    used = [inputs for inputs in all_inputs if inputs.here or inputs.serving]
    found = tuple(AreaSummary(one.area, len(one.here) + len(one.serving), _middle(one.spots)) for one in used)
    yield from in_every(languages, urls.areas, "areas.html", AreasInputs(order, found), list_view, "areas")
    for whole in used:
        for inputs in _sheets(whole):
            yield from in_every(languages, partial(_path, inputs), "area.html", inputs, view, "areas")


class _Places:
    """The cards of a guide by where they are and by whose people they are for, each in their order."""

    def __init__(self, made: tuple[Card, ...]) -> None:
        self._here = grouped_by(made, lambda card: card.areas)
        self._serving = grouped_by(made, lambda card: card.serves)
        self._number = {card.slug: number for number, card in enumerate(made)}

    def here(self, area: Area) -> tuple[Card, ...]:
        """Those that have a place in an area."""
        return tuple(self._here.get(area.name, ()))

    def serving(self, area: Area) -> tuple[Card, ...]:
        """Those from elsewhere that are for its people."""
        present = {card.slug for card in self.here(area)}
        named = (self._serving.get(name, ()) for name in (area.name, *area.cities))
        others = {card.slug: card for some in named for card in some if card.slug not in present}
        return tuple(sorted(others.values(), key=lambda card: self._number[card.slug]))


def _path(inputs: AreaInputs, language: str) -> str:
    return urls.area(language, inputs.area.name) + inputs.sheet.end


def _sheets(whole: AreaInputs) -> Iterator[AreaInputs]:
    """The list of an area on one page, or by kinds of help; its map is on the first one."""
    everyone = (*whole.here, *whole.serving)
    for sheet, some in paginate(everyone, by_type(everyone, whole.types)):
        shown = {card.slug for card in some}
        here, serving = (tuple(card for card in cards if card.slug in shown) for cards in (whole.here, whole.serving))
        yield replace(whole, here=here, serving=serving, spots=() if sheet.section else whole.spots, sheet=sheet)


def _spots(guide: Guide) -> dict[str, list[PartnerPosition]]:
    """Return by area the first place there of each partner whose position is known."""
    found: dict[str, list[PartnerPosition]] = {}
    areas = find_areas(guide)
    for partner in guide.listed:
        seen: set[str] = set()
        for place in partner.locations:
            for name in areas_at((place,), areas) if place.position else ():
                if place.position and name not in seen:
                    seen.add(name)
                    line = address_line(place.address, guide.settings.region)
                    found.setdefault(name, []).append(
                        PartnerPosition(partner.slug, partner.name, partner.plain_name, line, place.position)
                    )
    return found


def _middle(spots: tuple[PartnerPosition, ...]) -> Position | None:
    """The middle of the places; None where there are none."""
    if not spots:
        return None
    positions = [spot.position for spot in spots]
    latitude, longitude = (round(sum(axis) / len(positions), 4) for axis in zip(*positions, strict=True))
    return latitude, longitude


def _inputs(
    area: Area,
    places: _Places,
    order: tuple[str, ...],
    types: tuple[ServiceTypeLabel, ...],
    everywhere: dict[str, list[PartnerPosition]],
) -> AreaInputs:
    here, serving = places.here(area), places.serving(area)
    inside = {spot.slug: spot for spot in everywhere.get(area.name, ())}
    spots = tuple(inside[card.slug] for card in here if card.slug in inside)
    return AreaInputs(order, area, here, serving, types, spots if len(spots) <= MAX_MARKS else (), PageSlice())


def list_view(inputs: AreasInputs, language: Language) -> AreasView:
    resolver = TextResolver(language, inputs.order)
    pins = [
        MapPoint(found.middle, area_passage(found.area, resolver), urls.area(language.tag, found.area.name))
        for found in inputs.found
        if found.middle
    ]
    title = language.words(language.say("Find help near you"))
    shown = map_view(pins)
    numbers = {mark.path: mark.number for mark in shown.marks} if shown else {}
    groups = tuple(_groups(inputs.found, numbers, resolver))
    return AreasView(title=title, crumbs=(home_crumb(language),), map=shown, groups=groups)


def _groups(found: tuple[AreaSummary, ...], numbers: dict[str, int], resolver: TextResolver) -> Iterator[AreaGroup]:
    """Yield the areas in one list, or where they are many below the counties they are in; the others come first."""
    around = {place_key(one.area.name): one.area for one in found}
    inside: dict[str, list[AreaSummary]] = {}
    for one in found:
        county = next((place_key(name) for name in one.area.part_of if place_key(name) in around), "")
        inside.setdefault(county if len(found) > MAX_UNGROUPED else "", []).append(one)
    for county, some in sorted(inside.items(), key=lambda pair: bool(pair[0])):
        name = area_passage(around[county], resolver) if county else NOTHING
        yield AreaGroup(name, tuple(_row(one, numbers, resolver) for one in some))


def _row(found: AreaSummary, numbers: dict[str, int], resolver: TextResolver) -> AreaRow:
    path = urls.area(resolver.language.tag, found.area.name)
    return AreaRow(area_passage(found.area, resolver), path, counted(found.count, resolver.language), numbers.get(path, 0))


def view(inputs: AreaInputs, language: Language) -> AreaView:
    resolver = TextResolver(language, inputs.order)
    here = tuple(_card(card, inputs.area, resolver) for card in inputs.here)
    serving = tuple(view_card(card, resolver) for card in inputs.serving)
    sheet, path, name = inputs.sheet, urls.area(language.tag, inputs.area.name), area_passage(inputs.area, resolver).words
    back = crumb(language, "Find help near you", urls.areas(language.tag))
    return AreaView(
        title=titled(name, sheet, resolver),
        crumbs=(home_crumb(language), back, *way_back(name, path, sheet)),
        map=map_view([_pin(spot, resolver) for spot in inputs.spots]),
        here=here,
        serving=serving,
        count=counted(sheet.count, language),
        sections=section_links(sheet, path, resolver),
        page_links=page_links(sheet, path),
        all_of_them=search_for(f"area:{urls.slug(inputs.area.name)}", sheet, language),
        filters=build_filters((*here, *serving), resolver, types=inputs.types),
    )


def _card(card: Card, area: Area, resolver: TextResolver) -> CardView:
    """Return a card of what is in an area: facts of services elsewhere are not those of this place."""
    offers = tuple(offer for offer in card.offers if area.name in offer.areas)
    return view_card(card, resolver, None if len(offers) == len(card.offers) else offers, named=False)


def _pin(spot: PartnerPosition, resolver: TextResolver) -> MapPoint:
    source = resolver.order[0]
    name = resolver.resolve(spot.plain_name) or ResolvedText(proper(spot.name, source))
    return MapPoint(spot.position, name, urls.partner(resolver.language.tag, spot.slug), Message((proper(spot.address, source),)))
