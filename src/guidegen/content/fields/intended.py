"""Guess what somebody meant by a value in the wrong form, and write it in the right one.

Every function takes the text that was found and returns YAML to paste, or an empty text if it is not certain enough. People see
the result in a hint; a guess is never used as the value.
"""

import json
import re
from datetime import date
from functools import cache
from itertools import pairwise

from guidegen.model.hours import DAYS
from guidegen.model.postal_addresses import address_rules
from guidegen.text import cldr

_LANGUAGES = ("en", "es", "fr", "pt", "de", "nl", "ht", "vi", "it", "pl", "tr", "ro", "uk", "ru")
"""Languages whose names of days and months are recognized: those of staff, most likely."""
_MONTH_FIRST = ("US", "CA", "PH")
"""Countries where 11/3/2026 is in November (CLDR, short date formats of their English)."""
_FREE = re.compile(
    r"(?:free(?: of charge)?|no (?:charge|cost|fee)|gratis|gratuito|sin costo|gratuit|kostenlos|none|0)[.!]?", re.IGNORECASE
)
_SLIDING = re.compile(r"sliding(?: (?:fee|scale))*|depends on income|income[- ]based", re.IGNORECASE)
_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "usd": "USD",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "cad": "CAD",
    "mxn": "MXN",
    "pesos": "MXN",
}
_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "SG": "SGD"}
"""Countries whose own currency has the sign $."""
_PRICE = re.compile(
    r"(?P<before>[$€£])?\s*(?P<amount>[0-9]+(?:[.,][0-9]{2})?)\s*(?P<after>[$€£]|dollars?|bucks|usd|eur|euros?|cad|mxn|pesos|d[oó]lares)?"
    r"(?P<rest>[^0-9$€£]*)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hour>[01]?[0-9]|2[0-4])(?:[:.h]?(?P<minute>[0-5][0-9]))?\s*h?\s*(?P<half>[ap]\.?\s?m\.?)?", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\bbis\b|\btot\b|\buntil\b|\btill\b|\ba\b|à|\bal?\b)\s*", re.IGNORECASE)


_SHORT_DAYS = {
    "mo": "ma lun lunes lu", "tu": "di mar dinsdag mart", "we": "wo mi mer mie", "th": "do jue jeu gio",
    "fr": "vr vie ven vrijdag", "sa": "za sab sam", "su": "zo so dom dim",
}  # fmt: skip
"""Short forms of weekdays in Dutch, Spanish, French, German and Italian."""


def fold(text: str) -> str:
    """Return a text without accents and in lowercase, to compare names."""
    return cldr.collation_key(text.strip())[0]


def time_of_day(text: str) -> str:
    """Return a time on the 24-hour clock with quotes: ``9am``, ``noon``, ``17h``, ``9.00``."""
    minutes = _read_time(text)
    return _format_time(minutes) if minutes is not None else ""


def opening(text: str) -> str:
    """Return ``open`` and ``close`` for a range of times, such as ``9-5`` or ``9am to 5pm``."""
    parts = [part for part in _RANGE.split(text.strip()) if part]
    if len(parts) != 2 or re.fullmatch(r"[0-9]{4}-.*", text):
        return ""
    first, last = _read_time(parts[0]), _read_time(parts[1])
    if first is None or last is None:
        return ""
    has_half = [bool(re.search(r"[ap]\.?\s?m", part, re.IGNORECASE)) for part in parts]
    if has_half == [False, True] and first + 12 * 60 < last and first < 12 * 60:
        first += 12 * 60  # "5-7pm" begins in the afternoon, "9-5pm" does not
    is_half_known = re.search(r"[ap]\.?\s?m|[:.h][0-9]{2}", text, re.IGNORECASE)
    if last <= first and last < 12 * 60 and not re.search(r"[ap]\.?\s?m", parts[1], re.IGNORECASE):
        last += 12 * 60  # "9-5" ends in the afternoon
    elif not is_half_known and last <= 8 * 60 and first < last:
        first, last = first + 12 * 60, last + 12 * 60  # "1-5"
    return f"open: {_format_time(first)}, close: {_format_time(last)}" if first < last else ""


def _read_time(text: str) -> int | None:
    """Return a time of day in minutes since midnight."""
    folded = fold(text).strip(" .")
    words = {"noon": 720, "midday": 720, "mediodia": 720, "midi": 720, "midnight": 1440, "medianoche": 1440, "minuit": 1440}
    if folded in words:
        return words[folded]
    match = _CLOCK.fullmatch(folded)
    if not match:
        return None
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute


