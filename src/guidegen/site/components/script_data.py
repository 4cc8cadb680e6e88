"""Messages and settings of the scripts, as JSON in the page, because the scripts contain no text themselves."""

from datetime import date

from guidegen.model.settings import Settings
from guidegen.site.components.json_ld import dump_for_script
from guidegen.text import formats
from guidegen.text.language import Language, days_of_week

_RADIUS_IN_MILES, _RADIUS_IN_KILOMETERS = 3959, 6371
"""The mean radius of the earth, with which the script that sorts by distance computes (IUGG)."""


def build_counting_messages(language: Language) -> dict[str, object]:
    """Return the message that counts organizations, in all plural forms of the language.

    ``plural`` has one digit for each number below 200: the index of its form in ``count``.
    """
    singular, plural = "{number} organization", "{number} organizations"
    translations = language.catalog.messages.get(singular)
    forms = [language.say(singular), *translations[1:]] if translations else [singular, plural]
    return {"count": forms, "plural": "".join(str(language.catalog.plural(number)) for number in range(200))}


def build_date_patterns(language: Language, has_year: bool) -> dict[str, object]:
    """Return how scripts write dates, so that they are written as pages do: a pattern for each month, and the first day."""

    def write(month: int, day: int) -> str:
        return (language.date(date(2999, month, day)) if has_year else language.day_of_year(month, day)).text

    patterns = [write(month, 22).replace("22", "{day}").replace("2999", "{year}") for month in range(1, 13)]
    start, end = patterns[0].replace("{year}", "2999").split("{day}")
    return {"dates": patterns, "first": write(1, 1).removeprefix(start).removesuffix(end)}


def dump_page_words(settings: Settings, language: Language) -> str:
    """Return the JSON for opening hours, the age of facts, filters, distances and bookmarks."""
    say = language.say
    return dump_for_script(
        {
            "zone": settings.time_zone,
            "checkAfter": settings.check_after_days,
            "days": days_of_week(language),
            **build_date_patterns(language, has_year=False),
            "open": say("Open now"),
            "until": say("Open now, until {time}"),
            "today": say("Next: today, {time}"),
            "tomorrow": say("Next: tomorrow, {time}"),
            "next": say("Next: {day}, {time}"),
            "over": say("These hours are over. Call first."),
            "callFirst": say("Call first"),
            "keep": say("Keep"),
            "kept": say("In my list"),
            "remove": say("Remove: {name}"),
            "listen": say("Listen"),
            "stop": say("Stop"),
            "distance": formats.distance_pattern(language.interface, settings.region),
            "decimal": formats.decimal_separator(settings.region),
            "radius": _RADIUS_IN_MILES if formats.has_miles(settings.region) else _RADIUS_IN_KILOMETERS,
            **build_counting_messages(language),
        }
    )
