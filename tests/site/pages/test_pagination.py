"""Long lists in parts: no page grows with the guide, and everybody is still to be found."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.site.components import pagination
from guidegen.site.components.card import build_card
from guidegen.site.pages.partners import lettered
from tests import make

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
SHEET = re.compile(r'<a class="button" href="([^"#]+)"[^>]*>(\d+)</a>')


def profiles() -> dict[str, str]:
    """120 organizations in one town, ten in another, two that help from afar, and one that says nothing of where it is."""
    found = {}
    for number in range(133):
        town = "Millbrook" if number < 120 else "Eastfield" if number < 130 else ""
        name = f"{'ABC'[number % 3]} Pantry {number}"
        more = ", attend: [phone]" if number in (130, 131) else ""
        places = TOWN.format(town=town) if town else ""
        found[f"content/partners/pantry-{number}.yml"] = PROFILE.format(name=name, places=places, more=more)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = profiles() | {"content/partners/a-z.yml": make.PARTNER_YML.replace("Food Bank", "Zebra")}
    root = make.folder(tmp_path_factory.mktemp("long"), files)
    pipeline.build(root, root / "site")
    return root / "site"


def pages_of(site: Path, listed: str) -> dict[str, str]:
    """The pages of a list by their folders; profiles are none."""
    found = {}
    for file in sorted((site / "en" / listed).rglob("index.html")):
        folder = file.parent.relative_to(site / "en" / listed).as_posix()
        if listed != "partners" or folder == "." or folder.startswith("a-z/"):
            found[folder] = file.read_text(encoding="utf-8")
    return found


@pytest.mark.parametrize("listed", LISTS)
def test_no_page_of_a_list_holds_more_cards_than_a_phone_can_open(site: Path, listed: str) -> None:
    counts = {folder: len(CARD.findall(html)) for folder, html in pages_of(site, listed).items()}

    assert counts.pop(".") == 0
    assert counts
    assert all(0 < count <= pagination.MAX_CARDS for count in counts.values())


@pytest.mark.parametrize("listed", LISTS)
def test_everybody_is_in_one_of_the_parts(site: Path, listed: str) -> None:
    wanted = {f"pantry-{number}" for number in range(120 if "areas" in listed else 133)}
    found = {slug for html in pages_of(site, listed).values() for slug in PROFILE_LINK.findall("".join(CARD.findall(html)))}

    assert found - {"food-bank", "a-z"} == wanted


@pytest.mark.parametrize("listed", LISTS)
def test_the_first_page_counts_the_parts_and_leads_to_all_of_them(site: Path, listed: str) -> None:
    found = pages_of(site, listed)
    rows = {link: int(count) for link, _, count in ROW.findall(found["."])}
    below = "a-z/" if listed == "partners" else ""

    assert set(rows) == {f"{folder}/index.html" for folder in found if folder != "." and "/" not in folder.removeprefix(below)}
    for link, count in rows.items():
        folder = link.removesuffix("/index.html")
        numbered = [html for name, html in found.items() if name == folder or re.fullmatch(rf"{folder}/\d+", name)]
        assert sum(len(CARD.findall(html)) for html in numbered) == count


def test_a_part_that_is_too_long_has_pages_that_lead_to_each_other(site: Path) -> None:
    first = (site / "en/services/food/at-millbrook/index.html").read_text(encoding="utf-8")
    second = (site / "en/services/food/at-millbrook/2/index.html").read_text(encoding="utf-8")

    assert [number for _, number in SHEET.findall(first)] == ["1", "2"]
    assert [number for _, number in SHEET.findall(second)] == ["1", "2"]
    assert 'href="2/index.html"' in first
    assert 'href="../index.html"' in second
    assert 'href="index.html" aria-current="page">2</a>' in second
    assert "<title>Food · Millbrook (2/2) · Test Guide</title>" in second


def test_parts_are_called_by_what_they_have_in_common(site: Path) -> None:
    def names(listed: str, language: str = "en") -> list[str]:
        html = (site / language / listed / "index.html").read_text(encoding="utf-8")
        return [re.sub(r"<[^>]+>", "", name) for _, name, _ in ROW.findall(html)]

    assert names("services/food") == ["Eastfield", "Millbrook", "By phone, online or at your home", "Ask them where"]
    assert names("partners") == ["A", "B", "C", "F", "Z"]
    assert names("areas/millbrook") == ["Food"]
    assert names("for/parents", "es") == ["Comida"]


def test_all_parts_at_once_can_be_narrowed_down_in_the_search(site: Path) -> None:
    assert '#f=type:food">Narrow down</a>' in (site / "en/services/food/index.html").read_text(encoding="utf-8")
    assert "#f=" not in (site / "en/services/food/at-eastfield/index.html").read_text(encoding="utf-8")


def test_a_partner_may_be_called_as_the_folder_of_the_letters_is(site: Path) -> None:
    assert "<h1>Zebra</h1>" in (site / "en/partners/a-z/index.html").read_text(encoding="utf-8")


def test_a_letter_is_one_part_wherever_its_names_stand() -> None:
    made = [build_card(make.partner(name=name), (), "") for name in ("Ana", "Bo", "Ámbar", "7 Hills", "¡Ya!")]

    assert {letter: len(some) for letter, some in lettered(made).items()} == {"A": 2, "B": 1, "#": 2}


def test_a_short_list_is_one_page(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")

    assert [folder.name for folder in (root / "site/en/services/food").iterdir()] == ["index.html"]
    assert "row-link" not in (root / "site/en/partners/index.html").read_text(encoding="utf-8")


def test_a_list_that_becomes_long_and_short_again_is_as_if_built_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "MOST_CARDS", 2)
    files = dict(list(profiles().items())[118:123])
    root, other = make.folder(tmp_path / "one", files), tmp_path / "other"
    pipeline.build(root, root / "site")
    for name in list(files)[:4]:
        (root / name).unlink()
        pipeline.build(root, root / "site")
        pipeline.build(root, other, pipeline.Options(clean=True))
        kept, anew = (
            {str(file.relative_to(top)): file.read_bytes() for file in sorted(top.rglob("*")) if file.is_file()}
            for top in (root / "site", other)
        )
        assert kept == anew
