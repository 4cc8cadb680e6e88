"""The places from which readers choose to see what is nearest."""

from dataclasses import replace

import pytest

from guidegen.model.guide import Guide
from guidegen.model.location import Address, Location
from guidegen.model.settings import Area
from guidegen.site.components import near
from guidegen.site.components.near import find_centers, find_positions
from guidegen.site.pages import search
from tests import make


def located(key: str, city: str, code: str, position: tuple[float, float] | None, is_secret: bool = False) -> Location:
    return Location(key, address=Address(city=city, postal_code=code), position=position, confidential=is_secret)


@pytest.fixture
def guide() -> Guide:
    places = (
        located("a", "Mill", "00101", (42.0, -72.0)),
        located("b", "Mill", "00102", (42.2, -72.2)),
        located("c", "Hill", "00103", (43.12345, -73.98765), is_secret=True),
        located("d", "Lake", "00104", None),
    )
    guide = make.guide(make.partner(locations=places))
    areas = (
        Area("County", kind="county", cities=("Mill", "Hill")),
        Area("Mill", cities=("Mill",)),
        Area("Hill", cities=("Hill",)),
    )
    return replace(guide, settings=replace(guide.settings, areas=areas))


def test_towns_and_postal_codes_with_a_known_position_have_a_center(guide: Guide) -> None:
    named = {
        center.place.name if isinstance(center.place, Area) else center.place: center.position for center in find_centers(guide)
    }

    assert named == {"Mill": (42.1, -72.1), "00101": (42.0, -72.0), "00102": (42.2, -72.2)}


def test_positions_are_rounded_and_none_is_secret(guide: Guide) -> None:
    assert find_positions(guide.partners[0].locations) == ((42.0, -72.0), (42.2, -72.2))
    assert find_positions([located("x", "Mill", "", (42.123456, -72.987654))]) == ((42.123, -72.988),)


def test_too_many_postal_codes_are_left_out(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "MAX_CENTERS", 2)

    assert [center.place.name for center in find_centers(guide) if isinstance(center.place, Area)] == ["Mill"]
    assert len(find_centers(guide)) == 1


def test_near_me_leads_to_a_list_only_if_lists_have_distances(guide: Guide) -> None:
    for found, expected in ((guide, True), (make.guide(make.partner()), False)):
        page = next(search.plan(found, (make.language(),)))
        assert search.view(page.inputs, make.language()).has_distances is expected
