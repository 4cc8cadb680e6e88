"""Cards: the values that lists take from a partner, so that a change to the description alone rebuilds no list."""

from collections import Counter
from dataclasses import field, replace
from datetime import date

from guidegen.cache.keys import key_prefix, source_key
from guidegen.model import reach
from guidegen.model.areas import build_named_areas, find_areas, find_areas_at, list_place_names
from guidegen.model.guide import Guide
from guidegen.model.location import Location, Phone, SpokenLanguage
from guidegen.model.memoize import memoize_last
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.model.service import REMOTE, Alert, Asks, Cost, Service, ServiceArea, Who
from guidegen.model.settings import Area
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.search.concepts import facts_of
from guidegen.site.components.map_layout import Position
from guidegen.site.components.near import find_positions
from guidegen.text.collation import sort_key


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as a card shows it. ``found`` is how to reach it; its locations keep only their keys, names and addresses."""

    types: tuple[str, ...]
    name: TranslatableText
    status: str
    status_until: date | None
    cost: tuple[Cost, ...]
    who: Who
    must_live_in: ServiceArea
    named: tuple[Area, ...]
    by_appointment: bool
    asks: Asks
    walk_in: bool | None
    roles: tuple[str, ...]
    remote: bool
    alert: Alert | None
    facts: tuple[str, ...]
    found: Reach
    areas: tuple[str, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A partner as lists show it.

    ``areas`` are the areas it has a location in, ``serves`` the places its services cover. ``street`` is that of its only
    location if another partner has the same name; else empty. ``source_key`` is the cache key of the values the card is computed
    from; empty if there is none.
    """

    slug: str
    name: str
    plain_name: TranslatableText
    summary: TranslatableText
    status: str
    languages: tuple[SpokenLanguage, ...]
    phones: tuple[Phone, ...]
    offers: tuple[Offer, ...]
    towns: tuple[str, ...]
    street: str
    areas: tuple[str, ...]
    serves: tuple[str, ...]
    verified: date | None
    types: tuple[str, ...]
    source_key: str = field(default="", compare=False)


@memoize_last
def build_cards(guide: Guide) -> tuple[Card, ...]:
    """Return a card for each listed partner, sorted by name."""
    areas = find_areas(guide)
    names = Counter(partner.name.casefold() for partner in guide.listed)
    prefixes = {has_namesake: key_prefix("card", (areas, has_namesake)) for has_namesake in (False, True)}
    cards = []
    for partner in guide.listed:
        has_namesake = names[partner.name.casefold()] > 1
        cards.append(build_card(partner, areas, prefixes[has_namesake], has_namesake))
    return tuple(sorted(cards, key=lambda card: sort_key(card.name, guide.settings.languages[0])))


def build_card(partner: Partner, areas: tuple[Area, ...], prefix: str, has_namesake: bool = False) -> Card:
    """Return the card of a partner. ``prefix`` is the part of its cache key that does not come from the partner."""
    places = [location for location in partner.locations if not location.confidential]
    serves = dict.fromkeys(name for service in partner.offered for name in list_place_names(service))
    return Card(
        partner.slug,
        partner.name,
        partner.plain_name,
        partner.short_description,
        partner.status,
        partner.languages,
        reach.find_compact_phones(partner),
        tuple(_build_offer(partner, service, areas) for service in partner.offered),
        partner.towns,
        places[0].address.line1 if has_namesake and len(places) == len(partner.locations) == 1 else "",
        find_areas_at(partner.locations, areas),
        tuple(serves),
        partner.verified.date if partner.verified else None,
        partner.types,
        source_key(prefix, partner),
    )


def _build_offer(partner: Partner, service: Service, areas: tuple[Area, ...]) -> Offer:
    service_reach = reach.find_reach(partner, service)
    locations = tuple(
        Location(location.key, location.name, address=location.address, confidential=location.confidential)
        for location in service_reach.locations
    )
    return Offer(
        service.types,
        service.name,
        service.status,
        service.status_until,
        service.cost,
        service.who,
        service.must_live_in,
        build_named_areas(service.must_live_in, areas),
        service.appointment == "required",
        service.asks,
        service.apply.walk_in,
        service.roles,
        bool(set(REMOTE) & {*service.at, *service.attend}),
        service.alert,
        facts_of(partner, service),
        replace(service_reach, locations=locations, emails=(), websites=()),
        find_areas_at(service_reach.locations if service_reach.has_known_location else partner.locations, areas),
        find_positions(service_reach.locations if service_reach.has_known_location else partner.locations),
    )
