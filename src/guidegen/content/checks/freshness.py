"""Checks for facts that are out of date. They depend on today's date, so they run in ``check`` and never affect a page."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.hours import InWords, Times
from guidegen.model.opening_hours import find_last_day, has_ended
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.reach import iter_contact_holders


def unverified_or_old(guide: Guide, today: date) -> Iterator[Problem]:
    """Yield a warning for each partner whose facts were never verified, or too long ago for guide.yml."""
    limit = guide.settings.check_after_days
    for partner in guide.listed:
        hint = f"Call them, correct the file, and write  verified: {{date: {today}, by: …, how: phone}}"
        if partner.verified is None and "verified" not in partner.places:
            yield warning(partner, "name", "nobody has checked these facts yet", hint, "unverified")
        elif partner.verified and partner.verified.date > today:
            message = f"the facts were checked on {partner.verified.date}, which is in the future"
            yield warning(partner, "verified", message, "Check the year.", "out-of-date")
        elif partner.verified and limit and (today - partner.verified.date).days > limit:
            days = (today - partner.verified.date).days
            message = f"the facts were last checked {days} days ago; this guide asks for a check every {limit} days"
            yield warning(partner, "verified", message, hint, "out-of-date", days)


def ended(guide: Guide, today: date) -> Iterator[Problem]:
    """Yield a warning for hours, pauses and notices that have ended but are still shown."""
    for partner in guide.listed:
        yield from _check_ended_hours(partner, today)
        for service in partner.services:
            at = f"services.{service.key}"
            if service.status_until and service.status_until < today:
                message = f"'status: {service.status}' ended on {service.status_until}, but readers still see it"
                hint = "Ask them, then remove both lines or write a new date."
                yield warning(partner, f"{at}.status_until", message, hint, "status-ended")
            if service.alert and service.alert.until and service.alert.until < today:
                message = f"the notice ended on {service.alert.until}"
                yield warning(partner, f"{at}.alert", message, "Remove it, or write a new date.", "notice-ended")


def _check_ended_hours(partner: Partner, today: date) -> Iterator[Problem]:
    for at, holder in iter_contact_holders(partner):
        times = [entry for entry in holder.hours if isinstance(entry, Times)]
        has_words = any(isinstance(entry, InWords) for entry in holder.hours)
        if times and not has_words and all(has_ended(entry, today) for entry in times):
            message = f"all hours in this list ended on {max(map(find_last_day, times))}"
            yield warning(partner, f"{at}hours", message, "Write the new hours, or remove the old ones.", "hours-ended")


def gone_from_its_directory(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each partner that an import no longer found in the directory that it was taken from."""
    for partner in guide.listed:
        if partner.taken_from and partner.taken_from.gone:
            message = f"the directory that it was taken from no longer has it since {partner.taken_from.gone}"
            hint = "Call them. If it is closed, write  status: closed ; if it is open, remove the line  gone."
            yield warning(partner, "source.gone", message, hint, "source-gone")


def agreements_and_reviews_due(guide: Guide, today: date) -> Iterator[Problem]:
    """Yield a warning for each agreement that has expired and each review that is due."""
    for partner in guide.listed:
        partnership = partner.partnership
        if partnership.agreement and partnership.agreement.expires and partnership.agreement.expires < today:
            message = f"the agreement ended on {partnership.agreement.expires}"
            hint = "Renew it and correct 'expires', or write  type: none"
            yield warning(partner, "partnership.agreement.expires", message, hint, "agreement-ended")
        if partnership.next_review and partnership.next_review < today:
            message = f"the review was due on {partnership.next_review}"
            yield warning(partner, "partnership.next_review", message, "Talk to them, then set the next date.", "review-due")
