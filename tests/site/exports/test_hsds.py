"""HSDS 3.1: every document fits the official schemas, and nothing is invented or secret."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from guidegen.content.load import load
from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Times
from guidegen.model.location import Address, Location, Phone, SpokenLanguage
from guidegen.model.problems import Severity
from guidegen.model.service import Asks, Cost, Seats
from guidegen.model.visibility import select_public
from guidegen.site.exports.hsds import files as hsds
from guidegen.site.exports.hsds.common import Ids, compute_digest
from guidegen.text.language import Language
from tests import ROOT, make
from tests.guides import SECRETS, Files, guides

SCHEMAS = ROOT.parent / "shared/data/hsds-3.1/schema"
DAY = make.TODAY


def export(guide: Guide) -> dict[str, Any]:
    tag = guide.settings.languages[0]
    return {
        file.path.removeprefix("data/hsds/").removesuffix(".json"): json.loads(file.content)
        for file in hsds.files(guide, (Language(tag, guide.settings.region),), ())
        if file.path.startswith("data/hsds/") and file.path.endswith(".json") and "/tabular/" not in file.path
    }


def list_records(documents: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    for name, document in documents.items():
        if re.fullmatch(rf"{kind}/[0-9a-f-]{{36}}", name):
            yield document


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    return load_validators()


@cache
def load_validators() -> dict[str, Draft202012Validator]:
    if not SCHEMAS.exists():
        pytest.skip("the official schemas of HSDS 3.1 are not at hand")
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in SCHEMAS.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012)) for name, schema in schemas.items()
    )
    return {
        name.removesuffix(".json"): Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
        for name, schema in schemas.items()
    }


def check(documents: dict[str, Any], validators: dict[str, Draft202012Validator]) -> int:
    """Raise if a document does not fit its schema, or a page does not add up. Return the number of checked records."""
    count = 0
    for kind, schema in (("services", "service"), ("organizations", "organization")):
        for record in list_records(documents, kind):
            validators[schema].validate(record)
            count += 1
        pages = [document for name, document in documents.items() if re.fullmatch(rf"{kind}/(?:index|\d+)", name)]
        assert sum(page["size"] for page in pages) == pages[0]["total_items"] == count_of(documents, kind)
        for page in pages:
            assert len(page["contents"]) == page["size"]
            for record in page["contents"]:
                validators[schema].validate(record)
    for name, schema in (("taxonomy_terms", "taxonomy_term"), ("taxonomies", "taxonomy")):
        for record in documents[f"{name}/index"]["contents"]:
            validators[schema].validate(record)
    return count


def count_of(documents: dict[str, Any], kind: str) -> int:
    return sum(1 for _ in list_records(documents, kind))


def test_the_sample_guide_fits_the_official_schemas(validators: dict[str, Draft202012Validator]) -> None:
    guide = select_public(load(ROOT).guide)

    documents = export(guide)

    assert check(documents, validators) == len(guide.partners) + sum(len(partner.services) for partner in guide.partners)
    assert documents["omissions"]["count"] == len(documents["omissions"]["omissions"])


def test_a_format_checker_is_on(validators: dict[str, Draft202012Validator]) -> None:
    assert not validators["service"].is_valid({"id": "no-uuid", "name": "A", "status": "active"})
    assert not validators["service"].is_valid({"id": make_id(), "name": "A", "status": "active", "email": "nobody"})


def make_id() -> str:
    return Ids("https://guide.example.org/").make("a")


FULL = make.partner(
    also_known_as=("FB",),
    website="https://food.example.org/",
    phones=(Phone("(555) 555-0114", "voice", "012", ("es",)), Phone("555-0115", "text", "7")),
    languages=(SpokenLanguage("es", "staff"), SpokenLanguage("ar", "interpreter")),
    locations=(
        Location(
            "main",
            make.text("Main"),
            address=Address("12 Main Street", "", "Millbrook", "", "MA", "01301"),
            position=(42.1, -72.1),
        ),
        Location("part", address=Address(city="Eastfield", state="MA")),
        Location(
            "secret",
            make.text("Safe house"),
            address=Address("9 Hidden Lane", "", "Millbrook", "", "MA", "01301"),
            confidential=True,
        ),
    ),
    services=(
        make.service(
            at=("main", "part", "secret"),
            hours=(
                Times(540, 720, days=("mo", "we")),
                Times(540, 720, days=("fr",), every=2, from_=DAY),
                Times(600, 720, monthly=((1, "sa"), (-1, "su"))),
                Times(1080, 1560, day_of_month=(1, -1)),
                Times(540, 600, days=("mo",), months=("nov",)),
                Closure(((DAY, DAY),)),
            ),
            cost=(Cost(free=True), Cost(make.text("Adults"), amount=Decimal(5), currency="USD")),
            asks=Asks(photo_id=False),
            seats=Seats(3, 20, DAY),
        ),
        make.service("later", seats=Seats(None, 20, None, make.text("Four weeks"))),
    ),
)


@pytest.fixture
def documents() -> dict[str, Any]:
    return export(select_public(make.guide(FULL, settings=replace(make.guide().settings, region="US"))))


def find_service(documents: dict[str, Any], key: str) -> dict[str, Any]:
    return next(record for record in list_records(documents, "services") if record["guidegen"]["profile"]["key"] == key)


def test_a_full_profile_fits_the_official_schemas(documents: dict[str, Any], validators: dict[str, Draft202012Validator]) -> None:
    assert check(documents, validators) == 3


def test_schedules_use_the_rules_of_hsds_or_words_alone(documents: dict[str, Any]) -> None:
    schedules = find_service(documents, "pantry")["schedules"]

    rules = [{key: value for key, value in schedule.items() if key not in ("id", "description")} for schedule in schedules]
    assert rules == [
        {"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "12:00"},
        {
            "freq": "WEEKLY",
            "byday": "FR",
            "opens_at": "09:00",
            "closes_at": "12:00",
            "valid_from": "2026-11-23",
            "interval": 2,
            "dtstart": "2026-11-23",
            "wkst": "MO",
        },
        {"freq": "MONTHLY", "byday": "1SA,-1SU", "opens_at": "10:00", "closes_at": "12:00"},
        {"freq": "MONTHLY", "bymonthday": "1,-1", "opens_at": "18:00", "closes_at": "02:00"},
        {},  # every November: a rule could not say that
        {},
    ]
    assert schedules[4]["description"] == "Monday 9:00\u00a0AM to 10:00\u00a0AM in November"
    assert schedules[5]["description"] == "Closed: November 23, 2026"


def test_what_is_not_known_is_left_out_and_listed(documents: dict[str, Any]) -> None:
    (organization,) = list_records(documents, "organizations")

    addresses = {location.get("name", location["id"]): location.get("addresses") for location in organization["locations"]}
    assert addresses["Main"] == [
        {
            "id": addresses["Main"][0]["id"],
            "address_1": "12 Main Street",
            "city": "Millbrook",
            "state_province": "MA",
            "postal_code": "01301",
            "country": "US",
            "address_type": "physical",
        }
    ]
    assert [*addresses.values()][1:] == [None, None]
    assert documents["omissions"]["omissions"] == [
        {"partner": "food-bank", "left_out": "address of part", "why": "HSDS requires address_1, postal_code"},
        {"partner": "food-bank", "left_out": "capacity of later", "why": "HSDS requires the number of open places and its date"},
    ]
    assert "capacities" not in find_service(documents, "later")
    assert find_service(documents, "pantry")["capacities"][0]["available"] == 3


def test_facts_without_a_place_in_hsds_are_in_the_profile(documents: dict[str, Any]) -> None:
    service = find_service(documents, "pantry")

    profile = service["guidegen"]["profile"]
    assert profile["asks"] == {"photo_id": False}
    assert [language["code"] for language in service["languages"]] == ["es"]
    assert service["interpretation_services"] == "Arabic"
    assert {"closed": ["2026-11-23"]} in profile["hours"]
    assert service["cost_options"][1] == {
        "id": service["cost_options"][1]["id"],
        "option": "Adults",
        "currency": "USD",
        "amount": 5.0,
    }


def test_an_edited_record_has_another_digest(documents: dict[str, Any]) -> None:
    service = find_service(documents, "pantry")

    assert compute_digest(service) == service["guidegen"]["digest"]
    assert compute_digest({**service, "name": "Other"}) != service["guidegen"]["digest"]


def test_ids_are_the_same_in_every_build_and_after_a_rename() -> None:
    settings = replace(make.guide().settings, region="US")
    before = export(make.guide(FULL, settings=settings))
    after = export(make.guide(replace(FULL, slug="bread-bank", was=("food-bank",)), settings=settings))

    assert sorted(before) == sorted(after)
    everything = json.dumps([*list_records(before, "organizations")])
    ids = re.findall(r'"id": "([^"]+)"', everything)
    assert len(ids) == len(set(ids))


def test_nothing_of_a_confidential_place_is_published(documents: dict[str, Any]) -> None:
    everything = json.dumps(documents)

    assert "Hidden Lane" not in everything
    assert "Safe house" not in everything


def test_large_guides_have_pages_and_empty_ones_an_empty_page() -> None:
    partners = [make.partner(f"partner-{number}", name=f"Partner {number}") for number in range(120)]

    documents = export(make.guide(*partners))
    empty = export(make.guide())

    pages = [documents[name] for name in ("organizations/index", "organizations/2", "organizations/3")]
    assert [page["size"] for page in pages] == [50, 50, 20]
    assert [page["last_page"] for page in pages] == [False, False, True]
    assert empty["services/index"] | {"contents": []} == empty["services/index"]
    assert empty["services/index"]["empty"] is True


def read_tables(guide: Guide) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    files = {
        file.path.removeprefix("data/hsds/tabular/"): file.content for file in hsds.files(guide, (Language("en", "US"),), ())
    }
    descriptor = json.loads(files["datapackage.json"])
    tables = {
        resource["name"]: list(csv.DictReader(io.StringIO(files[resource["path"]].decode(), newline="")))
        for resource in descriptor["resources"]
    }
    return descriptor, tables


def check_tables(guide: Guide) -> None:
    """Raise if a table does not fit its own descriptor, or the official one of HSDS 3.1."""
    descriptor, tables = read_tables(guide)
    official = {
        resource["name"]: {field["name"]: field for field in resource["schema"]["fields"]}
        for resource in json.loads((SCHEMAS.parent / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    }
    for resource in descriptor["resources"]:
        name, rows = resource["name"], tables[resource["name"]]
        known, schema = official[name], resource["schema"]
        properties = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))["properties"]
        assert {field["name"] for field in schema["fields"]} <= known.keys() | properties.keys()  # the descriptor lacks some
        assert len({row["id"] for row in rows}) == len(rows) > 0
        for row in rows:
            for field, definition in known.items():
                constraints = definition.get("constraints", {})
                assert row.get(field, "") or not constraints.get("required"), (name, field)
                if row.get(field) and "enum" in constraints:
                    assert row[field] in constraints["enum"]
                if row.get(field) and definition["type"] == "number":
                    float(row[field])
            for key in schema["foreignKeys"]:
                target = {other["id"] for other in tables[key["reference"]["resource"]]}
                assert not row[key["fields"]] or row[key["fields"]] in target, (name, key, row)


@pytest.mark.usefixtures("validators")
def test_the_tables_fit_the_official_descriptor() -> None:
    check_tables(select_public(load(ROOT).guide))
    check_tables(select_public(make.guide(FULL, settings=replace(make.guide().settings, region="US"))))


def test_an_organization_without_a_description_is_left_out_with_its_services_and_named() -> None:
    closed = make.service("old", status="closed")
    silent = make.partner("silent", summary=make.text(), services=(closed,))
    guide = make.guide(
        silent, make.partner("branch", name="Branch", part_of="silent", services=(make.service("new", name=make.text("New")),))
    )

    documents = export(guide)
    _, tables = read_tables(guide)

    assert [row["name"] for row in list_records(documents, "organizations")] == ["Branch"]
    assert [row["name"] for row in tables["service"]] == ["New"]
    assert [row["parent_organization_id"] for row in tables["organization"]] == [""]
    assert [(row["partner"], row["left_out"]) for row in documents["omissions"]["omissions"]] == [
        ("silent", "organization with its services")
    ]


def test_a_phone_of_a_service_is_never_that_of_its_organization() -> None:
    service = make.service(phones=(Phone("(555) 555-0122"),))

    _, tables = read_tables(make.guide(make.partner(services=(service,))))

    assert [(row["service_id"] != "", row["organization_id"]) for row in tables["phone"]] == [(True, "")]


def test_nested_records_become_rows_with_their_parents() -> None:
    guide = select_public(make.guide(FULL, settings=replace(make.guide().settings, region="US")))
    documents = export(guide)

    _, tables = read_tables(guide)

    (organization,) = list_records(documents, "organizations")
    assert [row["id"] for row in tables["organization"]] == [organization["id"]]
    assert {row["organization_id"] for row in tables["service"]} == {organization["id"]}
    assert len(tables["location"]) == 3
    assert len(tables["service_at_location"]) == 3
    assert {row["organization_id"] for row in tables["phone"] if not row["service_id"]} == {organization["id"]}
    assert [row["document"] for row in tables.get("required_document", [])] == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=guides())
def test_generated_guides_fit_the_official_schemas(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            make.write(Path(folder), name, content)
        loaded = load(Path(folder))
    assume(not any(problem.severity is Severity.ERROR for problem in loaded.problems))  # such a guide is never published

    documents = export(select_public(loaded.guide))

    check(documents, load_validators())
    check_tables(select_public(loaded.guide))
    assert not any(secret in json.dumps(documents, ensure_ascii=False) for secret in SECRETS)
