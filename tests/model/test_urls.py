"""Paths, links and URLs."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.model import urls


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
        ("en/guide.html", "en/offline.json", "offline.json"),
        ("en/a/", "en/a/b/", "b/index.html"),
        ("en/a/b/", "en/", "../../index.html"),
        ("en/a/", "", "../../index.html"),
        ("a/en/", "a/en/en/#x#y", "en/index.html#x#y"),
        ("en/a/", "es/a/", "../../es/a/index.html"),
        ("en/", "data/a b.vcf", "../data/a%20b.vcf"),
        ("en/", "data/a~b_c.vcf", "../data/a~b_c.vcf"),
        ("ä/", "ä/ö/#ü", "%C3%B6/index.html#ü"),
    ],
)
def test_links_are_relative_and_name_the_file(here: str, there: str, link: str) -> None:
    assert urls.relative_url(here, there) == link


_FOLDER = st.lists(st.sampled_from(["a", "b", "ab", "en"]), max_size=4).map(lambda names: "".join(f"{name}/" for name in names))


@given(_FOLDER, _FOLDER)
def test_a_relative_link_resolves_to_its_target(here: str, there: str) -> None:
    link = urls.relative_url(here, there)

    assert posixpath.normpath(posixpath.join(here, link)) == urls.build_file_path(there)
    assert posixpath.normpath(posixpath.join(here, urls.relative_folder(here, there))) == posixpath.normpath(there or ".")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbor Falls", "harbor-falls"),
        ("São Paulo", "sao-paulo"),
        ("O'Fallon", "o-fallon"),
        ("東京", "130016b2"),
        ("Район 1", "1-e54e346d"),
        ("Straße", "strae-58a3778c"),
        ("  -- A & B --  ", "a-b"),
        ("a" * 60, "a" * 50),
        ("a" * 49 + " b", "a" * 49),
        ("...", "ab5df625"),
    ],
)
def test_a_name_becomes_a_slug(name: str, slug: str) -> None:
    assert urls.slug(name) == slug


@pytest.mark.parametrize(
    ("address", "base"),
    [("https://a.example.org", "/"), ("https://a.example.org/", "/"), ("https://a.example.org/some/base/", "/some/base/")],
)
def test_the_base_path_has_a_slash_at_both_ends(address: str, base: str) -> None:
    assert urls.base_path(address) == base


def test_a_phone_link_dials_the_number_and_its_extension() -> None:
    assert urls.phone_url("(555) 555-0114", "12") == "tel:5555550114,12"
    assert urls.phone_url("(555) 555-0114", "12#", "US") == "tel:+15555550114,12%23"
    assert urls.phone_url("(555) 555-0114", "*4", "US") == "tel:+15555550114,*4"
    assert urls.phone_url("+1 555 555 0114") == "tel:+15555550114"
    assert urls.phone_url("(555) 555-0114", region="US") == "tel:+15555550114"
    assert urls.phone_url("911", region="US") == "tel:911"
    assert urls.phone_url("1-555-555-0114", region="CA") == "tel:+15555550114"
    assert urls.phone_url("(787) 555-0114", "5", "PR") == "tel:+17875550114,5"
    assert urls.phone_url("555 555 0114", region="MX") == "tel:+525555550114"
    assert urls.phone_url("1-800-FLOWERS", region="US") == "tel:+18003569377"
    assert urls.phone_url("844-RIGHTS-9 (844-744-4879)", region="US") == "tel:+18447444879"
    assert urls.phone_url("+44 20 7946 0018", region="US") == "tel:+442079460018"
    assert urls.phone_url("741741", region="US", kind="text") == "sms:741741"
    assert urls.phone_url("(555) 555-0106", region="US", kind="whatsapp") == "https://wa.me/15555550106"
    assert urls.phone_url("(555) 555-0106", region="US", kind="tty") == "tel:+15555550106"
    assert urls.phone_url("2-555-555-0114", region="US") == "tel:25555550114"


PATHS = {
    urls.home: "en/",
    urls.search: "en/search/",
    urls.services: "en/services/",
    urls.partners: "en/partners/",
    urls.spoken_languages: "en/languages/",
    urls.my_list: "en/my-list/",
    urls.offline: "en/offline/",
    urls.offline_list: "en/offline.json",
    urls.single_file: "en/guide.html",
    urls.areas: "en/areas/",
    urls.spotlights: "en/spotlights/",
    urls.about: "en/about/",
    urls.privacy: "en/privacy/",
    urls.external_links: "en/external-links/",
    urls.accessibility: "en/accessibility/",
    urls.feed: "en/feed.xml",
}
NAMED_PATHS = {
    urls.service_type: "en/services/Ab-c/",
    urls.partner: "en/partners/Ab-c/",
    urls.spoken_language: "en/languages/ab-c/",
    urls.handout: "en/handout/Ab-c/",
    urls.area: "en/areas/ab-c/",
    urls.role: "en/for/Ab-c/",
    urls.spotlight: "en/spotlights/Ab-c/",
}


def test_published_addresses_never_change() -> None:
    """People bookmark them, print them and link to them."""
    assert [build_path("en") for build_path in PATHS] == list(PATHS.values())
    assert [build_path("en", "Ab-c") for build_path in NAMED_PATHS] == list(NAMED_PATHS.values())
    assert (urls.CHOOSER, urls.NOT_FOUND) == ("", "404.html")
    assert (urls.contact_card("a"), urls.calendar("a")) == ("data/contacts/a.vcf", "data/calendars/a.ics")
    assert urls.manifest("en/") == "en/manifest.webmanifest"


@pytest.mark.parametrize(("path", "file"), [("", "index.html"), ("en/", "en/index.html"), ("404.html", "404.html")])
def test_each_page_has_its_file(path: str, file: str) -> None:
    assert urls.build_file_path(path) == file


@pytest.mark.parametrize(
    ("here", "there", "folder"),
    [
        ("", "", "./"),
        ("en/", "", "../"),
        ("en/a/", "en/", "../"),
        ("en/a/", "es/b", "../../es/b/"),
        ("404.html", "en/ä", "en/%C3%A4/"),
    ],
)
def test_the_relative_path_to_a_folder_ends_with_a_slash(here: str, there: str, folder: str) -> None:
    assert urls.relative_folder(here, there) == folder


def test_absolute_urls_start_with_the_address_of_the_guide() -> None:
    assert urls.absolute_url("https://a.example.org/x/", "en/ä/") == "https://a.example.org/x/en/%C3%A4/"
    assert urls.absolute_url("https://a.example.org", "") == "https://a.example.org/"
    assert urls.host("https://A.example.org:8000/x") == "a.example.org"
    assert urls.host("") == "localhost"


def test_links_to_mail_and_messages_encode_their_text() -> None:
    assert urls.phone_url("+1 (555) 555-0114", kind="text") == "sms:+15555550114"
    assert urls.mail_url("a+b@example.org") == "mailto:a+b@example.org"
    assert urls.mail_url("a b@example.org", "A & B?") == "mailto:a%20b@example.org?subject=A%20%26%20B%3F"
    assert urls.build_share_urls("a & b") == ("https://wa.me/?text=a%20%26%20b", "sms:?&body=a%20%26%20b")


@pytest.mark.parametrize(
    ("service", "link"),
    [
        ("openstreetmap", "https://www.openstreetmap.org/directions?to="),
        ("google", "https://www.google.com/maps/dir/?api=1&destination="),
        ("apple", "https://maps.apple.com/?daddr="),
    ],
)
def test_directions_lead_to_a_position_or_if_unknown_to_an_address(service: str, link: str) -> None:
    assert urls.directions_url(service, (42.5, -71.25), "1 Main & Elm") == f"{link}42.5%2C-71.25"
    assert urls.directions_url(service, None, "1 Main & Elm") == f"{link}1%20Main%20%26%20Elm"
