"""Partners as lists show them: a card holds what lists need, so that a changed description touches no list."""

from dataclasses import dataclass, field, replace
from datetime import date

from guidegen.cache.keys import key_prefix, source_key
from guidegen.model import reach, urls, wording
from guidegen.model.areas import areas_at, find_areas, named_areas, places_named
from guidegen.model.guide import Guide
from guidegen.model.hours import Closure
from guidegen.model.location import Location, Phone, SpokenLanguage
from guidegen.model.memoize import memoize_last
from guidegen.model.opening_hours import opening_rule
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.model.service import REMOTE, Alert, Asks, Cost, Service, ServiceArea, Who
from guidegen.model.settings import Area
from guidegen.model.translatable import TranslatableText
from guidegen.search.concepts import facts_of, spoken_concepts
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.locations import (
    HoursView,
    Labels,
    PhoneView,
    hours_views,
    last_of,
    phone_view,
    spoken_phrase,
    zone_phrase,
)
from guidegen.site.components.service_facts import AlertView, CostView, alert_view, area_phrase, cost_views, status_notice
from guidegen.site.components.text_notices import TextStates, collect_states
from guidegen.text.cldr import collation_key
from guidegen.text.language import Language, LocalizedString, Message, proper

FILTERED = (
    "free", "sliding-scale", "walk-in", "no-photo-id", "no-status", "evening", "weekend", "online", "by-phone", "childcare",
    "interpreter", "wheelchair",
)  # fmt: skip
"""Facts that lists can be narrowed down by, what most people ask first."""
MAX_TOWNS = 6
"""Towns that a card names; of more it says how many there are."""
MAX_VIEWS = 20_000
"""Views of cards that are kept at a time."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as a card shows it. ``found`` says how it is reached; its locations have names and addresses alone."""

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


@dataclass(frozen=True, slots=True)
class Card:
    """A partner as lists show it. ``areas`` are where it is, ``serves`` where its people may live.

    ``origin`` names what it is worked out from; empty when that is not known.
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
    areas: tuple[str, ...]
    serves: tuple[str, ...]
    verified: date | None
    types: tuple[str, ...]
    source_key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class OfferView:
    """One service of a card. ``place``, ``languages`` and ``phones`` are empty where they are those of the whole card."""

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
    """What ``parts/card.html`` shows; ``true_of`` is what filters ask: ``|lang:es area:millbrook fact:free|fact:walk-in``.

    That is what holds for the partner, then for each of its services.
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
    text_states: TextStates | None = None
    """Collected once: the same card is in many lists."""


@memoize_last
def build_cards(guide: Guide) -> tuple[Card, ...]:
    """A card for every listed partner, by name."""
    areas = find_areas(guide)
    around = key_prefix("card", areas)
    return tuple(sorted((build_card(one, areas, around) for one in guide.listed), key=lambda made: collation_key(made.name)))


def build_card(partner: Partner, areas: tuple[Area, ...], around: str) -> Card:
    """Return the part of a partner that lists show. ``around`` names all else that it is worked out from."""
    serves = dict.fromkeys(name for service in partner.offered for name in places_named(service))
    return Card(
        partner.slug,
        partner.name,
        partner.plain_name,
        partner.says,
        partner.status,
        partner.languages,
        reach.lines_of(partner),
        tuple(_offer(partner, service, areas) for service in partner.offered),
        partner.towns,
        areas_at(partner.locations, areas),
        tuple(serves),
        partner.verified.date if partner.verified else None,
        partner.types,
        source_key(around, partner),
    )


def _offer(partner: Partner, service: Service, areas: tuple[Area, ...]) -> Offer:
    found = reach.reach_of(partner, service)
    locations = tuple(Location(one.key, one.name, address=one.address, confidential=one.confidential) for one in found.locations)
    return Offer(
        service.types,
        service.name,
        service.status,
        service.status_until,
        service.cost,
        service.who,
        service.must_live_in,
        named_areas(service.must_live_in, areas),
        service.appointment == "required",
        service.asks,
        service.apply.walk_in,
        service.roles,
        bool(set(REMOTE) & {*service.at, *service.attend}),
        service.alert,
        facts_of(partner, service),
        replace(found, locations=locations, emails=(), websites=()),
        areas_at(found.locations if found.knows_where else partner.locations, areas),
    )


class _Views:
    """Views of cards for readers of one language; the same card is in many lists."""

    def __init__(self) -> None:
        self.reader: TextResolver | None = None
        self.by_card: dict[tuple[object, ...], tuple[Card, tuple[Offer, ...], CardView]] = {}

    def view(self, card: Card, texts: TextResolver, offers: tuple[Offer, ...], named: bool) -> CardView:
        if self.reader != texts or len(self.by_card) > MAX_VIEWS:
            self.reader, self.by_card = texts, {}
        key = (id(card), named, *map(id, offers))
        if key not in self.by_card:
            view = _card_view(card, texts, offers, named)
            self.by_card[key] = card, offers, replace(view, text_states=collect_states(view))
        return self.by_card[key][2]


