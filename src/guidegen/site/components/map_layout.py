"""Positions projected onto a small drawing without a map service, with north at the top.

The projection is equirectangular: a degree of longitude is as long as a degree of latitude times the cosine of the mean
latitude. That is exact enough for a county on a few centimeters.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

Position = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""
WIDTH = 320
"""Width of the drawing in units, one per pixel on a small phone."""
LOWEST, HIGHEST = 120, 320
"""Limits of the height."""
RADIUS = 13
"""Radius of a marker: with its margin a target of at least 24 pixels on a small phone. WCAG 2.2, 2.5.8."""
_MARGIN = RADIUS + 4
_MAX_ROUNDS = 200
_TURN = 0.2


class MapLayout(NamedTuple):
    """A drawing of ``width`` × ``height`` units, with the center of each marker.

    ``unit`` is the number of units for a degree of latitude; 0 if all positions are the same.
    """

    width: int
    height: int
    marks: tuple[tuple[float, float], ...]
    unit: float = 0


def lay_out(positions: Sequence[Position]) -> MapLayout:
    """Return the layout of a map with a marker at each position; markers that would overlap are moved apart."""
    scale = math.cos(math.radians(sum(latitude for latitude, _ in positions) / len(positions)))
    eastings = [longitude * scale for _, longitude in positions]
    northings = [latitude for latitude, _ in positions]
    span_x, span_y = max(eastings) - min(eastings), max(northings) - min(northings)
    inner_width = WIDTH - 2 * _MARGIN
    height = round(span_y / span_x * inner_width) + 2 * _MARGIN if span_x else HIGHEST
    height = min(max(height, LOWEST), HIGHEST)
    unit = min((room / span for room, span in ((inner_width, span_x), (height - 2 * _MARGIN, span_y)) if span), default=0)
    if not unit:  # all positions are the same
        return MapLayout(WIDTH, LOWEST, _separate([(WIDTH / 2, LOWEST / 2)] * len(positions), LOWEST))
    left, top = (WIDTH - span_x * unit) / 2, (height - span_y * unit) / 2
    centers = [
        (left + (x - min(eastings)) * unit, top + (max(northings) - y) * unit) for x, y in zip(eastings, northings, strict=True)
    ]
    return MapLayout(WIDTH, height, _separate(centers, height), unit)


def _separate(centers: Sequence[tuple[float, float]], height: int) -> tuple[tuple[float, float], ...]:
    """Return the centers moved apart until no two markers overlap, as far as the drawing has room."""
    points = [list(center) for center in centers]
    for _ in range(_MAX_ROUNDS):
        has_moved = False
        for number, point in enumerate(points):
            for other in points[:number]:
                has_moved |= _push_apart(point, other, number)
        for point in points:
            point[0] = min(max(point[0], _MARGIN), WIDTH - _MARGIN)
            point[1] = min(max(point[1], _MARGIN), height - _MARGIN)
        if not has_moved:
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in points)


def _push_apart(point: list[float], other: list[float], number: int) -> bool:
    """Move two points apart in place if their markers overlap. Return whether they were moved."""
    across, down = point[0] - other[0], point[1] - other[1]
    distance = math.hypot(across, down)
    overlap = 2 * RADIUS + 2 - distance
    if overlap <= 0.1:
        return False
    if not distance:  # both markers are at the same point: take the direction from the number
        across, down, distance = math.cos(number), math.sin(number), 1.0
    # Turned a little: markers in a row along an edge that is too short for them would push each other along it for ever.
    across, down = across - _TURN * down, down + _TURN * across
    for moving, sign in ((point, 0.5), (other, -0.5)):
        moving[0] += sign * overlap * across / distance
        moving[1] += sign * overlap * down / distance
    return True
