"""Checks for placeholder text from ``guidegen new`` that nobody replaced."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import warning
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, Severity
from guidegen.model.reach import iter_phones

SUMMARY = "One sentence that says what it does for people."
SERVICE = "What the service is called"
PHONE = "(555) 555-0100"
CONTACT = "Who keeps this guide"
ARTICLE = "One sentence about the article."


def left_in_profiles(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each placeholder in a profile that is not a draft."""
    for partner in guide.partners:
        for at, text in partner.texts.items() if partner.status != "draft" else ():
            if text.source in (SUMMARY, SERVICE):
                hint = "Replace it, or write  status: draft  until someone knows."
                yield warning(partner, at, f"'{text.source}' is placeholder text from a new profile", hint, "placeholder")
        for at, phone in iter_phones(partner) if partner.status != "draft" and not guide.settings.fictional else ():
            if phone.number == PHONE:
                hint = "Write the number that people call, or remove it."
                yield warning(partner, at, f"'{PHONE}' is placeholder text from a new profile", hint, "placeholder")


def left_in_settings(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a warning for each example name or address that ``guidegen new guide`` wrote and readers would see."""
    settings = guide.settings
    host, contact = urls.host(settings.address), settings.contact
    is_example = host.endswith(".example.org") and contact.email == f"guide@{host}"
    values = {"address": settings.address, "contact.email": contact.email} if is_example else {}
    values |= {"contact.name": contact.name} if contact.name == CONTACT else {}
    for at, value in values.items() if not settings.fictional else ():
        yield warning(settings, at, f"'{value}' is an example", "Write the real one before you publish.", "placeholder")


def left_in_articles(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each placeholder in an article that is not a draft."""
    for article in guide.spotlights:
        first = article.editions[0]
        if first.summary == ARTICLE and not article.draft:
            hint = "Say what the article is about, or write  draft: yes"
            yield Problem(
                first.source, 1, 1, f"'{ARTICLE}' is placeholder text from a new article", hint, "placeholder", Severity.WARNING
            )
