"""The sample guide: Riverbend County."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidegen import pipeline
from guidegen.content.shapes import Many, OneOf, Record
from guidegen.content.tables import PARTNER
from guidegen.model import Guide
from guidegen.problems import Severity

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def guide() -> Guide:
    read, problems = pipeline.read(ROOT)
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    return read


def field_names(reader: object, at: str = "") -> Iterator[str]:
    """Every field of the table by its path without keys."""
    inner = getattr(reader, "reader", reader) if isinstance(reader, Many) else reader
    shapes = inner.shapes if isinstance(inner, OneOf) else (inner,)
    for shape in shapes:
        if isinstance(shape, Record):
            for field in shape.fields:
                yield f"{at}{field.name}"
                yield from field_names(field.reader, f"{at}{field.name}.")


def test_it_has_36_partners_and_8_spotlights_or_more(guide: Guide) -> None:
    assert len(guide.partners) >= 36
    assert len(guide.spotlights) >= 8


def test_every_service_type_is_offered(guide: Guide) -> None:
    assert [kind.id for kind in guide.service_types if not guide.offered()[kind.id]] == []


def test_every_field_is_used_three_times_or_more(guide: Guide) -> None:
    used: Counter[str] = Counter()
    for partner in guide.partners:
        for path in partner.places:
            used[path] += 1
    counts: Counter[str] = Counter()
    for partner in guide.partners:
        keys = {place.key for place in partner.locations} | {one.key for one in partner.services}
        keys |= {phone.number for phone in partner.phones} | {spoken.code for spoken in partner.languages}
        for path in partner.places:
            for key in sorted(keys, key=len, reverse=True):
                path = path.replace(f".{key}.", ".", 1)
            counts[".".join(part for part in path.split(".") if not part.lstrip("-").isdigit())] += 1
    rare = {name: counts[name] for name in field_names(PARTNER) if counts[name] < 3}

    assert rare == {}


def test_every_phone_and_address_is_plainly_fictional(guide: Guide) -> None:
    for partner in guide.partners:
        assert all(phone.number.startswith("(555) 555-01") for phone in partner.phones), partner.slug
        links = [partner.website, *partner.social, *(service.apply.url for service in partner.services)]
        assert all("example.org" in link for link in links if link), partner.slug


def test_spanish_is_complete_and_the_others_have_what_is_vital(guide: Guide) -> None:
    for partner in guide.listed:
        missing = [at for at, text in partner.texts.items() if "es" not in text.versions and ".hours." not in at]
        assert missing == [], partner.slug
    for tag in ("zh-Hans", "ar", "vi", "ht", "fa", "uk"):
        have = sum(tag in partner.summary.versions for partner in guide.listed)
        assert have >= 0.8 * len(guide.listed)


def test_there_are_fresh_stale_unrecorded_and_missing_translations(guide: Guide) -> None:
    states = Counter(
        version.state for partner in guide.partners for text in partner.texts.values() for version in text.versions.values()
    )

    assert {"fresh", "stale", "unrecorded"} <= set(states)
    assert any("fa" not in partner.summary.versions for partner in guide.partners)


def test_two_spotlights_exist_in_three_languages(guide: Guide) -> None:
    assert sum(len(spotlight.editions) >= 3 for spotlight in guide.spotlights) >= 2
