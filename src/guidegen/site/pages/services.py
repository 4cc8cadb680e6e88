"""The list of service types, and a page of each type with the partners that offer it, grouped by area."""

from collections.abc import Callable, Iterator
from functools import partial

from guidegen.model import urls
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Area
from guidegen.records import dataclass
from guidegen.site.components.card import Card, Offer, build_cards
from guidegen.site.components.card_view import CardView, view_card
from guidegen.site.components.filters import Filter, build_filters
from guidegen.site.components.labels import build_crumb, build_home_crumb, plan_in_languages
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.near import PlaceCenter, find_centers
from guidegen.site.components.pagination import (
    PageSlice,
    PaginatedView,
    build_list_crumb,
    build_page_links,
    build_section_links,
    format_count,
    format_page_title,
    group_by_place,
    paginate,
    resolve_section_name,
    search_for,
)
from guidegen.site.pages.home import UrgentView, build_urgent_view
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
    centers: tuple[PlaceCenter, ...]


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
    yield from plan_in_languages(
        languages, urls.services, "services.html", ServicesInputs(order, counts), build_services_view, "services"
    )
    for service_type in guide.service_types:
        for inputs in _paginate_type(guide, service_type):
            path = partial(_find_path, service_type.id, inputs.sheet)
            yield from plan_in_languages(languages, path, "service_type.html", inputs, build_type_view, "services")


def _paginate_type(guide: Guide, service_type: ServiceType) -> Iterator[TypeInputs]:
    """Yield the inputs of each page of a type."""
    order, all_areas = guide.settings.languages, find_areas(guide)
    cards = tuple(card for card in build_cards(guide) if service_type.id in card.types)
    has_handout = any(card.status != "paused" for card in cards)
    for page_slice, page_cards in paginate(cards, group_by_place(cards, all_areas, _offers_type(service_type))):
        section = page_slice.section
        areas = (section.name,) if section and isinstance(section.name, Area) else all_areas
        yield TypeInputs(order, service_type, page_cards, areas, has_handout, page_slice, find_centers(guide))


def _find_path(type_id: str, page_slice: PageSlice, language: str) -> str:
    return urls.service_type(language, type_id) + page_slice.end


def _offers_type(service_type: ServiceType) -> Callable[[Offer], bool]:
    return lambda offer: service_type.id in offer.types


def build_services_view(inputs: ServicesInputs, language: Language) -> ServicesView:
    """Return the view of the list of service types."""
    resolver = TextResolver(language, inputs.order)
    rows = tuple(_build_row(service_type, count, resolver) for service_type, count in inputs.types)
    title = language.localize(language.say("All services"))
    return ServicesView(title=title, breadcrumbs=(build_home_crumb(language),), types=rows)


def _build_row(service_type: ServiceType, count: int, resolver: TextResolver) -> TypeRow:
    return TypeRow(
        resolver.resolve(service_type.name),
        resolver.resolve(service_type.summary),
        service_type.icon,
        urls.service_type(resolver.language.tag, service_type.id),
        format_count(count, resolver.language),
    )


def build_type_view(inputs: TypeInputs, language: Language) -> TypeView:
    """Return the view of a service type's page."""
    resolver = TextResolver(language, inputs.order)
    service_type, page_slice = inputs.kind, inputs.sheet
    name, summary = resolver.resolve(service_type.name), resolver.resolve(service_type.summary)
    groups = tuple(_build_groups(inputs, resolver))
    path = urls.service_type(language.tag, service_type.id)
    list_crumb = build_crumb(language, "All services", urls.services(language.tag))
    return TypeView(
        title=format_page_title(name.words, page_slice, resolver),
        description=summary.words.text,
        breadcrumbs=(build_home_crumb(language), list_crumb, *build_list_crumb(name.words, path, page_slice)),
        is_sensitive=bool(service_type.sensitive),
        icon=service_type.icon,
        summary=summary,
        notice=resolver.resolve(service_type.notice),
        urgent=tuple(build_urgent_view(number, resolver) for number in service_type.urgent),
        count=format_count(page_slice.count, language),
        handout=urls.handout(language.tag, service_type.id) if inputs.has_handout else "",
        groups=groups,
        sections=build_section_links(page_slice, path, resolver),
        page_links=build_page_links(page_slice, path),
        all_of_them=search_for(f"type:{service_type.id}", page_slice, language),
        filters=build_filters([view for group in groups for view in group.cards], resolver, inputs.areas, centers=inputs.centers),
    )


def _build_groups(inputs: TypeInputs, resolver: TextResolver) -> Iterator[CardGroup]:
    """Yield each card once, in the group of the first area it has a location in; then the cards without an area."""
    placed: set[str] = set()
    for section, cards in group_by_place(inputs.cards, inputs.areas, _offers_type(inputs.kind)):
        new_cards = [card for card in cards if card.slug not in placed]
        placed.update(card.slug for card in new_cards)
        if new_cards:
            views = tuple(_view_card(card, inputs.kind.id, resolver) for card in new_cards)
            yield CardGroup(resolve_section_name(section, resolver), section.key, views)


def _view_card(card: Card, type_id: str, resolver: TextResolver) -> CardView:
    return view_card(card, resolver, tuple(offer for offer in card.offers if type_id in offer.types))
