"""Service types, and the words by which people search for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guidegen.model.settings import Urgent
from guidegen.model.translatable import NO_TEXT, TranslatableText


@dataclass(frozen=True, slots=True)
class ServiceType:
    """A kind of service: its names, and how people call it in each language."""

    id: str
    name: TranslatableText
    summary: TranslatableText = NO_TEXT
    icon: str = ""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crosswalk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: bool | None = None
    sensitive: bool | None = None
    notice: TranslatableText = NO_TEXT
    checked: date | None = None
    urgent: tuple[Urgent, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What people call a fact about access, an urgent need or a spoken language, in each language. One of the three is given."""

    fact: str = ""
    need: str = ""
    language: str = ""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def concept(self) -> str:
        """What the words are for, as search names it: ``fact:evening``; empty where its key could not be read."""
        named = (("fact", self.fact), ("need", self.need), ("lang", self.language))
        return next((f"{kind}:{name}" for kind, name in named if name), "")


@dataclass(frozen=True, slots=True)
class SearchTest:
    """A query that must find a kind of help first."""

    query: str
    type: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is always shown first when somebody searches for some words: a hotline, a warning."""

    id: str
    words: Mapping[str, tuple[str, ...]]
    text: TranslatableText
    number: str = ""
