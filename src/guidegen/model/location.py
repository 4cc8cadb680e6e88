"""A partner's locations, with their addresses, accessibility, phones and languages."""

from guidegen.model.hours import Hours
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number as written locally. ``kind`` is voice, text, whatsapp, fax or tty, or empty if unknown.

    ``at`` are the keys of the locations that use it; empty means all.
    """

    number: str
    kind: str = ""
    extension: str = ""
    languages: tuple[str, ...] = ()
    note: TranslatableText = NO_TEXT
    at: tuple[str, ...] = ()

    @property
    def takes_calls(self) -> bool:
        """True if people can call the number to talk, or if its kind is not known."""
        return self.kind in ("voice", "")


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language in which people can get help. ``how`` is staff, interpreter, on-request or empty.

    ``at`` are the keys of the locations that offer it; empty means all. Only ``reach`` sets it; it is not read from files.
    """

    code: str
    how: str = ""
    note: TranslatableText = NO_TEXT
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as in HSDS. ``region`` is a county or similar, and may be all that is known."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""

    @property
    def town(self) -> str:
        """The city, or the county if the city is unknown."""
        return self.city or self.region


@dataclass(frozen=True, slots=True)
class Access:
    """Accessibility of a location. None means unknown."""

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
    """A location of a partner. Its contact details are those that differ from the partner's own.

    If it is ``confidential``, only its town is ever published.
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
