"""Open data beside the HSDS API: its OpenAPI description, the data package, the table, the map, and the page for people."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from guidegen.build import pipeline
from guidegen.content.load import load
from guidegen.model.licences import find_licence_url
from guidegen.model.visibility import select_public
from guidegen.site.exports.hsds import files as hsds
from guidegen.text.language import Language
from tests import ROOT, make

PARTNER = """\
name: Food Bank
summary: Free food.
phones: [{number: "(555) 555-0114"}]
source: {dataset: County list, id: "7", licence: CC0 1.0}
locations:
  - {key: mill, name: Mill, position: [42.4, -72.3], address: {line1: 1 Mill Street, city: Riverbend, state: MA, postal_code: "00101"}}
  - {key: shelter, confidential: yes, position: [42.5, -72.5], address: {line1: 9 Secret Road, city: Eastfield}}
services:
  - {key: pantry, types: [food], name: "=Pantry", summary: Bread., at: [mill], cost: {free: yes}, languages: [{code: es}], hours: [{days: [mo], open: "09:00", close: "12:00"}]}
  - {key: beds, types: [food], name: Beds, summary: Beds., at: [shelter]}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"guide.yml": make.GUIDE_YML + "licence: CC BY-SA 4.0\n", "content/partners/food-bank.yml": PARTNER}
    root = make.folder(tmp_path_factory.mktemp("guide"), files)
    pipeline.build(root, root / "site")
    return root / "site"


def read_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_api_description_is_valid_and_every_path_is_a_file(site: Path) -> None:
    api = site / "data/hsds"
    description = read_json(api / "openapi.json")
    text = json.dumps(description)
    kinds = {"organization", "service", "taxonomy", "taxonomy_term"}
    assert (
        set(re.findall(r"openreferral/specification/3\.1/schema/(\w+)\.json", text)) == kinds
    )  # official schemas, not loaded here
    OpenAPIV31SpecValidator(json.loads(re.sub(r'{"\$ref": "https:[^"]+"}', '{"type": "object"}', text))).validate()

    assert read_json(api / "index.json")["openapi_url"] == "https://guide.example.org/data/hsds/openapi.json"
    assert description["servers"] == [{"url": "https://guide.example.org/data/hsds"}]
    for path in description["paths"]:
        if "{" not in path:
            assert (api / path[1:]).is_file(), path
        elif "{id}" in path:
            assert list(api.glob(path[1:].replace("{id}", "*-*"))), path


def validate_package(package: Path) -> int:
    """Return the number of valid tables. The validator runs in a process of its own: its warnings are not ours."""
    code = f"import frictionless, json; print(frictionless.validate({str(package)!r}).to_json())"
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    report = json.loads(run.stdout)

    assert report["valid"], report
    return len(report["tasks"])


def test_the_data_package_is_valid_and_names_the_license(site: Path) -> None:
    package = site / "data/hsds/tabular/datapackage.json"

    assert validate_package(package) > 5
    assert read_json(package)["licenses"] == [
        {"name": "CC-BY-SA-4.0", "title": "CC BY-SA 4.0", "path": "https://creativecommons.org/licenses/by-sa/4.0/"}
    ]


def test_the_table_has_a_row_for_each_service_and_no_formula(site: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((site / "data/services.csv").read_text(encoding="utf-8-sig"))))

    pantry, beds = rows
    assert pantry["service"] == "'=Pantry"
    assert pantry["organization"] == "Food Bank"
    assert pantry["phones"] == "(555) 555-0114"
    assert pantry["places"] == "Mill, 1 Mill Street, Riverbend, MA 00101"
    assert (pantry["cost"], pantry["languages"]) == ("Free", "Spanish")
    assert "9:00" in pantry["hours"]
    assert "Secret" not in str(beds)


