"""Facts about languages, scripts, countries and time zones from Unicode's CLDR, read through Babel."""

import json
from functools import cache
from pathlib import Path
from typing import cast

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import is_currency

from guidegen.patterns import compile_lazily
from guidegen.text.locales import find_locale, get_english, load_overlay

_TAG = compile_lazily(r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<region>[A-Z]{2}|[0-9]{3}))?")


def _get_from_overlay(tag: str, key: str) -> str:
    return str(load_overlay().get(tag, {}).get(key, ""))


@cache
def language_names() -> dict[str, str]:
    """Return the English name of every known language tag."""
    cldr_names = {tag.replace("_", "-"): name for tag, name in get_english().languages.items()}
    overlay_names = {tag: str(entry["english"]) for tag, entry in load_overlay().items() if "english" in entry}
    return cldr_names | overlay_names


@cache
def is_language(tag: str) -> bool:
    """Return whether a tag is well formed, in its usual case, and names a known language (BCP 47)."""
    match = _TAG.fullmatch(tag)
    if not match:
        return False
    script_code, region = match["script"], match["region"]
    return (
        match["language"] in language_names()
        and (not script_code or script_code in get_english().scripts)
        and (not region or region in get_english().territories)
    )


@cache
def canonical(tag: str) -> str:
    """Return the tag in CLDR's canonical form: ``spa`` is ``es``, ``cmn-Hans`` is ``zh-Hans``, ``prs`` is ``fa-AF``.

    Codes of ISO 639-2 and 639-3 and deprecated codes are aliases in CLDR (UTS 35, "Canonical Unicode Locale Identifiers"). A
    two-letter code stays if it has a name, or is also a country code (``in``, formerly Indonesian).
    """
    match = _TAG.fullmatch(tag)
    if not match or (len(match["language"]) == 2 and (match["language"] in language_names() or is_territory(tag[:2].upper()))):
        return tag
    alias = _TAG.fullmatch(str(get_global("language_aliases").get(match["language"], "")).replace("_", "-"))
    if not alias:
        return tag
    return "-".join(filter(None, (alias["language"], *(match[part] or alias[part] for part in ("script", "region")))))


def long_code(language: str) -> str:
    """Return the three-letter alias of a language code: ``bre`` for ``br``."""
    aliases = sorted(get_global("language_aliases").items())
    return next(alias for alias, canonical_code in aliases if canonical_code == language and len(alias) == 3)


@cache
def language_of_country(country: str) -> str:
    """Return the most likely language of a country, such as ``cs`` for ``CZ``; empty if the code is not a country."""
    if country not in get_global("territory_languages"):
        return ""
    return str(get_global("likely_subtags").get(f"und_{country}", "en")).split("_")[0]


@cache
def official_languages(country: str) -> frozenset[str]:
    """Return the official languages of a whole country, without their scripts."""
    languages = get_global("territory_languages").get(country, {})
    statuses = ("official", "de_facto_official")
    return frozenset(tag.split("_")[0] for tag, facts in languages.items() if facts["official_status"] in statuses)


def time_zones(country: str) -> tuple[str, ...]:
    """Return the time zones of a country, sorted by name."""
    return tuple(sorted(zone for zone, territory in get_global("zone_territories").items() if territory == country))


@cache
def zone_position(zone: str) -> tuple[float, float] | None:
    """Return the latitude and longitude of a time zone's main town, in whole degrees, or None if the zone is unknown.

    From ``zone.tab`` of the time zone database (public domain).
    """
    file = Path(__file__).with_name("zone_positions.json")
    position = cast(dict[str, list[float]], json.loads(file.read_text(encoding="utf-8"))).get(zone)
    return (position[0], position[1]) if position else None


def is_of_country(language: str, country: str) -> bool:
    """Return whether a country is CLDR's main country of a language: Brazil for Portuguese, only Spain for Spanish."""
    return str(get_global("likely_subtags").get(language, "")).endswith(f"_{country}")


@cache
def is_rare(language: str) -> bool:
    """Return whether fewer than 1% of people speak the language in every country."""
    for languages in get_global("territory_languages").values():
        for tag, statistics in languages.items():
            if tag.split("_")[0] == language and (statistics["population_percent"] or 0) >= 1:
                return False
    return True


