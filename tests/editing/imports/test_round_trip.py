"""What a guide publishes as open data comes back as the same profiles, with their translations."""

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from guidegen.cli import main
from guidegen.content import checks
from guidegen.content.load import load
from guidegen.model.guide import Guide
from guidegen.model.location import Location
from guidegen.model.partner import Partner
from guidegen.model.problems import Severity
from guidegen.model.visibility import select_public
from guidegen.site.exports.hsds import files as hsds
from guidegen.site.exports.hsds.organizations import describe_partner
from guidegen.text.language import Language
from tests import ROOT, make
from tests.content.fields.test_describing import drop_empty
from tests.guides import Files, guides


def export(guide: Guide, folder: Path) -> None:
    languages = tuple(Language(tag, guide.settings.region) for tag in guide.settings.languages)
    for file in hsds.files(guide, languages, ()):
        if file.path.endswith(".json") and "tabular" not in file.path:
            make.write(folder, file.path, file.content)


def import_into(root: Path, folder: Path) -> None:
    make.write(root, "feed.mapping.yml", "dataset: feed\n")
    (folder / "data/hsds").rename(root / "feed")
    assert main(["import", "hsds", str(root / "feed"), "--root", str(root)]) == 0


def comparable(partner: Partner) -> Partner:
    """Return what of a partner comes back: not the directory it is from, who checked it, or more than the town of a secret place."""
    partner = drop_empty(partner)
    places = tuple(
        Location(place.key, address=place.address, confidential=True) if place.confidential else place
        for place in partner.locations
    )
    verified = replace(partner.verified, by="") if partner.verified else None
    return replace(partner, taken_from=None, verified=verified, locations=places, texts={}, places={}, identity="")


def copy_without_partners(source: Path, root: Path) -> None:
    for file in source.rglob("*"):
        if file.is_file() and "partners" not in file.parts:
            make.write(root, str(file.relative_to(source)), file.read_bytes())


def test_the_sample_guide_comes_back_whole(tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    for file in [ROOT / "guide.yml", *(ROOT / "content").rglob("*")]:
        if file.is_file():
            make.write(sample, str(file.relative_to(ROOT)), file.read_bytes())
    before = select_public(load(sample).guide)
    root = tmp_path / "copy"
    copy_without_partners(sample, root)
    export(before, tmp_path / "out")
    import_into(root, tmp_path / "out")

    after = {partner.slug: comparable(partner) for partner in select_public(load(root).guide).partners}
    assert len(after) == len(before.partners) > 40
    assert len([file for file in (root / "content/partners").glob("*.yml") if "." not in file.stem]) == len(after)  # nothing else
    for partner in before.partners:
        assert after[partner.slug] == comparable(partner), partner.slug


def load_without_errors(source: Path) -> Guide:
    """Return a generated guide without the files that have errors, with which it would never be published."""
    for _ in range(9):  # a removed file can be missed by others
        loaded = load(source)
        problems = (*loaded.problems, *loaded.partner_problems, *checks.check_guide(loaded.guide))
        wrong = {str(problem.path) for problem in problems if problem.severity is Severity.ERROR}
        if not wrong:
            break
        for name in wrong:
            (source / name).unlink()
        for name, content in (("guide.yml", make.GUIDE_YML), ("content/services.yml", make.SERVICES_YML)):
            if name in wrong:
                make.write(source, name, content)
    assume(not wrong)
    return loaded.guide


@pytest.mark.slow
@settings(max_examples=40 if os.environ.get("NIGHTLY") else 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=guides())
def test_generated_guides_come_back_whole(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, root = Path(folder, "source"), Path(folder, "copy")
        for name, content in files.items():
            make.write(source, name, content)
        before = select_public(load_without_errors(source))
        assume(before.partners and all(map(describe_partner, before.partners)))  # HSDS requires a description
        copy_without_partners(source, root)
        export(before, Path(folder, "out"))
        import_into(root, Path(folder, "out"))
        after = {partner.slug: comparable(partner) for partner in select_public(load(root).guide).partners}

    assert after == {partner.slug: comparable(partner) for partner in before.partners}


def test_an_edited_record_wins_over_the_profile_and_keeps_what_hsds_cannot_say(tmp_path: Path) -> None:
    profile = """\
name: Food Bank
summary: Free food.
phones: [{number: "(555) 555-0114"}]
locations: [{key: mill, address: {line1: 1 Mill Street, city: Riverbend, state: MA, postal_code: "00101"}}]
services:
  - {key: pantry, types: [food], name: Pantry, at: [mill], asks: {photo_id: no}, helps: {childcare: yes}}
"""
    source = make.folder(tmp_path / "source", {"content/partners/food-bank.yml": profile})
    export(select_public(load(source).guide), tmp_path / "out")
    for file in (tmp_path / "out").rglob("*.json"):
        record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if record.get("name") == "Food Bank" and "phones" in record:
            record["phones"][0]["number"] = "(555) 555-0199"
            file.write_text(json.dumps(record), encoding="utf-8")
    root = make.folder(tmp_path / "copy")
    (root / "content/partners/food-bank.yml").unlink()
    import_into(root, tmp_path / "out")

    (partner,) = load(root).guide.partners
    assert partner.phones[0].number == "(555) 555-0199"
    assert partner.locations[0].key == "mill"
    assert partner.services[0].at == ("mill",)
    assert (partner.services[0].asks.photo_id, partner.services[0].helps.childcare) == (False, True)


def test_a_guide_with_other_kinds_of_help_and_pictures_takes_what_it_can(tmp_path: Path) -> None:
    profile = """\
name: Food Bank
summary: Free food.
logo: images/logo.png
phones: [{number: "(555) 555-0114"}]
services:
  - {key: pantry, types: [food, cooking], name: Pantry}
  - {key: class, types: [cooking], name: Class}
"""
    types = make.SERVICES_YML + "  - {id: cooking, name: {en: Cooking, es: Cocina, ar: طبخ}}\n"
    picture = (ROOT / "content/images/riverbend-food-bank.png").read_bytes()
    files: dict[str, str | bytes] = {
        "content/services.yml": types,
        "content/partners/food-bank.yml": profile,
        "content/images/logo.png": picture,
    }
    source = make.folder(tmp_path / "source", files)
    export(select_public(load(source).guide), tmp_path / "out")
    root = make.folder(tmp_path / "copy")
    (root / "content/partners/food-bank.yml").unlink()
    import_into(root, tmp_path / "out")

    text = (root / "content/partners/food-bank.yml").read_text(encoding="utf-8")
    (partner,) = load(root).guide.partners
    assert partner.logo == ""
    assert [(service.key, service.types) for service in partner.services] == [("pantry", ("food",))]
    assert "#   - {key: class, types: [], name: Class}" in text
