"""Parse phone numbers as people write them, and format them for display and for dialing."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

_SHORT_CODE = re.compile(r"[0-9*#]{3,6}|1[578]")
"""A short code, such as 911, 211 or 741741; the emergency numbers of France have two digits."""
_GROUPED = re.compile(r"(?:\+?[0-9]{1,3}[ -])?(?:\([0-9]{1,5}\)|[0-9]{1,5})(?:[ -][0-9A-Z]{1,7})+")
"""A number written in groups, which are kept."""
_VANITY = re.compile(r"[0-9-]*[A-Z][0-9A-Z -]+\(([0-9 ().+-]{7,})\)")
"""A vanity number with its digits in parentheses: 844-RIGHTS-9 (844-744-4879)."""
_ALLOWED = re.compile(r"\+?[0-9(][0-9A-Za-z ().\u00a0/#:,;=-]*[0-9A-Za-z]")


@lru_cache(maxsize=4_096)
def parse_number(text: str, region: str) -> PhoneNumber | None:
    """Parse a number as dialed in a region (ISO 3166-1). Return None if it is not a possible number."""
    vanity = _VANITY.fullmatch(text)
    if vanity:
        return parse_number(vanity[1], region)
    digits = re.sub(r"[^0-9]", "", text)
    if not _ALLOWED.fullmatch(text) or not 3 <= len(digits) + len(re.findall("[A-Za-z]", text)) <= 30:
        return None
    try:
        number = phonenumbers.parse(text, region or None)
    except NumberParseException:
        return None
    result = phonenumbers.is_possible_number_with_reason(number)
    possible = (phonenumbers.ValidationResult.IS_POSSIBLE, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
    return number if result in possible else None


def is_region(code: str) -> bool:
    """Return whether the phone numbers of a region can be parsed."""
    return code in phonenumbers.SUPPORTED_REGIONS


def explain_length(text: str, region: str) -> str:
    """Return that a number has too few or too many digits for its region, with both counts; empty if that is not the reason."""
    digits = re.sub(r"[^0-9]", "", text)
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region) if is_region(region) else None
    if metadata is None or text.lstrip().startswith("+") or not re.fullmatch(r"[0-9 ().\u00a0/-]+", text):
        return ""
    lengths = [length for length in metadata.general_desc.possible_length if length > 0] if metadata.general_desc else []
    prefix = len(metadata.national_prefix or "") if digits.startswith(metadata.national_prefix or "-") else 0
    if not lengths or len(digits) - prefix in lengths:
        return ""
    usual = f"{lengths[0]}" if len(lengths) == 1 else f"{lengths[0]} to {lengths[-1]}"
    return f"It has {len(digits)} digits; numbers here have {usual}."


def split_numbers(text: str, region: str) -> tuple[str, ...]:
    """Return the numbers in a text that has several, as they are written. A short second one has the area code of the first."""
    parts = re.split(r"\s*(?:[;/,|]|\bor\b|\band\b|\by\b|\bo\b|\boder\b)\s*", text)
    numbers = [re.sub(r"^[^0-9+(]+", "", part) for part in parts if sum(character.isdigit() for character in part) >= 6]
    area = re.match(r"\([0-9]+\) ?", numbers[0]) if numbers else None
    complete = [
        number if index == 0 or not area or "(" in number else f"{area[0]}{number}" for index, number in enumerate(numbers)
    ]
    return tuple(complete) if all(parse_number(number, region) for number in complete) else ()


def is_emergency(text: str, region: str) -> bool:
    """Return whether a number is an emergency number of a region. An unknown region counts as yes."""
    return region not in phonenumbers.SUPPORTED_SHORT_REGIONS or phonenumbers.is_emergency_number(text, region)


def sample_number(region: str) -> str:
    """Return a number in the form of a region, for hints: of the United States, one that is reserved for fiction."""
    example = None if region in ("US", "") else phonenumbers.example_number(region)
    return phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL) if example else "(555) 555-0100"


def is_short(text: str) -> bool:
    """Return whether a number is a short code, which has no area code and no country code."""
    return bool(_SHORT_CODE.fullmatch(text))


def is_assigned(text: str, region: str) -> bool:
    """Return whether a number is in an assigned range of its country, or is reserved for fiction (555-01xx).

    Short codes, numbers without an area code and texts that are not numbers count as assigned.
    """
    number = parse_number(text, region)
    if number and number.country_code == 1 and re.search(r"55501[0-9]{2}$", str(number.national_number)):
        return True
    return is_short(text) or number is None or phonenumbers.is_valid_number(number) or len(str(number.national_number)) <= 7


def format_number(text: str, region: str) -> str:
    """Format a number for display. Groups are kept as written; a number without groups is grouped as in its country."""
    written = " ".join(text.split())
    number = parse_number(text, region)
    if number is None or is_short(written) or _GROUPED.fullmatch(written) or _VANITY.fullmatch(written):
        return written
    without_extension = PhoneNumber()
    without_extension.merge_from(number)
    without_extension.extension = None
    is_local = region and region in phonenumbers.region_codes_for_country_code(number.country_code or 0)
    number_format = PhoneNumberFormat.NATIONAL if is_local else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(without_extension, number_format)


def find_extension(text: str, region: str) -> str:
    """Return the extension that is part of a number, or an empty string."""
    number = parse_number(text, region)
    return (number.extension or "") if number else ""


@lru_cache(maxsize=4_096)
def dialed_digits(text: str, region: str) -> str:
    """Return the digits to dial: with the country code if the number has an area code, otherwise as written."""
    number = parse_number(text, region)
    if is_short(text) or number is None or phonenumbers.is_possible_number_with_reason(number):
        return re.sub(r"[^0-9+*#]", "", text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