def _format_time(minutes: int) -> str:
    return f'"{minutes // 60:02}:{minutes % 60:02}"'


@cache
def _days_by_name() -> dict[str, str]:
    """Return the codes of weekdays by their names and short forms in several languages."""
    codes = dict.fromkeys(DAYS, "")
    names = {code: code for code in codes}
    for tag in _LANGUAGES:
        for code, name in zip(DAYS, cldr.day_names(tag), strict=True):
            names.setdefault(fold(name), code)
            names.setdefault(f"{fold(name)}s", code)
    for code, name in zip(DAYS, cldr.day_names("en"), strict=True):
        names |= dict.fromkeys(_SHORT_DAYS[code].split(), code)
        names |= {fold(name)[:length]: code for length in (3, 4)} | {"tues": "tu", "thurs": "th", "thur": "th", "weds": "we"}
    return names


_DAY_RANGE = re.compile(r"\s*(?:-|–|—|\b(?:to|through|thru|bis|t/m|tot|tot en met|a|al|au)\b)\s*")


def weekdays(text: str) -> str:
    """Return a list of weekdays: ``Mon-Fri``, ``Tuesdays and Thursdays``, ``lunes a viernes``, ``weekdays``, ``daily``."""
    codes = _read_weekdays(text)
    return f"[{', '.join(codes)}]" if codes else ""


def _read_weekdays(text: str) -> list[str]:
    folded = fold(text).strip(" .").replace("t/m", "-")
    groups = {
        "weekdays": DAYS[:5],
        "werkdagen": DAYS[:5],
        "werktags": DAYS[:5],
        "dagelijks": DAYS,
        "taglich": DAYS,
        "todos los dias": DAYS,
        "tous les jours": DAYS,
        "m-f": DAYS[:5],
        "daily": DAYS,
        "every day": DAYS,
        "everyday": DAYS,
        "all week": DAYS,
        "weekends": DAYS[5:],
        "weekend": DAYS[5:],
    }
    if folded in groups:
        return list(groups[folded])
    names = _days_by_name()
    codes: list[str] = []
    for part in re.split(r"\s*(?:,|;|/|&|\+|\band\b|\by\b|\bet\b|\bund\b|\ben\b|\be\b|\bak\b)\s*", folded):
        days = [names.get(day.strip(" .")) for day in _DAY_RANGE.split(part)]
        if len(days) == 1 and days[0]:
            codes.append(days[0])
        elif len(days) == 2 and days[0] and days[1] and DAYS.index(days[0]) < DAYS.index(days[1]):
            codes += DAYS[DAYS.index(days[0]) : DAYS.index(days[1]) + 1]
        elif part:
            return []
    return list(dict.fromkeys(codes))


_ALWAYS = re.compile(
    r"(?:open )?24\s?/\s?7|always(?: open)?|around the clock|24h?|"
    r"24 (?:hours|uur|stunden|horas|heures)(?: (?:a|per|al|pro|par) (?:day|dag|dia|tag|jour))?"
)


def hours(text: str, _country: str = "") -> str:
    """Return a list of opening hours for one sentence: ``Mon-Fri 10 to 2``, ``24/7``."""
    folded = fold(text).strip(" .")
    if _ALWAYS.fullmatch(folded):
        return "[{always: yes}]"
    match = re.match(r"(?P<days>[^0-9]+?)[\s:,]+(?P<times>(?:noon|midday|[0-9]).*)", folded)
    if not match:
        return ""
    days, times = weekdays(match["days"].strip(" :,")), opening(match["times"])
    return f"[{{days: {days}, {times}}}]" if days and times else ""


def is_by_appointment(text: str) -> bool:
    """Return whether a text says that people need an appointment."""
    return bool(re.search(r"appointment|appt|\bcita\b|termin|afspraak|rendez-vous|call (?:first|ahead)", text, re.IGNORECASE))


def monthly(text: str) -> str:
    """Return a weekday of the month: ``1sa`` for ``first Saturday``."""
    order = {
        "first": 1,
        "1st": 1,
        "primer": 1,
        "second": 2,
        "2nd": 2,
        "third": 3,
        "3rd": 3,
        "fourth": 4,
        "4th": 4,
        "fifth": 5,
        "last": -1,
        "ultimo": -1,
    }
    match = re.fullmatch(r"(?:the )?(\w+) (\w+)(?: of (?:the|each|every) month)?", fold(text))
    day = _days_by_name().get(match[2]) if match else None
    return f"{order[match[1]]}{day}" if match and day and match[1] in order else ""


