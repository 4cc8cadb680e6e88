"""Dates, times, prices, distances and lists as a language and a region write them, from Unicode's CLDR through Babel."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, get_month_names, get_timezone_name
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_territory_currencies
from babel.units import format_unit

from guidegen.patterns import compile_lazily
from guidegen.text.locales import find_locale, find_main_locale, find_regional_locale, get_english, load_overlay

_WITH_ENGLISH_CLOCK = ("am", "ti", "so")
"""Languages whose words for morning and evening mislead with a number: many speakers count hours from sunrise, or do not know
CLDR's abbreviations. Their times have AM and PM, as people in the United States read them on doors."""
_MARKS = compile_lazily("[\u200e\u200f\u061c]")  # direction marks, which are removed because pages isolate such runs instead


@cache
def day_names(tag: str) -> tuple[str, ...]:
    """Return the stand-alone names of the weekdays, from Monday."""
    overlay_days = load_overlay().get(tag, {}).get("days")
    if overlay_days:
        return tuple(cast(Sequence[str], overlay_days))
    days = find_locale(tag).days["stand-alone"]["wide"]
    return tuple(str(days[number]).replace("\u02bc", "\u2019") for number in range(7))  # the one Ukrainian apostrophe of guidegen


@cache
def written_date(day: date, tag: str, region: str = "") -> str:
    """Return a date in the long format of a language and region: "November 3, 2026", or "3 November 2026" in most countries."""
    months = load_overlay().get(tag, {}).get("months")
    if months:
        return f"{day.day} {cast(Sequence[str], months)[day.month - 1]} {day.year}"
    return _write_first(day.day, tag, _MARKS.sub("", format_date(day, "long", locale=find_regional_locale(tag, region))))


def _write_first(day: int, tag: str, text: str) -> str:
    """Return a date with the French ordinal of the first day, which CLDR's formats lack: "1er octobre"."""
    return f"1er{text.removeprefix('1')}" if day == 1 and tag.split("-")[0] == "fr" else text


@cache
def zone_name(zone: str, reader: str) -> str:
    """Return the name of a time zone in the language ``reader``, such as "Central Time"."""
    return str(get_timezone_name(ZoneInfo(zone), locale=find_locale(reader)))


@cache
def written_day(month: int, day: int, tag: str, region: str = "") -> str:
    """Return a date without its year, such as "November 3"."""
    if load_overlay().get(tag, {}).get("months"):
        return f"{day} {month_names(tag)[month - 1]}"
    text = format_skeleton("MMMMd", date(2024, month, day), locale=find_regional_locale(tag, region))
    return _write_first(day, tag, _MARKS.sub("", text))


@cache
def month_names(tag: str) -> tuple[str, ...]:
    """Return the stand-alone names of the months, from January."""
    months = load_overlay().get(tag, {}).get("months")
    if months:
        return tuple(cast(Sequence[str], months))
    return tuple(get_month_names("wide", "stand-alone", find_locale(tag))[number] for number in range(1, 13))


@cache
def written_time(minutes: int, tag: str, region: str) -> str:
    """Return a time of day, given in minutes since midnight, in the format of a language and region.

    A language that CLDR does not know in the region has its own format, with 24 hours if the region counts them: "18:00" for
    Arabic in Germany.
    """
    clock_time = time(minutes // 60 % 24, minutes % 60)
    locale = get_english() if tag.split("-")[0] in _WITH_ENGLISH_CLOCK else find_regional_locale(tag, region)
    is_foreign = region and locale.territory != region
    if is_foreign and "a" in str(locale.time_formats["short"]) and "a" not in str(find_main_locale(region).time_formats["short"]):
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
    locale = find_main_locale(region) if region else get_english()
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
    return _MARKS.sub("", format_unit(number, unit, "short", locale=find_locale(tag)))


def distance_pattern(tag: str, region: str) -> str:
    """Return the pattern of a distance in the region's unit, such as "{number} mi", for numbers with one decimal."""
    return written_distance(1.5, tag, region).replace(format_decimal(1.5, locale=find_locale(tag)), "{number}")


@cache
def decimal_separator(region: str) -> str:
    """Return the decimal separator of a region, whatever the reader's language, as prices have it."""
    return format_decimal(1.5, locale=find_main_locale(region) if region else get_english()).strip("15")


@cache
def list_pattern(tag: str, length: int) -> str:
    """Return a pattern for a list of ``length`` items, with placeholders ``{0}`` to ``{length - 1}``.

    CLDR (UTS 35), "List Patterns".
    """
    locale_patterns = find_locale("fr" if tag == "ht" else tag).list_patterns["standard"]
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
