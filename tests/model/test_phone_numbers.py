"""Phone numbers: parsed as people write them, formatted for display, and dialed."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.content.load import load
from guidegen.model.phone_numbers import dialed_digits, format_number, is_assigned
from tests import make


@pytest.mark.parametrize(
    ("written", "displayed", "dialed"),
    [
        ("(555) 555-0114", "(555) 555-0114", "+15555550114"),
        ("555-555-0114", "555-555-0114", "+15555550114"),
        ("1-800-555-0105", "1-800-555-0105", "+18005550105"),
        ("3123411070", "(312) 341-1070", "+13123411070"),
        ("312.341.1070", "(312) 341-1070", "+13123411070"),
        ("(419)473-1294", "(419) 473-1294", "+14194731294"),
        ("+1 555 555 0114", "+1 555 555 0114", "+15555550114"),
        ("+442079460018", "+44 20 7946 0018", "+442079460018"),
        ("1-800-FLOWERS", "1-800-FLOWERS", "+18003569377"),
        ("844-RIGHTS-9 (844-744-4879)", "844-RIGHTS-9 (844-744-4879)", "+18447444879"),
        ("555-0114", "555-0114", "5550114"),
        ("911", "911", "911"),
        ("741741", "741741", "741741"),
        ("*67", "*67", "*67"),
    ],
)
def test_a_number_keeps_its_groups_and_is_dialed_with_its_country_code(written: str, displayed: str, dialed: str) -> None:
    assert (format_number(written, "US"), dialed_digits(written, "US")) == (displayed, dialed)


@pytest.mark.parametrize(
    ("region", "written", "displayed"), [("GB", "02079460018", "020 7946 0018"), ("DE", "0821/4508012", "0821 4508012")]
)
def test_a_number_of_another_country_is_grouped_as_in_that_country(region: str, written: str, displayed: str) -> None:
    assert format_number(written, region) == displayed


@pytest.mark.parametrize(
    ("number", "expected"),
    [("(312) 341-1070", True), ("(555) 555-0114", True), ("911", True), ("(555) 123-4567", False), ("(312) 041-1070", False)],
)
def test_a_number_in_an_unassigned_range_is_recognized(number: str, expected: bool) -> None:
    assert is_assigned(number, "US") is expected


@pytest.mark.parametrize(
    "written", ["(555) 555-0114 ext. 12", "(555) 555-0114 x12", "555-555-0114 extension 12", "(555) 555-0114;ext=12"]
)
def test_an_extension_may_follow_the_number(tmp_path: Path, written: str) -> None:
    profile = make.PARTNER_YML.replace("(555) 555-0114", written)

    (partner,) = load(make.folder(tmp_path, {"content/partners/food-bank.yml": profile})).guide.partners

    assert (partner.phones[0].extension, partner.phones[0].number.endswith("0114")) == ("12", True)


def test_every_kind_of_number_has_its_link(tmp_path: Path) -> None:
    phones = """\
phones:
  - {number: "(555) 555-0103", extension: "12#", note: Then press 2}
  - {number: "555-555-0104", extension: "*4", kind: voice}
  - {number: "1-800-555-0105", kind: tty}
  - {number: "741741", kind: text, note: Text HELLO}
  - {number: "(555) 555-0106", kind: whatsapp}
"""
    profile = phones + make.PARTNER_YML.replace('phones:\n  - {number: "(555) 555-0114"}\n', "")
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile})
    pipeline.build(root, root / "site")

    page = (root / "site/en/partners/food-bank/index.html").read_text(encoding="utf-8")

    for link in ("tel:+15555550103,12%23", "tel:+15555550104,*4", "tel:+18005550105", "sms:741741", "https://wa.me/15555550106"):
        assert f'href="{link}"' in page, link
    assert 'href="https://wa.me/15555550106" rel="external noreferrer"' in page
