"""One sheet to print for each service type: large type, what one must know to go there, and the way to the guide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Hours, InWords
from guidegen.model.location import Location
from guidegen.model.page import Crumb, Drawing, Page, View
from guidegen.model.postal_addresses import address_line
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Settings
from guidegen.model.translatable import TranslatableText
from guidegen.site.components import qr
from guidegen.site.components.card import Card, CardView, Offer, build_cards, view_card
from guidegen.site.components.labels import crumb, home_crumb, in_every
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LocalizedString, Message, proper

MAX_LINES = 92
"""Lines of a sheet, which has two sides of two columns, as they are counted here: some languages need a third more."""
WHOLE_LINES = 74
"""Of these the lines for organizations with all that one must know to go there; the others are named below them."""
_SHORT = 4
"""Lines of an organization that is only named: name, town and phone."""
_WIDTH = 44
"""Characters of a line."""
MAX_OFFERS = 3
"""Services of each on a sheet."""
MAX_PLACES = 3


@dataclass(frozen=True, slots=True)
class HandoutInputs:
    """``whole`` are shown with all that is known, ``short`` by name, town and phone."""

    order: tuple[str, ...]
    name: TranslatableText
    address: str
    kind: ServiceType
    whole: tuple[Card, ...]
    short: tuple[Card, ...]
    count: int
    with_codes: bool


@dataclass(frozen=True, slots=True)
class HandoutEntry:
    """One organization of the sheet; ``more_places`` says how many have no address here."""

    card: CardView
    places: tuple[LocalizedString, ...]
    more_places: str
    checked: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutView(View):
    icon: str
    guide: LocalizedString
    summary: ResolvedText
    notice: ResolvedText
    entries: tuple[HandoutEntry, ...]
    others: tuple[CardView, ...]
    more: str
    address: LocalizedString
    code: Drawing | None


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Plan a sheet for every type that somebody offers, in every language."""
    made = build_cards(guide)
    for kind in guide.service_types:
        offering = [card for card in made if kind.id in card.types and card.status != "paused"]
        if not offering:
            continue
        inputs = _inputs(guide.settings, kind, offering)
        path = partial(urls.handout, type_id=kind.id)
        yield from in_every(languages, path, "handout.html", inputs, view, "services")


