"""What the pages' scripts say and must know, as JSON that stands in a page: a script brings no words of its own."""

from guidegen.model.settings import Settings
from guidegen.site.components.json_ld import for_script
from guidegen.text.language import Language, days_of_week


def counting_messages(language: Language) -> dict[str, object]:
    """How many organizations, in the plural forms of the language: ``plural`` has the form of each number below 200."""
    one, many = "{number} organization", "{number} organizations"
    said = language.catalog.messages.get(one)
    forms = [language.say(one), *said[1:]] if said else [one, many]
    return {"count": forms, "plural": "".join(str(language.catalog.plural(number)) for number in range(200))}


def page_words(settings: Settings, language: Language) -> str:
    """For opening hours, the age of facts, lists that are narrowed down, and what a reader keeps."""
    say = language.say
    return for_script(
        {
            "zone": settings.time_zone,
            "checkAfter": settings.check_after_days,
            "days": days_of_week(language),
            "open": say("Open now"),
            "until": say("Open now, until {time}"),
            "today": say("Next: today, {time}"),
            "tomorrow": say("Next: tomorrow, {time}"),
            "next": say("Next: {day}, {time}"),
            "over": say("These hours are over. Call first."),
            "callFirst": say("Call first"),
            "map": say("Open in your map"),
            "copy": say("There is no internet. This copy was saved on {date}; facts may have changed since."),
            "keep": say("Keep in my list"),
            "kept": say("In my list ✓"),
            "remove": say("Remove: {name}"),
            **counting_messages(language),
        }
    )
