"""The constellation: partners on a circle and the referral paths between them, laid out for an SVG that needs no script.

Partners of one town are neighbors, after a mark with the town's name. Names point outward and never overlap. A path that only one
side names is a broken line.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import groupby

from guidegen.model.network import Referral
from guidegen.records import dataclass

_LINE, _CHARACTER, _GAP = 15, 6.2, 8
"""The room for a name on the circle, the width of a character, and the gap before a name, in units."""
_WIDE = 1.8
"""A Chinese, Japanese or Korean character is this many times as wide as a letter."""
_BEND = 0.22
"""The control point of a curve is the midpoint of its ends, times this: smaller bends more toward the center."""
_DOT, _HEAD = 5, 7
"""The radius of a dot, and the length of an arrowhead."""
_MAX_NAME = 38
MAX_DRAWN = 200
"""The most organizations in a picture. With more of them nobody could follow a line."""


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization to draw. ``address`` is the URL of its profile, if its name is to be a link."""

    slug: str
    name: str
    town: str = ""
    address: str = ""
    is_bridge: bool = False


@dataclass(frozen=True, slots=True)
class CircleLabel:
    """A name beside the circle: its point, its rotation in degrees, and the distance and end of the text at the point."""

    name: str
    x: float
    y: float
    turn: float
    shift: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Star:
    """A point on the circle with the name of an organization."""

    label: CircleLabel
    address: str
    is_bridge: bool


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A line from one organization to another: the SVG path data of the line and of its arrowhead, and both names in words."""

    curve: str
    head: str
    names: str
    is_one_sided: bool


@dataclass(frozen=True, slots=True)
class Constellation:
    """The picture: a square from ``-size`` to ``size`` units on both axes."""

    size: int
    towns: tuple[CircleLabel, ...]
    stars: tuple[Star, ...]
    lines: tuple[ReferralLine, ...]


def lay_out(organizations: Iterable[Organization], referrals: tuple[Referral, ...]) -> Constellation | None:
    """Return the picture of those organizations that have referrals; None if there are none, or more than ``MAX_DRAWN``."""
    linked = {slug for referral in referrals for slug in (referral.sender, referral.receiver)}
    drawn = sorted(
        (organization for organization in organizations if organization.slug in linked),
        key=lambda organization: (organization.town, organization.name.casefold(), organization.slug),
    )
    if not 0 < len(drawn) <= MAX_DRAWN:
        return None
    slots = tuple(_list_slots(drawn))
    # Few names get a small circle, so that they are large on a phone, and more of them room for their lines.
    radius = max(min(210, 70 + 8 * len(slots)), len(slots) * _LINE / (2 * math.pi))
    labels = [
        _place_label(slot if isinstance(slot, str) else slot.name, number, len(slots), radius)
        for number, slot in enumerate(slots)
    ]
    pairs = tuple(zip(slots, labels, strict=True))
    points = {slot.slug: label for slot, label in pairs if not isinstance(slot, str)}
    return Constellation(
        round(radius + _GAP + max(_measure(label.name) for label in labels) + 10),
        tuple(label for slot, label in pairs if isinstance(slot, str) and slot),
        tuple(Star(label, slot.address, slot.is_bridge) for slot, label in pairs if not isinstance(slot, str)),
        tuple(_draw_line(referral, points) for referral in referrals),
    )


def _list_slots(drawn: list[Organization]) -> Iterator[Organization | str]:
    """Yield what stands around the circle: the organizations, and before those of each town its name if there are several."""
    has_several = len({organization.town for organization in drawn}) > 1
    for town, members in groupby(drawn, lambda organization: organization.town):
        if has_several:
            yield town
        yield from members


def _get_name(slot: Organization | str) -> str:
    return slot if isinstance(slot, str) else slot.name


def _place_label(name: str, number: int, count: int, radius: float) -> CircleLabel:
    """Return a name at its position on the circle: clockwise, from the top."""
    angle = 2 * math.pi * number / count - math.pi / 2
    is_left = math.cos(angle) < -1e-9
    degrees = math.degrees(angle) + (180 if is_left else 0)
    x, y = round(radius * math.cos(angle), 1), round(radius * math.sin(angle), 1)
    return CircleLabel(_shorten(name), x, y, round(degrees, 1), -_GAP if is_left else _GAP, "end" if is_left else "start")


def _draw_line(referral: Referral, points: dict[str, CircleLabel]) -> ReferralLine:
    """Return a curve that bends toward the middle, so that lines between neighbors do not run along the circle."""
    start, end = points[referral.sender], points[referral.receiver]
    bend_x, bend_y = (start.x + end.x) * _BEND, (start.y + end.y) * _BEND
    curve = f"M{start.x} {start.y}Q{bend_x:.1f} {bend_y:.1f} {end.x} {end.y}"
    angle = math.atan2(end.y - bend_y, end.x - bend_x)
    return ReferralLine(curve, _draw_head(end.x, end.y, angle), f"{start.name} → {end.name}", referral.said_by != "both")


def _draw_head(x: float, y: float, angle: float) -> str:
    """Return a triangle that touches the dot at a point. An SVG marker would need an id, which the single-file guide changes."""
    cosine, sine = math.cos(angle), math.sin(angle)
    corners = ((_DOT, 0.0), (_DOT + _HEAD, _HEAD / 2), (_DOT + _HEAD, -_HEAD / 2))
    points = ((x - along * cosine - across * sine, y - along * sine + across * cosine) for along, across in corners)
    return f"M{'L'.join(f'{left:.1f} {top:.1f}' for left, top in points)}z"


def _measure(name: str) -> float:
    return sum(_CHARACTER * (_WIDE if character >= "\u2e80" else 1) for character in name)


def _shorten(name: str) -> str:
    return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - 1] + "…"
