"""Private facts, confidential locations and drafts never appear in any output."""

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.model import visibility
from guidegen.model.article import Spotlight
from guidegen.model.location import Access, Address, Location
from guidegen.model.partner import Agreement, Partnership, PointPerson, Refers, Wioa
from tests import make

SHELTER = """\
name: Safe House
summary: A safe place to sleep.
phones: [{number: "(555) 555-0134"}]
locations:
  - key: house
    name: canary-place-name
    address: {line1: canary-street 1, line2: canary-floor, city: Riverbend, state: MA, postal_code: "00999", country: US}
    position: [42.987654, -72.123456]
    transit: canary-bus
    access: {wheelchair: yes, note: canary-ramp}
    description: canary-blue-door
    mailing: {line1: canary-box 7, city: Riverbend}
    website: https://canary.example.org/
    confidential: yes
services: [{key: bed, types: [food], name: A bed, at: [house]}]
extra: {code: canary-extra}
partnership:
  visibility: VISIBILITY
  point_person: {name: canary-person, title: canary-title, email: canary-mail@example.org, phone: "(555) 555-0199"}
  role: [safety]
  agreement: {type: mou, signed: 2021-03-04, expires: 2031-05-06}
  refers: {to: [food-bank], how: phone, contact: canary-contact, replies_in_days: 3}
  last_contact: 2021-07-08
  next_review: 2031-09-10
"""
PUBLIC_PARTNER = """\
name: Food Bank
phones: [{number: "(555) 555-0114"}]
services: [{key: pantry, types: [food], name: Pantry, languages: [{code: es}]}]
partnership: {visibility: public, refers: {from: [shelter]}}
"""
DRAFT = "name: canary-draft\nsummary: canary-draft-summary\nemail: canary-draft@example.org\nstatus: draft\n"
STORY = "---\ntitle: canary-story\ndate: 2026-01-01\ndraft: yes\n---\ncanary-story-text\n"
CANARIES = (
    b"canary",
    b"00999",
    b"42.98",
    b"72.12",
    b"555-0199",
    b"5555550199",
    b"2021-03-04",
    b"2031-05-06",
    b"2021-07-08",
    b"2031-09-10",
)


@pytest.mark.parametrize("partnership_visibility", ["private", "public"])
def test_no_published_byte_contains_private_facts(tmp_path: Path, partnership_visibility: str) -> None:
    files: dict[str, str | bytes] = {
        "content/partners/shelter.yml": SHELTER.replace("VISIBILITY", partnership_visibility),
        "content/partners/draft.yml": DRAFT,
        "content/spotlights/story.md": STORY,
    }
    root = make.folder(tmp_path, files)

    assert main(["build", "--root", str(root)]) == 0

    for file in (root / "site").rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert [canary for canary in CANARIES if canary in content or canary in str(file).encode()] == []
    assert b"Riverbend" in (root / "site/en/partners/shelter/index.html").read_bytes()


PRIVATE_LINES: dict[str, str | re.Pattern[str]] = {
    "name": "    name: canary-place-name\n",
    "street": "line1: canary-street 1, line2: canary-floor, ",
    "postal code": ', postal_code: "00999"',
    "position": "    position: [42.987654, -72.123456]\n",
    "transit": "    transit: canary-bus\n",
    "access": "    access: {wheelchair: yes, note: canary-ramp}\n",
    "description": "    description: canary-blue-door\n",
    "mailing": "    mailing: {line1: canary-box 7, city: Riverbend}\n",
    "website": "    website: https://canary.example.org/\n",
    "extra": "extra: {code: canary-extra}\n",
    "point person": re.compile(r"  point_person: .*\n"),
    "agreement": re.compile(r"  agreement: .*\n"),
    "contact": ", contact: canary-contact",
    "last contact": "  last_contact: 2021-07-08\n",
    "next review": "  next_review: 2031-09-10\n",
    "WIOA": "  wioa: {title_ii: yes, ielce: yes, one_stop_partner: yes}\n",
    "co-enrollment": "  co_enrolment: [wioa-2, iet]\n",
    "all of a private block": re.compile(r"(?s)partnership:\n.*visibility: private\n.*"),
}


@pytest.mark.parametrize("partnership_visibility", ["private", "public"])
def test_the_site_is_the_same_byte_for_byte_without_each_private_fact(tmp_path: Path, partnership_visibility: str) -> None:
    profile = f"{SHELTER.replace('VISIBILITY', partnership_visibility)}{PRIVATE_LINES['WIOA']}{PRIVATE_LINES['co-enrollment']}"
    root = make.folder(tmp_path, {"content/partners/shelter.yml": profile, "content/partners/food-bank.yml": PUBLIC_PARTNER})
    settings = root / "guide.yml"
    settings.write_text(settings.read_text() + "constellation: yes\ngaps: {public: yes}\n")
    assert main(["build", "--root", str(root)]) == 0
    expected = read_site(root)

    for fact, line in PRIVATE_LINES.items():
        without = line.sub("", profile) if isinstance(line, re.Pattern) else profile.replace(line, "")
        if fact == "all of a private block" and partnership_visibility == "public":
            continue
        assert without != profile, fact
        make.write(root, "content/partners/shelter.yml", without)
        assert main(["build", "--root", str(root)]) == 0
        assert read_site(root) == expected, fact


