"""Checks that names in one place of the content exist in another."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from guidegen.content.checks.addresses import area_path
from guidegen.content.checks.reporting import old_name, problem, warning
from guidegen.model.areas import place_key
from guidegen.model.guide import Guide
from guidegen.model.hours import Hours
from guidegen.model.location import Location, Phone
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, suggest
from guidegen.model.reach import holders_of, is_remote
from guidegen.model.renames import renames_of
from guidegen.model.service import REMOTE, Service

TYPES = PurePosixPath("content/services.yml")


def unknown_types(guide: Guide) -> Iterator[Problem]:
    """A service's types stand in services.yml."""
    known, renamed = [kind.id for kind in guide.service_types], renames_of(guide).service_types
    for partner in guide.partners if known and TYPES not in guide.flawed else ():
        for service in partner.services:
            for number, name in enumerate(service.types):
                at = f"services.{service.key}.types.{number}"
                if name in renamed:
                    yield old_name(partner, at, name, renamed[name])
                elif name not in known:
                    message = f"'{name}' is not a service type of this guide"
                    yield problem(partner, at, message, suggest(name, known), "unknown-type")


def unknown_places(guide: Guide) -> Iterator[Problem]:
    """Where a service is: one of the partner's locations, or online, phone, home."""
    for partner in guide.partners:
        known = [*(place.key for place in partner.locations), *REMOTE]
        given = [path for path in partner.places if path.startswith("locations.") and path.count(".") == 1]
        for service in partner.services if len(given) == len(partner.locations) else ():
            for number, name in enumerate(service.at):
                if name not in known:
                    at = f"services.{service.key}.at.{number}"
                    message = f"'{name}' is not the key of a location of this partner"
                    yield problem(partner, at, message, suggest(name, known), "unknown-location")


def unknown_partners(guide: Guide) -> Iterator[Problem]:
    """Referral paths lead to partners of this guide."""
    renamed = renames_of(guide).partners
    for partner in guide.partners:
        if partner.part_of in partner.was:
            pass  # the partner itself, which another check reports
        elif partner.part_of in renamed:
            yield old_name(partner, "part_of", partner.part_of, renamed[partner.part_of])
        elif partner.part_of and partner.part_of not in guide.slugs:
            message = f"'{partner.part_of}' is not a partner of this guide"
            yield problem(partner, "part_of", message, suggest(partner.part_of, sorted(guide.slugs)), "unknown-partner")
        refers = partner.partnership.refers
        for field, names in (("to", refers.to), ("from", refers.from_)):
            for number, name in enumerate(names):
                at = f"partnership.refers.{field}.{number}"
                if name in partner.was:
                    continue  # the partner itself, which another check reports
                if name in renamed:
                    yield old_name(partner, at, name, renamed[name])
                elif name not in guide.slugs:
                    message = f"'{name}' is not a partner of this guide"
                    yield problem(partner, at, message, suggest(name, sorted(guide.slugs)), "unknown-partner")


def refers_to_itself(guide: Guide) -> Iterator[Problem]:
    """A referral path has two ends."""
    for partner in guide.partners:
        if partner.part_of in (partner.slug, *partner.was):
            yield problem(partner, "part_of", "the partner is a part of itself", "Remove the line.", "self-referral")
        refers = partner.partnership.refers
        for field, names in (("to", refers.to), ("from", refers.from_)):
            own = next((name for name in names if name in (partner.slug, *partner.was)), None)
            if own:
                at = f"partnership.refers.{field}.{names.index(own)}"
                yield problem(partner, at, "the partner refers to itself", "Remove this entry.", "self-referral")


def unknown_areas(guide: Guide) -> Iterator[Problem]:
    """When guide.yml names its areas, partners use those names."""
    known = [name for area in guide.settings.areas for name in (area.name, *area.cities)]
    keys = set(map(place_key, known))
    for partner in guide.partners if known and guide.settings.source not in guide.flawed else ():
        for service in partner.services:
            for field, area in (("serves", service.serves), ("must_live_in", service.must_live_in)):
                for number, name in enumerate(area.names):
                    if place_key(name) not in keys:
                        message = f"'{name}' is not an area of this guide"
                        hint = suggest(name, dict.fromkeys(known)) + "   Areas are named in guide.yml."
                        yield warning(partner, area_path(partner, service.key, field, number), message, hint, "unknown-area")


