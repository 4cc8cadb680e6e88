"""Partners by the languages in which they help people, and by how: staff, an interpreter, or on request."""

from collections.abc import Iterable, Iterator
from functools import partial

from guidegen.model import urls, wording
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.location import SpokenLanguage
from guidegen.model.page import Page, View
from guidegen.model.settings import Area
from guidegen.records import dataclass
from guidegen.search.concepts import spoken_id
from guidegen.site.components.card import Card, build_cards
from guidegen.site.components.card_view import CardView, view_card
from guidegen.site.components.filters import Filter, build_filters
from guidegen.site.components.labels import ServiceTypeLabel, build_crumb, build_home_crumb, build_labels, plan_in_languages
from guidegen.site.components.localized_text import TextResolver
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
    search_for,
)
from guidegen.text.cldr import own_name
from guidegen.text.language import Language, LocalizedString


@dataclass(frozen=True, slots=True)
class SpokenLanguagesInputs:
    """The inputs of the list of languages: the number of partners by language code."""

    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A row of the list of languages."""

    name: str
    own_name: LocalizedString
    path: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguagesView(View):
    """The view of the list of languages."""

    rows: tuple[LanguageRow, ...]


@dataclass(frozen=True, slots=True)
class SpokenLanguageInputs:
    """The inputs of a language's page."""

    order: tuple[str, ...]
    code: str
    cards: tuple[Card, ...]
    areas: tuple[Area, ...]
    types: tuple[ServiceTypeLabel, ...]
    sheet: PageSlice
    centers: tuple[PlaceCenter, ...]


@dataclass(frozen=True, slots=True)
class HowGroup:
    """The partners that help in the language in one way, such as through an interpreter."""

    heading: str
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguageView(PaginatedView):
    """The view of a language's page."""

    own_name: LocalizedString
    groups: tuple[HowGroup, ...]
    count: str
    filters: tuple[Filter, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the list of languages, and the pages of each language that a partner names, in every language of the guide."""
    cards = build_cards(guide)
    codes = sorted({spoken.code for card in cards for spoken in _find_languages(card)})
    cards_by_code = {code: tuple(card for card in cards if _is_spoken(card, code)) for code in codes}
    list_inputs = SpokenLanguagesInputs(tuple((code, len(cards_by_code[code])) for code in codes))
    yield from plan_in_languages(languages, urls.spoken_languages, "spoken_languages.html", list_inputs, list_view, "languages")
    areas, types = find_areas(guide), tuple(build_labels(guide).values())
    for code, speaking in cards_by_code.items():
        for page_slice, page_cards in paginate(speaking, group_by_place(speaking, areas, lambda _: True)):
            inputs = SpokenLanguageInputs(
                guide.settings.languages, code, page_cards, areas, types, page_slice, find_centers(guide)
            )
            path = partial(_find_path, code, page_slice)
            yield from plan_in_languages(languages, path, "spoken_language.html", inputs, view, "languages")


def _find_path(code: str, page_slice: PageSlice, language: str) -> str:
    return urls.spoken_language(language, code) + page_slice.end


def _is_spoken(card: Card, code: str) -> bool:
    return any(spoken.code == code for spoken in _find_languages(card))


def _find_languages(card: Card) -> Iterator[SpokenLanguage]:
    """Yield the languages of a card's services; without services, those of the partner."""
    for offer in card.offers:
        yield from offer.found.languages
    if not card.offers:
        yield from card.languages


def list_view(inputs: SpokenLanguagesInputs, language: Language) -> SpokenLanguagesView:
    """Return the view of the list of languages. Those with the most partners come first, as most readers look for them."""
    rows = [
        LanguageRow(
            _capitalize(language.name_of(code)),
            _find_own_name(code, language),
            urls.spoken_language(language.tag, code),
            format_count(count, language),
        )
        for code, count in sorted(inputs.counts, key=lambda pair: (-pair[1], pair[0]))
    ]
    title = language.localize(language.say("Find help in your language"))
    return SpokenLanguagesView(title=title, breadcrumbs=(build_home_crumb(language),), rows=tuple(rows))


def _capitalize(name: str) -> str:
    """Return a name with a capital first letter, because many languages write the names of languages in lower case."""
    return name[:1].upper() + name[1:]


def _find_own_name(code: str, language: Language) -> LocalizedString:
    """Return the name of a language in that language; empty if readers already see it in their own language."""
    own = own_name(code)
    return LocalizedString("") if own.casefold() == language.name_of(code).casefold() else LocalizedString(own, code)


def view(inputs: SpokenLanguageInputs, language: Language) -> SpokenLanguageView:
    """Return the view of a language's page."""
    resolver = TextResolver(language, inputs.order)
    name = language.name_of(inputs.code)
    groups = tuple(_build_groups(inputs, resolver))
    card_views = [card for group in groups for card in group.cards]
    page_slice, path = inputs.sheet, urls.spoken_language(language.tag, inputs.code)
    title = language.localize(language.phrase("Help in this language: {language}", language=name).text)
    list_crumb = build_crumb(language, "Find help in your language", urls.spoken_languages(language.tag))
    concept = f"lang:{spoken_id(inputs.code)}"
    return SpokenLanguageView(
        title=format_page_title(title, page_slice, resolver),
        breadcrumbs=(build_home_crumb(language), list_crumb, *build_list_crumb(title, path, page_slice)),
        own_name=_find_own_name(inputs.code, language),
        groups=groups,
        count=format_count(page_slice.count, language),
        sections=build_section_links(page_slice, path, resolver),
        page_links=build_page_links(page_slice, path),
        all_of_them=search_for(concept, page_slice, language),
        filters=build_filters(card_views, resolver, inputs.areas, inputs.types, concept, inputs.centers),
    )


def _build_groups(inputs: SpokenLanguageInputs, resolver: TextResolver) -> Iterator[HowGroup]:
    for how in ("staff", "interpreter", "on-request", ""):
        cards = [card for card in inputs.cards if _has_spoken(_find_languages(card), inputs.code, how)]
        if cards:
            heading = wording.describe_help_heading(how, resolver.language)
            views = tuple(_view_card(card, inputs.code, how, resolver) for card in cards)
            yield HowGroup(heading, how or "other", views)


def _has_spoken(languages: Iterable[SpokenLanguage], code: str, how: str) -> bool:
    return any(spoken.code == code and spoken.how == how for spoken in languages)


def _view_card(card: Card, code: str, how: str, resolver: TextResolver) -> CardView:
    """Return the view of a card with the services in this language. They are named unless they are all its services."""
    offers = tuple(offer for offer in card.offers if _has_spoken(offer.found.languages, code, how))
    return view_card(card, resolver) if len(offers) == len(card.offers) else view_card(card, resolver, offers)
