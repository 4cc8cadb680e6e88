"""Compare a translation with its source: what must be the same in both, and what shows that something was left out.

Phone numbers, numbers and links are facts. A reader who cannot read the source has no way to notice a wrong digit.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from guidegen.model.problems import Severity
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text.cldr import script
from guidegen.text.markdown import PARTNER

_LINK_TARGET = compile_lazily(r"\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?\s*$|<(https?://[^>\s]+)>", re.MULTILINE)
_ADDRESS = compile_lazily(r"https?://\S+|\[\[[^\]\n]*\]\]|[\w.+-]+@[\w.-]+", re.IGNORECASE)
_PHONE = compile_lazily(r"[+(]?[0-9](?:[0-9]|[ \u00a0().\-\u2010-\u2015/](?=[ \u00a0(]*[0-9])){5,}")
_DATE = compile_lazily(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[12][0-9]{3}\s*[-\u2013]\s*[12][0-9]{3}")
_NO_PHONE = compile_lazily(
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?:\s.*)?"  # a date, perhaps with a time
    r"|\(?[12][0-9]{3}\s*[-\u2010-\u2015/ ]\s*(?:[12][0-9]{3}|[0-9]{2})"  # years
    r"|[0-9]{1,2}[.:][0-9]{2}\s*[-\u2010-\u2015]\s*[0-9]{1,2}[.:][0-9]{2}"  # times
    r"|[0-9]{1,3}(?:[.,'\u2019][0-9]{3})+(?:\s*[-\u2010-\u2015]\s*[0-9]{1,3}(?:[.,'\u2019][0-9]{3})*)?"  # large numbers
    r"|[0-9]{1,2} [0-9]{3} [0-9]{3}|[0-9]{3}0\s*[-\u2010-\u2015]\s*[0-9]{3}0"  # a sum with spaces, a range of sums
)
"""Dates, years, times and sums, which have as many digits as a phone number."""
_CLOCK = compile_lazily(r"[0-9]{1,2}[:.h][0-9]{2}(?![0-9])|[0-9]{1,2}\s*(?:[ap]\.?\s?m\b)", re.IGNORECASE)
_NUMBER = compile_lazily(r"[0-9]+(?:[., \u00a0\u202f\u066c][0-9]{3}(?![0-9]))*")
_SHORT_NUMBER = compile_lazily(r"[2-9]11|988|112|999|[0-9]{5,6}")
"""Numbers for emergencies and crises, and short codes for text messages."""
_DIGIT = compile_lazily(r"\d")
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys((173, 1564, *range(8203, 8208), *range(8234, 8239), *range(8288, 8304), 65279)),
    **{ord(wide): narrow for wide, narrow in zip("（）－．／＋", "()-./+", strict=True)},
    **{code: str(unicodedata.digit(chr(code))) for code in range(0x660, 0x10000) if chr(code).isdecimal()},
}
"""Removes invisible characters, and replaces the digits of all scripts by ASCII digits."""
_MIN_PHONE_DIGITS = 7
_MIN_NUMBER = 100
"""Smaller numbers may well be written as words."""
_WORD = compile_lazily(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MIN_RUN = 6
"""So many words of the source in a row, unchanged, are a part that nobody translated."""
_DENSITY = {"Hani": 0.38, "Hang": 0.6, "Ethi": 0.75}
"""Usual length of a translation from English, in characters for each of the source; 1.1 for other scripts.

Measured on the catalogs of the interface and the sample guide.
"""
_USUAL_DENSITY = 1.1
_MAX_FACTOR, _MIN_LENGTH = 2.2, 80


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between a translation and its source: the end of a sentence that begins "the translation"."""

    message: str
    hint: str
    code: str
    severity: Severity = Severity.WARNING


def find_differences(source: str, translation: str, language: str) -> Iterator[Difference]:
    """Yield what differs between a source and its translation and should not, changed phone numbers first."""
    plain_source, plain = source.translate(_PLAIN), translation.translate(_PLAIN)
    numbers = [*_find_changes_in_numbers(plain_source, plain)]
    yield from numbers
    for fault in find_link_faults(source, translation):
        yield Difference(
            fault, "Keep the links of the source; only the words between the brackets are translated.", "changed-link"
        )
    if not numbers:
        yield from _find_small_differences(plain_source, plain, language)
    yield from _find_untranslated(plain_source, plain)
    if translation.casefold() != source.casefold():  # a name stays as it is
        yield from _find_wrong_script(plain, language)
    yield from _find_length_difference(plain_source, plain, language)


def find_changed_phones(source: str, translation: str) -> Iterator[Difference]:
    """Yield an error for a phone number, short ones included, that is not that of the source. Fast, for every build."""
    if _DIGIT.search(source) or _DIGIT.search(translation):
        differences = _find_changes_in_numbers(source.translate(_PLAIN), translation.translate(_PLAIN))
        yield from (difference for difference in differences if difference.severity is Severity.ERROR)


def _find_changes_in_numbers(source: str, translation: str) -> Iterator[Difference]:
    is_same = True
    for difference in _find_phone_differences(source, translation):
        is_same = False
        yield difference
    if is_same:
        yield from _find_number_differences(source, translation)


