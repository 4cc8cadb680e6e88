"""The page about the guide's open data: the license, the sources of the facts, and the files."""

from collections import Counter
from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.licences import find_licence_url
from guidegen.model.page import Page, View
from guidegen.model.settings import Settings
from guidegen.records import dataclass
from guidegen.site.components.labels import build_home_crumb, plan_in_languages
from guidegen.site.components.pagination import format_count
from guidegen.site.exports.hsds.files import FOLDER
from guidegen.site.exports.hsds.flat_files import PLACES, SERVICES
from guidegen.site.exports.hsds.tabular import FOLDER as TABULAR
from guidegen.site.pages.about_pages import format_contact
from guidegen.text.language import Language, LocalizedString, Message, message

TITLE = message("Open data")
_FILES = (
    (SERVICES, "CSV", message("A table of all services, for spreadsheet programs")),
    (PLACES, "GeoJSON", message("A map of all places whose position is known")),
    (f"{FOLDER}/services/index.json", "HSDS 3.1, JSON", message("All facts, for programs")),
    (f"{TABULAR}/datapackage.json", "HSDS 3.1, CSV", message("All facts, for databases")),
    (f"{FOLDER}/openapi.json", "OpenAPI 3.1", message("A description of the files, for programmers")),
    (f"{FOLDER}/omissions.json", "JSON", message("What had to be left out")),
)


@dataclass(frozen=True, slots=True)
class DataSource:
    """A directory that facts were copied from, its license, and how many organizations are from it."""

    name: str
    licence: str
    count: int


@dataclass(frozen=True, slots=True)
class OpenDataInputs:
    """The inputs of the page."""

    settings: Settings
    sources: tuple[DataSource, ...]


@dataclass(frozen=True, slots=True)
class LicenceLink:
    """The name of a license, and the address of its text if that is known."""

    name: LocalizedString
    address: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the list of sources."""

    name: LocalizedString
    licence: LicenceLink | None
    count: LocalizedString


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to a file, with what it has and its format."""

    title: str
    format: LocalizedString
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDataView(View):
    """The view of the page."""

    licence: LicenceLink | None
    contact: Message
    sources: tuple[SourceRow, ...]
    files: tuple[FileLink, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the page in every language."""
    origins = (partner.taken_from for partner in guide.partners if partner.taken_from)
    counts = Counter((origin.dataset, origin.licence) for origin in origins)
    sources = tuple(DataSource(name, licence, count) for (name, licence), count in sorted(counts.items()))
    inputs = OpenDataInputs(guide.settings, sources)
    yield from plan_in_languages(languages, urls.open_data, "open-data.html", inputs, view, "open-data", in_single_file=False)


def view(inputs: OpenDataInputs, language: Language) -> OpenDataView:
    """Return the view of the page."""
    return OpenDataView(
        title=language.localize(language.say(TITLE)),
        breadcrumbs=(build_home_crumb(language),),
        licence=_link_licence(inputs.settings.licence),
        contact=format_contact(inputs.settings),
        sources=tuple(
            SourceRow(
                LocalizedString(source.name),
                _link_licence(source.licence),
                language.localize(format_count(source.count, language)),
            )
            for source in inputs.sources
        ),
        files=tuple(FileLink(language.say(title), LocalizedString(form), path) for path, form, title in _FILES),
    )


def _link_licence(name: str) -> LicenceLink | None:
    return LicenceLink(LocalizedString(name), find_licence_url(name)) if name else None
