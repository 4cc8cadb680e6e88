"""The parts of a site: pages to render, and files whose bytes are already known."""

from collections.abc import Callable
from typing import Any, NamedTuple

from guidegen.records import dataclass
from guidegen.text.language import Language, LanguageName, LocalizedString


@dataclass(frozen=True, slots=True)
class Alternate:
    """A link to the same page in another language. ``is_same`` is False if it leads to the nearest existing page instead."""

    language: LanguageName
    path: str
    is_same: bool = True

    @property
    def identity(self) -> str:
        """Cache key: all fields in one string."""
        return f"{self.language.tag} {self.path} {self.is_same}"


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page to render: its path, its template, and the inputs of its view.

    ``view(inputs, language)`` depends only on its arguments, so it is called only when the page must be rendered. ``path`` is
    relative to the site, with a trailing slash for a folder: ``en/partners/ras/``. ``moved_to`` is the current path of a page
    that only redirects from an old address. ``in_single_file`` is False for pages that the guide in one file leaves out.
    """

    path: str
    template: str
    language: Language
    inputs: Any  # each page type has its own frozen dataclass of inputs, which its own ``view`` takes
    view: Callable[[Any, Language], "View"]
    alternates: tuple[Alternate, ...] = ()
    section: str = ""
    moved_to: str = ""
    in_single_file: bool = True


@dataclass(frozen=True, slots=True)
class Icon:
    """A black icon: the ``d`` attribute of an SVG path, in a square of ``size`` units."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """One breadcrumb of the trail from the home page to this page."""

    label: LocalizedString
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The data that every template shows: title, description, breadcrumbs and JSON-LD.

    ``is_sensitive`` adds a quick exit button, for a page that a reader may need to hide from others. With ``has_hidden_exit`` a
    script may show that button later.
    """

    title: LocalizedString
    description: str = ""
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    json_ld: str = ""
    is_sensitive: bool = False
    has_hidden_exit: bool = False
    has_search_box: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site that needs no rendering."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class UnchangedFile:
    """A file of the site that is unchanged since the last build."""

    path: str


class PackedLinks(NamedTuple):
    """The ids and links of a page as indexes into a string table, four bytes each. Most are the same on many pages."""

    ids: bytes
    links: bytes


CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)
"""Content Security Policy of every page: nothing from other hosts and nothing inline. https://www.w3.org/TR/CSP3/"""