def _inputs(settings: Settings, kind: ServiceType, offering: Sequence[Card]) -> HandoutInputs:
    ranked = sorted(offering, key=lambda card: _fit(card, kind.id))
    used, whole = -(-len(kind.notice.source) // _WIDTH), list[Card]()  # over both columns, and in larger type
    for card in ranked:
        lines = _lines(card, kind.id)
        if used + lines > WHOLE_LINES and whole:
            break
        used += lines
        whole.append(card)
    room = max(MAX_LINES - used, MAX_LINES - WHOLE_LINES) // _SHORT
    short = [card for card in offering if card not in whole][:room]
    count = len(offering)
    return HandoutInputs(
        settings.languages, settings.name, settings.address, kind, tuple(whole), tuple(short), count, qr.available()
    )


def _fit(card: Card, type_id: str) -> tuple[bool, bool, bool, int]:
    """Return where an organization stands on the sheet of a type.

    First are those whose main service is of the type, that are for everybody and where one can go in person, by the day on which
    their facts were checked, the last first.
    """
    offers = _offers(card, type_id)
    is_main = card.offers[0].types[:1] == (type_id,)
    for_everybody = any(_is_for_everybody(offer) for offer in offers)
    in_person = any(offer.found.locations for offer in offers)
    return not is_main, not for_everybody, not in_person, -card.verified.toordinal() if card.verified else 0


def _is_for_everybody(offer: Offer) -> bool:
    who, home = offer.who, offer.must_live_in
    return not (who.groups or who.income or home.names or home.postal_codes or (who.ages and who.ages[1] is not None))


def _lines(card: Card, type_id: str) -> int:
    """Return about how many lines an organization takes."""
    offers = _offers(card, type_id)
    texts = [card.plain_name.source or card.name, card.name * bool(card.plain_name), "languages" * len(card.languages), "checked"]
    texts += [address_line(place.address) for place in _with_street(offers)[:MAX_PLACES]]
    texts += [f"{phone.number} {'language' * len(phone.languages)} {phone.note.source}" for phone in card.phones]
    for offer in offers:
        texts += [offer.name.source, offer.who.text.source, ", ".join(offer.must_live_in.names)]
        texts += ["ages" * bool(offer.who.ages), "especially for".join(offer.who.groups), "income" * bool(offer.who.income)]
        texts += [f"{offer.alert.text.source} until a date" * 2] if offer.alert else []  # in larger type, with space around it
        texts += [f"price {cost.for_.source} {cost.note.source}" for cost in offer.cost]
        texts += ["start" * (offer.by_appointment or bool(offer.walk_in))]
        texts += [_said(entry) for entry in offer.found.hours]
    return 1 + sum(-(-len(text) // _WIDTH) for text in texts if text)


def _said(entry: Hours) -> str:
    """Return a text about as long as the line of a timetable; that of closed days is not on the sheet."""
    if isinstance(entry, Closure):
        return ""
    if isinstance(entry, InWords):
        return entry.text.source
    days = "Monday to Friday " if entry.days else "first Monday of the month, " * (len(entry.monthly) + len(entry.dates) or 1)
    return f"{days} 10:00 AM to 12:00 PM {'from October 12, 2026 until May 30, 2027' * bool(entry.from_)} {entry.note.source}"


def _offers(card: Card, type_id: str) -> tuple[Offer, ...]:
    return tuple(offer for offer in card.offers if type_id in offer.types)[:MAX_OFFERS]


def _with_street(offers: tuple[Offer, ...]) -> list[Location]:
    """Return the locations of services whose street is known, each once."""
    return [*{place.key: place for offer in offers for place in offer.found.locations if place.address.line1}.values()]


def view(inputs: HandoutInputs, language: Language) -> HandoutView:
    resolver = TextResolver(language, inputs.order)
    kind, tag = inputs.kind, language.tag
    name = resolver.resolve(kind.name)
    path = urls.service_type(tag, kind.id)
    address = urls.absolute_url(inputs.address, path)
    return HandoutView(
        title=name.words,
        crumbs=(home_crumb(language), crumb(language, "All services", urls.services(tag)), Crumb(name.words, path)),
        is_sensitive=bool(kind.sensitive),
        icon=kind.icon,
        guide=inputs.name.choose(tag, inputs.order).words,
        summary=resolver.resolve(kind.summary),
        notice=resolver.resolve(kind.notice),
        entries=tuple(_entry(card, kind.id, resolver) for card in inputs.whole),
        others=tuple(view_card(card, resolver, _offers(card, kind.id), named=False) for card in inputs.short),
        more=_more(inputs.count - len(inputs.whole) - len(inputs.short), language),
        address=LocalizedString(address),
        code=qr.draw(address),
    )


def _entry(card: Card, type_id: str, resolver: TextResolver) -> HandoutEntry:
    offers = _offers(card, type_id)
    lines = [address_line(place.address, resolver.language.region) for place in _with_street(offers)]
    left = len(lines) - MAX_PLACES
    more = resolver.language.counted("{number} more place", "{number} more places", left) if left > 0 else ""
    checked = wording.checked_phrase(card.verified, "", resolver.language)
    shown = tuple(proper(line, resolver.order[0]) for line in lines[:MAX_PLACES])
    return HandoutEntry(view_card(card, resolver, offers), shown, more, checked)


def _more(left: int, language: Language) -> str:
    if not left:
        return ""
    return language.counted("{number} more organization in the guide", "{number} more organizations in the guide", left)
