"""The locales of Unicode's CLDR, read through Babel.

``cldr_overlay.json`` beside this module adds what CLDR lacks.
"""

import json
from functools import cache
from pathlib import Path
from typing import cast

from babel import Locale, UnknownLocaleError


@cache
def load_overlay() -> dict[str, dict[str, object]]:
    text = Path(__file__).with_name("cldr_overlay.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, object]], json.loads(text))


@cache
def get_english() -> Locale:
    return Locale.parse("en")


@cache
def find_locale(tag: str) -> Locale:
    """Return the nearest CLDR locale for a tag, or English if there is none."""
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return get_english()


@cache
def find_regional_locale(tag: str, region: str) -> Locale:
    """Return the locale as used in a region. For example, Spanish in the United States has a 12-hour clock."""
    if region and "-" + region not in tag:
        try:
            return Locale.parse(f"{tag}-{region}", sep="-", resolve_likely_subtags=False)
        except (UnknownLocaleError, ValueError):
            pass
    return find_locale(tag)


@cache
def find_main_locale(region: str) -> Locale:
    """Return the locale of a region's main language, such as English for ``US``."""
    try:
        return Locale.parse(f"und_{region}", resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return get_english()
