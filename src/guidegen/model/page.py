"""What a site is made of: pages to render, and files that are bytes already."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from guidegen.text.language import Language, LanguageName, LocalizedString


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language; ``is_same`` is False where the link leads to the nearest page instead."""

    language: LanguageName
    path: str
    is_same: bool = True

    @property
    def identity(self) -> str:
        """All that it says, in one text."""
        return f"{self.language.tag} {self.path} {self.is_same}"


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page: where it goes, and what it is a function of.

    ``view(inputs, language)`` sees its inputs and nothing else, so it is only built when the page is rendered.
    ``path`` is relative to the site, with a trailing slash for a folder: ``en/partners/ras/``. A page at an old address only
    leads to the page ``moved_to``.
    """

    path: str
    template: str
    language: Language
    inputs: Any  # each page type has its own frozen dataclass of inputs, which its own ``view`` takes
    view: Callable[[Any, Language], "View"]
    alternates: tuple[Alternate, ...] = ()
    section: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A black drawing in a square of ``size`` units: the ``d`` of one SVG path."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the home page to here."""

    label: LocalizedString
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every template shows: a title, a description for lists of links, and the way home.

    A page ``is_sensitive`` when others should perhaps not see it: it has a quick exit. A page ``has_hidden_exit`` where a script
    may show the quick exit later.
    """

    title: LocalizedString
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    structured: str = ""
    is_sensitive: bool = False
    has_hidden_exit: bool = False
    has_search_box: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site whose bytes are known without rendering."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class UnchangedFile:
    """A file of the site that stays as the last build left it."""

    path: str


class PackedLinks(NamedTuple):
    """Ids and links of a page as the numbers of their texts, four bytes each: a site has the same ones on page after page."""

    ids: bytes
    links: bytes


CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The content security policy of every page: nothing from another host, nothing inline. https://www.w3.org/TR/CSP3/"""