def _find_phone_differences(source: str, translation: str) -> Iterator[Difference]:
    """Yield an error if a phone number was replaced by another one, and a warning if one was only added or lost."""
    expected, given = _list_phones(source), _list_phones(translation)
    added = [number for digits, number in given.items() if not _is_among(digits, expected)]
    lost = [number for digits, number in expected.items() if not _is_among(digits, given)]
    if added and lost:
        message = f"has the phone number {added[0]}, which its source does not have, and not {lost[0]}"
        yield Difference(message, f"Write  {lost[0]}  as in the source.", "changed-phone", Severity.ERROR)
    elif added:
        message = f"has the phone number {added[0]}, which its source does not have"
        yield Difference(message, "Remove it, or add it to the source.", "changed-phone")
    elif lost:
        yield Difference(f"has lost the phone number {lost[0]}", f"Add  {lost[0]}", "changed-phone")


def _is_among(digits: str, others: Iterable[str]) -> bool:
    """Return whether a number is one of others: with or without its country code, and with other digits beside it."""
    return any(
        digits == other or (len(digits) != len(other) and (digits.lstrip("0") in other or other.lstrip("0") in digits))
        for other in others
    )


def _list_phones(text: str) -> dict[str, str]:
    """Return the phone numbers of a text by their digits."""
    found = (match[0].strip() for match in _PHONE.finditer(_ADDRESS.sub(" ", text)))
    numbers = [number for number in found if not _NO_PHONE.fullmatch(number)]
    by_digits = {re.sub(r"[^0-9]", "", number.replace("(0)", "")): number for number in numbers}
    return {digits: number for digits, number in by_digits.items() if len(digits) >= _MIN_PHONE_DIGITS}


def _find_number_differences(source: str, translation: str) -> Iterator[Difference]:
    expected, given = _list_numbers(source), _list_numbers(translation)
    lost, added = sorted(expected - given), sorted(given - expected)
    if added and lost and _SHORT_NUMBER.fullmatch(str(lost[0])) and _is_misspelled(str(lost[0]), str(added[0])):
        message = f"has the number {added[0]}, which its source does not have, and not {lost[0]}"
        yield Difference(message, f"Write  {lost[0]}  as in the source.", "changed-phone", Severity.ERROR)
    elif added:
        hint = f"Did you mean  {lost[0]}?" if lost else "Compare both texts."
        yield Difference(f"has the number {added[0]}, which its source does not have", hint, "changed-number")
    elif lost:
        yield Difference(f"has lost the number {lost[0]}", "Compare both texts.", "changed-number")


