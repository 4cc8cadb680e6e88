"""What a guide is: frozen values, as the content files describe them.

``None`` always means "not known": the content does not say, and nothing may be shown in its place.
Service words follow HSDS / Open Referral, languages BCP 47, days RFC 5545 (``mo`` to ``su``).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from guidegen.text.language import Words

Place = tuple[int, int]
"""Line and column, from 1."""

MOST_SAVED = 3_000
"""Partners of a guide of which readers can keep a copy: that of a larger one would not fit on a phone."""
ROLES = ("parents", "workers", "citizens")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
REMOTE = ("online", "phone", "home")
"""Where a service can be had that is none of the partner's locations."""


@dataclass(frozen=True, slots=True)
class Version:
    """A text in one language, and what is known of it as a translation.

    ``state`` is ``source``, ``fresh``, ``stale`` (the source changed since) or ``unrecorded``;
    ``by`` is ``human``, ``machine``, ``reviewed``, or empty for the source.
    """

    text: str
    state: str = "source"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The version of a text that a reader is shown."""

    words: Words
    version: Version
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text in each language it exists in, the source language first."""

    versions: Mapping[str, Version] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.versions)

    def choose(self, language: str, order: tuple[str, ...]) -> Chosen:
        """The text in the language, or else in the first language of ``order`` that has it."""
        for tag in (language, *order, *self.versions):
            if tag in self.versions:
                version = self.versions[tag]
                return Chosen(Words(version.text, tag), version, tag != language)
        return Chosen(Words("", language), Version(""))

    @property
    def source(self) -> str:
        """The text as it was first written."""
        return next((version.text for version in self.versions.values()), "")


NO_TEXT = Text()


def text_hash(text: str) -> str:
    """Eight hex digits that change with the wording, not with white space or the style of quotes."""
    straight = text.translate(str.maketrans("“”„«»‘’‚", '"""""\'\'\''))
    plain = re.sub(r"\s+", " ", straight).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


# --- partners -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is written locally; ``kind`` is voice, text, whatsapp, fax or tty, or empty where it is not known.

    ``at`` are the keys of the locations for which it is; none for all.
    """

    number: str
    kind: str = ""
    extension: str = ""
    languages: tuple[str, ...] = ()
    note: Text = NO_TEXT
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
    note: Text = NO_TEXT
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """When and how the facts were last checked."""

    date: date
    by: str = ""
    how: str = ""


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
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year, such as November 1."""

    month: int
    day: int


DateRange = tuple[date, date]
"""The first and the last of some days; the same day twice for one."""


@dataclass(frozen=True, slots=True)
class Times:
    """Open on certain days. Times are minutes since midnight; ``close`` may pass 24 hours.

    ``close`` is None where only the start is known. The days are given in one of four ways: ``days`` of the week; ``monthly`` as
    ``(1, "sa")`` for the first Saturday, -1 for the last; ``day_of_month`` from 1 to 31, -1 for the last; or ``dates``, which
    replace all other hours of those days. ``every`` is 2 for every other week, counted from the week of ``from_``. ``at`` are the
    keys of the locations where this holds; none for all.
    """

    open: int
    close: int | None = None
    days: tuple[str, ...] = ()
    monthly: tuple[tuple[int, str], ...] = ()
    day_of_month: tuple[int, ...] = ()
    dates: tuple[DateRange, ...] = ()
    every: int = 1
    months: tuple[str, ...] = ()
    from_: date | YearDay | None = None
    until: date | YearDay | None = None
    appointment: bool | None = None
    at: tuple[str, ...] = ()
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday or a group of them by its id, its name where the interface has no word for it, and its days for some years."""

    id: str
    name: Text = NO_TEXT
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the usual hours do not hold."""

    closed: tuple[DateRange, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    at: tuple[str, ...] = ()
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class InWords:
    """Hours that can only be said in words. They are shown, and never counted as open."""

    text: Text
    at: tuple[str, ...] = ()


Hours = Times | Closure | InWords


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the partner, and how it is reached where that is not as for the whole partner.

    Of a confidential one nothing but the town is ever published.
    """

    key: str
    name: Text = NO_TEXT
    description: Text = NO_TEXT
    address: Address = Address()
    mailing: Address | None = None
    position: tuple[float, float] | None = None
    transit: Text = NO_TEXT
    access: Access = Access()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    website: str = ""
    languages: tuple[SpokenLanguage, ...] = ()
    hours: tuple[Hours, ...] = ()
    time_zone: str = ""
    confidential: bool | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a service costs: free, an amount, or by income; ``for_`` says for whom where others pay something else."""

    for_: Text = NO_TEXT
    free: bool | None = None
    amount: Decimal | None = None
    currency: str = ""
    sliding: bool | None = None
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Income:
    """The highest income, in percent of a standard such as the federal poverty level."""

    at_most: int
    percent_of: str = "federal-poverty-level"


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a service is for. ``ages`` are the youngest and the oldest; None on either side is open."""

    text: Text = NO_TEXT
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

    steps: Text = NO_TEXT
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
    waiting: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Alert:
    """A short notice that holds until a day."""

    text: Text
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that a partner offers. How it is reached is asked of ``reach.of``, not of these fields.

    ``serves`` is the area that it covers, ``must_live_in`` a condition. ``status_until`` is the last day of ``status``.
    """

    key: str
    types: tuple[str, ...]
    name: Text
    summary: Text = NO_TEXT
    description: Text = NO_TEXT
    also_known_as: tuple[str, ...] = ()
    status: str = "active"
    status_until: date | None = None
    program: str = ""
    subjects: tuple[Text, ...] = ()
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
    documents: tuple[Text, ...] = ()
    apply: Apply = Apply()
    serves: ServiceArea = ServiceArea()
    must_live_in: ServiceArea = ServiceArea()
    seats: Seats | None = None
    helps: Helps = Helps()
    alert: Alert | None = None


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
    summary: Text = NO_TEXT
    plain_name: Text = NO_TEXT
    also_known_as: tuple[str, ...] = ()
    description: Text = NO_TEXT
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
    texts: Mapping[str, Text] = field(default_factory=dict, repr=False, compare=False)
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)
    made_from: str = field(default="", repr=False, compare=False)
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
    def says(self) -> Text:
        """Return the sentence that says what it does: its own, or that of its first service that has one."""
        return self.summary or next((service.summary for service in self.services if service.summary), NO_TEXT)