def test_the_map_has_known_places_with_the_longitude_first_and_no_secret_one(site: Path) -> None:
    collection = read_json(site / "data/places.geojson")

    assert collection["type"] == "FeatureCollection"
    (feature,) = collection["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-72.3, 42.4]}
    assert feature["properties"]["name"] == "Mill"
    assert [service["name"] for service in feature["properties"]["services"]] == ["=Pantry"]


CLOSED = """\
name: Night School
summary: Closed.
status: closed
locations: [{key: a, position: [42.1, -72.1], address: {line1: 3 Mill Street, city: Riverbend}}]
services: [{key: class, types: [english], name: Class}]
"""
OFFICES = """\
name: Legal Aid
summary: Lawyers.
website: https://legal.example.net/
email: office@example.org
phones: [{number: "(555) 555-0131"}, {number: "(555) 555-0132", kind: fax}, {number: "(555) 555-0133", languages: [es]}]
locations:
  - {key: hill, name: Hill office, position: [42.2, -72.2], address: {line1: 1 Hill Road, city: Hilltown}, email: hill@example.org}
  - {key: lake, name: Lake office, position: [42.3, -72.3], address: {city: Laketown}}
services:
  - {key: advice, types: [english], name: Advice, at: [hill]}
  - {key: court, types: [english], name: Court, at: [hill], status: closed}
"""


def test_contacts_are_those_of_the_page_and_nothing_closed_is_on_the_map(tmp_path: Path) -> None:
    files = {"content/partners/night-school.yml": CLOSED, "content/partners/legal-aid.yml": OFFICES}
    root = make.folder(tmp_path, files)
    (root / "content/partners/food-bank.yml").unlink()
    pipeline.build(root, root / "site")
    rows = {
        row["service"]: row
        for row in csv.DictReader(io.StringIO((root / "site/data/services.csv").read_text(encoding="utf-8-sig")))
    }
    features = read_json(root / "site/data/places.geojson")["features"]

    advice = rows["Advice"]
    assert advice["phones"] == "(555) 555-0131; (555) 555-0132 (fax); (555) 555-0133 (Spanish)"
    assert advice["email"] == "hill@example.org"
    assert advice["website"] == "https://legal.example.net/"
    assert advice["page"].endswith("/en/partners/legal-aid/#s-advice")
    assert advice["places"] == "Hill office, 1 Hill Road, Hilltown"
    assert rows["Class"]["status"] == "defunct"
    assert {feature["properties"]["name"] for feature in features} == {"Hill office", "Lake office"}
    (hill,) = [feature for feature in features if feature["properties"]["name"] == "Hill office"]
    assert [service["name"] for service in hill["properties"]["services"]] == ["Advice"]


def test_the_page_names_license_sources_and_files_in_every_language(site: Path) -> None:
    for tag, title in (("en", "Open data"), ("es", "Datos abiertos"), ("ar", "بيانات مفتوحة")):
        page = (site / tag / "open-data/index.html").read_text(encoding="utf-8")
        assert title in page
        assert 'href="https://creativecommons.org/licenses/by-sa/4.0/"' in page
        assert "County list" in page
        assert 'href="https://creativecommons.org/publicdomain/zero/1.0/"' in page
        assert 'href="../../data/services.csv"' in page
        assert title in (site / tag / "index.html").read_text(encoding="utf-8")  # in the footer


def test_other_websites_may_read_open_data_and_nothing_else(site: Path) -> None:
    headers = (site / "_headers").read_text(encoding="utf-8")

    assert headers.count("Access-Control-Allow-Origin: *") == 1
    assert "/data/*\n  Access-Control-Allow-Origin: *" in headers


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
        ("CC BY 9.9", ""),
        ("Ask us", ""),
    ],
)
def test_well_known_licenses_have_an_address(name: str, url: str) -> None:
    assert find_licence_url(name) == url


def test_the_data_package_of_the_sample_guide_is_valid(tmp_path: Path) -> None:
    guide = select_public(load(ROOT).guide)
    for file in hsds.files(guide, (Language("en", "US"),), ()):
        make.write(tmp_path, file.path, file.content)

    assert validate_package(tmp_path / "data/hsds/tabular/datapackage.json") > 15
