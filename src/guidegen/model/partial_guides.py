"""Select the part of a guide that a partial guide has, such as the offers of one county out of a state's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from guidegen.model.area_scope import AreaScope, find_scope
from guidegen.model.guide import Guide
from guidegen.model.hours import Hours
from guidegen.model.location import Phone, SpokenLanguage
from guidegen.model.partner import Partner
from guidegen.model.reach import find_locations, is_remote
from guidegen.model.sensitivity import is_sensitive
from guidegen.model.service import Service
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Only, PartialGuide
from guidegen.model.visibility import drop_unknown_references

Fact = TypeVar("Fact", Phone, SpokenLanguage, Hours)


def select_part(guide: Guide, part: PartialGuide) -> Guide:
    """Return the guide with the settings of a partial guide, and with only its partners and their services there.

    Kinds of help with urgent numbers stay: readers need those numbers in every guide. ``guide`` is without what is not public: a
    confidential address must not decide what is in an area.
    """
    whole = replace(guide, settings=part.settings)
    scope = find_scope(part.only.areas, whole) if part.only.areas else None
    types = tuple(kind for kind in guide.service_types if _has_type(kind, part.only))
    exposed = (replace(partner, is_exposed=is_sensitive(partner, guide.sensitive_types)) for partner in guide.partners)
    partners = (_select_services(partner, part.only, scope) for partner in exposed)
    kept = drop_unknown_references(partner for partner in partners if partner)
    return replace(whole, partners=tuple(kept), service_types=types, published=None, booklets=())


def _has_type(kind: ServiceType, only: Only) -> bool:
    return not only.types or kind.id in only.types or bool(kind.urgent)


def _select_services(partner: Partner, only: Only, scope: AreaScope | None) -> Partner | None:
    """Return a partner with its services in the part; None if it is not in it.

    An organization without services is in it if it is in the area.
    """
    if not partner.services:
        is_here = scope is None or any(map(scope.contains, partner.locations))
        return partner if is_here and not only.types else None
    services = [
        replace(service, types=types)
        for service in partner.services
        if (types := _select_types(service, only)) and (scope is None or _is_offered(partner, service, scope))
    ]
    if not services:
        return None
    selected = replace(partner, services=tuple(services), identity="")
    return selected if scope is None else _drop_other_places(selected, scope)


def _select_types(service: Service, only: Only) -> tuple[str, ...]:
    return tuple(name for name in service.types if not only.types or name in only.types)


def _is_offered(partner: Partner, service: Service, scope: AreaScope) -> bool:
    """Return whether a service is at a place in the area, is for people there, or names neither a place nor an area."""
    places = find_locations(partner, service) or (() if is_remote(service) else partner.locations)
    areas = [area for area in (service.serves, service.must_live_in) if area.names or area.postal_codes]
    return any(map(scope.contains, places)) or any(map(scope.is_served_by, areas)) or not (places or areas)


def _drop_other_places(partner: Partner, scope: AreaScope) -> Partner:
    """Return a partner without the locations elsewhere that none of its services names.

    If a service does not say where it is, all locations stay: of those left over, none must look like its place.
    """
    if not all(service.at or is_remote(service) for service in partner.services):
        return partner
    used = {key for service in partner.services for key in service.at}
    locations = tuple(place for place in partner.locations if place.key in used or scope.contains(place))
    keys = {place.key for place in locations}
    return replace(
        partner,
        locations=locations,
        phones=_keep_facts(partner.phones, keys),
        languages=_keep_facts(partner.languages, keys),
        hours=_keep_facts(partner.hours, keys),
    )


def _keep_facts(facts: Sequence[Fact], keys: set[str]) -> tuple[Fact, ...]:
    """Return the facts of the locations that are left."""
    left = ((fact, tuple(key for key in fact.at if key in keys)) for fact in facts)
    return tuple(replace(fact, at=at) if at != fact.at else fact for fact, at in left if at or not fact.at)
