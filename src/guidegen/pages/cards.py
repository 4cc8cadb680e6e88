"""Partners as lists show them: a card holds what lists need, so that a changed description touches no list."""

from dataclasses import field, replace
from datetime import date

from guidegen import urls, wording
from guidegen.areas import area_names, areas_of
from guidegen.cldr import collation_key
from guidegen.fingerprints import origin, surroundings
from guidegen.hours import HoursLine, hours_lines
from guidegen.languages import Language, Phrase, Words, message, proper
from guidegen.model import (
    REMOTE,
    Alert,
    Area,
    Asks,
    Closure,
    Cost,
    Guide,
    Hours,
    Partner,
    Phone,
    Service,
    SpokenLanguage,
    Text,
)
from guidegen.once import once
from guidegen.pages.shown import Passage, Teller
from guidegen.record import record
from guidegen.search.concepts import facts_of, spoken_id

FILTERED = (
    "free", "sliding-scale", "walk-in", "no-photo-id", "no-status", "evening", "weekend", "online", "by-phone", "childcare",
    "interpreter", "wheelchair",
)  # fmt: skip
"""Facts that lists can be narrowed down by, what most people ask first."""
MOST_VIEWS = 20_000
"""Views of cards that are kept at a time."""


@record
class Offer:
    """A service as a card shows it."""

    types: tuple[str, ...]
    name: Text
    cost: Cost | None
    hours: tuple[Hours, ...]
    asks: Asks
    walk_in: bool | None
    roles: tuple[str, ...]
    remote: bool
    alert: Alert | None
    facts: tuple[str, ...]


@record
class Card:
    """A partner as lists show it. ``areas`` are where it is, ``serves`` where its people may live.

    ``origin`` names what it is worked out from; empty when that is not known.
    """

    slug: str
    name: str
    plain_name: Text
    summary: Text
    status: str
    languages: tuple[SpokenLanguage, ...]
    phone: Phone | None
    offers: tuple[Offer, ...]
    cities: tuple[str, ...]
    areas: tuple[str, ...]
    serves: tuple[str, ...]
    verified: date | None
    types: tuple[str, ...]
    origin: str = field(default="", compare=False)


@record
class PhoneView:
    """A number one can tap."""

    number: Words
    address: str
    kind: str
    extension: str = ""
    languages: Phrase = Phrase(())
    note: Passage = Passage(Words(""))


@record
class AlertView:
    """A notice for a time, and its last day."""

    text: Passage
    until: Phrase


@record
class OfferView:
    """One service of a card."""

    name: Passage
    cost: Phrase
    cost_note: Passage
    hours: tuple[HoursLine, ...]
    not_asked: tuple[str, ...]
    walk_in: str
    alert: AlertView | None
    closed: str


@record
class CardView:
    """What ``parts/card.html`` shows; ``true_of`` is what filters ask: ``lang:es area:millbrook|free evening|walk-in``.

    That is what holds for the partner, then for each of its services.
    """

    title: Passage
    name: Words
    path: str
    summary: Passage
    place: Phrase
    languages: Phrase
    phone: PhoneView | None
    offers: tuple[OfferView, ...]
    status: str
    verified: str
    true_of: str


@once
def cards(guide: Guide) -> tuple[Card, ...]:
    """A card for every listed partner, by name."""
    areas = areas_of(guide)
    around = surroundings("card", areas)
    return tuple(sorted((card(one, areas, around) for one in guide.listed), key=lambda made: collation_key(made.name)))


def card(partner: Partner, areas: tuple[Area, ...], around: str) -> Card:
    """The part of a partner that lists show. ``around`` names all else that it is worked out from."""
    voices = [phone for phone in partner.phones if phone.takes_calls]
    serves = dict.fromkeys(name for service in partner.services for name in service.area.names)
    return Card(
        partner.slug,
        partner.name,
        partner.plain_name,
        partner.summary,
        partner.status,
        partner.languages,
        next(iter(voices or partner.phones), None),
        tuple(_offer(partner, service) for service in partner.services),
        partner.cities,
        area_names(partner, areas),
        tuple(serves),
        partner.verified.date if partner.verified else None,
        partner.types,
        origin(around, partner),
    )


def _offer(partner: Partner, service: Service) -> Offer:
    remote = bool(set(REMOTE) & {*service.at, *service.attend})
    return Offer(
        service.types,
        service.name,
        service.cost,
        service.hours,
        service.asks,
        service.apply.walk_in,
        service.roles,
        remote,
        service.alert,
        facts_of(partner, service),
    )


