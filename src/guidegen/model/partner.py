"""Partners: the organizations of a guide, and what staff know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from guidegen.model.hours import Hours
from guidegen.model.location import Location, Phone, SpokenLanguage
from guidegen.model.problems import SourcePosition
from guidegen.model.service import Service
from guidegen.model.translatable import NO_TEXT, TranslatableText

ROLES = ("parents", "workers", "citizens")


@dataclass(frozen=True, slots=True)
class Verified:
    """When and how the facts were last checked."""

    date: date
    by: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class PointPerson:
    """Whom staff call. Never published."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A written or spoken agreement with the partner."""

    type: str
    signed: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Refers:
    """Referral paths to and from other partners, by slug."""

    to: tuple[str, ...] = ()
    from_: tuple[str, ...] = ()
    how: str = ""
    contact: str = ""
    replies_in_days: int | None = None


@dataclass(frozen=True, slots=True)
class Wioa:
    """Where the partner stands under the US Workforce Innovation and Opportunity Act."""

    title_ii: bool | None = None
    ielce: bool | None = None
    one_stop_partner: bool | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """How the partner belongs to the constellation: for staff, unless ``visibility`` is public."""

    visibility: str = "private"
    point_person: PointPerson | None = None
    role: tuple[str, ...] = ()
    agreement: Agreement | None = None
    refers: Refers = Refers()
    co_enrolment: tuple[str, ...] = ()
    wioa: Wioa = Wioa()
    last_contact: date | None = None
    next_review: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Another directory from which a profile was taken; ``changed`` is when it was last changed there."""

    dataset: str
    id: str = ""
    url: str = ""
    changed: date | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organization that offers services, as its YAML file describes it."""

    slug: str
    source: PurePosixPath
    name: str
    summary: TranslatableText = NO_TEXT
    plain_name: TranslatableText = NO_TEXT
    also_known_as: tuple[str, ...] = ()
    description: TranslatableText = NO_TEXT
    website: str = ""
    email: str = ""
    social: tuple[str, ...] = ()
    logo: str = ""
    phones: tuple[Phone, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    hours: tuple[Hours, ...] = ()
    status: str = "active"
    verified: Verified | None = None
    locations: tuple[Location, ...] = ()
    services: tuple[Service, ...] = ()
    part_of: str = ""
    partnership: Partnership = Partnership()
    taken_from: Source | None = None
    extra: str = ""
    was: tuple[str, ...] = ()
    replaced_by: str = ""
    texts: Mapping[str, TranslatableText] = field(default_factory=dict, repr=False, compare=False)
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)
    identity: str = field(default="", repr=False, compare=False)
    """Names the bytes of the files that it was read from; empty when that is not known."""

    @property
    def first_slug(self) -> str:
        """The name by which other programs first learned of it."""
        return self.was[0] if self.was else self.slug

    @property
    def types(self) -> tuple[str, ...]:
        """The service types it offers, each once, in the order of its file."""
        return tuple(dict.fromkeys(name for service in self.offered for name in service.types))

    @property
    def offered(self) -> tuple[Service, ...]:
        """Return its services without those that are closed for good, which have no day until which they are."""
        return tuple(service for service in self.services if service.status != "closed" or service.status_until)

    @property
    def towns(self) -> tuple[str, ...]:
        """Return the towns of its locations, or the counties where no town is known, each once."""
        return tuple(dict.fromkeys(place.address.town for place in self.locations if place.address.town))

    @property
    def says(self) -> TranslatableText:
        """Return the sentence that says what it does: its own, or that of its first service that has one."""
        return self.summary or next((service.summary for service in self.services if service.summary), NO_TEXT)
