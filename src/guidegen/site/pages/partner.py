"""A partner's profile: what, cost, who, where, when, language, how to start, phone; then the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from guidegen.model import reach, urls, wording
from guidegen.model.areas import named_areas
from guidegen.model.guide import Guide
from guidegen.model.location import Phone
from guidegen.model.opening_hours import has_events
from guidegen.model.page import Page, View
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.model.settings import Area, GuideContact
from guidegen.model.translatable import TranslatableText
from guidegen.site.components.interpreter_card import (
    InterpreterCard,
    InterpreterCardText,
    interpreter_card_text,
    interpreter_cards,
)
from guidegen.site.components.json_ld import partner_json_ld
from guidegen.site.components.labels import (
    ServiceTypeLabel,
    ServiceTypeLink,
    crumb,
    home_crumb,
    in_every,
    labels,
    service_type_link,
)
from guidegen.site.components.localized_text import HtmlBlock, ResolvedText, TextResolver
from guidegen.site.components.locations import (
    ExternalLink,
    HoursView,
    Labels,
    PhoneView,
    PlaceView,
    SpokenView,
    hours_views,
    mail_link,
    phone_view,
    place_view,
    site_link,
    spoken_views,
)
from guidegen.site.components.profile_services import ServiceView, names_phrase, service_views
from guidegen.site.components.service_facts import status_notice
from guidegen.site.pages.spotlights import Headline, HeadlineView, headline_view, headlines
from guidegen.text.language import Language, LocalizedString, Message, proper


@dataclass(frozen=True, slots=True)
class PartnerInputs:
    """``notices`` are the warnings of service types by id.

    ``referrals`` are other partners by slug and name; so are ``parent``, to which it belongs, and ``successor``, which took over.
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
"""Where directions lead when guide.yml does not say: the service that follows its users least."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """The directory from which a profile was taken."""

    said: Message
    url: str
    changed: Message
    licence: LocalizedString


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerView(View):
    name: LocalizedString
    also_known_as: Message
    logo: str
    summary: ResolvedText
    status: Message
    part_of: ExternalLink | None
    successor: ExternalLink | None
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
    """One page for each partner in each language."""
    names = {partner.slug: partner.name for partner in guide.listed}
    by_slug = {partner.slug: partner for partner in guide.partners}
    all_labels, featured, desk = labels(guide), _featured(guide), interpreter_card_text(languages[0])
    for partner in guide.partners:
        inputs = _inputs(guide, partner, all_labels, names, featured.get(partner.slug, ()), desk, _successor(partner, by_slug))
        yield from in_every(languages, partial(urls.partner, slug=partner.slug), "partner.html", inputs, view, "partners")


def _inputs(
    guide: Guide,
    partner: Partner,
    all_labels: dict[str, ServiceTypeLabel],
    names: dict[str, str],
    featured_in: tuple[Headline, ...],
    desk: InterpreterCardText,
    successor: Partner | None,
) -> PartnerInputs:
    settings = guide.settings
    main_types = {service.types[0] for service in partner.offered if service.types}
    notices = tuple((kind.id, kind.notice) for kind in guide.service_types if kind.notice and kind.id in main_types)
    referrals = tuple((slug, names[slug]) for slug in partner.partnership.refers.to if slug in names)
    return PartnerInputs(
        settings.languages,
        settings.address,
        settings.contact,
        partner,
        tuple(all_labels[name] for name in partner.types if name in all_labels),
        notices,
        referrals,
        featured_in,
        settings.time_zone,
        settings.maps or DEFAULT_MAPS,
        ((partner.part_of, names[partner.part_of]),) if partner.part_of in names else (),
        tuple(name for name in partner.types if name in all_labels and all_labels[name].is_class),
        tuple(_named(partner, settings.areas)),
        desk,
        ((successor.slug, successor.name),) if successor else (),
    )


def _successor(partner: Partner, by_slug: Mapping[str, Partner]) -> Partner | None:
    """Return who took over from a closed partner: the first one that is open where several closed one after the other."""
    if partner.status != "closed":
        return None
    seen = {partner.slug}
    while partner.status == "closed" and partner.replaced_by in by_slug.keys() - seen:
        partner = by_slug[partner.replaced_by]
        seen.add(partner.slug)
    return partner if partner.status != "closed" else None


def _named(partner: Partner, areas: tuple[Area, ...]) -> Iterator[Area]:
    """Yield the places that the services name, each with its names in other languages."""
    for service in partner.services:
        yield from named_areas(service.serves, areas)
        yield from named_areas(service.must_live_in, areas)


def _featured(guide: Guide) -> dict[str, tuple[Headline, ...]]:
    """The articles about each partner that is in any."""
    naming = {article.slug: article.partners for article in guide.spotlights}
    found: dict[str, tuple[Headline, ...]] = {}
    for one in headlines(guide):
        for slug in dict.fromkeys(naming[one.slug]):
            found[slug] = (*found.get(slug, ()), one)
    return found


def view(inputs: PartnerInputs, language: Language) -> PartnerView:
    partner = inputs.partner
    resolver, checked = TextResolver(language, inputs.order), partner.verified
    labels = Labels(partner.locations, resolver)
    name = proper(partner.name, inputs.order[0])
    plain = resolver.resolve(partner.plain_name)
    summary = resolver.resolve(partner.summary)
    found = {service.key: reach.reach_of(partner, service) for service in partner.services}
    return PartnerView(
        title=plain.words or name,
        description=resolver.resolve_short(partner.says).words.text,
        crumbs=(home_crumb(language), crumb(language, "All organizations, A to Z", urls.partners(language.tag))),
        structured=partner_json_ld(partner, language.tag, inputs.order, inputs.address),
        is_sensitive=is_sensitive(partner, frozenset(label.id for label in inputs.labels if label.is_sensitive)),
        name=name if plain else LocalizedString(""),
        also_known_as=names_phrase(partner.also_known_as, resolver),
        logo=f"static/{partner.logo}" if partner.logo else "",
        summary=summary,
        status=status_notice(partner.status, language),
        part_of=next(_links(inputs.parent, resolver), None),
        successor=next(_links(inputs.successor, resolver), None),
        was=" ".join(partner.was),
        types=tuple(service_type_link(label, resolver) for label in inputs.labels),
        phones=tuple(phone_view(phone, resolver, labels) for phone in partner.phones),
        first_phones=tuple(phone_view(phone, resolver, labels) for phone in _first(partner, tuple(found.values()))),
        email=mail_link(partner.email) if partner.email else None,
        website=site_link(partner.website) if partner.website else None,
        social=tuple(site_link(one) for one in partner.social),
        languages=spoken_views(partner.languages, labels, resolver),
        hours=hours_views(partner.hours, labels, resolver),
        places=tuple(place_view(place, inputs.maps, labels, resolver) for place in partner.locations),
        has_directions=any(place.position or place.address.line1 for place in partner.locations),
        services=tuple(service_views(partner, inputs.labels, inputs.areas, dict(inputs.notices), found, resolver)),
        more=resolver.resolve_markdown(partner.description, "more-"),
        verified=wording.checked_phrase(checked.date if checked else None, checked.how if checked else "", language),
        verified_iso=checked.date.isoformat() if checked else "",
        source=_source(partner, language),
        report=_report(inputs, language),
        referrals=tuple(_links(inputs.referrals, resolver)),
        featured_in=tuple(headline_view(one, resolver) for one in inputs.featured_in),
        slug=partner.slug,
        my_list=urls.my_list(language.tag),
        contact_card=urls.contact_card(partner.slug) if partner.status != "closed" else "",
        calendar=urls.calendar(partner.slug) if inputs.time_zone and has_events(partner, inputs.classes) else "",
        cards=tuple(interpreter_cards(partner, inputs.desk, resolver)),
        share=_share(inputs, language, plain.words or name),
    )


def is_sensitive(partner: Partner, sensitive: frozenset[str]) -> bool:
    """Return whether a page endangers those who are seen reading it. ``sensitive`` are the types that do.

    It does where the first service, or at least half of the services, are mainly of such a type, or where a place is secret:
    docs/decisions has the reasons.
    """
    mains = [service.types[0] for service in partner.offered if service.types]
    exposed = [name for name in mains if name in sensitive]
    return any(place.confidential for place in partner.locations) or bool(
        exposed and (mains[0] in sensitive or 2 * len(exposed) >= len(mains))
    )


def _first(partner: Partner, found: tuple[Reach, ...]) -> tuple[Phone, ...]:
    """Return the numbers below the name: the general ones, or else those that are for all services."""
    general = tuple(phone for phone in partner.phones if not phone.at)
    some = general or reach.facts_shared_by(found).phones
    return tuple(phone for phone in some if phone.kind not in ("fax", "tty"))[: reach.MAX_PHONES]


def _links(partners: tuple[tuple[str, str], ...], resolver: TextResolver) -> Iterator[ExternalLink]:
    """Yield links to the profiles of partners, which are given by slug and name."""
    yield from (
        ExternalLink(proper(name, resolver.order[0]), urls.partner(resolver.language.tag, slug)) for slug, name in partners
    )


def _source(partner: Partner, language: Language) -> SourceView | None:
    if partner.taken_from is None:
        return None
    given = partner.taken_from
    said = language.phrase("From: {dataset}", dataset=LocalizedString(given.dataset))
    changed = language.phrase("changed there on {date}", date=language.date(given.changed)) if given.changed else Message(())
    return SourceView(said, given.url, changed, LocalizedString(given.licence))


def _report(inputs: PartnerInputs, language: Language) -> ExternalLink | None:
    label = language.words(language.say("Tell us about a mistake"))
    if inputs.contact.url:
        return ExternalLink(label, inputs.contact.url)
    return ExternalLink(label, urls.mail_url(inputs.contact.email, inputs.partner.name)) if inputs.contact.email else None


def _share(inputs: PartnerInputs, language: Language, title: LocalizedString) -> tuple[ExternalLink, ...]:
    address = urls.absolute_url(inputs.address, urls.partner(language.tag, inputs.partner.slug))
    phone = next((one.number for one in inputs.partner.phones if one.takes_calls and not one.at), "")
    whatsapp, sms = urls.share_url("\n".join(part for part in (title.text, phone, address) if part))
    return (
        ExternalLink(LocalizedString("WhatsApp"), whatsapp),
        ExternalLink(language.words(language.say("Text message")), sms),
    )
