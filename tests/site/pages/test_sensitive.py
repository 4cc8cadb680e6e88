"""Sensitive profiles have a quick exit and cannot be bookmarked: docs/decisions/0008."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.model.sensitivity import is_sensitive
from tests import make

SECRET = frozenset({"family-safety"})


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (("food", "food", "family-safety", "food"), False),
        (("food", "family-safety"), True),
        (("family-safety", "food", "food", "food"), True),
        (("food", "family-safety", "family-safety"), True),
        (("food",), False),
        ((), False),
    ],
)
def test_a_profile_is_sensitive_if_its_first_or_half_of_its_services_are(types: tuple[str, ...], expected: bool) -> None:
    services = tuple(make.service(f"s{number}", types=(name,)) for number, name in enumerate(types))

    assert is_sensitive(make.partner(services=services), SECRET) is expected


def test_a_confidential_location_makes_a_profile_sensitive(tmp_path: Path) -> None:
    types = make.SERVICES_YML + "  - {id: family-safety, name: {en: Safety}, sensitive: yes}\n"
    bank = make.PARTNER_YML + "  - {key: b, types: [food], name: B}\n  - {key: c, types: [family-safety], name: C}\n"
    shelter = bank.replace("name: Food Bank", "name: House\nlocations: [{key: a, address: {city: X}, confidential: yes}]")
    files: dict[str, str | bytes] = {
        "content/services.yml": types,
        "content/partners/food-bank.yml": bank,
        "content/partners/house.yml": shelter,
    }
    root = make.folder(tmp_path, files)
    pipeline.build(root, root / "site")
    pages = {name: (root / f"site/en/partners/{name}/index.html").read_text(encoding="utf-8") for name in ("food-bank", "house")}

    assert ['class="keep"' in page for page in pages.values()] == [True, False]
    assert ['class="exit"' in page for page in pages.values()] == [False, True]
