"""The names of tables and fields in all versions of HSDS (1.1 to 3.1) and in Ohana CSV files, as the fields of an import."""

from collections.abc import Mapping

CORE_KINDS = ("organization", "location", "service", "service_at_location", "program", "taxonomy_term")
"""Kinds of records that others refer to by id."""
_KINDS: Mapping[str, str] = {
    "organization": "organizations",
    "location": "locations",
    "service": "services",
    "service_at_location": "service_at_locations services_at_location services_at_locations",
    "program": "programs",
    "taxonomy_term": "taxonomy_terms taxonomies_terms",
    "taxonomy": "taxonomies",
    "phone": "phones",
    "address": "addresses addresss physical_address physical_addresses",
    "mailing": "postal_address postal_addresses mail_address mail_addresses",
    "schedule": "schedules regular_schedule regular_schedules",
    "holiday_schedule": "holiday_schedules",
    "language": "languages",
    "accessibility": "accessibilities accessibilitys accessibility_for_disabilities",
    "cost_option": "cost_options",
    "required_document": "required_documents",
    "service_area": "service_areas",
    "eligibility": "eligibilities",
    "attribute": "attributes service_attributes other_attributes service_taxonomy service_taxonomies",
    "contact": "contacts",
    "url": "urls additional_websites additional_urls",
    "organization_identifier": "organization_identifiers identifiers",
    "service_capacity": "service_capacities capacities",
    "payment_accepted": "payments_accepted",
    "funding": "fundings",
    "unit": "units",
    "metadata": "meta_data",
    "meta_table_description": "meta_table_descriptions",
}
KIND_BY_NAME: Mapping[str, str] = {name: kind for kind, others in _KINDS.items() for name in (kind, *others.split())} | {
    "taxonomy": "taxonomy_term"
}
"""The kind of record by the name of a table or a property. The table "taxonomy" of HSDS 1.1 has terms."""
PRIVATE_KINDS: Mapping[str, str] = {
    "contact": "names and addresses of persons are not published",
    "funding": "guidegen has no place for funding",
    "metadata": "guidegen does not keep who changed a record when",
    "meta_table_description": "it describes the source, not an organization",
    "organization_identifier": "identifiers of other registers are not shown to readers",
    "service_capacity": "free places change too fast to be imported",
    "unit": "free places change too fast to be imported",
    "payment_accepted": "guidegen has no place for ways to pay",
    "document": "it describes the document, not an organization",
    "taxonomy": "it describes a classification, not an organization",
}
"""Kinds of records that no profile takes, with the reason."""
_COMMON = {"name": "name", "alternate_name": "alternate_name", "description": "description", "email": "email", "id": "id"}
_PLACE = {"organization_id": "organization_id", "location_id": "location_id", "service_id": "service_id"}
_ADDRESS = {
    "address_1": "line1", "address": "line1", "street_1": "line1", "address_2": "line2", "attention": "attention", "city": "city", "region": "county",
    "state_province": "state", "state": "state", "postal_code": "postal_code", "zip": "postal_code", "country": "country", "address_type": "kind",
}  # fmt: skip
FIELDS: Mapping[str, Mapping[str, str]] = {
    "organization": {
        **_COMMON, "short_desc": "summary", "url": "website", "website": "website", "logo": "logo", "uri": "uri", "phone": "phone",
        "parent_organization_id": "parent",
    },
    "location": {
        **_COMMON, **_PLACE, "short_desc": "description", "transportation": "transit", "latitude": "latitude", "longitude": "longitude",
        "url": "website", "website": "website", "accessibility": "access", "languages": "languages", "location_type": "location_type",
        "hours": "hours",
    },
    "service": {
        **_COMMON, **_PLACE, "program_id": "program_id", "url": "website", "website": "website", "status": "status", "fees": "cost",
        "fees_description": "cost", "eligibility": "who", "eligibility_description": "who", "audience": "who", "application_process": "apply",
        "how_to_apply": "apply", "minimum_age": "minimum_age", "maximum_age": "maximum_age", "interpretation_services": "interpretation",
        "assured_date": "verified", "keywords": "subjects", "required_documents": "documents", "service_areas": "areas",
        "languages": "languages", "taxonomy_ids": "type", "taxonomy_terms": "type", "categories": "type", "wait_time": "wait", "alert": "alert",
        "phone": "phone", "hours": "hours",
    },
    "service_at_location": {**_PLACE, "id": "id", "description": "description"},
    "program": {**_COMMON, "organization_id": "organization_id"},
    "taxonomy_term": {**_COMMON, "code": "code", "term": "name", "parent_id": "parent", "parent_name": "parent_name"},
    "phone": {
        "number": "number", "extension": "extension", "type": "kind", "number_type": "kind", "description": "note", "department": "note",
        "language": "languages", "language_codes": "languages",
    },
    "address": _ADDRESS,
    "mailing": _ADDRESS,
    "schedule": {
        name: name
        for name in (
            "weekday", "opens_at", "closes_at", "freq", "interval", "byday", "bymonthday", "dtstart", "valid_from", "valid_to", "until",
            "count", "description", "notes",
        )
    },
    "language": {"name": "name", "language": "name", "code": "code", "note": "note"},
    "accessibility": {"accessibility": "description", "description": "description", "details": "details"},
    "cost_option": {name: name for name in ("option", "currency", "amount", "amount_description", "valid_to")},
    "required_document": {"document": "document"},
    "service_area": {"name": "name", "service_area": "name", "description": "name", "extent": "extent", "extent_type": "extent_type"},
    "eligibility": {"eligibility": "who"},
    "attribute": {"value": "value", "taxonomy_detail": "value", "taxonomy_term_id": "taxonomy_term_id", "taxonomy_id": "taxonomy_term_id"},
    "contact": {"name": "name", "title": "title"},
    "url": {"url": "url"},
    "holiday_schedule": {name: name for name in ("closed", "opens_at", "closes_at", "start_date", "end_date")},
}  # fmt: skip
"""The field of each property by kind of record. Properties that are not here have no place in a profile."""
LINKS = (
    "service_at_location_id",
    "service_id",
    "location_id",
    "contact_id",
    "organization_id",
    "phone_id",
    "link_id",
    "resource_id",
)
"""The properties by which a record says which record it is part of, the closest first."""
