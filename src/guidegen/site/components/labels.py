"""Labels of service types and areas, and other small values that many page types share."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Alternate, Breadcrumb, Page, View
from guidegen.model.settings import Area, Settings
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LanguageName, LocalizedString, proper_name
from guidegen.text.markdown import PartnerLinker


@dataclass(frozen=True, slots=True)
class ServiceTypeLabel:
    """The part of a service type that lists show."""

    id: str
    name: TranslatableText
    icon: str = ""
    is_sensitive: bool = False
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class ServiceTypeLink:
    """A link to the page of a service type, with its icon."""

    name: ResolvedText
    path: str
    icon: str


def build_labels(guide: Guide) -> dict[str, ServiceTypeLabel]:
    """Return the label of each service type by id, in the order of ``services.yml``."""
    return {
        kind.id: ServiceTypeLabel(kind.id, kind.name, kind.icon, bool(kind.sensitive), bool(kind.classes))
        for kind in guide.service_types
    }


def build_service_type_link(label: ServiceTypeLabel, resolver: TextResolver) -> ServiceTypeLink:
    """Return the link to a service type in the reader's language."""
    return ServiceTypeLink(resolver.resolve(label.name), urls.service_type(resolver.language.tag, label.id), label.icon)


def resolve_site_name(settings: Settings, language: Language) -> LocalizedString:
    """Return the name of the guide in a language."""
    return settings.name.resolve(language.tag, settings.languages).text


def build_home_crumb(language: Language) -> Breadcrumb:
    """Return the first breadcrumb, which leads to the home page."""
    return Breadcrumb(language.localize(language.say("Home")), urls.home(language.tag))


def build_crumb(language: Language, message: str, path: str) -> Breadcrumb:
    """Return a breadcrumb with a translated ``message`` as its label."""
    return Breadcrumb(language.localize(language.say(message)), path)


def build_alternates(languages: tuple[Language, ...], path_in: "dict[str, str]") -> tuple[Alternate, ...]:
    """Return the links to one page in every language."""
    return tuple(Alternate(LanguageName(language.tag), path_in[language.tag]) for language in languages)


def plan_in_languages(
    languages: tuple[Language, ...],
    path: Callable[[str], str],
    template: str,
    inputs: Any,
    view: Callable[[Any, Language], View],
    section: str = "",
    in_single_file: bool = True,
) -> Iterator[Page]:
    """Yield one page per language. ``path`` returns the path for a language tag."""
    paths = {language.tag: path(language.tag) for language in languages}
    links = build_alternates(languages, paths)
    for language in languages:
        yield Page(paths[language.tag], template, language, inputs, view, links, section, in_single_file=in_single_file)


def resolve_area_name(area: Area, resolver: TextResolver) -> ResolvedText:
    """Return the name of an area. A name without translations is a proper name, which is the same in every language."""
    if not area.names:
        return ResolvedText(proper_name(area.name, resolver.order[0]))
    return resolver.resolve(area.names)


def pair_with_names(slugs: Iterable[str], name_by_slug: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the known ones of some partners as pairs of slug and name."""
    return tuple((slug, name_by_slug[slug]) for slug in slugs if slug in name_by_slug)


def build_partner_linker(linked: tuple[tuple[str, str], ...], path: str, language: Language) -> PartnerLinker:
    """Return the function that fills in the links to partners in the Markdown of a page; ``linked`` are their slugs and names."""
    name_by_slug = dict(linked)

    def link(slug: str) -> tuple[str, str] | None:
        name = name_by_slug.get(slug)
        return (name, urls.relative_url(path, urls.partner(language.tag, slug))) if name else None

    return link
