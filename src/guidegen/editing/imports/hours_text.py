"""Read opening hours in prose where the meaning is certain, as YAML entries; everything else stays as text."""

import re

from guidegen.content.fields import intended_times

_UNCERTAIN = re.compile(
    r"month|mensual|monat|week of|every other|alternate|varies|varia|call|appointment|cita|termin|"
    r"afspraak|appuntament|prim[oa] |second[oa] |ultim[oa] |mese|eerste|tweede|derde|vierde|laatste|om de week|except|holiday|"
    r"season|summer|winter|until gone|by request|tbd|closed for|[0-9]{1,2}/[0-9]{1,2}|"
    r"\b(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|last)\b",
    re.IGNORECASE,
)
"""Words that change which days or times are meant. "Monthly Thursday" is not every Thursday."""
_TIME = r"(?:[0-9]{1,2}(?:[:.,h][0-9]{2})? ?(?:[ap]\.? ?m\b\.?)?h?|noon|midday|mediod[ií]a)"
_SPAN = re.compile(rf"{_TIME} ?(?:-|–|—|to|alle|a|bis|tot|until|à|às) ?{_TIME}", re.IGNORECASE)
_AND = ("", "and", "y", "e", "und", "et", "en")
_LINKING_WORDS = re.compile(
    r"^(?:(?:and|y|e|und|et|en|dal|del|du|vom|from|every|ogni) )+|(?: (?:from|de|von|van|dalle|ore|h))+$", re.IGNORECASE
)
"""Words around the names of days that say nothing about them."""
_MAX_LENGTH = 500
"""Characters of a text that can be one line of hours."""


def parse_hours(text: str) -> list[str]:
    """Return the entries of ``hours`` for a text, or an empty list if any part of it is not certain."""
    folded = " ".join(text.split())
    if len(folded) <= _MAX_LENGTH and intended_times.hours(folded) == "[{always: yes}]":
        return ["{always: yes}"]
    if not folded or len(folded) > _MAX_LENGTH or _UNCERTAIN.search(folded):
        return []
    entries, days, end = list[str](), "", 0
    for match in _SPAN.finditer(folded):
        before = folded[end : match.start()].strip(" ;:,.|/&")
        end = match.end()
        if before.casefold() not in _AND:
            days = intended_times.weekdays(_LINKING_WORDS.sub("", before))
        span = intended_times.opening(match[0])
        if not days or not span or not _is_certain(span, match[0]):
            return []
        entries.append(f"{{days: {days}, {span}}}")
    return entries if folded[end:].strip(" ;,.|").casefold() in ("", "uur", "uhr", "h", "hrs") else []


def _is_certain(span: str, source: str) -> bool:
    """Return whether a span is long enough to be meant: "9-5" is 8 hours, "5-7pm" is two in the evening."""
    match = re.fullmatch(r'open: "([0-9]{2}):([0-9]{2})", close: "([0-9]{2}):([0-9]{2})"', span)
    if not match:
        return False
    minutes = (int(match[3]) - int(match[1])) * 60 + int(match[4]) - int(match[2])
    return 15 <= minutes <= 15 * 60 and (
        re.search(r"[ap]\.?\s?m|:[0-9]{2}|noon|h\b|[0-9]{2}\.[0-9]{2}", source, re.IGNORECASE) is not None
        or 6 <= int(match[1]) <= 12
        or re.match(r"(?:1[3-9]|2[0-3])\b", source) is not None  # only a 24-hour clock has such an hour
    )
