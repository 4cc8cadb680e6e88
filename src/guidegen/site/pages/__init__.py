"""Page types: each module plans its pages and builds their views. Adding one means naming it in ``PLANS``."""

from collections.abc import Callable, Iterator

from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.site.pages import (
    areas,
    chooser,
    handouts,
    home,
    moved,
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
from guidegen.text.language import Language

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
    """Yield every page of the site, and last those at old addresses, which lead to the others."""
    planned = [page for pages in PLANS for page in pages(guide, languages)]
    yield from planned
    yield from moved.plan(guide, languages, planned)
