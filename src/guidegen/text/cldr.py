"""What Unicode's CLDR knows about languages, read through Babel, and our own small overlay for what it lacks.

Sources: CLDR as shipped with Babel; the overlay is in ``cldr_overlay.json`` beside this module.
"""

import json
import re
import unicodedata
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
from babel.numbers import format_currency, get_currency_precision, is_currency

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<region>[A-Z]{2}|[0-9]{3}))?")
_MARKS = re.compile("[\u200e\u200f\u061c]")  # direction marks: we isolate instead


@cache
def _overlay() -> dict[str, dict[str, object]]:
    text = Path(__file__).with_name("cldr_overlay.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, object]], json.loads(text))


def _overlaid(tag: str, key: str) -> str:
    return str(_overlay().get(tag, {}).get(key, ""))


@cache
def _english() -> Locale:
    return Locale.parse("en")


@cache
def _locale(tag: str) -> Locale:
    """The nearest CLDR locale of a tag; English where CLDR has none."""
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return _english()


@cache
def _regional(tag: str, region: str) -> Locale:
    """The locale as used in ``region``: Spanish in the United States tells the time in twelve hours."""
    if region and "-" + region not in tag:
        try:
            return Locale.parse(f"{tag}-{region}", sep="-", resolve_likely_subtags=False)
        except (UnknownLocaleError, ValueError):
            pass
    return _locale(tag)


@cache
def language_names() -> dict[str, str]:
    """Every language code we know, with its English name."""
    known = {tag.replace("_", "-"): name for tag, name in _english().languages.items()}
    ours = {tag: str(entry["english"]) for tag, entry in _overlay().items() if "english" in entry}
    return known | ours


@cache
def is_language(tag: str) -> bool:
    """Whether the tag is well formed, written in its usual case, and names a known language (BCP 47)."""
    match = _TAG.fullmatch(tag)
    if not match:
        return False
    script, region = match["script"], match["region"]
    return (
        match["language"] in language_names()
        and (not script or script in _english().scripts)
        and (not region or region in _english().territories)
    )


@cache
def canonical(tag: str) -> str:
    """Return the tag as CLDR writes it: ``spa`` is ``es``, ``cmn-Hans`` is ``zh-Hans``, ``prs`` is ``fa-AF``.

    The codes of ISO 639-2 and 639-3, and those that were replaced, are aliases there (UTS 35, "Canonical Unicode Locale
    Identifiers"). A code of two letters stays if it has a name, or is that of a country as well (``in``, for Indonesian).
    """
    match = _TAG.fullmatch(tag)
    if not match or (len(match["language"]) == 2 and (match["language"] in language_names() or is_territory(tag[:2].upper()))):
        return tag
    alias = _TAG.fullmatch(str(get_global("language_aliases").get(match["language"], "")).replace("_", "-"))
    if not alias:
        return tag
    return "-".join(filter(None, (alias["language"], *(match[part] or alias[part] for part in ("script", "region")))))


def long_code(language: str) -> str:
    """Return the code of three letters for which the language is the canonical one: ``bre`` for ``br``."""
    return next(code for code, meant in sorted(get_global("language_aliases").items()) if meant == language and len(code) == 3)


@cache
def language_of_country(country: str) -> str:
    """Return the language that is most likely meant by the code of a country: ``cs`` by ``CZ``; empty if it is no country's."""
    if country not in get_global("territory_languages"):
        return ""
    return str(get_global("likely_subtags").get(f"und_{country}", "en")).split("_")[0]


def is_of_country(language: str, country: str) -> bool:
    """Return whether CLDR has this as the country of the language: Portuguese is of Brazil, Spanish is of Spain alone."""
    return str(get_global("likely_subtags").get(language, "")).endswith(f"_{country}")


@cache
def is_rare(language: str) -> bool:
    """Return whether fewer than one in a hundred speak the language in every country."""
    spoken = (known for of_country in get_global("territory_languages").values() for known in of_country.items())
    return all((facts["population_percent"] or 0) < 1 for name, facts in spoken if name.split("_")[0] == language)


def is_territory(code: str) -> bool:
    """Whether the code is a region of ISO 3166, such as ``US``."""
    return len(code) == 2 and code in _english().territories


def is_currency_code(code: str) -> bool:
    """Whether the code is a currency of ISO 4217, such as ``USD``."""
    return bool(is_currency(code))


@cache
def own_name(tag: str) -> str:
    """The language's name in itself, with a capital letter where its script has them."""
    name = _overlaid(tag, "own") or _display_name(tag) or language_names().get(tag) or language_names()[tag.split("-")[0]]
    if tag.startswith("zh") and not _overlaid(tag, "own"):
        name = name.replace(" ", "")
    return name[:1].upper() + name[1:]


def _display_name(tag: str) -> str:
    """The name of a language in itself, where CLDR has the language."""
    try:
        return Locale.parse(tag, sep="-").get_display_name() or ""
    except (UnknownLocaleError, ValueError):
        return ""


@cache
def name_in(tag: str, reader: str) -> str:
    """The language's name for somebody who reads ``reader``; the own name where CLDR has none."""
    names = _overlay().get(reader, {}).get("languages", {})
    ours = cast(dict[str, str], names).get(tag, "")
    theirs = {} if reader == "ht" else _locale(reader).languages  # CLDR has Haitian Creole in French
    base = tag.split("-")[0]
    found = ours or theirs.get(tag.replace("-", "_"), "") or theirs.get(base, "")
    return found or _overlaid(tag, "english") or own_name(tag)


@cache
def direction(tag: str) -> str:
    """``ltr`` or ``rtl``."""
    return _overlaid(tag, "direction") or str(_locale(tag).text_direction)


@cache
def script(tag: str) -> str:
    """The script of most letters that a language is usually written in, as Unicode names it, such as ``Latn`` or ``Hani``."""
    named = next((part for part in tag.split("-") if len(part) == 4), "")
    likely = get_global("likely_subtags").get(tag.split("-")[0], "")
    found = named or (likely.split("_")[1] if likely else "Latn")
    return {"Hans": "Hani", "Hant": "Hani", "Kore": "Hang", "Jpan": "Hani"}.get(found, found)


@cache
def territory_name(code: str, reader: str = "en") -> str:
    """Return the name of a country for readers of a language."""
    return str(_locale(reader).territories.get(code, code))


@cache
def day_names(tag: str) -> tuple[str, ...]:
    """Monday to Sunday, as they stand alone in a list."""
    ours = _overlay().get(tag, {}).get("days")
    if ours:
        return tuple(cast(Sequence[str], ours))
    days = _locale(tag).days["stand-alone"]["wide"]
    return tuple(str(days[number]) for number in range(7))


@cache
def written_date(day: date, tag: str) -> str:
    """A whole date, such as "November 3, 2026"."""
    months = _overlay().get(tag, {}).get("months")
    if months:
        return f"{day.day} {cast(Sequence[str], months)[day.month - 1]} {day.year}"
    return _MARKS.sub("", format_date(day, "long", locale=_locale(tag)))


@cache
def zone_name(zone: str, reader: str) -> str:
    """The name of a time zone for readers of a language, such as "Central Time"."""
    return str(get_timezone_name(ZoneInfo(zone), locale=_locale(reader)))


@cache
def written_day(month: int, day: int, tag: str) -> str:
    """A day of every year, such as "November 3"."""
    if _overlay().get(tag, {}).get("months"):
        return f"{day} {month_names(tag)[month - 1]}"
    return _MARKS.sub("", format_skeleton("MMMMd", date(2024, month, day), locale=_locale(tag)))


@cache
def month_names(tag: str) -> tuple[str, ...]:
    """January to December, as they stand alone."""
    months = _overlay().get(tag, {}).get("months")
    if months:
        return tuple(cast(Sequence[str], months))
    return tuple(get_month_names("wide", "stand-alone", _locale(tag))[number] for number in range(1, 13))


@cache
def written_time(minutes: int, tag: str, region: str) -> str:
    """A time of day from minutes since midnight, as it is told in the language and region."""
    moment = time(minutes // 60 % 24, minutes % 60)
    text = format_time(moment, "short", locale=_regional(tag, region))
    return _MARKS.sub("", text).replace("\u202f", "\u00a0")


@cache
def written_price(amount: Decimal, currency: str, region: str) -> str:
    """A price as it is written on a sign in the region, whatever the reader's language: "$25"."""
    places = 0 if amount == amount.to_integral_value() else get_currency_precision(currency)
    number = "#,##0" + ("." + "0" * places if places else "")
    locale = _place(region) if region else _english()
    pattern = re.sub(r"[#0][#0,.]*", number, locale.currency_formats["standard"].pattern)
    text = format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    return _MARKS.sub("", text)


@cache
def _place(region: str) -> Locale:
    """The main locale of a region: ``US`` gives English."""
    try:
        return Locale.parse(f"und_{region}", resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return _english()


@cache
def list_pattern(tag: str, length: int) -> str:
    """A pattern with places ``{0}`` to ``{length - 1}`` for a list. CLDR, "List Patterns"."""
    named = _locale("fr" if tag == "ht" else tag).list_patterns["standard"]
    patterns = {place: _MARKS.sub("", str(pattern)) for place, pattern in named.items()}
    if tag == "ht":
        patterns |= {"2": "{0} ak {1}", "end": "{0} ak {1}"}
    if length < 2:
        return "{0}" * length
    if length == 2:
        return str(patterns["2"])
    text = str(patterns["start"])
    for index in range(2, length):
        piece = str(patterns["end" if index == length - 1 else "middle"])
        shifted = piece.replace("{1}", f"{{{index}}}")
        text = shifted.replace("{0}", text, 1)
    return text


def collation_key(text: str) -> tuple[str, str]:
    """A key that sorts names with accents beside the plain letters; not a full collation."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return bare.casefold(), text
