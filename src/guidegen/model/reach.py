"""How a service is reached: phones, e-mail, websites, languages and hours, each with the places for which it holds.

A fact is that of the service; else, for each location where it is offered, that of the location; else that of the partner. It is
never that of another location or of another service. Whatever shows how to reach a service asks here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Hours
from guidegen.model.location import Location, Phone, SpokenLanguage
from guidegen.model.partner import Partner
from guidegen.model.service import REMOTE, Service

MAX_PHONES = 3
"""Numbers of one service that are shown where there is little room."""


class Placed(Protocol):
    """A fact that holds for the locations of the keys ``at``, or for all where there are none."""

    @property
    def at(self) -> tuple[str, ...]: ...


Fact = TypeVar("Fact", Phone, SpokenLanguage, Hours, "Contact")


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address or a website, and the locations for which it is."""

    address: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a service is, and how it is reached. ``at`` of a fact is only set where it does not hold for all of ``locations``.

    ``knows_where`` is false for a service of which the file does not say at which of several locations it is. ``time_zone`` is
    empty for that of the guide, and None where the locations have different ones.
    """

    locations: tuple[Location, ...] = ()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Contact, ...] = ()
    websites: tuple[Contact, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    hours: tuple[Hours, ...] = ()
    time_zone: str | None = ""
    knows_where: bool = True

    @property
    def towns(self) -> tuple[str, ...]:
        """Return the towns of the locations, each once."""
        return tuple(dict.fromkeys(place.address.town for place in self.locations if place.address.town))

    @property
    def lines(self) -> tuple[Phone, ...]:
        """Return the numbers to show in little room: those that take calls, then texts; others if there are none."""
        ranked = sorted(self.phones, key=lambda phone: not phone.takes_calls)
        reached = tuple(phone for phone in ranked if phone.kind not in ("tty", "fax"))
        return (reached or self.phones)[:MAX_PHONES]


def reach_of(partner: Partner, service: Service) -> Reach:
    """Return how a service is reached."""
    locations = locations_of(partner, service)
    keys = service.at or tuple(place.key for place in locations)
    return Reach(
        locations,
        _chosen(service.phones, locations, lambda place: place.phones, partner.phones, keys, _can_be_called),
        _chosen(_contact(service.email), locations, lambda place: _contact(place.email), _contact(partner.email), keys),
        _chosen(_contact(service.website), locations, lambda place: _contact(place.website), _contact(partner.website), keys),
        _chosen(service.languages, locations, lambda place: place.languages, partner.languages, keys),
        _everywhere(_chosen(service.hours, locations, lambda place: place.hours, partner.hours, keys, _says_when), keys),
        service.time_zone or _time_zone(locations),
        bool(locations or service.at or not partner.locations or is_remote(service)),
    )


def phones_of(partner: Partner) -> Iterator[tuple[str, Phone]]:
    """Yield all numbers of a profile with their paths: those of the partner, its locations and its services."""
    for at, holder in holders_of(partner):
        yield from ((f"{at}phones.{phone.number}", phone) for phone in holder.phones)


def holders_of(partner: Partner) -> Iterator[tuple[str, Partner | Location | Service]]:
    """Yield all that may have phones, e-mail, a website, languages and hours of its own, with the beginning of its paths."""
    yield "", partner
    yield from ((f"locations.{place.key}.", place) for place in partner.locations)
    yield from ((f"services.{service.key}.", service) for service in partner.services)


def spoken_codes(guide: Guide) -> list[str]:
    """Return the codes of the languages in which somebody helps, sorted."""
    return sorted({one.code for partner in guide.listed for one in spoken_by(partner)})


def spoken_by(partner: Partner) -> Iterator[SpokenLanguage]:
    """Yield the languages of a partner's services; of one without services those of the partner."""
    for service in partner.offered:
        yield from reach_of(partner, service).languages
    if not partner.offered:
        yield from partner.languages


def locations_of(partner: Partner, service: Service) -> tuple[Location, ...]:
    """Return the locations at which a service is offered: those it names, or the only one there is."""
    if service.at:
        return tuple(place for place in partner.locations if place.key in service.at)
    return partner.locations if len(partner.locations) == 1 and not is_remote(service) else ()


