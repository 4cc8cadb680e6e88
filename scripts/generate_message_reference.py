#!/usr/bin/env python3
"""Write docs/reference/messages.md: every message that is made of parts, as readers see it, in every language.

Translators read it to find sentences that are wrong for some number, date or name. A test checks that the page is up to date.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from guidegen.content.catalogs import load_catalog  # noqa: E402  # after the path is set
from guidegen.model import wording  # noqa: E402
from guidegen.model.hours import Closure, Hours, Times, YearDay  # noqa: E402
from guidegen.model.location import SpokenLanguage  # noqa: E402
from guidegen.site.components.timetable import build_timetable  # noqa: E402
from guidegen.text.language import Language, LocalizedString, Message  # noqa: E402

LANGUAGES = (
    "en",
    "es",
    "zh-Hans",
    "zh-Hant",
    "ar",
    "vi",
    "ht",
    "fa",
    "uk",
    "so",
    "my",
    "fr",
    "pt",
    "ru",
    "ko",
    "tl",
    "am",
    "sw",
    "hi",
    "ps",
    "de",
)
NUMBERS = (0, 1, 2, 3, 5, 11, 100)
DAY, LAST_DAY = date(2026, 12, 7), date(2027, 1, 2)
HOURS: tuple[Hours, ...] = (
    Times(780, 900, days=("mo",)),
    Times(540, 1020, days=("mo", "tu", "we", "th", "fr")),
    Times(1320, 120, days=("fr",)),
    Times(0, 1440, days=("mo", "tu", "we", "th", "fr", "sa", "su")),
    Times(540, None, days=("sa",)),
    Times(540, 600, days=("we",), every=2, from_=DAY),
    Times(540, 600, days=("we",), every=3, from_=DAY),
    *(Times(600, 720, monthly=((number, day),)) for number in (1, 2, 3, 4, 5, -1) for day in ("mo", "we", "su")),
    Times(600, 720, monthly=((1, "sa"), (3, "sa"))),
    Times(540, 600, day_of_month=(1, 15, -1)),
    Times(540, 600, days=("mo",), from_=DAY, until=LAST_DAY),
    Times(540, 600, days=("mo",), until=LAST_DAY),
    Times(540, 600, days=("mo",), from_=YearDay(11, 1), until=YearDay(3, 31)),
    Times(540, 600, days=("mo",), months=("nov", "dec", "jan")),
    Times(540, 600, dates=((DAY, DAY), (LAST_DAY, LAST_DAY))),
    Closure(((DAY, DAY), (date(2026, 12, 24), LAST_DAY))),
)  # fmt: skip
"""Every form of days, dates and times that a timetable has."""


def load_language(tag: str) -> Language:
    return Language(tag, "US", load_catalog(ROOT, tag))


def list_sentences(language: Language) -> Iterator[tuple[str, str]]:
    """Yield each message with parts in English, and as a reader of the language sees it."""
    english = load_catalog(ROOT, "en").messages
    for message, forms in english.items():
        if len(forms) > 1:
            for number in NUMBERS:
                yield forms[min(number != 1, 1)].replace("{number}", str(number)), language.counted(forms[0], forms[1], number)
        elif "{" in message:
            yield message, language.phrase(message, **fill(message, language)).text
    for line in build_timetable(HOURS, language):
        yield "(hours)", " · ".join(part.text for part in (line.days, line.times, line.dates) if part)
    spoken = (SpokenLanguage("en", "staff"), SpokenLanguage("es", "staff"), SpokenLanguage("vi", "on-request"))
    yield "(languages)", wording.join_languages([wording.spoken_language(entry, language) for entry in spoken], language).text


def fill(message: str, language: Language) -> dict[str, str | LocalizedString | Message]:
    """Return a sample value for each placeholder of a message, of the kind that the program fills in."""
    names = language.join([language.name_of("es"), language.name_of("vi"), language.name_of("zh-Hans")])
    samples: dict[str, str | LocalizedString | Message] = {
        "date": language.date(DAY), "dates": language.separate([language.date(DAY), language.date(LAST_DAY)]),
        "time": language.time(780), "start": language.time(780), "end": language.time(900), "day": build_timetable((Times(0, 60, days=("we",)),), language)[0].days,
        "days": build_timetable((Times(0, 60, days=("mo", "we")),), language)[0].days, "first": build_timetable((Times(0, 60, days=("mo",)),), language)[0].days,
        "last": build_timetable((Times(0, 60, days=("fr",)),), language)[0].days, "language": language.name_of(language.tag), "languages": names,
        "price": language.price(Decimal(25), "USD"), "places": LocalizedString("Millbrook, Eastfield", "en"), "groups": language.join([language.say("parents"), language.say("refugees")]),
        "standard": language.say("federal poverty level"), "months": language.join([language.month(1), language.month(3)]), "codes": LocalizedString("01301, 01302"),
        "how": language.say("ask before you come"), "facts": language.join([language.say("the price"), language.say("the opening hours")]),
        "zone": LocalizedString("Eastern Time", "en"),
    }  # fmt: skip
    if re.fullmatch(r"(?:every year )?(?:from \{start\})? ?(?:until \{end\})?", message):  # a season, not a time of day
        samples |= {"start": language.day_of_year(11, 1), "end": language.day_of_year(3, 31)}
    if message == "{days} of the month":
        samples["days"] = language.join([language.say("first Monday"), language.say("third Wednesday")])
    if message == "Days of the month: {days}":
        samples["days"] = language.join(["1", "15"])
    return {name: samples.get(name, LocalizedString(_SAMPLES.get(name, name))) for name in re.findall(r"\{(\w+)\}", message)}


_SAMPLES = {
    "number": "3", "count": "5", "size": "4.2", "open": "2", "all": "20", "done": "40", "percent": "200%", "youngest": "16", "oldest": "24", "address": "12 Main Street",
    "contact": "help@example.org", "dataset": "Example Data", "fact": "2", "kind": "Food", "name": "Pantry", "service": "Google Maps", "subjects": "rice, bread", "what": "Pantry",
    "where": "Millbrook", "whom": "Adults", "word": "rice", "words": "free rice",
}  # fmt: skip


def format_page() -> str:
    lines = [
        "# Messages as readers see them",
        "",
        "Generated by `python scripts/generate_message_reference.py`; do not edit by hand. Every message that has parts, with sample numbers, dates, times and names.",
        "Translators: read your language aloud. Where a sentence is wrong for a number, a date or a name, change it in `locales/<language>.po`.",
        "",
        "| language | messages | reviewed by |",
        "| --- | --- | --- |",
        *(
            f"| {load_language(tag).own_name} ({tag}) | {len(load_catalog(ROOT, tag).messages)} | {find_reviewer(tag) or 'nobody yet'} |"
            for tag in LANGUAGES
        ),
        "",
    ]
    for tag in LANGUAGES:
        language = load_language(tag)
        lines += [f"## {language.own_name} ({tag})", ""]
        lines += [f"- {text}" for text in dict.fromkeys(text for _, text in list_sentences(language))]
        lines.append("")
    return "\n".join(lines)


def find_reviewer(tag: str) -> str:
    """Return who reviewed a catalog, as its head says in ``X-Reviewed-By``; empty if nobody did."""
    text = (ROOT / "locales" / f"{tag}.po").read_text(encoding="utf-8")
    found = re.search(r'^"X-Reviewed-By: (.+?)\\n"', text, re.MULTILINE)
    return "guidegen (source)" if tag == "en" else found[1] if found else ""


if __name__ == "__main__":
    (ROOT / "docs/reference/messages.md").write_text(format_page(), encoding="utf-8")
