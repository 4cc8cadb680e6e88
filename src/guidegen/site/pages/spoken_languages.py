"""Partners by the language one can be helped in, and how: staff, interpreter, on request."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from guidegen.model import urls, wording
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.location import SpokenLanguage
from guidegen.model.page import Page, View
from guidegen.model.settings import Area
from guidegen.search.concepts import spoken_id
from guidegen.site.components.card import Card, CardView, build_cards, view_card
from guidegen.site.components.filters import Filter, build_filters
from guidegen.site.components.labels import ServiceTypeLabel, crumb, home_crumb, in_every, labels
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.components.pagination import (
    PageSlice,
    PaginatedView,
    by_place,
    counted,
    page_links,
    paginate,
    search_for,
    section_links,
    titled,
    way_back,
)
from guidegen.text.cldr import own_name
from guidegen.text.language import Language, LocalizedString


@dataclass(frozen=True, slots=True)
class SpokenLanguagesInputs:
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    name: str
    own_name: LocalizedString
    path: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguagesView(View):
    rows: tuple[LanguageRow, ...]


@dataclass(frozen=True, slots=True)
class SpokenLanguageInputs:
    order: tuple[str, ...]
    code: str
    cards: tuple[Card, ...]
    areas: tuple[Area, ...]
    types: tuple[ServiceTypeLabel, ...]
    sheet: PageSlice


@dataclass(frozen=True, slots=True)
class HowGroup:
    """The partners that help in the language in one way."""

    heading: str
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguageView(PaginatedView):
    own_name: LocalizedString
    groups: tuple[HowGroup, ...]
    count: str
    filters: tuple[Filter, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """The list of languages, and a page for each language that a partner names."""
    made = build_cards(guide)
    codes = sorted({spoken.code for card in made for spoken in _languages(card)})
    speaking = {code: tuple(card for card in made if _speaks(card, code)) for code in codes}
    counts = tuple((code, len(speaking[code])) for code in codes)
    inputs = SpokenLanguagesInputs(counts)
    yield from in_every(languages, urls.spoken_languages, "spoken_languages.html", inputs, list_view, "languages")
    areas, types = find_areas(guide), tuple(labels(guide).values())
    for code in codes:
        for sheet, some in paginate(speaking[code], by_place(speaking[code], areas, lambda _: True)):
            one_inputs = SpokenLanguageInputs(guide.settings.languages, code, some, areas, types, sheet)
            yield from in_every(languages, partial(_path, code, sheet), "spoken_language.html", one_inputs, view, "languages")


def _path(code: str, sheet: PageSlice, language: str) -> str:
    return urls.spoken_language(language, code) + sheet.end


def _speaks(card: Card, code: str) -> bool:
    return any(spoken.code == code for spoken in _languages(card))


def _languages(card: Card) -> Iterator[SpokenLanguage]:
    """Yield the languages of a card's services; of a partner without services those of the partner."""
    for offer in card.offers:
        yield from offer.found.languages
    if not card.offers:
        yield from card.languages


def list_view(inputs: SpokenLanguagesInputs, language: Language) -> SpokenLanguagesView:
    """Languages with many partners first: a long list begins with what most readers look for."""
    rows = [
        LanguageRow(
            _capital(language.name_of(code)),
            _own(code, language),
            urls.spoken_language(language.tag, code),
            counted(count, language),
        )
        for code, count in sorted(inputs.counts, key=lambda pair: (-pair[1], pair[0]))
    ]
    title = language.words(language.say("Find help in your language"))
    return SpokenLanguagesView(title=title, crumbs=(home_crumb(language),), rows=tuple(rows))


def _capital(name: str) -> str:
    """A name at the beginning of a line; many languages write names of languages small."""
    return name[:1].upper() + name[1:]


def _own(code: str, language: Language) -> LocalizedString:
    """The language's name in itself, where it is not the name that the reader sees already."""
    own = own_name(code)
    return LocalizedString("") if own.casefold() == language.name_of(code).casefold() else LocalizedString(own, code)


def view(inputs: SpokenLanguageInputs, language: Language) -> SpokenLanguageView:
    resolver = TextResolver(language, inputs.order)
    name = language.name_of(inputs.code)
    groups = tuple(_groups(inputs, resolver))
    shown = [card for group in groups for card in group.cards]
    sheet, path = inputs.sheet, urls.spoken_language(language.tag, inputs.code)
    title = language.words(language.phrase("Help in this language: {language}", language=name).text)
    back = crumb(language, "Find help in your language", urls.spoken_languages(language.tag))
    return SpokenLanguageView(
        title=titled(title, sheet, resolver),
        crumbs=(home_crumb(language), back, *way_back(title, path, sheet)),
        own_name=_own(inputs.code, language),
        groups=groups,
        count=counted(sheet.count, language),
        sections=section_links(sheet, path, resolver),
        page_links=page_links(sheet, path),
        all_of_them=search_for(f"lang:{spoken_id(inputs.code)}", sheet, language),
        filters=build_filters(shown, resolver, inputs.areas, inputs.types, f"lang:{spoken_id(inputs.code)}"),
    )


def _groups(inputs: SpokenLanguageInputs, resolver: TextResolver) -> Iterator[HowGroup]:
    for how in ("staff", "interpreter", "on-request", ""):
        here = [card for card in inputs.cards if any(s.code == inputs.code and s.how == how for s in _languages(card))]
        if here:
            heading = wording.how_helped(how, resolver.language)
            yield HowGroup(heading, how or "other", tuple(_card(card, inputs.code, how, resolver) for card in here))


def _card(card: Card, code: str, how: str, resolver: TextResolver) -> CardView:
    """Return a card of the services where the language is spoken; those are named where they are not all."""
    offers = tuple(o for o in card.offers if any(s.code == code and s.how == how for s in o.found.languages))
    return view_card(card, resolver) if len(offers) == len(card.offers) else view_card(card, resolver, offers)