# --- service types, articles, settings ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Urgent:
    """A number for an emergency."""

    number: str
    name: Text
    text: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class ServiceType:
    """A kind of service: its names, and how people call it in each language."""

    id: str
    name: Text
    summary: Text = NO_TEXT
    icon: str = ""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crosswalk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: bool | None = None
    sensitive: bool | None = None
    notice: Text = NO_TEXT
    checked: date | None = None
    urgent: tuple[Urgent, ...] = ()
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An article in one language."""

    language: str
    source: PurePosixPath
    title: str
    body: str
    summary: str = ""
    by: str = ""
    state: str = "source"
    body_line: int = 1


@dataclass(frozen=True, slots=True)
class Spotlight:
    """An article on how partners work together, in each language it was written in."""

    slug: str
    source: PurePosixPath
    date: date
    editions: tuple[Edition, ...]
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    image: str = ""
    alt: str = ""
    draft: bool = False
    was: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)

    @property
    def first_slug(self) -> str:
        """The name by which other programs first learned of it."""
        return self.was[0] if self.was else self.slug

    def edition(self, language: str) -> Edition | None:
        """The article in the language, if it was written in it."""
        return next((edition for edition in self.editions if edition.language == language), None)


@dataclass(frozen=True, slots=True)
class Area:
    """A place by which partners are grouped; ``cities`` are the towns that belong to it, ``part_of`` larger areas around it.

    ``kind`` is county, town or neighborhood, or empty where it is not known.
    """

    name: str
    names: Text = NO_TEXT
    kind: str = ""
    part_of: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
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

    name: Text
    address: str
    languages: tuple[str, ...]
    summary: Text = NO_TEXT
    region: str = ""
    state: str = ""
    time_zone: str = ""
    maps: tuple[str, ...] = ()
    contact: Contact = Contact()
    areas: tuple[Area, ...] = ()
    check_after_days: int | None = None
    quick_exit: str = ""
    offline: bool | None = None
    editing: Editing = Editing()
    fictional: bool = False
    about: Text = NO_TEXT
    source: PurePosixPath = PurePosixPath("guide.yml")
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)


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
class ReadFile:
    """A file that was read: where its parts stand."""

    source: PurePosixPath
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)


PUBLISHED_KINDS = ("language", "partner", "service-type", "spotlight")


@dataclass(frozen=True, slots=True)
class PublishedName:
    """A name that is part of published addresses: of one of ``PUBLISHED_KINDS``, on a line of content/published.txt."""

    kind: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is always shown first when somebody searches for some words: a hotline, a warning."""

    id: str
    words: Mapping[str, tuple[str, ...]]
    text: Text
    number: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything the content says.

    ``slugs`` also names partners whose files could not be read, ``unread_drafts`` those of them that are drafts;
    ``flawed`` are the files in which something was wrong, of which no check should draw conclusions. ``published`` are
    the names of content/published.txt; None where there is no list.
    """

    settings: Settings
    service_types: tuple[ServiceType, ...] = ()
    partners: tuple[Partner, ...] = ()
    spotlights: tuple[Spotlight, ...] = ()
    slugs: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    icons: frozenset[str] = frozenset()
    words: tuple[SearchWords, ...] = ()
    answers: tuple[Answer, ...] = ()
    search_tests: tuple[SearchTest, ...] = ()
    services_file: ReadFile = ReadFile(PurePosixPath("content/services.yml"))
    tests_file: ReadFile = ReadFile(PurePosixPath("content/search-tests.yml"))
    published: tuple[PublishedName, ...] | None = None
    flawed: frozenset[PurePosixPath] = frozenset()
    unread_drafts: frozenset[str] = frozenset()

    @property
    def can_be_saved(self) -> bool:
        """Whether readers are offered copies for times without a network: unless guide.yml says no."""
        return self.settings.offline is not False and len(self.listed) <= MOST_SAVED

    @property
    def class_types(self) -> tuple[str, ...]:
        """The service types whose services are classes."""
        return tuple(kind.id for kind in self.service_types if kind.classes)

    @property
    def is_sensitive(self) -> bool:
        """Whether some pages tell of something that others should perhaps not see."""
        return any(kind.sensitive for kind in self.service_types)

    @property
    def listed(self) -> tuple[Partner, ...]:
        """The partners that lists show: all but the closed ones."""
        return tuple(partner for partner in self.partners if partner.status != "closed")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that a listed partner's service names."""
        used = {role for partner in self.listed for service in partner.offered for role in service.roles}
        return tuple(role for role in ROLES if role in used)

    def partner(self, slug: str) -> Partner | None:
        """The partner of that slug, if its file could be read."""
        return next((partner for partner in self.partners if partner.slug == slug), None)

    def offered(self) -> Counter[str]:
        """How many listed partners offer a service of each type."""
        return Counter(name for partner in self.listed for name in partner.types)
