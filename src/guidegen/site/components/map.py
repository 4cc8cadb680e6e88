"""A small map with numbered markers, and a list with the same numbers."""

from collections.abc import Sequence

from guidegen.records import dataclass
from guidegen.site.components import map_layout
from guidegen.site.components.localized_text import ResolvedText
from guidegen.text import formats
from guidegen.text.language import Language, LocalizedString, Message

MAX_MARKS = 40
"""The most markers that stay readable on a phone. A map with more is not drawn."""

_DEGREE = {True: 69.1, False: 111.2}
"""The length of a degree of latitude in miles, and in kilometers."""
_MAX_SCALE = 90
_LENGTHS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
"""The distances that a scale may show; it shows the longest whose line has at most ``_MAX_SCALE`` units."""


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
class ScaleBar:
    """A line of ``length`` units, and the distance that it is on the ground."""

    length: float
    label: LocalizedString


@dataclass(frozen=True, slots=True)
class MapView:
    """A drawing of ``width`` × ``height`` units, on which a marker is a circle of ``radius``. ``scale`` is None at one place."""

    width: int
    height: int
    radius: int
    marks: tuple[Marker, ...]
    scale: ScaleBar | None


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place to show on a map."""

    position: map_layout.Position
    name: ResolvedText
    path: str
    more: Message = Message(())


def map_view(points: Sequence[MapPoint], language: Language) -> MapView | None:
    """Return the map of these places; None for fewer than two, or for more than ``MAX_MARKS``."""
    if not 2 <= len(points) <= MAX_MARKS:
        return None
    layout = map_layout.lay_out([point.position for point in points])
    markers = (
        Marker(number, x, y, point.name, point.path, point.more)
        for number, ((x, y), point) in enumerate(zip(layout.marks, points, strict=True), 1)
    )
    return MapView(layout.width, layout.height, map_layout.RADIUS, tuple(markers), _build_scale(layout.unit, language))


def _build_scale(unit: float, language: Language) -> ScaleBar | None:
    """Return the scale of a map with ``unit`` units for a degree of latitude; None if there is no distance to show."""
    per_distance = unit / _DEGREE[formats.has_miles(language.region)]
    fitting = [length for length in _LENGTHS if 0 < length * per_distance <= _MAX_SCALE]
    return ScaleBar(round(fitting[-1] * per_distance, 1), language.distance(fitting[-1])) if fitting else None
