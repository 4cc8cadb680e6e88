"""Referral sheets: for each partner, whom staff call, how, in which language, and what the learner needs; for staff alone.

Each service has a message that staff can send to a learner, in every language of the guide. Nothing about a learner is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from guidegen.content.fields.partner_fields import WAYS_TO_REFER
from guidegen.model import reach, urls
from guidegen.model.guide import Guide
from guidegen.model.location import Phone
from guidegen.model.network import Network
from guidegen.model.partner import Partner
from guidegen.model.sensitivity import is_sensitive
from guidegen.model.service import Service
from guidegen.model.wording import ROLE_NAMES
from guidegen.records import dataclass
from guidegen.site.exports.hsds.services import describe_fees
from guidegen.text import cldr
from guidegen.text.language import Language

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
"""Unicode Bidirectional Algorithm, section 2.4: around a phone number in a message that runs from right to left."""


@dataclass(frozen=True, slots=True)
class HandoffMessage:
    """A message to a learner in a language, as text and as addresses that open it as a text message or an e-mail."""

    language: str
    tag: str
    direction: str
    text: str
    sms: str
    mail: str


@dataclass(frozen=True, slots=True)
class SheetService:
    """A service on a sheet. ``needs`` are the roles of the learners it is for; all texts are in the guide's first language.

    ``status`` and ``alert`` say that it is paused or that something is special now. A sensitive service has no messages: somebody
    else may read the learner's phone.
    """

    name: str
    status: str
    alert: str
    needs: tuple[str, ...]
    phones: tuple[str, ...]
    languages: tuple[str, ...]
    cost: str
    documents: tuple[str, ...]
    steps: str
    is_sensitive: bool
    messages: tuple[HandoffMessage, ...]


@dataclass(frozen=True, slots=True)
class ReferralSheet:
    """The facts that staff need to refer a learner to a partner.

    ``person`` is the point person, who is never published. ``senders`` are the partners that refer to this one, and ``receivers``
    those that it refers to; ``reply_days`` is None if the profile does not say it.
    """

    slug: str
    name: str
    person: str
    contact: str
    how: str
    reply_days: int | None
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    services: tuple[SheetService, ...]

    @property
    def is_complete(self) -> bool:
        """True if the profile says how to refer to the partner and whom to call."""
        return bool((self.person or self.contact) and self.how)

    @property
    def needs(self) -> tuple[str, ...]:
        """The needs of the learners that the services are for."""
        return tuple(dict.fromkeys(need for service in self.services for need in service.needs))


def build_sheets(guide: Guide, network: Network, languages: Sequence[Language]) -> tuple[ReferralSheet, ...]:
    """Return a sheet for each active partner that offers a service, by name."""
    partners = (partner for partner in guide.listed if partner.offered and partner.status == "active")
    return tuple(_build_sheet(partner, guide, network, languages) for partner in sorted(partners, key=_sort_key))


def _sort_key(partner: Partner) -> tuple[str, str]:
    return partner.name.casefold(), partner.slug


def _build_sheet(partner: Partner, guide: Guide, network: Network, languages: Sequence[Language]) -> ReferralSheet:
    person, refers = partner.partnership.point_person, partner.partnership.refers
    known = (person.name, person.title, person.phone, person.email) if person else ()
    return ReferralSheet(
        partner.slug,
        partner.name,
        ", ".join(filter(None, known)),
        refers.contact,
        WAYS_TO_REFER.get(refers.how, ""),
        refers.replies_in_days,
        tuple(network.names[path.sender] for path in network.referrals if path.receiver == partner.slug),
        tuple(network.names[path.receiver] for path in network.referrals if path.sender == partner.slug),
        tuple(_build_service(partner, service, guide, languages) for service in partner.offered),
    )


def _build_service(partner: Partner, service: Service, guide: Guide, languages: Sequence[Language]) -> SheetService:
    found = reach.find_reach(partner, service)
    names = {place.key: place.name.source or place.address.town for place in partner.locations}
    must_hide = is_sensitive(partner, guide.sensitive_types) or not guide.sensitive_types.isdisjoint(service.types)
    is_offered = service.status == "active" and not must_hide
    phones = [phone for phone in found.phones if phone.takes_calls and not phone.at] if is_offered else []
    return SheetService(
        service.name.source,
        "" if service.status == "active" else service.status,
        service.alert.text.source if service.alert else "",
        tuple(ROLE_NAMES[role] for role in service.roles),
        tuple(_describe_phone(phone, names) for phone in found.phones),
        tuple(dict.fromkeys(cldr.name_in(spoken.code, "en") for spoken in found.languages)),
        "; ".join(describe_fees(service.cost)),
        tuple(document.source for document in service.documents),
        service.apply.steps.source,
        must_hide,
        tuple(_write_messages(partner, service, phones, guide, languages)),
    )


def _write_messages(
    partner: Partner, service: Service, phones: Sequence[Phone], guide: Guide, languages: Sequence[Language]
) -> Iterator[HandoffMessage]:
    """Yield the message in each language of the guide, with the first number; none if there is no number to call.

    A number of one office alone is not in a message: it may be that of another office than the learner's.
    """
    for language in languages if phones else ():
        page = urls.absolute_url(guide.settings.address, urls.partner(language.tag, partner.slug))
        text = language.phrase(
            "{organization} can help you: {service}. Phone: {phone}. Say that we sent you. This page says more: {address}",
            organization=_isolate(partner.name),
            service=_isolate(service.name.resolve(language.tag, guide.settings.languages).text.text),
            phone=_format_phone(phones[0], language),
            address=page,
        ).text
        body = quote(text, safe="")
        name = cldr.name_in(language.tag, "en")
        subject = quote(partner.name, safe="")
        mail = f"mailto:?subject={subject}&body={body}"
        yield HandoffMessage(name, language.tag, language.direction, text, f"sms:?&body={body}", mail)


def _describe_phone(phone: Phone, names: Mapping[str, str]) -> str:
    """Return a number with its kind, its languages and its places, for staff."""
    number = f"{phone.number} ext. {phone.extension}" if phone.extension else phone.number
    about = [
        phone.kind if phone.kind not in ("", "voice") else "",
        ", ".join(cldr.name_in(tag, "en") for tag in phone.languages),
        ", ".join(names.get(key, key) for key in phone.at),
    ]
    shown = "; ".join(filter(None, about))
    return f"{number} ({shown})" if shown else number


def _format_phone(phone: Phone, language: Language) -> str:
    extension = language.phrase("extension {number}", number=_isolate(phone.extension)).text if phone.extension else ""
    return f"{_isolate(phone.number)} {extension}".strip()


def _isolate(text: str) -> str:
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
