"""Concepts: what a search can ask for. They are kinds of help, facts about access, spoken languages, urgent needs and places.

A concept is written ``kind:id``: ``type:food``, ``fact:evening``, ``day:sa``, ``lang:vi``, ``need:eviction``, ``area:x``.
The engine turns ``day:today`` and ``day:tomorrow`` into a weekday. ``fact:near`` ("near me") is a fact about no service: the
search page answers it with the way to a list that sorts by distance.
"""

from collections.abc import Callable, Iterable, Mapping

from guidegen.model import reach, urls
from guidegen.model.areas import find_areas_at, list_place_names
from guidegen.model.hours import DAYS, Times
from guidegen.model.location import SpokenLanguage
from guidegen.model.opening_hours import get_closing_minute
from guidegen.model.partner import Partner
from guidegen.model.service import Service
from guidegen.model.settings import Area
from guidegen.model.wording import GROUP_NAMES, is_free
from guidegen.text.language import message

EVENING = 18 * 60
"""Minute of the day after which a service counts as open in the evening."""


def _is_for(group: str) -> Callable[[Partner, Service], bool]:
    return lambda _partner, service: group in service.who.groups or group in service.roles


def _is_open(matches: Callable[[str, int], bool]) -> Callable[[Partner, Service], bool]:
    """Return a predicate: whether any opening time of the service fulfills ``matches(day, close)``."""

    def fits(partner: Partner, service: Service) -> bool:
        return any(
            matches(day, get_closing_minute(entry))
            for entry in reach.find_reach(partner, service).hours
            if isinstance(entry, Times)
            for day in _list_days(entry)
        )

    return fits


def days_of(partner: Partner, service: Service) -> tuple[str, ...]:
    """Return the weekdays on which a service is regularly open, from Monday."""
    hours = reach.find_reach(partner, service).hours
    open_days = {day for entry in hours if isinstance(entry, Times) for day in _list_days(entry)}
    return tuple(day for day in DAYS if day in open_days)


def _list_days(entry: Times) -> tuple[str, ...]:
    """Return the weekdays on which an entry regularly begins."""
    return (*entry.days, *(day for _, day in entry.monthly), *(DAYS if entry.day_of_month else ()))


def _is_for_ages(youngest: int, oldest: int) -> Callable[[Service], bool]:
    """Return a predicate: whether a service is meant for these ages, not for everybody."""

    def fits(service: Service) -> bool:
        first, last = service.who.ages or (None, None)
        return last is not None and last <= 24 and (first or 0) <= oldest and last >= youngest

    return fits


def _is_for_elders(service: Service) -> bool:
    return bool(service.who.ages and (service.who.ages[0] or 0) >= 50)


def _is_accessible(partner: Partner, service: Service) -> bool:
    return any(place.access.wheelchair for place in reach.find_locations(partner, service))


_is_for_children, _is_for_teens = _is_for_ages(0, 12), _is_for_ages(13, 19)

FACTS: Mapping[str, Callable[[Partner, Service], bool | None]] = {
    "free": lambda _partner, service: any(is_free(cost) for cost in service.cost),
    "sliding-scale": lambda _partner, service: any(cost.sliding for cost in service.cost),
    "no-photo-id": lambda _partner, service: service.asks.photo_id is False,
    "no-status": lambda _partner, service: service.asks.immigration_status is False,
    "no-ssn": lambda _partner, service: service.asks.ssn is False,
    "no-proof-of-address": lambda _partner, service: service.asks.proof_of_address is False,
    "walk-in": lambda _partner, service: service.apply.walk_in or service.appointment == "none",
    "evening": _is_open(lambda _day, close: close > EVENING),
    "weekend": _is_open(lambda day, _close: day in ("sa", "su")),
    "online": lambda _partner, service: "online" in (*service.attend, *service.at),
    "by-phone": lambda _partner, service: "phone" in (*service.attend, *service.at),
    "home-visit": lambda _partner, service: "home" in (*service.attend, *service.at),
    "childcare": lambda _partner, service: service.helps.childcare,
    "transport-help": lambda _partner, service: service.helps.transport,
    "interpreter": lambda partner, service: (
        service.helps.interpreter
        or any(spoken.how in ("interpreter", "on-request") for spoken in reach.find_reach(partner, service).languages)
    ),
    "wheelchair": _is_accessible,
    "children": lambda _partner, service: "children" in service.who.groups or _is_for_children(service),
    "youth": lambda _partner, service: "youth" in service.who.groups or _is_for_teens(service),
    "women": _is_for("women"),
    "parents": _is_for("parents"),
    "families": _is_for("families"),
    "elders": lambda _partner, service: "elders" in service.who.groups or _is_for_elders(service),
    "workers": _is_for("workers"),
    "students": _is_for("students"),
    "refugees": _is_for("refugees"),
    "asylum-seekers": _is_for("asylum-seekers"),
    "farmworkers": _is_for("farmworkers"),
    "veterans": _is_for("veterans"),
    "people-with-disabilities": _is_for("people-with-disabilities"),
    "homeless-people": _is_for("homeless-people"),
    "lgbtq-people": _is_for("lgbtq-people"),
    "survivors": _is_for("survivors"),
}
"""Predicates of the facts about access, by id: whether the fact is known to hold for a service."""