@cache
def _months_by_name() -> dict[str, int]:
    names: dict[str, int] = {}
    for tag in _LANGUAGES:
        for number, name in enumerate(cldr.month_names(tag), 1):
            names.setdefault(fold(name), number)
    names |= {fold(name)[:3]: number for number, name in enumerate(cldr.month_names("en"), 1)} | {"sept": 9}
    return names


def day(text: str, country: str) -> str:
    """Return a date, year first. The order of ``11/3/2026`` is that of the country."""
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", fold(text))
    if match := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", folded):
        return _format_day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})", folded):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        is_month_first = country in _MONTH_FIRST and match[2] != "."
        month, number = (first, second) if (is_month_first and first <= 12) or second > 12 else (second, first)
        return _format_day(year if year > 99 else 2000 + year, month, number)
    words = re.findall(r"[0-9]+|[^\W\d_]+", folded)
    months = [_months_by_name()[word] for word in words if word in _months_by_name()]
    numbers = [int(word) for word in words if word.isdigit()]
    years = [number for number in numbers if 1900 <= number <= 2200]
    days = [number for number in numbers if 1 <= number <= 31]
    return _format_day(years[0], months[0], days[0]) if len(months) == len(years) == len(days) == 1 else ""


def _format_day(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def is_day_without_year(text: str) -> bool:
    """Return whether a text is a date whose year is missing, such as ``Nov 3`` or ``12-20``."""
    words = re.findall(r"[0-9]+|[^\W\d_]+", fold(text))
    has_month = any(word in _months_by_name() for word in words)
    numbers = [int(word) for word in words if word.isdigit()]
    if has_month:
        return len(numbers) == 1 and 1 <= numbers[0] <= 31
    return bool(re.fullmatch(r"[0-9]{1,2}[-/.][0-9]{1,2}\.?", text.strip()))


def amount(text: str, country: str) -> str:
    """Return ``amount`` and ``currency`` for a price, such as ``$25`` or ``25 dollars``."""
    match = _PRICE.fullmatch(text.strip())
    if not match or not (match["before"] or match["after"]) or len(match["rest"]) > 40:
        return ""
    number = match["amount"].replace(",", ".")
    sign = (match["before"] or match["after"]).casefold()
    currency = _DOLLARS.get(country, "USD") if sign[0] in "$d" or sign == "bucks" else _SIGNS.get(sign, "USD")
    note = match["rest"].strip(" ,.")
    return f"amount: {number}, currency: {currency}" + (f", note: {json.dumps(note, ensure_ascii=False)}" if note else "")


def cost(text: str, country: str) -> str:
    """Return the keys of a cost for a few words: ``$25``, ``free of charge``, ``sliding scale``."""
    if _FREE.fullmatch(text.strip()):
        return "{free: yes}"
    if _SLIDING.fullmatch(text.strip()):
        return "{sliding: yes}"
    if price := amount(text, country):
        return f"{{{price}}}"
    if match := re.fullmatch(
        r"(?P<who>[^\W\d_][^0-9$€£]*?)[\s:]+(?P<price>[$€£]?\s?[0-9].*|free|gratis)", text.strip(), re.IGNORECASE
    ):
        inner = cost(match["price"], country)
        return f"{{for: {_quote_in_list(match['who'].strip().capitalize())}, {inner[1:]}" if inner else ""
    return f"{{note: {json.dumps(text.strip(), ensure_ascii=False)}}}" if text.strip() else ""


def currency(text: str, country: str) -> str:
    """Return the code of a currency by its sign or name."""
    sign = text.strip().casefold()
    if sign.rstrip("s") in ("dollar", "dólare", "dolare", "$"):
        return _DOLLARS.get(country, "USD")
    return _SIGNS.get(sign, "") or (sign.upper() if cldr.is_currency_code(sign.upper()) else "")


def yes_no(text: str, field: str) -> str:
    """Return ``yes`` or ``no`` for an answer in words."""
    folded = fold(text)
    if field == "free" and _FREE.fullmatch(folded):
        return "yes"
    if re.match(r"(?:no|not|never|none|nope|nein|non|non-|nunca)\b", folded):
        return "no"
    return "yes" if re.match(r"(?:yes|yep|y|si|oui|ja|wi|always|required|available|true|x)\b", folded) else ""


def web_address(text: str) -> str:
    """Return a web address whose beginning, slashes or colon are wrong, or that has no ``https://``."""
    stripped = text.strip().strip("<>")
    stripped = re.sub(r"^(https?)[:;]?/{0,3}(?=[\w-]+\.)", r"\1://", stripped, flags=re.IGNORECASE)
    if "@" in stripped or re.search(r"\s", stripped):
        return ""
    if not stripped.lower().startswith(("http://", "https://")):
        stripped = f"https://{stripped}"
    return stripped if re.fullmatch(r"https?://[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:/\S*)?", stripped) else ""


def email(text: str) -> str:
    """Return an e-mail address without ``mailto:``, spaces and doubled signs."""
    fixed = re.sub(r"^mailto:", "", text.strip().strip("<>"), flags=re.IGNORECASE)
    fixed = re.sub(r"\s*(?:\(at\)|\[at\]|\bat\b|@+)\s*", "@", fixed)
    fixed = re.sub(r"\s*(?:\(dot\)|\[dot\])\s*", ".", fixed).rstrip(".,;")
    return fixed if fixed != text and re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", fixed) else ""


def position(text: str) -> str:
    """Return latitude and longitude for coordinates as a map shows them: ``42.394, -72.297`` or ``42.388° N, 72.297° W``."""
    numbers = re.findall(r"(-?[0-9]{1,3}\.[0-9]+)\s*°?\s*([NSEWO])?", text.upper())
    if len(numbers) != 2:
        return ""
    values = [-abs(float(number)) if side in ("S", "W", "O") and side else float(number) for number, side in numbers]
    return f"[{values[0]}, {values[1]}]" if abs(values[0]) <= 90 and abs(values[1]) <= 180 else ""


def address(text: str, country: str) -> str:
    """Return the parts of an address on one line, if it ends with the postal code or the state."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return ""
    code, state = find_postal_code(text, country), ""
    rest = [part for part in (re.sub(rf"\b{re.escape(code)}\b", "", part).strip() if code else part for part in parts) if part]
    if rest and (match := re.fullmatch(r"(?:(?P<city>\D+?) )?(?P<state>[A-Z]{2,3})", rest[-1])):
        state = match["state"]
        rest = [*rest[:-1], *([match["city"]] if match["city"] else [])]
    if len(rest) < 2 or not (code or state):
        return ""
    values = {
        "line1": rest[0],
        "line2": ", ".join(rest[1:-1]),
        "city": rest[-1],
        "state": state,
        "postal_code": code and f'"{code}"',
    }
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items() if value) + "}"


def find_postal_code(text: str, country: str) -> str:
    """Return the postal code at the end of a text or of one of its parts; empty if there is none."""
    rules = address_rules(country)
    if not rules or not rules.postal_code_matchers:
        return ""
    words = text.replace(",", " ").split()
    candidates = [*words[::-1], *(f"{first} {second}" for first, second in pairwise(words))]
    fitting = (
        word
        for word in candidates
        if re.search(r"[0-9]", word) and all(matcher.fullmatch(word) for matcher in rules.postal_code_matchers)
    )
    return max(fitting, key=len, default="")


def state_code(text: str, country: str) -> str:
    """Return the code of a state or province that is written as a name."""
    rules = address_rules(country)
    for code, name in rules.country_area_choices if rules else ():
        if fold(name) == fold(text) and code != text:
            return str(code)
    return ""


def split_list(text: str) -> str:
    """Return a list for several values in one text: with commas, semicolons, "and", or pasted bullets."""
    bullets = [part.strip() for part in re.split(r"\s*(?:^|\s)[•·*–—▪-]\s*(?=\S)", text) if part.strip()]
    parts = bullets if re.match(r"\s*[•·*–—▪-]", text) else re.split(r"\s*(?:;|,|\band\b|\by\b|\bet\b|\bund\b)\s*", text.strip())
    return "[" + ", ".join(_quote_in_list(part.strip("\"' ")) for part in parts if part.strip("\"' ")) + "]"


def _quote_in_list(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if re.search(r"[,:\[\]{}#\"']|^[&*!|>%@`?-]", text) else text


_QUOTES = {"“": "”", "„": "“", "«": "»", "‘": "’", "‹": "›", "”": "”"}


def find_curly_quotes(text: str) -> str:
    """Return a text without the curly or angle quotes around it; empty if it has none, or has them on one side in the right way.

    A quotation inside a sentence is not a mistake.
    """
    if (
        len(text) > 1
        and text[0] in _QUOTES
        and text[-1] in (*_QUOTES.values(), '"')
        and not any(mark in text[1:-1] for mark in "“”«»")
    ):
        return text[1:-1].strip()
    is_cut_at_end = text[:1] in ("“", "«", "„") and not any(mark in text for mark in "”»")
    is_cut_at_start = text[-1:] in ("”", "»") and not any(mark in text for mark in "“«„")
    return text.strip("“”«»„ ") if is_cut_at_end or is_cut_at_start else ""
