"""The view of a card, without what the list already says."""

from dataclasses import replace

from guidegen.model import reach, urls, wording
from guidegen.model.reach import Reach
from guidegen.records import dataclass
from guidegen.search.concepts import spoken_concepts
from guidegen.site.components.card import Card, Offer
from guidegen.site.components.glance import build_usual_hours, format_closures, join_towns
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.locations import (
    HoursView,
    Labels,
    PhoneView,
    build_phone_view,
    describe_spoken,
    describe_zone,
    format_last_day,
)
from guidegen.site.components.near import format_position
from guidegen.site.components.service_facts import (
    AlertView,
    CostView,
    build_alert_view,
    build_cost_views,
    describe_area,
    describe_status,
)
from guidegen.site.components.text_notices import TextStates, collect_states
from guidegen.text.language import Language, LocalizedString, Message, proper_name

FILTERED = (
    "free", "sliding-scale", "walk-in", "no-photo-id", "no-status", "evening", "weekend", "online", "by-phone", "childcare",
    "interpreter", "wheelchair",
)  # fmt: skip
"""Facts that lists can be filtered by: the ones people ask about most."""
MAX_VIEWS = 20_000
"""Card views cached at a time."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """One service on a card. ``place``, ``languages`` and ``phones`` hold only what the card does not already show."""

    name: ResolvedText
    status: Message
    costs: tuple[CostView, ...]
    who: ResolvedText
    who_more: tuple[Message, ...]
    must_live_in: Message
    hours: tuple[HoursView, ...]
    closures: str
    is_open_known: bool
    zone: str
    zone_name: Message
    until: str
    not_asked: tuple[str, ...]
    start: str
    by_appointment: bool
    alert: AlertView | None
    place: Message
    languages: Message
    phones: tuple[PhoneView, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """The view that ``parts/card.html`` shows.

    ``true_of`` holds the concepts that filters match, as in ``|lang:es area:millbrook fact:free|fact:walk-in``: first those of
    the whole partner, then those of each service. ``positions`` are those of its locations, as in
    ``42.1,-71.5 42.2,-71.4``.
    """

    title: ResolvedText
    name: LocalizedString
    path: str
    summary: ResolvedText
    place: Message
    languages: Message
    phones: tuple[PhoneView, ...]
    offers: tuple[OfferView, ...]
    status: Message
    verified: str
    true_of: str
    positions: str
    text_states: TextStates | None = None
    """Collected once, because one card is in many lists."""


class _ViewCache:
    """Card views for one resolver, because one card is in many lists."""

    def __init__(self) -> None:
        self._resolver: TextResolver | None = None
        # The key has ids, so each entry keeps its card and offers alive: an id is not reused.
        self._entries: dict[tuple[object, ...], tuple[Card, tuple[Offer, ...], CardView]] = {}

    def get_or_build(self, card: Card, resolver: TextResolver, offers: tuple[Offer, ...], named: bool) -> CardView:
        if self._resolver != resolver or len(self._entries) > MAX_VIEWS:
            self._resolver, self._entries = resolver, {}
        key = (id(card), named, *map(id, offers))
        if key not in self._entries:
            view = _build_view(card, resolver, offers, named)
            self._entries[key] = card, offers, replace(view, text_states=collect_states(view))
        return self._entries[key][2]


_VIEW_CACHE = _ViewCache()


def view_card(card: Card, resolver: TextResolver, offers: tuple[Offer, ...] | None = None, named: bool = True) -> CardView:
    """Return the view of a card in a list about ``offers``, with an entry for each of them if they are ``named``.

    Without ``offers`` the list is about the whole partner. Views are cached: equal arguments return the same object.
    """
    return _VIEW_CACHE.get_or_build(card, resolver, card.offers if offers is None else offers, named and offers is not None)


def _build_view(card: Card, resolver: TextResolver, offers: tuple[Offer, ...], named: bool) -> CardView:
    language = resolver.language
    title = resolver.resolve(card.plain_name) or ResolvedText(proper_name(card.name, resolver.order[0]))
    labels = Labels([place for offer in offers for place in offer.found.locations], resolver)
    is_whole = offers == card.offers and not named
    common = (
        reach.find_shared_facts([offer.found for offer in offers])
        if offers
        else Reach(languages=card.languages, phones=card.phones)
    )
    phones = card.phones if is_whole else common.compact_phones
    towns = _find_towns(card, offers, is_whole)
    return CardView(
        title=title,
        name=proper_name(card.name, resolver.order[0]) if card.plain_name else LocalizedString(""),
        path=urls.partner(language.tag, card.slug),
        summary=resolver.resolve_short(card.summary),
        place=join_towns(tuple(f"{card.street}, {town}" for town in towns) if card.street else towns, resolver),
        languages=describe_spoken(common.languages, labels, resolver),
        phones=tuple(build_phone_view(phone, resolver, labels) for phone in phones),
        offers=tuple(_build_offer_view(offer, common, towns, labels, resolver) for offer in offers) if named else (),
        status=describe_status(card.status, language),
        verified=card.verified.isoformat() if card.verified else "",
        true_of=_format_concepts(card, offers),
        positions=" ".join(dict.fromkeys(format_position(position) for offer in offers for position in offer.positions)),
    )


def _find_towns(card: Card, offers: tuple[Offer, ...], is_whole: bool) -> tuple[str, ...]:
    """Return the towns to show on a card: the partner's, or those that all the services share."""
    if is_whole or not offers:
        return card.towns
    first, *others = (offer.found.towns if offer.found.has_known_location else card.towns for offer in offers)
    return first if all(towns == first for towns in others) else ()