FACT_NAMES: Mapping[str, str] = {
    "free": message("Free"),
    "sliding-scale": message("The price depends on your income"),
    "no-photo-id": message("No photo ID needed"),
    "no-status": message("Does not ask about immigration status"),
    "no-ssn": message("No Social Security number needed"),
    "no-proof-of-address": message("No proof of address needed"),
    "walk-in": message("You can walk in"),
    "evening": message("Open in the evening"),
    "weekend": message("Open on Saturday or Sunday"),
    "online": message("Online"),
    "by-phone": message("By phone"),
    "home-visit": message("At your home"),
    "childcare": message("Childcare while you are here"),
    "transport-help": message("Help with rides"),
    "interpreter": message("With an interpreter"),
    "wheelchair": message("Wheelchairs can get in"),
    **{name: label for name, label in GROUP_NAMES.items() if name in FACTS},
}
"""The interface's label of each fact."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "danger": ("emergency",),
    "suicide": ("mental-health", "emergency"),
    "violence": ("family-safety", "emergency"),
    "raid": ("immigration-legal",),
    "eviction": ("housing", "other-legal"),
    "nowhere-to-sleep": ("emergency", "housing"),
    "hungry-now": ("food", "emergency"),
    "overdose": ("health", "mental-health", "emergency"),
    "forced-work": ("family-safety", "worker-rights"),
    "shutoff": ("housing",),
}
"""The kinds of help that answer each urgent need, best first."""


RELATED: Mapping[str, tuple[str, ...]] = {
    "emergency": ("housing", "food", "health"),
    "english": ("adult-education", "community-library"),
    "citizenship-civics": ("immigration-legal", "english"),
    "immigration-legal": ("other-legal", "refugee-newcomer"),
    "other-legal": ("immigration-legal", "worker-rights"),
    "worker-rights": ("other-legal", "work-training"),
    "work-training": ("adult-education", "worker-rights"),
    "adult-education": ("english", "work-training"),
    "digital-skills": ("community-library", "adult-education"),
    "health": ("mental-health", "emergency"),
    "mental-health": ("health", "emergency"),
    "food": ("emergency", "money-benefits-tax"),
    "housing": ("emergency", "other-legal", "money-benefits-tax"),
    "money-benefits-tax": ("refugee-newcomer", "other-legal"),
    "children-school": ("community-library", "refugee-newcomer"),
    "family-safety": ("emergency", "other-legal", "mental-health"),
    "interpretation-translation": ("refugee-newcomer", "community-library"),
    "transport": ("refugee-newcomer", "health"),
    "id-documents": ("refugee-newcomer", "community-library"),
    "refugee-newcomer": ("immigration-legal", "emergency"),
    "community-library": ("adult-education", "digital-skills"),
}
"""The kinds of help to show if nobody offers a kind, best first: without a housing office, an eviction is a matter for a lawyer.
None is grave: nobody may see help against violence who did not ask for it."""


_GRAVE = frozenset(
    (
        *(f"need:{need}" for need in ("danger", "suicide", "violence", "raid", "overdose", "forced-work")),
        *("type:family-safety", "fact:lgbtq-people", "fact:survivors"),
    )
)


def is_grave(concept: str) -> bool:
    """Return whether a wrong reading as this concept would frighten or expose somebody.

    Only a name that surely is meant leads to one. ``client/search/reader.js`` has the same list.
    """
    return concept in _GRAVE


def needs_whole_name(concept: str) -> bool:
    """Return whether nearly the whole of a name must be in a query: an urgent need, or a harmless phrase."""
    return concept.startswith("not:") or (concept.startswith("need:") and is_grave(concept))


def facts_of(partner: Partner, service: Service) -> tuple[str, ...]:
    """Return the ids of the facts that are known to hold for a service."""
    return tuple(name for name, holds in FACTS.items() if holds(partner, service))


_SPECIAL_IDS = {"fa-AF": "fa-AF", "fil": "tl"}
"""CLDR codes whose id is not their first subtag, because people and our word lists name the language differently."""


def spoken_id(code: str) -> str:
    """Return the id of a language as people name it: ``zh`` for ``zh-Hans``, ``pt`` for ``pt-BR``, but ``fa-AF`` for Dari."""
    return _SPECIAL_IDS.get(code) or code.split("-")[0].lower()


def spoken_concepts(languages: Iterable[SpokenLanguage]) -> tuple[str, ...]:
    """Return the distinct concepts of languages: ``lang:es``."""
    return tuple(dict.fromkeys(f"lang:{spoken_id(language.code)}" for language in languages))


def places_of(partner: Partner, service: Service, areas: tuple[Area, ...]) -> tuple[str, ...]:
    """Return the names of the areas in which a service is offered or whose residents it is for."""
    service_reach = reach.find_reach(partner, service)
    places = service_reach.locations if service_reach.has_known_location else partner.locations
    return tuple(dict.fromkeys((*find_areas_at(places, areas), *list_place_names(service))))


def area_id(name: str) -> str:
    """Return the id of an area, which is its slug in page addresses."""
    return urls.slug(name)
