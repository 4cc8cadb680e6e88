"""Addresses in the form of their country, with what is known of them; and what spellings have in common."""

import pytest

from guidegen.model.areas import place_key
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
def test_an_address_is_written_as_in_its_country(address: Address, line: str) -> None:
    assert address_line(address, "US") == line


def test_the_country_of_the_guide_is_that_of_an_address_without_one() -> None:
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
def test_a_postal_code_has_the_form_of_its_country(code: str, country: str, fits: bool) -> None:
    assert postal_code_fits(Address(postal_code=code, country=country), "US") is fits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Louis", "Saint Louis"), ("St Mary’s", "Saint Marys"), ("North  Fork", "NORTH FORK"), ("Mt. Vernon", "Mount Vernon"),
        ("Đà Nẵng", "Da Nang"),
        ("Trung tâm Đà Nẵng", "Trung tâm Đà Nẵng"), ("Winston-Salem", "Winston Salem"), ("Hawaiʻi", "Hawaii"),
    ],
)  # fmt: skip
def test_spellings_of_a_place_are_one(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(("one", "other"), [("North Fork", "South Fork"), ("Millbrook", "Mill Creek"), ("北京", "南京")])
def test_other_places_are_others(one: str, other: str) -> None:
    assert place_key(one) != place_key(other)


def test_spellings_of_a_street_are_one() -> None:
    assert street_key("30 North Main Street, Suite 4") == street_key("30 n. main st ste 4")
    assert street_key("30 Main Street") != street_key("31 Main Street")
