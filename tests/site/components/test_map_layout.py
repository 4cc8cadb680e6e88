"""The layout of markers on a map."""

import math
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guidegen.site.components import map_layout

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
