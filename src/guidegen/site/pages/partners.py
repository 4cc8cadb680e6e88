"""All partners from A to Z."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.site.components.card import Card, CardView, build_cards, by_name, view_card
from guidegen.site.components.labels import home_crumb, in_every
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.components.pagination import (
    Grouped,
    ListSection,
    PageSlice,
    PaginatedView,
    counted,
    page_links,
    paginate,
    section_links,
    titled,
    way_back,
)
from guidegen.text.language import Language, LocalizedString, proper


@dataclass(frozen=True, slots=True)
class PartnersInputs:
    order: tuple[str, ...]
    cards: tuple[Card, ...]
    sheet: PageSlice


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The partners whose names begin with one letter."""

    letter: LocalizedString
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersView(PaginatedView):
    letters: tuple[LetterGroup, ...]
    count: str


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """The list in each language, on one page or on one for each letter."""
    made = build_cards(guide)
    for sheet, some in paginate(made, _by_letter(made, guide.settings.languages[0])):
        inputs = PartnersInputs(guide.settings.languages, some, sheet)
        yield from in_every(languages, partial(_path, sheet), "partners.html", inputs, view, "partners")


def _by_letter(made: tuple[Card, ...], source: str) -> Grouped:
    for letter, some in lettered(made).items():
        yield ListSection(urls.slug(letter), proper(letter, source)), some


def _path(sheet: PageSlice, language: str) -> str:
    return urls.partners_by_letter(language) + sheet.end if sheet.section else urls.partners(language)


def view(inputs: PartnersInputs, language: Language) -> PartnersView:
    resolver = TextResolver(language, inputs.order)
    letters = tuple(
        LetterGroup(
            proper(letter, inputs.order[0]), f"letter-{number}", tuple(by_name(view_card(one, resolver)) for one in group)
        )
        for number, (letter, group) in enumerate(lettered(inputs.cards).items())
    )
    sheet, parts = inputs.sheet, urls.partners_by_letter(language.tag)
    title = language.words(language.say("All organizations, A to Z"))
    return PartnersView(
        title=titled(title, sheet, resolver),
        crumbs=(home_crumb(language), *way_back(title, urls.partners(language.tag), sheet)),
        letters=letters,
        count=counted(sheet.count, language),
        sections=section_links(sheet, parts, resolver),
        page_links=page_links(sheet, parts),
    )


def lettered(made: Iterable[Card]) -> dict[str, list[Card]]:
    """The cards by their letters, in the order in which these come: letters of one kind need not stand side by side."""
    found: dict[str, list[Card]] = {}
    for card in made:
        found.setdefault(initial(card.name), []).append(card)
    return found


def initial(name: str) -> str:
    """The letter under which a name stands; ``#`` for names that begin with a number or a sign."""
    first = unicodedata.normalize("NFKD", name)[:1].upper()
    return first if first.isalpha() else "#"
