"""Checks on the guide as a whole. Each is one function; adding one means naming it in ``CHECKS``."""

from collections.abc import Callable, Iterator
from datetime import date

from guidegen.checks import (
    addresses,
    articles,
    contact,
    cost,
    freshness,
    hours,
    pictures,
    places,
    references,
    searching,
    seats,
    settings,
    starting,
    translations,
)
from guidegen.model import Guide
from guidegen.problems import Problem

Check = Callable[[Guide], Iterator[Problem]]
Review = Callable[[Guide, date], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    contact.no_way_to_reach,
    hours.closes_before_it_opens,
    hours.ends_before_it_begins,
    cost.contradicting,
    cost.without_currency,
    seats.more_free_than_there_are,
    seats.youngest_after_oldest,
    starting.walk_in_by_appointment,
    references.unknown_types,
    references.unknown_places,
    references.unknown_partners,
    references.unknown_areas,
    references.refers_to_itself,
    places.swapped_positions,
    places.confidential_elsewhere,
    articles.unusable_text,
    articles.links_to_no_heading,
    articles.links_to_a_draft,
    articles.unknown_partners,
    articles.pictures_without_words,
    pictures.missing,
    pictures.unknown_icons,
    searching.answers_for_nothing,
    settings.usable,
    addresses.taken_twice,
    translations.stale_or_missing,
)
# what depends on the day, and what takes longer than a build should wait
REVIEWS: tuple[Review, ...] = (
    freshness.unverified_or_old,
    freshness.ended,
    freshness.agreements_and_reviews_due,
    searching.thin,
    searching.clashing,
    searching.failing,
)


_MISLEADING_FIRST = ("hours-ended", "notice-ended", "stale-translation", "out-of-date", "unverified", "missing-translation")


def rank(problem: Problem) -> int:
    """Where a warning stands in a list: what would mislead a reader first, then what is only for staff."""
    return _MISLEADING_FIRST.index(problem.code) if problem.code in _MISLEADING_FIRST else len(_MISLEADING_FIRST)


def check(guide: Guide) -> tuple[Problem, ...]:
    """Every problem found, in the order of the files."""
    return tuple(sorted(problem for run in CHECKS for problem in run(guide)))


def review(guide: Guide, today: date) -> tuple[Problem, ...]:
    """What has grown old by today, and what search does not understand: not part of a build."""
    return tuple(sorted(problem for run in REVIEWS for problem in run(guide, today)))
