"""Parse phone numbers as people write them, and format them for display and for dialing."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from guidegen.patterns import compile_lazily
from guidegen.records import dataclass

_SHORT_CODE = compile_lazily(r"(?=.*[0-9])[0-9*#]{3,6}|1[578]")
"""A short code, such as 911, 211 or 741741; the emergency numbers of France have two digits."""
_GROUPED = compile_lazily(r"(?:\+?[0-9]{1,3}[ -])?(?:\([0-9]{1,5}\)|[0-9]{1,5})(?:[ -][0-9A-Z]{1,7})+")
"""A number written in groups, which are kept."""
_VANITY = compile_lazily(r"[0-9-]*[A-Z][0-9A-Z -]+\(([0-9 ().+-]{7,})\)")
"""A vanity number with its digits in parentheses: 844-RIGHTS-9 (844-744-4879)."""
_KIND_WORDS = {"fax": r"\bfax\b[.:]?\s*$", "text": r"\b(?:text|sms)\b[.:]?\s*$"}
"""Words directly before a number that say what it is for."""
_AND = r"or|and|y|o|e|ou|et|oder|und|of|en|lub|i|veya|ve|або|или|и|\+|&"
_LABEL = r"tel|tele?fono|tel[eé]fono|telephone|telefon|phone|cell|cel|mobile|call|voice|n"
_JOINING = rf"^\s*(?:{_AND})\s+|(?:^|\s)(?:{_AND}|{_LABEL})\.?:?\s*$"
"""Words around numbers that say nothing about them."""
_ALLOWED = compile_lazily(r"\+?[0-9(][0-9A-Za-z ().\u00a0/#:,;=-]*[0-9A-Za-z]")


@lru_cache(maxsize=4_096)
def parse_number(text: str, region: str) -> PhoneNumber | None:
    """Parse a number as dialed in a region (ISO 3166-1). Return None if it is not a possible number.

    A number without its area code is not, where the data of libphonenumber tell: cell phones cannot dial it.
    """
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
    letters = re.sub(r"[^A-Za-z]", "", _split_extension(text, number.extension or "")[0])
    if letters and not re.search(r"[A-Z]{3}", text):  # two letters are digits mistyped, not a word to dial
        return None
    is_possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    is_code_cut = number.country_code == 1 and str(number.national_number).startswith("1")  # 1-800-222-122: a digit is missing
    return number if is_possible and not is_code_cut else None


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
    after = f" after the {digits[:prefix]}" if prefix else ""
    is_local = _is_without_area_code(text, region)
    return f"It has {len(digits) - prefix} digits{after}; numbers here have {usual}." + (
        " Add the area code." if is_local else ""
    )


def _is_without_area_code(text: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(text, region or None)
    except NumberParseException:
        return False
    local_only = phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    return bool(phonenumbers.is_possible_number_with_reason(number) == local_only)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number in a longer text as it is written, its extension, and the words after it. ``kind`` is fax or text, if said."""

    number: str
    extension: str = ""
    note: str = ""
    kind: str = ""


def find_numbers(text: str, region: str) -> tuple[FoundNumber, ...]:
    """Return the numbers in a text; none if it is not certain where one of them ends.

    A second number without an area code has that of the first: ``(555) 555-0114 / 555-0115``.
    """
    written = re.sub(r"[\u2010-\u2015]", "-", " ".join(text.split()))
    if is_short(written) or (parse_number(written, region) and re.search("[A-Z]{3}", written)):
        return (FoundNumber(written),)
    matches = list(phonenumbers.PhoneNumberMatcher(written, region or None, leniency=phonenumbers.Leniency.POSSIBLE))
    if not matches or not all(_is_whole(match, written, region) for match in matches):
        return ()
    ends = [0, *(match.end for match in matches)]
    starts = [*(match.start for match in matches), len(written)]
    between = [written[end:start] for end, start in zip(ends, starts, strict=True)]
    notes = [_clean_note(text) for text in between]
    if any(re.fullmatch(r"[0-9][0-9 /-]*", note) for note in notes):
        return ()  # digits that belong to no number: "555-0114 and 0115"
    is_before = bool(notes[0]) or between[1].rstrip().endswith(":")  # "English: 555-0114, Spanish: 555-0115"
    found: list[FoundNumber] = []
    for index, match in enumerate(matches):
        number, extension = _split_extension(match.raw_string, match.number.extension or "")
        if found and not phonenumbers.is_valid_number(match.number):
            number = _complete(number, found[0].number) or number
        kind = next((kind for kind, words in _KIND_WORDS.items() if re.search(words, between[index], re.IGNORECASE)), "")
        is_last = index == len(matches) - 1
        said = [notes[index] if is_before else notes[index + 1], notes[index + 1] if is_before and is_last else ""]
        found.append(FoundNumber(number, extension, ", ".join(filter(None, said)), kind))
    return tuple(found)


