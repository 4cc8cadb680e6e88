"""Checks on references between files: the partner, location, area or service type that is named must exist."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from guidegen.content.checks.addresses import area_path
from guidegen.content.checks.reporting import old_name_warning, problem, warning
from guidegen.content.fields.intended import fold
from guidegen.model.areas import normalize_place
from guidegen.model.guide import Guide
from guidegen.model.hours import Hours
from guidegen.model.location import Location, Phone
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, suggest
from guidegen.model.reach import is_remote, iter_contact_holders
from guidegen.model.renames import collect_renames
from guidegen.model.service import REMOTE, Service

TYPES = PurePosixPath("content/services.yml")


def unknown_types(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each type of a service that services.yml does not have."""
    type_ids, renamed = [kind.id for kind in guide.service_types], collect_renames(guide).service_types
    by_name = {fold(text.text): kind.id for kind in guide.service_types for text in kind.name.translations.values()}
    for partner in guide.partners if type_ids and TYPES not in guide.files_with_errors else ():
        for service in partner.services:
            for number, name in enumerate(service.types):
                at = f"services.{service.key}.types.{number}"
                if name in renamed:
                    yield old_name_warning(partner, at, name, renamed[name])
                elif name not in type_ids:
                    message = f"'{name}' is not a service type of this guide"
                    named = by_name.get(fold(name))
                    hint = f"Write its id:  {named}" if named else suggest(name, type_ids)
                    yield problem(partner, at, message, hint, "unknown-type")


