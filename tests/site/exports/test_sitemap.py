"""The site map names every page, in parts where there are many."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from guidegen.build import pipeline
from guidegen.content.catalogs import guide_languages
from guidegen.site import pages
from guidegen.site.exports import sitemap
from tests import make

SITE = "https://guide.example.org/"


def made(root: Path) -> dict[str, bytes]:
    """The site map of a small guide, by file."""
    guide, _ = pipeline.load_checked_guide(make.folder(root))
    languages = guide_languages(root, guide.settings.languages, "US")
    planned = tuple(pages.plan(guide, languages))
    return {file.path: file.content for file in sitemap.files(guide, languages, planned)}


def addresses(xml: bytes) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(xml).iter() if one.tag.endswith("loc")]  # noqa: S314  # our own


def test_every_page_is_named_but_the_one_for_addresses_that_are_not_there(tmp_path: Path) -> None:
    files = made(tmp_path)

    listed = addresses(files["sitemap.xml"])
    assert set(files) == {"sitemap.xml", "robots.txt"}
    assert f"{SITE}en/partners/food-bank/" in listed
    assert len(listed) == len(set(listed)) > 50
    assert not any("404" in one for one in listed)
    assert f"Sitemap: {SITE}sitemap.xml\n".encode() in files["robots.txt"]
    assert f'hreflang="ar" href="{SITE}ar/partners/food-bank/"'.encode() in files["sitemap.xml"]


def test_a_large_guide_has_parts_and_a_list_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = addresses(made(tmp_path)["sitemap.xml"])
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", len(whole) // 2)

    files = made(tmp_path)

    parts = [name for name in files if name.startswith("sitemap-")]
    assert addresses(files["sitemap.xml"]) == [SITE + name for name in parts] != []
    assert [one for name in parts for one in addresses(files[name])] == whole
