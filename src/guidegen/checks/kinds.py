"""Kinds of weakness, worst first: what would mislead a reader, then what makes reading hard, then what is only for staff."""

from collections.abc import Mapping

from guidegen.problems import Problem

KINDS: Mapping[str, tuple[str, str]] = {
    "misleading-link": ("Links that do something else than they seem to", "links do something else than they seem to"),
    "placeholder": ("Profiles that nobody filled in", "texts were never filled in"),
    "hours-ended": ("Hours that are over", "services have only hours that are over"),
    "notice-ended": ("Notices that are over", "notices are over"),
    "status-shown": (
        "Papers that show immigration status, where nobody asks about it",
        "services list papers that show immigration status, about which they do not ask",
    ),
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
"""By code: the title in a report, and what is so of a number of them. Others go by their code."""
_RANKS = {code: number for number, code in enumerate(KINDS)}


def rank(problem: Problem) -> int:
    """Return the place of a warning in a list."""
    return _RANKS.get(problem.code, len(KINDS))


def title(code: str) -> str:
    """Return what a kind is called in a report."""
    return KINDS[code][0] if code in KINDS else code.replace("-", " ").capitalize()


def counted(code: str, number: int) -> str:
    """Return one line for many warnings of a kind: "1,302 organizations were never verified"."""
    return f"{number:,} {KINDS[code][1]}" if code in KINDS else f"{number:,} warnings about: {code.replace('-', ' ')}"
