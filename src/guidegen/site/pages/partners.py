"""The list of all partners from A to Z."""

from collections.abc import Iterable, Iterator
from functools import partial

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.records import dataclass
from guidegen.site.components.card import Card, build_cards
from guidegen.site.components.card_view import CardView, prefer_own_name, view_card
from guidegen.site.components.labels import build_home_crumb, plan_in_languages
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.components.pagination import (
    Grouped,
    ListSection,
    PageSlice,
    PaginatedView,
    build_list_crumb,
    build_page_links,
    build_section_links,
    format_count,
    format_page_title,
    paginate,
)
from guidegen.text.collation import find_initial
from guidegen.text.language import Language, LocalizedString, proper_name


@dataclass(frozen=True, slots=True)
class PartnersInputs:
    """The inputs of a page of the A-to-Z list."""

    order: tuple[str, ...]
    cards: tuple[Card, ...]
    sheet: PageSlice


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The partners whose names begin with the same letter."""

    letter: LocalizedString
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersView(PaginatedView):
    """The view of a page of the A-to-Z list."""

    letters: tuple[LetterGroup, ...]
    count: str


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the pages of the list in every language: a single page, or one per letter."""
    cards = build_cards(guide)
    for page_slice, page_cards in paginate(cards, _group_by_letter(cards, guide.settings.languages[0])):
        inputs = PartnersInputs(guide.settings.languages, page_cards, page_slice)
        yield from plan_in_languages(languages, partial(_find_path, page_slice), "partners.html", inputs, view, "partners")


def _group_by_letter(cards: tuple[Card, ...], source: str) -> Grouped:
    for letter, members in group_by_letter(cards, source).items():
        yield ListSection(_find_key(letter), proper_name(letter, source)), members


def _find_key(letter: str) -> str:
    """Return the part of an address for a letter: ``n`` for N and ``u00d1`` for Ñ, which are two sections."""
    return urls.slug(letter) if letter.isascii() else "".join(f"u{ord(part):04x}" for part in letter)


def _find_path(page_slice: PageSlice, language: str) -> str:
    return urls.partners_by_letter(language) + page_slice.end if page_slice.section else urls.partners(language)


def view(inputs: PartnersInputs, language: Language) -> PartnersView:
    """Return the view of a page of the list."""
    resolver = TextResolver(language, inputs.order)
    letters = tuple(
        LetterGroup(
            proper_name(letter, inputs.order[0]),
            f"letter-{number}",
            tuple(prefer_own_name(view_card(card, resolver)) for card in cards),
        )
        for number, (letter, cards) in enumerate(group_by_letter(inputs.cards, inputs.order[0]).items())
    )
    page_slice, sections_path = inputs.sheet, urls.partners_by_letter(language.tag)
    title = language.localize(language.say("All organizations, A to Z"))
    return PartnersView(
        title=format_page_title(title, page_slice, resolver),
        breadcrumbs=(build_home_crumb(language), *build_list_crumb(title, urls.partners(language.tag), page_slice)),
        letters=letters,
        count=format_count(page_slice.count, language),
        sections=build_section_links(page_slice, sections_path, resolver),
        page_links=build_page_links(page_slice, sections_path),
    )


def group_by_letter(cards: Iterable[Card], source: str) -> dict[str, list[Card]]:
    """Return the cards by first letter in the language ``source``, in the order in which the letters first occur.

    In cards sorted by name, those of one letter need not follow each other.
    """
    cards_by_letter: dict[str, list[Card]] = {}
    for card in cards:
        cards_by_letter.setdefault(find_initial(card.name, source), []).append(card)
    return cards_by_letter
