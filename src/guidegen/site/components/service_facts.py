"""Facts of a service that profiles, lists and handouts show alike: prices, areas, notices, and whether it is open at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guidegen.model import wording
from guidegen.model.areas import named_areas
from guidegen.model.service import Alert, Cost, ServiceArea
from guidegen.model.settings import Area
from guidegen.site.components.labels import area_passage
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LocalizedString, Message, message


@dataclass(frozen=True, slots=True)
class CostView:
    """A price and for whom, and what else is to be known of it."""

    price: Message
    label: str
    note: ResolvedText


@dataclass(frozen=True, slots=True)
class AlertView:
    """A notice for a time, and its last day."""

    text: ResolvedText
    until: Message


def cost_views(costs: tuple[Cost, ...], resolver: TextResolver) -> tuple[CostView, ...]:
    """Return the prices for a reader, each with its note."""
    return tuple(_cost_view(cost, resolver) for cost in costs)


def _cost_view(cost: Cost, resolver: TextResolver) -> CostView:
    whom = resolver.resolve(cost.for_)
    return CostView(wording.cost_phrase(cost, resolver.language, whom.words), whom.label, resolver.resolve(cost.note))


def area_phrase(area: ServiceArea, areas: Iterable[Area], resolver: TextResolver) -> Message:
    """Return the places and postal codes of an area; ``areas`` have the names of places in other languages."""
    language = resolver.language
    named = [area_passage(one, resolver).words for one in named_areas(area, areas)]
    codes = [LocalizedString(code) for code in area.postal_codes]
    if named and codes:
        return language.phrase("{places}, postal codes {codes}", places=language.join(named), codes=language.join(codes))
    return language.join(named or codes) if named or codes else Message(())


def alert_view(alert: Alert | None, resolver: TextResolver) -> AlertView | None:
    """The notice for a reader."""
    if alert is None:
        return None
    language = resolver.language
    until = language.phrase("until {end}", end=language.date(alert.until)) if alert.until else Message(())
    return AlertView(resolver.resolve(alert.text), until)


def status_notice(status: str, language: Language, until: date | None = None) -> Message:
    """Return what a reader must know first; ``until`` is the last day on which that is so."""
    if until and status in ("paused", "closed"):
        return language.phrase("Not open until {date}. Call before you go.", date=language.date(until))
    messages = {
        "paused": message("Not open at this time. Call before you go."),
        "closed": message("Closed for good."),
        "draft": message("Draft: not published yet."),
    }
    return language.phrase(messages[status]) if status in messages else Message(())
