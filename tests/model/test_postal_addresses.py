"""Postal addresses are formatted as in their country, and different spellings of a place or street have the same key."""

import pytest

from guidegen.model.areas import normalize_place
from guidegen.model.location import Address
from guidegen.model.postal_addresses import address_line, postal_code_fits, street_key


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (
            Address("12 Mill St", "2nd floor", "Riverbend", state="MA", postal_code="02101"),
            "12 Mill St, 2nd floor, Riverbend, MA 02101",
        ),
        (Address(city="Riverbend"), "Riverbend"),
        (Address(state="MA"), "MA"),
        (Address(region="Cook County", state="IL"), "Cook County, IL"),
        (Address(city="Riverbend", region="Cook County", state="IL"), "Riverbend, IL"),
        (Address("12 Mill St", postal_code="02101"), "12 Mill St, 02101"),
        (Address("12 Mill St", city="Riverbend", postal_code="02101"), "12 Mill St, Riverbend 02101"),
        (Address("Hauptstr. 5", city="Augsburg", postal_code="86150", country="DE"), "Hauptstr. 5, 86150 Augsburg"),
        (Address("10 Road", city="London", postal_code="SW1A 1AA", country="GB"), "10 Road, London, SW1A 1AA"),
        (Address(), ""),
    ],
)
def test_an_address_is_formatted_as_in_its_country(address: Address, line: str) -> None:
    assert address_line(address, "US") == line


def test_an_address_without_a_country_is_in_the_country_of_the_guide() -> None:
    assert address_line(Address("Hauptstr. 5", city="Augsburg", postal_code="86150"), "DE") == "Hauptstr. 5, 86150 Augsburg"


@pytest.mark.parametrize(
    ("code", "country", "fits"),
    [
        ("02101", "", True),
        ("02101-1234", "", True),
        ("2101", "", False),
        ("M5V 3L9", "CA", True),
        ("02101", "CA", False),
        ("", "", True),
    ],
)
def test_a_postal_code_must_have_the_format_of_its_country(code: str, country: str, fits: bool) -> None:
    assert postal_code_fits(Address(postal_code=code, country=country), "US") is fits


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("St. Louis", "Saint Louis"), ("St Mary’s", "Saint Marys"), ("North  Fork", "NORTH FORK"), ("Mt. Vernon", "Mount Vernon"),
        ("Đà Nẵng", "Da Nang"),
        ("Trung tâm Đà Nẵng", "Trung tâm Đà Nẵng"), ("Winston-Salem", "Winston Salem"), ("Hawaiʻi", "Hawaii"),
    ],
)  # fmt: skip
def test_spellings_of_a_place_have_the_same_key(name: str, other: str) -> None:
    assert normalize_place(name) == normalize_place(other)


@pytest.mark.parametrize(("name", "other"), [("North Fork", "South Fork"), ("Millbrook", "Mill Creek"), ("北京", "南京")])
def test_different_places_have_different_keys(name: str, other: str) -> None:
    assert normalize_place(name) != normalize_place(other)


def test_spellings_of_a_street_have_the_same_key() -> None:
    assert street_key("30 North Main Street, Suite 4") == street_key("30 n. main st ste 4")
    assert street_key("30 Main Street") != street_key("31 Main Street")
