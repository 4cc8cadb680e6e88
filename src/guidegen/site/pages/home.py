"""A language's front page: service types with counts, urgent help, the newest spotlights."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.settings import Settings, Urgent
from guidegen.site.components.labels import ServiceTypeLabel, in_every, labels, service_type_link, site_name
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.pages.spotlights import Headline, HeadlineView, headline_view, headlines
from guidegen.text.language import Language, LocalizedString


@dataclass(frozen=True, slots=True)
class HomeInputs:
    settings: Settings
    counts: tuple[tuple[ServiceTypeLabel, int], ...]
    urgent: tuple[Urgent, ...]
    roles: tuple[str, ...]
    newest: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class TypeTile:
    """A service type, how many partners offer it, and where its page is."""

    name: ResolvedText
    icon: str
    path: str
    count: str


@dataclass(frozen=True, slots=True)
class UrgentView:
    """A number for an emergency."""

    name: ResolvedText
    number: LocalizedString
    address: str
    text: ResolvedText


@dataclass(frozen=True, slots=True)
class RoleLink:
    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    summary: ResolvedText
    types: tuple[TypeTile, ...]
    urgent: tuple[UrgentView, ...]
    roles: tuple[RoleLink, ...]
    newest: tuple[HeadlineView, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """One page for each language."""
    names, offered = labels(guide), guide.offered()
    counts = tuple((names[kind.id], offered[kind.id]) for kind in guide.service_types)
    # A front page has room for few numbers: all of the first kind that has any, and the first of each other kind.
    first, *others = [kind.urgent for kind in guide.service_types if kind.urgent] or [()]
    urgent = (*first, *(numbers[0] for numbers in others))
    inputs = HomeInputs(guide.settings, counts, urgent, guide.roles, headlines(guide)[:3])
    yield from in_every(languages, urls.home, "home.html", inputs, view, "home")


def view(inputs: HomeInputs, language: Language) -> HomeView:
    resolver = TextResolver(language, inputs.settings.languages)
    summary = resolver.resolve(inputs.settings.summary)
    types = tuple(type_tile(label, count, resolver) for label, count in inputs.counts if count)
    urgent = tuple(urgent_view(one, resolver) for one in inputs.urgent)
    roles = tuple(RoleLink(language.say(wording.ROLE_NAMES[role]), urls.role(language.tag, role)) for role in inputs.roles)
    newest = tuple(headline_view(one, resolver) for one in inputs.newest)
    return HomeView(
        has_search_box=False,
        title=site_name(inputs.settings, language),
        description=summary.words.text,
        summary=summary,
        types=types,
        urgent=urgent,
        roles=roles,
        newest=newest,
    )


def type_tile(label: ServiceTypeLabel, count: int, resolver: TextResolver) -> TypeTile:
    """A service type with its count."""
    shown = service_type_link(label, resolver)
    counted = resolver.language.counted("{number} organization", "{number} organizations", count)
    return TypeTile(shown.name, shown.icon, shown.path, counted)


def urgent_view(urgent: Urgent, resolver: TextResolver) -> UrgentView:
    """A number with what it is for."""
    name, text = resolver.resolve(urgent.name), resolver.resolve(urgent.text)
    return UrgentView(name, LocalizedString(urgent.number), urls.phone_url(urgent.number, region=resolver.language.region), text)
