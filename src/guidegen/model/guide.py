"""A guide with everything in its content, as frozen values.

``None`` always means that the content does not say, so pages must not show a value. Field names of services follow HSDS
(Open Referral), language tags follow BCP 47, and weekdays (``mo`` to ``su``) follow RFC 5545.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePosixPath

from guidegen.model.article import Chapter, OwnPage, Spotlight
from guidegen.model.partner import ROLES, Partner
from guidegen.model.problems import SourcePosition
from guidegen.model.service_type import Answer, SearchTest, SearchWords, ServiceType
from guidegen.model.settings import PartialGuide, Settings
from guidegen.records import dataclass

MAX_OFFLINE_PARTNERS = 3_000
"""Maximum number of partners in a guide that readers can save offline. A larger copy would not fit on a phone."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A content file and the positions of its fields."""

    source: PurePosixPath
    places: Mapping[str, SourcePosition] = field(default_factory=dict, repr=False, compare=False)


PUBLISHED_KINDS = ("language", "partner", "service-type", "spotlight")


@dataclass(frozen=True, slots=True)
class PublishedName:
    """A name in published addresses, as listed in content/published.txt. ``kind`` is one of ``PUBLISHED_KINDS``."""

    kind: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Booklet:
    """A PDF of the whole guide in a language: its path in the site, and its size in bytes."""

    language: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Guide:
    """All content of a guide.

    ``slugs`` includes partners whose files could not be read; ``unread_drafts`` has those of them that are drafts.
    ``files_with_errors`` are the files with errors, from which checks should not draw conclusions. ``published`` are the names in
    content/published.txt, or None if there is no such file.
    """

    settings: Settings
    service_types: tuple[ServiceType, ...] = ()
    partners: tuple[Partner, ...] = ()
    spotlights: tuple[Spotlight, ...] = ()
    own_pages: tuple[OwnPage, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    slugs: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    icons: frozenset[str] = frozenset()
    search_words: tuple[SearchWords, ...] = ()
    answers: tuple[Answer, ...] = ()
    search_tests: tuple[SearchTest, ...] = ()
    services_file: SourceFile = SourceFile(PurePosixPath("content/services.yml"))
    tests_file: SourceFile = SourceFile(PurePosixPath("content/search-tests.yml"))
    published: tuple[PublishedName, ...] | None = None
    files_with_errors: frozenset[PurePosixPath] = frozenset()
    unread_drafts: frozenset[str] = frozenset()
    partial_guides: tuple[PartialGuide, ...] = ()
    booklets: tuple[Booklet, ...] = ()

    @property
    def is_available_offline(self) -> bool:
        """True if readers can save the guide: guide.yml does not turn that off, and the guide is not too large."""
        return self.settings.offline is not False and len(self.listed) <= MAX_OFFLINE_PARTNERS

    @property
    def shows_network(self) -> bool:
        """True if the site has a page that shows who works with whom."""
        return bool(self.settings.constellation or self.settings.gaps.public)

    @property
    def loose_spotlights(self) -> tuple[Spotlight, ...]:
        """The articles that are in no chapter."""
        return tuple(article for article in self.spotlights if not article.chapter)

    @property
    def class_types(self) -> tuple[str, ...]:
        """The ids of the service types whose services are classes."""
        return tuple(service_type.id for service_type in self.service_types if service_type.classes)

    @property
    def is_sensitive(self) -> bool:
        """True if some pages are about a subject that a reader may need to hide from others."""
        return any(kind.sensitive for kind in self.service_types) or any(partner.is_exposed for partner in self.partners)

    @property
    def sensitive_types(self) -> frozenset[str]:
        """The ids of the sensitive service types."""
        return frozenset(kind.id for kind in self.service_types if kind.sensitive)

    @property
    def listed(self) -> tuple[Partner, ...]:
        """The partners shown in lists: all but the closed ones."""
        return tuple(partner for partner in self.partners if partner.status != "closed")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles for which a listed partner offers a service."""
        used_roles = {role for partner in self.listed for service in partner.offered for role in service.roles}
        return tuple(role for role in ROLES if role in used_roles)

    def count_by_type(self) -> Counter[str]:
        """Return how many listed partners offer a service of each type."""
        return Counter(type_id for partner in self.listed for type_id in partner.types)
