"""Checks on content. Each is one function; to add one, write it and add a line to ``CHECKS``."""

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum, auto
from functools import partial
from itertools import chain
from typing import NamedTuple

from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content.checks import (
    addresses,
    applying,
    articles,
    contact,
    contradictions,
    cost,
    freshness,
    hours,
    immigration_status,
    languages,
    links,
    locations,
    names,
    number_ranges,
    partial_guides,
    pictures,
    placeholders,
    published,
    readability,
    references,
    searching,
    settings,
    theme,
    translations,
    urgent_numbers,
)
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.renames import collect_renames
from guidegen.model.settings import Settings
from guidegen.model.translatable import NO_TEXT


class Scope(Enum):
    """The subject of a check, which decides when it runs."""

    PARTNER = auto()
    """One partner alone. Runs when the partner is read; the problems are cached with its files."""
    GUIDE = auto()
    """The whole guide. Runs in every build."""
    DATES = auto()
    """The guide and today's date, and what takes too long for a build. Runs in ``guidegen check``."""
    SEARCH = auto()
    """The words that search understands. Takes seconds, so it runs in ``guidegen check``."""


class Check(NamedTuple):
    """A check and its scope. ``run`` takes a guide and, for the scopes ``DATES`` and ``SEARCH``, today's date."""

    scope: Scope
    run: Callable[..., Iterator[Problem]]


CHECKS: tuple[Check, ...] = (
    Check(Scope.PARTNER, contact.no_way_to_reach),
    Check(Scope.PARTNER, contact.place_in_a_note),
    Check(Scope.PARTNER, links.misleading),
    Check(Scope.PARTNER, placeholders.left_in_profiles),
    Check(Scope.PARTNER, hours.closes_before_it_opens),
    Check(Scope.PARTNER, hours.ends_before_it_begins),
    Check(Scope.PARTNER, hours.contradicting),
    Check(Scope.PARTNER, hours.unknown_time_zones),
    Check(Scope.PARTNER, hours.overlapping),
    Check(Scope.PARTNER, cost.contradicting),
    Check(Scope.PARTNER, cost.without_currency),
    Check(Scope.PARTNER, immigration_status.status_shown_but_not_asked),
    Check(Scope.PARTNER, number_ranges.more_free_than_there_are),
    Check(Scope.PARTNER, number_ranges.youngest_after_oldest),
    Check(Scope.PARTNER, applying.walk_in_by_appointment),
    Check(Scope.PARTNER, contradictions.free_with_a_price),
    Check(Scope.PARTNER, contradictions.street_of_a_secret_place),
    Check(Scope.PARTNER, contradictions.ielce_without_title_ii),
    Check(Scope.PARTNER, contradictions.numbers_nobody_has),
    Check(Scope.PARTNER, references.unknown_places),
    Check(Scope.PARTNER, references.facts_of_other_places),
    Check(Scope.PARTNER, references.unknown_where),
    Check(Scope.PARTNER, references.refers_to_itself),
    Check(Scope.PARTNER, locations.confidential_elsewhere),
    Check(Scope.PARTNER, addresses.postal_codes),
    Check(Scope.PARTNER, addresses.in_the_wrong_field),
    Check(Scope.PARTNER, translations.stale_or_missing),
    Check(Scope.GUIDE, placeholders.left_in_articles),
    Check(Scope.GUIDE, references.unknown_types),
    Check(Scope.GUIDE, references.unknown_partners),
    Check(Scope.GUIDE, references.unknown_areas),
    Check(Scope.GUIDE, references.areas_around),
    Check(Scope.GUIDE, references.circles),
    Check(Scope.GUIDE, names.old_names_taken),
    Check(Scope.GUIDE, names.successors),
    Check(Scope.GUIDE, published.addresses_that_end),
    Check(Scope.GUIDE, locations.misplaced_positions),
    Check(Scope.GUIDE, articles.links_to_no_heading),
    Check(Scope.GUIDE, articles.links_to_a_draft),
    Check(Scope.GUIDE, articles.links_by_old_names),
    Check(Scope.GUIDE, articles.unknown_partners),
    Check(Scope.GUIDE, articles.pictures_without_words),
    Check(Scope.GUIDE, pictures.missing),
    Check(Scope.GUIDE, pictures.unknown_icons),
    Check(Scope.GUIDE, searching.answers_for_nothing),
    Check(Scope.GUIDE, settings.usable),
    Check(Scope.GUIDE, partial_guides.usable_parts),
    Check(Scope.GUIDE, theme.readable),
    Check(Scope.GUIDE, urgent_numbers.of_another_country),
    Check(Scope.GUIDE, urgent_numbers.nobody_has),
    Check(Scope.DATES, contact.nobody_to_reach),
    Check(Scope.DATES, placeholders.left_in_settings),
    Check(Scope.DATES, languages.types_without_a_name),
    Check(Scope.DATES, urgent_numbers.missing),
    Check(Scope.GUIDE, addresses.taken_twice),
    Check(Scope.GUIDE, addresses.spelled_in_two_ways),
    Check(Scope.GUIDE, contradictions.notice_without_a_date),
    Check(Scope.GUIDE, contradictions.address_in_two_spellings),
    Check(Scope.GUIDE, contradictions.shared_numbers),
    Check(Scope.DATES, freshness.unverified_or_old),
    Check(Scope.GUIDE, freshness.gone_from_its_directory),
    Check(Scope.DATES, freshness.ended),
    Check(Scope.DATES, freshness.agreements_and_reviews_due),
    Check(Scope.DATES, readability.hard_sentences),
    Check(Scope.DATES, readability.hard_words),
    Check(Scope.DATES, translations.unlike_their_source),
    Check(Scope.DATES, published.not_in_the_list),
    Check(Scope.SEARCH, searching.thin),
    Check(Scope.SEARCH, searching.clashing),
    Check(Scope.SEARCH, searching.failing),
)


