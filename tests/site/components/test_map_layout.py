"""The layout of markers on a map."""

import math
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guidegen.site.components import map_layout
from guidegen.site.components.localized_text import ResolvedText
from guidegen.site.components.map import MapPoint, map_view
from guidegen.text.language import Language, LocalizedString

POSITIONS = st.tuples(st.floats(-85, 85), st.floats(-180, 180))


def test_north_is_at_the_top_and_east_is_on_the_right() -> None:
    layout = map_layout.lay_out([(42.5, -72.3), (42.3, -72.3), (42.4, -72.1)])

    north, south, east = layout.marks
    assert north[1] < east[1] < south[1]
    assert east[0] > north[0] == pytest.approx(south[0])


def test_distances_are_to_scale() -> None:
    """Far from the equator, a degree of longitude is shorter than a degree of latitude."""
    layout = map_layout.lay_out([(60.0, 10.0), (60.5, 10.0), (60.0, 11.0)])

    corner, north, east = layout.marks
    assert math.dist(corner, north) == pytest.approx(math.dist(corner, east), rel=0.02)


@given(st.lists(POSITIONS, min_size=1, max_size=12))
@example([(0.0, 11.0), (1.0, 0.0), *[(0.0, 0.0)] * 5])  # more at one place than the edge has room for
def test_every_marker_is_inside_the_map_and_apart_from_the_others(positions: list[map_layout.Position]) -> None:
    layout = map_layout.lay_out(positions)

    for x, y in layout.marks:
        assert map_layout.RADIUS <= x <= layout.width - map_layout.RADIUS
        assert map_layout.RADIUS <= y <= layout.height - map_layout.RADIUS
    assert all(math.dist(*pair) >= map_layout.RADIUS for pair in combinations(layout.marks, 2))


def test_the_same_positions_give_the_same_layout() -> None:
    positions = [(42.389, -72.305)] * 9

    assert map_layout.lay_out(positions) == map_layout.lay_out(positions)


@pytest.mark.parametrize(("region", "label"), [("US", "5 mi"), ("CA", "10 km")])
def test_the_scale_is_a_round_distance_in_the_unit_of_the_region(region: str, label: str) -> None:
    near, far = (42.0, -72.0), (42.3, -72.0)  # 0.3 degrees: 20.7 miles or 33.4 kilometers
    name = ResolvedText(LocalizedString("Place"))
    view = map_view([MapPoint(near, name, "a"), MapPoint(far, name, "b")], Language("en", region))

    assert view
    assert view.scale
    assert view.scale.label.text == label
    apart = math.dist(*((mark.x, mark.y) for mark in view.marks))
    distance = 20.7 if region == "US" else 33.4
    assert view.scale.length / apart == pytest.approx(int(label.split()[0]) / distance, rel=0.01)


def test_a_map_of_one_place_has_no_scale() -> None:
    name = ResolvedText(LocalizedString("Place"))
    view = map_view([MapPoint((42.0, -72.0), name, "a")] * 2, Language("en", "US"))

    assert view
    assert view.scale is None
