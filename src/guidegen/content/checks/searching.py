"""Checks on search: types with few names, names that two types share, and the guide's own search tests."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import old_name_warning, problem, warning
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, find_nearest_word
from guidegen.model.renames import collect_renames
from guidegen.search.analysis import join_terms
from guidegen.search.lexicon import list_names, list_own_names
from guidegen.search.query_lexicon import Lexicon
from guidegen.search.word_table import build_word_table, list_weighted_names

_MIN_NAMES = 5
"""Minimum number of names of a service type in each language."""
_MAX_THIN_TYPES = 5
"""If more types than this have too few names in a language, one message names their number."""


def answers_for_nothing(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each search test with an unknown service type or language."""
    type_ids = [kind.id for kind in guide.service_types]
    if guide.files_with_errors & {guide.tests_file.source, guide.services_file.source}:
        return
    renamed = collect_renames(guide).service_types
    for number, test in enumerate(guide.search_tests):
        if test.type in renamed:
            yield old_name_warning(guide.tests_file, f"tests.{number}.type", test.type, renamed[test.type])
        elif type_ids and test.type not in type_ids:
            close = find_nearest_word(test.type, type_ids)
            hint = f"Did you mean:  {close}" if close else "Use an id from content/services.yml"
            yield problem(
                guide.tests_file, f"tests.{number}.type", f"there is no service type '{test.type}'", hint, "unknown-type"
            )
        if test.language and test.language not in guide.settings.languages:
            message = f"'{test.language}' is not a language of the guide"
            hint = "Its languages are:  " + ", ".join(guide.settings.languages)
            yield problem(guide.tests_file, f"tests.{number}.language", message, hint, "language")


def thin(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a warning for each service type with too few names in a language, counting guidegen's own words.

    A language in which most types have too few gets one warning.
    """
    if guide.services_file.source in guide.files_with_errors:
        return
    names_by_type = {(f"type:{kind.id}", tag): set[str]() for kind in guide.service_types for tag in guide.settings.languages}
    for name in list_names(guide):
        if (name.concept, name.language) in names_by_type:
            names_by_type[name.concept, name.language].add(join_terms(name.words))
    thin_types = {
        tag: [kind.id for kind in guide.service_types if len(names_by_type[f"type:{kind.id}", tag]) < _MIN_NAMES]
        for tag in guide.settings.languages
    }
    unknown = [
        tag for tag, types in thin_types.items() if len(types) > _MAX_THIN_TYPES and 2 * len(types) > len(guide.service_types)
    ]
    for tag in unknown:
        known = len(guide.service_types) - len(thin_types[tag])
        message = f"search knows enough words of '{tag}' for {known} of {len(guide.service_types)} kinds of help"
        hint = f"Add what people type to the synonyms in content/services.yml:  {tag}: [word, other word]"
        yield warning(guide.settings, f"languages.{guide.settings.languages.index(tag)}", message, hint, "few-synonyms")
    for kind in guide.service_types:
        languages = [tag for tag, types in thin_types.items() if kind.id in types and tag not in unknown]
        if languages:
            at = f"types.{kind.id}.synonyms"
            message = f"search knows fewer than {_MIN_NAMES} names for '{kind.id}' in: {', '.join(languages)}"
            hint = f"Add what people call it to its synonyms:  {languages[0]}: [word, other word]"
            yield warning(guide.services_file, at, message, hint, "few-synonyms")


def clashing(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a warning for each name that the guide gives to two service types: search cannot tell which one is meant."""
    concept_by_name: dict[tuple[str, str], str] = {}
    for name in list_own_names(guide):
        words = join_terms(name.words)
        first = concept_by_name.setdefault((name.language, words), name.concept)
        if first != name.concept and name.concept.startswith("type:") and first.startswith("type:"):
            kind, other = name.concept.removeprefix("type:"), first.removeprefix("type:")
            message = f"'{name.words}' ({name.language}) is a name of two types: '{other}' and '{kind}'"
            hint = "Keep it for the type that most people mean, and remove it from the other."
            yield warning(guide.services_file, f"types.{kind}.synonyms.{name.language}", message, hint, "synonym-twice")


def failing(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a problem for each search test of the guide that fails."""
    type_ids = {kind.id for kind in guide.service_types}
    if not guide.search_tests or guide.files_with_errors & {guide.tests_file.source, guide.services_file.source}:
        return
    source = guide.settings.languages[0]
    lexicon = Lexicon(list_weighted_names(build_word_table(guide)), source)
    for number, test in enumerate(guide.search_tests):
        language = test.language or source
        matches = lexicon.interpret(test.query, language)
        types = [match.concept.removeprefix("type:") for match in matches if match.kind == "type"]
        if test.type in type_ids and types[:1] != [test.type]:
            result = f"'{types[0]}'" if types else "no service type"
            message = f"search finds {result} for '{test.query}' ({language}), but the test expects '{test.type}'"
            hint = f"Add its important words to the synonyms of '{test.type}' in content/services.yml"
            yield problem(guide.tests_file, f"tests.{number}", message, hint, "search-test")