_VIEWS = _Views()


def view_card(made: Card, resolver: TextResolver, offers: tuple[Offer, ...] | None = None, named: bool = True) -> CardView:
    """Return the card for a reader with those of its services that the list is about, each by its name if they are ``named``.

    Without services it is about the whole partner. Equal arguments give one and the same view.
    """
    return _VIEWS.view(made, resolver, made.offers if offers is None else offers, named and offers is not None)


def _card_view(made: Card, resolver: TextResolver, offers: tuple[Offer, ...], named: bool) -> CardView:
    language = resolver.language
    title = resolver.resolve(made.plain_name) or ResolvedText(proper(made.name, resolver.order[0]))
    labels = Labels([place for offer in offers for place in offer.found.locations], resolver)
    is_whole = offers == made.offers and not named
    common = (
        reach.facts_shared_by([offer.found for offer in offers])
        if offers
        else Reach(languages=made.languages, phones=made.phones)
    )
    phones = made.phones if is_whole else common.lines
    towns = _towns(made, offers, is_whole)
    return CardView(
        title=title,
        name=proper(made.name, resolver.order[0]) if made.plain_name else LocalizedString(""),
        path=urls.partner(language.tag, made.slug),
        summary=resolver.resolve_short(made.summary),
        place=_named(towns, resolver),
        languages=spoken_phrase(common.languages, labels, resolver),
        phones=tuple(phone_view(phone, resolver, labels) for phone in phones),
        offers=tuple(_offer_view(offer, common, towns, labels, resolver) for offer in offers) if named else (),
        status=status_notice(made.status, language),
        verified=made.verified.isoformat() if made.verified else "",
        true_of=_true_of(made, offers),
    )


def _towns(made: Card, offers: tuple[Offer, ...], is_whole: bool) -> tuple[str, ...]:
    """Return the towns of a card: those of the partner, or where all of these services are."""
    if is_whole or not offers:
        return made.towns
    first, *others = (offer.found.towns if offer.found.knows_where else made.towns for offer in offers)
    return first if all(towns == first for towns in others) else ()


def _named(towns: tuple[str, ...], resolver: TextResolver) -> Message:
    if len(towns) > MAX_TOWNS:
        return resolver.language.phrase("{count} places", count=str(len(towns)))
    return resolver.language.join([proper(town, resolver.order[0]) for town in towns]) if towns else Message(())


def _true_of(made: Card, offers: tuple[Offer, ...]) -> str:
    """Return what filters ask of a card, as search names it; each service for itself, so that two facts are of one service."""
    types = () if offers != made.offers else made.types
    common = [f"type:{name}" for name in types]
    if not offers:
        common += [*spoken_concepts(made.languages), *(f"area:{urls.slug(name)}" for name in made.areas)]
    facts = (
        [
            *spoken_concepts(offer.found.languages),
            *(f"area:{urls.slug(name)}" for name in offer.areas),
            *(f"fact:{name}" for name in FILTERED if name in offer.facts),
        ]
        for offer in offers
    )
    return "|".join(" ".join(words) for words in (common, *facts))


def _offer_view(offer: Offer, common: Reach, towns: tuple[str, ...], labels: Labels, resolver: TextResolver) -> OfferView:
    """Return a service for a reader, without what the whole card says already."""
    language, found = resolver.language, offer.found
    own_towns = found.towns if found.towns != towns else ()
    return OfferView(
        name=resolver.resolve(offer.name),
        status=status_notice(offer.status, language, offer.status_until),
        costs=cost_views(offer.cost, resolver),
        who=resolver.resolve_short(offer.who.text),
        who_more=wording.who_phrases(offer.who, language),
        must_live_in=area_phrase(offer.must_live_in, offer.named, resolver),
        hours=hours_views(tuple(entry for entry in found.hours if not isinstance(entry, Closure)), labels, resolver),
        closures="|".join(opening_rule(entry) for entry in found.hours if isinstance(entry, Closure)),
        is_open_known=not offer.by_appointment and found.time_zone is not None and offer.status == "active",
        zone=found.time_zone or "",
        zone_name=zone_phrase(found.time_zone, resolver),
        until=last_of(found.hours),
        not_asked=wording.not_asked_for(offer.asks, language),
        start=_start(offer, language),
        by_appointment=offer.by_appointment,
        alert=alert_view(offer.alert, resolver),
        place=_named(own_towns, resolver),
        languages=spoken_phrase(tuple(one for one in found.languages if one not in common.languages), labels, resolver),
        phones=tuple(phone_view(phone, resolver, labels) for phone in found.lines if phone not in common.lines),
    )


def _start(offer: Offer, language: Language) -> str:
    if offer.by_appointment:
        return language.say("You need an appointment")
    return language.say("You can walk in") if offer.walk_in else ""


def by_name(view: CardView) -> CardView:
    """The same card with the organization's own name first, for lists in the order of names."""
    return replace(view, title=ResolvedText(view.name), name=view.title.words) if view.name else view
