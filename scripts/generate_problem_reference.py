#!/usr/bin/env python3
"""Write docs/reference/problems.md: every message that guidegen can give about content, each with an example.

A test checks that the page is up to date and that every code in the program has an example.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from guidegen.build import pipeline  # noqa: E402  # after the path is set
from guidegen.content.load import load  # noqa: E402
from guidegen.editing import link_checker  # noqa: E402
from guidegen.editing.excerpts import Excerpts  # noqa: E402
from guidegen.editing.spreadsheets import importing, reading  # noqa: E402
from guidegen.editing.translations import exchange  # noqa: E402
from guidegen.editing.translations.target_files import Translator  # noqa: E402
from guidegen.model.problems import Problem, Severity, format_as_text  # noqa: E402

TODAY = date(2026, 11, 26)
BASE = {
    "guide.yml": """\
name: Test Guide
address: https://guide.example.org/
languages: [en, es]
region: US
time_zone: America/New_York
contact: {email: guide@example.org}
check_after_days: 180
areas:
  - {name: Millbrook}
""",
    "content/services.yml": """\
types:
  - {id: english, name: {en: English classes, es: Clases de inglés}}
  - {id: food, name: {en: Food, es: Comida}}
""",
    "content/partners/food-bank.yml": """\
name: Food Bank
summary: Free food for everyone.
email: food@example.org
services:
  - {key: pantry, types: [food], name: Pantry}
""",
    "content/partners/food-bank.es.yml": """\
