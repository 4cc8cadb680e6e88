"""Checks that no two pages get one address."""

from collections.abc import Iterator

from guidegen import urls
from guidegen.areas import areas_of
from guidegen.checks.reporting import problem
from guidegen.model import Guide
from guidegen.problems import Problem


def taken_twice(guide: Guide) -> Iterator[Problem]:
    """Two areas whose names become the same address."""
    taken: dict[str, str] = {}
    for area in areas_of(guide.settings, guide.listed):
        address = urls.slug(area.name)
        other = taken.setdefault(address, area.name)
        if other != area.name:
            named = next((one for one in guide.listed if area.name in one.cities), None)
            message = f"the areas '{area.name}' and '{other}' would have the same address, {address}"
            hint = "Write the place the same way everywhere, or name it in the areas of guide.yml."
            yield problem(named or guide.settings, "locations" if named else "areas", message, hint, "same-address")