def is_remote(service: Service) -> bool:
    """Return whether a service is offered at no location at all, as far as is known."""
    ways = {*service.at, *service.attend}
    return bool(ways) and not ways - set(REMOTE)


def lines_of(partner: Partner) -> tuple[Phone, ...]:
    """Return the numbers of the whole partner to show in little room: the general ones, or else those of all its services."""
    general = Reach(phones=tuple(phone for phone in partner.phones if not phone.at)).lines
    common = facts_shared_by([reach_of(partner, service) for service in partner.offered]).lines
    return general if _can_be_called(general) else common or general


def facts_shared_by(reaches: Sequence[Reach]) -> Reach:
    """Return what holds for all of some services."""
    if not reaches:
        return Reach()
    locations = {place.key: place for reach in reaches for place in reach.locations}

    def common(facts: Callable[[Reach], tuple[Fact, ...]]) -> tuple[Fact, ...]:
        return tuple(one for one in facts(reaches[0]) if not one.at and all(one in facts(other) for other in reaches[1:]))

    return Reach(
        tuple(locations.values()),
        common(lambda reach: reach.phones),
        common(lambda reach: reach.emails),
        common(lambda reach: reach.websites),
        common(lambda reach: reach.languages),
    )


def _chosen(
    own: Sequence[Fact],
    locations: Sequence[Location],
    at_place: Callable[[Location], Sequence[Fact]],
    general: Sequence[Fact],
    keys: Sequence[str],
    is_enough: Callable[[Sequence[Fact]], bool] = bool,
) -> tuple[Fact, ...]:
    """Return for each location the first that is given: facts of the service, of the location, of the partner.

    Facts that the partner gives for a location are facts of that location.
    """
    whole: list[Fact] = [fact for fact in general if not fact.at]
    if not locations:
        return tuple(_narrowed(list(own) if is_enough(own) else list(own) + whole, keys))
    found: list[tuple[Fact, list[str]]] = []  # no dict: texts cannot be hashed
    for place in locations:
        here: list[Fact] = [fact for fact in own if not fact.at or place.key in fact.at]
        of_place: list[Fact] = [fact for fact in general if place.key in fact.at]
        of_place += at_place(place)
        for more in (of_place, whole):
            if not is_enough(here):
                here += more
                for fact in more:
                    _add(found, replace(fact, at=()), place.key)
    others = _narrowed([replace(fact, at=tuple(at)) for fact, at in found], [place.key for place in locations])
    return tuple(_narrowed(own, keys)) + tuple(others)


def _add(found: list[tuple[Fact, list[str]]], fact: Fact, key: str) -> None:
    """Add a location to those of a fact."""
    same = next((keys for other, keys in found if other == fact), None)
    if same is None:
        found.append((fact, [key]))
    else:
        same.append(key)


def _narrowed(facts: Iterable[Fact], keys: Sequence[str]) -> Iterable[Fact]:
    """Yield facts without their places where these are all that there are."""
    for fact in facts:
        yield replace(fact, at=()) if fact.at and keys and not set(keys) - set(fact.at) else fact


def _can_be_called(phones: Sequence[Phone]) -> bool:
    """Return whether somebody can be reached at one of the numbers: a fax alone is no reason to leave out the others."""
    return any(phone.kind not in ("fax", "tty") for phone in phones)


def _says_when(hours: Sequence[Hours]) -> bool:
    """Return whether hours say when it is open: a closure alone is one of the hours written elsewhere."""
    return any(not isinstance(entry, Closure) for entry in hours)


def _everywhere(hours: tuple[Hours, ...], keys: Sequence[str]) -> tuple[Hours, ...]:
    """Return hours of which either all or none name their places."""
    if not any(entry.at for entry in hours):
        return hours
    return tuple(entry if entry.at else replace(entry, at=tuple(keys)) for entry in hours)


def _contact(address: str) -> tuple[Contact, ...]:
    return (Contact(address),) if address else ()


def _time_zone(locations: Sequence[Location]) -> str | None:
    zones = {place.time_zone for place in locations}
    return next(iter(zones), "") if len(zones) < 2 else None