summary: Comida gratis para todos.
services: [{key: pantry, name: Despensa}]
""",
}
"""A guide without mistakes; each example adds or replaces a file."""
_FOOD = BASE["content/partners/food-bank.yml"]
GUIDE_OF = {
    tag: BASE["guide.yml"]
    .replace("[en, es]", f"[en, es, {tag}]")
    .replace("{name: Millbrook}", f'{{name: Millbrook, names: {{{tag}: "{name}"}}}}')
    for tag, name in {"ar": "ﻣﺮﺣﺒﺎ", "my": "ျမန္မာ", "fa": "کتاب ها", "zh-Hans": "你好,世界"}.items()
}
"""``guide.yml`` with wrong characters of a language."""
PARTNER = "content/partners/new-one.yml"
HEAD = "name: A\nsummary: B\nemail: a@example.org\n"
SERVICE = HEAD + "services:\n  - key: a\n    types: [food]\n    name: C\n"
ARTICLE = "content/spotlights/new-one.md"
FRONT = "---\ntitle: A\nsummary: B\ndate: 2026-09-01\nauthors: [Ana]\n"


class Example(NamedTuple):
    """The meaning of a code, and a file for which guidegen reports it."""

    meaning: str
    text: str
    path: str = PARTNER
    coding: str = "utf-8"


EXAMPLES = {
    # --- files
    "missing": Example("Something that every file of this kind needs is missing.", "summary: B\nemail: a@example.org\n"),
    "empty": Example("A key, a list or a whole file is empty.", ""),
    "file-name": Example("The name of a file cannot be part of a web address, or is not the name of a content file.", HEAD, "content/partners/New One.yml"),
    "unreadable": Example("The file exists, but it is not an ordinary file or cannot be read.", "", "guide.yml/x"),
    "not-utf-8": Example("The file was not saved as UTF-8.", "name: A\nsummary: Café\n", coding="latin-1"),
    "too-large": Example("The file is larger than a content file ever is.", "name: " + "x" * 300_000 + "\n"),
    "more": Example("If a file has more than a hundred mistakes, only the first hundred are listed.", "types:\n" + "  - {id: food, nam: x}\n" * 120, "content/services.yml"),
    # --- how it is written
    "yaml-syntax": Example("The file cannot be read as YAML: a colon, a quote, a bracket or the indentation is wrong.", "name: A\nsummary: Open: every day\n"),
    "yaml": Example("The file uses YAML that content does not need: anchors, tags, several documents, very deep lists.", HEAD + "description: &x text\n"),
    "duplicate-key": Example("The same key appears twice.", HEAD + "name: Again\n"),
    "lost-text": Example("YAML would read part of a text as a comment.", "name: A\nsummary: Come to room #12\nemail: a@example.org\n"),
    "presentation-forms": Example("Arabic letters were copied from a layout program.", GUIDE_OF["ar"], "guide.yml"),
    "reversed-text": Example("Arabic or Hebrew was copied in visual order, from left to right.", GUIDE_OF["ar"].replace("ﻣﺮﺣﺒﺎ", "ةماعلا ةبتكملا"), "guide.yml"),
    "wrong-encoding": Example("Letters became pairs of signs when a file was opened in another encoding.", "name: A\nsummary: CafÃ© con leche\nemail: a@example.org\n"),
    "zawgyi": Example("Burmese was typed with a font that predates Unicode.", GUIDE_OF["my"], "guide.yml"),
    "missing-joiner": Example("A Persian verb or plural is split in two.", GUIDE_OF["fa"], "guide.yml"),
    "half-width-punctuation": Example("Chinese or Japanese text has Latin punctuation.", GUIDE_OF["zh-Hans"], "guide.yml"),
    "typography": Example("Marks or letters that the language does not use: straight quotes, other apostrophes, half-width brackets, missing hamza or tanwin.", GUIDE_OF["zh-Hans"].replace("你好,世界", "学校(免费)"), "guide.yml"),
    "invisible-character": Example("There is an invisible character that can change the meaning of the text.", "name: A\nsummary: B\u202eC\nemail: a@example.org\n"),
    "conflict": Example("Two people changed the same lines, and git left both versions in the file.", HEAD + "<<<<<<< HEAD\nstatus: paused\n=======\nstatus: active\n>>>>>>> main\n"),
    "unknown-key": Example("This key does not exist here.", HEAD + "telefone: 1\n"),
    "no-space": Example("A key inside braces has no space after its colon.", HEAD + "verified: {date:2026-10-02}\n"),
    "comma-in-braces": Example("A text in braces has a comma, which cuts it off.", SERVICE + "    who: {text: Adults, of any age}\n"),
    "wrong-shape": Example("This key needs a list but has text, or needs text but has a list.", HEAD + "also_known_as: RAS\n"),
    "listed-twice": Example("Two entries in a list are the same or have the same key.", SERVICE + "  - {key: a, types: [food], name: D}\n"),
    "too-long": Example("A text or a list is longer than pages can show.", "name: A\nsummary: " + "very " * 220 + "long\nemail: a@example.org\n"),
    # --- values
    "value": Example("The value is not what the key needs.", "name: A\nsummary: B\nemail: a at example.org\n"),
    "choice": Example("The key takes one of a few words.", HEAD + "status: open\n"),
    "yes-no": Example("The key takes yes or no.", SERVICE + "    asks: {photo_id: maybe}\n"),
    "number": Example("This must be a number, or the number is out of range.", SERVICE + "    who: {ages: [five, 18]}\n"),
    "amount": Example("A price is only a number; its currency has a key of its own.", SERVICE + '    cost: {amount: "$25", currency: USD}\n'),
    "quotes": Example("The quotes are those of a word processor, or one of two is missing.", "name: A\nsummary: “Free food: every day”\nemail: a@example.org\n".replace(": every", " every")),
    "phone": Example("The phone number cannot be dialed.", HEAD + "phones:\n  - {number: call us}\n"),
    "url": Example("The address of a website is incomplete.", HEAD + "website: www.example.org\n"),
    "date": Example("A date starts with the year and must exist.", HEAD + "verified: {date: 30/10/2026}\n"),
    "time": Example("A time uses the 24-hour clock.", SERVICE + "    hours:\n      - {days: [mo], open: 9am, close: \"17:00\"}\n"),
    "every": Example("How often hours repeat is a number of weeks.", SERVICE + '    hours:\n      - {days: [mo], every: month, from: 2026-09-07, open: "09:00"}\n'),
    "holidays": Example("The guide's country has no such holiday, or guidegen does not know its holidays.", SERVICE + "    hours:\n      - {closed_on: [thanksgivin]}\n"),
    "month-day": Example("A day of the month is a number and a weekday.", SERVICE + "    hours:\n      - {monthly: [first mo], open: \"09:00\", close: \"17:00\"}\n"),
    "country-code": Example("A code means a country to most people, but is the code of a language that few people speak.", HEAD + "languages: [{code: br}]\n"),
    "language": Example("A language is written as its code.", HEAD + "languages: [{code: Spanish}]\n"),
    # --- contradictions
    "no-contact": Example("Readers have no way to contact this partner.", "name: A\nsummary: B\n"),
    "hours": Example("Times or dates contradict each other.", SERVICE + "    hours:\n      - {days: [mo], open: \"09:00\", close: \"05:00\"}\n"),
    "cost": Example("The facts about the cost contradict each other, or the currency is missing.", SERVICE + "    cost: {free: yes, amount: 25, currency: USD}\n"),
    "free-price": Example("Something is free, but its note has a price.", SERVICE + "    cost: {free: yes, note: Adults pay $5}\n"),
    "hours-contradict": Example("A date has hours but is also closed.", SERVICE + '    hours:\n      - {dates: [2026-12-24], open: "09:00", close: "12:00"}\n      - {closed: [2026-12-24..2026-12-26]}\n'),
    "hours-overlap": Example("Two lines of hours overlap.", SERVICE + '    hours:\n      - {days: [mo, tu], open: "09:00", close: "17:00"}\n      - {days: [tu], open: "12:00", close: "18:00"}\n'),
    "before-midnight": Example("The last minute of the day is left out.", SERVICE + '    hours:\n      - {days: [mo], open: "00:00", close: "23:59"}\n'),
    "night": Example("Times on the 12-hour clock are read as times in the night.", SERVICE + '    hours:\n      - {days: [mo], open: "01:00", close: "05:00"}\n'),
    "no-organization": Example("Every organization is a draft, or there is none.", _FOOD + "status: draft\n", "content/partners/food-bank.yml"),
    "seats": Example("There are more open places than places in all.", SERVICE + "    seats: {open: 5, of: 3}\n"),
    "ages": Example("The youngest age is above the oldest.", SERVICE + "    who: {ages: [65, 18]}\n"),
    "status-shown": Example(
        "The profile says that nobody asks about immigration status, but a required document shows it.",
        SERVICE + "    asks: {immigration_status: no}\n    documents: [Work permit or Social Security card]\n",
    ),
    "walk-in": Example("The profile says both “walk in” and “appointment required”.", SERVICE + "    appointment: required\n    apply: {walk_in: yes}\n"),
    "position": Example("Latitude and longitude are swapped.", HEAD + "locations: [{key: a, position: [-102.3, 42.1]}]\n"),
    "confidential": Example("A confidential street address also appears in another location.", HEAD + "locations:\n  - {key: a, address: {line1: 1 Elm Street, city: Millbrook}, confidential: yes}\n  - {key: b, address: {line1: 1 Elm Street, city: Millbrook}}\n"),
    "unknown-type": Example("content/services.yml has no such service type.", SERVICE.replace("[food]", "[foood]")),
    "unknown-location": Example("A service is at a location that the partner does not have.", SERVICE + "    at: [mian]\n"),
    "unknown-area": Example("The guide has no such area.", SERVICE + "    serves: {names: [Milbrook]}\n"),
    "unknown-partner": Example("There is no such partner.", HEAD + "partnership: {refers: {to: [food-bnk]}}\n"),
    "self-referral": Example("A partner refers people to itself.", HEAD + "partnership: {refers: {to: [new-one]}}\n"),
    "circle": Example("Two organizations, or two areas, are parts of each other.", HEAD + "part_of: food-bank\n"),
    "old-name": Example("Something is called by an old name. Links still work.", HEAD + "partnership: {refers: {to: [bread-bank]}}\n"),
    "name-taken": Example("An old name would lead to two different things.", HEAD + "was: [food-bank]\n"),
    "successor": Example("A partner cannot be the successor of this one, or readers would not see that it is.", HEAD + "status: active\nreplaced_by: food-bank\n"),
    "same-address": Example("Two areas would have the same address.", SERVICE + f"    serves: {{names: [{'Long ' * 11}North, {'Long ' * 11}South]}}\n"),
    "spelling": Example("A place is spelled in two ways.", HEAD + "locations:\n  - {key: a, address: {city: St. Mary's}}\n  - {key: b, address: {city: Saint Marys}}\n"),
    "two-spellings": Example("An address is spelled differently in two profiles.", HEAD + "locations: [{key: a, address: {line1: 48 Elm St., city: Millbrook}}]\n"),
    "shared-number": Example("Two organizations have the same number, and nothing says why.", HEAD + 'phones: [{number: "(555) 555-0177"}]\n'),
    "phone-place": Example("A number belongs to one location according to its note, but all locations show it.", HEAD + 'phones: [{number: "(555) 555-0177", note: Millbrook office}]\nlocations:\n  - {key: north, address: {city: Millbrook}}\n  - {key: south, address: {city: Eastfield}}\n'),
    "phone-unknown": Example("Phone companies do not assign this number: a digit is probably wrong.", HEAD + 'phones: [{number: "(555) 123-4567"}]\n'),
    "address-parts": Example("A field has more of the address than belongs there, or a name instead of a code.", HEAD + "locations: [{key: a, address: {line1: \"120 Mill Street, Millbrook, MA 02101\"}}]\n"),
    "postal-code": Example("The postal code does not have the format of its country.", HEAD + 'locations: [{key: a, address: {city: Millbrook, postal_code: "2101"}}]\n'),
    "older-key": Example("A key has a new name; the old one still works.", SERVICE + "    area: {names: [Millbrook]}\n"),
    "no-date": Example("A notice of a service type has no date, so nobody can tell whether it is still true.", BASE["content/services.yml"].replace("{id: food,", "{id: food, notice: {en: Rules are changing., es: Las reglas cambian.},"), "content/services.yml"),
    "wioa": Example("IELCE is funded under Title II of WIOA, but the profile says that the partner is not.", HEAD + "partnership: {wioa: {ielce: yes, title_ii: no}}\n"),
    "unknown-icon": Example("There is no icon of that name.", "types:\n  - {id: food, icon: fod, name: {en: Food, es: Comida}}\n  - {id: english, name: {en: English, es: Inglés}}\n", "content/services.yml"),
    "missing-picture": Example("content/images has no such picture.", HEAD + "logo: images/none.png\n"),
    "picture": Example("The picture cannot be published.", "not a picture", "content/images/logo.png"),
    "address": Example("The address of the guide is not the address of a folder.", BASE["guide.yml"].replace("org/", "org/guide.html", 1), "guide.yml"),
    "time-zone": Example("There is no such time zone.", BASE["guide.yml"].replace("America/New_York", "Eastern"), "guide.yml"),
    "search-test": Example("A search does not find the service type that it must find.", "tests:\n  - {query: bread please, type: english}\n", "content/search-tests.yml"),
    "misleading-link": Example("A link does not do what it seems to do: it dials a code, writes in the reader's name, or leads somewhere else than its text says.", HEAD + "description: |\n  Call us:\n  [(555) 555-0114](tel:*21*5555550199%23)\n"),
    # --- names in published addresses (guidegen published)
    "lost-address": Example("A published address would stop working.", "partner food-bank\npartner night-school\n", "content/published.txt"),
    "unlisted-name": Example("A name is missing from the list of published names.", "language en\nlanguage es\npartner food-bank\nservice-type english\n", "content/published.txt"),
    "published": Example("A line in the list of published names is not a kind and a name.", "partners/food-bank\n", "content/published.txt"),
    "old-booklet": Example("A booklet was made before the facts changed.", "%PDF-1.7\n", "static/booklets/es.pdf"),
    # --- articles
    "front-matter": Example("An article does not start with its keys between two lines of ---.", "# A title\n\nText.\n", ARTICLE),
    "markdown": Example("A text has HTML, or a link or picture that cannot work.", HEAD + "description: |\n  Hello\n  <b>world</b>\n"),
    "no-alt": Example("A picture has no description for people who cannot see it.", FRONT + "image: images/logo.png\n---\nText.\n", ARTICLE),
    "draft": Example("An article links to a draft, which is not published.", FRONT + "---\nSee [[partner:draft-one]].\n", ARTICLE),
    "empty-guide": Example(
        "A partial guide has no partner.",
        "name: {en: Classes, es: Clases}\naddress: https://classes.example.org/\nonly: {types: [english]}\n",
        "guides/classes.yml",
    ),
    # --- translations
    "orphan-translation": Example("The translation has a text that the source does not have.", "services: [{key: kitchen, name: Cocina}]\n", "content/partners/food-bank.es.yml"),
    "not-translatable": Example("A translation contains a fact: facts come from the source.", "summary: Comida\nemail: a@example.org\n", "content/partners/food-bank.es.yml"),
    "missing-translation": Example("A text has no translation yet.", HEAD),
    "stale-translation": Example("The source has changed since the text was translated.", "summary: Comida\nservices: [{key: pantry, name: Despensa}]\ntranslated_from: {summary: 00000000}\n", "content/partners/food-bank.es.yml"),
    "changed-phone": Example("A translation has another phone number than its source. Readers of it would call a stranger.", "summary: Llame al (555) 555-0141.\n", "content/partners/food-bank.es.yml"),
    "changed-number": Example("A translation has another number than its source.", "summary: Salón 240\n", "content/partners/food-bank.es.yml"),
    "changed-link": Example("A translation has lost a link, or has another one.", "description: Vea la lista.\n", "content/partners/food-bank.es.yml"),
    "untranslated": Example("A translation still has words of its source.", "summary: Gratis bread and rice for every family in town.\n", "content/partners/food-bank.es.yml"),
    "translation-length": Example("A translation is so long or so short that something may be missing.", "summary: Comida.\n", "content/partners/food-bank.es.yml"),
    "refused-translation": Example("An import of translations does not take a text that would break its page. It takes the others.", 'msgid ""\nmsgstr "Language: es\\n"\n\nmsgctxt "content/partners/food-bank.yml > summary"\nmsgid "Call (555) 555-0114."\nmsgstr "Llame al (555) 555-0141."\n', "translations/es.po"),
    "contrast": Example("Text could hardly be read on a color of the guide.", BASE["guide.yml"] + 'theme: {brand: "#808080"}\n', "guide.yml"),
    "no-catalog": Example("Menus and headings have no translation into a language of the guide.", BASE["guide.yml"].replace("[en, es]", "[en, es, nl]"), "guide.yml"),
    "hard-sentence": Example("A sentence is too long for people who are learning the language.", HEAD + "description: We help people who have come here from another country, and who want to learn the language of this place, to find a class that begins soon and costs little.\n"),
    "hard-words": Example("A text has words of offices, for which there are plainer ones.", HEAD.replace("summary: B", "summary: We provide assistance to eligible individuals prior to their hearing.")),
    "acronym": Example("An acronym that is never spelled out.", HEAD.replace("summary: B", "summary: Help with the WIOA form.")),
    # --- dates
    "unverified": Example("Nobody has checked the facts.", HEAD),
    "out-of-date": Example("The facts were last checked a long time ago.", HEAD + "verified: {date: 2024-01-10}\n"),
    "source-gone": Example("An import no longer found the organization in the directory that it was taken from.", HEAD + "source: {dataset: County food map, id: \"7\", gone: 2026-11-30}\n"),
    "hours-ended": Example("The hours of a service have ended.", SERVICE + "    hours:\n      - {days: [mo], open: \"09:00\", close: \"17:00\", until: 2026-06-01}\n"),
    "status-ended": Example("The pause of a service has ended.", SERVICE + "    status: paused\n    status_until: 2026-06-01\n"),
    "no-place": Example("The profile does not say at which of several locations a service is, so its page shows no office's phone number.", SERVICE + "locations: [{key: north, address: {city: Millbrook}}, {key: south, address: {city: Eastfield}}]\n"),
    "notice-ended": Example("A temporary notice has ended.", SERVICE + "    alert: {text: Closed for repairs., until: 2026-06-01}\n"),
    "agreement-ended": Example("An agreement has expired.", HEAD + "partnership: {agreement: {type: mou, signed: 2024-01-10, expires: 2026-01-10}}\n"),
    "review-due": Example("A partner is due for a review.", HEAD + "partnership: {next_review: 2026-06-01}\n"),
    # --- websites (guidegen check --links)
    "dead-link": Example("A website is no longer there.", HEAD + "website: https://food-bank.org/old\n"),
    "moved-link": Example("A page has moved permanently.", HEAD + "website: https://food-bank.org/old\n"),
    "no-answer": Example("A website does not answer, perhaps only for a short time.", HEAD + "website: https://food-bank.org/\n"),
    "private-link": Example("A website works only inside a private network.", HEAD + "website: http://192.168.0.7/\n"),
    "placeholder": Example("A new profile is published, but nobody has filled it in.", SERVICE.replace("name: C", "name: What the service is called")),
    # --- sheets (guidegen import csv)
    "sheet": Example("A row or a whole sheet cannot be imported.", "partner,number\nfod-bank,(555) 555-0114\n", "phones.csv"),
    "sheet-column": Example("A column has an unknown name.", "partner,number,fax no\nfood-bank,(555) 555-0114,1\n", "phones.csv"),
    # --- words for search
    "urgent-number": Example("An emergency number is that of another country.", "types:\n  - id: emergency\n    name: {en: Emergency, es: Emergencia}\n    urgent:\n      - {number: \"999\", name: {en: Emergency, es: Emergencia}}\n  - {id: food, name: {en: Food, es: Comida}}\n", "content/services.yml"),
    "no-urgent-number": Example("The guide has a type for emergencies, but no number to call.", "types:\n  - {id: emergency, name: {en: Emergency, es: Emergencia}}\n  - {id: food, name: {en: Food, es: Comida}}\n", "content/services.yml"),
    "type-untranslated": Example("A kind of help has no name in a language of the guide.", "types:\n  - {id: food, name: {en: Food, es: Comida}}\n  - {id: english, name: {en: English classes}}\n", "content/services.yml"),
    "few-synonyms": Example("Search knows only a few words for a service type.", "types:\n  - {id: food, name: {en: Food, es: Comida}}\n  - {id: english, name: {en: English, es: Inglés}}\n  - {id: pottery, name: {en: Pottery, es: Alfarería}}\n", "content/services.yml"),
    "synonym-twice": Example("A word names two service types.", "types:\n  - {id: food, name: {en: Food, es: Comida}, synonyms: {en: [tuition]}}\n  - {id: english, name: {en: English, es: Inglés}, synonyms: {en: [tuition]}}\n", "content/services.yml"),
}  # fmt: skip
OTHER_FILES = {
    "changed-phone": {"content/partners/food-bank.yml": _FOOD.replace("Free food for everyone.", "Call (555) 555-0114.")},
    "changed-number": {"content/partners/food-bank.yml": _FOOD.replace("Free food for everyone.", "Room 204")},
    "changed-link": {"content/partners/food-bank.yml": f"{_FOOD}description: See [the list](https://food.example.org/list).\n"},
    "untranslated": {
        "content/partners/food-bank.yml": _FOOD.replace("Free food", "Free bread and rice for every family in town")
    },
    "translation-length": {
        "content/partners/food-bank.yml": _FOOD.replace(
            "Free food for everyone.",
            "Free food for everyone in town, every day but Sunday, and a hot lunch at noon for everyone who is hungry.",
        )
    },
    "refused-translation": {"content/partners/food-bank.yml": _FOOD.replace("Free food for everyone.", "Call (555) 555-0114.")},
    "picture": {PARTNER: HEAD + "logo: images/logo.png\n"},
    "no-alt": {"content/images/logo.png": ""},
    "circle": {"content/partners/food-bank.yml": BASE["content/partners/food-bank.yml"] + "part_of: new-one\n"},
    "old-name": {"content/partners/food-bank.yml": BASE["content/partners/food-bank.yml"] + "was: [bread-bank]\n"},
    "draft": {"content/partners/draft-one.yml": HEAD + "status: draft\n"},
    "two-spellings": {
        "content/partners/older-one.yml": HEAD + "locations: [{key: a, address: {line1: 48 Elm Street, city: Millbrook}}]\n"
    },
    "shared-number": {"content/partners/older-one.yml": HEAD + 'phones: [{number: "(555) 555-0177"}]\n'},
}
"""Other files that an example needs."""
LINK_STATUSES = {
    "dead-link": link_checker.LinkStatus("gone", "the website answers 404"),
    "moved-link": link_checker.LinkStatus("moved", "https://food-bank.org/new"),
    "no-answer": link_checker.LinkStatus("unclear", "it does not answer in time"),
    "private-link": link_checker.LinkStatus("private"),
}
"""The statuses of websites, which are not requested here."""


def run_example(code: str) -> tuple[Problem, str]:
    """Return guidegen's problem for the example of a code, and its text."""
    example = EXAMPLES[code]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in {**BASE, **OTHER_FILES.get(code, {}), example.path: example.text}.items():
            file = root / name
            if example.path.startswith(f"{name}/"):
                continue  # the example has a folder of that name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode(example.coding if name == example.path else "utf-8"))
        if code in LINK_STATUSES:
            problems = link_checker.check_links(root, lambda _: LINK_STATUSES[code])
        elif example.path.endswith(".csv"):
            problems = importing.plan_import(reading.read_workbook(root / example.path), root).problems
            problems = tuple(replace(problem, path=PurePosixPath(problem.path.name)) for problem in problems)
        elif example.path.endswith(".po"):
            plan = exchange.plan_language(root, load(root).guide, root / example.path, "", Translator("", "", TODAY))
            problems = tuple(replace(problem, path=PurePosixPath(example.path)) for problem in plan.problems)
        else:
            problems = pipeline.review_content(root, TODAY)
        (problem, *_) = [problem for problem in problems if problem.code == code]
        excerpt = Excerpts(root).format_excerpt(problem) if problem.severity is Severity.ERROR else ""
        return problem, format_as_text(problem, excerpt)


def format_page() -> str:
    """Return the page."""
    lines = [
        "# What guidegen reports about content",
        "",
        "Generated by `python scripts/generate_problem_reference.py`; do not edit by hand. Each message is the program's answer to an example. Errors keep the guide from being",
        "published; with `--strict`, so do warnings. `guidegen check --format json` prints the code.",
        "",
    ]
    for code in EXAMPLES:
        lines += [*_format_entry(code), ""]
    return "\n".join(lines)


def _format_entry(code: str) -> Iterator[str]:
    problem, text = run_example(code)
    kind = "error" if problem.severity is Severity.ERROR else "warning"
    yield f"## {code}"
    yield ""
    yield f"*{kind.capitalize()}.* {EXAMPLES[code].meaning}"
    yield ""
    yield "```"
    yield text
    yield "```"


if __name__ == "__main__":
    (ROOT / "docs" / "reference" / "problems.md").write_text(format_page(), encoding="utf-8")
