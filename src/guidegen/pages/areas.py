"""Partners by place."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen import urls
from guidegen.areas import areas_of
from guidegen.languages import Language, Phrase
from guidegen.model import Area, Guide
from guidegen.outputs import Page, View
from guidegen.pages.cards import Card, CardView, card_view, cards
from guidegen.pages.filters import Filter, filters
from guidegen.pages.labels import Label, alternates, area_passage, crumb, home_crumb, labels
from guidegen.pages.shown import Passage, Teller


@dataclass(frozen=True, slots=True)
class AreasInputs:
    order: tuple[str, ...]
    counts: tuple[tuple[Area, int], ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    name: Passage
    path: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasView(View):
    rows: tuple[AreaRow, ...]
    notices: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class AreaInputs:
    order: tuple[str, ...]
    area: Area
    here: tuple[Card, ...]
    serving: tuple[Card, ...]
    types: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView(View):
    here: tuple[CardView, ...]
    serving: tuple[CardView, ...]
    count: str
    filters: tuple[Filter, ...]
    notices: tuple[Phrase, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """The list of areas, and a page for each."""
    order, made = guide.settings.languages, cards(guide)
    types = tuple(labels(guide).values())
    all_inputs = [_inputs(area, made, order, types) for area in areas_of(guide.settings, guide.listed)]
    used = [inputs for inputs in all_inputs if inputs.here or inputs.serving]
    counts = tuple((inputs.area, len(inputs.here) + len(inputs.serving)) for inputs in used)
    others = alternates(languages, {one.tag: urls.areas(one.tag) for one in languages})
    for language in languages:
        list_inputs = AreasInputs(order, counts)
        yield Page(urls.areas(language.tag), "areas.html", language, list_inputs, list_view, others, "areas")
    for inputs in used:
        others = alternates(languages, {one.tag: urls.area(one.tag, inputs.area.name) for one in languages})
        for language in languages:
            path = urls.area(language.tag, inputs.area.name)
            yield Page(path, "area.html", language, inputs, view, others, "areas")


def _inputs(area: Area, made: tuple[Card, ...], order: tuple[str, ...], types: tuple[Label, ...]) -> AreaInputs:
    here = tuple(card for card in made if area.name in card.areas)
    names = {area.name, *area.cities}
    serving = tuple(card for card in made if names & set(card.serves) and card not in here)
    return AreaInputs(order, area, here, serving, types)


def list_view(inputs: AreasInputs, language: Language) -> AreasView:
    teller = Teller(language, inputs.order)
    rows = tuple(
        AreaRow(
            area_passage(area, teller),
            urls.area(language.tag, area.name),
            language.counted("{number} organization", "{number} organizations", count),
        )
        for area, count in inputs.counts
    )
    title = language.words(language.say("Find help near you"))
    return AreasView(title=title, crumbs=(home_crumb(language),), rows=rows, notices=teller.notices())


def view(inputs: AreaInputs, language: Language) -> AreaView:
    teller = Teller(language, inputs.order)
    here = tuple(card_view(card, teller) for card in inputs.here)
    serving = tuple(card_view(card, teller) for card in inputs.serving)
    return AreaView(
        title=area_passage(inputs.area, teller).words,
        crumbs=(home_crumb(language), crumb(language, "Find help near you", urls.areas(language.tag))),
        here=here,
        serving=serving,
        count=language.counted("{number} organization", "{number} organizations", len(here) + len(serving)),
        filters=filters((*here, *serving), teller, types=inputs.types),
        notices=teller.notices(),
    )
