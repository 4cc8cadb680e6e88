"""Service types, and the words that people use to search for them."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from guidegen.model.settings import Urgent
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class ServiceType:
    """A kind of service, with its name and its synonyms by language."""

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
    """Synonyms by language for an access fact, an urgent need or a spoken language. One of the three is set."""

    fact: str = ""
    need: str = ""
    language: str = ""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def concept(self) -> str:
        """The search concept that the words mean, such as ``fact:evening``; empty if its key could not be read."""
        kinds = (("fact", self.fact), ("need", self.need), ("lang", self.language))
        return next((f"{kind}:{name}" for kind, name in kinds if name), "")


@dataclass(frozen=True, slots=True)
class SearchTest:
    """A query for which search must rank a given service type first."""

    query: str
    type: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A fixed answer, such as a hotline or a warning, that search shows first for certain words."""

    id: str
    words: Mapping[str, tuple[str, ...]]
    text: TranslatableText
    number: str = ""
