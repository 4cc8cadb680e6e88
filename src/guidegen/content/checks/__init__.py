"""Checks on the guide as a whole. Each is one function; adding one means naming it in ``CHECKS``."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import chain

from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content.checks import (
    addresses,
    articles,
    asking,
    contact,
    contradictions,
    cost,
    freshness,
    hours,
    links,
    names,
    pictures,
    placeholders,
    places,
    plain,
    published,
    references,
    searching,
    seats,
    settings,
    starting,
    translations,
)
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.renames import renames_of
from guidegen.model.settings import Settings
from guidegen.model.translatable import NO_TEXT

Check = Callable[[Guide], Iterator[Problem]]
Review = Callable[[Guide, date], Iterator[Problem]]

OF_ONE: tuple[Check, ...] = (
    contact.no_way_to_reach,
    contact.place_in_a_note,
    links.misleading,
    placeholders.left_in_profiles,
    hours.closes_before_it_opens,
    hours.ends_before_it_begins,
    hours.contradicting,
    hours.unknown_time_zones,
    hours.overlapping,
    cost.contradicting,
    cost.without_currency,
    asking.status_shown_but_not_asked,
    seats.more_free_than_there_are,
    seats.youngest_after_oldest,
    starting.walk_in_by_appointment,
    contradictions.free_with_a_price,
    contradictions.street_of_a_secret_place,
    contradictions.ielce_without_title_ii,
    contradictions.numbers_nobody_has,
    references.unknown_places,
    references.facts_of_other_places,
    references.unknown_where,
    references.refers_to_itself,
    places.confidential_elsewhere,
    addresses.postal_codes,
    translations.stale_or_missing,
)
"""Each is run on a guide of one partner, when that is read, and remembered for as long as its files are the same."""
CHECKS: tuple[Check, ...] = (
    placeholders.left_in_articles,
    references.unknown_types,
    references.unknown_partners,
    references.unknown_areas,
    references.areas_around,
    references.circles,
    names.old_names_taken,
    names.successors,
    published.addresses_that_end,
    places.swapped_positions,
    articles.links_to_no_heading,
    articles.links_to_a_draft,
    articles.links_by_old_names,
    articles.unknown_partners,
    articles.pictures_without_words,
    pictures.missing,
    pictures.unknown_icons,
    searching.answers_for_nothing,
    settings.usable,
    addresses.taken_twice,
    addresses.spelled_in_two_ways,
    contradictions.notice_without_a_date,
    contradictions.address_in_two_spellings,
    contradictions.shared_numbers,
)
# what depends on the day, and what takes longer than a build should wait
DUE: tuple[Review, ...] = (
    freshness.unverified_or_old,
    freshness.ended,
    freshness.agreements_and_reviews_due,
    plain.hard_sentences,
    published.not_in_the_list,
)
SEARCHED: tuple[Review, ...] = (
    searching.thin,
    searching.clashing,
    searching.failing,
)


def check(guide: Guide) -> tuple[Problem, ...]:
    """Every problem found, in the order of the files."""
    settings = guide.settings
    alone = (
        check_partner(one, settings.languages, settings.region, settings.fictional, one.source in guide.flawed)
        for one in guide.partners
    )
    return tuple(sorted([*check_guide(guide), *chain.from_iterable(alone)]))


def check_partner(
    partner: Partner, languages: tuple[str, ...], region: str, fictional: bool, is_flawed: bool
) -> tuple[Problem, ...]:
    """What is wrong with a partner whatever else stands in the guide; ``is_flawed`` when not all of its file could be read."""
    flawed = frozenset({partner.source} if is_flawed else ())
    alone = Guide(Settings(NO_TEXT, "", languages, region=region, fictional=fictional), partners=(partner,), flawed=flawed)
    return tuple(problem for run in OF_ONE for problem in run(alone))


def check_guide(guide: Guide, memory: BuildCache = NO_CACHE) -> Iterator[Problem]:
    """What is wrong between the parts of a guide."""
    for run in CHECKS:
        yield from run(guide)
    old = frozenset(renames_of(guide).partners)
    slugs = f"{' '.join(sorted(guide.slugs))}\t{' '.join(sorted(old))}"
    for edition in (edition for article in guide.spotlights for edition in article.editions):
        proofread = partial(articles.unusable_text, edition, guide.slugs, old)
        yield from memory.get_or_compute("proofreading", (str(edition.source),), (slugs,), proofread)


def review(guide: Guide, today: date) -> tuple[Problem, ...]:
    """What has grown old by today, and what search does not understand: not part of a build."""
    return tuple(sorted(problem for run in (*DUE, *SEARCHED) for problem in run(guide, today)))


def check_dates(guide: Guide, today: date) -> tuple[Problem, ...]:
    """What is to be done to the content today; what search does not understand is left out, which takes seconds to find."""
    return tuple(sorted(problem for run in DUE for problem in run(guide, today)))
