"""Settings of a guide, from ``guide.yml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from guidegen.model.problems import SourcePosition
from guidegen.model.translatable import NO_TEXT, TranslatableText


@dataclass(frozen=True, slots=True)
class Urgent:
    """A number for an emergency."""

    number: str
    name: TranslatableText
    text: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Area:
    """A place by which partners are grouped; ``cities`` are the towns that belong to it, ``part_of`` larger areas around it.

    ``kind`` is county, town or neighborhood, or empty where it is not known.
    """

    name: str
    names: TranslatableText = NO_TEXT
    kind: str = ""
    part_of: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideContact:
    """Who keeps the guide."""

    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Editing:
    """Where staff edit: an address with ``{path}`` in place of the file, and the program on their own computers."""

    web: str = ""
    editor: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The guide itself, from ``guide.yml``. Periods are in days."""

    name: TranslatableText
    address: str
    languages: tuple[str, ...]
    summary: TranslatableText = NO_TEXT
    region: str = ""
    state: str = ""
    time_zone: str = ""
    maps: tuple[str, ...] = ()
    contact: GuideContact = GuideContact()
    areas: tuple[Area, ...] = ()
    check_after_days: int | None = None
    quick_exit: str = ""
    offline: bool | None = None
    editing: Editing = Editing()
    fictional: bool = False
    about: TranslatableText = NO_TEXT
    source: PurePosixPath = PurePosixPath("guide.yml")
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)
