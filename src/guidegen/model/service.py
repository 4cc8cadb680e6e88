"""Services: what a partner offers, to whom, at what cost and how to start."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guidegen.model.hours import Hours
from guidegen.model.location import Phone, SpokenLanguage
from guidegen.model.translatable import NO_TEXT, TranslatableText

REMOTE = ("online", "phone", "home")
"""Where a service can be had that is none of the partner's locations."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a service costs: free, an amount, or by income; ``for_`` says for whom where others pay something else."""

    for_: TranslatableText = NO_TEXT
    free: bool | None = None
    amount: Decimal | None = None
    currency: str = ""
    sliding: bool | None = None
    note: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Income:
    """The highest income, in percent of a standard such as the federal poverty level."""

    at_most: int
    percent_of: str = "federal-poverty-level"


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a service is for. ``ages`` are the youngest and the oldest; None on either side is open."""

    text: TranslatableText = NO_TEXT
    ages: tuple[int | None, int | None] | None = None
    groups: tuple[str, ...] = ()
    income: Income | None = None


@dataclass(frozen=True, slots=True)
class Asks:
    """What a person is asked to show. None: not known."""

    photo_id: bool | None = None
    immigration_status: bool | None = None
    ssn: bool | None = None
    proof_of_address: bool | None = None


@dataclass(frozen=True, slots=True)
class Helps:
    """What else a person is helped with in order to come. None: not known."""

    childcare: bool | None = None
    transport: bool | None = None
    interpreter: bool | None = None


@dataclass(frozen=True, slots=True)
class Apply:
    """How a person starts."""

    steps: TranslatableText = NO_TEXT
    url: str = ""
    walk_in: bool | None = None


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """Places and postal codes: those that a service covers, or where a person must live to use it."""

    names: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seats:
    """Free places, at a date."""

    open: int | None = None
    of: int | None = None
    updated: date | None = None
    waiting: TranslatableText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Alert:
    """A short notice that holds until a day."""

    text: TranslatableText
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that a partner offers. How it is reached is asked of ``reach.of``, not of these fields.

    ``serves`` is the area that it covers, ``must_live_in`` a condition. ``status_until`` is the last day of ``status``.
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