def is_territory(code: str) -> bool:
    """Return whether the code is a region of ISO 3166, such as ``US``."""
    return len(code) == 2 and code in get_english().territories


@cache
def _list_territory_names(readers: tuple[str, ...]) -> dict[str, str]:
    """Return the codes of countries by their names in some languages."""
    names = ((str(name), code) for tag in readers for code, name in find_locale(tag).territories.items())
    return {name.casefold(): code for name, code in names if len(code) == 2}


def territory_by_name(text: str, readers: tuple[str, ...] = ("en",)) -> str:
    """Return the code of a country by its name in one of the languages, its code in any case or its three-letter code.

    Empty if it is unknown.
    """
    folded = text.strip().casefold()
    names = _list_territory_names(readers)
    also = {
        "usa": "US",
        "u.s.": "US",
        "u.s.a.": "US",
        "united states of america": "US",
        "america": "US",
        "uk": "GB",
        "england": "GB",
    }
    alias = str(get_global("territory_aliases").get(text.strip().upper(), [""])[0])
    return also.get(folded, "") or names.get(folded, "") or (folded.upper() if is_territory(folded.upper()) else "") or alias


def is_currency_code(code: str) -> bool:
    """Return whether the code is a currency of ISO 4217, such as ``USD``."""
    return bool(is_currency(code))


@cache
def own_name(tag: str) -> str:
    """Return the language's name in the language itself, capitalized if its script has capitals."""
    own = _get_from_overlay(tag, "own")
    name = own or _get_display_name(tag) or language_names().get(tag) or language_names()[tag.split("-")[0]]
    if tag.startswith("zh") and not own:
        name = name.replace(" ", "")
    return name[:1].upper() + name[1:]


def _get_display_name(tag: str) -> str:
    """Return CLDR's name of a language in the language itself; empty if CLDR does not have the language."""
    try:
        return Locale.parse(tag, sep="-").get_display_name() or ""
    except (UnknownLocaleError, ValueError):
        return ""


@cache
def name_in(tag: str, reader: str) -> str:
    """Return the language's name in the language ``reader``, or else its English name in the overlay or its own name."""
    overlay_names = cast(dict[str, str], load_overlay().get(reader, {}).get("languages", {}))
    cldr_names = {} if reader == "ht" else find_locale(reader).languages  # would inherit French from fr_HT
    base = tag.split("-")[0]
    name = overlay_names.get(tag, "") or cldr_names.get(tag.replace("-", "_"), "") or cldr_names.get(base, "")
    if reader == "vi":
        name = name.replace("Tiếng", "tiếng")  # CLDR's names begin a line; ours are in the middle of one
    elif reader == "uk":
        name = name.replace("\u02bc", "\u2019")
    return name or _get_from_overlay(tag, "english") or own_name(tag)


def spoken_tag(tag: str) -> str:
    """Return the tag of a language without its script, since nobody speaks one: ``zh`` for ``zh-Hant``."""
    return "-".join(part for part in tag.split("-") if len(part) != 4)


@cache
def direction(tag: str) -> str:
    """Return the writing direction of a language, ``ltr`` or ``rtl``."""
    return _get_from_overlay(tag, "direction") or str(find_locale(tag).text_direction)


@cache
def script(tag: str) -> str:
    """Return the ISO 15924 code of a language's usual script, such as ``Latn`` or ``Arab``.

    Chinese and Japanese have ``Hani``; Korean has ``Hang``.
    """
    explicit = next((part for part in tag.split("-") if len(part) == 4), "")
    likely = get_global("likely_subtags").get(tag.split("-")[0], "")
    code = explicit or (likely.split("_")[1] if likely else "Latn")
    return {"Hans": "Hani", "Hant": "Hani", "Kore": "Hang", "Jpan": "Hani"}.get(code, code)


@cache
def territory_name(code: str, reader: str = "en") -> str:
    """Return the name of a country in the language ``reader``."""
    return str(find_locale(reader).territories.get(code, code))
