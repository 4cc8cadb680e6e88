"""Checks on the links of profiles. Links in Markdown are checked with their text."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import warning
from guidegen.content.misleading_links import find_effects
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.reach import iter_contact_holders


def misleading(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each unexpected effect of a link."""
    for partner in guide.partners:
        for at, address in _list_addresses(partner):
            for effect in find_effects(address):
                yield warning(partner, at, f"the link '{address[:60]}' {effect.sentence}", effect.hint, "misleading-link")


def _list_addresses(partner: Partner) -> Iterator[tuple[str, str]]:
    """Yield the path and URL of each link that readers can open."""
    for at, holder in iter_contact_holders(partner):
        yield f"{at}website", holder.website
        yield f"{at}email", f"mailto:{holder.email}"
    if partner.taken_from:
        yield "source.url", partner.taken_from.url
    for number, address in enumerate(partner.social):
        yield f"social.{number}", address
    for service in partner.services:
        yield f"services.{service.key}.apply.url", service.apply.url
