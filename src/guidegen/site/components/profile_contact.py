"""The part of a profile that says how to reach the partner, whatever the service."""

from dataclasses import replace
from typing import TypedDict

from guidegen.model import reach
from guidegen.model.location import Phone
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.components.locations import (
    ExternalLink,
    HoursView,
    Labels,
    PhoneView,
    PlaceView,
    SpokenView,
    build_hours_views,
    build_mail_link,
    build_phone_view,
    build_place_view,
    build_site_link,
    build_spoken_views,
)


class ContactFields(TypedDict):
    """The fields of a ``PartnerView`` that say how to reach the partner."""

    phones: tuple[PhoneView, ...]
    first_phones: tuple[PhoneView, ...]
    email: ExternalLink | None
    website: ExternalLink | None
    social: tuple[ExternalLink, ...]
    languages: tuple[SpokenView, ...]
    hours: tuple[HoursView, ...]
    places: tuple[PlaceView, ...]
    has_directions: bool


def build_contact_fields(
    partner: Partner, reaches: tuple[Reach, ...], maps: tuple[str, ...], resolver: TextResolver
) -> ContactFields:
    labels = Labels(partner.locations, resolver)
    return {
        "phones": tuple(build_phone_view(phone, resolver, labels) for phone in partner.phones),
        "first_phones": tuple(build_phone_view(phone, resolver, labels) for phone in _select_first_phones(partner, reaches)),
        "email": build_mail_link(partner.email) if partner.email else None,
        "website": build_site_link(partner.website) if partner.website else None,
        "social": tuple(build_site_link(profile_url) for profile_url in partner.social),
        "languages": build_spoken_views(partner.languages, labels, resolver),
        "hours": build_hours_views(partner.hours, labels, resolver),
        "places": tuple(build_place_view(place, maps, labels, resolver) for place in partner.locations),
        "has_directions": any(place.position or place.address.line1 for place in partner.locations),
    }


def _find_usual_phones(reaches: tuple[Reach, ...]) -> tuple[Phone, ...]:
    """Return the numbers of more than half of the services."""
    usual: list[Phone] = []
    for phone in (replace(phone, at=()) for found in reaches for phone in found.phones):
        count = sum(any(other.number == phone.number for other in found.phones) for found in reaches)
        if 2 * count > len(reaches) and not any(other.number == phone.number for other in usual):
            usual.append(phone)
    return tuple(usual)


def _select_first_phones(partner: Partner, reaches: tuple[Reach, ...]) -> tuple[Phone, ...]:
    """Return the numbers to show below the name: general ones, or else those of all services, the only place or most services."""
    general = tuple(phone for phone in partner.phones if not phone.at)
    of_place = partner.locations[0].phones if len(partner.locations) == 1 else ()
    phones = general or reach.find_shared_facts(reaches).phones or of_place or _find_usual_phones(reaches)
    return tuple(phone for phone in phones if phone.kind not in ("fax", "tty"))[: reach.MAX_PHONES]
