"""The search page: with scripts the results, without them everything that could be looked for, as lists."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import urls
from guidegen.model.areas import find_areas, places_named
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.reach import spoken_codes
from guidegen.model.service_type import Answer, ServiceType
from guidegen.model.settings import Area, Settings
from guidegen.search.concepts import NEEDS
from guidegen.search.lexicon import built_in
from guidegen.site.components.json_ld import for_script
from guidegen.site.components.labels import area_passage, in_every
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.script_data import counting_messages
from guidegen.site.components.service_facts import status_notice
from guidegen.site.pages.home import UrgentView, urgent_view
from guidegen.text.cldr import collation_key
from guidegen.text.language import Language, LocalizedString

MAX_WORDS = 16
"""Words shown beside a kind of help; the first of a list are the usual ones."""


@dataclass(frozen=True, slots=True)
class SearchInputs:
    settings: Settings
    types: tuple[ServiceType, ...]
    areas: tuple[Area, ...]
    spoken: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of help, and how people call it."""

    name: ResolvedText
    icon: str
    path: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedLink:
    name: ResolvedText
    path: str


@dataclass(frozen=True, slots=True)
class UrgentFor:
    """A number for an emergency, and the service types that it is for."""

    view: UrgentView
    types: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What is shown above the results for some words."""

    id: str
    text: ResolvedText
    number: LocalizedString
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(View):
    types: tuple[KindRow, ...]
    areas: tuple[NamedLink, ...]
    languages: tuple[NamedLink, ...]
    partners: str
    urgent: tuple[UrgentFor, ...]
    answers: tuple[AnswerView, ...]
    words: str


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """One page for each language."""
    used = {town for partner in guide.listed for town in partner.towns}
    used |= {name for partner in guide.listed for service in partner.offered for name in places_named(service)}
    areas = tuple(area for area in find_areas(guide) if used & {area.name, *area.cities})
    spoken = tuple(spoken_codes(guide))
    inputs = SearchInputs(guide.settings, guide.service_types, areas, spoken, guide.answers)
    yield from in_every(languages, urls.search, "search.html", inputs, view, "search")


def view(inputs: SearchInputs, language: Language) -> SearchView:
    resolver, tag = TextResolver(language, inputs.settings.languages), language.tag
    named = sorted(((language.name_of(code), code) for code in inputs.spoken), key=lambda pair: collation_key(pair[0]))
    urgent = {number.number: number for kind in inputs.types for number in kind.urgent}
    asking = {number: [kind.id for kind in inputs.types if number in {one.number for one in kind.urgent}] for number in urgent}
    return SearchView(
        has_hidden_exit=True,
        has_search_box=False,
        title=language.words(language.say("Search")),
        types=tuple(_row(kind, resolver) for kind in inputs.types),
        areas=tuple(NamedLink(area_passage(area, resolver), urls.area(tag, area.name)) for area in inputs.areas),
        languages=tuple(NamedLink(ResolvedText(language.words(name)), urls.spoken_language(tag, code)) for name, code in named),
        partners=urls.partners(tag),
        urgent=tuple(UrgentFor(urgent_view(one, resolver), " ".join(asking[number])) for number, one in urgent.items()),
        answers=tuple(_answer(one, resolver) for one in inputs.answers),
        words=_words(inputs.types, language),
    )


def _row(kind: ServiceType, resolver: TextResolver) -> KindRow:
    tag = resolver.language.tag
    said = dict.fromkeys((*built_in(tag).get(f"type:{kind.id}", ())[1:], *kind.synonyms.get(tag, ())))
    return KindRow(resolver.resolve(kind.name), kind.icon, urls.service_type(tag, kind.id), tuple(said)[:MAX_WORDS])


def _answer(answer: Answer, resolver: TextResolver) -> AnswerView:
    address = urls.phone_url(answer.number, region=resolver.language.region) if answer.number else ""
    return AnswerView(answer.id, resolver.resolve(answer.text), LocalizedString(answer.number), address)


def _words(types: tuple[ServiceType, ...], language: Language) -> str:
    """What the script says, as JSON that may stand in a page."""
    say = language.say
    known = {kind.id for kind in types}
    words = {
        **counting_messages(language),
        "nothing": say("Nothing found for these words."),
        "try": say("Try other words, or look in the list of all kinds of help below."),
        "broken": say("Search does not work right now. Use the lists below."),
        "understood": say("We understood:"),
        "remove": say("Remove: {name}"),
        "corrected": say("Results for “{word}”."),
        "literal": say("Search for “{word}” instead"),
        "filters": say("Narrow down"),
        "kinds": say("Kinds of help"),
        "places": say("Places"),
        "languages": say("Languages"),
        "facts": say("What matters to you"),
        "more": say("Show more"),
        "call": say("Call"),
        "paused": status_notice("paused", language).text,
        "draft": status_notice("draft", language).text,
        "searching": say("Searching …"),
        "needs": {need: [name for name in answer if name in known] for need, answer in NEEDS.items()},
    }
    return for_script(words)
