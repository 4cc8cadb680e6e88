"""The services on a profile: of each what, cost, who, where, when, language, how to start, phone; then the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guidegen.model import wording
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.model.service import Service
from guidegen.model.settings import Area
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.site.components.labels import ServiceTypeLabel, ServiceTypeLink, service_type_link
from guidegen.site.components.localized_text import NOTHING, HtmlBlock, ResolvedText, TextResolver
from guidegen.site.components.locations import ContactView, Labels, ReachView, reach_view, where
from guidegen.site.components.service_facts import AlertView, CostView, alert_view, area_phrase, cost_views, status_notice
from guidegen.text.language import LocalizedString, Message, proper


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One service; every field that is empty is not known and not shown."""

    id: str
    name: ResolvedText
    types: tuple[ServiceTypeLink, ...]
    warning: ResolvedText
    summary: ResolvedText
    description: HtmlBlock
    alert: AlertView | None
    status: Message
    is_closed: bool
    also_known_as: Message
    program: LocalizedString
    costs: tuple[CostView, ...]
    who: ResolvedText
    who_more: tuple[Message, ...]
    serves: Message
    must_live_in: Message
    places: tuple[Message, ...]
    attend: Message
    reach: ReachView
    is_open_known: bool
    by_appointment: bool
    own_emails: tuple[ContactView, ...]
    own_websites: tuple[ContactView, ...]
    subjects: Message
    start: tuple[str, ...]
    steps: ResolvedText
    sign_up: str
    not_asked: tuple[str, ...]
    asked: tuple[str, ...]
    documents: tuple[ResolvedText, ...]
    helps: tuple[str, ...]
    no_helps: tuple[str, ...]
    seats: Message
    waiting: ResolvedText


def names_phrase(names: tuple[str, ...], resolver: TextResolver) -> Message:
    """Return other names that people use."""
    return resolver.language.join([proper(name, resolver.order[0]) for name in names]) if names else Message(())


def service_views(
    partner: Partner,
    kinds: Sequence[ServiceTypeLabel],
    areas: Sequence[Area],
    notices: Mapping[str, TranslatableText],
    found: Mapping[str, Reach],
    resolver: TextResolver,
) -> Iterator[ServiceView]:
    """Yield the services of a partner, the first of each main type with the warning of that type (``notices`` by id)."""
    warnings = dict(notices)
    labels = Labels(partner.locations, resolver)
    by_id = {kind.id: kind for kind in kinds}
    for service in partner.services:
        warning = warnings.pop(service.types[0], NO_TEXT) if service.types else NO_TEXT
        types = tuple(by_id[name] for name in service.types if name in by_id)
        yield _service(partner, service, types, areas, warning, found[service.key], labels, resolver)


def _service(
    partner: Partner,
    service: Service,
    types: tuple[ServiceTypeLabel, ...],
    areas: Sequence[Area],
    warning: TranslatableText,
    found: Reach,
    labels: Labels,
    resolver: TextResolver,
) -> ServiceView:
    language = resolver.language
    reached = reach_view(found, labels, resolver)
    return ServiceView(
        id=service.key,
        name=resolver.resolve(service.name),
        types=tuple(service_type_link(kind, resolver) for kind in types),
        warning=resolver.resolve(warning),
        summary=resolver.resolve(service.summary),
        description=resolver.resolve_markdown(service.description, f"s-{service.key}.", level=4),
        alert=alert_view(service.alert, resolver),
        status=status_notice(service.status, language, service.status_until),
        is_closed=service.status == "closed",
        also_known_as=names_phrase(service.also_known_as, resolver),
        program=proper(service.program, resolver.order[0]) if service.program else LocalizedString(""),
        costs=cost_views(service.cost, resolver),
        who=resolver.resolve(service.who.text),
        who_more=wording.who_phrases(service.who, language),
        serves=area_phrase(service.serves, areas, resolver),
        must_live_in=area_phrase(service.must_live_in, areas, resolver),
        places=tuple(where(service, partner, found, resolver)),
        attend=wording.attendance(service, language),
        reach=reached,
        is_open_known="active" == service.status == partner.status and service.appointment != "required" and reached.zone != "?",
        by_appointment=service.appointment == "required",
        own_emails=tuple(one for one in reached.emails if one.link.label.text != partner.email),
        own_websites=tuple(one for one in reached.websites if one.link.address != partner.website),
        subjects=language.join([resolver.resolve(one).words for one in service.subjects]) if service.subjects else Message(()),
        start=wording.how_to_start(service, language),
        steps=resolver.resolve(service.apply.steps),
        sign_up=service.apply.url,
        not_asked=wording.not_asked_for(service.asks, language),
        asked=wording.asked_for(service.asks, language),
        documents=tuple(resolver.resolve(document) for document in service.documents),
        helps=wording.help_with(service.helps, language),
        no_helps=wording.no_help_with(service.helps, language),
        seats=wording.seats_phrase(service, language),
        waiting=resolver.resolve(service.seats.waiting) if service.seats else NOTHING,
    )
