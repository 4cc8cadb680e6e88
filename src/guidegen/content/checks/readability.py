"""Checks on readability. Many people read a guide in a language that they are still learning."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.patterns import compile_lazily

MAX_WORDS = 25
"""Maximum length of a sentence in words (GOV.UK, "Content design: writing for GOV.UK")."""
_SENTENCE_ENDS = compile_lazily(r"(?<=[.!?:;。！？])\s+|\n\s*(?:\n|[-*+#]|\d+\.)")
_NOT_READ = compile_lazily(r"\]\([^)]*\)|https?://\S+")
_ACRONYM = compile_lazily(r"(?<![\w.@/&-])[A-Z]{3,6}(?![\w.@/&-])")
_KEYWORD = compile_lazily(r"[^AEIOU]{1,2}[AEIOU]{1,2}[^AEIOU]{1,2}[AEIO]?")
"""A word in capitals, such as the one to text to a number: FOOD, TALK, PAGO."""
_KNOWN_ACRONYMS = """
AFL AIDS ATM CEO CIO CNA CPR DACA DMV DNA EBT ESL ESOL FAFSA FAQ FBI GED HIV HSE HVAC ICE IRS ITIN LGBTQ MBTA
NYC OSHA PDF PIN RMV SMS SNAP SSI SSN STD STI TPS TTY USA USB USCIS VIN WIC WIFI YMCA YWCA
"""
"""Acronyms that people who need them know better than their long form."""


@cache
def _read_plain_words() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return words of offices with plainer ones, and a pattern that finds them.

    From plainlanguage.gov, "Use simple words and phrases"; the phrases of grant writers are ours.
    """
    lines = Path(__file__).with_name("plain_words.txt").read_text(encoding="utf-8").splitlines()
    plainer = dict(line.split(" = ", 1) for line in lines)
    longest_first = sorted(map(re.escape, plainer), key=len, reverse=True)
    return plainer, re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)


def hard_sentences(guide: Guide, _: date) -> Iterator[Problem]:
    """Yield a warning for each source text with a long sentence; translations follow the source."""
    for partner in guide.partners:
        for at, text in partner.texts.items():
            longest = max(map(_split_words, _SENTENCE_ENDS.split(text.source)), key=len)
            if len(longest) > MAX_WORDS:
                message = f"a sentence of {len(longest)} words is hard to read: “{' '.join(longest[:6])} …”"
                hint = f"Split it: at most {MAX_WORDS} words and one idea in each sentence."
                yield warning(partner, at, message, hint, "hard-sentence", len(longest))


def _split_words(sentence: str) -> list[str]:
    return [word for word in _NOT_READ.sub("", sentence).split() if any(map(str.isalnum, word))]


def hard_words(guide: Guide, _: date) -> Iterator[Problem]:
    """Yield a warning for each English source text with words of offices, and for acronyms that no text of a profile spells out.

    Other languages are left alone: a list of words means nothing there.
    """
    if guide.settings.languages[0].split("-")[0] != "en":
        return
    for partner in guide.partners:
        yield from _find_office_words(partner)
        yield from _find_unknown_acronyms(partner)


def _find_office_words(partner: Partner) -> Iterator[Problem]:
    plainer, pattern = _read_plain_words()
    for at, text in partner.texts.items():
        found = dict.fromkeys(match.casefold() for match in pattern.findall(_NOT_READ.sub("", text.source)))
        if found:
            words = list(found)
            shown = ", ".join(f"“{word}”" for word in words[:3])
            hint = "Write plainer words:  " + ";  ".join(f"{word}: {plainer[word]}" for word in words[:3])
            yield warning(partner, at, f"words that few readers use: {shown}", hint, "hard-words", len(words))


def _find_unknown_acronyms(partner: Partner) -> Iterator[Problem]:
    texts = {at: text.source for at, text in partner.texts.items()}
    everything = " ".join((partner.name, *partner.also_known_as, *texts.values()))
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", everything)).casefold()
    for at, text in texts.items():
        for acronym in dict.fromkeys(_ACRONYM.findall(_NOT_READ.sub("", text))):
            is_known = acronym in _KNOWN_ACRONYMS.split() or acronym in partner.also_known_as
            is_word = text.isupper() or _KEYWORD.fullmatch(acronym)
            is_spelled_out = acronym.casefold() in initials or f"({acronym})" in everything or f"{acronym} (" in everything
            if not (is_known or is_word or is_spelled_out):
                hint = f"Write what it means once:  {acronym} (…)"
                yield warning(partner, at, f"“{acronym}” is never spelled out", hint, "acronym")
                return
