"""Determine how to reach a service: phones, email, websites, languages and hours, with the locations to which each applies.

A service's own fact comes first, then the fact of each location that offers the service, then the partner's fact. Facts of other
locations and other services are never used. Everything that shows how to reach a service uses this module.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Hours
from guidegen.model.location import Location, Phone, SpokenLanguage
from guidegen.model.memoize import memoize_last
from guidegen.model.partner import Partner
from guidegen.model.service import REMOTE, Service
from guidegen.records import dataclass

MAX_PHONES = 3
"""Maximum number of phones of a service in compact views such as cards."""


Fact = TypeVar("Fact", Phone, SpokenLanguage, Hours, "Contact")


@dataclass(frozen=True, slots=True)
class Contact:
    """An email address or a website, and the keys of the locations to which it applies (empty means all)."""

    address: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """The locations of a service, and the ways to reach it.

    A fact has ``at`` only if it does not apply to all ``locations``. ``has_known_location`` is false if the partner has several
    locations and the profile does not say which of them offers the service. ``time_zone`` is empty for the guide's time zone,
    and None if the locations are in different ones.
    """

    locations: tuple[Location, ...] = ()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Contact, ...] = ()
    websites: tuple[Contact, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    hours: tuple[Hours, ...] = ()
    time_zone: str | None = ""
    has_known_location: bool = True

    @property
    def towns(self) -> tuple[str, ...]:
        """The distinct towns of the locations."""
        return tuple(dict.fromkeys(location.address.town for location in self.locations if location.address.town))

    @property
    def compact_phones(self) -> tuple[Phone, ...]:
        """The phones for compact views: those that take calls come first, and fax and TTY are only a fallback."""
        ranked = sorted(self.phones, key=lambda phone: not phone.takes_calls)
        callable_phones = tuple(phone for phone in ranked if phone.kind not in ("tty", "fax"))
        return (callable_phones or self.phones)[:MAX_PHONES]


def find_reach(partner: Partner, service: Service) -> Reach:
    """Return how to reach a service of a partner."""
    reaches: dict[str, Reach] = partner.remembered.setdefault("reaches", {})
    if service.key not in reaches:
        reaches[service.key] = _compute_reach(partner, service)
    return reaches[service.key]


def _compute_reach(partner: Partner, service: Service) -> Reach:
    locations = find_locations(partner, service)
    keys = service.at or tuple(location.key for location in locations)

    def choose(
        own: Sequence[Fact],
        facts_of_location: Callable[[Location], Sequence[Fact]],
        partner_facts: Sequence[Fact],
        is_enough: Callable[[Sequence[Fact]], bool] = bool,
    ) -> tuple[Fact, ...]:
        return _choose_facts(own, locations, facts_of_location, partner_facts, keys, is_enough)

    return Reach(
        locations,
        choose(service.phones, lambda location: location.phones, partner.phones, _can_be_called),
        choose(_wrap_contact(service.email), lambda location: _wrap_contact(location.email), _wrap_contact(partner.email)),
        choose(_wrap_contact(service.website), lambda location: _wrap_contact(location.website), _wrap_contact(partner.website)),
        choose(service.languages, lambda location: location.languages, partner.languages),
        _name_all_locations(choose(service.hours, lambda location: location.hours, partner.hours, _has_opening_hours), keys),
        service.time_zone or _find_time_zone(locations),
        bool(locations or service.at or not partner.locations or is_remote(service)),
    )


def iter_phones(partner: Partner) -> Iterator[tuple[str, Phone]]:
    """Yield the phones of a partner, its locations and its services, with their paths in the profile."""
    for path, holder in iter_contact_holders(partner):
        yield from ((f"{path}phones.{phone.number}", phone) for phone in holder.phones)


def iter_contact_holders(partner: Partner) -> Iterator[tuple[str, Partner | Location | Service]]:
    """Yield the partner, its locations and its services, each with the prefix of its paths in the profile.

    These are the records that can have phones, email, a website, languages and hours.
    """
    yield "", partner
    yield from ((f"locations.{location.key}.", location) for location in partner.locations)
    yield from ((f"services.{service.key}.", service) for service in partner.services)


@memoize_last
def spoken_codes(guide: Guide) -> tuple[str, ...]:
    """Return the sorted codes of the languages in which any listed partner offers help."""
    return tuple(sorted({spoken.code for partner in guide.listed for spoken in iter_spoken_languages(partner)}))


def iter_spoken_languages(partner: Partner) -> Iterator[SpokenLanguage]:
    """Yield the languages of a partner's services, or the partner's own languages if it has no services."""
    for service in partner.offered:
        yield from find_reach(partner, service).languages
    if not partner.offered:
        yield from partner.languages


def find_locations(partner: Partner, service: Service) -> tuple[Location, ...]:
    """Return the locations that offer a service: those it names, or the partner's only location."""
    if service.at:
        return tuple(location for location in partner.locations if location.key in service.at)
    return partner.locations if len(partner.locations) == 1 and not is_remote(service) else ()


