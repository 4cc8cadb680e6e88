"""Services: what a partner offers, whom it is for, what it costs and how to apply."""

from datetime import date
from decimal import Decimal

from guidegen.model.hours import Hours
from guidegen.model.location import Phone, SpokenLanguage
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass

REMOTE = ("online", "phone", "home")
"""Ways to use a service without going to one of the partner's locations."""


@dataclass(frozen=True, slots=True)
class Cost:
    """A price: free, an amount, or on a sliding scale by income. ``for_`` names the group that pays it; empty means everyone."""

    for_: TranslatableText = NO_TEXT
    free: bool | None = None
    amount: Decimal | None = None
    currency: str = ""
    sliding: bool | None = None
    note: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Income:
    """An income limit, in percent of a standard such as the federal poverty level."""

    at_most: int
    percent_of: str = "federal-poverty-level"


@dataclass(frozen=True, slots=True)
class Who:
    """The people a service is for. ``ages`` are the minimum and maximum; None on either side means no limit."""

    text: TranslatableText = NO_TEXT
    ages: tuple[int | None, int | None] | None = None
    groups: tuple[str, ...] = ()
    income: Income | None = None


@dataclass(frozen=True, slots=True)
class Asks:
    """Documents and facts that a client must provide. None means unknown."""

    photo_id: bool | None = None
    immigration_status: bool | None = None
    ssn: bool | None = None
    proof_of_address: bool | None = None


@dataclass(frozen=True, slots=True)
class Helps:
    """Support that makes it easier to attend. None means unknown."""

    childcare: bool | None = None
    transport: bool | None = None
    interpreter: bool | None = None


@dataclass(frozen=True, slots=True)
class Apply:
    """The steps by which a person starts using a service."""

    steps: TranslatableText = NO_TEXT
    url: str = ""
    walk_in: bool | None = None


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """The places and postal codes that a service covers, or where its clients must live."""

    names: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seats:
    """The number of open seats and of all seats, with the date they were counted and a text about the waiting list."""

    open: int | None = None
    of: int | None = None
    updated: date | None = None
    waiting: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Alert:
    """A short notice. ``until`` is the last day on which it applies."""

    text: TranslatableText
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that a partner offers. Use ``reach.find_reach`` to find out how to reach it, not these fields.

    ``serves`` is the area that it covers; ``must_live_in`` is a requirement. ``status_until`` is the last day of ``status``.
    """

    key: str
    types: tuple[str, ...]
    name: TranslatableText
    summary: TranslatableText = NO_TEXT
    description: TranslatableText = NO_TEXT
    also_known_as: tuple[str, ...] = ()
    status: str = "active"
    status_until: date | None = None
    program: str = ""
    subjects: tuple[TranslatableText, ...] = ()
    at: tuple[str, ...] = ()
    attend: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    website: str = ""
    languages: tuple[SpokenLanguage, ...] = ()
    hours: tuple[Hours, ...] = ()
    time_zone: str = ""
    appointment: str = ""
    cost: tuple[Cost, ...] = ()
    who: Who = Who()
    roles: tuple[str, ...] = ()
    asks: Asks = Asks()
    documents: tuple[TranslatableText, ...] = ()
    apply: Apply = Apply()
    serves: ServiceArea = ServiceArea()
    must_live_in: ServiceArea = ServiceArea()
    seats: Seats | None = None
    helps: Helps = Helps()
    alert: Alert | None = None
