"""Which roles of a partnership somebody fills, and which nobody does: those under WIOA, and those in the constellation.

WIOA, the Workforce Innovation and Opportunity Act, funds adult education under title II, and integrated English literacy and
civics education (IELCE) as a part of it: 29 U.S.C. 3333. Its one-stop partners are listed in 29 U.S.C. 3151(b).
"""

from collections.abc import Iterator

from guidegen.content.fields.partner_fields import CO_ENROLLMENT, ROLES
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.records import dataclass

_WIOA = {
    "title_ii": "Adult education (title II)",
    "ielce": "English literacy and civics (IELCE, title II)",
    "one_stop_partner": "Partner of the one-stop center",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """A role, and the names of the partners that fill it."""

    role: str
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """A table of roles under a title."""

    title: str
    rows: tuple[Coverage, ...]


def list_coverage(guide: Guide) -> Iterator[CoverageGroup]:
    """Yield the groups of roles. A group that no profile mentions is left out, such as WIOA in another country."""
    partners = sorted(guide.listed, key=lambda partner: partner.name.casefold())
    groups = (
        ("Adult education", tuple(_find(partners, name, field) for field, name in _WIOA.items())),
        ("Co-enrollment", tuple(_cover(partners, name, "co_enrolment", value) for value, name in CO_ENROLLMENT.items())),
        ("Roles", tuple(_cover(partners, name, "role", value) for value, name in ROLES.items())),
    )
    for title, rows in groups:
        if any(row.partners for row in rows):
            yield CoverageGroup(title, rows)


def _find(partners: list[Partner], name: str, field: str) -> Coverage:
    return Coverage(name, tuple(partner.name for partner in partners if getattr(partner.partnership.wioa, field)))


def _cover(partners: list[Partner], name: str, field: str, value: str) -> Coverage:
    return Coverage(name, tuple(partner.name for partner in partners if value in getattr(partner.partnership, field)))
