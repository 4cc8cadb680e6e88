"""One sheet to print for each service type: large type, what one must know to go there, and the way to the guide."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate

from guidegen import qr, urls, wording
from guidegen.languages import Language, Phrase, Words, proper
from guidegen.model import Closure, Guide, Monthly, Partner, ServiceType, Settings, Text
from guidegen.opening import Dated
from guidegen.outputs import Crumb, Drawing, Page, View
from guidegen.pages.cards import Card, CardView, Offer, card_view, cards
from guidegen.pages.labels import crumb, home_crumb, in_every
from guidegen.pages.places import address_line
from guidegen.pages.shown import Passage, Teller
from guidegen.record import record

MOST_LINES = 72
"""Lines on a sheet, which has two sides; those that are long take more than one. The organizations whose facts were checked
last come first; the code leads to all of them."""
MOST_OFFERS = 3
"""Services of each on a sheet."""
_LINES = 9
"""Name, phone, place, languages and the day of the check."""


@record
class HandoutInputs:
    """``places`` are the public addresses of each card's services of this type."""

    order: tuple[str, ...]
    name: Text
    address: str
    kind: ServiceType
    cards: tuple[Card, ...]
    places: tuple[tuple[str, ...], ...]
    count: int
    with_codes: bool


@record
class Entry:
    """One organization of the sheet."""

    card: CardView
    places: tuple[Words, ...]
    checked: Phrase


@record(kw_only=True)
class HandoutView(View):
    icon: str
    guide: Words
    summary: Passage
    notice: Passage
    entries: tuple[Entry, ...]
    more: str
    address: Words
    code: Drawing | None
    notices: tuple[Phrase, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """A sheet for every type that somebody offers, in every language."""
    made, by_slug = cards(guide), {partner.slug: partner for partner in guide.listed}
    for kind in guide.service_types:
        offering = [card for card in made if kind.id in card.types and card.status != "paused"]
        if not offering:
            continue
        inputs = _inputs(guide.settings, kind, offering, by_slug)
        path = partial(urls.handout, type_id=kind.id)
        yield from in_every(languages, path, "handout.html", inputs, view, "services")


def _inputs(settings: Settings, kind: ServiceType, offering: Sequence[Card], by_slug: dict[str, Partner]) -> HandoutInputs:
    chosen = tuple(_chosen(offering, kind.id))
    places = tuple(tuple(_places(by_slug[card.slug], kind.id)) for card in chosen)
    return HandoutInputs(settings.languages, settings.name, settings.address, kind, chosen, places, len(offering), qr.available())


def _chosen(offering: Sequence[Card], type_id: str) -> Iterator[Card]:
    """Those that fit on the sheet, in the order of the list; one at least."""
    newest = sorted(offering, key=lambda card: -card.verified.toordinal() if card.verified else 0)
    used = list(accumulate(_lines(card, type_id) for card in newest))
    fitting = {card.slug for card, lines in zip(newest, used, strict=True) if lines <= max(MOST_LINES, used[0])}
    return (card for card in offering if card.slug in fitting)


def _lines(card: Card, type_id: str) -> int:
    """How many lines an organization takes: days of opening are told in one, days of a month in two, dates in one more."""
    return _LINES + sum(1 + sum(map(_width, _times(offer))) for offer in _offers(card, type_id))


def _width(entry: Dated) -> int:
    return 1 + isinstance(entry, Monthly) + bool(entry.from_ or entry.until)


def _offers(card: Card, type_id: str) -> tuple[Offer, ...]:
    return tuple(offer for offer in card.offers if type_id in offer.types)[:MOST_OFFERS]


def _times(offer: Offer) -> list[Dated]:
    return [entry for entry in offer.hours if not isinstance(entry, Closure)]


def _places(partner: Partner, type_id: str) -> Iterator[str]:
    """Where its services of a type are, each place once; confidential ones have no street here."""
    keys = [key for service in partner.services if type_id in service.types for key in service.at]
    for place in partner.locations:
        if place.address.line1 and (place.key in keys or not keys):
            yield address_line(place.address)


def view(inputs: HandoutInputs, language: Language) -> HandoutView:
    teller = Teller(language, inputs.order)
    kind, tag = inputs.kind, language.tag
    name = teller.passage(kind.name)
    path = urls.service_type(tag, kind.id)
    address = urls.absolute(inputs.address, path)
    return HandoutView(
        title=name.words,
        crumbs=(home_crumb(language), crumb(language, "All services", urls.services(tag)), Crumb(name.words, path)),
        is_sensitive=bool(kind.sensitive),
        icon=kind.icon,
        guide=inputs.name.choose(tag, inputs.order).words,
        summary=teller.passage(kind.summary),
        notice=teller.passage(kind.notice),
        entries=tuple(_entry(card, places, kind.id, teller) for card, places in zip(inputs.cards, inputs.places, strict=True)),
        more=_more(inputs.count - len(inputs.cards), language),
        address=Words(address),
        code=qr.drawing(address),
        notices=teller.notices(),
    )


def _entry(card: Card, places: tuple[str, ...], type_id: str, teller: Teller) -> Entry:
    shown = card_view(card, teller, _offers(card, type_id))
    checked = wording.checked_phrase(card.verified, "", teller.language)
    return Entry(shown, tuple(proper(place, teller.order[0]) for place in places), checked)


def _more(left: int, language: Language) -> str:
    if not left:
        return ""
    return language.counted("{number} more organization in the guide", "{number} more organizations in the guide", left)
