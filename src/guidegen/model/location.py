"""Locations of a partner, and how each is reached."""

from dataclasses import dataclass

from guidegen.model.hours import Hours
from guidegen.model.translatable import NO_TEXT, TranslatableText


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is written locally; ``kind`` is voice, text, whatsapp, fax or tty, or empty where it is not known.

    ``at`` are the keys of the locations for which it is; none for all.
    """

    number: str
    kind: str = ""
    extension: str = ""
    languages: tuple[str, ...] = ()
    note: TranslatableText = NO_TEXT
    at: tuple[str, ...] = ()

    @property
    def takes_calls(self) -> bool:
        """Whether one can talk to somebody at it, as far as is known."""
        return self.kind in ("voice", "")


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language one can be helped in; ``how`` is staff, interpreter, on-request or empty.

    ``at`` are the keys of the locations where; none for all. It is set by ``reach``, not written in files.
    """

    code: str
    how: str = ""
    note: TranslatableText = NO_TEXT
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address, as HSDS has it. ``region`` is a county or the like; a place may be known by that alone."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""

    @property
    def town(self) -> str:
        """Return the town, or the county where no town is known."""
        return self.city or self.region


@dataclass(frozen=True, slots=True)
class Access:
    """What people with disabilities find at a place. None: not known."""

    wheelchair: bool | None = None
    restroom: bool | None = None
    elevator: bool | None = None
    parking: bool | None = None
    tty: bool | None = None
    hearing_loop: bool | None = None
    large_print: bool | None = None
    braille: bool | None = None
    quiet_room: bool | None = None
    note: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the partner, and how it is reached where that is not as for the whole partner.

    Of a confidential one nothing but the town is ever published.
    """

    key: str
    name: TranslatableText = NO_TEXT
    description: TranslatableText = NO_TEXT
    address: Address = Address()
    mailing: Address | None = None
    position: tuple[float, float] | None = None
    transit: TranslatableText = NO_TEXT
    access: Access = Access()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    website: str = ""
    languages: tuple[SpokenLanguage, ...] = ()
    hours: tuple[Hours, ...] = ()
    time_zone: str = ""
    confidential: bool | None = None
