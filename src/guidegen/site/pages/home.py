"""The home page of a language: urgent help, and service types with counts."""

from collections.abc import Iterator

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.settings import Area, Settings, Urgent
from guidegen.records import dataclass
from guidegen.site.components.labels import (
    ServiceTypeLabel,
    build_labels,
    build_service_type_link,
    plan_in_languages,
    resolve_area_name,
    resolve_site_name,
)
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.pagination import format_count
from guidegen.site.pages.areas import count_areas
from guidegen.site.pages.chapters import ChapterContents, ChapterLink, build_chapter_link, list_contents, list_for_readers
from guidegen.text.language import Language, LocalizedString

MAX_AREAS = 24
"""Areas on the home page of a guide with one kind of help: those with the most organizations."""
URGENT_IN_ROW = 3
"""Emergency numbers shown at once on the home page; the rest and their texts open on a tap."""


@dataclass(frozen=True, slots=True)
class HomeInputs:
    """The inputs of a home page."""

    settings: Settings
    counts: tuple[tuple[ServiceTypeLabel, int], ...]
    urgent: tuple[Urgent, ...]
    roles: tuple[str, ...]
    areas: tuple[tuple[Area, int], ...] = ()
    chapters: tuple[ChapterContents, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeTile:
    """A link to the page of a service type, with its number of partners."""

    name: ResolvedText
    icon: str
    path: str
    count: str


@dataclass(frozen=True, slots=True)
class AreaTile:
    """A link to the page of an area, with its number of partners."""

    name: ResolvedText
    path: str
    count: str


@dataclass(frozen=True, slots=True)
class UrgentView:
    """An emergency number."""

    name: ResolvedText
    number: LocalizedString
    address: str
    text: ResolvedText


@dataclass(frozen=True, slots=True)
class RoleLink:
    """A link to the page of a role."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The view of a home page.

    ``has_more_urgent`` is true if the row of the first numbers does not say all about ``urgent``. A guide with one kind of help
    shows its largest ``areas``; ``all_areas`` is the path of the list.
    """

    summary: ResolvedText
    types: tuple[TypeTile, ...]
    urgent: tuple[UrgentView, ...]
    has_more_urgent: bool
    roles: tuple[RoleLink, ...]
    areas: tuple[AreaTile, ...]
    all_areas: str
    chapters: tuple[ChapterLink, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the home page in every language."""
    type_labels, offered = build_labels(guide), guide.count_by_type()
    counts = tuple((type_labels[service_type.id], offered[service_type.id]) for service_type in guide.service_types)
    # There is room for a few numbers only: all those of the first type that has any, and the first of each other type.
    first, *others = [service_type.urgent for service_type in guide.service_types if service_type.urgent] or [()]
    urgent = (*first, *(numbers[0] for numbers in others))
    has_one_kind = sum(count > 0 for _, count in counts) == 1
    areas = count_areas(guide) if has_one_kind else ()
    chapters = list_for_readers(list_contents(guide))
    inputs = HomeInputs(guide.settings, counts, urgent, guide.roles, areas, chapters)
    yield from plan_in_languages(languages, urls.home, "home.html", inputs, view, "home")


def view(inputs: HomeInputs, language: Language) -> HomeView:
    """Return the view of a home page."""
    resolver = TextResolver(language, inputs.settings.languages)
    summary = resolver.resolve(inputs.settings.summary)
    types = tuple(build_type_tile(label, count, resolver) for label, count in inputs.counts if count)
    urgent = tuple(build_urgent_view(number, resolver) for number in inputs.urgent)
    roles = tuple(RoleLink(language.say(wording.ROLE_NAMES[role]), urls.role(language.tag, role)) for role in inputs.roles)
    largest = sorted(inputs.areas, key=lambda pair: -pair[1])[:MAX_AREAS]
    return HomeView(
        has_search_box=False,
        title=resolve_site_name(inputs.settings, language),
        description=summary.words.text,
        summary=summary,
        types=types,
        urgent=urgent,
        has_more_urgent=len(urgent) > URGENT_IN_ROW or any(number.text for number in urgent),
        roles=roles,
        areas=tuple(build_area_tile(area, count, resolver) for area, count in inputs.areas if (area, count) in largest),
        all_areas=urls.areas(language.tag),
        chapters=tuple(build_chapter_link(contents, resolver) for contents in inputs.chapters),
    )


def build_type_tile(label: ServiceTypeLabel, count: int, resolver: TextResolver) -> TypeTile:
    """Return the tile of a service type."""
    link = build_service_type_link(label, resolver)
    return TypeTile(link.name, link.icon, link.path, format_count(count, resolver.language))


def build_area_tile(area: Area, count: int, resolver: TextResolver) -> AreaTile:
    """Return the tile of an area."""
    path = urls.area(resolver.language.tag, area.name)
    return AreaTile(resolve_area_name(area, resolver), path, format_count(count, resolver.language))


def build_urgent_view(urgent: Urgent, resolver: TextResolver) -> UrgentView:
    """Return the view of an emergency number."""
    name, text = resolver.resolve(urgent.name), resolver.resolve(urgent.text)
    return UrgentView(name, LocalizedString(urgent.number), urls.phone_url(urgent.number, region=resolver.language.region), text)
