"""The settings in ``guide.yml``."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePosixPath

from guidegen.model.problems import SourcePosition
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Urgent:
    """An emergency phone number. ``needs`` are the urgent needs for which search shows it before all others."""

    number: str
    name: TranslatableText
    text: TranslatableText = NO_TEXT
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """An area that groups partners. ``cities`` are the towns in it; ``part_of`` are the larger areas that contain it.

    ``kind`` is county, town or neighborhood, or empty if unknown.
    """

    name: str
    names: TranslatableText = NO_TEXT
    kind: str = ""
    part_of: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideContact:
    """Contact details of the people who maintain the guide."""

    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Editing:
    """The tools of staff: a URL template with ``{path}`` for the file, and the text editor on their own computers."""

    web: str = ""
    editor: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """The look of the guide: colors such as ``#0b5c5e``, a picture in ``content/images``, and round, soft or square corners."""

    brand: str = ""
    accent: str = ""
    logo: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The settings of the gap matrix: its spoken languages, and how many full offers of a kind of help are enough.

    If it is ``public``, the site has a table of the organizations by kind of help and language.
    """

    languages: tuple[str, ...] = ()
    enough: int | None = None
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the guide."""

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
    theme: Theme = Theme()
    gaps: Gaps = Gaps()
    constellation: bool | None = None
    fictional: bool = False
    about: TranslatableText = NO_TEXT
    licence: str = ""
    source: PurePosixPath = PurePosixPath("guide.yml")
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Only:
    """The areas and service types that a partial guide covers. An empty list means all of them."""

    areas: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartialGuide:
    """A guide with a part of the content, such as a county's. ``settings`` are those of guide.yml with its own in their place."""

    name: str
    settings: Settings
    only: Only
