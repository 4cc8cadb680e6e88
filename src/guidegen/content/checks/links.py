"""Checks on the web addresses of profiles. (Links in Markdown are checked with the rest of the text.)"""

from collections.abc import Iterator

from guidegen.content.checks.reporting import warning
from guidegen.content.misleading_links import effects
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.reach import holders_of


def misleading(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each address that leads elsewhere than it seems to."""
    for partner in guide.partners:
        for at, address in _addresses(partner):
            for effect in effects(address):
                yield warning(partner, at, f"the link '{address[:60]}' {effect.sentence}", effect.hint, "misleading-link")


def _addresses(partner: Partner) -> Iterator[tuple[str, str]]:
    """Yield the addresses that readers can open, each with the path of its field."""
    for at, holder in holders_of(partner):
        yield f"{at}website", holder.website
        yield f"{at}email", f"mailto:{holder.email}"
    if partner.taken_from:
        yield "source.url", partner.taken_from.url
    for number, address in enumerate(partner.social):
        yield f"social.{number}", address
    for service in partner.services:
        yield f"services.{service.key}.apply.url", service.apply.url