_SUM = "[0-9]+(?:[.,\u066b][0-9]{2})?"
_AMOUNT = (
    rf"[$€£¥]\s?(?P<after>{_SUM})(?![0-9]|[.,\u066b\u066c][0-9]|[ \u00a0\u202f][0-9]{{3}}(?![0-9]))"
    rf"|(?<![0-9.,\u066b\u066c])(?<![0-9][ \u00a0\u202f])(?P<before>{_SUM})\s?[$€£¥]"
)
_HOURS_FROM_DAWN = ("am", "ti", "om", "so", "sw")
"""Languages in which 9:00 AM may be written 3:00."""
_SMALL_FACTS = {
    "amount": compile_lazily(_AMOUNT),
    "time": compile_lazily(r"(?<![0-9:])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?![0-9:])"),
    "date": compile_lazily(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"),
}
"""Facts of few digits that are certain by their form: a price with a sign, a time with a colon, a date with the year first."""


def _find_small_differences(source: str, translation: str, language: str) -> Iterator[Difference]:
    """Yield a warning if both texts have the same number of prices, times or dates, but not the same ones.

    A time may be on another clock, so half days do not count. "$5 to 10" may be "5 to 10 $".
    """
    hours = 6 if language.split("-")[0] in _HOURS_FROM_DAWN else 12
    for kind, pattern in _SMALL_FACTS.items():
        expected, given = (
            {_normalize_fact(match, hours): match[0] for match in pattern.finditer(text)} for text in (source, translation)
        )
        lost, added = sorted(expected.keys() - given.keys()), sorted(given.keys() - expected.keys())
        is_elsewhere = bool(added) and set(re.findall("[0-9]+", given[added[0]])) <= set(re.findall("[0-9]+", source))
        if added and len(expected) == len(given) and not is_elsewhere:
            message = f"has the {kind} {given[added[0]]}, which its source does not have"
            yield Difference(message, f"Did you mean  {expected[lost[0]]}?", "changed-number")


def _normalize_fact(match: re.Match[str], hours: int) -> str:
    groups = match.groupdict()
    if "hour" in groups:
        return f"{int(groups['hour']) % hours}:{groups['minute']}"
    amount = groups.get("after") or groups.get("before")
    return re.sub(r"[.,\u066b]00$", "", amount).replace(",", ".").replace("\u066b", ".") if amount else match[0]


_SCRIPT_NAMES = {
    "Arab": ("ARABIC",), "Armn": ("ARMENIAN",), "Beng": ("BENGALI",), "Cyrl": ("CYRILLIC",), "Deva": ("DEVANAGARI",),
    "Ethi": ("ETHIOPIC",), "Geor": ("GEORGIAN",), "Grek": ("GREEK",), "Gujr": ("GUJARATI",), "Guru": ("GURMUKHI",),
    "Hang": ("HANGUL", "CJK"), "Hani": ("CJK", "HIRAGANA", "KATAKANA"), "Hebr": ("HEBREW",), "Khmr": ("KHMER",),
    "Laoo": ("LAO",), "Latn": ("LATIN",), "Mymr": ("MYANMAR",), "Taml": ("TAMIL",), "Telu": ("TELUGU",), "Thai": ("THAI",),
}  # fmt: skip
"""The first words of the Unicode names of a script's letters."""
_MIN_LETTERS = 20
_TWO_SCRIPTS = ("az", "bs", "ha", "kk", "ks", "ku", "mn", "ms", "pa", "sd", "sr", "tg", "tk", "uz")
"""Languages that are usual in two scripts. A tag with a script or a country is not checked either, unless it is Chinese."""


def _find_wrong_script(translation: str, language: str) -> Iterator[Difference]:
    """Yield a warning if a text of some length has no letter of the script of its language."""
    base = language.split("-")[0]
    is_certain = base == "zh" or (base == language and len(base) == 2 and base not in _TWO_SCRIPTS)
    names = _SCRIPT_NAMES.get(script(language)) if is_certain else None
    letters = [letter for letter in _ADDRESS.sub(" ", translation) if letter.isalpha()]
    if names and len(letters) >= _MIN_LETTERS and not any(unicodedata.name(letter, "").startswith(names) for letter in letters):
        yield Difference(f"has no letter of the script of '{language}'", "Is it the text of another language?", "untranslated")


def _is_misspelled(number: str, other: str) -> bool:
    """Return whether two numbers differ as by a slip: by one digit, or by the order of their digits."""
    is_one_off = sum(first != second for first, second in zip(number, other, strict=False)) == 1
    return len(number) == len(other) and (is_one_off or sorted(number) == sorted(other))


def _list_numbers(text: str) -> set[int]:
    without_phones = _PHONE.sub(_remove_phone, _ADDRESS.sub(" ", text))
    without_others = _CLOCK.sub(" ", without_phones)
    numbers = (int(re.sub(r"[^0-9]", "", match[0])) for match in _NUMBER.finditer(without_others) if len(match[0]) < 20)
    return {number for number in numbers if number >= _MIN_NUMBER}


def _remove_phone(match: re.Match[str]) -> str:
    """Return a space for a phone number, and a date or a shorter number as it is."""
    is_phone = len(re.sub(r"[^0-9]", "", match[0])) >= _MIN_PHONE_DIGITS and not _NO_PHONE.fullmatch(match[0].strip())
    return " " if is_phone else match[0]


def find_link_faults(source: str, translation: str) -> Iterator[str]:
    """Yield the links that a translation lost or added. A page of the same site in another language is no fault."""
    expected, given = _list_links(source), _list_links(translation)
    hosts, given_hosts = Counter(map(_get_host, expected)), Counter(map(_get_host, given))
    for host in sorted((hosts - given_hosts).keys()):
        yield f"has lost the link to {next(link for link in expected if _get_host(link) == host)}"
    for host in sorted((given_hosts - hosts).keys()):
        yield f"has a link that its source does not have: {next(link for link in given if _get_host(link) == host)}"


def _list_links(text: str) -> list[str]:
    links = [next(filter(None, groups)) for groups in _LINK_TARGET.findall(text)]
    return [*links, *(f"[[partner:{slug}]]" for slug in PARTNER.findall(text))]


def _get_host(link: str) -> str:
    """Return the host of a web address; any other link is compared as a whole."""
    match = re.match(r"https?://(?:www\.)?([^/?#]+)", link, re.IGNORECASE)
    return match[1].casefold() if match else link


def _find_untranslated(source: str, translation: str) -> Iterator[Difference]:
    words = [word.casefold() for word in _WORD.findall(_ADDRESS.sub(" ", source))]
    translated = f" {' '.join(word.casefold() for word in _WORD.findall(_ADDRESS.sub(' ', translation)))} "
    for start in range(len(words) - _MIN_RUN + 1):
        run = words[start : start + _MIN_RUN]
        if f" {' '.join(run)} " in translated:
            yield Difference(f"still has words of the source: “{' '.join(run)} …”", "Translate them.", "untranslated")
            return


def _find_length_difference(source: str, translation: str, language: str) -> Iterator[Difference]:
    usual = len(source) * _DENSITY.get(script(language), _USUAL_DENSITY)
    if len(source) < _MIN_LENGTH:
        return
    if len(translation) > usual * _MAX_FACTOR or len(translation) * _MAX_FACTOR < usual:
        size = "much longer" if len(translation) > usual else "much shorter"
        yield Difference(
            f"is {size} than its source ({len(translation)} characters, {len(source)} in the source)",
            "Compare both: something may have been left out or added.",
            "translation-length",
        )
