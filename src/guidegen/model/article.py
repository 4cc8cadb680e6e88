"""Spotlight articles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from guidegen.model.problems import SourcePosition


@dataclass(frozen=True, slots=True)
class Edition:
    """An article in one language."""

    language: str
    source: PurePosixPath
    title: str
    body: str
    summary: str = ""
    by: str = ""
    state: str = "source"
    body_line: int = 1


@dataclass(frozen=True, slots=True)
class Spotlight:
    """An article on how partners work together, in each language it was written in."""

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
    was: tuple[str, ...] = ()
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)

    @property
    def first_slug(self) -> str:
        """The name by which other programs first learned of it."""
        return self.was[0] if self.was else self.slug

    def edition(self, language: str) -> Edition | None:
        """The article in the language, if it was written in it."""
        return next((edition for edition in self.editions if edition.language == language), None)
