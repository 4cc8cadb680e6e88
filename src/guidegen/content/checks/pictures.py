"""Checks that pictures and icons exist."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, suggest


def missing(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each logo or article picture that is not in content/images."""
    logo = guide.settings.theme.logo
    if logo and logo not in guide.images:
        message = f"there is no picture '{logo}' in content"
        yield problem(guide.settings, "theme.logo", message, suggest(logo, sorted(guide.images)), "missing-picture")
    for partner in guide.partners:
        if partner.logo and partner.logo not in guide.images:
            message = f"there is no picture '{partner.logo}' in content"
            yield problem(partner, "logo", message, suggest(partner.logo, sorted(guide.images)), "missing-picture")
    for spotlight in guide.spotlights:
        if spotlight.image and spotlight.image not in guide.images:
            message = f"there is no picture '{spotlight.image}' in content"
            yield problem(spotlight, "image", message, suggest(spotlight.image, sorted(guide.images)), "missing-picture")


def unknown_icons(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each service type whose icon the theme does not have."""
    for kind in guide.service_types:
        if kind.icon and guide.icons and kind.icon not in guide.icons:
            message = f"there is no icon '{kind.icon}'"
            yield problem(
                guide.services_file, f"types.{kind.id}.icon", message, suggest(kind.icon, sorted(guide.icons)), "unknown-icon"
            )
