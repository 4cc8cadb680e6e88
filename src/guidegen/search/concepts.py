"""What a search can be about: kinds of help, facts about access, spoken languages, urgent needs and places.

A concept is named ``kind:id``: ``type:food``, ``fact:evening``, ``lang:vi``, ``need:eviction``, ``area:north-fork``.
"""

from collections.abc import Callable, Iterable, Mapping

from guidegen.model import reach, urls
from guidegen.model.areas import areas_at, places_named
from guidegen.model.hours import DAYS, Times
from guidegen.model.location import SpokenLanguage
from guidegen.model.opening_hours import end
from guidegen.model.partner import Partner
from guidegen.model.service import Service
from guidegen.model.settings import Area
from guidegen.model.wording import GROUP_NAMES, is_free
from guidegen.text.language import message

EVENING = 18 * 60
"""Who is open after this minute of the day is open in the evening."""


def _for(group: str) -> Callable[[Partner, Service], bool]:
    return lambda _partner, service: group in service.who.groups or group in service.roles


def _open(matches: Callable[[str, int], bool]) -> Callable[[Partner, Service], bool]:
    """Whether on some day the service is open at a time that ``matches(day, close)``."""

    def fits(partner: Partner, service: Service) -> bool:
        return any(
            matches(day, end(entry))
            for entry in reach.reach_of(partner, service).hours
            if isinstance(entry, Times)
            for day in _days(entry)
        )

    return fits


def _days(entry: Times) -> tuple[str, ...]:
    """Return the days of the week on which an entry regularly begins."""
    return (*entry.days, *(day for _, day in entry.monthly), *(DAYS if entry.day_of_month else ()))


def _ages(youngest: int, oldest: int) -> Callable[[Service], bool]:
    """Whether a service is meant for these ages and not for everybody."""

    def meant(service: Service) -> bool:
        first, last = service.who.ages or (None, None)
        return last is not None and last <= 24 and (first or 0) <= oldest and last >= youngest

    return meant


def _old(service: Service) -> bool:
    return bool(service.who.ages and (service.who.ages[0] or 0) >= 50)


def _wheelchair(partner: Partner, service: Service) -> bool:
    return any(place.access.wheelchair for place in reach.locations_of(partner, service))


_CHILD, _TEEN = _ages(0, 12), _ages(13, 19)

FACTS: Mapping[str, Callable[[Partner, Service], bool | None]] = {
    "free": lambda _partner, service: any(is_free(cost) for cost in service.cost),
    "sliding-scale": lambda _partner, service: any(cost.sliding for cost in service.cost),
    "no-photo-id": lambda _partner, service: service.asks.photo_id is False,
    "no-status": lambda _partner, service: service.asks.immigration_status is False,
    "no-ssn": lambda _partner, service: service.asks.ssn is False,
    "no-proof-of-address": lambda _partner, service: service.asks.proof_of_address is False,
    "walk-in": lambda _partner, service: service.apply.walk_in or service.appointment == "none",
    "evening": _open(lambda _day, close: close > EVENING),
    "weekend": _open(lambda day, _close: day in ("sa", "su")),
    "online": lambda _partner, service: "online" in (*service.attend, *service.at),
    "by-phone": lambda _partner, service: "phone" in (*service.attend, *service.at),
    "home-visit": lambda _partner, service: "home" in (*service.attend, *service.at),
    "childcare": lambda _partner, service: service.helps.childcare,
    "transport-help": lambda _partner, service: service.helps.transport,
    "interpreter": lambda partner, service: (
        service.helps.interpreter
        or any(spoken.how in ("interpreter", "on-request") for spoken in reach.reach_of(partner, service).languages)
    ),
    "wheelchair": _wheelchair,
    "children": lambda _partner, service: "children" in service.who.groups or _CHILD(service),
    "youth": lambda _partner, service: "youth" in service.who.groups or _TEEN(service),
    "women": _for("women"),
    "parents": _for("parents"),
    "families": _for("families"),
    "elders": lambda _partner, service: "elders" in service.who.groups or _old(service),
    "workers": _for("workers"),
    "students": _for("students"),
    "refugees": _for("refugees"),
    "asylum-seekers": _for("asylum-seekers"),
    "farmworkers": _for("farmworkers"),
    "veterans": _for("veterans"),
    "people-with-disabilities": _for("people-with-disabilities"),
    "homeless-people": _for("homeless-people"),
    "lgbtq-people": _for("lgbtq-people"),
    "survivors": _for("survivors"),
}
"""Facts about access by their id: whether a service is known to be so."""

FACT_NAMES: Mapping[str, str] = {
    "free": message("Free"),
    "sliding-scale": message("The price depends on your income"),
    "no-photo-id": message("No photo ID needed"),
    "no-status": message("Does not ask about immigration status"),
    "no-ssn": message("No Social Security number needed"),
    "no-proof-of-address": message("No proof of address needed"),
    "walk-in": message("You can walk in"),
    "evening": message("Open in the evening"),
    "weekend": message("Open on the weekend"),
    "online": message("Online"),
    "by-phone": message("By phone"),
    "home-visit": message("At your home"),
    "childcare": message("Childcare while you are here"),
    "transport-help": message("Help with rides"),
    "interpreter": message("With an interpreter"),
    "wheelchair": message("Wheelchairs can get in"),
    **{name: said for name, said in GROUP_NAMES.items() if name in FACTS},
}
"""What the interface says for a fact."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "danger": ("emergency",),
    "suicide": ("mental-health", "emergency"),
    "violence": ("family-safety", "emergency"),
    "raid": ("immigration-legal",),
    "eviction": ("housing", "other-legal"),
    "nowhere-to-sleep": ("emergency", "housing"),
    "hungry-now": ("food", "emergency"),
    "overdose": ("emergency", "mental-health", "health"),
    "forced-work": ("family-safety", "worker-rights"),
    "shutoff": ("housing",),
}
"""Urgent needs, and the kinds of help that answer them, best first."""


def facts_of(partner: Partner, service: Service) -> tuple[str, ...]:
    """What is known of a service that people search by."""
    return tuple(name for name, holds in FACTS.items() if holds(partner, service))


_NAMED_APART = {"fa-AF": "fa-AF", "fil": "tl"}
"""CLDR's codes of languages for which people, and our lists of words, have a name under another code or none."""


def spoken_id(code: str) -> str:
    """The language that people name: ``zh-Hans`` is Chinese, ``pt-BR`` is Portuguese; ``fa-AF`` is Dari."""
    return _NAMED_APART.get(code) or code.split("-")[0].lower()


def spoken_concepts(languages: Iterable[SpokenLanguage]) -> tuple[str, ...]:
    """Return languages as filters and search name them, each once: ``lang:es``."""
    return tuple(dict.fromkeys(f"lang:{spoken_id(one.code)}" for one in languages))


def places_of(partner: Partner, service: Service, areas: tuple[Area, ...]) -> tuple[str, ...]:
    """The areas in which a service is offered, or whose people it is for."""
    found = reach.reach_of(partner, service)
    places = found.locations if found.knows_where else partner.locations
    return tuple(dict.fromkeys((*areas_at(places, areas), *places_named(service))))


def area_id(name: str) -> str:
    """The id of a place, as in the address of its page."""
    return urls.slug(name)
