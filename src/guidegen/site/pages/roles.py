"""Partners by the three roles of civics education: parents, workers and citizens."""

from collections.abc import Iterable, Iterator
from functools import partial

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.records import dataclass
from guidegen.site.components.card import Card, Offer, build_cards
from guidegen.site.components.card_view import CardView, view_card
from guidegen.site.components.labels import (
    ServiceTypeLabel,
    ServiceTypeLink,
    build_home_crumb,
    build_labels,
    build_service_type_link,
    plan_in_languages,
)
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.components.pagination import (
    Grouped,
    ListSection,
    PageSlice,
    PaginatedView,
    build_list_crumb,
    build_page_links,
    build_section_links,
    format_page_title,
    paginate,
)
from guidegen.text.language import Language, message

_INTRO = {
    "parents": message("Schools, child care, health and other help for you and your children."),
    "workers": message("Your rights at work, training, better jobs and help with money."),
    "citizens": message("Classes and legal help on the way to citizenship, and taking part in your community."),
}


@dataclass(frozen=True, slots=True)
class RoleInputs:
    """The inputs of a role's page."""

    order: tuple[str, ...]
    role: str
    groups: tuple[tuple[ServiceTypeLabel, tuple[Card, ...]], ...]
    sheet: PageSlice


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The partners that have services of one type for a role."""

    label: ServiceTypeLink
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView(PaginatedView):
    """The view of a role's page."""

    intro: str
    groups: tuple[RoleGroup, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the pages of each role that a service names, in every language."""
    cards = build_cards(guide)
    for role in guide.roles:
        groups = tuple(_group_by_type(cards, role, build_labels(guide).values()))
        if not groups:
            continue
        all_cards = [card for _, members in groups for card in members]
        for page_slice, page_cards in paginate(all_cards, _build_sections(groups)):
            page_groups = tuple(_select_groups(groups, page_slice, page_cards))
            inputs = RoleInputs(guide.settings.languages, role, page_groups, page_slice)
            yield from plan_in_languages(languages, partial(_find_path, role, page_slice), "role.html", inputs, view, "roles")


def _find_path(role: str, page_slice: PageSlice, language: str) -> str:
    return urls.role(language, role) + page_slice.end


Group = tuple[ServiceTypeLabel, tuple[Card, ...]]


def _group_by_type(cards: tuple[Card, ...], role: str, types: Iterable[ServiceTypeLabel]) -> Iterator[Group]:
    """Yield each type with the partners that have a service for the role which is mainly of that type."""
    for label in types:
        members = tuple(card for card in cards if _select_offers(card, role, label.id))
        if members:
            yield label, members


def _build_sections(groups: tuple[Group, ...]) -> Grouped:
    return ((ListSection(label.id, label), members) for label, members in groups)


def _select_groups(groups: tuple[Group, ...], page_slice: PageSlice, page_cards: tuple[Card, ...]) -> Iterator[Group]:
    """Yield the groups on a page: all of a short list, none on the first page of a long list, one on the page of a section."""
    for label, members in groups:
        if page_slice.section is None and page_cards:
            yield label, members
        elif page_slice.section is not None and page_slice.section.name == label:
            yield label, page_cards


def _select_offers(card: Card, role: str, type_id: str) -> tuple[Offer, ...]:
    """Return the services for a role that are mainly of a type, so that each service is in one group only."""
    return tuple(offer for offer in card.offers if role in offer.roles and offer.types[:1] == (type_id,))


def view(inputs: RoleInputs, language: Language) -> RoleView:
    """Return the view of a role's page."""
    resolver = TextResolver(language, inputs.order)
    groups = tuple(
        RoleGroup(
            build_service_type_link(label, resolver),
            f"type-{label.id}",
            tuple(view_card(card, resolver, _select_offers(card, inputs.role, label.id)) for card in cards),
        )
        for label, cards in inputs.groups
    )
    page_slice, path = inputs.sheet, urls.role(language.tag, inputs.role)
    title = language.localize(language.say(wording.ROLE_NAMES[inputs.role]))
    return RoleView(
        title=format_page_title(title, page_slice, resolver),
        breadcrumbs=(build_home_crumb(language), *build_list_crumb(title, path, page_slice)),
        sections=build_section_links(page_slice, path, resolver),
        page_links=build_page_links(page_slice, path),
        intro=language.say(_INTRO[inputs.role]),
        groups=groups,
    )