def check(guide: Guide) -> tuple[Problem, ...]:
    """Return the problems of the guide and of each partner, sorted by file and line."""
    settings = guide.settings
    partner_problems = (
        check_partner(partner, settings.languages, settings.region, settings.fictional, partner.source in guide.files_with_errors)
        for partner in guide.partners
    )
    return tuple(sorted([*check_guide(guide), *chain.from_iterable(partner_problems)]))


def check_partner(
    partner: Partner, languages: tuple[str, ...], region: str, fictional: bool, is_flawed: bool
) -> tuple[Problem, ...]:
    """Return the problems that depend on nothing but this partner; ``is_flawed`` if its file could only be read in part."""
    flawed = frozenset({partner.source} if is_flawed else ())
    settings = Settings(NO_TEXT, "", languages, region=region, fictional=fictional)
    return tuple(_run(Scope.PARTNER, Guide(settings, partners=(partner,), files_with_errors=flawed)))


def check_guide(guide: Guide, cache: BuildCache = NO_CACHE) -> Iterator[Problem]:
    """Yield the problems that need the whole guide. Those of an article's text are cached."""
    yield from _run(Scope.GUIDE, guide)
    old_names = frozenset(collect_renames(guide).partners)
    slugs = f"{' '.join(sorted(guide.slugs))}\t{' '.join(sorted(old_names))}"
    for source, edition in (
        (article.editions[0], edition) for article in articles.list_articles(guide) for edition in article.editions
    ):
        lint = partial(articles.unusable_text, edition, source, guide.slugs, old_names)
        yield from cache.get_or_compute("proofreading", (str(edition.source), str(source.source)), (slugs,), lint)


def review(guide: Guide, today: date) -> tuple[Problem, ...]:
    """Return what is due or out of date today, and what search does not understand, sorted. Not part of a build."""
    return tuple(sorted([*_run(Scope.DATES, guide, today), *_run(Scope.SEARCH, guide, today)]))


def check_dates(guide: Guide, today: date) -> tuple[Problem, ...]:
    """Return what is due or out of date today, sorted, without the slow checks of search."""
    return tuple(sorted(_run(Scope.DATES, guide, today)))


def _run(scope: Scope, *arguments: Guide | date) -> Iterator[Problem]:
    for check_scope, run in CHECKS:
        if check_scope is scope:
            yield from run(*arguments)
