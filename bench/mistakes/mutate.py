"""Single faults of the kinds that editors make, put into good files; each knows the line that a message must name.

A kind finds its places in a file by a pattern; ``damage`` rewrites one of them. ``words`` are what the message must have one of:
the key or the value that is wrong. A kind without words is a fault of the file's form, where the line says it all.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Damage = Callable[[re.Match[str], random.Random], str]
Words = Callable[[re.Match[str], str], tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    """``pattern`` matches a place in a file whose name ends in ``suffix``; the fault is ``where`` it says."""

    name: str
    pattern: re.Pattern[str]
    damage: Damage
    words: Words
    files: re.Pattern[str] = re.compile(r"partners/[a-z-]+\.yml$")
    where: str = "match"
    """In the line of the match, in the one ``below`` it, or in the first of the ``file``."""
    also: int = 0
    """Lines further down that say it as well."""


@dataclass(frozen=True)
class Fault:
    """A file with one fault: its new text, the lines that may be named, and the words of which one must be."""

    kind: str
    text: str
    lines: range
    words: tuple[str, ...]


def kind(name: str, pattern: str, damage: str | Damage, words: str | Words = "", **given: object) -> Kind:
    """``damage`` and ``words`` may be templates of the match, such as ``\\1: \\2``."""

    def rewritten(match: re.Match[str], _: random.Random) -> str:
        return match.expand(str(damage))

    def named(match: re.Match[str], _: str) -> tuple[str, ...]:
        return tuple(match.expand(str(words)).split("|")) if words else ()

    if "files" in given:
        given["files"] = re.compile(str(given["files"]))
    compiled = re.compile(pattern, re.MULTILINE)
    return Kind(name, compiled, damage if callable(damage) else rewritten, words if callable(words) else named, **given)  # type: ignore[arg-type]


def _typo(match: re.Match[str], luck: random.Random) -> str:
    """Two letters of the key swapped, one left out, or one doubled."""
    before, key, after = match.groups()
    at = luck.randrange(1, len(key) - 1)
    swapped = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    made = luck.choice([swapped if swapped != key else key[:-1] + "x", key[:at] + key[at + 1 :], key[:at] + key[at] + key[at:]])
    return before + made + after


def _typed(match: re.Match[str], made: str) -> tuple[str, ...]:
    return (re.split(r"[:\s{]", made.removeprefix(match[1]).strip("- "))[0],)


ANY = r"\.(yml|md)$"
TRANSLATION = r"partners/[a-z-]+\.[a-zA-Z-]+\.yml$"
TYPES = r"content/services\.yml$"
GUIDE = r"^guide\.yml$"
ARTICLE = r"spotlights/[a-z-]+\.md$"
KEYS = r"^((?:  )*(?:- )?)(summary|phones|languages|status|website|email|services|types|hours|appointment|documents|verified|locations|partnership)(:)"
KINDS: tuple[Kind, ...] = (
    # --- the form of a file
    kind("a tab before a key", r"^(    )(types|name|hours|cost|area)(:)", "\t\\2\\3"),
    kind("a key too far right", r"(?<=\w\n)^(website|email|status|phones|languages)(:)", "  \\1\\2"),
    kind("a key too far left", r"^    (types|hours|at|attend|roles)(:)", "   \\1\\2"),
    kind("no colon", r"^(status|website|email)(:) ", "\\1 "),
    kind("no space after the colon", r"^(status|website|email|name)(:) ", "\\1\\2"),
    kind("a second colon", r"^(summary|plain_name)(:) ([A-Z][^\"'\n:]*)$", "\\1\\2 Note: \\3"),
    kind("a quote that is not closed", r"(number: \"[^\"\n]+)\"", "\\1"),
    kind("a bracket that is not closed", r"^(    types: \[[^\]\n]*)\]", "\\1", also=1),
    kind("a brace that is not closed", r"^(verified: \{[^}\n]*)\}", "\\1", also=1),
    kind("no comma in braces", r"(\{days: \[[^\]\n]*\]), (open)", "\\1 \\2"),
    kind("a key twice", r"^(status: .*)$", "\\1\n\\1", where="below", words="status"),
    kind("at sign first", r"^(summary|plain_name)(: )", "\\1\\2@"),
    kind("per cent first", r"^(summary|plain_name)(: )", "\\1\\2%"),
    kind("an anchor", r"^(summary|plain_name)(: )", "\\1\\2&"),
    kind("an alias", r"^(summary|plain_name)(: )", "\\1\\2*"),
    kind("a tag", r"^(summary|plain_name)(: )", "\\1\\2!"),
    kind("a mark that turns text round", r"^(summary|plain_name)(: \S+)", "\\1\\2\u202e"),
    kind("words after a quote", r"(number: \"[^\"\n]+\")", "\\1 main"),
    kind("no dash before an item", r"^  - (key: [a-z-]+\n    types)", "    \\1", also=1),
    kind("a second document", r"^(status: .*)$", "---\n\\1"),
    # --- keys
    kind("a misspelt key", KEYS, _typo, _typed),
    kind("a key of another kind", r"^(status)(: \w+)$", "\\1\\2\ntelephone: none", "telephone", where="below"),
    kind("a misspelt key in braces", r"(\{days: .*?)\b(open|close)\b(: )", "\\1\\2d\\3", "opend|closed", files=r"partners/[a-z-]+\.yml$"),
    kind("a service without a name", r"^(  - key: [a-z-]+\n    types: .*\n)    name: .*\n", "\\1", "name", also=2),
    kind("a service without types", r"^(  - key: [a-z-]+\n)    types: .*\n", "\\1", "types", also=2),
    kind("a partner without a name", r"\A(?:#.*\n)*name: .*\n", "", "name", also=3),
    # --- values
    kind("words for a phone", r"number: \"[^\"\n]+\"", "number: call the desk", "number|call the desk"),
    kind("a phone that is too short", r"number: \"[^\"\n]+\"", 'number: "555-01"', "number|555-01"),
    kind("curly quotes", r"number: \"([^\"\n]+)\"", "number: “\\1”", "number|“"),
    kind("the day first", r"(verified: \{date: )(\d{4})-(\d\d)-(\d\d)", "\\1\\4/\\3/\\2", "date|\\4/\\3/\\2"),
    kind("a day that does not exist", r"(verified: \{date: \d{4})-\d\d-\d\d", "\\1-02-30", "date|02-30"),
    kind("a month in words", r"(signed: )(\d{4})-(\d\d)-(\d\d)", "\\1March \\4 \\2", "signed|March"),
    kind("twelve hours", r"open: \"\d\d:\d\d\"", "open: 9am", "open|9am"),
    kind("a time without a colon", r"close: \"(\d\d):(\d\d)\"", "close: \\1\\2", "close|\\1\\2"),
    kind("an hour too many", r"close: \"\d\d:(\d\d)\"", 'close: "71:\\1"', "close|71:"),
    kind("a day in full", r"days: \[(mo|tu|we|th|fr|sa|su)", "days: [\\1day", "days|\\1day"),
    kind("an address without https", r"^(website: )https://(.*)$", "\\1www.\\2", "website|www."),
    kind("a script for an address", r"^(website: )https://.*$", "\\1javascript:alert(1)", "website|javascript"),
    kind("no at sign in an e-mail", r"^(email: [a-z-]+)@", "\\1 at ", "email"),
    kind("an unknown status", r"^(status: )\w+", "\\1open", "status|open"),
    kind("an unknown way to attend", r"(attend: \[)", "\\1in-persn, ", "attend|in-persn"),
    kind("an unknown appointment", r"^(    appointment: )\w+", "\\1sometimes", "appointment|sometimes"),
    kind("an unknown kind of help", r"^(    types: \[)", "\\1englsh, ", "englsh"),
    kind("an unknown place", r"^(    at: \[)", "\\1libary, ", "libary"),
    kind("an unknown partner", r"(refers: \{to: \[)", "\\1riverbend-adult-scool, ", "riverbend-adult-scool"),
    kind("a language in words", r"(- \{code: )[a-z]{2}\b", "\\1Spanish", "Spanish"),
    kind("neither yes nor no", r"(photo_id: )(yes|no)", "\\1maybe", "photo_id|maybe"),
    kind("a price with its sign", r"(amount: )(\d+)", "\\1$\\2", "amount|$\\2"),
    kind("ages that are swapped", r"ages: \[\d+, \w+\]", "ages: [65, 18]", "ages|age"),
    kind("latitude and longitude swapped", r"position: \[([^,\]]+), ([^\]]+)\]", "position: [\\2, \\1]", "position|latitude"),
    kind("it closes first", r"open: \"\d\d:\d\d\", close: \"\d\d:\d\d\"", 'open: "09:00", close: "05:00"', "05:00"),
    kind("text for a list", r"^(    documents:)((?:\n      - .*)+)", "\\1 passport", "documents"),
    kind("a list for text", r"^(status: )(\w+)", "\\1[\\2]", "status"),
    kind("a number for a place's address", r"address: \{[^}\n]*\}", "address: 12", "address"),
    kind("HTML in a text", r"^(description: \|\n)", "\\1  <b>bold</b>\n", "HTML", also=1, where="below"),
    kind("a link to a script", r"^(description: \|\n)", "\\1  [here](javascript:x)\n", "javascript", also=1, where="below"),
    kind("a picture that is not there", r"^(status: .*)$", "\\1\nlogo: images/not-there.png", "not-there|logo", where="below"),
    kind("more free than there are", r"(seats: \{open: )\d+(, of: \d+)", "\\g<1>9999\\2", "9999|places"),
    # --- other files
    kind("translation: a misspelt key", r"^()(summary|plain_name|description)(:)", _typo, _typed, files=TRANSLATION),
    kind("translation: a fact", r"^(plain_name: .*)$", "\\1\nemail: a@example.org", "email", files=TRANSLATION, where="below"),
    kind("translation: an unknown service", r"^(services:\n  - key: )[a-z-]+", "\\1no-such-service", "no-such-service", files=TRANSLATION, also=1),
    kind("kinds: an id twice", r"^  - id: (citizenship-civics)$", "  - id: english", "english", files=TYPES),
    kind("kinds: a misspelt key", r"^(    )(sensitive|synonyms|summary)(:)", _typo, _typed, files=TYPES),
    kind("kinds: an unknown picture", r"^(    icon: )[a-z-]+", "\\1no-such-picture", "no-such-picture|icon", files=TYPES),
    kind("guide: a misspelt key", r"^()(region|time_zone|contact|areas)(:)", _typo, _typed, files=GUIDE),
    kind("guide: an unknown time zone", r"^(time_zone: ).*$", "\\1Eastern", "time_zone|Eastern", files=GUIDE),
    kind("guide: an unknown language", r"^(languages: \[en, )es", "\\1Spanish", "Spanish", files=GUIDE),
    kind("article: no date", r"^date: .*\n", "", "date", files=ARTICLE, where="file", also=1),
    kind("article: a misspelt key", r"^()(summary|authors|topics|partners)(:)", _typo, _typed, files=ARTICLE),
    kind("article: an unknown partner", r"\[\[partner:([a-z-]+)\]\]", "[[partner:no-such-partner]]", "no-such-partner", files=ARTICLE),
    kind("article: front matter not closed", r"(?<=\n)---\n", "\n", files=ARTICLE, where="file", also=400),
)  # fmt: skip


def faults(name: str, text: str, luck: random.Random) -> Iterator[Fault]:
    """One fault of each kind that the file has a place for, each at a place of luck."""
    for one in KINDS:
        places = list(one.pattern.finditer(text)) if one.files.search(name) else []
        if not places:
            continue
        match = luck.choice(places)
        made = one.damage(match, luck)
        line = 1 if one.where == "file" else text.count("\n", 0, match.start()) + 1
        if one.where == "below":
            line += match[0].rstrip("\n").count("\n") + 1
        damaged = text[: match.start()] + made + text[match.end() :]
        yield Fault(one.name, damaged, range(line, line + one.also + 1), one.words(match, made))
