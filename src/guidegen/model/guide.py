"""Everything that the content says, in frozen values.

``None`` always means "not known": the content does not say, and nothing may be shown in its place.
Service words follow HSDS / Open Referral, languages BCP 47, days RFC 5545 (``mo`` to ``su``).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from guidegen.model.article import Spotlight
from guidegen.model.partner import ROLES, Partner
from guidegen.model.problems import SourcePosition
from guidegen.model.service_type import Answer, SearchTest, SearchWords, ServiceType
from guidegen.model.settings import Settings

MAX_SAVED = 3_000
"""Partners of a guide of which readers can keep a copy: that of a larger one would not fit on a phone."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: where its parts stand."""

    source: PurePosixPath
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)


PUBLISHED_KINDS = ("language", "partner", "service-type", "spotlight")


@dataclass(frozen=True, slots=True)
class PublishedName:
    """A name that is part of published addresses: of one of ``PUBLISHED_KINDS``, on a line of content/published.txt."""

    kind: str
    name: str
    line: int


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
        return self.settings.offline is not False and len(self.listed) <= MAX_SAVED

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
