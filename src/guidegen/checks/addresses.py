"""Checks that no two pages get one address."""

from collections.abc import Iterator

from guidegen import urls
from guidegen.areas import areas_of
from guidegen.checks.reporting import problem
from guidegen.model import Guide, Partner
from guidegen.problems import Problem


def taken_twice(guide: Guide) -> Iterator[Problem]:
    """Two areas whose names become the same address."""
    taken: dict[str, str] = {}
    for area in areas_of(guide):
        address = urls.slug(area.name)
        other = taken.setdefault(address, area.name)
        if other != area.name:
            named = next((one for one in guide.listed if area.name in _places_named(one)), None)
            message = f"the areas '{area.name}' and '{other}' would have the same address, {address}"
            hint = "Write the place the same way everywhere, or name it in the areas of guide.yml."
            at = _place_of_area(named, area.name) if named else "areas"
            yield problem(named or guide.settings, at, message, hint, "same-address")


def _places_named(partner: Partner) -> set[str]:
    return {*partner.cities, *(name for service in partner.services for name in service.area.names)}


def _place_of_area(partner: Partner, name: str) -> str:
    """The path at which a partner names a town or an area."""
    for place in partner.locations:
        if place.address.city == name:
            return f"locations.{place.key}.address.city"
    served = (service for service in partner.services if name in service.area.names)
    return next((f"services.{one.key}.area.names.{one.area.names.index(name)}" for one in served), "locations")
