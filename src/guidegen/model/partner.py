"""Partners: the organizations in a guide, and the internal records that staff keep about them."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from guidegen.model.hours import Hours
from guidegen.model.location import Location, Phone, SpokenLanguage
from guidegen.model.problems import SourcePosition
from guidegen.model.service import Service
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass

ROLES = ("parents", "workers", "citizens")


@dataclass(frozen=True, slots=True)
class Verified:
    """When, how and by whom the facts were last checked."""

    date: date
    by: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class PointPerson:
    """The person at the partner whom staff contact. Never published."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A written or verbal agreement with the partner."""

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
    """The partner's roles under the US Workforce Innovation and Opportunity Act (WIOA)."""

    title_ii: bool | None = None
    ielce: bool | None = None
    one_stop_partner: bool | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """The partner's relationship with the network that keeps the guide. Only staff see it, unless ``visibility`` is public."""

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
    """The directory that a profile was copied from.

    ``changed`` is the date of its last change there, ``gone`` the day when an import no longer found it.
    """

    dataset: str
    id: str = ""
    url: str = ""
    changed: date | None = None
    licence: str = ""
    gone: date | None = None


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
    is_exposed: bool = False
    """True if the whole profile needs a quick exit, although its part in a partial guide does not show why."""
    identity: str = field(default="", repr=False, compare=False)
    """Cache key made of the files that it was read from; empty if it depends on anything else."""
    remembered: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Results computed from the other fields, kept for the rest of a build. They are never stored."""

    @property
    def first_slug(self) -> str:
        """The slug it was first published under, which identifies it to other programs."""
        return self.was[0] if self.was else self.slug

    @property
    def types(self) -> tuple[str, ...]:
        """The distinct ids of the service types it offers, in the order of its file."""
        return tuple(dict.fromkeys(type_id for service in self.offered for type_id in service.types))

    @property
    def offered(self) -> tuple[Service, ...]:
        """Its services, without those that are closed permanently (closed without a ``status_until``)."""
        return tuple(service for service in self.services if service.status != "closed" or service.status_until)

    @property
    def towns(self) -> tuple[str, ...]:
        """The distinct towns of its locations, or their counties if the town is unknown."""
        return tuple(dict.fromkeys(location.address.town for location in self.locations if location.address.town))

    @property
    def short_description(self) -> TranslatableText:
        """The summary of the partner, or of its first service that has one."""
        return self.summary or next((service.summary for service in self.services if service.summary), NO_TEXT)
