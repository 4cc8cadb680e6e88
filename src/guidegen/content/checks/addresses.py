"""Checks on names of places and postal addresses."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem, warning
from guidegen.content.fields import intended
from guidegen.content.fields.intended import find_postal_code
from guidegen.model import urls
from guidegen.model.areas import find_areas, iter_area_names, normalize_place
from guidegen.model.guide import Guide
from guidegen.model.location import Address
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
        for at, code, country in _iter_postal_codes(partner, guide.settings.region):
            if not postal_code_fits(Address(postal_code=code), country):
                rules = address_rules(country)
                found = find_postal_code(code, country)
                examples = rules.postal_code_examples[:1] if rules else ()
                hint = (
                    f'Did you mean:  "{found}"'
                    if found
                    else "Check it." + (f" One looks like this:  {examples[0]}" if examples else "")
                )
                yield warning(partner, at, f"'{code}' does not look like a {country} postal code", hint, "postal-code")


def _iter_postal_codes(partner: Partner, region: str) -> Iterator[tuple[str, str, str]]:
    """Yield the path, the code and the country of each postal code of a partner."""
    for place in partner.locations:
        yield f"locations.{place.key}.address.postal_code", place.address.postal_code, place.address.country or region
    for service in partner.services:
        for field, area in (("serves", service.serves), ("must_live_in", service.must_live_in)):
            for number, code in enumerate(area.postal_codes):
                yield f"services.{service.key}.{field}.postal_codes.{number}", code, region


def in_the_wrong_field(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each street line with the whole address, and for each state that is a name instead of a code."""
    for partner in guide.partners:
        for place in partner.locations:
            address, at = place.address, f"locations.{place.key}.address"
            country = address.country or guide.settings.region
            parts = "" if address.city or address.postal_code else intended.address(address.line1, country)
            if parts:
                message = f"'line1' has the whole address: {address.line1}"
                yield warning(partner, f"{at}.line1", message, f"Write  {parts}", "address-parts")
            code = intended.state_code(address.state, country)
            if code:
                message = f"'state' is '{address.state}'; envelopes and maps use its code"
                yield warning(partner, f"{at}.state", message, f"Write  {code}", "address-parts")


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
