"""The endpoints of the HSDS 3.1 API as static files below ``data/hsds/``, page by page.

``/services`` is ``services/index.json`` and ``services/2.json``, ``/services/{id}`` is ``services/<id>.json``.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import NamedTuple

from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.cache.keys import LazyValue, key_prefix, source_key
from guidegen.cache.serialization import register_storable
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.model.partner import Partner
from guidegen.model.reach import find_reach
from guidegen.site.exports.hsds.common import PROFILE_KEY, Ids, Record
from guidegen.site.exports.hsds.flat_files import FlatFiles, format_rows, list_features
from guidegen.site.exports.hsds.openapi import describe_api
from guidegen.site.exports.hsds.organizations import build_organization, describe_partner, list_omissions
from guidegen.site.exports.hsds.services import TAXONOMY, build_service, build_term
from guidegen.site.exports.hsds.tabular import Row, Tables, list_rows
from guidegen.text.language import Language

FOLDER = "data/hsds"
_KIND = "hsds"
"""The kind of the cached values."""
PAGE_SIZE = 50
VERSION = "3.1"
_ENDPOINTS = {"organization": "organizations", "service": "services", "taxonomy_term": "taxonomy_terms", "taxonomy": "taxonomies"}
_ONE_TO_MANY = """
phones schedules service_areas service_at_locations languages cost_options required_documents capacities attributes locations
additional_websites organization_identifiers organization program guidegen
"""
"""What a record in a page of many leaves out: HSDS lists "only have one-to-one fields in them"."""


@register_storable
class PartnerData(NamedTuple):
    """The parts of the files that are about one partner, ready to be written.

    ``documents`` are its records: the endpoint, the id, the whole record as JSON, and the record in pages of many as JSON.
    ``rows`` are those of the tables, ``table`` those of the table for people, and ``features`` its places on the map.
    """

    documents: tuple[tuple[str, str, bytes, str], ...]
    rows: tuple[Row, ...]
    table: str
    features: tuple[str, ...]


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Return all values that the files depend on."""
    prefix = key_prefix(_KIND)
    partners = tuple(LazyValue(source_key(prefix, partner), partial(_keep, partner)) for partner in guide.partners)
    return _list_shared_inputs(guide, languages), partners


def _list_shared_inputs(guide: Guide, languages: tuple[Language, ...]) -> tuple[object, ...]:
    """Return the values that the records of every partner depend on."""
    settings = guide.settings
    types = tuple((kind.id, kind.name, kind.summary) for kind in guide.service_types)
    return settings.address, settings.name, settings.licence, settings.region, types, languages[:1]


def _keep(partner: Partner) -> object:
    return partner


def files(
    guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...], cache: BuildCache = NO_CACHE
) -> Iterator[File]:
    """Yield the files. The data of unchanged partners come from the cache, and only a page of each kind is kept in memory."""
    settings, language = guide.settings, languages[0]
    ids = Ids(settings.address)
    address = urls.absolute_url(settings.address, f"{FOLDER}/")
    yield _file("index", {"version": VERSION, "profile": f"{address}profile.json", "openapi_url": f"{address}openapi.json"})
    yield _file("profile", PROFILE)
    yield _file("openapi", describe_api(settings.name.source, address, settings.licence, _ENDPOINTS))
    terms = [build_term(kind, ids, language) for kind in guide.service_types]
    taxonomy = {"id": ids.make("taxonomy"), "name": TAXONOMY, "description": f"Kinds of help in {settings.name.source}"}
    for kind, records in (("taxonomy_term", terms), ("taxonomy", [taxonomy])):
        paged = _PagedEndpoint(_ENDPOINTS[kind], len(records))
        for record in records:
            yield from paged.add(_dump(record))
        yield from paged.finish()
    with closing(Tables(settings.licence)) as tables, closing(FlatFiles()) as flat_files:
        tables.add(list_rows([("taxonomy", taxonomy)]))
        yield from _write_records(guide, ids, languages, cache, tables, flat_files)
        yield from (File(path, content) for path, content in (*tables.list_files(), *flat_files.list_files()))
    yield _file("omissions", _list_omissions(guide))


