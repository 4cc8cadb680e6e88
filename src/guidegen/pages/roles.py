"""Partners by the three roles of civics education: parents, workers, citizens."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen import urls, wording
from guidegen.languages import Language, Phrase, message
from guidegen.model import Guide
from guidegen.outputs import Page, View
from guidegen.pages.cards import Card, CardView, card_view, cards
from guidegen.pages.labels import Label, LabelView, alternates, home_crumb, label_view, labels
from guidegen.pages.shown import Teller

_INTRO = {
    "parents": message("Schools, child care, health and other help for you and your children."),
    "workers": message("Your rights at work, training, better jobs and help with money."),
    "citizens": message("Classes and legal help on the way to citizenship, and taking part in your community."),
}


@dataclass(frozen=True, slots=True)
class RoleInputs:
    order: tuple[str, ...]
    role: str
    groups: tuple[tuple[Label, tuple[Card, ...]], ...]


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The partners that serve the role with one type of service."""

    label: LabelView
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView(View):
    intro: str
    groups: tuple[RoleGroup, ...]
    notices: tuple[Phrase, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """A page for each role that a service names."""
    made = cards(guide)
    for role in guide.roles:
        groups = tuple((label, here) for label in labels(guide).values() if (here := _serving(made, role, label.id)))
        if not groups:
            continue
        inputs = RoleInputs(guide.settings.languages, role, groups)
        others = alternates(languages, {one.tag: urls.role(one.tag, role) for one in languages})
        for language in languages:
            yield Page(urls.role(language.tag, role), "role.html", language, inputs, view, others, "roles")


def _serving(made: tuple[Card, ...], role: str, type_id: str) -> tuple[Card, ...]:
    """Cards with a service for the role whose main type is this one, so that each stands once."""
    return tuple(card for card in made if any(role in o.roles and o.types[:1] == (type_id,) for o in card.offers))


def view(inputs: RoleInputs, language: Language) -> RoleView:
    teller = Teller(language, inputs.order)
    groups = tuple(
        RoleGroup(
            label_view(label, teller),
            f"type-{label.id}",
            tuple(card_view(card, teller) for card in here),
        )
        for label, here in inputs.groups
    )
    return RoleView(
        title=language.words(language.say(wording.ROLE_NAMES[inputs.role])),
        crumbs=(home_crumb(language),),
        intro=language.say(_INTRO[inputs.role]),
        groups=groups,
        notices=teller.notices(),
    )
