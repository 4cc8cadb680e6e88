"""Addresses and links."""

import pytest

from guidegen import urls


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("", "en/", "en/index.html"),
        ("en/", "en/", "index.html"),
        ("en/partners/ras/", "en/partners/", "../index.html"),
        ("en/partners/ras/", "ar/partners/ras/", "../../../ar/partners/ras/index.html"),
        ("en/partners/ras/", "static/css/site.css", "../../../static/css/site.css"),
        ("en/services/food/", "en/services/food/#riverbend", "index.html#riverbend"),
        ("404.html", "en/", "en/index.html"),
    ],
)
def test_links_are_relative_and_open_from_a_disk(here: str, there: str, link: str) -> None:
    assert urls.relative(here, there) == link


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbor Falls", "harbor-falls"),
        ("São Paulo", "sao-paulo"),
        ("O'Fallon", "o-fallon"),
        ("東京", "130016b2"),
        ("Район 1", "1-e54e346d"),
    ],
)
def test_a_name_becomes_an_address(name: str, slug: str) -> None:
    assert urls.slug(name) == slug


@pytest.mark.parametrize(
    ("address", "base"),
    [("https://a.example.org", "/"), ("https://a.example.org/", "/"), ("https://a.example.org/some/base/", "/some/base/")],
)
def test_the_base_path_has_a_slash_at_both_ends(address: str, base: str) -> None:
    assert urls.base_path(address) == base


def test_a_number_can_be_dialled_with_its_extension() -> None:
    assert urls.dial("(555) 555-0114", "12") == "tel:5555550114,12"
    assert urls.dial("+1 555 555 0114") == "tel:+15555550114"
    assert urls.dial("(555) 555-0114", region="US") == "tel:+15555550114"
    assert urls.dial("911", region="US") == "tel:911"
