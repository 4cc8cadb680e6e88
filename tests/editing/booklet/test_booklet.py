"""Booklets: tagged PDFs with everything that the printed sheets say, in every direction, the same for the same contents."""

import re
from collections import defaultdict
from pathlib import Path

import pypdfium2
import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.editing.booklet import typesetting
from guidegen.model.problems import GuidegenError
from tests import ROOT, make

pytestmark = pytest.mark.slow
PARTNER = """\
name: "#panic(\\"Food\\") *Bank*"
plain_name: Free food
summary: Free food for everyone.
phones: [{number: "(555) 555-0114", extension: "12", note: Ring twice}]
languages: [{code: es}, {code: ar}]
locations:
  - {key: mill, address: {line1: 1 Mill Street, city: Riverbend, state: MA, postal_code: "00101"}}
  - {key: safe, confidential: yes, address: {line1: 9 Secret Road, city: Eastfield}}
services:
  - key: pantry
    types: [food]
    name: Pantry
    at: [mill]
    cost: {free: yes}
    hours: [{days: [mo], open: "09:30", close: "12:45"}]
  - {key: beds, types: [food], name: Beds, at: [safe]}
partnership: {point_person: {name: Secret Person}}
"""
ARABIC = "plain_name: طعام مجاني\nsummary: طعام مجاني للجميع.\nservices: [{key: pantry, name: مخزن الطعام}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make.folder(
        tmp_path,
        {
            "content/partners/food-bank.yml": PARTNER,
            "content/partners/food-bank.ar.yml": ARABIC,
            "content/partners/draft.yml": make.PARTNER_YML.replace("Food Bank", "Draft Bank") + "status: draft\n",
        },
    )


def write(root: Path, *options: str) -> bytes:
    assert main(["booklet", "--root", str(root), "--out", str(root / "out.pdf"), *options]) == 0
    return (root / "out.pdf").read_bytes()


def read_lines(content: bytes) -> list[str]:
    """Return the lines of all pages as they are seen: the characters of each line from left to right."""
    lines = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        seen: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            left, bottom, right, _ = text.get_charbox(index, loose=True)
            if character.strip() and right > left:
                seen[round(bottom)].append((left, character))
        lines += ["".join(character for _, character in sorted(line)) for line in seen.values()]
    return lines


def read_text(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


def test_a_booklet_says_all_and_nothing_secret(root: Path) -> None:
    text = read_text(write(root))

    for said in ("Test Guide", "Free food", "(555) 555-0114", "Ring twice", "1 Mill Street", "Pantry", "Spanish", "9:30", "Beds"):
        assert said in text, said
    for secret in ("Secret Road", "Secret Person", "Draft Bank"):
        assert secret not in text


def test_a_booklet_has_all_services_and_addresses_of_an_organization(root: Path) -> None:
    places = "".join(
        f"  - {{key: p{number}, address: {{line1: {number} Long Road, city: Riverbend}}}}\n" for number in range(1, 7)
    )
    services = "".join(f"  - {{key: s{number}, types: [food], name: Meal {number}, at: [p{number}]}}\n" for number in range(1, 7))
    profile = f'name: Many\nsummary: Meals.\nphones: [{{number: "(555) 555-0151"}}]\nlocations:\n{places}services:\n{services}'
    make.write(root, "content/partners/many.yml", profile)

    text = read_text(write(root))

    for number in range(1, 7):
        assert f"Meal {number}" in text
        assert f"{number} Long Road" in text


def test_content_is_never_run_as_code(root: Path) -> None:
    assert '#panic("Food") *Bank*' in read_text(write(root))


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_phones_and_times_are_in_order_in_both_directions(root: Path, tag: str) -> None:
    lines = read_lines(write(root, "--language", tag))

    phones = [re.sub("[()]", "", line) for line in lines]  # the reader of the PDF mirrors the signs of brackets once more
    assert any("555555-0114" in line for line in phones)
    assert any("9:30" in line and "12:45" in line for line in lines)
    if tag == "ar":
        line = next(line for line in phones if "555555-0114" in line)
        assert line.index("12") < line.index("555555-0114")  # the extension comes after the number, which is on its left


def test_a_booklet_is_tagged_accessible_and_the_same_each_time(root: Path) -> None:
    first = write(root, "--language", "ar")

    assert b"pdfuaid" in first  # Typst writes the mark only after its own check of PDF/UA-1 passed
    assert pypdfium2.raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(first))
    assert write(root, "--language", "ar") == first


def test_a_part_of_the_guide_and_its_errors(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Free food" in read_text(write(root, "--type", "food", "--area", "riverbend"))
    for options, said in (
        (["--language", "xx"], "'xx' is not a language of this guide"),
        (["--type", "fod"], "'fod' is not a service type"),
        (["--area", "Nowhere"], "'Nowhere' is not an area"),
        (["--type", "english"], "nobody offers that"),
    ):
        assert main(["booklet", "--root", str(root), *options]) == 2
        assert said in capsys.readouterr().err
    assert not (root / "static").exists()


def test_the_site_links_to_the_booklet_with_its_size(root: Path) -> None:
    assert main(["booklet", "--root", str(root), "--language", "es"]) == 0

    pipeline.build(root, root / "site")

    assert (root / "site/static/booklets/es.pdf").is_file()
    page = (root / "site/es/offline/index.html").read_text(encoding="utf-8")
    assert 'href="../../static/booklets/es.pdf"' in page
    assert "Cuadernillo para imprimir (PDF, " in page
    assert "booklets" not in (root / "site/en/offline/index.html").read_text(encoding="utf-8")


def test_a_language_without_a_font_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_list_installed", lambda: frozenset({"Noto Sans"}))

    with pytest.raises(GuidegenError, match="there is no font for the language ar; install one, such as Noto Sans Arabic"):
        typesetting.typeset({"language": "ar", "kinds": []}, make.TODAY)


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_the_sample_guide_has_every_open_partner(tmp_path: Path, tag: str) -> None:
    assert main(["booklet", "--root", str(ROOT), "--language", tag, "--out", str(tmp_path / "out.pdf")]) == 0

    text = "\n".join(read_lines((tmp_path / "out.pdf").read_bytes()))
    guide = pipeline.prepare_for_publishing(pipeline.load_checked_guide(ROOT)[0], pipeline.BuildOptions())
    partners = [partner for partner in guide.listed if partner.offered and partner.status == "active"]
    missing = [partner.name for partner in partners if "".join(partner.name.split()) not in text]
    assert len(partners) > 30
    assert missing == []
