"""Where places lie to one another, drawn without a map service: points on a plane, north above.

Over the width of a county a degree of longitude is as long as a degree of latitude times the cosine of the latitude
(equirectangular projection), which is all that a picture of a few centimetres needs.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

Position = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""
WIDTH = 320
"""Units of the drawing, as many as a small phone has pixels."""
LOWEST, HIGHEST = 120, 320
RADIUS = 13
"""Of a mark: with the space around it a target of 24 pixels on a small phone. WCAG 2.2, 2.5.8."""
_MARGIN = RADIUS + 4
_ROUNDS = 80


class MapLayout(NamedTuple):
    """A drawing of ``width`` times ``height`` units, with the middle of the mark of each position."""

    width: int
    height: int
    marks: tuple[tuple[float, float], ...]


def lay_out(positions: Sequence[Position]) -> MapLayout:
    """Where the positions stand on a drawing; marks that would cover each other move apart."""
    scale = math.cos(math.radians(sum(latitude for latitude, _ in positions) / len(positions)))
    across = [longitude * scale for _, longitude in positions]
    up = [latitude for latitude, _ in positions]
    span_across, span_up = max(across) - min(across), max(up) - min(up)
    wide = WIDTH - 2 * _MARGIN
    height = round(span_up / span_across * wide) + 2 * _MARGIN if span_across else HIGHEST
    height = min(max(height, LOWEST), HIGHEST)
    unit = min(wide / (span_across or math.inf), (height - 2 * _MARGIN) / (span_up or math.inf))
    if not unit:  # all at one place
        return MapLayout(WIDTH, LOWEST, _apart([(WIDTH / 2, LOWEST / 2)] * len(positions), LOWEST))
    left, top = (WIDTH - span_across * unit) / 2, (height - span_up * unit) / 2
    marks = [(left + (x - min(across)) * unit, top + (max(up) - y) * unit) for x, y in zip(across, up, strict=True)]
    return MapLayout(WIDTH, height, _apart(marks, height))


def _apart(marks: Sequence[tuple[float, float]], height: int) -> tuple[tuple[float, float], ...]:
    """The marks, each pair moved apart until it can be told from the other, as far as there is room."""
    found = [list(mark) for mark in marks]
    for _ in range(_ROUNDS):
        moved = False
        for number, here in enumerate(found):
            for there in found[:number]:
                moved |= _push(here, there, number)
        for mark in found:
            mark[0] = min(max(mark[0], _MARGIN), WIDTH - _MARGIN)
            mark[1] = min(max(mark[1], _MARGIN), height - _MARGIN)
        if not moved:
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in found)


def _push(here: list[float], there: list[float], number: int) -> bool:
    """Move two marks apart if they cover each other; whether they did."""
    across, down = here[0] - there[0], here[1] - there[1]
    distance = math.hypot(across, down)
    missing = 2 * RADIUS + 2 - distance
    if missing <= 0.1:
        return False
    if not distance:  # at the same place: each number in a direction of its own
        across, down, distance = math.cos(number), math.sin(number), 1.0
    for mark, sign in ((here, 0.5), (there, -0.5)):
        mark[0] += sign * missing * across / distance
        mark[1] += sign * missing * down / distance
    return True
