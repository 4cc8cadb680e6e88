"""A partner's profile, in the order people ask: what, cost, who, where, when, language, how to start, phone, the rest."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TypedDict

from guidegen.model import reach, urls, wording
from guidegen.model.areas import build_named_areas
from guidegen.model.guide import Guide
from guidegen.model.opening_hours import has_events
from guidegen.model.page import Page, View
from guidegen.model.partner import Partner
from guidegen.model.sensitivity import is_sensitive
from guidegen.model.settings import Area, GuideContact
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.site.components.glance import Glance, build_glance
from guidegen.site.components.headlines import Headline, HeadlineView, build_headline, build_headline_view
from guidegen.site.components.interpreter_card import (
    InterpreterCard,
    InterpreterCardText,
    build_interpreter_cards,
    read_interpreter_card_text,
)
from guidegen.site.components.json_ld import build_partner_json_ld
from guidegen.site.components.labels import (
    ServiceTypeLabel,
    ServiceTypeLink,
    build_crumb,
    build_home_crumb,
    build_labels,
    build_service_type_link,
    plan_in_languages,
)
from guidegen.site.components.localized_text import HtmlBlock, ResolvedText, TextResolver
from guidegen.site.components.locations import (
    ExternalLink,
    HoursView,
    PhoneView,
    PlaceView,
    SpokenView,
)
from guidegen.site.components.profile_contact import build_contact_fields
from guidegen.site.components.profile_services import ServiceView, build_service_views, join_names
from guidegen.site.components.service_facts import describe_status
from guidegen.text.language import Language, LocalizedString, Message, proper_name


@dataclass(frozen=True, slots=True)
class PartnerInputs:
    """The inputs of a profile.

    ``notices`` are the warnings of service types, by id. ``referrals``, ``parent`` and ``successor`` are pairs of a partner's
    slug and name; ``parent`` and ``successor`` have at most one.
    """

    order: tuple[str, ...]
    address: str
    contact: GuideContact
    partner: Partner
    labels: tuple[ServiceTypeLabel, ...]
    notices: tuple[tuple[str, TranslatableText], ...]
    referrals: tuple[tuple[str, str], ...]
    featured_in: tuple[Headline, ...]
    time_zone: str
    maps: tuple[str, ...]
    parent: tuple[tuple[str, str], ...]
    classes: tuple[str, ...]
    areas: tuple[Area, ...]
    desk: InterpreterCardText
    successor: tuple[tuple[str, str], ...]


DEFAULT_MAPS = ("openstreetmap",)
"""The default map service for directions: the one that tracks its users least."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """The directory that a profile was taken from."""

    said: Message
    url: str
    changed: Message
    licence: LocalizedString


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerView(View):
    """The view of a profile. ``name`` is empty if the title is the partner's own name."""

    name: LocalizedString
    also_known_as: Message
    logo: str
    summary: ResolvedText
    status: Message
    is_closed: bool
    part_of: ExternalLink | None
    successor: ExternalLink | None
    glance: Glance
    was: str
    types: tuple[ServiceTypeLink, ...]
    phones: tuple[PhoneView, ...]
    first_phones: tuple[PhoneView, ...]
    email: ExternalLink | None
    website: ExternalLink | None
    social: tuple[ExternalLink, ...]
    languages: tuple[SpokenView, ...]
    hours: tuple[HoursView, ...]
    places: tuple[PlaceView, ...]
    has_directions: bool
    services: tuple[ServiceView, ...]
    more: HtmlBlock
    verified: Message
    verified_iso: str
    source: SourceView | None
    report: ExternalLink | None
    referrals: tuple[ExternalLink, ...]
    featured_in: tuple[HeadlineView, ...]
    slug: str
    my_list: str
    contact_card: str
    calendar: str
    cards: tuple[InterpreterCard, ...]
    share: tuple[ExternalLink, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the profile of each partner in every language."""
    name_by_slug = {partner.slug: partner.name for partner in guide.listed}
    partner_by_slug = {partner.slug: partner for partner in guide.partners}
    all_labels, articles, desk_text = build_labels(guide), _find_articles(guide), read_interpreter_card_text(languages[0])
    for partner in guide.partners:
        featured_in, successor = articles.get(partner.slug, ()), _find_successor(partner, partner_by_slug)
        inputs = _build_inputs(guide, partner, all_labels, name_by_slug, featured_in, desk_text, successor)
        yield from plan_in_languages(
            languages, partial(urls.partner, slug=partner.slug), "partner.html", inputs, view, "partners"
        )


def _build_inputs(
    guide: Guide,
    partner: Partner,
    all_labels: dict[str, ServiceTypeLabel],
    name_by_slug: dict[str, str],
    featured_in: tuple[Headline, ...],
    desk_text: InterpreterCardText,
    successor: Partner | None,
) -> PartnerInputs:
    settings = guide.settings
    main_types = {service.types[0] for service in partner.offered if service.types}
    partner_labels = tuple(all_labels[type_id] for type_id in partner.types if type_id in all_labels)
    return PartnerInputs(
        settings.languages,
        settings.address,
        settings.contact,
        partner,
        partner_labels,
        tuple((kind.id, kind.notice) for kind in guide.service_types if kind.notice and kind.id in main_types),
        tuple((slug, name_by_slug[slug]) for slug in partner.partnership.refers.to if slug in name_by_slug),
        featured_in,
        settings.time_zone,
        settings.maps or DEFAULT_MAPS,
        ((partner.part_of, name_by_slug[partner.part_of]),) if partner.part_of in name_by_slug else (),
        tuple(label.id for label in partner_labels if label.is_class),
        tuple(_find_named_areas(partner, settings.areas)),
        desk_text,
        ((successor.slug, successor.name),) if successor else (),
    )


def _find_successor(partner: Partner, partner_by_slug: Mapping[str, Partner]) -> Partner | None:
    """Return the partner that took over from a closed one: the first in the chain of replacements that is not closed."""
    if partner.status != "closed":
        return None
    seen = {partner.slug}
    while partner.status == "closed" and partner.replaced_by in partner_by_slug.keys() - seen:
        partner = partner_by_slug[partner.replaced_by]
        seen.add(partner.slug)
    return partner if partner.status != "closed" else None


def _find_named_areas(partner: Partner, areas: tuple[Area, ...]) -> Iterator[Area]:
    """Yield the places that the services name, each with its translated names."""
    for service in partner.services:
        yield from build_named_areas(service.serves, areas)
        yield from build_named_areas(service.must_live_in, areas)


def _find_articles(guide: Guide) -> dict[str, tuple[Headline, ...]]:
    """Return the articles that feature each partner, by slug."""
    articles: dict[str, tuple[Headline, ...]] = {}
    for article in guide.spotlights:
        for slug in dict.fromkeys(article.partners):
            articles[slug] = (*articles.get(slug, ()), build_headline(article))
    return articles


def view(inputs: PartnerInputs, language: Language) -> PartnerView:
    """Return the view of a profile."""
    partner, verified = inputs.partner, inputs.partner.verified
    resolver = TextResolver(language, inputs.order)
    own_name = proper_name(partner.name, inputs.order[0])
    plain_name = resolver.resolve(partner.plain_name)
    reaches = {service.key: reach.find_reach(partner, service) for service in partner.services}
    contact = build_contact_fields(partner, tuple(reaches.values()), inputs.maps, resolver)
    return PartnerView(
        title=plain_name.words or own_name,
        description=resolver.resolve_short(partner.short_description).words.text,
        breadcrumbs=(build_home_crumb(language), build_crumb(language, "All organizations, A to Z", urls.partners(language.tag))),
        json_ld=build_partner_json_ld(partner, language.tag, inputs.order, inputs.address),
        is_sensitive=is_sensitive(partner, frozenset(label.id for label in inputs.labels if label.is_sensitive)),
        name=own_name if plain_name else LocalizedString(""),
        also_known_as=join_names(partner.also_known_as, resolver),
        logo=f"static/{partner.logo}" if partner.logo else "",
        summary=resolver.resolve_vital(partner.summary),
        status=describe_status(partner.status, language),
        is_closed=partner.status == "closed",
        part_of=next(_build_links(inputs.parent, resolver), None),
        successor=next(_build_links(inputs.successor, resolver), None),
        was=" ".join(partner.was),
        types=tuple(build_service_type_link(label, resolver) for label in inputs.labels),
        services=tuple(build_service_views(partner, inputs.labels, inputs.areas, dict(inputs.notices), reaches, resolver)),
        more=resolver.resolve_markdown(partner.description, "more-"),
        verified=wording.describe_check(verified.date if verified else None, verified.how if verified else "", language),
        verified_iso=verified.date.isoformat() if verified else "",
        source=_build_source(partner, language),
        referrals=tuple(_build_links(inputs.referrals, resolver)),
        featured_in=tuple(build_headline_view(headline, resolver) for headline in inputs.featured_in),
        slug=partner.slug,
        glance=build_glance(partner, contact["places"], resolver),
        **contact,
        **_build_action_fields(inputs, plain_name.words or own_name, resolver),
    )


class _ActionFields(TypedDict):
    """The fields of the view for what a reader can do with the profile."""

    report: ExternalLink | None
    my_list: str
    contact_card: str
    calendar: str
    cards: tuple[InterpreterCard, ...]
    share: tuple[ExternalLink, ...]


def _build_action_fields(inputs: PartnerInputs, title: LocalizedString, resolver: TextResolver) -> _ActionFields:
    partner, language = inputs.partner, resolver.language
    return {
        "report": _build_report_link(inputs, language),
        "my_list": urls.my_list(language.tag),
        "contact_card": urls.contact_card(partner.slug) if partner.status != "closed" else "",
        "calendar": urls.calendar(partner.slug) if inputs.time_zone and has_events(partner, inputs.classes) else "",
        "cards": tuple(build_interpreter_cards(partner, inputs.desk, resolver)),
        "share": _build_share_links(inputs, language, title),
    }


def _build_links(partners: tuple[tuple[str, str], ...], resolver: TextResolver) -> Iterator[ExternalLink]:
    """Yield links to the profiles of partners, given as pairs of slug and name."""
    yield from (
        ExternalLink(proper_name(name, resolver.order[0]), urls.partner(resolver.language.tag, slug)) for slug, name in partners
    )


def _build_source(partner: Partner, language: Language) -> SourceView | None:
    source = partner.taken_from
    if source is None:
        return None
    origin = language.phrase("From: {dataset}", dataset=LocalizedString(source.dataset))
    changed = language.phrase("changed there on {date}", date=language.date(source.changed)) if source.changed else Message(())
    return SourceView(origin, source.url, changed, LocalizedString(source.licence))


def _build_report_link(inputs: PartnerInputs, language: Language) -> ExternalLink | None:
    label = language.localize(language.say("Tell us about a mistake"))
    if inputs.contact.url:
        return ExternalLink(label, inputs.contact.url)
    return ExternalLink(label, urls.mail_url(inputs.contact.email, inputs.partner.name)) if inputs.contact.email else None


def _build_share_links(inputs: PartnerInputs, language: Language, title: LocalizedString) -> tuple[ExternalLink, ...]:
    address = urls.absolute_url(inputs.address, urls.partner(language.tag, inputs.partner.slug))
    phone = next((phone.number for phone in inputs.partner.phones if phone.takes_calls and not phone.at), "")
    whatsapp, sms = urls.build_share_urls("\n".join(part for part in (title.text, phone, address) if part))
    return (
        ExternalLink(LocalizedString("WhatsApp"), whatsapp),
        ExternalLink(language.localize(language.say("Text message")), sms),
    )
