"""Partners by the three roles of civics education: parents, workers, citizens."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.site.components.card import Card, CardView, build_cards, view_card
from guidegen.site.components.labels import ServiceTypeLabel, ServiceTypeLink, home_crumb, in_every, labels, service_type_link
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.components.pagination import (
    Grouped,
    ListSection,
    PageSlice,
    PaginatedView,
    page_links,
    paginate,
    section_links,
    titled,
    way_back,
)
from guidegen.text.language import Language, message

_INTRO = {
    "parents": message("Schools, child care, health and other help for you and your children."),
    "workers": message("Your rights at work, training, better jobs and help with money."),
    "citizens": message("Classes and legal help on the way to citizenship, and taking part in your community."),
}


@dataclass(frozen=True, slots=True)
class RoleInputs:
    order: tuple[str, ...]
    role: str
    groups: tuple[tuple[ServiceTypeLabel, tuple[Card, ...]], ...]
    sheet: PageSlice


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The partners that serve the role with one type of service."""

    label: ServiceTypeLink
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView(PaginatedView):
    intro: str
    groups: tuple[RoleGroup, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """A page for each role that a service names."""
    made = build_cards(guide)
    for role in guide.roles:
        groups = tuple((label, here) for label in labels(guide).values() if (here := _serving(made, role, label.id)))
        if not groups:
            continue
        everyone = [card for _, here in groups for card in here]
        for sheet, some in paginate(everyone, _parts(groups)):
            shown = tuple(_of_sheet(groups, sheet, some))
            inputs = RoleInputs(guide.settings.languages, role, shown, sheet)
            yield from in_every(languages, partial(_path, role, sheet), "role.html", inputs, view, "roles")


def _path(role: str, sheet: PageSlice, language: str) -> str:
    return urls.role(language, role) + sheet.end


Groups = tuple[tuple[ServiceTypeLabel, tuple[Card, ...]], ...]


def _parts(groups: Groups) -> Grouped:
    return ((ListSection(label.id, label), here) for label, here in groups)


def _of_sheet(groups: Groups, sheet: PageSlice, some: tuple[Card, ...]) -> Iterator[tuple[ServiceTypeLabel, tuple[Card, ...]]]:
    """The groups of a page: all of a short list, none on the first page of a long one, and one on that of a part."""
    for label, here in groups:
        if sheet.section is None and some:
            yield label, here
        elif sheet.section is not None and sheet.section.name == label:
            yield label, some


def _serving(made: tuple[Card, ...], role: str, type_id: str) -> tuple[Card, ...]:
    """Cards with a service for the role whose main type is this one, so that each stands once."""
    return tuple(card for card in made if any(role in o.roles and o.types[:1] == (type_id,) for o in card.offers))


def _card(card: Card, role: str, type_id: str, resolver: TextResolver) -> CardView:
    """Return a card with the services for the role whose main type this is."""
    return view_card(card, resolver, tuple(o for o in card.offers if role in o.roles and o.types[:1] == (type_id,)))


def view(inputs: RoleInputs, language: Language) -> RoleView:
    resolver = TextResolver(language, inputs.order)
    groups = tuple(
        RoleGroup(
            service_type_link(label, resolver),
            f"type-{label.id}",
            tuple(_card(card, inputs.role, label.id, resolver) for card in here),
        )
        for label, here in inputs.groups
    )
    sheet, path = inputs.sheet, urls.role(language.tag, inputs.role)
    title = language.words(language.say(wording.ROLE_NAMES[inputs.role]))
    return RoleView(
        title=titled(title, sheet, resolver),
        crumbs=(home_crumb(language), *way_back(title, path, sheet)),
        sections=section_links(sheet, path, resolver),
        page_links=page_links(sheet, path),
        intro=language.say(_INTRO[inputs.role]),
        groups=groups,
    )