def _format_concepts(card: Card, offers: tuple[Offer, ...]) -> str:
    """Return the concepts of a card that filters match, one part per service so that two filters must match the same service."""
    types = () if offers != card.offers else card.types
    common = [f"type:{name}" for name in types]
    if not offers:
        common += [*spoken_concepts(card.languages), *(f"area:{urls.slug(name)}" for name in card.areas)]
    by_service = (
        [
            *spoken_concepts(offer.found.languages),
            *(f"area:{urls.slug(name)}" for name in offer.areas),
            *(f"fact:{name}" for name in FILTERED if name in offer.facts),
        ]
        for offer in offers
    )
    return "|".join(" ".join(concepts) for concepts in (common, *by_service))


def _build_offer_view(offer: Offer, common: Reach, towns: tuple[str, ...], labels: Labels, resolver: TextResolver) -> OfferView:
    """Return the view of a service, without what the card already shows."""
    language, offer_reach = resolver.language, offer.found
    own_towns = offer_reach.towns if offer_reach.towns != towns else ()
    own_languages = tuple(spoken for spoken in offer_reach.languages if spoken not in common.languages)
    return OfferView(
        name=resolver.resolve(offer.name),
        status=describe_status(offer.status, language, offer.status_until),
        costs=build_cost_views(offer.cost, resolver),
        who=resolver.resolve_short(offer.who.text),
        who_more=wording.describe_eligibility(offer.who, language),
        must_live_in=describe_area(offer.must_live_in, offer.named, resolver),
        hours=build_usual_hours(offer_reach.hours, labels, resolver),
        closures=format_closures(offer_reach.hours),
        is_open_known=not offer.by_appointment and offer_reach.time_zone is not None and offer.status == "active",
        zone=offer_reach.time_zone or "",
        zone_name=describe_zone(offer_reach.time_zone, resolver),
        until=format_last_day(offer_reach.hours),
        not_asked=wording.describe_nonrequirements(offer.asks, language),
        start=_say_how_to_start(offer, language),
        by_appointment=offer.by_appointment,
        alert=build_alert_view(offer.alert, resolver),
        place=join_towns(own_towns, resolver),
        languages=describe_spoken(own_languages, labels, resolver),
        phones=tuple(
            build_phone_view(phone, resolver, labels)
            for phone in offer_reach.compact_phones
            if phone not in common.compact_phones
        ),
    )


def _say_how_to_start(offer: Offer, language: Language) -> str:
    if offer.by_appointment:
        return language.say("You need an appointment")
    return language.say("You can walk in") if offer.walk_in else ""


def prefer_own_name(view: CardView) -> CardView:
    """Return the view with the organization's own name as its title, for lists sorted by name."""
    return replace(view, title=ResolvedText(view.name), name=view.title.words) if view.name else view
