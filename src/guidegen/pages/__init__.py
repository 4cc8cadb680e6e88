"""Page types: each module plans its pages and builds their views. Adding one means naming it in ``PLANS``."""

from collections.abc import Callable, Iterator

from guidegen.languages import Language
from guidegen.model import Guide
from guidegen.outputs import Page
from guidegen.pages import (
    areas,
    chooser,
    handouts,
    home,
    my_list,
    not_found,
    offline,
    partner,
    partners,
    roles,
    search,
    services,
    spoken_languages,
    spotlights,
    texts,
)

Plan = Callable[[Guide, tuple[Language, ...]], Iterator[Page]]

PLANS: tuple[Plan, ...] = (
    chooser.plan,
    home.plan,
    services.plan,
    partners.plan,
    partner.plan,
    spoken_languages.plan,
    areas.plan,
    roles.plan,
    handouts.plan,
    search.plan,
    my_list.plan,
    offline.plan,
    spotlights.plan,
    texts.plan,
    not_found.plan,
)


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Every page of the site."""
    for pages in PLANS:
        yield from pages(guide, languages)