class _Views:
    """Views of cards that were made for a reader of one language; the same card stands in many lists."""

    def __init__(self) -> None:
        self.tag = ""
        self.made: dict[tuple[int, ...], tuple[Card, tuple[Offer, ...], CardView, Teller]] = {}

    def view(self, made: Card, teller: Teller, offers: tuple[Offer, ...]) -> CardView:
        if self.tag != teller.language.tag or len(self.made) > MOST_VIEWS:
            self.tag, self.made = teller.language.tag, {}
        key = (id(made), *map(id, offers))
        if key not in self.made or self.made[key][3].order != teller.order:
            told = Teller(teller.language, teller.order)
            if offers:  # what the card says whatever the list is about is the same in all of them
                view = self.view(made, told, ())
                true_of = _true_of(made, offers)
                view = replace(view, offers=tuple(_offer_view(offer, told) for offer in offers), true_of=true_of)
            else:
                view = _card_view(made, told)
            self.made[key] = made, offers, view, told
        *_, view, told = self.made[key]
        teller.hear(told)
        return view


_VIEWS = _Views()


def card_view(made: Card, teller: Teller, offers: tuple[Offer, ...] = ()) -> CardView:
    """The card for a reader, with those of its services that the list is about. Equal arguments give one and the same view."""
    return _VIEWS.view(made, teller, offers)


def _card_view(made: Card, teller: Teller) -> CardView:
    """The card without a service."""
    language = teller.language
    title = teller.passage(made.plain_name) or Passage(proper(made.name, teller.order[0]))
    return CardView(
        title=title,
        name=proper(made.name, teller.order[0]) if made.plain_name else Words(""),
        path=urls.partner(language.tag, made.slug),
        summary=teller.passage(made.summary),
        place=language.join([proper(city, teller.order[0]) for city in made.cities]) if made.cities else Phrase(()),
        languages=wording.languages_phrase(made.languages, language),
        phone=phone_view(made.phone, teller) if made.phone else None,
        offers=(),
        status=status_notice(made.status, language),
        verified=made.verified.isoformat() if made.verified else "",
        true_of=_true_of(made, made.offers),
    )


def _true_of(made: Card, offers: tuple[Offer, ...]) -> str:
    """What filters ask of a card, as search names it; each service for itself, so that two facts are of one service."""
    types = () if offers != made.offers else made.types
    spoken = dict.fromkeys(f"lang:{spoken_id(one.code)}" for one in made.languages)
    common = (*(f"type:{name}" for name in types), *spoken, *(f"area:{urls.slug(name)}" for name in made.areas))
    facts = ([f"fact:{name}" for name in FILTERED if name in offer.facts] for offer in offers)
    return "|".join(" ".join(words) for words in (common, *facts))


def _offer_view(offer: Offer, teller: Teller) -> OfferView:
    language = teller.language
    return OfferView(
        name=teller.passage(offer.name),
        cost=wording.cost_phrase(offer.cost, language),
        cost_note=teller.passage(offer.cost.note) if offer.cost else Passage(Words("")),
        hours=hours_lines(offer.hours, language),
        not_asked=wording.not_asked_for(offer.asks, language),
        walk_in=language.say("You can walk in") if offer.walk_in else "",
        alert=alert_view(offer.alert, teller),
        closed=",".join(day.isoformat() for entry in offer.hours if isinstance(entry, Closure) for day in entry.closed),
    )


def alert_view(alert: Alert | None, teller: Teller) -> AlertView | None:
    """The notice for a reader."""
    if alert is None:
        return None
    language = teller.language
    until = language.phrase("until {end}", end=language.date(alert.until)) if alert.until else Phrase(())
    return AlertView(teller.passage(alert.text), until)


def by_name(view: CardView) -> CardView:
    """The same card with the organization's own name first, for lists in the order of names."""
    return replace(view, title=Passage(view.name), name=view.title.words) if view.name else view


def phone_view(phone: Phone, teller: Teller) -> PhoneView:
    """A number for a reader: its own run of digits, and an address that dials or texts."""
    texting = phone.kind == "text"
    names = [teller.language.name_of(tag) for tag in phone.languages]
    return PhoneView(
        number=Words(phone.number),
        address=urls.text_to(phone.number) if texting else urls.dial(phone.number, phone.extension, teller.language.region),
        kind=wording.phone_kind(phone.kind, teller.language),
        extension=phone.extension,
        languages=teller.language.join(names) if names else Phrase(()),
        note=teller.passage(phone.note),
    )


def status_notice(status: str, language: Language) -> str:
    """What a reader must know first."""
    messages = {
        "paused": message("Not open at this time. Call before you go."),
        "closed": message("Closed for good."),
        "draft": message("Draft: not published yet."),
    }
    return language.say(messages[status]) if status in messages else ""
