"""The search page. Scripts show results; without scripts it lists everything that people could search for."""

from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.areas import find_areas, list_place_names
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.reach import spoken_codes
from guidegen.model.service_type import Answer, ServiceType
from guidegen.model.settings import Area, Settings
from guidegen.records import dataclass
from guidegen.search.concepts import NEEDS
from guidegen.search.lexicon import load_built_in_names
from guidegen.site.components.json_ld import dump_for_script
from guidegen.site.components.labels import plan_in_languages, resolve_area_name
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.near import find_centers
from guidegen.site.components.script_data import build_counting_messages
from guidegen.site.components.service_facts import describe_status
from guidegen.site.pages.home import UrgentView, build_urgent_view
from guidegen.text.collation import sort_key
from guidegen.text.language import Language, LocalizedString

MAX_WORDS = 16
"""Synonyms shown beside a service type. The most common ones come first."""


@dataclass(frozen=True, slots=True)
class SearchInputs:
    """The inputs of the search page."""

    settings: Settings
    types: tuple[ServiceType, ...]
    areas: tuple[Area, ...]
    spoken: tuple[str, ...]
    answers: tuple[Answer, ...]
    has_distances: bool


@dataclass(frozen=True, slots=True)
class KindRow:
    """A row of the list of service types, with the words that people use for the type."""

    name: ResolvedText
    icon: str
    path: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link to the page of an area or a language."""

    name: ResolvedText
    path: str


@dataclass(frozen=True, slots=True)
class UrgentFor:
    """An emergency number, and the ids of the service types and of the urgent needs it is for, separated by spaces."""

    view: UrgentView
    types: str
    needs: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer that is shown above the results of certain queries."""

    id: str
    text: ResolvedText
    number: LocalizedString
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(View):
    """The view of the search page."""

    types: tuple[KindRow, ...]
    areas: tuple[NamedLink, ...]
    languages: tuple[NamedLink, ...]
    partners: str
    areas_page: str
    has_distances: bool
    urgent: tuple[UrgentFor, ...]
    answers: tuple[AnswerView, ...]
    words: str


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the search page in every language."""
    used_places = {town for partner in guide.listed for town in partner.towns}
    used_places |= {name for partner in guide.listed for service in partner.offered for name in list_place_names(service)}
    areas = tuple(area for area in find_areas(guide) if used_places & {area.name, *area.cities})
    spoken = spoken_codes(guide)
    inputs = SearchInputs(guide.settings, guide.service_types, areas, spoken, guide.answers, bool(find_centers(guide)))
    yield from plan_in_languages(languages, urls.search, "search.html", inputs, view, "search", in_single_file=False)


def view(inputs: SearchInputs, language: Language) -> SearchView:
    """Return the view of the search page."""
    resolver, tag = TextResolver(language, inputs.settings.languages), language.tag
    named_codes = sorted(((language.name_of(code), code) for code in inputs.spoken), key=lambda pair: sort_key(pair[0], tag))
    return SearchView(
        has_hidden_exit=True,
        has_search_box=False,
        title=language.localize(language.say("Search")),
        types=tuple(_build_row(service_type, resolver) for service_type in inputs.types),
        areas=tuple(NamedLink(resolve_area_name(area, resolver), urls.area(tag, area.name)) for area in inputs.areas),
        languages=tuple(
            NamedLink(ResolvedText(language.localize(name)), urls.spoken_language(tag, code)) for name, code in named_codes
        ),
        partners=urls.partners(tag),
        areas_page=urls.areas(tag),
        has_distances=inputs.has_distances,
        urgent=tuple(_build_urgent_views(inputs.types, resolver)),
        answers=tuple(_build_answer(answer, resolver) for answer in inputs.answers),
        words=_build_messages(inputs.types, language),
    )


def _build_urgent_views(types: tuple[ServiceType, ...], resolver: TextResolver) -> Iterator[UrgentFor]:
    """Yield each emergency number once. If several types have it, the text of the last one is shown."""
    urgent_by_number = {urgent.number: urgent for service_type in types for urgent in service_type.urgent}
    for number, urgent in urgent_by_number.items():
        type_ids = [service_type.id for service_type in types if number in {other.number for other in service_type.urgent}]
        yield UrgentFor(build_urgent_view(urgent, resolver), " ".join(type_ids), " ".join(urgent.needs))


def _build_row(service_type: ServiceType, resolver: TextResolver) -> KindRow:
    tag, type_id = resolver.language.tag, service_type.id
    # The built-in names include programs of the United States. Search knows them everywhere, but no other country shows them.
    built_in = load_built_in_names(tag).get(f"type:{type_id}", ())[1:] if resolver.language.region in ("US", "") else ()
    synonyms = dict.fromkeys((*built_in, *service_type.synonyms.get(tag, ())))
    path = urls.service_type(tag, type_id)
    return KindRow(resolver.resolve(service_type.name), service_type.icon, path, tuple(synonyms)[:MAX_WORDS])


def _build_answer(answer: Answer, resolver: TextResolver) -> AnswerView:
    address = urls.phone_url(answer.number, region=resolver.language.region) if answer.number else ""
    return AnswerView(answer.id, resolver.resolve(answer.text), LocalizedString(answer.number), address)


def _build_messages(types: tuple[ServiceType, ...], language: Language) -> str:
    """Return the messages of the script, and the service types that meet each urgent need, as JSON."""
    say = language.say
    type_ids = {service_type.id for service_type in types}
    messages = {
        **build_counting_messages(language),
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
        "missing": " ".join((say("Nobody in this guide offers: {kind}."), say("But these may help:"))),
        "mentions": say("It says: {words}"),
        "articles": say("How we work together"),
        "more": say("Show more"),
        "call": say("Call"),
        "paused": describe_status("paused", language).text,
        "draft": describe_status("draft", language).text,
        "searching": say("Searching …"),
        "needs": {need: [type_id for type_id in needed if type_id in type_ids] for need, needed in NEEDS.items()},
    }
    return dump_for_script(messages)
