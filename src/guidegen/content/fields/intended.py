"""Guess what somebody meant by a value in the wrong form, and write it in the right one.

Every function takes the text that was found and returns YAML to paste, or an empty text if it is not certain enough. People see
the result in a hint; a guess is never used as the value.
"""

import json
import re
from functools import cache
from itertools import pairwise

from guidegen.model.phone_numbers import find_numbers
from guidegen.model.postal_addresses import address_rules, is_code_before_town
from guidegen.patterns import compile_lazily
from guidegen.text import cldr, formats
from guidegen.text.collation import strip_accents

_FREE = compile_lazily(
    r"(?:free(?: of charge)?|no (?:charge|cost|fee)|gratis|gratuit[aoe]?s?|sin costo|kosten(?:los|frei)|none|0)[.!]?",
    re.IGNORECASE,
)
_SLIDING = compile_lazily(r"sliding(?: (?:fee|scale))*|depends on income|income[- ]based", re.IGNORECASE)
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
_PRICE = compile_lazily(
    r"(?P<before>[$€£])?\s*(?P<amount>[0-9]+(?:[.,][0-9]{2})?)\s*(?P<after>[$€£]|dollars?|bucks|usd|euros?|eur|cad|mxn|pesos|d[oó]lares)?"
    r"(?P<rest>[^0-9$€£]*)",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Return a text without accents and in lowercase, to compare names."""
    return strip_accents(text.strip()).casefold()


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


def plain_amount(text: str, country: str) -> str:
    """Return a cost for a number alone, in the country's currency; empty if the text is not a number above zero."""
    match = re.fullmatch(r"[0-9]{1,5}(?:[.,][0-9]{1,2})?", text.strip())
    number, code = match[0].replace(",", ".") if match else "0", formats.currency_of(country)
    return f"{{amount: {number}, currency: {code}}}" if float(number) and code else ""


def cost(text: str, country: str) -> str:
    """Return the keys of a cost for a few words: ``$25``, ``25``, ``free of charge``, ``sliding scale``.

    What is free only for some, or not free, is a note as it stands: a wrong guess would promise something.
    """
    if _FREE.fullmatch(text.strip()):
        return "{free: yes}"
    if _SLIDING.fullmatch(text.strip()):
        return "{sliding: yes}"
    if price := amount(text, country):
        return f"{{{price}}}"
    if price := plain_amount(text, country):
        return price
    words = fold(text)
    is_mixed = re.search(r"\b(?:free|gratis)\b", words) and re.search(
        r"[0-9]|\b(?:not?|never|almost|nearly|hardly|rarely|usually|sometimes|mostly|often|partly|may|was|used|longer|isn.?t|unless"
        r"|except|but|nobody|nothing|none|toll|tax|smoke|drug|alcohol|nunca|tampoco|nicht|kein\w*|pas|sans|ikke|nem)\b",
        words,
    )
    is_mixed = is_mixed or re.match(r"(?:up to|from|about|under|over|more|less|save|ab|bis|max|min|desde|hasta)\b", words)
    if not is_mixed and (
        match := re.fullmatch(
            r"(?P<who>[^\W\d_][^0-9$€£]*?)[\s:]+(?P<price>[$€£]?\s?[0-9].*|free|gratis)", text.strip(), re.IGNORECASE
        )
    ):
        inner = "" if plain_amount(match["price"], country) else cost(match["price"], country)
        if inner and not inner.startswith("{note"):  # "Kids $5, adults $10" is two prices
            return f"{{for: {_quote_in_list(match['who'].strip().capitalize())}, {inner[1:]}"
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


def phones(text: str, country: str) -> list[str]:
    """Return an entry of ``phones`` for each number in a text, with its extension, kind and note."""
    entries = []
    for found in find_numbers(text, country):
        keys = {"number": found.number, "extension": found.extension, "note": found.note}
        written = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items() if value]
        kind = [f"kind: {found.kind}"] if found.kind else []
        entries.append("{" + ", ".join(written[:1] + kind + written[1:]) + "}")
    return entries


def position(text: str) -> str:
    """Return latitude and longitude for coordinates as a map shows them: ``42.394, -72.297`` or ``42.388° N, 72.297° W``."""
    numbers = re.findall(r"(-?[0-9]{1,3}\.[0-9]+)\s*°?\s*([NSEWO])?", text.upper())
    if len(numbers) != 2:
        return ""
    values = [-abs(float(number)) if side in ("S", "W", "O") and side else float(number) for number, side in numbers]
    return f"[{values[0]}, {values[1]}]" if abs(values[0]) <= 90 and abs(values[1]) <= 180 else ""


def address(text: str, country: str) -> str:
    """Return the parts of an address on one line, if it ends with the postal code or the state."""
    code, state = find_postal_code(text, country), ""
    if code and is_code_before_town(country):
        return _address_by_code(text, code, country)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return ""
    rest = [part for part in (re.sub(rf"\b{re.escape(code)}\b", "", part).strip() if code else part for part in parts) if part]
    if rest and (match := re.fullmatch(r"(?:(?P<city>\D+?) )?(?P<state>[A-Z]{2,3})", rest[-1])):
        state = match["state"]
        rest = [*rest[:-1], *([match["city"]] if match["city"] else [])]
    if len(rest) < 2 or not (code or state):
        return ""
    values = {
        "line1": rest[0],
        "line2": ", ".join(rest[1:-1]),
        "city": rest[-1].strip(" -–"),
        "state": state,
        "postal_code": code and f'"{code}"',
    }
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items() if value) + "}"


_TOWN = compile_lazily(r"(?P<town>.+?)\s*(?:\(\s*(?P<in_brackets>[A-Za-z]{2,3})\s*\)|\s(?P<state>[A-Z]{2}))?")


def _address_by_code(text: str, code: str, country: str) -> str:
    """Return the parts of an address in whose country the town follows the postal code; empty if it has no street or no town.

    Before the code is the street: ``Via Zamboni, 33 - 40126 Bologna (BO), Italia``. If nothing is, it follows the town.
    """
    before, _, after = (part.strip(" ,;-–") for part in text.partition(code))
    own_names = "|".join(re.escape(cldr.territory_name(country, tag)) for tag in ("en", *cldr.official_languages(country)))
    after = re.sub(rf"(?<=[\w)])[\s,]+(?:{own_names})$", "", after, flags=re.IGNORECASE)
    town, *others = [part.strip(" -–") for part in re.split(r",|\s[-–]\s", after)]
    match = _TOWN.fullmatch(town)
    if not match or re.search(r"[0-9()]", match["town"]):
        return ""
    state = match["in_brackets"] or match["state"] or ""
    if len(others) == 1 and before:
        state, others = others[0] if re.fullmatch("[A-Z]{2,4}", others[0]) else state_code(others[0], country), []
        if not state:
            return ""
    street = before or ", ".join(others)
    if not street or (before and others):
        return ""
    values = {
        "line1": _quote_in_list(street),
        "city": _quote_in_list(match["town"]),
        "state": state,
        "postal_code": f'"{code}"',
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


_MAX_STATE_CODE = 3
"""Characters of the code of a state (ISO 3166-2, without the country)."""


def state_code(text: str, country: str) -> str:
    """Return the code of a state or province that is written as a name."""
    return "" if len(text) <= _MAX_STATE_CODE else _index_states(country).get(fold(text), "")


@cache
def _index_states(country: str) -> dict[str, str]:
    """Return the codes of a country's states by their names."""
    rules = address_rules(country)
    return {fold(name): str(code) for code, name in (rules.country_area_choices if rules else ()) if code != name}


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
