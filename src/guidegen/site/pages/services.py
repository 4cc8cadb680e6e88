"""All service types, and one page for each with the partners that offer it, grouped by area."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from guidegen.model import urls
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Area
from guidegen.site.components.card import Card, CardView, Offer, build_cards, view_card
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
    order: tuple[str, ...]
    types: tuple[tuple[ServiceType, int], ...]


@dataclass(frozen=True, slots=True)
class TypeRow:
    name: ResolvedText
    summary: ResolvedText
    icon: str
    path: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesView(View):
    types: tuple[TypeRow, ...]


@dataclass(frozen=True, slots=True)
class TypeInputs:
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
    icon: str
    summary: ResolvedText
    notice: ResolvedText
    urgent: tuple[UrgentView, ...]
    count: str
    handout: str
    groups: tuple[CardGroup, ...]
    filters: tuple[Filter, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """The list of all types, and a page for each, in every language."""
    order, offered = guide.settings.languages, guide.offered()
    numbers = tuple((kind, offered[kind.id]) for kind in guide.service_types)
    made, areas = build_cards(guide), find_areas(guide)
    inputs = ServicesInputs(order, numbers)
    yield from in_every(languages, urls.services, "services.html", inputs, services_view, "services")
    for kind in guide.service_types:
        offering = tuple(card for card in made if kind.id in card.types)
        is_open = any(card.status != "paused" for card in offering)
        for sheet, some in paginate(offering, by_place(offering, areas, _is_of(kind))):
            here = (sheet.section.name,) if sheet.section and isinstance(sheet.section.name, Area) else areas
            type_inputs = TypeInputs(order, kind, some, here, is_open, sheet)
            path = partial(_path, kind.id, sheet)
            yield from in_every(languages, path, "service_type.html", type_inputs, type_view, "services")


def _path(type_id: str, sheet: PageSlice, language: str) -> str:
    return urls.service_type(language, type_id) + sheet.end


def _is_of(kind: ServiceType) -> Callable[[Offer], bool]:
    return lambda offer: kind.id in offer.types


def services_view(inputs: ServicesInputs, language: Language) -> ServicesView:
    resolver = TextResolver(language, inputs.order)
    rows = tuple(_row(kind, count, resolver) for kind, count in inputs.types)
    title = language.words(language.say("All services"))
    return ServicesView(title=title, crumbs=(home_crumb(language),), types=rows)


def _row(kind: ServiceType, count: int, resolver: TextResolver) -> TypeRow:
    path = urls.service_type(resolver.language.tag, kind.id)
    return TypeRow(
        resolver.resolve(kind.name), resolver.resolve(kind.summary), kind.icon, path, counted(count, resolver.language)
    )


def type_view(inputs: TypeInputs, language: Language) -> TypeView:
    resolver = TextResolver(language, inputs.order)
    kind = inputs.kind
    name, summary = resolver.resolve(kind.name), resolver.resolve(kind.summary)
    groups = tuple(_groups(inputs, resolver))
    path, sheet = urls.service_type(language.tag, kind.id), inputs.sheet
    back = crumb(language, "All services", urls.services(language.tag))
    return TypeView(
        title=titled(name.words, sheet, resolver),
        description=summary.words.text,
        crumbs=(home_crumb(language), back, *way_back(name.words, path, sheet)),
        is_sensitive=bool(kind.sensitive),
        icon=kind.icon,
        summary=summary,
        notice=resolver.resolve(kind.notice),
        urgent=tuple(urgent_view(one, resolver) for one in kind.urgent),
        count=counted(sheet.count, language),
        handout=urls.handout(language.tag, kind.id) if inputs.has_handout else "",
        groups=groups,
        sections=section_links(sheet, path, resolver),
        page_links=page_links(sheet, path),
        all_of_them=search_for(f"type:{kind.id}", sheet, language),
        filters=build_filters([view for group in groups for view in group.cards], resolver, inputs.areas),
    )


def _groups(inputs: TypeInputs, resolver: TextResolver) -> Iterator[CardGroup]:
    """Every card once, under the first area it has a place in; then those without a place."""
    placed: set[str] = set()
    for part, some in by_place(inputs.cards, inputs.areas, _is_of(inputs.kind)):
        here = [card for card in some if card.slug not in placed]
        placed.update(card.slug for card in here)
        if here:
            yield CardGroup(section_name(part, resolver), part.key, tuple(_card(card, inputs.kind.id, resolver) for card in here))


def _card(card: Card, type_id: str, resolver: TextResolver) -> CardView:
    return view_card(card, resolver, tuple(offer for offer in card.offers if type_id in offer.types))
