"""Checks on names of places and postal addresses."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem, warning
from guidegen.model import urls
from guidegen.model.areas import find_areas, iter_area_names, normalize_place
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.postal_addresses import address_rules, postal_code_fits
from guidegen.model.problems import Problem


def spelled_in_two_ways(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each place name that is spelled differently elsewhere. Pages show only one spelling."""
    names: dict[str, str] = {}
    for area in find_areas(guide):
        for name in (area.name, *area.cities):
            names.setdefault(normalize_place(name), name)
    for partner in guide.listed:
        for name in dict.fromkeys(iter_area_names(partner)):
            usual_name = names.get(normalize_place(name), name)
            if name != usual_name:
                message = f"'{name}' is spelled '{usual_name}' elsewhere, but both are the same place"
                yield warning(partner, _find_path(partner, name), message, f"Write  {usual_name}", "spelling")


def taken_twice(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each pair of areas whose names differ but become the same address."""
    name_by_address: dict[str, str] = {}
    for area in find_areas(guide):
        address = urls.slug(area.name)
        other = name_by_address.setdefault(address, area.name)
        if other != area.name:
            partner = next((partner for partner in guide.listed if area.name in iter_area_names(partner)), None)
            message = f"the areas '{area.name}' and '{other}' would get the same web address, {address}"
            hint = "Spell the place the same way everywhere, or list it under 'areas' in guide.yml."
            at = _find_path(partner, area.name) if partner else "areas"
            yield problem(partner or guide.settings, at, message, hint, "same-address")


def postal_codes(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each postal code that does not match the format of its country."""
    for partner in guide.partners:
        for place in partner.locations:
            country = place.address.country or guide.settings.region
            if not postal_code_fits(place.address, country):
                rules = address_rules(country)
                examples = rules.postal_code_examples[:1] if rules else ()
                hint = "Check it." + (f" One looks like this:  {examples[0]}" if examples else "")
                message = f"'{place.address.postal_code}' does not look like a {country} postal code"
                yield warning(partner, f"locations.{place.key}.address.postal_code", message, hint, "postal-code")


def _find_path(partner: Partner, name: str) -> str:
    """Return the path of the field in which a partner names a town, county or area."""
    for place in partner.locations:
        for field in ("city", "region"):
            if getattr(place.address, field) == name:
                return f"locations.{place.key}.address.{field}"
    for service in partner.services:
        for field, area in (("serves", service.serves), ("must_live_in", service.must_live_in)):
            if name in area.names:
                return area_path(partner, service.key, field, area.names.index(name))
    return "locations"


def area_path(partner: Partner, key: str, field: str, number: int) -> str:
    """Return the path of an area name in a service, which the file may give under the older key ``area``."""
    at = f"services.{key}.{field}.names"
    if field == "must_live_in" and f"services.{key}.{field}" not in partner.places:
        at = f"services.{key}.area.names"
    return f"{at}.{number}"
