"""The style sheet with a guide's own colors and shape, which pages load after the built-in one."""

from collections.abc import Iterator

from guidegen.model.colors import adjust, contrast, mix
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.model.settings import Theme
from guidegen.site.components.layout import THEME_PATH
from guidegen.text.language import Language

_GROUND, _DARK_GROUND = "#faf8f3", "#14181d"
"""The backgrounds of pages in ``static/css/site.css``, in light and in dark mode."""
_INK, _WHITE, _BLACK = "#1b2230", "#ffffff", "#000000"
_ROUND = {"round": "1.1rem", "soft": "0.6rem", "square": "0.1rem"}
_DARK_LINK_CONTRAST = 7.0


def inputs(guide: Guide, _languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Return the theme."""
    return guide.settings.theme


def files(guide: Guide, _languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield the style sheet, if the guide has colors or a shape of its own."""
    styles = build_styles(guide.settings.theme)
    if styles:
        yield File(THEME_PATH, styles.encode())


def build_styles(theme: Theme) -> str:
    """Return the style sheet; empty if the theme has no colors and no shape.

    Text always has enough contrast: links are darkened on light pages and lightened on dark ones.
    """
    light = {"--round": _ROUND.get(theme.shape, "")} | _light_colors(theme)
    dark = _dark_colors(theme)
    rules = [f":root{{{_declare(light)}}}"] if _declare(light) else []
    if dark:
        rules.append(f"@media (prefers-color-scheme: dark){{:root{{{_declare(dark)}}}}}")
        rules.append("@media print{:root{--link:#000}}")
    return "\n".join([*rules, ""]) if rules else ""


def _light_colors(theme: Theme) -> dict[str, str]:
    brand = theme.brand
    colors = {"--brand": brand, "--on-brand": text_color(brand), "--link": adjust(brand, _GROUND, _BLACK)} if brand else {}
    return colors | ({"--accent": theme.accent} if theme.accent else {})


def _dark_colors(theme: Theme) -> dict[str, str]:
    if not theme.brand:
        return {}
    return {
        "--brand": adjust(mix(theme.brand, _BLACK, 0.35), _WHITE, _BLACK, _DARK_LINK_CONTRAST),
        "--on-brand": _WHITE,
        "--link": adjust(theme.brand, _DARK_GROUND, _WHITE, _DARK_LINK_CONTRAST),
    }


def text_color(background: str) -> str:
    """Return white or the dark ink, whichever is easier to read on a background."""
    return max((_WHITE, _INK), key=lambda color: contrast(color, background))


def _declare(values: dict[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in values.items() if value)
