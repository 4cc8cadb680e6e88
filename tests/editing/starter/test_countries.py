"""The table of emergency numbers, compared with the data that phones use."""

import phonenumbers
import pytest

from guidegen.editing.starter import countries


def test_at_least_thirty_countries_are_known() -> None:
    assert len(countries.list_countries()) >= 30


@pytest.mark.parametrize("country", countries.list_countries())
def test_every_number_is_an_emergency_number_of_its_country(country: str) -> None:
    """Google's short number data is a second source beside the one named in the table."""
    table = countries.emergency_numbers(country)

    assert table is not None
    assert table.source.startswith("http")
    assert 1 <= len(table.numbers) <= 4
    for entry in table.numbers:
        assert phonenumbers.is_emergency_number(entry.number, country), entry
        assert set(entry.kinds) <= {"emergency", "police", "ambulance", "fire"}
    assert table.find("police")


def test_a_country_that_is_not_in_the_table_has_no_numbers() -> None:
    assert countries.emergency_numbers("SO") is None


@pytest.mark.parametrize(
    ("country", "zones"), [("DE", ("Europe/Berlin",)), ("GB", ("Europe/London",)), ("SO", ("Africa/Mogadishu",))]
)
def test_a_country_with_one_zone_for_nearly_everybody_needs_no_answer(country: str, zones: tuple[str, ...]) -> None:
    assert countries.list_zones(country) == zones


def test_a_country_with_several_zones_lists_them() -> None:
    assert {"America/Toronto", "America/Vancouver"} <= set(countries.list_zones("CA"))


@pytest.mark.parametrize(
    ("country", "expected"), [("US", True), ("GB", True), ("AU", True), ("CA", False), ("DE", False), ("MX", False)]
)
def test_english_is_what_newcomers_learn_only_where_it_is_the_only_official_language(country: str, expected: bool) -> None:
    assert countries.speaks_english(country) is expected
