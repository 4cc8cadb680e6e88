"""Handouts: one printable sheet per service type, in large type, with the facts people need to go there and a QR code."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Hours, InWords
from guidegen.model.location import Location
from guidegen.model.page import Breadcrumb, Icon, Page, View
from guidegen.model.postal_addresses import address_line
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Settings
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.site.components import qr
from guidegen.site.components.card import Card, Offer, build_cards
from guidegen.site.components.card_view import CardView, view_card
from guidegen.site.components.labels import build_crumb, build_home_crumb, plan_in_languages
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LocalizedString, Message, proper_name

MAX_LINES = 92
"""Estimated lines of a sheet with two sides of two columns. They leave room for languages that need a third more."""
WHOLE_LINES = 74
"""Lines for full entries. The organizations below them have short ones."""
_SHORT_ENTRY_LINES = 4
"""Lines of a short entry: name, town and phone."""
_LINE_WIDTH = 44
"""Characters in a line."""
MAX_OFFERS = 3
"""Services of an organization on a sheet."""
MAX_PLACES = 3
"""Addresses of an organization on a sheet."""


@dataclass(frozen=True, slots=True)
class HandoutInputs:
    """The inputs of a handout. ``whole`` are the cards with full entries, ``short`` those with short ones.

    If ``is_complete``, full entries have all services and addresses of an organization.
    """

    order: tuple[str, ...]
    name: TranslatableText
    address: str
    kind: ServiceType
    whole: tuple[Card, ...]
    short: tuple[Card, ...]
    count: int
    with_codes: bool
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class HandoutEntry:
    """A full entry of a handout. ``more_places`` says how many addresses are left out."""

    card: CardView
    places: tuple[LocalizedString, ...]
    more_places: str
    checked: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutView(View):
    """The view of a handout."""

    icon: str
    guide: LocalizedString
    summary: ResolvedText
    notice: ResolvedText
    entries: tuple[HandoutEntry, ...]
    others: tuple[CardView, ...]
    more: str
    address: LocalizedString
    code: Icon | None


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield a handout for each service type that an open partner offers, in every language."""
    for inputs in list_inputs(guide):
        path = partial(urls.handout, type_id=inputs.kind.id)
        yield from plan_in_languages(languages, path, "handout.html", inputs, view, "services", in_single_file=False)


def list_inputs(guide: Guide, is_complete: bool = False) -> Iterator[HandoutInputs]:
    """Yield the inputs of the handout of each service type that an open partner offers.

    If ``is_complete``, all organizations have full entries, however many sheets that takes.
    """
    cards = build_cards(guide)
    for service_type in guide.service_types:
        offering = [card for card in cards if service_type.id in card.types and card.status != "paused"]
        if offering:
            inputs = _build_inputs(guide.settings, service_type, offering)
            yield replace(inputs, whole=tuple(offering), short=(), is_complete=True) if is_complete else inputs


