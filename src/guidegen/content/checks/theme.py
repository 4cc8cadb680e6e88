"""Checks on the guide's own colors: people must be able to read what stands on them."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem
from guidegen.model.colors import MIN_CONTRAST, adjust, contrast
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

_INK, _WHITE, _BLACK = "#1b2230", "#ffffff", "#000000"


def readable(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each color on which text would have too little contrast."""
    theme = guide.settings.theme
    brand, accent = theme.brand, theme.accent
    if brand and max(contrast(brand, _WHITE), contrast(brand, _INK)) < MIN_CONTRAST:
        message = f"text is hard to read on the color {brand}: its contrast is {contrast(brand, _WHITE):.1f}, and must be 4.5"
        yield problem(guide.settings, "theme.brand", message, f'Did you mean:  "{adjust(brand, _WHITE, _BLACK)}"', "contrast")
    if accent and contrast(accent, _INK) < MIN_CONTRAST:
        message = (
            f"dark text is hard to read on the color {accent}: its contrast is {contrast(accent, _INK):.1f}, and must be 4.5"
        )
        yield problem(guide.settings, "theme.accent", message, f'Did you mean:  "{adjust(accent, _INK, _WHITE)}"', "contrast")
