"""Spotlight articles, and pages of a guide's own."""

import datetime
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import PurePosixPath

from guidegen.model.problems import SourcePosition
from guidegen.model.translatable import NO_TEXT, TranslatableText, Translation
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """An article in one language. ``body_line`` is the line of its file on which the body starts."""

    language: str
    source: PurePosixPath
    title: str
    body: str
    summary: str = ""
    by: str = ""
    state: str = "source"
    body_line: int = 1
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Spotlight:
    """An article, with an edition for each language: about how partners work together or, in a chapter, information for readers.

    ``order`` is its place in the ``chapter``.
    """

    slug: str
    source: PurePosixPath
    date: date
    editions: tuple[Edition, ...]
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    image: str = ""
    alt: str = ""
    draft: bool = False
    updated: datetime.date | None = None
    was: tuple[str, ...] = ()
    chapter: str = ""
    order: int | None = None
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)

    @property
    def first_slug(self) -> str:
        """The slug it was first published under, which identifies it to other programs."""
        return self.was[0] if self.was else self.slug

    def edition(self, language: str) -> Edition | None:
        """Return the edition in a language, or None."""
        return next((edition for edition in self.editions if edition.language == language), None)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A group of articles: a folder in ``content/spotlights``. ``order`` is its place among the chapters.

    ``for_`` is ``partners`` for a chapter of staff of partners, such as a toolkit; otherwise it is for readers.
    """

    slug: str
    source: PurePosixPath
    title: TranslatableText
    summary: TranslatableText = NO_TEXT
    order: int | None = None
    for_: str = ""
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_for_partners(self) -> bool:
        return self.for_ == "partners"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the guide's own, such as "Volunteer", with an edition for each language.

    Its link is in the menu or the footer.
    """

    slug: str
    source: PurePosixPath
    editions: tuple[Edition, ...]
    menu: bool = False
    draft: bool = False
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)

    @property
    def title(self) -> TranslatableText:
        """The title in every language that has one."""
        return TranslatableText(
            {edition.language: Translation(edition.title, edition.state, edition.by) for edition in self.editions}
        )

    @property
    def text(self) -> TranslatableText:
        """The Markdown in every language that has one."""
        return TranslatableText(
            {edition.language: Translation(edition.body, edition.state, edition.by) for edition in self.editions}
        )
