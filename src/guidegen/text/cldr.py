"""Language data from Unicode's CLDR, read through Babel.

``cldr_overlay.json`` beside this module adds what CLDR lacks.
"""

import json
import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, get_month_names, get_timezone_name
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_territory_currencies, is_currency
from babel.units import format_unit

from guidegen.patterns import compile_lazily

_TAG = compile_lazily(r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<region>[A-Z]{2}|[0-9]{3}))?")
_WITH_ENGLISH_CLOCK = ("am", "ti", "so")
"""Languages whose words for morning and evening mislead with a number: many speakers count hours from sunrise, or do not know
CLDR's abbreviations. Their times have AM and PM, as people in the United States read them on doors."""
_MARKS = compile_lazily("[\u200e\u200f\u061c]")  # direction marks, which are removed because pages isolate such runs instead


@cache
def _load_overlay() -> dict[str, dict[str, object]]:
    text = Path(__file__).with_name("cldr_overlay.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, object]], json.loads(text))


def _get_from_overlay(tag: str, key: str) -> str:
    return str(_load_overlay().get(tag, {}).get(key, ""))


@cache
def _get_english() -> Locale:
    return Locale.parse("en")


@cache
def _find_locale(tag: str) -> Locale:
    """Return the nearest CLDR locale for a tag, or English if there is none."""
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return _get_english()


@cache
def _find_regional_locale(tag: str, region: str) -> Locale:
    """Return the locale as used in a region. For example, Spanish in the United States has a 12-hour clock."""
    if region and "-" + region not in tag:
        try:
            return Locale.parse(f"{tag}-{region}", sep="-", resolve_likely_subtags=False)
        except (UnknownLocaleError, ValueError):
            pass
    return _find_locale(tag)


@cache
def language_names() -> dict[str, str]:
    """Return the English name of every known language tag."""
    cldr_names = {tag.replace("_", "-"): name for tag, name in _get_english().languages.items()}
    overlay_names = {tag: str(entry["english"]) for tag, entry in _load_overlay().items() if "english" in entry}
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
        and (not script_code or script_code in _get_english().scripts)
        and (not region or region in _get_english().territories)
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
    return len(code) == 2 and code in _get_english().territories


@cache
def _list_territory_names(readers: tuple[str, ...]) -> dict[str, str]:
    """Return the codes of countries by their names in some languages."""
    names = ((str(name), code) for tag in readers for code, name in _find_locale(tag).territories.items())
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
    overlay_names = cast(dict[str, str], _load_overlay().get(reader, {}).get("languages", {}))
    cldr_names = {} if reader == "ht" else _find_locale(reader).languages  # would inherit French from fr_HT
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
    return _get_from_overlay(tag, "direction") or str(_find_locale(tag).text_direction)


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
    return str(_find_locale(reader).territories.get(code, code))


@cache
def day_names(tag: str) -> tuple[str, ...]:
    """Return the stand-alone names of the weekdays, from Monday."""
    overlay_days = _load_overlay().get(tag, {}).get("days")
    if overlay_days:
        return tuple(cast(Sequence[str], overlay_days))
    days = _find_locale(tag).days["stand-alone"]["wide"]
    return tuple(str(days[number]).replace("\u02bc", "\u2019") for number in range(7))  # the one Ukrainian apostrophe of guidegen


@cache
def written_date(day: date, tag: str, region: str = "") -> str:
    """Return a date in the long format of a language and region: "November 3, 2026", or "3 November 2026" in most countries."""
    months = _load_overlay().get(tag, {}).get("months")
    if months:
        return f"{day.day} {cast(Sequence[str], months)[day.month - 1]} {day.year}"
    return _write_first(day.day, tag, _MARKS.sub("", format_date(day, "long", locale=_find_regional_locale(tag, region))))


def _write_first(day: int, tag: str, text: str) -> str:
    """Return a date with the French ordinal of the first day, which CLDR's formats lack: "1er octobre"."""
    return f"1er{text.removeprefix('1')}" if day == 1 and tag.split("-")[0] == "fr" else text


@cache
def zone_name(zone: str, reader: str) -> str:
    """Return the name of a time zone in the language ``reader``, such as "Central Time"."""
    return str(get_timezone_name(ZoneInfo(zone), locale=_find_locale(reader)))


@cache
def written_day(month: int, day: int, tag: str, region: str = "") -> str:
    """Return a date without its year, such as "November 3"."""
    if _load_overlay().get(tag, {}).get("months"):
        return f"{day} {month_names(tag)[month - 1]}"
    text = format_skeleton("MMMMd", date(2024, month, day), locale=_find_regional_locale(tag, region))
    return _write_first(day, tag, _MARKS.sub("", text))


@cache
def month_names(tag: str) -> tuple[str, ...]:
    """Return the stand-alone names of the months, from January."""
    months = _load_overlay().get(tag, {}).get("months")
    if months:
        return tuple(cast(Sequence[str], months))
    return tuple(get_month_names("wide", "stand-alone", _find_locale(tag))[number] for number in range(1, 13))


@cache
def written_time(minutes: int, tag: str, region: str) -> str:
    """Return a time of day, given in minutes since midnight, in the format of a language and region.

    A language that CLDR does not know in the region has its own format, with 24 hours if the region counts them: "18:00" for
    Arabic in Germany.
    """
    clock_time = time(minutes // 60 % 24, minutes % 60)
    locale = _get_english() if tag.split("-")[0] in _WITH_ENGLISH_CLOCK else _find_regional_locale(tag, region)
    is_foreign = region and locale.territory != region
    if (
        is_foreign
        and "a" in str(locale.time_formats["short"])
        and "a" not in str(_find_main_locale(region).time_formats["short"])
    ):
        return format_time(clock_time, "HH:mm", locale=locale)
    text = format_time(clock_time, "short", locale=locale)
    return _MARKS.sub("", text).replace("\u202f", "\u00a0")


@cache
def currency_of(region: str) -> str:
    """Return the code of the currency that people use in a region today; empty if the region is unknown."""
    return next(iter(get_territory_currencies(region, tender=True)), "") if region else ""


@cache
def written_price(amount: Decimal, currency: str, region: str) -> str:
    """Return a price in the format of the region, whatever the reader's language, such as "$25"."""
    decimals = 0 if amount == amount.to_integral_value() else get_currency_precision(currency)
    number_pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    locale = _find_main_locale(region) if region else _get_english()
    pattern = re.sub(r"[#0][#0,.]*", number_pattern, locale.currency_formats["standard"].pattern)
    text = format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    return _MARKS.sub("", text)


_WITH_MILES = ("US", "GB", "LR")
"""Countries whose road signs have miles: CLDR (UTS 35), "Measurement System Data"."""


def has_miles(region: str) -> bool:
    """Return whether people in a region measure ways in miles."""
    return region in _WITH_MILES


@cache
def written_distance(number: float, tag: str, region: str) -> str:
    """Return a distance in the region's unit, such as "2 mi", in the format of a language."""
    unit = "length-mile" if has_miles(region) else "length-kilometer"
    return _MARKS.sub("", format_unit(number, unit, "short", locale=_find_locale(tag)))


def distance_pattern(tag: str, region: str) -> str:
    """Return the pattern of a distance in the region's unit, such as "{number} mi", for numbers with one decimal."""
    return written_distance(1.5, tag, region).replace(format_decimal(1.5, locale=_find_locale(tag)), "{number}")


@cache
def decimal_separator(region: str) -> str:
    """Return the decimal separator of a region, whatever the reader's language, as prices have it."""
    return format_decimal(1.5, locale=_find_main_locale(region) if region else _get_english()).strip("15")


@cache
def _find_main_locale(region: str) -> Locale:
    """Return the locale of a region's main language, such as English for ``US``."""
    try:
        return Locale.parse(f"und_{region}", resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return _get_english()


@cache
def list_pattern(tag: str, length: int) -> str:
    """Return a pattern for a list of ``length`` items, with placeholders ``{0}`` to ``{length - 1}``.

    CLDR (UTS 35), "List Patterns".
    """
    locale_patterns = _find_locale("fr" if tag == "ht" else tag).list_patterns["standard"]
    patterns = {position: _MARKS.sub("", str(pattern)) for position, pattern in locale_patterns.items()}
    if tag == "ht":
        patterns |= {"2": "{0} ak {1}", "end": "{0} ak {1}"}
    if length < 2:
        return "{0}" * length
    if length == 2:
        return str(patterns["2"])
    list_so_far = str(patterns["start"])
    for index in range(2, length):
        pattern = str(patterns["end" if index == length - 1 else "middle"])
        list_so_far = pattern.replace("{1}", f"{{{index}}}").replace("{0}", list_so_far, 1)
    return list_so_far
