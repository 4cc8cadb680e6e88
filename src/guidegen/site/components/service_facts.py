"""Facts of a service that profiles, lists and handouts share: prices, areas, alerts and status."""

from collections.abc import Iterable
from datetime import date

from guidegen.model import wording
from guidegen.model.areas import build_named_areas
from guidegen.model.service import Alert, Cost, ServiceArea
from guidegen.model.settings import Area
from guidegen.records import dataclass
from guidegen.site.components.labels import resolve_area_name
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LocalizedString, Message, message


@dataclass(frozen=True, slots=True)
class CostView:
    """A price, whom it is for, and its note."""

    price: Message
    label: str
    note: ResolvedText


@dataclass(frozen=True, slots=True)
class AlertView:
    """A temporary alert and its last day."""

    text: ResolvedText
    until: Message


def build_cost_views(costs: tuple[Cost, ...], resolver: TextResolver) -> tuple[CostView, ...]:
    """Return the views of prices, each with its note."""
    return tuple(_build_cost_view(cost, resolver) for cost in costs)


def _build_cost_view(cost: Cost, resolver: TextResolver) -> CostView:
    whom = resolver.resolve(cost.for_)
    return CostView(wording.describe_cost(cost, resolver.language, whom.words), whom.label, resolver.resolve_vital(cost.note))


def describe_area(area: ServiceArea, areas: Iterable[Area], resolver: TextResolver) -> Message:
    """Return the places and postal codes of a service area. ``areas`` translate the names of places."""
    language = resolver.language
    names = [resolve_area_name(named_area, resolver).words for named_area in build_named_areas(area, areas)]
    codes = [LocalizedString(code) for code in area.postal_codes]
    parts = [language.join(names)] if names else []
    if codes:
        parts.append(language.phrase("Postal codes: {codes}", codes=language.join(codes)))
    return language.separate(parts)


def build_alert_view(alert: Alert | None, resolver: TextResolver) -> AlertView | None:
    """Return the view of an alert; None if there is none."""
    if alert is None:
        return None
    language = resolver.language
    until = language.phrase("until {end}", end=language.date(alert.until)) if alert.until else Message(())
    return AlertView(resolver.resolve_vital(alert.text), until)


def describe_status(status: str, language: Language, until: date | None = None) -> Message:
    """Return the notice of a status other than active; ``until`` is the last day of a pause. Empty for other statuses."""
    if until and status in ("paused", "closed"):
        return language.phrase("Closed through {date}. Call before you go.", date=language.date(until))
    messages = {
        "paused": message("Closed for now. Call before you go."),
        "closed": message("Closed for good."),
        "draft": message("Draft: not published yet."),
    }
    return language.phrase(messages[status]) if status in messages else Message(())
