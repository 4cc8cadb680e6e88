"""Reads holidays by name: their days come from the ``holidays`` package, for the guide's country and state."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from guidegen.content.fields.context import Jurisdiction, ReadingContext, field_name, scalar_text, shortened
from guidegen.content.yaml.parser import Node
from guidegen.model import urls
from guidegen.model.hours import Holiday as HolidayDays
from guidegen.model.problems import nearest_word
from guidegen.model.translatable import TranslatableText, Translation

PUBLIC = "public-holidays"
MAX_VAGUE = 4
"""Letters of a beginning that names nothing yet, such as "new" or "good"."""
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
    """A holiday by its name, or ``public-holidays`` for all of the country and the state."""

    wanted: str = "the name of a holiday, such as  thanksgiving  or  public-holidays"

    def read(self, node: Node, at: str, reading: ReadingContext) -> HolidayDays | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        where = reading.where
        try:
            known = calendar(where)
        except ImportError:
            hint = "Install it:  pip install 'guidegen[holidays]'   or write the dates:  closed: [2026-12-25]"
            reading.report(node, f"'{field_name(at)}' needs the package 'holidays', which is not installed", hint, "holidays")
            return None
        except NotImplementedError:
            missing = "guide.yml has no region" if not where.country else f"its holidays in {where.name} are not known"
            hint = "Write  region: US  into guide.yml, or the dates here:  closed: [2026-12-25]"
            reading.report(node, f"'{field_name(at)}' is '{shortened(text)}', but {missing}", hint, "holidays")
            return None
        name = holiday_id(text)
        found = known.get(name) or known.get(_ALSO_CALLED.get(name, "")) or known.get(f"{name}-day")
        longer = [one for id_, one in known.items() if id_.startswith(f"{name}-")] if len(name) > MAX_VAGUE else []
        if found is None and len(longer) == 1 and name not in _ALSO_CALLED:
            (found,) = longer
        if found is None:
            close = nearest_word(name, [*known])
            hint = f"Did you mean:  {close}" if close else f"The holidays of {where.name} are:  {', '.join(known)}"
            reading.report(
                node, f"'{field_name(at)}' has '{shortened(text)}', which is not a holiday of {where.name}", hint, "holidays"
            )
        return found


def holiday_id(name: str) -> str:
    """Return the name as it is written in files: ``new-years-day`` for New Year's Day."""
    return urls.slug(re.sub(r"['’.]|\(observed\)", "", name))


@cache
def calendar(where: Jurisdiction) -> Mapping[str, HolidayDays]:
    """Return the holidays of a place by id, public holidays together first.

    Raises ``ImportError`` without the package, ``NotImplementedError`` for a place that it does not know.
    """
    import holidays  # an extra, and slow to import: few guides name a holiday

    if not where.country:
        raise NotImplementedError
    country = holidays.country_holidays(where.country, where.state or None)
    tags: list[str | None] = [*sorted(country.supported_languages, key=lambda tag: tag != "en_US")] or [country.default_language]

    def named(tag: str | None) -> dict[date, list[str]]:
        every = holidays.country_holidays(
            where.country, where.state or None, where.years, categories=country.supported_categories, language=tag
        )
        return {day: every.get_list(day) for day in sorted(every)}

    days, names = defaultdict[str, list[date]](list), defaultdict[str, dict[str, Translation]](dict)
    by_day = named(tags[0])
    for day, said in by_day.items():
        for name in said:
            days[holiday_id(name)].append(day)
            names[holiday_id(name)].setdefault(_language(tags[0]), Translation(re.sub(r" \(.*\)", "", name)))
    for tag in tags[1:]:
        for day, said in named(tag).items():
            if len(said) == len(by_day[day]) == 1:  # of two on one day it is not known which name is whose
                names[holiday_id(by_day[day][0])].setdefault(_language(tag), Translation(said[0]))
    if where.country == "US":
        days["day-after-thanksgiving"] = [day + timedelta(days=1) for day in days["thanksgiving-day"]]
        names["day-after-thanksgiving"] = {"en": Translation("Day after Thanksgiving")}
    public = holidays.country_holidays(where.country, where.state or None, where.years)
    every = {id_: HolidayDays(id_, TranslatableText(names[id_]), tuple(some)) for id_, some in sorted(days.items())}
    return {PUBLIC: HolidayDays(PUBLIC, days=tuple(sorted(public))), **every}


def _language(tag: str | None) -> str:
    return (tag or "en").partition("_")[0]
