"""The endpoints of the HSDS 3.1 API as static files below ``data/hsds/``, page by page.

``/services`` is ``services/index.json`` and ``services/2.json``, ``/services/{id}`` is ``services/<id>.json``.
"""

import json
from collections.abc import Iterator
from functools import partial

from guidegen.cache.keys import LazyValue, key_prefix, source_key
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.model.partner import Partner
from guidegen.site.exports.hsds.common import PROFILE_KEY, Ids, Record
from guidegen.site.exports.hsds.flat_files import FlatFiles
from guidegen.site.exports.hsds.openapi import describe_api
from guidegen.site.exports.hsds.organizations import build_organization, list_omissions
from guidegen.site.exports.hsds.services import TAXONOMY, build_service, build_term
from guidegen.site.exports.hsds.tabular import Tables
from guidegen.text.language import Language

FOLDER = "data/hsds"
PAGE_SIZE = 50
VERSION = "3.1"
_ENDPOINTS = {"organization": "organizations", "service": "services", "taxonomy_term": "taxonomy_terms", "taxonomy": "taxonomies"}
_ONE_TO_MANY = """
phones schedules service_areas service_at_locations languages cost_options required_documents capacities attributes locations
additional_websites organization_identifiers organization program guidegen
"""
"""What a record in a page of many leaves out: HSDS lists "only have one-to-one fields in them"."""


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Return all values that the files depend on."""
    settings, prefix = guide.settings, key_prefix("hsds")
    partners = tuple(LazyValue(source_key(prefix, partner), partial(_keep, partner)) for partner in guide.partners)
    types = tuple((kind.id, kind.name, kind.summary) for kind in guide.service_types)
    return settings.address, settings.name, settings.licence, settings.region, types, languages[:1], partners


def _keep(partner: Partner) -> object:
    return partner


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield the files. Each record is built once; of all records only the short forms and the rows of the tables are kept."""
    settings, language = guide.settings, languages[0]
    ids, tables, flat_files = Ids(settings.address), Tables(settings.licence), FlatFiles()
    address = urls.absolute_url(settings.address, f"{FOLDER}/")
    yield _file("index", {"version": VERSION, "profile": f"{address}profile.json", "openapi_url": f"{address}openapi.json"})
    yield _file("profile", PROFILE)
    yield _file("openapi", describe_api(settings.name.source, address, settings.licence, _ENDPOINTS))
    terms = [build_term(kind, ids, language) for kind in guide.service_types]
    taxonomy = {"id": ids.make("taxonomy"), "name": TAXONOMY, "description": f"Kinds of help in {settings.name.source}"}
    tables.add("taxonomy", taxonomy)
    nested = frozenset(_ONE_TO_MANY.split())
    short: dict[str, list[Record]] = {"organization": [], "service": [], "taxonomy_term": terms, "taxonomy": [taxonomy]}
    for kind, record in _build_records(guide, ids, language):
        yield _file(f"{_ENDPOINTS[kind]}/{record['id']}", record)
        tables.add(kind, record)
        if kind == "service":
            flat_files.add_service(record)
        short[kind].append({key: value for key, value in record.items() if key not in nested})
    for kind, records in short.items():
        yield from _write_pages(_ENDPOINTS[kind], records)
    yield _file("omissions", _list_omissions(guide))
    yield from (File(path, content) for path, content in (*tables.list_files(), *flat_files.list_files()))


def _build_records(guide: Guide, ids: Ids, language: Language) -> Iterator[tuple[str, Record]]:
    """Yield each organization with its services, one record at a time, with its kind."""
    for partner in guide.partners:
        organization = build_organization(partner, guide, ids, language)
        if organization is None:
            continue  # HSDS has no service without its organization
        yield "organization", organization
        for service in partner.services:
            yield "service", build_service(service, partner, guide, ids, language)


def _write_pages(name: str, records: list[Record]) -> Iterator[File]:
    """Yield the pages of an endpoint; an empty one has one empty page."""
    count = max(-(-len(records) // PAGE_SIZE), 1)
    for number in range(1, count + 1):
        batch = records[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        page = {
            "total_items": len(records),
            "total_pages": count,
            "page_number": number,
            "size": len(batch),
            "first_page": number == 1,
            "last_page": number == count,
            "empty": not batch,
            "contents": batch,
        }
        yield _file(f"{name}/{'index' if number == 1 else number}", page)


def _list_omissions(guide: Guide) -> Record:
    """Return everything that was left out because HSDS requires a fact that the guide does not know."""
    rows = [
        {"partner": partner.slug, "left_out": what, "why": why}
        for partner in guide.partners
        for what, why in list_omissions(partner, guide.settings.region)
    ]
    return {"count": len(rows), "omissions": rows}


def _file(name: str, content: Record) -> File:
    return File(f"{FOLDER}/{name}.json", (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


def _describe_property(kind: str, description: str) -> Record:
    return {"type": kind, "description": description}


_DIGEST = {
    "type": "string",
    "pattern": "^[0-9a-f]{64}$",
    "description": "SHA-256 of the canonical JSON of the record without this property; any other says that it was edited",
}
_PROPERTIES: Record = {
    "digest": _DIGEST,
    "slug": _describe_property("string", "the name of the profile in addresses"),
    "services": _describe_property("array", "the keys of the services of an organization, in their order"),
    "profile": _describe_property(
        "object", "the profile of the organization or service in the terms of guidegen (docs/reference/fields.md)"
    ),
    "translations": _describe_property(
        "object", "texts by language (BCP 47) and field, who translated, and the hash of the source"
    ),
}
PROFILE: Record = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "guidegen profile of HSDS 3.1",
    "description": "Organizations and services carry one more property, for facts that HSDS has no place for.",
    "type": "object",
    "properties": {PROFILE_KEY: {"type": "object", "required": ["digest"], "properties": _PROPERTIES}},
}
