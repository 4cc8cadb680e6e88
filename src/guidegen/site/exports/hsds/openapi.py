"""Describe the files of the HSDS API in the OpenAPI format (version 3.1), so that programs can be generated from it."""

from guidegen.site.exports.hsds.common import Record

_SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema"
"""The official schemas of HSDS. A program that reads this description may load them; no page does."""


def describe_api(name: str, address: str, licence: str, endpoints: dict[str, str]) -> Record:
    """Return the description of the API at an address; ``endpoints`` are the paths of the record kinds.

    Files are paged: the first page of an endpoint is ``index.json``, the others are ``2.json``, ``3.json`` …
    """
    paths: Record = {"/index.json": _get("The version and the profile", {"type": "object"})}
    for kind, path in endpoints.items():
        page = _describe_page(kind)
        number = {"name": "page", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 2}}
        identity = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        paths[f"/{path}/index.json"] = _get(f"The first page of {path}", page)
        paths[f"/{path}/{{page}}.json"] = {"parameters": [number], **_get(f"A further page of {path}", page, f"{path}_page")}
        if kind in ("organization", "service"):
            record = {"$ref": f"{_SCHEMAS}/{kind}.json"}
            paths[f"/{path}/{{id}}.json"] = {
                "parameters": [identity],
                **_get(f"One {kind} with everything nested", record, kind),
            }
    info: Record = {"title": name, "version": "3.1", "description": "Open data in HSDS 3.1: https://docs.openreferral.org/"}
    if licence:
        info["license"] = {"name": licence}
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": address.rstrip("/")}], "paths": paths}


def _get(summary: str, schema: Record, operation: str = "") -> Record:
    answer = {"200": {"description": summary, "content": {"application/json": {"schema": schema}}}}
    name = operation or summary.lower().replace(" ", "_")
    return {"get": {"operationId": name, "summary": summary, "responses": answer}}


def _describe_page(kind: str) -> Record:
    counts = ("total_items", "total_pages", "page_number", "size")
    return {
        "type": "object",
        "required": [*counts, "first_page", "last_page", "empty", "contents"],
        "properties": {
            **{name: {"type": "integer"} for name in counts},
            **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
            "contents": {"type": "array", "items": {"$ref": f"{_SCHEMAS}/{kind}.json"}},
        },
    }