def read_site(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted((root / "site").rglob("*")) if file.is_file()}


def test_referral_paths_are_published_only_if_the_partner_opted_in(tmp_path: Path) -> None:
    for setting, expected in (("private", False), ("public", True)):
        root = make.folder(tmp_path / setting, {"content/partners/shelter.yml": SHELTER.replace("VISIBILITY", setting)})
        main(["build", "--root", str(root)])
        page = (root / "site/en/partners/shelter/index.html").read_text(encoding="utf-8")
        assert ("../food-bank/index.html" in page) is expected


def test_drafts_are_shown_in_a_preview_and_marked(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/draft.yml": DRAFT, "content/spotlights/story.md": STORY})

    pipeline.build(root, root / "site", pipeline.BuildOptions(select=visibility.select_preview))

    assert "Draft: not published yet." in (root / "site/en/partners/draft/index.html").read_text(encoding="utf-8")
    assert (root / "site/en/spotlights/story/index.html").exists()


def test_only_these_fields_of_a_confidential_location_and_a_public_partnership_remain() -> None:
    address = Address("1 Main", "Floor 2", "Riverbend", "", "MA", "02101", "US")
    house = Location(
        "house",
        make.text("House"),
        make.text("Blue door"),
        address,
        address,
        (42.0, -71.0),
        make.text("Bus"),
        Access(True),
        website="https://house.example.org/",
        confidential=True,
    )
    partnership = Partnership(
        "public",
        PointPerson("Ana"),
        ("safety",),
        Agreement("mou"),
        Refers(("shop", "hidden"), ("hidden",), "phone", "canary", 3),
        ("iet",),
        Wioa(True),
    )
    shelter = make.partner("shelter", locations=(house,), partnership=partnership, texts={"a": make.text()}, places={"a": (1, 1)})
    shop = make.partner(
        "shop", locations=(Location("main", make.text("Shop"), address=address),), partnership=Partnership(role=("food",))
    )

    for select in (visibility.select_public, visibility.select_preview):
        hidden = make.partner("hidden", status="draft")
        selected_shelter, selected_shop = select(make.guide(shelter, shop, hidden)).partners[:2]

        is_preview = select is visibility.select_preview
        named = Refers(("shop", "hidden"), ("hidden",), "phone", "", 3) if is_preview else Refers(("shop",), (), "phone", "", 3)
        assert selected_shelter.locations == (
            Location("house", address=Address(city="Riverbend", state="MA", country="US"), confidential=True),
        )
        assert selected_shelter.partnership == Partnership("public", role=("safety",), refers=named)
        assert (selected_shelter.texts, selected_shelter.places) == ({}, {})
        assert (selected_shop.locations, selected_shop.partnership) == (shop.locations, Partnership())


def test_only_a_preview_has_drafts_and_articles_name_only_selected_partners() -> None:
    article = Spotlight("a", PurePosixPath("a.md"), date(2026, 1, 1), (), partners=("draft", "shop", "none"))
    partners = make.partner("draft", status="draft"), make.partner("shop", status="closed")
    guide = make.guide(*partners, spotlights=(article, replace(article, slug="b", draft=True)))

    public, preview = visibility.select_public(guide), visibility.select_preview(guide)

    assert [partner.slug for partner in public.partners] == ["shop"]
    assert [(spotlight.slug, spotlight.partners) for spotlight in public.spotlights] == [("a", ("shop",))]
    assert [partner.slug for partner in preview.partners] == ["draft", "shop"]
    assert [(spotlight.slug, spotlight.partners) for spotlight in preview.spotlights] == [
        ("a", ("draft", "shop")),
        ("b", ("draft", "shop")),
    ]


def test_a_confidential_location_keeps_only_its_town_and_how_to_reach_it() -> None:
    """A field that is added to ``Location`` is secret until it is named here and in ``visibility``."""
    published = {"key", "address", "phones", "email", "languages", "hours", "time_zone", "confidential"}
    filled: dict[str, Any] = {field.name: ("filled",) for field in fields(Location)}
    location = Location(**{**filled, "key": "main", "address": Address("1 Elm Street", city="Millbrook"), "confidential": True})
    partner = make.partner("shelter", locations=(location,))

    (redacted,) = visibility.select_public(make.guide(partner)).partners[0].locations

    kept = {field.name for field in fields(Location) if getattr(redacted, field.name) == getattr(location, field.name)}
    assert kept == published - {"address"}
    assert redacted.address == Address(city="Millbrook")
