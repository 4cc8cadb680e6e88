"""Colors in sRGB and their contrast (WCAG 2.2, "relative luminance" and "contrast ratio")."""

from functools import cache

MIN_CONTRAST = 4.5
"""The contrast of text with its background that WCAG 2.2 asks for (1.4.3, level AA)."""


@cache
def contrast(first: str, second: str) -> float:
    """Return the contrast of two colors such as ``#0b5c5e``: from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = [value / 255 for value in _channels(color)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(color: str, other: str, share: float) -> str:
    """Return a color with a share of another, from 0 (only the first) to 1 (only the other)."""
    values = (round(own + (foreign - own) * share) for own, foreign in zip(_channels(color), _channels(other), strict=True))
    return "#" + "".join(f"{value:02x}" for value in values)


def adjust(color: str, background: str, toward: str, ratio: float = MIN_CONTRAST) -> str:
    """Return the color, or the nearest mix with ``toward`` that has enough contrast with a background."""
    shares = (step / 50 for step in range(51))
    return next((mixed for share in shares if contrast(mixed := mix(color, toward, share), background) >= ratio), toward)
