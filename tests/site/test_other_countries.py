"""Guides of Germany, Canada and Mexico: nothing on their pages belongs to another country."""

import re
from pathlib import Path

import pytest

from guidegen.cli import main
from tests import ROOT

SITES = ROOT / "tests/sites"
NEVER = re.compile(
    r"\b(?:211|988|1-8\d\d-\d{3}|ZIP|zip code|notario|green card|public charge|Medicaid|SNAP|GED|USCIS|DMV)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites")
    for name in ("de", "ca", "mx"):
        out = folder / name / "site"
        assert main(["build", "--root", str(SITES / name), "--out", str(out), "--cache", str(folder / "cache" / name)]) == 0
    return folder


def read_pages(folder: Path) -> dict[str, str]:
    """Return what each page shows, with scripts, styles and tags removed."""
    pages = {}
    for page in sorted(folder.rglob("*.html")):
        html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        pages[page.relative_to(folder).as_posix()] = re.sub(r"<[^>]+>", " ", html)
    return pages


@pytest.mark.parametrize(("name", "is_foreign"), [("de", r"\b911\b|\$|\d\s?[ap]\.?m\b"), ("ca", r"\b112\b"), ("mx", r"\b112\b")])
def test_no_page_has_a_word_of_another_country(name: str, is_foreign: str, sites: Path) -> None:
    pages = read_pages(sites / name / "site")

    assert len(pages) > 50
    assert {path: match[0] for path, text in pages.items() if (match := NEVER.search(text))} == {}
    assert {path: match[0] for path, text in pages.items() if (match := re.search(is_foreign, text))} == {}


def test_german_pages_have_german_forms_in_every_language(sites: Path) -> None:
    for tag in ("de", "uk", "ar", "en"):
        text = " ".join(read_pages(sites / "de/site" / tag / "partners/sprachschule")["index.html"].split())
        assert "Marktstraße 12, 48565 Steinfurt" in text
        assert "2,29 €" in text.replace("\xa0", " ")
        assert "030 23125 114" in text
        assert "18:00" in text
    home = read_pages(sites / "de/site/de")["index.html"]
    assert re.search(r"\b112\b.*\b110\b", home, re.DOTALL)


def test_canadian_pages_have_canadian_forms(sites: Path) -> None:
    text = " ".join(read_pages(sites / "ca/site/fr/partners/newcomer-centre")["index.html"].split())
    assert "310 Riverside Drive West, Windsor ON N9A 5K4" in text
    assert "09 h 00" in text.replace("\xa0", " ")


def test_mexican_pages_have_mexican_forms(sites: Path) -> None:
    text = " ".join(read_pages(sites / "mx/site/ht/partners/casa-del-migrante")["index.html"].split())
    assert "Calle Tercera 120, 22000 Tijuana, B.C." in text
    assert "$150" in text


def test_an_interface_without_a_catalog_is_marked_as_english_and_content_as_what_it_is(sites: Path) -> None:
    html = (sites / "ca/site/pa/partners/newcomer-centre/index.html").read_text(encoding="utf-8")

    assert '<html lang="pa" dir="ltr">' in html
    assert '<body lang="en">' in html
    assert re.search(r'<h2[^>]* lang="pa"[^>]*>ਅੰਗਰੇਜ਼ੀ|lang="pa"[^>]*>\s*ਅੰਗਰੇਜ਼ੀ', html)
    assert "Monday and Tuesday" in html  # no English "and" between Punjabi days
    catalog_of_its_own = (sites / "de/site/de/index.html").read_text(encoding="utf-8")
    assert "<body>" in catalog_of_its_own
