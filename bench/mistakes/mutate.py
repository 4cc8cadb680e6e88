"""Single faults of the kinds that editors make, planted in good files; each knows the line that a message must name.

A kind finds its places in a file by a pattern; ``damage`` rewrites one of them. A message must have one of its ``words``: the
wrong key or value. A kind without words is a fault of syntax, for which the line is enough.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Damage = Callable[[re.Match[str], random.Random], str]
Words = Callable[[re.Match[str], str], tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: ``pattern`` matches its places in a file."""

    name: str
    pattern: re.Pattern[str]
    damage: Damage
    words: Words
    files: re.Pattern[str] = re.compile(r"partners/[a-z-]+\.yml$")
    where: str = "match"
    """The line of the fault: that of the ``match``, the one ``below`` it, or the first line of the ``file``."""
    also: int = 0
    """Number of further lines that a message may name."""


@dataclass(frozen=True)
class Fault:
    """A file with one fault. The message must name one of ``lines`` and contain one of ``words``."""

    kind: str
    text: str
    lines: range
    words: tuple[str, ...]


def kind(name: str, pattern: str, damage: str | Damage, words: str | Words = "", **options: object) -> Kind:
    """Return a kind; ``damage`` and ``words`` may be templates of the match, such as ``\\1: \\2``."""

    def expand_damage(match: re.Match[str], _: random.Random) -> str:
        return match.expand(str(damage))

    def expand_words(match: re.Match[str], _: str) -> tuple[str, ...]:
        return tuple(match.expand(str(words)).split("|")) if words else ()

    if "files" in options:
        options["files"] = re.compile(str(options["files"]))
    compiled = re.compile(pattern, re.MULTILINE)
    rewrite = damage if callable(damage) else expand_damage
    find_words = words if callable(words) else expand_words
    return Kind(name, compiled, rewrite, find_words, **options)  # type: ignore[arg-type]


def _typo(match: re.Match[str], rng: random.Random) -> str:
    """Swap two letters of the key, leave one out, or double one."""
    prefix, key, suffix = match.groups()
    position = rng.randrange(1, len(key) - 1)
    swapped = key[:position] + key[position + 1] + key[position] + key[position + 2 :]
    misspelled = rng.choice(
        [
            swapped if swapped != key else key[:-1] + "x",
            key[:position] + key[position + 1 :],
            key[:position] + key[position] + key[position:],
        ]
    )
    return prefix + misspelled + suffix


