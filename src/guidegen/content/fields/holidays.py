"""The reader of holiday names. The ``holidays`` package has the dates for the guide's country and state."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from guidegen.content.fields.context import Jurisdiction, ReadingContext, get_field_name, read_scalar_text, shorten
from guidegen.content.yaml.parser import Node
from guidegen.model import urls
from guidegen.model.hours import Holiday as HolidayDays
from guidegen.model.problems import find_nearest_word
from guidegen.model.translatable import TranslatableText, Translation
from guidegen.records import dataclass

PUBLIC = "public-holidays"
MAX_VAGUE_LENGTH = 4
"""A prefix of at most this many letters, such as "new" or "good", does not identify a holiday."""
_ALSO_CALLED = {
    "presidents-day": "washingtons-birthday",
    "presidents-days": "washingtons-birthday",
    "mlk-day": "martin-luther-king-jr-day",
    "martin-luther-king-day": "martin-luther-king-jr-day",
    "fourth-of-july": "independence-day",
    "july-4": "independence-day",
    "july-4th": "independence-day",
    "4th-of-july": "independence-day",
    "indigenous-peoples-day": "columbus-day",
    "xmas": "christmas-day",
    "new-year": "new-years-day",
    "new-years": "new-years-day",
    "easter": "easter-sunday",
    "boxing-day": "second-day-of-christmas",
    "federal-holidays": PUBLIC,
    "state-holidays": PUBLIC,
    "bank-holidays": PUBLIC,
    "legal-holidays": PUBLIC,
    "major-holidays": PUBLIC,
    "holidays": PUBLIC,
    "all-holidays": PUBLIC,
    "black-friday": "day-after-thanksgiving",
    "thanksgiving-friday": "day-after-thanksgiving",
}


@dataclass(frozen=True, slots=True)
class HolidayName:
    """A holiday by its name, or ``public-holidays`` for all public holidays of the country and state."""

    expected: str = "the name of a holiday, such as  thanksgiving  or  public-holidays"

    def read(self, node: Node, path: str, context: ReadingContext) -> HolidayDays | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        jurisdiction = context.jurisdiction
        try:
            holidays_by_id = load_calendar(jurisdiction)
        except ImportError:
            hint = "Install it:  pip install 'guidegen[holidays]'   or write the dates:  closed: [2026-12-25]"
            context.report(
                node, f"'{get_field_name(path)}' needs the package 'holidays', which is not installed", hint, "holidays"
            )
            return None
        except NotImplementedError:
            reason = f"guidegen does not know the holidays of {jurisdiction.name}"
            if not jurisdiction.country:
                reason = "guide.yml has no region"
            hint = "Add  region: US  to guide.yml, or write the dates here:  closed: [2026-12-25]"
            context.report(node, f"'{get_field_name(path)}' is '{shorten(text)}', but {reason}", hint, "holidays")
            return None
        name = make_holiday_id(text)
        holiday = _find_holiday(name, holidays_by_id)
        if holiday is None:
            nearest = find_nearest_word(name, [*holidays_by_id])
            names = ", ".join(holidays_by_id)
            hint = f"Did you mean:  {nearest}" if nearest else f"The holidays of {jurisdiction.name} are:  {names}"
            message = f"'{get_field_name(path)}' has '{shorten(text)}', which is not a holiday of {jurisdiction.name}"
            context.report(node, message, hint, "holidays")
        return holiday


def _find_holiday(name: str, holidays_by_id: Mapping[str, HolidayDays]) -> HolidayDays | None:
    """Return the holiday with this id, another name or an unambiguous prefix, or None."""
    holiday = holidays_by_id.get(name) or holidays_by_id.get(_ALSO_CALLED.get(name, "")) or holidays_by_id.get(f"{name}-day")
    if holiday or name in _ALSO_CALLED or len(name) <= MAX_VAGUE_LENGTH:
        return holiday
    candidates = [candidate for id_, candidate in holidays_by_id.items() if id_.startswith(f"{name}-")]
    return candidates[0] if len(candidates) == 1 else None


def make_holiday_id(name: str) -> str:
    """Return the name of a holiday as it is written in files: ``new-years-day`` for New Year's Day."""
    return urls.slug(re.sub(r"['’.]|\(observed\)", "", name))


@cache
def load_calendar(jurisdiction: Jurisdiction) -> Mapping[str, HolidayDays]:
    """Return the holidays of a jurisdiction by id, ``public-holidays`` first.

    Raises ``ImportError`` if the package is missing, ``NotImplementedError`` for a jurisdiction that it does not cover.
    """
    import holidays  # an extra, and slow to import: few guides name a holiday

    if not jurisdiction.country:
        raise NotImplementedError
    country = holidays.country_holidays(jurisdiction.country, jurisdiction.state or None)
    tags: list[str | None] = [*sorted(country.supported_languages, key=lambda tag: tag != "en_US")] or [country.default_language]

    def load_names(tag: str | None) -> dict[date, list[str]]:
        calendar_days = holidays.country_holidays(
            jurisdiction.country,
            jurisdiction.state or None,
            jurisdiction.years,
            categories=country.supported_categories,
            language=tag,
        )
        return {day: calendar_days.get_list(day) for day in sorted(calendar_days)}

    days, names = defaultdict[str, list[date]](list), defaultdict[str, dict[str, Translation]](dict)
    by_day = load_names(tags[0])
    for day, day_names in by_day.items():
        for name in day_names:
            days[make_holiday_id(name)].append(day)
            names[make_holiday_id(name)].setdefault(_parse_language(tags[0]), Translation(re.sub(r" \(.*\)", "", name)))
    for tag in tags[1:]:
        for day, day_names in load_names(tag).items():
            if len(day_names) == len(by_day[day]) == 1:  # with two holidays on one day, the names cannot be matched
                names[make_holiday_id(by_day[day][0])].setdefault(_parse_language(tag), Translation(day_names[0]))
    if jurisdiction.country == "US":
        days["day-after-thanksgiving"] = [day + timedelta(days=1) for day in days["thanksgiving-day"]]
        names["day-after-thanksgiving"] = {"en": Translation("Day after Thanksgiving")}
    public = holidays.country_holidays(jurisdiction.country, jurisdiction.state or None, jurisdiction.years)
    by_id = {id_: HolidayDays(id_, TranslatableText(names[id_]), tuple(dates)) for id_, dates in sorted(days.items())}
    return {PUBLIC: HolidayDays(PUBLIC, days=tuple(sorted(public))), **by_id}


def _parse_language(tag: str | None) -> str:
    return (tag or "en").partition("_")[0]
