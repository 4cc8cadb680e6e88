"""Long lists have several pages: their size does not grow with the guide, and every organization is on one of them."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.site.components import pagination
from guidegen.site.components.card import build_card
from guidegen.site.pages.partners import group_by_letter
from tests import make

pytestmark = pytest.mark.slow

PROFILE = """\
name: {name}
summary: Free food for everyone.
phones: [{{number: "(555) 555-0114"}}]
languages: [{{code: es, how: staff}}]
{places}services:
  - {{key: pantry, types: [food], name: Pantry, roles: [parents]{more}}}
"""
TOWN = """\
locations:
  - {{key: main, address: {{line1: 1 Main Street, city: {town}, state: MA, postal_code: "00101"}}}}
"""
LISTS = ("services/food", "languages/es", "partners", "for/parents", "areas/millbrook")
CARD = re.compile(r'<article class="card".*?</article>', re.DOTALL)
PROFILE_LINK = re.compile(r'class="card-title"><a href="(?:[^"]*/)?([a-z0-9-]+)/index.html"')
ROW = re.compile(r'<a class="row-link" href="([^"]+)"><span>(.*?)</span> <span class="count">(\d+)')
PAGE_LINK = re.compile(r'<a class="button" href="([^"#]+)"[^>]*>(\d+)</a>')


def profiles() -> dict[str, str]:
    """Return 120 profiles in one town, ten in another, two with remote services, and one without a location."""
    files = {}
    for number in range(133):
        town = "Millbrook" if number < 120 else "Eastfield" if number < 130 else ""
        name = f"{'ABC'[number % 3]} Pantry {number}"
        more = ", attend: [phone]" if number in (130, 131) else ""
        places = TOWN.format(town=town) if town else ""
        files[f"content/partners/pantry-{number}.yml"] = PROFILE.format(name=name, places=places, more=more)
    return files


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = profiles() | {"content/partners/a-z.yml": make.PARTNER_YML.replace("Food Bank", "Zebra")}
    root = make.folder(tmp_path_factory.mktemp("long"), files)
    pipeline.build(root, root / "site")
    return root / "site"


def pages_of(site: Path, listed: str) -> dict[str, str]:
    """Return the HTML of the pages of a list, by folder and without profiles."""
    pages = {}
    for file in sorted((site / "en" / listed).rglob("index.html")):
        folder = file.parent.relative_to(site / "en" / listed).as_posix()
        if listed != "partners" or folder == "." or folder.startswith("a-z/"):
            pages[folder] = file.read_text(encoding="utf-8")
    return pages


@pytest.mark.parametrize("listed", LISTS)
def test_no_page_of_a_list_has_more_cards_than_a_phone_can_open(site: Path, listed: str) -> None:
    counts = {folder: len(CARD.findall(html)) for folder, html in pages_of(site, listed).items()}

    assert counts.pop(".") == 0
    assert counts
    assert all(0 < count <= pagination.MAX_CARDS for count in counts.values())


@pytest.mark.parametrize("listed", LISTS)
def test_every_organization_is_in_a_section(site: Path, listed: str) -> None:
    expected = {f"pantry-{number}" for number in range(120 if "areas" in listed else 133)}
    slugs = {slug for html in pages_of(site, listed).values() for slug in PROFILE_LINK.findall("".join(CARD.findall(html)))}

    assert slugs - {"food-bank", "a-z"} == expected


@pytest.mark.parametrize("listed", LISTS)
def test_the_first_page_links_to_all_sections_with_their_counts(site: Path, listed: str) -> None:
    pages = pages_of(site, listed)
    rows = {link: int(count) for link, _, count in ROW.findall(pages["."])}
    prefix = "a-z/" if listed == "partners" else ""

    assert set(rows) == {f"{folder}/index.html" for folder in pages if folder != "." and "/" not in folder.removeprefix(prefix)}
    for link, count in rows.items():
        folder = link.removesuffix("/index.html")
        numbered = [html for name, html in pages.items() if name == folder or re.fullmatch(rf"{folder}/\d+", name)]
        assert sum(len(CARD.findall(html)) for html in numbered) == count


def test_the_pages_of_a_long_section_link_to_each_other(site: Path) -> None:
    first = (site / "en/services/food/at-millbrook/index.html").read_text(encoding="utf-8")
    second = (site / "en/services/food/at-millbrook/2/index.html").read_text(encoding="utf-8")

    assert [number for _, number in PAGE_LINK.findall(first)] == ["1", "2"]
    assert [number for _, number in PAGE_LINK.findall(second)] == ["1", "2"]
    assert 'href="2/index.html"' in first
    assert 'href="../index.html"' in second
    assert 'href="index.html" aria-current="page">2</a>' in second
    assert "<title>Food · Millbrook (2/2) · Test Guide</title>" in second


def test_sections_are_named_after_what_their_cards_share(site: Path) -> None:
    def names(listed: str, language: str = "en") -> list[str]:
        html = (site / language / listed / "index.html").read_text(encoding="utf-8")
        return [re.sub(r"<[^>]+>", "", name) for _, name, _ in ROW.findall(html)]

    assert names("services/food") == ["Eastfield", "Millbrook", "By phone, online or at your home", "Ask them where"]
    assert names("partners") == ["A", "B", "C", "F", "Z"]
    assert names("areas/millbrook") == ["Food"]
    assert names("for/parents", "es") == ["Comida"]


def test_the_first_page_links_to_a_search_that_filters_all_sections(site: Path) -> None:
    assert '#f=type:food">Narrow down</a>' in (site / "en/services/food/index.html").read_text(encoding="utf-8")
    assert "#f=" not in (site / "en/services/food/at-eastfield/index.html").read_text(encoding="utf-8")


def test_a_partner_can_have_the_slug_of_the_letters_folder(site: Path) -> None:
    assert "<h1>Zebra</h1>" in (site / "en/partners/a-z/index.html").read_text(encoding="utf-8")


def test_a_letter_is_one_section_even_if_its_names_are_not_adjacent() -> None:
    cards = [build_card(make.partner(name=name), (), "") for name in ("Ana", "Bo", "Ámbar", "7 Hills", "¡Ya!")]

    assert {letter: len(members) for letter, members in group_by_letter(cards, "en").items()} == {"A": 2, "B": 1, "#": 2}


def test_a_short_list_is_one_page(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")

    assert [folder.name for folder in (root / "site/en/services/food").iterdir()] == ["index.html"]
    assert "row-link" not in (root / "site/en/partners/index.html").read_text(encoding="utf-8")


def test_an_incremental_build_equals_a_clean_one_while_a_list_shrinks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination, "MAX_CARDS", 2)
    files = dict(list(profiles().items())[118:123])
    root, other = make.folder(tmp_path / "one", files), tmp_path / "other"
    pipeline.build(root, root / "site")
    for name in list(files)[:4]:
        (root / name).unlink()
        pipeline.build(root, root / "site")
        pipeline.build(root, other, pipeline.BuildOptions(clean=True))
        incremental, clean = (
            {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
            for folder in (root / "site", other)
        )
        assert incremental == clean
