"""The sitemap lists every page, in several files if there are many."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from guidegen.build import pipeline
from guidegen.content.catalogs import load_languages
from guidegen.site import pages
from guidegen.site.exports import sitemap
from tests import make

SITE = "https://guide.example.org/"


def build_files(root: Path) -> dict[str, bytes]:
    """Return the sitemap files of a small guide, by path."""
    guide, _ = pipeline.load_checked_guide(make.folder(root))
    languages = load_languages(root, guide.settings.languages, "US")
    planned = tuple(pages.plan(guide, languages))
    return {file.path: file.content for file in sitemap.files(guide, languages, planned)}


def addresses(xml: bytes) -> list[str]:
    elements = ElementTree.fromstring(xml).iter()  # noqa: S314  # our own output
    return [element.text or "" for element in elements if element.tag.endswith("loc")]


def test_every_page_but_the_404_page_is_listed(tmp_path: Path) -> None:
    files = build_files(tmp_path)

    listed = addresses(files["sitemap.xml"])
    assert set(files) == {"sitemap.xml", "robots.txt"}
    assert f"{SITE}en/partners/food-bank/" in listed
    assert len(listed) == len(set(listed)) > 50
    assert not any("404" in address for address in listed)
    assert f"Sitemap: {SITE}sitemap.xml\n".encode() in files["robots.txt"]
    assert f'hreflang="ar" href="{SITE}ar/partners/food-bank/"'.encode() in files["sitemap.xml"]


def test_the_sitemap_of_a_large_guide_is_an_index_of_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    all_addresses = addresses(build_files(tmp_path)["sitemap.xml"])
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", len(all_addresses) // 2)

    files = build_files(tmp_path)

    parts = [name for name in files if name.startswith("sitemap-")]
    assert addresses(files["sitemap.xml"]) == [SITE + name for name in parts] != []
    assert [address for name in parts for address in addresses(files[name])] == all_addresses
