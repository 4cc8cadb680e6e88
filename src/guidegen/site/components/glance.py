"""The first facts of a profile: when, what it costs, where, and in which languages."""

import re

from guidegen.model import reach, wording
from guidegen.model.hours import Closure, Hours
from guidegen.model.opening_hours import format_rule
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.model.service import Cost, Service
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.site.components.localized_text import NOTHING, ResolvedText, TextResolver
from guidegen.site.components.locations import (
    HoursView,
    Labels,
    PlaceView,
    build_hours_views,
    describe_zone,
    format_last_day,
    format_zone,
)
from guidegen.text.language import Language, LocalizedString, Message, message, proper_name

MAX_PRICES = 2
"""Different prices named below the name of a partner. With more of them, each service says its own."""
MAX_NOTE = 60
"""Characters of a note about the price that is shown in place of a price."""
MAX_LANGUAGES = 5
"""Languages named below the name of a partner. The rest are counted; the part about contact lists all of them."""
MAX_TOWNS = 6
"""Towns named in one line. A longer list is replaced by its count."""
_TIME = compile_lazily(
    r"(?<![0-9:.$€£])[0-9]{1,2}(?:[:.][0-5][0-9](?![0-9.]|\s?[$€£])|\s?h(?:[0-5][0-9])?\b|\s?uhr\b|\s?p\.?\s?m\b|\s?a\.\s?m\b|\s?am\b(?=\s*(?:[-–,.;)]|to\b|until\b|and\b|$)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Glance:
    """The first facts of a profile; each is empty if it is unknown.

    ``hours`` are the usual hours of the first active service that has any, which ``service`` names if there are several. Without
    services they are those of the partner. ``closures``, ``zone`` and ``until`` tell scripts when they do not hold; ``zone_name``
    is a sentence that names another time zone. ``directions`` is the URL of the only place's map; empty if there are several
    places. ``unknown`` names what a reader has to ask about.
    """

    hours: tuple[HoursView, ...]
    closures: str
    is_open_known: bool
    zone: str
    zone_name: Message
    until: str
    service: ResolvedText
    costs: Message
    where: Message
    spoken: Message
    directions: str
    unknown: Message


def build_glance(partner: Partner, places: tuple[PlaceView, ...], resolver: TextResolver) -> Glance:
    """Return the first facts of a profile. ``places`` are the views of its locations."""
    offered = partner.offered
    active = (service for service in offered if service.status == "active")
    main = next((service for service in active if reach.find_reach(partner, service).hours), None)
    service_reach = reach.find_reach(partner, main) if main else Reach(hours=() if offered else partner.hours)
    with_map = [place for place in places if place.directions]
    return Glance(
        hours=build_usual_hours(service_reach.hours, Labels(partner.locations, resolver), resolver),
        closures=format_closures(service_reach.hours),
        is_open_known=partner.status == "active" and service_reach.time_zone is not None and not _needs_appointment(main),
        zone=format_zone(service_reach.time_zone),
        zone_name=describe_zone(service_reach.time_zone, resolver),
        until=format_last_day(service_reach.hours),
        service=resolver.resolve(main.name) if main and len(offered) > 1 else NOTHING,
        costs=_describe_costs(partner, resolver),
        where=_describe_where(partner, places, resolver),
        spoken=_describe_languages(partner, resolver),
        directions=with_map[0].directions[0].address if len(with_map) == 1 else "",
        unknown=_describe_unknown(partner, resolver.language),
    )


def _needs_appointment(service: Service | None) -> bool:
    return service is not None and service.appointment == "required"


def build_usual_hours(hours: tuple[Hours, ...], labels: Labels, resolver: TextResolver) -> tuple[HoursView, ...]:
    """Return the lines of a timetable without its closures, which ``format_closures`` gives to scripts."""
    return build_hours_views(tuple(entry for entry in hours if not isinstance(entry, Closure)), labels, resolver)


def format_closures(hours: tuple[Hours, ...]) -> str:
    """Return the closures among some hours, as scripts read them."""
    return "|".join(format_rule(entry) for entry in hours if isinstance(entry, Closure))


def _describe_costs(partner: Partner, resolver: TextResolver) -> Message:
    """Return the prices of all services in one line; empty if one is unknown or there are too many."""
    costs = [cost for service in partner.offered for cost in service.cost]
    if not all(service.cost for service in partner.offered):
        return Message(())
    has_conditions = {bool(cost.for_) for cost in costs if wording.is_free(cost)} == {False, True}
    described = [_describe_cost(cost, has_conditions, resolver) for cost in costs]
    prices = {price.text: price for price in described}
    prices = {text: price for text, price in prices.items() if f"{text} …" not in prices}  # "Free …" covers "Free"
    if not 0 < len(prices) <= MAX_PRICES or "" in prices:
        return Message(())
    return resolver.language.join(list(prices.values()))


def _describe_cost(cost: Cost, has_conditions: bool, resolver: TextResolver) -> Message:
    """Return a price, with "…" if its service says more about it, or a short note in place of a price.

    ``has_conditions`` says that something is free for all, and something only for some: then the services say for whom.
    """
    is_shortened = has_conditions and wording.is_free(cost)
    whom = NOTHING.words if is_shortened else resolver.resolve(cost.for_).words
    price = wording.describe_cost(cost, resolver.language, whom)
    if not price:
        note = resolver.resolve(cost.note).words
        return Message((note,)) if 0 < len(note.text) <= MAX_NOTE else Message(())
    return Message((*price.parts, " …")) if cost.note or (is_shortened and cost.for_) else price


def _describe_languages(partner: Partner, resolver: TextResolver) -> Message:
    by_code = {spoken.code: spoken for spoken in reversed([*reach.iter_spoken_languages(partner)])}
    ordered = wording.sort_own_first(tuple(reversed(by_code.values())), resolver.language)
    names = [wording.spoken_language(spoken, resolver.language) for spoken in ordered[:MAX_LANGUAGES]]
    rest = len(by_code) - len(names)
    more = [Message((LocalizedString(f"+{rest}"),))] if rest > 0 else []
    return wording.join_languages([*names, *more], resolver.language)


def _describe_where(partner: Partner, places: tuple[PlaceView, ...], resolver: TextResolver) -> Message:
    """Return the address of the only place, or the towns of several."""
    if len(places) == 1 and places[0].address:
        return Message((places[0].address,))
    return join_towns(partner.towns, resolver)


def _describe_unknown(partner: Partner, language: Language) -> Message:
    """Return a sentence that names the facts which no service says; empty if the partner is not open or lists no service."""
    reaches = [reach.find_reach(partner, service) for service in partner.offered if partner.status != "closed"]
    public = [place for place in partner.locations if not place.confidential]
    known = {
        message("the price"): any(service.cost for service in partner.offered),
        message("the opening hours"): any(found.hours for found in reaches) or _says_times(partner),
        message("the address"): not public or any(place.address.line1 for place in public),
        message("the languages"): any(found.languages for found in reaches),
    }
    missing = [language.say(name) for name, is_known in known.items() if not is_known]
    return language.phrase("Not known: {facts}. Ask them.", facts=language.join(missing)) if reaches and missing else Message(())


def _says_times(partner: Partner) -> bool:
    """Return whether a text that the page shows has a time: to call the hours unknown beside it would contradict it."""
    texts = [partner.summary, partner.description]
    texts += [text for service in partner.services for text in (service.summary, service.description, service.apply.steps)]
    return any(_TIME.search(text.source) for text in texts)


def join_towns(towns: tuple[str, ...], resolver: TextResolver) -> Message:
    """Return towns as a list, or their count if there are too many to name."""
    if len(towns) > MAX_TOWNS:
        return resolver.language.phrase("{count} places", count=str(len(towns)))
    return resolver.language.join([proper_name(town, resolver.order[0]) for town in towns]) if towns else Message(())