def _write_records(
    guide: Guide, ids: Ids, languages: tuple[Language, ...], cache: BuildCache, tables: Tables, flat_files: FlatFiles
) -> Iterator[File]:
    """Yield each organization and service, and the pages of both, and add them to the tables."""
    described = [partner for partner in guide.partners if describe_partner(partner)]
    counts = {"organization": len(described), "service": sum(len(partner.services) for partner in described)}
    paged = {_ENDPOINTS[kind]: _PagedEndpoint(_ENDPOINTS[kind], count) for kind, count in counts.items()}
    for partner, parent, key in _list_parts(guide, languages):
        compute = partial(_build_data, partner, parent, guide, ids, languages[0])
        data = cache.get_or_compute(_KIND, (), key, compute) if key else compute()
        for endpoint, record_id, document, brief in data.documents:
            yield File(f"{FOLDER}/{endpoint}/{record_id}.json", document)
            yield from paged[endpoint].add(brief)
        tables.add(data.rows)
        flat_files.add(data.table, data.features)
    for endpoint_pages in paged.values():
        yield from endpoint_pages.finish()


def keep_parts(guide: Guide, languages: tuple[Language, ...], cache: BuildCache) -> None:
    """Keep the data of all partners in the cache, for a build that does not need them."""
    for _, _, key in _list_parts(guide, languages):
        if key:
            cache.keep(_KIND, (), key)


def _list_parts(guide: Guide, languages: tuple[Language, ...]) -> Iterator[tuple[Partner, Partner | None, tuple[str, ...]]]:
    """Yield each partner that HSDS has a place for with the one it is part of, and the key of its data if its source is known."""
    described = [partner for partner in guide.partners if describe_partner(partner)]
    by_slug = {partner.slug: partner for partner in described}
    shared_key = key_prefix(_KIND, _list_shared_inputs(guide, languages))
    for partner in described:
        parent = by_slug.get(partner.part_of)
        is_known = partner.identity and (parent is None or parent.identity)
        yield partner, parent, (shared_key, partner.identity, parent.identity if parent else "") if is_known else ()


def _build_data(partner: Partner, parent: Partner | None, guide: Guide, ids: Ids, language: Language) -> PartnerData:
    region = guide.settings.region
    services = [
        (build_service(service, partner, guide, ids, language), find_reach(partner, service)) for service in partner.services
    ]
    records = [
        ("organization", build_organization(partner, parent, guide.settings, ids, language)),
        *(("service", record) for record, _ in services),
    ]
    nested = frozenset(_ONE_TO_MANY.split())
    documents = (
        (
            _ENDPOINTS[kind],
            str(record["id"]),
            f"{_dump(record)}\n".encode(),
            _dump({key: value for key, value in record.items() if key not in nested}),
        )
        for kind, record in records
    )
    return PartnerData(
        tuple(documents), list_rows(records), format_rows(services, region), list_features(partner, services, region)
    )


class _PagedEndpoint:
    """The pages of an endpoint, each written as soon as it is full. An empty endpoint has one empty page."""

    def __init__(self, name: str, total: int) -> None:
        self._name = name
        self._total = total
        self._page_count = max(-(-total // PAGE_SIZE), 1)
        self._number = 1
        self._batch: list[str] = []

    def add(self, record: str) -> Iterator[File]:
        """Add a record as JSON, and yield the page that it fills."""
        self._batch.append(record)
        if len(self._batch) == PAGE_SIZE:
            yield self._write()

    def finish(self) -> Iterator[File]:
        """Yield the last page, if it is not full."""
        if self._batch or self._number == 1:
            yield self._write()

    def _write(self) -> File:
        number, batch = self._number, self._batch
        head = {
            "total_items": self._total,
            "total_pages": self._page_count,
            "page_number": number,
            "size": len(batch),
            "first_page": number == 1,
            "last_page": number == self._page_count,
            "empty": not batch,
        }
        self._number, self._batch = number + 1, []
        name = "index" if number == 1 else str(number)
        content = f'{_dump(head).removesuffix("}")},"contents":[{",".join(batch)}]}}\n'
        return File(f"{FOLDER}/{self._name}/{name}.json", content.encode())


def _list_omissions(guide: Guide) -> Record:
    """Return everything that was left out because HSDS requires a fact that the guide does not know."""
    rows = [
        {"partner": partner.slug, "left_out": what, "why": why}
        for partner in guide.partners
        for what, why in list_omissions(partner, guide.settings.region)
    ]
    return {"count": len(rows), "omissions": rows}


def _file(name: str, content: Record) -> File:
    return File(f"{FOLDER}/{name}.json", f"{_dump(content)}\n".encode())


def _dump(content: Record) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


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
