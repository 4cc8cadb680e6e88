"""Names of service types, areas and pages: small values that many pages share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Alternate, Crumb, Page, View
from guidegen.model.settings import Area, Settings
from guidegen.model.translatable import TranslatableText
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LanguageName, LocalizedString, proper


@dataclass(frozen=True, slots=True)
class ServiceTypeLabel:
    """A service type as lists show it."""

    id: str
    name: TranslatableText
    icon: str = ""
    is_sensitive: bool = False
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class ServiceTypeLink:
    """A link to a service type: its picture and its name."""

    name: ResolvedText
    path: str
    icon: str


def labels(guide: Guide) -> dict[str, ServiceTypeLabel]:
    """Every service type by its id, in the order of ``services.yml``."""
    return {
        kind.id: ServiceTypeLabel(kind.id, kind.name, kind.icon, bool(kind.sensitive), bool(kind.classes))
        for kind in guide.service_types
    }


def service_type_link(label: ServiceTypeLabel, resolver: TextResolver) -> ServiceTypeLink:
    """The type in the reader's language."""
    return ServiceTypeLink(resolver.resolve(label.name), urls.service_type(resolver.language.tag, label.id), label.icon)


def site_name(settings: Settings, language: Language) -> LocalizedString:
    """The name of the guide."""
    return settings.name.choose(language.tag, settings.languages).words


def home_crumb(language: Language) -> Crumb:
    """The first step of every way."""
    return Crumb(language.words(language.say("Home")), urls.home(language.tag))


def crumb(language: Language, message: str, path: str) -> Crumb:
    """A step named by a word of the interface."""
    return Crumb(language.words(language.say(message)), path)


def alternates(languages: tuple[Language, ...], path_in: "dict[str, str]") -> tuple[Alternate, ...]:
    """The same page in every language."""
    return tuple(Alternate(LanguageName(language.tag), path_in[language.tag]) for language in languages)


def in_every(
    languages: tuple[Language, ...],
    path: Callable[[str], str],
    template: str,
    inputs: Any,
    view: Callable[[Any, Language], View],
    section: str = "",
) -> Iterator[Page]:
    """A page in every language; ``path`` gives its address for the tag of one."""
    paths = {language.tag: path(language.tag) for language in languages}
    others = alternates(languages, paths)
    for language in languages:
        yield Page(paths[language.tag], template, language, inputs, view, others, section)


def area_passage(area: Area, resolver: TextResolver) -> ResolvedText:
    """The area's name; a name without translations is a proper name, the same for every reader."""
    if not area.names:
        return ResolvedText(proper(area.name, resolver.order[0]))
    return resolver.resolve(area.names)
