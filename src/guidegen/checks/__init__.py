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
from guidegen.model import Guide
from guidegen.problems import Problem

Check = Callable[[Guide], Iterator[Problem]]
Review = Callable[[Guide, date], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    contact.no_way_to_reach,
    placeholders.left,
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


WORST_FIRST = (
    "placeholder",
    "hours-ended",
    "notice-ended",
    "out-of-date",
    "unverified",
    "dead-link",
    "private-link",
    "stale-translation",
    "missing-translation",
    "hard-sentence",
    "moved-link",
    "no-answer",
    "agreement-ended",
    "review-due",
)
"""Kinds of weakness: what would mislead a reader first, then what makes reading hard, then what is only for staff."""


def rank(problem: Problem) -> int:
    """Where a warning stands in a list."""
    return WORST_FIRST.index(problem.code) if problem.code in WORST_FIRST else len(WORST_FIRST)


def check(guide: Guide) -> tuple[Problem, ...]:
    """Every problem found, in the order of the files."""
    return tuple(sorted(problem for run in CHECKS for problem in run(guide)))


def review(guide: Guide, today: date) -> tuple[Problem, ...]:
    """What has grown old by today, and what search does not understand: not part of a build."""
    return tuple(sorted(problem for run in (*DUE, *SEARCHED) for problem in run(guide, today)))


def due(guide: Guide, today: date) -> tuple[Problem, ...]:
    """What is to be done to the content today; what search does not understand is left out, which takes seconds to find."""
    return tuple(sorted(problem for run in DUE for problem in run(guide, today)))
