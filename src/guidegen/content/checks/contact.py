"""Checks on how a reader can reach a partner."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem, warning
from guidegen.model.areas import place_key
from guidegen.model.guide import Guide
from guidegen.model.location import Address, Location
from guidegen.model.problems import Problem
from guidegen.model.reach import holders_of


def place_in_a_note(guide: Guide) -> Iterator[Problem]:
    """A number of the whole organization whose note names one of its places: other offices show it as well."""
    for partner in guide.partners:
        for number, phone in enumerate(partner.phones) if len(partner.locations) > 1 else ():
            words = f" {place_key(phone.note.source)} "
            named = [place.key for place in partner.locations if any(f" {name} " in words for name in _names(place))]
            if len(named) == 1 and not phone.at:
                at = f"phones.{phone.number}.note"
                at = at if at in partner.places else f"phones.{number}"
                message = f"the note '{phone.note.source}' names one place, and the number is shown for all of them"
                yield warning(partner, at, message, f"Write  at: {named[0]}  in this entry.", "phone-place")


def _names(place: Location) -> set[str]:
    """Return what a place is called, as it may stand in a note."""
    return {place_key(name) for name in (place.key, place.name.source, place.address.city) if name}


def no_way_to_reach(guide: Guide) -> Iterator[Problem]:
    """A partner with no phone, e-mail, website or address is of no use to a reader.

    A way that is given but wrong has its own message already; a closed partner need not be reached.
    """
    for partner in guide.partners:
        places = any(place.name or place.position or place.address != Address() for place in partner.locations)
        ways = places or any(holder.phones or holder.email or holder.website for _, holder in holders_of(partner))
        if not ways and partner.status != "closed" and partner.source not in guide.flawed:
            message = f"'{partner.slug}' has no phone, no e-mail, no website and no place"
            hint = 'Add at least one, for example:  phones: [{number: "(555) 555-0114"}]'
            yield problem(partner, "name", message, hint, "no-contact")
