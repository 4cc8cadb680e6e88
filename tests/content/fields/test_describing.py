"""What was read can be written again: the inverse of the field readers."""

import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from hypothesis import HealthCheck, given, settings

from guidegen.content.fields.describing import describe_record
from guidegen.content.fields.table import PARTNER
from guidegen.content.load import load
from guidegen.content.partners import build_partner
from guidegen.content.translations import TranslationFile
from guidegen.editing.imports.profile_tree import to_mapping
from guidegen.model.guide import Guide
from guidegen.model.location import Address
from guidegen.model.partner import Partner
from guidegen.model.problems import Severity
from guidegen.model.service import Cost, Seats
from tests import ROOT, make
from tests.guides import Files, guides


def read_again(partner: Partner, guide: Guide) -> tuple[Partner | None, list[str]]:
    tree = describe_record(partner, PARTNER)
    read, problems = build_partner(PurePosixPath(partner.source), to_mapping(tree), dict[str, TranslationFile](), guide.settings)
    return read, [problem.message for problem in problems if problem.severity is Severity.ERROR]


def drop_empty(partner: Partner) -> Partner:
    """Return a partner without records that say nothing, such as ``seats: {}``, which are not written."""
    services = tuple(
        replace(
            service,
            seats=None if service.seats == Seats() else service.seats,
            cost=tuple(cost for cost in service.cost if cost != Cost()),
        )
        for service in partner.services
    )
    places = tuple(replace(place, mailing=None if place.mailing == Address() else place.mailing) for place in partner.locations)
    return replace(partner, services=services, locations=places, texts={}, places={}, identity="")


def without_translations(guide: Guide, root: Path) -> tuple[Partner, ...]:
    for file in root.glob("content/partners/*.*.yml"):
        file.unlink()
    return load(root).guide.partners


def test_every_profile_of_the_sample_guide_comes_back(tmp_path: Path) -> None:
    for file in [ROOT / "guide.yml", *(ROOT / "content").glob("*.yml"), *(ROOT / "content/partners").glob("*.yml")]:
        make.write(tmp_path, str(file.relative_to(ROOT)), file.read_bytes())
    guide = load(tmp_path).guide
    partners = without_translations(guide, tmp_path)

    assert len(partners) > 40
    for partner in partners:
        read, problems = read_again(partner, guide)
        assert problems == [], partner.slug
        assert read == replace(partner, texts={}, places={}, identity=""), partner.slug


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=guides())
def test_generated_profiles_come_back(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            make.write(Path(folder), name, content)
        guide = load(Path(folder)).guide
        partners = without_translations(guide, Path(folder))
    for partner in partners:
        first, problems = read_again(partner, guide)
        if problems:
            continue  # the profile itself has an error, so it is never published
        assert first is not None
        assert drop_empty(first) == drop_empty(partner)
