"""The services on a profile, in the order people ask: what, cost, who, where, when, language, how to start, phone, the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from guidegen.model import wording
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.model.service import Service
from guidegen.model.settings import Area
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass
from guidegen.site.components.labels import ServiceTypeLabel, ServiceTypeLink, build_service_type_link
from guidegen.site.components.localized_text import NOTHING, HtmlBlock, ResolvedText, TextResolver
from guidegen.site.components.locations import ContactView, Labels, ReachView, describe_places, reach_view
from guidegen.site.components.service_facts import (
    AlertView,
    CostView,
    build_alert_view,
    build_cost_views,
    describe_area,
    describe_status,
)
from guidegen.text.language import LocalizedString, Message, proper_name


@dataclass(frozen=True, slots=True)
class ServiceView:
    """The view of one service. An empty field is unknown and not shown."""

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


def join_names(names: tuple[str, ...], resolver: TextResolver) -> Message:
    """Return the other names of a partner or a service as a list; empty if there are none."""
    return resolver.language.join([proper_name(name, resolver.order[0]) for name in names]) if names else Message(())


def build_service_views(
    partner: Partner,
    types: Sequence[ServiceTypeLabel],
    areas: Sequence[Area],
    notices: Mapping[str, TranslatableText],
    reaches: Mapping[str, Reach],
    resolver: TextResolver,
) -> Iterator[ServiceView]:
    """Yield the views of a partner's services.

    ``notices`` are warnings by type id, shown with the first service that has this main type. ``reaches`` are by service key.
    """
    warnings = dict(notices)
    labels = Labels(partner.locations, resolver)
    label_by_id = {label.id: label for label in types}
    for service in partner.services:
        warning = warnings.pop(service.types[0], NO_TEXT) if service.types else NO_TEXT
        service_types = tuple(label_by_id[type_id] for type_id in service.types if type_id in label_by_id)
        yield _build_view(partner, service, service_types, areas, warning, reaches[service.key], labels, resolver)


def _drop_shared_facts(service_reach: Reach, partner: Partner) -> Reach:
    """Return the ways to reach a service without the phones and languages that the profile shows for the whole partner.

    If a phone stays, all stay: a number for TTY alone would look like the number to call.
    """
    has_own = any(phone.at or phone not in partner.phones for phone in service_reach.phones)
    phones = service_reach.phones if has_own else ()
    languages = () if service_reach.languages == partner.languages else service_reach.languages
    return replace(service_reach, phones=phones, languages=languages)


def _build_view(
    partner: Partner,
    service: Service,
    types: tuple[ServiceTypeLabel, ...],
    areas: Sequence[Area],
    warning: TranslatableText,
    service_reach: Reach,
    labels: Labels,
    resolver: TextResolver,
) -> ServiceView:
    language = resolver.language
    contact = reach_view(_drop_shared_facts(service_reach, partner), labels, resolver)
    by_appointment = service.appointment == "required"
    subjects = [resolver.resolve(subject).words for subject in service.subjects]
    return ServiceView(
        id=service.key,
        name=resolver.resolve(service.name),
        types=tuple(build_service_type_link(label, resolver) for label in types),
        warning=resolver.resolve(warning),
        summary=resolver.resolve(service.summary),
        description=resolver.resolve_markdown(service.description, f"s-{service.key}.", level=4),
        alert=build_alert_view(service.alert, resolver),
        status=describe_status(service.status, language, service.status_until),
        is_closed=service.status == "closed",
        also_known_as=join_names(service.also_known_as, resolver),
        program=proper_name(service.program, resolver.order[0]) if service.program else LocalizedString(""),
        costs=build_cost_views(service.cost, resolver),
        who=resolver.resolve_vital(service.who.text),
        who_more=wording.describe_eligibility(service.who, language),
        serves=describe_area(service.serves, areas, resolver),
        must_live_in=describe_area(service.must_live_in, areas, resolver),
        places=tuple(describe_places(service, partner, service_reach, resolver)),
        attend=wording.describe_attendance(service, language),
        reach=contact,
        is_open_known="active" == service.status == partner.status and not by_appointment and contact.zone != "?",
        by_appointment=by_appointment,
        own_emails=tuple(email for email in contact.emails if email.link.label.text != partner.email),
        own_websites=tuple(website for website in contact.websites if website.link.address != partner.website),
        subjects=language.join(subjects) if subjects else Message(()),
        start=wording.describe_start(service, language),
        steps=resolver.resolve_vital(service.apply.steps),
        sign_up=service.apply.url,
        not_asked=wording.describe_nonrequirements(service.asks, language),
        asked=wording.describe_requirements(service.asks, language),
        documents=tuple(resolver.resolve(document) for document in service.documents),
        helps=wording.describe_support(service.helps, language),
        no_helps=wording.describe_missing_support(service.helps, language),
        seats=wording.describe_seats(service, language),
        waiting=resolver.resolve(service.seats.waiting) if service.seats else NOTHING,
    )
