"""What has grown old by today. These depend on the day, so they are part of ``check``, never of a page."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.hours import InWords, Times
from guidegen.model.opening_hours import has_ended, last_day
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.reach import holders_of


def unverified_or_old(guide: Guide, today: date) -> Iterator[Problem]:
    """Facts that nobody has checked, or not for longer than guide.yml allows."""
    limit = guide.settings.check_after_days
    for partner in guide.listed:
        hint = f"Call them, correct the file, and write  verified: {{date: {today}, by: …, how: phone}}"
        if partner.verified is None and "verified" not in partner.places:
            yield warning(partner, "name", "nobody has checked these facts yet", hint, "unverified")
        elif partner.verified and partner.verified.date > today:
            message = f"the facts were checked on {partner.verified.date}, a day that has not come yet"
            yield warning(partner, "verified", message, "Check the year.", "out-of-date")
        elif partner.verified and limit and (today - partner.verified.date).days > limit:
            days = (today - partner.verified.date).days
            message = f"the facts were last checked {days} days ago; this guide wants it every {limit} days"
            yield warning(partner, "verified", message, hint, "out-of-date", days)


def ended(guide: Guide, today: date) -> Iterator[Problem]:
    """Hours and notices that are over, and that readers still see."""
    for partner in guide.listed:
        yield from _ended_hours(partner, today)
        for service in partner.services:
            at = f"services.{service.key}"
            if service.status_until and service.status_until < today:
                message = f"'status: {service.status}' ended on {service.status_until}, and readers still see it"
                hint = "Ask them, then remove both lines or write a new date."
                yield warning(partner, f"{at}.status_until", message, hint, "status-ended")
            if service.alert and service.alert.until and service.alert.until < today:
                message = f"the notice ended on {service.alert.until}"
                yield warning(partner, f"{at}.alert", message, "Remove it, or write a new date.", "notice-ended")


def _ended_hours(partner: Partner, today: date) -> Iterator[Problem]:
    for at, holder in holders_of(partner):
        dated = [entry for entry in holder.hours if isinstance(entry, Times)]
        in_words = any(isinstance(entry, InWords) for entry in holder.hours)
        if dated and not in_words and all(has_ended(entry, today) for entry in dated):
            message = f"all hours in this list ended on {max(map(last_day, dated))}"
            yield warning(partner, f"{at}hours", message, "Write the new hours, or remove the old ones.", "hours-ended")


def agreements_and_reviews_due(guide: Guide, today: date) -> Iterator[Problem]:
    """Agreements that have run out, and reviews that are due."""
    for partner in guide.listed:
        block = partner.partnership
        if block.agreement and block.agreement.expires and block.agreement.expires < today:
            message = f"the agreement ended on {block.agreement.expires}"
            hint = "Renew it and correct 'expires', or write  type: none"
            yield warning(partner, "partnership.agreement.expires", message, hint, "agreement-ended")
        if block.next_review and block.next_review < today:
            message = f"the review was due on {block.next_review}"
            yield warning(partner, "partnership.next_review", message, "Talk to them, then set the next date.", "review-due")