def unknown_places(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each ``at`` that is neither a location of the partner nor online, phone or home."""
    for partner in guide.partners:
        place_keys = [*(place.key for place in partner.locations), *REMOTE]
        location_paths = [path for path in partner.places if path.startswith("locations.") and path.count(".") == 1]
        for service in partner.services if len(location_paths) == len(partner.locations) else ():
            for number, name in enumerate(service.at):
                if name not in place_keys:
                    at = f"services.{service.key}.at.{number}"
                    message = f"'{name}' is not the key of one of this partner's locations"
                    yield problem(partner, at, message, suggest(name, place_keys), "unknown-location")


def unknown_partners(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each parent organization or referral that is not a partner of the guide."""
    renamed = collect_renames(guide).partners
    for partner in guide.partners:
        if partner.part_of in partner.was:
            pass  # the partner itself, which another check reports
        elif partner.part_of in renamed:
            yield old_name_warning(partner, "part_of", partner.part_of, renamed[partner.part_of])
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
                    yield old_name_warning(partner, at, name, renamed[name])
                elif name not in guide.slugs:
                    message = f"'{name}' is not a partner of this guide"
                    yield problem(partner, at, message, suggest(name, sorted(guide.slugs)), "unknown-partner")


def refers_to_itself(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each partner that is part of itself or refers to itself."""
    for partner in guide.partners:
        if partner.part_of in (partner.slug, *partner.was):
            yield problem(partner, "part_of", "the partner is listed as part of itself", "Remove the line.", "self-referral")
        refers = partner.partnership.refers
        for field, names in (("to", refers.to), ("from", refers.from_)):
            own_name = next((name for name in names if name in (partner.slug, *partner.was)), None)
            if own_name:
                at = f"partnership.refers.{field}.{names.index(own_name)}"
                yield problem(partner, at, "the partner refers to itself", "Remove this entry.", "self-referral")


def unknown_areas(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each area of a service that is not one of the areas in guide.yml, if it lists any."""
    area_names = [name for area in guide.settings.areas for name in (area.name, *area.cities)]
    keys = set(map(normalize_place, area_names))
    for partner in guide.partners if area_names and guide.settings.source not in guide.files_with_errors else ():
        for service in partner.services:
            for field, area in (("serves", service.serves), ("must_live_in", service.must_live_in)):
                for number, name in enumerate(area.names):
                    if normalize_place(name) not in keys:
                        message = f"'{name}' is not an area of this guide"
                        hint = suggest(name, dict.fromkeys(area_names)) + "   Areas are listed in guide.yml."
                        yield warning(partner, area_path(partner, service.key, field, number), message, hint, "unknown-area")


def areas_around(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each ``part_of`` of an area that is not an area in guide.yml."""
    settings = guide.settings
    area_names = [area.name for area in settings.areas]
    keys = set(map(normalize_place, area_names))
    for area in settings.areas if settings.source not in guide.files_with_errors else ():
        for number, name in enumerate(area.part_of):
            if normalize_place(name) not in keys:
                at = f"areas.{area.name}.part_of.{number}"
                yield warning(settings, at, f"'{name}' is not an area of this guide", suggest(name, area_names), "unknown-area")


def circles(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for the first ``part_of`` cycle of partners and the first of areas."""
    partners = {partner.slug: partner for partner in guide.partners}
    parents = {partner.slug: [partner.part_of] for partner in guide.partners if partner.part_of != partner.slug}
    if cycle := _find_cycle(parents):
        yield problem(partners[cycle[0]], "part_of", *_describe_cycle(cycle), "circle")
    areas = guide.settings.areas
    area_names = {normalize_place(area.name): area.name for area in areas}
    area_parents = {normalize_place(area.name): list(map(normalize_place, area.part_of)) for area in areas}
    if cycle := [area_names[key] for key in _find_cycle(area_parents)]:
        yield problem(guide.settings, f"areas.{cycle[0]}.part_of", *_describe_cycle(cycle), "circle")


def _find_cycle(parents: dict[str, list[str]]) -> list[str]:
    """Return the members of a cycle, each before its parent, from the smallest name on; empty if there is no cycle."""
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1][:0:-1]  # graphlib repeats the first node at the end and puts parents first
        start = cycle.index(min(cycle))
        return cycle[start:] + cycle[:start]
    return []


def _describe_cycle(cycle: list[str]) -> tuple[str, str]:
    """Return the message and the hint."""
    first, *between = cycle
    way = f", through {', '.join(map(repr, between))}" if between else ""
    return f"'{first}' is part of itself{way}", "Remove 'part_of' where it is wrong."


def unknown_where(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each service that does not say at which of several locations it is: no office phone is shown for it."""
    for partner in guide.partners:
        for service in partner.services if len(partner.locations) > 1 else ():
            if not service.at and not is_remote(service):
                keys = ", ".join(place.key for place in partner.locations)
                message = f"'{service.key}' does not say which location it is at"
                yield warning(
                    partner,
                    f"services.{service.key}",
                    message,
                    f"Write  at: [{keys}]  with only the locations that are right.",
                    "no-place",
                )


def facts_of_other_places(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each phone and entry of hours ``at`` a place that its partner, location or service does not have."""
    for partner in guide.partners:
        location_keys = [place.key for place in partner.locations]
        for at, holder in iter_contact_holders(partner):
            place_keys = location_keys
            if isinstance(holder, Location):
                place_keys = [holder.key]
            elif isinstance(holder, Service):
                place_keys = [*holder.at] or [*location_keys, *(mode for mode in holder.attend if mode in REMOTE)]
            yield from _check_places(partner, f"{at}phones", holder.phones, place_keys)
            yield from _check_places(partner, f"{at}hours", holder.hours, place_keys)


def _check_places(partner: Partner, at: str, facts: Sequence[Phone | Hours], place_keys: Sequence[str]) -> Iterator[Problem]:
    facts = [fact for fact in facts if fact.at]
    if all(key in place_keys for fact in facts for key in fact.at):
        return
    paths = [path for path in partner.places if path.startswith(f"{at}.") and path.endswith(".at")]  # in file order
    for fact, path in zip(facts, paths if len(paths) == len(facts) else [at] * len(facts), strict=True):
        for key in dict.fromkeys(key for key in fact.at if key not in place_keys):
            message = f"'at: {key}' is not a location of this partner or service"
            hint = f"Write one of:  {', '.join(place_keys)}" if place_keys else "Remove it: there is no such location."
            yield problem(partner, path, message, hint, "unknown-location")