def _is_whole(match: phonenumbers.PhoneNumberMatch, text: str, region: str) -> bool:
    """Return whether a number ends where it seems to: no letter or digit touches it, and it has no short range such as ``-23``.

    In Germany and Austria, one or two digits after a hyphen are an extension that is part of the number.
    """
    around = text[max(match.start - 1, 0) : match.start] + text[match.end : match.end + 1]
    touches = any(character.isalnum() for character in around) or re.match(r"-[0-9A-Z]", text[match.end :])
    has_range = region not in ("DE", "AT") and re.search(r"[0-9]{4}-[0-9]{1,2}$", match.raw_string)
    return not touches and not has_range


def _split_extension(written: str, extension: str) -> tuple[str, str]:
    """Return a number without its extension, and the extension."""
    if not extension:
        return written, ""
    return re.sub(rf"[\s,;]*[^\W\d]*[.:#= ]*{re.escape(extension)}$", "", written), extension


def _complete(number: str, first: str) -> str:
    """Return a number with the area code of the first one, if the two have the same digits after it; empty if they have not."""
    size = sum(map(str.isdigit, number))
    for match in re.finditer(r"(?<=[0-9)])[ ./-]+(?=[0-9])|(?<=\))(?=[0-9])", first):
        if sum(map(str.isdigit, first[match.end() :])) == size:
            return first[: match.end()] + number
    return ""


def _clean_note(text: str) -> str:
    """Return the words before, between or after numbers; empty if they only join them or say of what kind the next one is."""
    words = re.sub(_JOINING, " ", text, flags=re.IGNORECASE)
    for kind_words in _KIND_WORDS.values():
        words = re.sub(kind_words, "", words, flags=re.IGNORECASE)
    words = words.strip(" ,;:/|.-\u00b7")
    is_enclosed = words.startswith("(") and words.endswith(")") and words.count("(") == 1
    return words[1:-1].strip() if is_enclosed else words if words.count("(") == words.count(")") else words.strip("()")


def is_known_code(text: str, region: str) -> bool:
    """Return whether libphonenumber knows a text as a short code of a region, such as 116123 of the Samaritans in ``GB``.

    Those of country code 1 are not counted: it takes any five or six digits for one.
    """
    if region not in phonenumbers.SUPPORTED_SHORT_REGIONS or phonenumbers.country_code_for_region(region) == 1:
        return False
    if not re.fullmatch("[0-9]{3,6}", text):
        return False
    return bool(phonenumbers.is_valid_short_number_for_region(phonenumbers.parse(text, region), region))


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


def is_assigned(text: str, region: str, is_for_texts: bool = False) -> bool:
    """Return whether a number is in an assigned range of its country, or is reserved for fiction (555-01xx).

    Texts that are not numbers count as assigned, and so do short codes outside the countries of country code 1.
    """
    number = parse_number(text, region)
    if number and number.country_code == 1 and re.search(r"55501[0-9]{2}$", str(number.national_number)):
        return True
    if is_short(text):
        return _is_assigned_code(text, region, is_for_texts) or bool(number and phonenumbers.is_valid_number(number))
    return number is None or bool(phonenumbers.is_valid_number(number))


_NORTH_AMERICAN_CODE = compile_lazily(r"[2-9]11|988|[*#]+[0-9][0-9*#]*")
"""Short codes for calls in the countries of country code 1 (NANPA, "N11 Codes"). Those of five and six digits are for texts only
(CTIA, "Short Code Monitoring Handbook")."""


def _is_assigned_code(text: str, region: str, is_for_texts: bool) -> bool:
    """Return whether people can use a short code in a region.

    Any may be used outside the countries of country code 1: the lists of their codes are not complete.
    """
    if phonenumbers.country_code_for_region(region) != 1 or is_emergency(text, region):
        return True
    return bool(_NORTH_AMERICAN_CODE.fullmatch(text)) or (is_for_texts and bool(re.fullmatch("[0-9]{5,6}", text)))


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
