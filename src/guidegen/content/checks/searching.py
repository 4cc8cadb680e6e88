"""Checks on what search understands: types with few names, words that two types claim, and the guide's own tests."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import old_name, problem, warning
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, nearest_word
from guidegen.model.renames import renames_of
from guidegen.search.analysis import plain_words
from guidegen.search.lexicon import names, own_names
from guidegen.search.table import phrases_in, word_table
from guidegen.search.understand import Lexicon

ENOUGH = 5
"""Names of a service type in a language, below which people will not find it."""


def answers_for_nothing(guide: Guide) -> Iterator[Problem]:
    """Search tests name service types and languages that there are."""
    known = [kind.id for kind in guide.service_types]
    if guide.flawed & {guide.tests_file.source, guide.services_file.source}:
        return
    renamed = renames_of(guide).service_types
    for number, test in enumerate(guide.search_tests):
        if test.type in renamed:
            yield old_name(guide.tests_file, f"tests.{number}.type", test.type, renamed[test.type])
        elif known and test.type not in known:
            close = nearest_word(test.type, known)
            hint = f"Did you mean:  {close}" if close else "The types are the ids in content/services.yml"
            yield problem(
                guide.tests_file, f"tests.{number}.type", f"there is no service type '{test.type}'", hint, "unknown-type"
            )
        if test.language and test.language not in guide.settings.languages:
            message = f"'{test.language}' is not a language of the guide"
            hint = "Its languages are:  " + ", ".join(guide.settings.languages)
            yield problem(guide.tests_file, f"tests.{number}.language", message, hint, "language")


def thin(guide: Guide, _today: date) -> Iterator[Problem]:
    """Service types with fewer than ``ENOUGH`` names in a language of the guide, guidegen's own words counted as well."""
    if guide.services_file.source in guide.flawed:
        return
    counted: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    wanted = {(f"type:{kind.id}", tag) for kind in guide.service_types for tag in guide.settings.languages}
    for name in names(guide):
        if (name.concept, name.language) not in wanted:
            continue
        counted[name.concept, name.language].add(plain_words(name.words))
    for kind in guide.service_types:
        few = [tag for tag in guide.settings.languages if len(counted[f"type:{kind.id}", tag]) < ENOUGH]
        if few:
            at = f"types.{kind.id}.synonyms"
            message = f"search knows fewer than {ENOUGH} names for '{kind.id}' in: {', '.join(few)}"
            hint = f"Add what people call it to its synonyms:  {few[0]}: [word, other word]"
            yield warning(guide.services_file, at, message, hint, "few-synonyms")


def clashing(guide: Guide, _today: date) -> Iterator[Problem]:
    """Words that the guide gives to two service types: search cannot know which one is meant."""
    claimed: dict[tuple[str, str], str] = {}
    for name in own_names(guide):
        words = plain_words(name.words)
        first = claimed.setdefault((name.language, words), name.concept)
        if first != name.concept and name.concept.startswith("type:") and first.startswith("type:"):
            kind, other = name.concept.removeprefix("type:"), first.removeprefix("type:")
            message = f"'{name.words}' ({name.language}) is a name of two types: '{other}' and '{kind}'"
            hint = "Keep it where most people mean it, and remove it from the other."
            yield warning(guide.services_file, f"types.{kind}.synonyms.{name.language}", message, hint, "synonym-twice")


def failing(guide: Guide, _today: date) -> Iterator[Problem]:
    """The guide's search tests, read as the search reads a query."""
    known = {kind.id for kind in guide.service_types}
    if not guide.search_tests or guide.flawed & {guide.tests_file.source, guide.services_file.source}:
        return
    source = guide.settings.languages[0]
    lexicon = Lexicon(phrases_in(word_table(guide)), source)
    for number, test in enumerate(guide.search_tests):
        language = test.language or source
        found = [one.concept.removeprefix("type:") for one in lexicon.interpret(test.query, language) if one.kind == "type"]
        if test.type in known and found[:1] != [test.type]:
            read = f"as '{found[0]}'" if found else "as no service type"
            message = f"search reads '{test.query}' ({language}) {read}, not as '{test.type}'"
            hint = f"Add the words that matter in it to the synonyms of '{test.type}' in content/services.yml"
            yield problem(guide.tests_file, f"tests.{number}", message, hint, "search-test")