def _build_inputs(settings: Settings, service_type: ServiceType, offering: Sequence[Card]) -> HandoutInputs:
    ranked = sorted(offering, key=lambda card: _rank(card, service_type.id))
    used_lines = -(-len(service_type.notice.source) // _LINE_WIDTH)  # it spans both columns, in larger type
    whole: list[Card] = []
    for card in ranked:
        lines = _estimate_lines(card, service_type.id)
        if used_lines + lines > WHOLE_LINES and whole:
            break
        used_lines += lines
        whole.append(card)
    room = max(MAX_LINES - used_lines, MAX_LINES - WHOLE_LINES) // _SHORT_ENTRY_LINES
    short = [card for card in offering if card not in whole][:room]
    return HandoutInputs(
        settings.languages,
        settings.name,
        settings.address,
        service_type,
        tuple(whole),
        tuple(short),
        len(offering),
        qr.is_available(),
    )


def _rank(card: Card, type_id: str) -> tuple[bool, bool, bool, int]:
    """Return the sort key of an organization on the sheet of a type.

    In this order of importance: its first service is mainly of the type, a service is for everybody, a service has a location,
    and its facts were verified recently.
    """
    offers = _select_offers(card, type_id)
    is_main = card.offers[0].types[:1] == (type_id,)
    for_everybody = any(_is_for_everybody(offer) for offer in offers)
    in_person = any(offer.found.locations for offer in offers)
    return not is_main, not for_everybody, not in_person, -card.verified.toordinal() if card.verified else 0


def _is_for_everybody(offer: Offer) -> bool:
    who, residence = offer.who, offer.must_live_in
    has_age_limit = who.ages and who.ages[1] is not None
    return not (who.groups or who.income or residence.names or residence.postal_codes or has_age_limit)


def _estimate_lines(card: Card, type_id: str) -> int:
    """Return about how many lines the full entry of an organization takes."""
    offers = _select_offers(card, type_id)
    texts = [card.plain_name.source or card.name, card.name * bool(card.plain_name), "languages" * len(card.languages), "checked"]
    texts += [address_line(place.address) for place in _find_addressed(offers)[:MAX_PLACES]]
    texts += [f"{phone.number} {'language' * len(phone.languages)} {phone.note.source}" for phone in card.phones]
    for offer in offers:
        texts += [offer.name.source, offer.who.text.source, ", ".join(offer.must_live_in.names)]
        texts += ["ages" * bool(offer.who.ages), "especially for".join(offer.who.groups), "income" * bool(offer.who.income)]
        texts += [f"{offer.alert.text.source} until a date" * 2] if offer.alert else []  # in larger type, with space around it
        texts += [f"price {cost.for_.source} {cost.note.source}" for cost in offer.cost]
        texts += ["start" * (offer.by_appointment or bool(offer.walk_in))]
        texts += [_build_sample_line(entry) for entry in offer.found.hours]
    return 1 + sum(-(-len(text) // _LINE_WIDTH) for text in texts if text)


def _build_sample_line(entry: Hours) -> str:
    """Return a text about as long as a line of the timetable. It is empty for closures, which handouts do not show."""
    if isinstance(entry, Closure):
        return ""
    if isinstance(entry, InWords):
        return entry.text.source
    days = "Monday to Friday " if entry.days else "first Monday of the month, " * (len(entry.monthly) + len(entry.dates) or 1)
    return f"{days} 10:00 AM to 12:00 PM {'from October 12, 2026 until May 30, 2027' * bool(entry.from_)} {entry.note.source}"


def _select_offers(card: Card, type_id: str) -> tuple[Offer, ...]:
    return tuple(offer for offer in card.offers if type_id in offer.types)[:MAX_OFFERS]


def _find_addressed(offers: tuple[Offer, ...]) -> list[Location]:
    """Return the locations of services that have a street address, without repetitions."""
    return [*{place.key: place for offer in offers for place in offer.found.locations if place.address.line1}.values()]


def view(inputs: HandoutInputs, language: Language) -> HandoutView:
    """Return the view of a handout."""
    resolver = TextResolver(language, inputs.order)
    service_type, tag = inputs.kind, language.tag
    name = resolver.resolve(service_type.name)
    path = urls.service_type(tag, service_type.id)
    address = urls.absolute_url(inputs.address, path)
    return HandoutView(
        title=name.words,
        breadcrumbs=(
            build_home_crumb(language),
            build_crumb(language, "All services", urls.services(tag)),
            Breadcrumb(name.words, path),
        ),
        is_sensitive=bool(service_type.sensitive),
        icon=service_type.icon,
        guide=inputs.name.resolve(tag, inputs.order).text,
        summary=resolver.resolve(service_type.summary),
        notice=resolver.resolve(service_type.notice),
        entries=tuple(_build_entry(card, service_type.id, resolver, inputs.is_complete) for card in inputs.whole),
        others=tuple(view_card(card, resolver, _select_offers(card, service_type.id), named=False) for card in inputs.short),
        more=_count_others(inputs.count - len(inputs.whole) - len(inputs.short), language),
        address=LocalizedString(address),
        code=qr.draw(address),
    )


def _build_entry(card: Card, type_id: str, resolver: TextResolver, is_complete: bool) -> HandoutEntry:
    offers = tuple(offer for offer in card.offers if type_id in offer.types) if is_complete else _select_offers(card, type_id)
    lines = [address_line(place.address, resolver.language.region) for place in _find_addressed(offers)]
    omitted = 0 if is_complete else len(lines) - MAX_PLACES
    more_places = resolver.language.counted("{number} more place", "{number} more places", omitted) if omitted > 0 else ""
    checked = wording.describe_check(card.verified, "", resolver.language)
    places = tuple(proper_name(line, resolver.order[0]) for line in (lines if is_complete else lines[:MAX_PLACES]))
    return HandoutEntry(view_card(card, resolver, offers), places, more_places, checked)


def _count_others(count: int, language: Language) -> str:
    if not count:
        return ""
    return language.counted("{number} more organization in the guide", "{number} more organizations in the guide", count)
