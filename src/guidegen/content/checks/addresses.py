"""Checks on the names and the addresses of places."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem, warning
from guidegen.model import urls
from guidegen.model.areas import areas_named_by, find_areas, place_key
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.postal_addresses import address_rules, postal_code_fits
from guidegen.model.problems import Problem


def spelled_in_two_ways(guide: Guide) -> Iterator[Problem]:
    """A place that is written in two ways: readers see one of them, and staff should."""
    names: dict[str, str] = {}
    for area in find_areas(guide):
        for name in (area.name, *area.cities):
            names.setdefault(place_key(name), name)
    for partner in guide.listed:
        for name in dict.fromkeys(areas_named_by(partner)):
            usual = names.get(place_key(name), name)
            if name != usual:
                message = f"'{name}' is written as '{usual}' elsewhere; both are one place"
                yield warning(partner, _place_of(partner, name), message, f"Write  {usual}", "spelling")


def taken_twice(guide: Guide) -> Iterator[Problem]:
    """Two areas whose names become the same address, and that are not spellings of one name."""
    taken: dict[str, str] = {}
    for area in find_areas(guide):
        address = urls.slug(area.name)
        other = taken.setdefault(address, area.name)
        if other != area.name:
            named = next((one for one in guide.listed if area.name in areas_named_by(one)), None)
            message = f"the areas '{area.name}' and '{other}' would have the same address, {address}"
            hint = "Write the place the same way everywhere, or name it in the areas of guide.yml."
            at = _place_of(named, area.name) if named else "areas"
            yield problem(named or guide.settings, at, message, hint, "same-address")


def postal_codes(guide: Guide) -> Iterator[Problem]:
    """A postal code that does not have the form of its country."""
    for partner in guide.partners:
        for place in partner.locations:
            country = place.address.country or guide.settings.region
            if not postal_code_fits(place.address, country):
                rules = address_rules(country)
                examples = rules.postal_code_examples[:1] if rules else ()
                hint = "Check it" + (f"; one looks like  {examples[0]}" if examples else ".")
                message = f"'{place.address.postal_code}' is not a postal code of {country}"
                yield warning(partner, f"locations.{place.key}.address.postal_code", message, hint, "postal-code")


def _place_of(partner: Partner, name: str) -> str:
    """Return the path at which a partner names a town, a county or an area."""
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
    """Return the path of a name of an area, which may be written without a list or under an older key."""
    at = f"services.{key}.{field}.names"
    if field == "must_live_in" and f"services.{key}.{field}" not in partner.places:
        at = f"services.{key}.area.names"
    return f"{at}.{number}"
