"""Contact cards for a phone's address book, read back by an independent library."""

from pathlib import Path

import vobject

from guidegen.build import pipeline
from tests import make

NAME = "Bäckerei, Söhne; 河湾成人学校河湾成人学校河湾成人学校河湾成人学校 \\ Co"
PROFILE = f"""\
name: '{NAME}'
plain_name: Bread for everyone
summary: Free food for everyone.
email: bread@example.org
website: https://bread.example.org/
phones:
  - {{number: "(555) 555-0114", extension: "12", note: "Front desk, ask for Ana"}}
  - {{number: "(555) 555-0115", kind: text}}
locations:
  - key: main
    address: {{line1: "12 Main Street", line2: "Door B, left", city: Millbrook, state: MA, postal_code: "00101"}}
  - key: secret
    address: {{line1: "9 Hidden Lane", city: Millbrook, state: MA, postal_code: "00101"}}
    confidential: yes
services:
  - key: pantry
    types: [food]
    name: Pantry
"""


def card(tmp_path: Path) -> tuple[bytes, vobject.base.Component]:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": PROFILE})
    pipeline.build(root, root / "site")
    content = (root / "site/data/contacts/food-bank.vcf").read_bytes()
    return content, vobject.readOne(content.decode())


def test_a_card_has_the_ways_to_reach_the_partner(tmp_path: Path) -> None:
    _, vcard = card(tmp_path)

    assert vcard.fn.value == NAME
    assert [phone.value for phone in vcard.contents["tel"]] == ["+15555550114,12", "+15555550115"]
    assert [label.value for label in vcard.contents["x-ablabel"]] == ["Front desk, ask for Ana"]
    assert vcard.email.value == "bread@example.org"
    assert vcard.url.value == "https://bread.example.org/"
    assert vcard.note.value == "https://guide.example.org/en/partners/food-bank/"


def test_a_card_leaves_out_confidential_locations(tmp_path: Path) -> None:
    content, vcard = card(tmp_path)

    (place,) = vcard.contents["adr"]

    assert (place.value.street, place.value.extended, place.value.city, place.value.code) == (
        "12 Main Street",
        "Door B, left",
        "Millbrook",
        "00101",
    )
    assert b"Hidden" not in content


def test_long_lines_are_folded_between_characters(tmp_path: Path) -> None:
    content, _ = card(tmp_path)

    lines = content.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert content.endswith(b"END:VCARD\r\n")
