"""Page types: each module plans its pages and builds their views. To add a page type, add its ``plan`` to ``PLANS``."""

from collections.abc import Callable, Iterator

from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.site.pages import (
    about_pages,
    areas,
    chapters,
    chooser,
    handouts,
    home,
    moved,
    my_list,
    not_found,
    offline,
    open_data,
    own_pages,
    partner,
    partners,
    partnership,
    roles,
    search,
    services,
    spoken_languages,
    spotlights,
)
from guidegen.text.language import Language

Plan = Callable[[Guide, tuple[Language, ...]], Iterator[Page]]
"""A function that yields all pages of one type."""

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
    chapters.plan,
    spotlights.plan,
    partnership.plan,
    own_pages.plan,
    about_pages.plan,
    open_data.plan,
    not_found.plan,
)


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield every page of the site, and last the redirect pages at old addresses."""
    planned = [page for plan_type in PLANS for page in plan_type(guide, languages)]
    yield from planned
    yield from moved.plan(guide, languages, planned)
