"""Checks for what ``guidegen new`` writes to be replaced, and nobody did."""

from collections.abc import Iterator

from guidegen.checks.reporting import warning
from guidegen.model import Guide
from guidegen.problems import Problem

SUMMARY = "One sentence that says what it does for people."
SERVICE = "What the service is called"


def left(guide: Guide) -> Iterator[Problem]:
    """A profile that is no draft any more, and still says what stands there for any."""
    for partner in guide.partners:
        for at, text in partner.texts.items() if partner.status != "draft" else ():
            if text.source in (SUMMARY, SERVICE):
                hint = "Write what is so, or set  status: draft  until somebody knows."
                yield warning(partner, at, f"'{text.source}' is what a new profile begins with", hint, "placeholder")
