"""Checks on how a reader can reach a partner."""

from collections.abc import Iterator

from guidegen.checks.reporting import problem
from guidegen.model import Address, Guide, Location, Partner, Service
from guidegen.problems import Problem


def no_way_to_reach(guide: Guide) -> Iterator[Problem]:
    """A partner with no phone, e-mail, website or address is of no use to a reader.

    A way that is given but wrong has its own message already; a closed partner need not be reached.
    """
    for partner in guide.partners:
        places = any(place.name or place.position or place.address != Address() for place in partner.locations)
        holders: tuple[Partner | Location | Service, ...] = (partner, *partner.locations, *partner.services)
        ways = places or any(holder.phones or holder.email or holder.website for holder in holders)
        if not ways and partner.status != "closed" and partner.source not in guide.flawed:
            message = f"'{partner.slug}' has no phone, no e-mail, no website and no place"
            hint = 'Add at least one, for example:  phones: [{number: "(555) 555-0114"}]'
            yield problem(partner, "name", message, hint, "no-contact")
