"""The list of service types, and a page of each type with the partners that offer it, grouped by area."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from guidegen.model import urls
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Area
from guidegen.site.components.card import Card, Offer, build_cards
from guidegen.site.components.card_view import CardView, view_card
from guidegen.site.components.filters import Filter, build_filters
from guidegen.site.components.labels import crumb, home_crumb, in_every
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.pagination import (
    PageSlice,
    PaginatedView,
    by_place,
    counted,
    page_links,
    paginate,
    search_for,
    section_links,
    section_name,
    titled,
    way_back,
)
from guidegen.site.pages.home import UrgentView, urgent_view
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True)
class ServicesInputs:
    """The inputs of the list of service types."""

    order: tuple[str, ...]
    types: tuple[tuple[ServiceType, int], ...]


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A row of the list of service types."""

    name: ResolvedText
    summary: ResolvedText
    icon: str
    path: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesView(View):
    """The view of the list of service types."""

    types: tuple[TypeRow, ...]


@dataclass(frozen=True, slots=True)
class TypeInputs:
    """The inputs of a service type's page."""

    order: tuple[str, ...]
    kind: ServiceType
    cards: tuple[Card, ...]
    areas: tuple[Area, ...]
    has_handout: bool
    sheet: PageSlice


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards under one heading."""

    heading: ResolvedText
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeView(PaginatedView):
    """The view of a service type's page."""

    icon: str
    summary: ResolvedText
    notice: ResolvedText
    urgent: tuple[UrgentView, ...]
    count: str
    handout: str
    groups: tuple[CardGroup, ...]
    filters: tuple[Filter, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the list of types, and the pages of each type, in every language."""
    order, offered = guide.settings.languages, guide.count_by_type()
    counts = tuple((service_type, offered[service_type.id]) for service_type in guide.service_types)
    yield from in_every(languages, urls.services, "services.html", ServicesInputs(order, counts), services_view, "services")
    for service_type in guide.service_types:
        for inputs in _paginate_type(guide, service_type):
            path = partial(_find_path, service_type.id, inputs.sheet)
            yield from in_every(languages, path, "service_type.html", inputs, type_view, "services")


def _paginate_type(guide: Guide, service_type: ServiceType) -> Iterator[TypeInputs]:
    """Yield the inputs of each page of a type."""
    order, all_areas = guide.settings.languages, find_areas(guide)
    cards = tuple(card for card in build_cards(guide) if service_type.id in card.types)
    has_handout = any(card.status != "paused" for card in cards)
    for page_slice, page_cards in paginate(cards, by_place(cards, all_areas, _offers_type(service_type))):
        section = page_slice.section
        areas = (section.name,) if section and isinstance(section.name, Area) else all_areas
        yield TypeInputs(order, service_type, page_cards, areas, has_handout, page_slice)


def _find_path(type_id: str, page_slice: PageSlice, language: str) -> str:
    return urls.service_type(language, type_id) + page_slice.end


def _offers_type(service_type: ServiceType) -> Callable[[Offer], bool]:
    return lambda offer: service_type.id in offer.types


def services_view(inputs: ServicesInputs, language: Language) -> ServicesView:
    """Return the view of the list of service types."""
    resolver = TextResolver(language, inputs.order)
    rows = tuple(_build_row(service_type, count, resolver) for service_type, count in inputs.types)
    title = language.localize(language.say("All services"))
    return ServicesView(title=title, breadcrumbs=(home_crumb(language),), types=rows)


def _build_row(service_type: ServiceType, count: int, resolver: TextResolver) -> TypeRow:
    return TypeRow(
        resolver.resolve(service_type.name),
        resolver.resolve(service_type.summary),
        service_type.icon,
        urls.service_type(resolver.language.tag, service_type.id),
        counted(count, resolver.language),
    )


def type_view(inputs: TypeInputs, language: Language) -> TypeView:
    """Return the view of a service type's page."""
    resolver = TextResolver(language, inputs.order)
    service_type, page_slice = inputs.kind, inputs.sheet
    name, summary = resolver.resolve(service_type.name), resolver.resolve(service_type.summary)
    groups = tuple(_build_groups(inputs, resolver))
    path = urls.service_type(language.tag, service_type.id)
    list_crumb = crumb(language, "All services", urls.services(language.tag))
    return TypeView(
        title=titled(name.words, page_slice, resolver),
        description=summary.words.text,
        breadcrumbs=(home_crumb(language), list_crumb, *way_back(name.words, path, page_slice)),
        is_sensitive=bool(service_type.sensitive),
        icon=service_type.icon,
        summary=summary,
        notice=resolver.resolve(service_type.notice),
        urgent=tuple(urgent_view(number, resolver) for number in service_type.urgent),
        count=counted(page_slice.count, language),
        handout=urls.handout(language.tag, service_type.id) if inputs.has_handout else "",
        groups=groups,
        sections=section_links(page_slice, path, resolver),
        page_links=page_links(page_slice, path),
        all_of_them=search_for(f"type:{service_type.id}", page_slice, language),
        filters=build_filters([view for group in groups for view in group.cards], resolver, inputs.areas),
    )


def _build_groups(inputs: TypeInputs, resolver: TextResolver) -> Iterator[CardGroup]:
    """Yield each card once, in the group of the first area it has a location in; then the cards without an area."""
    placed: set[str] = set()
    for section, cards in by_place(inputs.cards, inputs.areas, _offers_type(inputs.kind)):
        new_cards = [card for card in cards if card.slug not in placed]
        placed.update(card.slug for card in new_cards)
        if new_cards:
            views = tuple(_view_card(card, inputs.kind.id, resolver) for card in new_cards)
            yield CardGroup(section_name(section, resolver), section.key, views)


def _view_card(card: Card, type_id: str, resolver: TextResolver) -> CardView:
    return view_card(card, resolver, tuple(offer for offer in card.offers if type_id in offer.types))
