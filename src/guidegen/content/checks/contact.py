"""Checks on how a reader can reach a partner."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import problem, warning
from guidegen.model.areas import normalize_place
from guidegen.model.guide import Guide
from guidegen.model.location import Address, Location
from guidegen.model.problems import Problem
from guidegen.model.reach import iter_contact_holders


def place_in_a_note(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each phone of the organization whose note names a single location: every location shows it."""
    for partner in guide.partners:
        for number, phone in enumerate(partner.phones) if len(partner.locations) > 1 else ():
            note = f" {normalize_place(phone.note.source)} "
            keys = [place.key for place in partner.locations if any(f" {name} " in note for name in _list_names(place))]
            if len(keys) == 1 and not phone.at:
                at = f"phones.{phone.number}.note"
                at = at if at in partner.places else f"phones.{number}"
                message = f"the note '{phone.note.source}' names one location, but the number is shown for all of them"
                yield warning(partner, at, message, f"Add  at: {keys[0]}  to this entry.", "phone-place")


def _list_names(place: Location) -> set[str]:
    """Return the normalized names that a note may use for a location."""
    return {normalize_place(name) for name in (place.key, place.name.source, place.address.city) if name}


def nobody_to_reach(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a warning if every organization is a draft, or there is none: an empty guide would be published.

    It does not stop a strict build, because every new guide begins like this.
    """
    if all(partner.status == "draft" for partner in guide.partners) and not guide.files_with_errors:
        hint = "Add a profile to content/partners, or remove  status: draft  from one."
        yield warning(guide.settings, "name", "the guide has no organization that readers can see", hint, "no-organization")


def no_way_to_reach(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each partner without a phone, e-mail, website or location.

    Closed partners and drafts are exempt, and so are files with errors: a faulty phone or address already has its own message.
    """
    for partner in guide.partners:
        has_place = any(place.name or place.position or place.address != Address() for place in partner.locations)
        is_reachable = has_place or any(
            holder.phones or holder.email or holder.website for _, holder in iter_contact_holders(partner)
        )
        if not is_reachable and partner.status not in ("closed", "draft") and partner.source not in guide.files_with_errors:
            message = f"'{partner.slug}' has no phone, no e-mail, no website and no location"
            hint = 'Add at least one, for example:  phones: [{number: "(555) 555-0114"}]'
            yield problem(partner, "name", message, hint, "no-contact")
