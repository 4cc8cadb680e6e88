"""Checks on the guide as a whole. Each is one function; adding one means naming it in ``CHECKS``."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import chain

from guidegen.checks import (
    addresses,
    articles,
    asking,
    contact,
    cost,
    freshness,
    hours,
    links,
    pictures,
    placeholders,
    places,
    plain,
    references,
    searching,
    seats,
    settings,
    starting,
    translations,
)
from guidegen.model import NO_TEXT, Guide, Partner, Settings
from guidegen.problems import Problem
from guidegen.state import NO_MEMORY, Memory

Check = Callable[[Guide], Iterator[Problem]]
Review = Callable[[Guide, date], Iterator[Problem]]

OF_ONE: tuple[Check, ...] = (
    contact.no_way_to_reach,
    links.misleading,
    placeholders.left_in_profiles,
    hours.closes_before_it_opens,
    hours.ends_before_it_begins,
    cost.contradicting,
    cost.without_currency,
    asking.status_shown_but_not_asked,
    seats.more_free_than_there_are,
    seats.youngest_after_oldest,
    starting.walk_in_by_appointment,
    references.unknown_places,
    references.refers_to_itself,
    places.confidential_elsewhere,
    translations.stale_or_missing,
)
"""Each is run on a guide of one partner, when that is read, and remembered for as long as its files are the same."""
CHECKS: tuple[Check, ...] = (
    placeholders.left_in_articles,
    references.unknown_types,
    references.unknown_partners,
    references.unknown_areas,
    places.swapped_positions,
    articles.links_to_no_heading,
    articles.links_to_a_draft,
    articles.unknown_partners,
    articles.pictures_without_words,
    pictures.missing,
    pictures.unknown_icons,
    searching.answers_for_nothing,
    settings.usable,
    addresses.taken_twice,
)
# what depends on the day, and what takes longer than a build should wait
DUE: tuple[Review, ...] = (
    freshness.unverified_or_old,
    freshness.ended,
    freshness.agreements_and_reviews_due,
    plain.hard_sentences,
)
SEARCHED: tuple[Review, ...] = (
    searching.thin,
    searching.clashing,
    searching.failing,
)


def check(guide: Guide) -> tuple[Problem, ...]:
    """Every problem found, in the order of the files."""
    settings = guide.settings
    alone = (of_one(one, settings.languages, settings.fictional, one.source in guide.flawed) for one in guide.partners)
    return tuple(sorted([*of_all(guide), *chain.from_iterable(alone)]))


def of_one(partner: Partner, languages: tuple[str, ...], fictional: bool, is_flawed: bool) -> tuple[Problem, ...]:
    """What is wrong with a partner whatever else stands in the guide; ``is_flawed`` when not all of its file could be read."""
    flawed = frozenset({partner.source} if is_flawed else ())
    alone = Guide(Settings(NO_TEXT, "", languages, fictional=fictional), partners=(partner,), flawed=flawed)
    return tuple(problem for run in OF_ONE for problem in run(alone))


def of_all(guide: Guide, memory: Memory = NO_MEMORY) -> Iterator[Problem]:
    """What is wrong between the parts of a guide."""
    for run in CHECKS:
        yield from run(guide)
    slugs = " ".join(sorted(guide.slugs))
    for edition in (edition for article in guide.spotlights for edition in article.editions):
        proofread = partial(articles.unusable_text, edition, guide.slugs)
        yield from memory.recall("proofreading", (str(edition.source),), (slugs,), proofread)


def review(guide: Guide, today: date) -> tuple[Problem, ...]:
    """What has grown old by today, and what search does not understand: not part of a build."""
    return tuple(sorted(problem for run in (*DUE, *SEARCHED) for problem in run(guide, today)))


def due(guide: Guide, today: date) -> tuple[Problem, ...]:
    """What is to be done to the content today; what search does not understand is left out, which takes seconds to find."""
    return tuple(sorted(problem for run in DUE for problem in run(guide, today)))
