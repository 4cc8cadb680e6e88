"""A partner's profile: what, cost, who, where, when, language, how to start, phone; then the rest."""

from collections.abc import Iterator, Mapping
from functools import partial

from guidegen import urls, wording
from guidegen.hours import HoursLine, hours_lines
from guidegen.languages import Language, Phrase, Words, proper
from guidegen.model import NO_TEXT, Contact, Guide, Partner, Service, Text
from guidegen.opening import has_classes
from guidegen.outputs import Page, View
from guidegen.pages.cards import AlertView, PhoneView, alert_view, phone_view, status_notice
from guidegen.pages.desk import DeskCard, DeskWords, desk_cards, desk_words
from guidegen.pages.labels import Label, LabelView, crumb, home_crumb, in_every, label_view, labels
from guidegen.pages.places import PlaceView, place_view, where
from guidegen.pages.shown import NOTHING, Passage, Prose, Teller
from guidegen.pages.spotlights import Headline, HeadlineView, headline_view, headlines
from guidegen.record import record
from guidegen.structured_data import partner_json_ld


@record
class PartnerInputs:
    """``notices`` are the warnings of service types by id, ``referrals`` other partners by slug and name.

    ``successor`` is the one that took over, if any, as a referral.
    """

    order: tuple[str, ...]
    address: str
    contact: Contact
    partner: Partner
    labels: tuple[Label, ...]
    notices: tuple[tuple[str, Text], ...]
    referrals: tuple[tuple[str, str], ...]
    featured_in: tuple[Headline, ...]
    time_zone: str
    desk: DeskWords
    successor: tuple[tuple[str, str], ...]


@record
class HoursView:
    line: HoursLine
    note: Passage


@record
class ServiceView:
    """One service; every field that is empty is not known and not shown."""

    id: str
    name: Passage
    types: tuple[LabelView, ...]
    warning: Passage
    summary: Passage
    description: Prose
    alert: AlertView | None
    cost: Phrase
    cost_note: Passage
    who: Passage
    who_more: tuple[Phrase, ...]
    area: Phrase
    places: tuple[Phrase, ...]
    attend: Phrase
    hours: tuple[HoursView, ...]
    start: tuple[str, ...]
    steps: Passage
    sign_up: str
    not_asked: tuple[str, ...]
    asked: tuple[str, ...]
    documents: tuple[Passage, ...]
    helps: tuple[str, ...]
    no_helps: tuple[str, ...]
    seats: Phrase
    waiting: Passage


@record
class SpokenView:
    text: Phrase
    note: Passage


@record
class Link:
    label: Words
    address: str


