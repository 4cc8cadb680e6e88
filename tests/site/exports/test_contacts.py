"""Contact cards for the address book of a phone, read by a program that knows nothing of us."""

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


def test_it_says_how_to_reach_the_partner(tmp_path: Path) -> None:
    _, read = card(tmp_path)

    assert read.fn.value == NAME
    assert [one.value for one in read.contents["tel"]] == ["+15555550114,12", "+15555550115"]
    assert [one.value for one in read.contents["x-ablabel"]] == ["Front desk, ask for Ana"]
    assert read.email.value == "bread@example.org"
    assert read.url.value == "https://bread.example.org/"
    assert read.note.value == "https://guide.example.org/en/partners/food-bank/"


def test_a_secret_place_is_not_in_it(tmp_path: Path) -> None:
    content, read = card(tmp_path)

    (place,) = read.contents["adr"]

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
