"""Phone numbers as people write them, as they are shown, and as a phone dials them."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

_SHORT = re.compile(r"[0-9*#]{3,6}")
"""A code that a phone company connects: 911, 211, 741741."""
_GROUPED = re.compile(r"(?:\+?[0-9]{1,3}[ -])?(?:\([0-9]{1,5}\)|[0-9]{1,5})(?:[ -][0-9A-Z]{1,7})+")
"""A number that somebody wrote in groups, which are kept."""
_IN_LETTERS = re.compile(r"[0-9-]*[A-Z][0-9A-Z -]+\(([0-9 ().+-]{7,})\)")
"""A number in letters, with its digits behind it: 844-RIGHTS-9 (844-744-4879)."""
_WRITTEN = re.compile(r"\+?[0-9(][0-9A-Za-z ().\u00a0/#:,;=-]*[0-9A-Za-z]")


@lru_cache(maxsize=4_096)
def parse_number(text: str, region: str) -> PhoneNumber | None:
    """Return the number that a text is for people of a region (ISO 3166-1); None where it is none."""
    in_letters = _IN_LETTERS.fullmatch(text)
    if in_letters:
        return parse_number(in_letters[1], region)
    digits = re.sub(r"[^0-9]", "", text)
    if not _WRITTEN.fullmatch(text) or not 3 <= len(digits) + len(re.findall("[A-Za-z]", text)) <= 30:
        return None
    try:
        number = phonenumbers.parse(text, region or None)
    except NumberParseException:
        return None
    reason = phonenumbers.is_possible_number_with_reason(number)
    fits = (phonenumbers.ValidationResult.IS_POSSIBLE, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)
    return number if reason in fits else None


def is_region(code: str) -> bool:
    """Return whether the numbers of a country are known."""
    return code in phonenumbers.SUPPORTED_REGIONS


def is_short(text: str) -> bool:
    """Return whether a number is a short code, which has no area and no country."""
    return bool(_SHORT.fullmatch(text))


def is_assigned(text: str, region: str) -> bool:
    """Return whether a number is in a range that the phone companies of its country use, or kept for stories (555-01xx)."""
    number = parse_number(text, region)
    if number and number.country_code == 1 and re.search(r"55501[0-9]{2}$", str(number.national_number)):
        return True
    return is_short(text) or number is None or phonenumbers.is_valid_number(number) or len(str(number.national_number)) <= 7


def format_number(text: str, region: str) -> str:
    """Return a number as it is shown: in the groups in which it was written, or else in those of its country."""
    written = " ".join(text.split())
    number = parse_number(text, region)
    if number is None or is_short(written) or _GROUPED.fullmatch(written) or _IN_LETTERS.fullmatch(written):
        return written
    bare = PhoneNumber()
    bare.merge_from(number)
    bare.extension = None
    is_local = region and region in phonenumbers.region_codes_for_country_code(number.country_code or 0)
    form = PhoneNumberFormat.NATIONAL if is_local else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(bare, form)


def find_extension(text: str, region: str) -> str:
    """Return the extension that stands inside a number; empty where there is none."""
    number = parse_number(text, region)
    return (number.extension or "") if number else ""


@lru_cache(maxsize=4_096)
def dialed_digits(text: str, region: str) -> str:
    """Return the digits that a phone dials: with the country code where the number has an area, else as it is."""
    number = parse_number(text, region)
    if is_short(text) or number is None or phonenumbers.is_possible_number_with_reason(number):
        return re.sub(r"[^0-9+*#]", "", text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
