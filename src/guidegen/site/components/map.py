"""A small map of places with numbers, and the list of the same numbers: for people who look rather than read."""

from collections.abc import Sequence
from dataclasses import dataclass

from guidegen.site.components import map_layout
from guidegen.site.components.localized_text import ResolvedText
from guidegen.text.language import Message

MAX_MARKS = 40
"""Marks that can still be told apart on a phone; a map of more is not drawn."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbered place on the map and in the list; ``x`` and ``y`` are units of the drawing."""

    number: int
    x: float
    y: float
    name: ResolvedText
    path: str
    more: Message


@dataclass(frozen=True, slots=True)
class MapView:
    """The drawing is ``width`` times ``height`` units, a mark a circle of ``radius``."""

    width: int
    height: int
    radius: int
    marks: tuple[Marker, ...]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """What shall stand on a map."""

    position: map_layout.Position
    name: ResolvedText
    path: str
    more: Message = Message(())


def map_view(pins: Sequence[MapPoint]) -> MapView | None:
    """The map; None where there is too little or too much to show."""
    if not 2 <= len(pins) <= MAX_MARKS:
        return None
    drawn = map_layout.lay_out([pin.position for pin in pins])
    marks = (
        Marker(number, x, y, pin.name, pin.path, pin.more)
        for number, ((x, y), pin) in enumerate(zip(drawn.marks, pins, strict=True), 1)
    )
    return MapView(drawn.width, drawn.height, map_layout.RADIUS, tuple(marks))