def areas_around(guide: Guide) -> Iterator[Problem]:
    """An area is part of areas that guide.yml names."""
    settings = guide.settings
    known = [area.name for area in settings.areas]
    keys = set(map(place_key, known))
    for area in settings.areas if settings.source not in guide.flawed else ():
        for number, name in enumerate(area.part_of):
            if place_key(name) not in keys:
                at = f"areas.{area.name}.part_of.{number}"
                yield warning(settings, at, f"'{name}' is not an area of this guide", suggest(name, known), "unknown-area")


def circles(guide: Guide) -> Iterator[Problem]:
    """No area and no partner is a part of what is a part of it. One circle of each kind is named at a time."""
    partners = {one.slug: one for one in guide.partners}
    wholes = {one.slug: [one.part_of] for one in guide.partners if one.part_of != one.slug}
    if circle := _circle(wholes):
        yield problem(partners[circle[0]], "part_of", *_said_of(circle), "circle")
    names = {place_key(one.name): one.name for one in guide.settings.areas}
    around = {place_key(one.name): list(map(place_key, one.part_of)) for one in guide.settings.areas}
    if circle := _circle(around):
        named = [names[key] for key in circle]
        yield problem(guide.settings, f"areas.{named[0]}.part_of", *_said_of(named), "circle")


def _circle(wholes: dict[str, list[str]]) -> list[str]:
    """Return what is a part of itself, and what is between, in the order of the parts; empty if nothing is."""
    try:
        TopologicalSorter(wholes).prepare()
    except CycleError as error:
        found: list[str] = error.args[1][:0:-1]  # the first is repeated at the end, and wholes come before their parts
        first = found.index(min(found))
        return found[first:] + found[:first]
    return []


def _said_of(circle: list[str]) -> tuple[str, str]:
    first, *between = circle
    way = f", by way of {', '.join(map(repr, between))}" if between else ""
    return f"'{first}' is a part of itself{way}", "Remove 'part_of' where it is wrong."


def unknown_where(guide: Guide) -> Iterator[Problem]:
    """Report a service that does not say at which of several locations it is: it shows no number of an office."""
    for partner in guide.partners:
        for service in partner.services if len(partner.locations) > 1 else ():
            if not service.at and not is_remote(service):
                keys = ", ".join(place.key for place in partner.locations)
                message = f"'{service.key}' does not say at which location it is"
                yield warning(
                    partner,
                    f"services.{service.key}",
                    message,
                    f"Write  at: [{keys}]  or those of them that are right.",
                    "no-place",
                )


def facts_of_other_places(guide: Guide) -> Iterator[Problem]:
    """Report phones and hours ``at`` a location that the partner does not have, or where the service is not offered."""
    for partner in guide.partners:
        everywhere = [place.key for place in partner.locations]
        for at, holder in holders_of(partner):
            known = everywhere
            if isinstance(holder, Location):
                known = [holder.key]
            elif isinstance(holder, Service):
                known = [*holder.at] or [*everywhere, *(way for way in holder.attend if way in REMOTE)]
            yield from _held(partner, f"{at}phones", holder.phones, known)
            yield from _held(partner, f"{at}hours", holder.hours, known)


def _held(partner: Partner, at: str, facts: Sequence[Phone | Hours], known: Sequence[str]) -> Iterator[Problem]:
    placed = [fact for fact in facts if fact.at]
    if all(key in known for fact in placed for key in fact.at):
        return
    paths = [path for path in partner.places if path.startswith(f"{at}.") and path.endswith(".at")]  # in the order of the file
    for fact, path in zip(placed, paths if len(paths) == len(placed) else [at] * len(placed), strict=True):
        for key in dict.fromkeys(key for key in fact.at if key not in known):
            message = f"'at: {key}' is not one of the places where this is"
            hint = f"Write one of:  {', '.join(known)}" if known else "Remove it: there is no such location."
            yield problem(partner, path, message, hint, "unknown-location")
