"""Titles of the warnings, by code, most urgent first: what misleads readers, what is hard to read, what only concerns staff."""

from collections.abc import Mapping

from guidegen.model.problems import Problem

KINDS: Mapping[str, tuple[str, str]] = {
    "misleading-link": ("Misleading links", "links do something other than they seem to"),
    "placeholder": ("Profiles that nobody filled in", "texts were never filled in"),
    "hours-ended": ("Hours that have ended", "services have only hours that have ended"),
    "status-ended": ("Pauses that have ended", "pauses have ended"),
    "no-place": ("Services without a location", "services do not say which location they are at"),
    "notice-ended": ("Notices that have ended", "notices have ended"),
    "status-shown": (
        "Documents that show immigration status where nobody asks about it",
        "services require documents that show immigration status but say that they do not ask about it",
    ),
    "old-booklet": ("Booklets with old facts", "booklets do not have the facts of today"),
    "lost-address": ("Addresses that would stop working", "published addresses would stop working"),
    "old-name": ("Old names", "references use an old name"),
    "older-key": ("Outdated keys", "keys are outdated: run guidegen upgrade"),
    "free-price": ("Free, but with a price in the note", "costs are free but have a price in their note"),
    "hours-contradict": ("Dates with hours that are also closed", "dates have hours but are also closed"),
    "hours-overlap": ("Hours that overlap", "lines of hours overlap"),
    "before-midnight": ("Hours that end a minute before midnight", "services close one minute before midnight"),
    "night": ("Hours in the night", "services are open only in the night"),
    "no-organization": ("No organizations", "guides have no organization that readers can see"),
    "phone-place": (
        "Numbers of one location that all locations show",
        "phone numbers belong to one location but are shown for all",
    ),
    "phone-unknown": ("Numbers that phone companies do not use", "phone numbers are not used by any phone company"),
    "shared-number": ("Numbers of two organizations", "phone numbers belong to two organizations"),
    "two-spellings": ("Addresses in two spellings", "addresses are written in two ways"),
    "spelling": ("Places in two spellings", "places are written in two ways"),
    "unknown-area": ("Areas that are not in guide.yml", "areas are not listed in guide.yml"),
    "empty-guide": ("Guides without partners", "partial guides have no partners"),
    "address-parts": ("Addresses in the wrong fields", "addresses are in the wrong fields"),
    "postal-code": ("Postal codes in the wrong format", "postal codes do not have the format of their country"),
    "urgent-number": ("Emergency numbers of another country", "urgent numbers are those of another country"),
    "no-urgent-number": ("No emergency numbers", "guides have no emergency numbers"),
    "wioa": ("Facts about WIOA that contradict each other", "profiles contradict themselves about WIOA"),
    "no-date": ("Notices without a date", "notices have no date"),
    "wrong-encoding": ("Texts read in a wrong encoding", "texts were read in a wrong encoding"),
    "zawgyi": ("Burmese in an old encoding", "texts in Burmese are in an old encoding"),
    "reversed-text": ("Texts in reversed order", "texts are in reversed order"),
    "out-of-date": ("Facts to check again", "organizations were verified too long ago"),
    "source-gone": ("Records that are gone from their directory", "directories no longer have these organizations"),
    "unverified": ("Facts that nobody has checked", "organizations were never verified"),
    "dead-link": ("Websites that are gone", "websites are gone"),
    "private-link": ("Websites on private networks", "websites are on private networks"),
    "country-code": ("Language codes that may be countries", "language codes may be meant as countries"),
    "stale-translation": ("Outdated translations", "translations are outdated"),
    "missing-translation": ("Texts without a translation", "translations lack texts that readers need most"),
    "type-untranslated": ("Kinds of help without a name in a language", "kinds of help have no name in a language"),
    "presentation-forms": ("Letter shapes instead of letters", "texts have letter shapes instead of letters"),
    "hard-sentence": ("Sentences that are hard to read", "texts have a sentence that is hard to read"),
    "moved-link": ("Websites that have moved", "websites have moved"),
    "no-answer": ("Websites that did not answer", "websites did not answer"),
    "agreement-ended": ("Agreements that have ended", "agreements have ended"),
    "review-due": ("Reviews that are due", "reviews are due"),
}
"""Report title and counted phrase ("12 pauses have ended") of each code. Other codes are shown as they are."""
_RANKS = {code: number for number, code in enumerate(KINDS)}


def get_rank(problem: Problem) -> int:
    """Return the sort rank of a warning; 0 is the worst."""
    return _RANKS.get(problem.code, len(KINDS))


def title(code: str) -> str:
    """Return the report title of a code."""
    return KINDS[code][0] if code in KINDS else code.replace("-", " ").capitalize()


def format_count(code: str, number: int) -> str:
    """Return one line for many warnings of a code: "1,302 organizations were never verified"."""
    return f"{number:,} {KINDS[code][1]}" if code in KINDS else f"{number:,} warnings about: {code.replace('-', ' ')}"