def is_remote(service: Service) -> bool:
    """Return whether a service is known to be offered only online, by phone or at the client's home."""
    ways = {*service.at, *service.attend}
    return bool(ways) and not ways - set(REMOTE)


def find_compact_phones(partner: Partner) -> tuple[Phone, ...]:
    """Return a partner's phones for compact views: its general phones, or else those shared by all its services."""
    general = Reach(phones=tuple(phone for phone in partner.phones if not phone.at)).compact_phones
    shared = find_shared_facts([find_reach(partner, service) for service in partner.offered]).compact_phones
    return general if _can_be_called(general) else shared or general


def find_shared_facts(reaches: Sequence[Reach]) -> Reach:
    """Return the facts that several services share, with all of their locations. Hours are left out."""
    if not reaches:
        return Reach()
    first, *others = reaches
    locations = {location.key: location for reach in reaches for location in reach.locations}

    def find_shared(facts_of: Callable[[Reach], tuple[Fact, ...]]) -> tuple[Fact, ...]:
        return tuple(fact for fact in facts_of(first) if not fact.at and all(fact in facts_of(other) for other in others))

    return Reach(
        tuple(locations.values()),
        find_shared(lambda reach: reach.phones),
        find_shared(lambda reach: reach.emails),
        find_shared(lambda reach: reach.websites),
        find_shared(lambda reach: reach.languages),
    )


def _choose_facts(
    own: Sequence[Fact],
    locations: Sequence[Location],
    facts_of_location: Callable[[Location], Sequence[Fact]],
    partner_facts: Sequence[Fact],
    keys: Sequence[str],
    is_enough: Callable[[Sequence[Fact]], bool],
) -> tuple[Fact, ...]:
    """Return the service's own facts and, for each location where they are not enough, those of the location or the partner.

    A partner's fact that names a location counts as a fact of that location.
    """
    general: list[Fact] = [fact for fact in partner_facts if not fact.at]
    if not locations:
        return tuple(_drop_complete_at(list(own) if is_enough(own) else list(own) + general, keys))
    inherited: list[tuple[Fact, list[str]]] = []  # not a dict, because translatable texts are not hashable
    for location in locations:
        local: list[Fact] = [fact for fact in own if not fact.at or location.key in fact.at]
        of_location: list[Fact] = [fact for fact in partner_facts if location.key in fact.at]
        of_location += facts_of_location(location)
        for fallback in (of_location, general):
            if not is_enough(local):
                local += fallback
                for fact in fallback:
                    _add_location(inherited, replace(fact, at=()) if fact.at else fact, location.key)
    located = [replace(fact, at=tuple(location_keys)) for fact, location_keys in inherited]
    return tuple(_drop_complete_at(own, keys)) + tuple(_drop_complete_at(located, [location.key for location in locations]))


def _add_location(facts: list[tuple[Fact, list[str]]], fact: Fact, key: str) -> None:
    """Add a location key to an equal fact in the list, or append the fact."""
    keys = next((other_keys for other, other_keys in facts if other == fact), None)
    if keys is None:
        facts.append((fact, [key]))
    else:
        keys.append(key)


def _drop_complete_at(facts: Iterable[Fact], keys: Sequence[str]) -> Iterable[Fact]:
    """Yield the facts, with an empty ``at`` if it named all of the location keys."""
    for fact in facts:
        yield replace(fact, at=()) if fact.at and keys and not set(keys) - set(fact.at) else fact


def _can_be_called(phones: Sequence[Phone]) -> bool:
    """Return whether any phone takes calls or texts: a fax number alone must not hide the fallback numbers."""
    return any(phone.kind not in ("fax", "tty") for phone in phones)


def _has_opening_hours(hours: Sequence[Hours]) -> bool:
    """Return whether any entry is more than a closure: a closure alone is an exception to the fallback hours."""
    return any(not isinstance(entry, Closure) for entry in hours)


def _name_all_locations(hours: tuple[Hours, ...], keys: Sequence[str]) -> tuple[Hours, ...]:
    """If any entry names its locations, make all entries name theirs."""
    if not any(entry.at for entry in hours):
        return hours
    return tuple(entry if entry.at else replace(entry, at=tuple(keys)) for entry in hours)


def _wrap_contact(address: str) -> tuple[Contact, ...]:
    return (Contact(address),) if address else ()


def _find_time_zone(locations: Sequence[Location]) -> str | None:
    zones = {location.time_zone for location in locations}
    return next(iter(zones), "") if len(zones) < 2 else None
