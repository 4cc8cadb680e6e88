"""A small map with numbered markers, and a list with the same numbers."""

from collections.abc import Sequence

from guidegen.records import dataclass
from guidegen.site.components import map_layout
from guidegen.site.components.localized_text import ResolvedText
from guidegen.text.language import Message

MAX_MARKS = 40
"""The most markers that stay readable on a phone. A map with more is not drawn."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbered place on the map and in the list, at ``x`` and ``y`` in units of the drawing."""

    number: int
    x: float
    y: float
    name: ResolvedText
    path: str
    more: Message


@dataclass(frozen=True, slots=True)
class MapView:
    """A drawing of ``width`` × ``height`` units, on which a marker is a circle of ``radius``."""

    width: int
    height: int
    radius: int
    marks: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place to show on a map."""

    position: map_layout.Position
    name: ResolvedText
    path: str
    more: Message = Message(())


def map_view(points: Sequence[MapPoint]) -> MapView | None:
    """Return the map of these places; None for fewer than two, or for more than ``MAX_MARKS``."""
    if not 2 <= len(points) <= MAX_MARKS:
        return None
    layout = map_layout.lay_out([point.position for point in points])
    markers = (
        Marker(number, x, y, point.name, point.path, point.more)
        for number, ((x, y), point) in enumerate(zip(layout.marks, points, strict=True), 1)
    )
    return MapView(layout.width, layout.height, map_layout.RADIUS, tuple(markers))
