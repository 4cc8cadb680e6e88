"""Partners by the language one can be helped in, and how: staff, interpreter, on request."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen import urls, wording
from guidegen.areas import areas_of
from guidegen.cldr import own_name
from guidegen.languages import Language, Phrase, Words
from guidegen.model import Area, Guide
from guidegen.outputs import Page, View
from guidegen.pages.cards import Card, CardView, card_view, cards
from guidegen.pages.filters import Filter, filters
from guidegen.pages.labels import Label, alternates, crumb, home_crumb, labels
from guidegen.pages.shown import Teller
from guidegen.search.concepts import spoken_id


@dataclass(frozen=True, slots=True)
class SpokenLanguagesInputs:
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    name: str
    own_name: Words
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
    types: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class HowGroup:
    """The partners that help in the language in one way."""

    heading: str
    id: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguageView(View):
    own_name: Words
    groups: tuple[HowGroup, ...]
    count: str
    filters: tuple[Filter, ...]
    notices: tuple[Phrase, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """The list of languages, and a page for each language that a partner names."""
    made = cards(guide)
    codes = sorted({spoken.code for card in made for spoken in card.languages})
    speaking = {code: tuple(card for card in made if _speaks(card, code)) for code in codes}
    counts = tuple((code, len(speaking[code])) for code in codes)
    others = alternates(languages, {one.tag: urls.spoken_languages(one.tag) for one in languages})
    for language in languages:
        inputs = SpokenLanguagesInputs(counts)
        path = urls.spoken_languages(language.tag)
        yield Page(path, "spoken_languages.html", language, inputs, list_view, others, "languages")
    areas, types = areas_of(guide.settings, guide.listed), tuple(labels(guide).values())
    for code in codes:
        one_inputs = SpokenLanguageInputs(guide.settings.languages, code, speaking[code], areas, types)
        others = alternates(languages, {one.tag: urls.spoken_language(one.tag, code) for one in languages})
        for language in languages:
            path = urls.spoken_language(language.tag, code)
            yield Page(path, "spoken_language.html", language, one_inputs, view, others, "languages")


def _speaks(card: Card, code: str) -> bool:
    return any(spoken.code == code for spoken in card.languages)


def list_view(inputs: SpokenLanguagesInputs, language: Language) -> SpokenLanguagesView:
    """Languages with many partners first: a long list begins with what most readers look for."""
    rows = [
        LanguageRow(
            _capital(language.name_of(code)),
            _own(code, language),
            urls.spoken_language(language.tag, code),
            language.counted("{number} organization", "{number} organizations", count),
        )
        for code, count in sorted(inputs.counts, key=lambda pair: (-pair[1], pair[0]))
    ]
    title = language.words(language.say("Find help in your language"))
    return SpokenLanguagesView(title=title, crumbs=(home_crumb(language),), rows=tuple(rows))


def _capital(name: str) -> str:
    """A name at the beginning of a line; many languages write names of languages small."""
    return name[:1].upper() + name[1:]


def _own(code: str, language: Language) -> Words:
    """The language's name in itself, where it is not the name that the reader sees already."""
    own = own_name(code)
    return Words("") if own.casefold() == language.name_of(code).casefold() else Words(own, code)


def view(inputs: SpokenLanguageInputs, language: Language) -> SpokenLanguageView:
    teller = Teller(language, inputs.order)
    name = language.name_of(inputs.code)
    groups = tuple(_groups(inputs, teller))
    shown = [card for group in groups for card in group.cards]
    back = crumb(language, "Find help in your language", urls.spoken_languages(language.tag))
    return SpokenLanguageView(
        title=language.words(language.phrase("Help in this language: {language}", language=name).text),
        crumbs=(home_crumb(language), back),
        own_name=_own(inputs.code, language),
        groups=groups,
        count=language.counted("{number} organization", "{number} organizations", len(inputs.cards)),
        filters=filters(shown, teller, inputs.areas, inputs.types, f"lang:{spoken_id(inputs.code)}"),
        notices=teller.notices(),
    )


def _groups(inputs: SpokenLanguageInputs, teller: Teller) -> Iterator[HowGroup]:
    for how in ("staff", "interpreter", "on-request", ""):
        here = [card for card in inputs.cards if any(s.code == inputs.code and s.how == how for s in card.languages)]
        if here:
            heading = wording.how_helped(how, teller.language)
            yield HowGroup(heading, how or "other", tuple(card_view(card, teller) for card in here))
