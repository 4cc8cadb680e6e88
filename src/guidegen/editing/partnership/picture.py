"""The constellation: a picture of the partners and their referral paths, as SVG that needs no script.

Partners stand on a circle, sorted so that those of one town are neighbors; names point outward and never overlap. A path that
only one side names is dashed.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape

from guidegen.editing.partnership.network import Network, Referral
from guidegen.model.guide import Guide

_LINE, _CHARACTER, _MIN_RADIUS, _GAP = 20, 6.6, 140, 8
"""The room for a name on the circle, the width of a character, the smallest radius, and the gap before a name, in units."""
_BEND = 0.22
"""The control point of a curve is the midpoint of its ends, times this: smaller bends more toward the center."""
_MAX_NAME = 38
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="13" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0 10 5 0 10z"/></marker></defs>'
)


def draw_network(network: Network, guide: Guide) -> str:
    """Return the picture as an SVG element; empty if nobody refers to anybody."""
    towns = {partner.slug: (partner.towns or ("",))[0] for partner in guide.listed}
    linked = {slug for referral in network.referrals for slug in (referral.sender, referral.receiver)}
    slugs = sorted(linked, key=lambda slug: (towns.get(slug, ""), network.names[slug].casefold()))
    if not slugs:
        return ""
    radius = max(_MIN_RADIUS, len(slugs) * _LINE / (2 * math.pi))
    longest = max(len(_shorten(network.names[slug])) for slug in slugs)
    size = round(radius + _GAP + longest * _CHARACTER + 10)
    points = {slug: _locate(number, len(slugs), radius) for number, slug in enumerate(slugs)}
    label = f"{len(slugs)} organizations and {len(network.referrals)} referral paths. The table below says the same."
    box = f'viewBox="{-size} {-size} {2 * size} {2 * size}" width="{2 * size}"'
    lines = [
        f'<svg class="constellation" {box} role="img" aria-label="{label}">',
        _TIP,
        *(_draw_path(referral, points) for referral in network.referrals),
        *_draw_names(slugs, points, network),
        "</svg>",
    ]
    return "\n".join(lines)


def _locate(number: int, count: int, radius: float) -> tuple[float, float, float]:
    """Return the angle, and the position at it: clockwise, from the top."""
    angle = 2 * math.pi * number / count - math.pi / 2
    return angle, radius * math.cos(angle), radius * math.sin(angle)


def _draw_path(referral: Referral, points: dict[str, tuple[float, float, float]]) -> str:
    """Return a curve that bends toward the middle, so that paths between neighbors do not run along the circle."""
    _, x1, y1 = points[referral.sender]
    _, x2, y2 = points[referral.receiver]
    curve = f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) * _BEND:.1f} {(y1 + y2) * _BEND:.1f} {x2:.1f} {y2:.1f}"
    dashes = "" if referral.said_by == "both" else ' stroke-dasharray="5 4"'
    return f'<path class="path" d="{curve}"{dashes} marker-end="url(#tip)"/>'


def _draw_names(slugs: Sequence[str], points: dict[str, tuple[float, float, float]], network: Network) -> Iterator[str]:
    for slug in slugs:
        angle, x, y = points[slug]
        degrees = math.degrees(angle)
        is_left = math.cos(angle) < 0
        turn = degrees + 180 if is_left else degrees
        shift, anchor = (-_GAP, "end") if is_left else (_GAP, "start")
        name = escape(_shorten(network.names[slug]))
        is_bridge = ' class="bridge"' if slug in network.bridges else ""
        yield f'<circle{is_bridge} cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
        place = f'transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})" x="{shift}" dy="0.35em" text-anchor="{anchor}"'
        yield f"<text {place}>{name}</text>"


def _shorten(name: str) -> str:
    return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - 1] + "…"
