"""All partners from A to Z."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from guidegen import urls
from guidegen.languages import Language, Phrase, Words, proper
from guidegen.model import Guide
from guidegen.outputs import Page, View
from guidegen.pages.cards import Card, CardView, by_name, card_view, cards
from guidegen.pages.labels import alternates, home_crumb
from guidegen.pages.shown import Teller


@dataclass(frozen=True, slots=True)
class PartnersInputs:
    order: tuple[str, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The partners whose names begin with one letter."""

    letter: Words
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersView(View):
    letters: tuple[Letter, ...]
    count: str
    notices: tuple[Phrase, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """One page for each language."""
    inputs = PartnersInputs(guide.settings.languages, cards(guide))
    others = alternates(languages, {one.tag: urls.partners(one.tag) for one in languages})
    for language in languages:
        yield Page(urls.partners(language.tag), "partners.html", language, inputs, view, others, "partners")


def view(inputs: PartnersInputs, language: Language) -> PartnersView:
    teller = Teller(language, inputs.order)
    letters = tuple(
        Letter(proper(letter, inputs.order[0]), f"letter-{number}", tuple(by_name(card_view(one, teller)) for one in group))
        for number, (letter, group) in enumerate(groupby(inputs.cards, lambda card: initial(card.name)))
    )
    return PartnersView(
        title=language.words(language.say("All organizations, A to Z")),
        crumbs=(home_crumb(language),),
        letters=letters,
        count=language.counted("{number} organization", "{number} organizations", len(inputs.cards)),
        notices=teller.notices(),
    )


def initial(name: str) -> str:
    """The letter under which a name stands; ``#`` for names that begin with a number or a sign."""
    first = unicodedata.normalize("NFKD", name)[:1].upper()
    return first if first.isalpha() else "#"
