"""Sentences beside opening hours: which of them cannot change the hours, and which ask for an appointment."""

import re

from guidegen.patterns import compile_lazily


def _match_words(words: str) -> str:
    """Return a pattern for any of the words or patterns in a text."""
    return "(?:" + "|".join(words.split()) + ")"


_DOUBTFUL = _match_words(
    r"""
    noon midnight except close[ds]? weeks? weekly months? monthly until till while during between spring summer fall winter
    seasons? seasonal holidays? school varies vary other alternate change[sd]? hours? lunch dinner breakfast brunch supper snack
    today tonight first(?!\W+(?:come|served|floor)) last 1st 2nd 3rd 4th 5th second third fourth fifth after before
    start(?:s|ing)? begin\w* end(?:s|ing)? resum\w+ temporar\w+ suspend\w* paused cancel\w* shut or\s+by not no\s+longer
    weekdays? weekends? daily days? jan\w* feb\w* mar(?:ch)? apr\w* may june? july? aug\w* sep\w* oct\w* nov\w* dec\w*
    mon\w* tue\w* wed\w* thu\w* fri\w* sat(?:urday)?s? sun(?:day)?s?
    """
)
_CHANGES_HOURS = compile_lazily(rf"[0-9] ?(?:[ap]m|:[0-9]|- ?[0-9]{{1,2}}\b)|\b{_DOUBTFUL}\b", re.IGNORECASE)
_HARMLESS = compile_lazily(
    _match_words(
        r"""
        \(?(?:you\s)?must\s(?:bring|show|present|have|provide|live|be\spresent|register|call|make)\b bring\b show\b
        please\s(?:bring|call|enter|use|register|provide|park)\b serv(?:es|ing|e)\b only\sserv(?:es|ing)\b call\b phone\b
        enter\b use\sthe\b ring\b park\b photo\b id\b i\.d\. proof\b first[-\s]come
        free\s(?:meals|food|groceries|lunch)\b child(?:ren)?\smust\b walk-?ins?\b (?:[\w.']+\s){1,4}residents\sonly
        (?:the\s|food\spantry\s)?entrance\b no\s(?:appointment|id)\b appointments?\b
        everyone\b anyone\b all\sare\b open\sto\b
        """
    ),
    re.IGNORECASE,
)
_NEEDS_APPOINTMENT = compile_lazily(
    r"\b(?:by|must (?:make|have)|need|schedule|to (?:make|schedule|set)|for) (?:an )?appointments?\b"
    r"|appointments? (?:is |are )?(?:only|required|needed|necessary)",
    re.IGNORECASE,
)
_NO_APPOINTMENT = compile_lazily(
    r"\b(?:no|without|or|not)\b[^.]*appointment|appointments? (?:not|un)|prefer|recommend|walk", re.IGNORECASE
)
_CALL_FIRST = r"(?:must )?(?:call|phone|email)(?: (?:us|first|ahead|[0-9() -]{7,}))*"
_APPOINTMENT_ONLY = compile_lazily(
    rf"(?:please )?(?:{_CALL_FIRST} (?:to (?:make|schedule|set(?: up)?) |for )(?:an )?appointments?"
    r"|(?:open )?by appointments?(?: only)?|appointments? (?:only|required|needed)"
    r"|(?:s[oó]lo )?con cita(?: previa)?|nur nach vereinbarung|sur rendez-vous)[.!]?",
    re.IGNORECASE,
)


def changes_hours(sentence: str) -> bool:
    """Return whether a sentence speaks of times or days."""
    return bool(_CHANGES_HOURS.search(sentence))


def is_harmless(sentence: str) -> bool:
    """Return whether a sentence cannot change the hours beside it, because it begins with what to bring or whom it serves.

    Any other sentence makes the hours uncertain, in any language: "Mittwochs geschlossen", "Quarterly".
    """
    plain = sentence.strip("() .")
    return is_by_appointment_only(plain) or bool(_HARMLESS.match(plain) and not changes_hours(plain))


def is_by_appointment_only(text: str) -> bool:
    """Return whether a text says that people need an appointment, and nothing else."""
    return bool(_APPOINTMENT_ONLY.fullmatch(" ".join(text.split())))


def asks_for_appointment(text: str) -> bool:
    """Return whether a text says that people need an appointment, and not that they may have one."""
    return is_by_appointment_only(text) or bool(_NEEDS_APPOINTMENT.search(text) and not _NO_APPOINTMENT.search(text))
