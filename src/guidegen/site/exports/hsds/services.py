"""Services of HSDS, with how each is reached: by ``reach``, as on every page of the guide."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from guidegen.content.fields.service_fields import SERVICE
from guidegen.model import reach, urls
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.reach import Reach
from guidegen.model.service import Cost, Service
from guidegen.model.service_type import ServiceType
from guidegen.model.wording import GROUP_NAMES, is_free
from guidegen.site.exports.hsds.common import (
    Ids,
    Record,
    build_languages,
    build_phones,
    complete,
    describe_interpreters,
    describe_profile,
    drop_unknown,
    to_uri,
)
from guidegen.site.exports.hsds.organizations import build_location, describe_partner
from guidegen.site.exports.hsds.schedules import build_schedules
from guidegen.text.language import Language

TAXONOMY = "guidegen"
_STATUSES = {"active": "active", "draft": "inactive", "paused": "temporarily closed", "closed": "defunct"}


def build_service(service: Service, partner: Partner, guide: Guide, ids: Ids, language: Language) -> Record:
    """Return a service with everything that belongs to it, its organization and its locations included."""
    path, region = (partner.first_slug, "services", service.key), guide.settings.region
    found = reach.find_reach(partner, service)
    everywhere = replace(
        found,
        phones=tuple(phone for phone in found.phones if not phone.at),
        hours=tuple(entry for entry in found.hours if not entry.at),
    )
    organization = drop_unknown(
        {
            "id": ids.make(partner.first_slug),
            "name": partner.name,
            "description": describe_partner(partner),
            "website": to_uri(partner.website),
            "email": partner.email,
        }
    )
    youngest, oldest = service.who.ages or (None, None)
    status = service.status if partner.status == "active" else partner.status
    page = urls.absolute_url(guide.settings.address, urls.partner(language.tag, partner.slug)) + f"#s-{service.key}"
    record = drop_unknown(
        {
            "id": ids.make(*path),
            "organization_id": organization["id"],
            "name": service.name.source,
            "alternate_name": ", ".join(service.also_known_as),
            "description": "\n\n".join(text.source.strip() for text in (service.summary, service.description) if text),
            "url": to_uri(service.website or page),
            "email": service.email,
            "status": _STATUSES[status],
            "interpretation_services": describe_interpreters(found.languages),
            "application_process": "\n".join(filter(None, (service.apply.steps.source, service.apply.url))),
            "fees_description": "; ".join(describe_fees(service.cost)),
            "wait_time": service.seats.waiting.source if service.seats else "",
            "eligibility_description": ". ".join(_describe_eligibility(service)),
            "minimum_age": youngest,
            "maximum_age": oldest,
            "assured_date": partner.verified.date.isoformat() if partner.verified else None,
            "alert": _describe_alert(service),
            "phones": build_phones(everywhere.phones, ids, path, region),
            "schedules": build_schedules(everywhere.hours, ids, path, language),
            "service_areas": [*_build_areas(service, ids, path)],
            "service_at_locations": [*_build_places(service, partner, found, ids, language, region)],
            "languages": build_languages(found.languages, ids, path),
            "organization": organization,
            "cost_options": [*_build_costs(service.cost, ids, path)],
            "program": {"id": ids.make(*path, "program"), "name": service.program, "description": service.program}
            if service.program
            else None,
            "required_documents": [
                {"id": ids.make(*path, "documents", str(number)), "document": document.source}
                for number, document in enumerate(service.documents)
            ],
            "capacities": [*_build_capacities(service, ids, path)],
            "attributes": [*_build_attributes(service, guide.service_types, ids, path, language)],
        }
    )
    return complete(record, describe_profile(service, SERVICE))


def _describe_alert(service: Service) -> str:
    """Return the notice with its last day: who reads it later must see that it is over."""
    alert = service.alert
    return "" if not alert else f"{alert.text.source} (until {alert.until.isoformat()})" if alert.until else alert.text.source


def describe_fees(costs: Iterable[Cost]) -> Iterator[str]:
    for cost in costs:
        price = "Free" if is_free(cost) else f"{cost.currency} {cost.amount}".strip() if cost.amount is not None else ""
        words = [cost.for_.source, price, "depends on income" if cost.sliding else "", cost.note.source]
        yield ", ".join(filter(None, words))


def _describe_eligibility(service: Service) -> Iterator[str]:
    if service.who.text:
        yield service.who.text.source.rstrip(".")
    if service.who.groups:
        yield "Especially for: " + ", ".join(GROUP_NAMES[name] for name in service.who.groups)
    if service.must_live_in.names or service.must_live_in.postal_codes:
        yield "Must live in: " + ", ".join((*service.must_live_in.names, *service.must_live_in.postal_codes))
    if service.who.income:
        yield f"Income up to {service.who.income.at_most}% of the {service.who.income.percent_of.replace('-', ' ')}"


def _build_areas(service: Service, ids: Ids, path: tuple[str, ...]) -> Iterator[Record]:
    for name in (*service.serves.names, *service.serves.postal_codes):
        yield {"id": ids.make(*path, "areas", name), "name": name}


def _build_places(
    service: Service, partner: Partner, found: Reach, ids: Ids, language: Language, region: str
) -> Iterator[Record]:
    """Yield the locations of a service, each with the phones and hours that hold only there."""
    for location in found.locations if found.has_known_location else ():
        path = (partner.first_slug, "services", service.key, "at", location.key)
        phones = () if location.confidential else tuple(phone for phone in found.phones if location.key in phone.at)
        hours = () if location.confidential else tuple(entry for entry in found.hours if location.key in entry.at)
        yield drop_unknown(
            {
                "id": ids.make(*path),
                "location_id": ids.make(partner.first_slug, "locations", location.key),
                "phones": build_phones(phones, ids, path, region),
                "schedules": build_schedules(hours, ids, path, language),
                "location": build_location(location, partner, ids, language, region),
            }
        )


def _build_costs(costs: tuple[Cost, ...], ids: Ids, path: tuple[str, ...]) -> Iterator[Record]:
    for number, cost in enumerate(costs):
        amount = 0 if is_free(cost) else cost.amount
        yield drop_unknown(
            {
                "id": ids.make(*path, "costs", str(number)),
                "option": cost.for_.source,
                "currency": cost.currency,
                "amount": None if amount is None else float(amount),
                "amount_description": ", ".join(
                    filter(None, ("depends on income" if cost.sliding else "", cost.note.source, "free" if is_free(cost) else ""))
                ),
            }
        )


def _build_capacities(service: Service, ids: Ids, path: tuple[str, ...]) -> Iterator[Record]:
    seats = service.seats
    if seats and seats.open is not None and seats.updated:
        yield drop_unknown(
            {
                "id": ids.make(*path, "capacity"),
                "unit": {"id": ids.make("units", "places"), "name": "places"},
                "available": seats.open,
                "maximum": seats.of,
                "description": seats.waiting.source,
                "updated": f"{seats.updated.isoformat()}T00:00:00Z",
            }
        )


def _build_attributes(
    service: Service, types: Iterable[ServiceType], ids: Ids, path: tuple[str, ...], language: Language
) -> Iterator[Record]:
    """Yield the kinds of help of a service, as terms of the guide's own taxonomy."""
    by_id = {service_type.id: service_type for service_type in types}
    for type_id in service.types:
        if type_id in by_id:
            yield {
                "id": ids.make(*path, "types", type_id),
                "link_id": ids.make(*path),
                "link_entity": "service",
                "value": type_id,
                "taxonomy_term": build_term(by_id[type_id], ids, language),
            }


def build_term(service_type: ServiceType, ids: Ids, language: Language) -> Record:
    """Return a kind of help as a term of a taxonomy."""
    return {
        "id": ids.make("types", service_type.id),
        "code": service_type.id,
        "name": service_type.name.source,
        "description": (service_type.summary or service_type.name).source,
        "taxonomy": TAXONOMY,
        "taxonomy_id": ids.make("taxonomy"),
        "language": language.tag,
    }
