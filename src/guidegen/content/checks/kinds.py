"""Codes of warnings, worst first: what misleads readers, then what is hard to read, then what only concerns staff."""

from collections.abc import Mapping

from guidegen.model.problems import Problem

KINDS: Mapping[str, tuple[str, str]] = {
    "misleading-link": ("Links that do something else than they seem to", "links do something else than they seem to"),
    "placeholder": ("Profiles that nobody filled in", "texts were never filled in"),
    "hours-ended": ("Hours that are over", "services have only hours that are over"),
    "status-ended": ("Pauses that are over", "pauses are over"),
    "no-place": ("Services without a location", "services do not say at which location they are"),
    "notice-ended": ("Notices that are over", "notices are over"),
    "status-shown": (
        "Papers that show immigration status, where nobody asks about it",
        "services list papers that show immigration status, about which they do not ask",
    ),
    "lost-address": ("Addresses that would end", "published addresses would end"),
    "old-name": ("Names that are no longer in use", "references use a name from before"),
    "older-key": ("Keys of an older form", "keys are of an older form: guidegen upgrade"),
    "free-price": ("Free, with a price in a note", "prices are free and have a price in their note"),
    "hours-contradict": ("Dates with hours that are closed as well", "dates have hours and are closed as well"),
    "hours-overlap": ("Hours that overlap", "lines of hours overlap"),
    "before-midnight": ("Hours that end a minute before midnight", "services close one minute before midnight"),
    "phone-place": ("Numbers of one place that all places show", "numbers are those of one place and shown for all"),
    "phone-unknown": ("Numbers that no phone company gives out", "phone numbers are not given out by any phone company"),
    "shared-number": ("Numbers of two organizations", "phone numbers are those of two organizations"),
    "two-spellings": ("Addresses in two spellings", "addresses are written in two ways"),
    "spelling": ("Places in two spellings", "places are written in two ways"),
    "unknown-area": ("Areas that guide.yml does not name", "areas are not named in guide.yml"),
    "postal-code": ("Postal codes of the wrong form", "postal codes do not have the form of their country"),
    "wioa": ("Facts about WIOA that contradict each other", "profiles contradict themselves about WIOA"),
    "no-date": ("Notices without a date", "notices have no date"),
    "zawgyi": ("Burmese in an old encoding", "texts in Burmese are in an old encoding"),
    "reversed-text": ("Texts in reversed order", "texts are in reversed order"),
    "out-of-date": ("Facts to check again", "organizations were verified too long ago"),
    "unverified": ("Facts that nobody has checked", "organizations were never verified"),
    "dead-link": ("Websites that are gone", "websites are gone"),
    "private-link": ("Websites on private networks", "websites are on private networks"),
    "country-code": ("Languages that may be countries", "codes of languages may be meant for countries"),
    "stale-translation": ("Translations behind their source", "translations are behind their source"),
    "missing-translation": ("Texts without a translation", "translations lack texts that readers need most"),
    "presentation-forms": ("Shapes of letters in place of letters", "texts have shapes of letters in place of letters"),
    "hard-sentence": ("Sentences that are hard to read", "texts have a sentence that is hard to read"),
    "moved-link": ("Websites that have moved", "websites have moved"),
    "no-answer": ("Websites that did not answer", "websites did not answer"),
    "agreement-ended": ("Agreements that have ended", "agreements have ended"),
    "review-due": ("Reviews that are due", "reviews are due"),
}
"""Report title and counted phrase ("12 pauses are over") of each code. Other codes are shown as they are."""
_RANKS = {code: number for number, code in enumerate(KINDS)}


def rank(problem: Problem) -> int:
    """Return the sort rank of a warning; 0 is the worst."""
    return _RANKS.get(problem.code, len(KINDS))


def title(code: str) -> str:
    """Return the report title of a code."""
    return KINDS[code][0] if code in KINDS else code.replace("-", " ").capitalize()


def counted(code: str, number: int) -> str:
    """Return one line for many warnings of a code: "1,302 organizations were never verified"."""
    return f"{number:,} {KINDS[code][1]}" if code in KINDS else f"{number:,} warnings about: {code.replace('-', ' ')}"