@record(kw_only=True)
class PartnerView(View):
    name: Words
    also_known_as: Phrase
    logo: str
    summary: Passage
    status: str
    successor: Link | None
    was: str
    types: tuple[LabelView, ...]
    phones: tuple[PhoneView, ...]
    first_phones: tuple[PhoneView, ...]
    email: Link | None
    website: Link | None
    social: tuple[Link, ...]
    languages: tuple[SpokenView, ...]
    spoken: Phrase
    call: PhoneView | None
    places: tuple[PlaceView, ...]
    services: tuple[ServiceView, ...]
    more: Prose
    verified: Phrase
    verified_iso: str
    report: Link | None
    referrals: tuple[Link, ...]
    featured_in: tuple[HeadlineView, ...]
    slug: str
    my_list: str
    contact_card: str
    calendar: str
    cards: tuple[DeskCard, ...]
    share: tuple[Link, ...]
    notices: tuple[Phrase, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """One page for each partner in each language."""
    names = {partner.slug: partner.name for partner in guide.listed}
    by_slug = {partner.slug: partner for partner in guide.partners}
    all_labels, featured, desk = labels(guide), _featured(guide), desk_words(languages[0])
    for partner in guide.partners:
        inputs = _inputs(guide, partner, all_labels, names, featured.get(partner.slug, ()), desk, _successor(partner, by_slug))
        yield from in_every(languages, partial(urls.partner, slug=partner.slug), "partner.html", inputs, view, "partners")


def _inputs(
    guide: Guide,
    partner: Partner,
    all_labels: dict[str, Label],
    names: dict[str, str],
    featured_in: tuple[Headline, ...],
    desk: DeskWords,
    successor: Partner | None,
) -> PartnerInputs:
    settings = guide.settings
    main_types = {service.types[0] for service in partner.services if service.types}
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
    teller, checked = Teller(language, inputs.order), partner.verified
    name = proper(partner.name, inputs.order[0])
    plain = teller.passage(partner.plain_name)
    summary = teller.passage(partner.summary)
    phones = tuple(phone_view(phone, teller) for phone in partner.phones)
    voices = [shown for shown, phone in zip(phones, partner.phones, strict=True) if phone.takes_calls]
    return PartnerView(
        title=plain.words or name,
        description=summary.words.text,
        crumbs=(home_crumb(language), crumb(language, "All organizations, A to Z", urls.partners(language.tag))),
        structured=partner_json_ld(partner, language.tag, inputs.order, inputs.address),
        is_sensitive=any(label.is_sensitive for label in inputs.labels),
        name=name if plain else Words(""),
        also_known_as=_names(partner.also_known_as, inputs.order[0], language),
        logo=f"static/{partner.logo}" if partner.logo else "",
        summary=summary,
        status=status_notice(partner.status, language),
        successor=next((Link(proper(n, inputs.order[0]), urls.partner(language.tag, s)) for s, n in inputs.successor), None),
        was=" ".join(partner.was),
        types=tuple(label_view(label, teller) for label in inputs.labels),
        phones=phones,
        first_phones=tuple(
            shown
            for shown, phone in zip(phones, partner.phones, strict=True)
            if phone.takes_calls or phone.kind in ("text", "whatsapp")
        )[:2],
        call=next(iter(voices or phones), None),
        spoken=wording.languages_phrase(partner.languages, language),
        email=Link(Words(partner.email), urls.mail(partner.email)) if partner.email else None,
        website=Link(Words(_shown_address(partner.website)), partner.website) if partner.website else None,
        social=tuple(Link(Words(_shown_address(one)), one) for one in partner.social),
        languages=tuple(
            SpokenView(wording.language_phrase(one, language), teller.passage(one.note)) for one in partner.languages
        ),
        places=tuple(place_view(place, teller) for place in partner.locations),
        services=tuple(_services(inputs, teller)),
        more=teller.prose(partner.description, "more-"),
        verified=wording.checked_phrase(checked.date if checked else None, checked.how if checked else "", language),
        verified_iso=checked.date.isoformat() if checked else "",
        report=_report(inputs, language),
        referrals=tuple(Link(proper(n, inputs.order[0]), urls.partner(language.tag, s)) for s, n in inputs.referrals),
        featured_in=tuple(headline_view(one, teller) for one in inputs.featured_in),
        slug=partner.slug,
        my_list=urls.my_list(language.tag),
        contact_card=urls.contact_card(partner.slug) if partner.status != "closed" else "",
        calendar=urls.calendar(partner.slug) if inputs.time_zone and has_classes(partner) else "",
        cards=tuple(desk_cards(partner, inputs.desk, teller)),
        share=_share(inputs, language, plain.words or name),
        notices=teller.notices(),  # last: of all that was told above
    )


def _names(names: tuple[str, ...], source: str, language: Language) -> Phrase:
    return language.join([proper(name, source) for name in names]) if names else Phrase(())


def _shown_address(address: str) -> str:
    """A web address without what nobody says aloud."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _services(inputs: PartnerInputs, teller: Teller) -> Iterator[ServiceView]:
    """The services, the first of each main type with the warning of that type."""
    warnings = dict(inputs.notices)
    for service in inputs.partner.services:
        yield _service(service, warnings.pop(service.types[0], NO_TEXT), inputs, teller)


def _service(service: Service, warning: Text, inputs: PartnerInputs, teller: Teller) -> ServiceView:
    language = teller.language
    by_id = {label.id: label for label in inputs.labels}
    return ServiceView(
        id=service.key,
        name=teller.passage(service.name),
        types=tuple(label_view(by_id[name], teller) for name in service.types if name in by_id),
        warning=teller.passage(warning),
        summary=teller.passage(service.summary),
        description=teller.prose(service.description, f"s-{service.key}.", level=4),
        alert=alert_view(service.alert, teller),
        cost=wording.cost_phrase(service.cost, language),
        cost_note=teller.passage(service.cost.note) if service.cost else NOTHING,
        who=teller.passage(service.who.text),
        who_more=wording.who_phrases(service.who, language),
        area=_area(service, inputs.order[0], language),
        places=tuple(where(service, inputs.partner, teller)),
        attend=wording.attendance(service, language),
        hours=tuple(HoursView(line, teller.passage(line.note)) for line in hours_lines(service.hours, language)),
        start=wording.how_to_start(service, language),
        steps=teller.passage(service.apply.steps),
        sign_up=service.apply.url,
        not_asked=wording.not_asked_for(service.asks, language),
        asked=wording.asked_for(service.asks, language),
        documents=tuple(teller.passage(document) for document in service.documents),
        helps=wording.help_with(service.helps, language),
        no_helps=wording.no_help_with(service.helps, language),
        seats=wording.seats_phrase(service, language),
        waiting=teller.passage(service.seats.waiting) if service.seats else NOTHING,
    )


def _area(service: Service, source: str, language: Language) -> Phrase:
    named = [proper(name, source) for name in service.area.names]
    codes = [Words(code) for code in service.area.postal_codes]
    if named and codes:
        return language.phrase("{places}, postal codes {codes}", places=language.join(named), codes=language.join(codes))
    return language.join(named or codes) if named or codes else Phrase(())


def _report(inputs: PartnerInputs, language: Language) -> Link | None:
    label = language.words(language.say("Tell us about a mistake"))
    if inputs.contact.url:
        return Link(label, inputs.contact.url)
    return Link(label, urls.mail(inputs.contact.email, inputs.partner.name)) if inputs.contact.email else None


def _share(inputs: PartnerInputs, language: Language, title: Words) -> tuple[Link, ...]:
    address = urls.absolute(inputs.address, urls.partner(language.tag, inputs.partner.slug))
    phone = next((one.number for one in inputs.partner.phones if one.takes_calls), "")
    whatsapp, sms = urls.shared("\n".join(part for part in (title.text, phone, address) if part))
    return (
        Link(Words("WhatsApp"), whatsapp),
        Link(language.words(language.say("Text message")), sms),
    )