def _misspelled_key(match: re.Match[str], damaged: str) -> tuple[str, ...]:
    return (re.split(r"[:\s{]", damaged.removeprefix(match[1]).strip("- "))[0],)


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
    kind("a duplicate key", r"^(status: .*)$", "\\1\n\\1", where="below", words="status"),
    kind("an at sign first", r"^(summary|plain_name)(: )", "\\1\\2@"),
    kind("a percent sign first", r"^(summary|plain_name)(: )", "\\1\\2%"),
    kind("an anchor", r"^(summary|plain_name)(: )", "\\1\\2&"),
    kind("an alias", r"^(summary|plain_name)(: )", "\\1\\2*"),
    kind("a tag", r"^(summary|plain_name)(: )", "\\1\\2!"),
    kind("a character that reverses text", r"^(summary|plain_name)(: \S+)", "\\1\\2\u202e"),
    kind("words after a quote", r"(number: \"[^\"\n]+\")", "\\1 main"),
    kind("no dash before an item", r"^  - (key: [a-z-]+\n    types)", "    \\1", also=1),
    kind("a second document", r"^(status: .*)$", "---\n\\1"),
    # --- keys
    kind("a misspelled key", KEYS, _typo, _misspelled_key),
    kind("a key of another kind", r"^(status)(: \w+)$", "\\1\\2\ntelephone: none", "telephone", where="below"),
    kind("a misspelled key in braces", r"(\{days: .*?)\b(open|close)\b(: )", "\\1\\2d\\3", "opend|closed", files=r"partners/[a-z-]+\.yml$"),
    kind("a service without a name", r"^(  - key: [a-z-]+\n    types: .*\n)    name: .*\n", "\\1", "name", also=2),
    kind("a service without types", r"^(  - key: [a-z-]+\n)    types: .*\n", "\\1", "types", also=2),
    kind("a partner without a name", r"\A(?:#.*\n)*name: .*\n", "", "name", also=3),
    # --- values
    kind("words instead of a phone number", r"number: \"[^\"\n]+\"", "number: call the desk", "number|call the desk"),
    kind("a phone that is too short", r"number: \"[^\"\n]+\"", 'number: "555-01"', "number|555-01"),
    kind("curly quotes", r"number: \"([^\"\n]+)\"", "number: “\\1”", "number|“"),
    kind("the day first", r"(verified: \{date: )(\d{4})-(\d\d)-(\d\d)", "\\1\\4/\\3/\\2", "date|\\4/\\3/\\2"),
    kind("a day that does not exist", r"(verified: \{date: \d{4})-\d\d-\d\d", "\\1-02-30", "date|02-30"),
    kind("a month in words", r"(signed: )(\d{4})-(\d\d)-(\d\d)", "\\1March \\4 \\2", "signed|March"),
    kind("a time with am", r"open: \"\d\d:\d\d\"", "open: 9am", "open|9am"),
    kind("a time without a colon", r"close: \"(\d\d):(\d\d)\"", "close: \\1\\2", "close|\\1\\2"),
    kind("an hour that does not exist", r"close: \"\d\d:(\d\d)\"", 'close: "71:\\1"', "close|71:"),
    kind("a day in full", r"days: \[(mo|tu|we|th|fr|sa|su)", "days: [\\1day", "days|\\1day"),
    kind("an address without https", r"^(website: )https://(.*)$", "\\1www.\\2", "website|www."),
    kind("a script instead of an address", r"^(website: )https://.*$", "\\1javascript:alert(1)", "website|javascript"),
    kind("no at sign in an e-mail", r"^(email: [a-z-]+)@", "\\1 at ", "email"),
    kind("an unknown status", r"^(status: )\w+", "\\1open", "status|open"),
    kind("an unknown way to attend", r"(attend: \[)", "\\1in-persn, ", "attend|in-persn"),
    kind("an unknown appointment", r"^(    appointment: )\w+", "\\1sometimes", "appointment|sometimes"),
    kind("an unknown service type", r"^(    types: \[)", "\\1englsh, ", "englsh"),
    kind("an unknown place", r"^(    at: \[)", "\\1libary, ", "libary"),
    kind("an unknown partner", r"(refers: \{to: \[)", "\\1riverbend-adult-scool, ", "riverbend-adult-scool"),
    kind("a language in words", r"(- \{code: )[a-z]{2}\b", "\\1Spanish", "Spanish"),
    kind("neither yes nor no", r"(photo_id: )(yes|no)", "\\1maybe", "photo_id|maybe"),
    kind("a price with its sign", r"(amount: )(\d+)", "\\1$\\2", "amount|$\\2"),
    kind("ages that are swapped", r"ages: \[\d+, \w+\]", "ages: [65, 18]", "ages|age"),
    kind("latitude and longitude swapped", r"position: \[([^,\]]+), ([^\]]+)\]", "position: [\\2, \\1]", "position|latitude"),
    kind("closing before opening", r"open: \"\d\d:\d\d\", close: \"\d\d:\d\d\"", 'open: "09:00", close: "05:00"', "05:00"),
    kind("text instead of a list", r"^(    documents:)((?:\n      - .*)+)", "\\1 passport", "documents"),
    kind("a list instead of text", r"^(status: )(\w+)", "\\1[\\2]", "status"),
    kind("a number instead of a street address", r"address: \{[^}\n]*\}", "address: 12", "address"),
    kind("HTML in a text", r"^(description: \|\n)", "\\1  <b>bold</b>\n", "HTML", also=1, where="below"),
    kind("a link to a script", r"^(description: \|\n)", "\\1  [here](javascript:x)\n", "javascript", also=1, where="below"),
    kind("a missing picture", r"^(status: .*)$", "\\1\nlogo: images/not-there.png", "not-there|logo", where="below"),
    kind("more open places than there are", r"(seats: \{open: )\d+(, of: \d+)", "\\g<1>9999\\2", "9999|places"),
    # --- other files
    kind("translation: a misspelled key", r"^()(summary|plain_name|description)(:)", _typo, _misspelled_key, files=TRANSLATION),
    kind("translation: a fact", r"^(plain_name: .*)$", "\\1\nemail: a@example.org", "email", files=TRANSLATION, where="below"),
    kind("translation: an unknown service", r"^(services:\n  - key: )[a-z-]+", "\\1no-such-service", "no-such-service", files=TRANSLATION, also=1),
    kind("types: a duplicate id", r"^  - id: (citizenship-civics)$", "  - id: english", "english", files=TYPES),
    kind("types: a misspelled key", r"^(    )(sensitive|synonyms|summary)(:)", _typo, _misspelled_key, files=TYPES),
    kind("types: an unknown icon", r"^(    icon: )[a-z-]+", "\\1no-such-picture", "no-such-picture|icon", files=TYPES),
    kind("guide: a misspelled key", r"^()(region|time_zone|contact|areas)(:)", _typo, _misspelled_key, files=GUIDE),
    kind("guide: an unknown time zone", r"^(time_zone: ).*$", "\\1Eastern", "time_zone|Eastern", files=GUIDE),
    kind("guide: an unknown language", r"^(languages: \[en, )es", "\\1Spanish", "Spanish", files=GUIDE),
    kind("article: no date", r"^date: .*\n", "", "date", files=ARTICLE, where="file", also=1),
    kind("article: a misspelled key", r"^()(summary|authors|topics|partners)(:)", _typo, _misspelled_key, files=ARTICLE),
    kind("article: an unknown partner", r"\[\[partner:([a-z-]+)\]\]", "[[partner:no-such-partner]]", "no-such-partner", files=ARTICLE),
    kind("article: front matter not closed", r"(?<=\n)---\n", "\n", files=ARTICLE, where="file", also=400),
)  # fmt: skip


def faults(name: str, text: str, rng: random.Random) -> Iterator[Fault]:
    """Yield one fault of each kind for which the file has a place, each at a random place."""
    for fault_kind in KINDS:
        places = list(fault_kind.pattern.finditer(text)) if fault_kind.files.search(name) else []
        if not places:
            continue
        match = rng.choice(places)
        damaged = fault_kind.damage(match, rng)
        line = 1 if fault_kind.where == "file" else text.count("\n", 0, match.start()) + 1
        if fault_kind.where == "below":
            line += match[0].rstrip("\n").count("\n") + 1
        new_text = text[: match.start()] + damaged + text[match.end() :]
        yield Fault(fault_kind.name, new_text, range(line, line + fault_kind.also + 1), fault_kind.words(match, damaged))
