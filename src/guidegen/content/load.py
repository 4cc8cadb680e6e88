"""Load a content folder: the guide it describes, and the problems of its files."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, cast

from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content import checks
from guidegen.content.articles import read_spotlights
from guidegen.content.draft_mark import is_marked_as_draft
from guidegen.content.fields.compound import Record
from guidegen.content.fields.context import Jurisdiction, ReadingContext, TranslatedTexts
from guidegen.content.fields.table import PARTNER, SEARCH_TESTS, SERVICE_TYPES, SETTINGS
from guidegen.content.published_names import read_published
from guidegen.content.source_files import (
    ContentFile,
    check_fixed_file,
    check_image_files,
    find_stray_files,
    guess_slugs,
    list_content_files,
)
from guidegen.content.text_file import read_text
from guidegen.content.translations import TranslationFile, create_language_problem, read_translation
from guidegen.content.yaml.parser import ListNode, MappingNode, ScalarNode, compose
from guidegen.model.guide import Guide, SourceFile
from guidegen.model.partner import Partner
from guidegen.model.problems import GuidegenError, Problem, Severity, has_errors
from guidegen.model.settings import Settings
from guidegen.model.translatable import TranslatableText, Translation
from guidegen.text.cldr import canonical, is_language
from guidegen.text.orthography import UNKNOWN_LANGUAGE

SETTINGS_PATH = PurePosixPath("guide.yml")
TYPES_PATH = PurePosixPath("content/services.yml")
TESTS_PATH = PurePosixPath("content/search-tests.yml")


@dataclass(slots=True)
class LoadedGuide:
    """The valid part of a guide, the problems of its files, and the problems found by the checks of each partner."""

    guide: Guide
    problems: list[Problem] = field(default_factory=list)
    partner_problems: list[Problem] = field(default_factory=list)


def load(root: Path, cache: BuildCache = NO_CACHE) -> LoadedGuide:
    """Load the guide in ``root``. Files that did not change since they were cached are not parsed again.

    Raises ``GuidegenError`` if the folder cannot be read or has no ``guide.yml``.
    """
    if root.is_dir() and not os.access(root, os.R_OK | os.X_OK):
        raise GuidegenError(f"the folder {root} cannot be read: Permission denied")
    if not os.path.lexists(root / SETTINGS_PATH):
        raise GuidegenError(f"there is no guide.yml in {root}; start a guide with:  guidegen new guide my-town")
    parsed_settings, problems = read_settings(root)
    # with an invalid guide.yml the other files are still read, so that all problems are reported at once
    settings = _build_stand_in(root, parsed_settings) if parsed_settings is None or has_errors(problems) else parsed_settings
    problems += [*find_stray_files(root), *check_image_files(root)]
    services, types_problems = _load_service_types(root, settings, cache)
    tests, tests_problems = _load_search_tests(root, settings)
    partners, slugs, partner_problems, check_problems = _load_partners(root, settings, cache)
    spotlights, spotlight_problems = read_spotlights(root, settings.languages, cache)
    published, published_problems = read_published(root)
    problems += [*published_problems, *types_problems, *tests_problems, *partner_problems, *spotlight_problems]
    invalid_paths = frozenset(problem.path for problem in problems if problem.severity is Severity.ERROR)
    unread_slugs = slugs - {partner.slug for partner in partners}
    unread_drafts = frozenset(
        slug for slug in unread_slugs if is_marked_as_draft(root, PurePosixPath(f"content/partners/{slug}.yml"))
    )
    guide = Guide(
        settings,
        (),
        partners,
        spotlights,
        slugs,
        published=published,
        files_with_errors=invalid_paths,
        unread_drafts=unread_drafts,
    )
    return LoadedGuide(replace(guide, **services, **tests), problems, check_problems)


def read_settings(root: Path) -> tuple[Settings | None, list[Problem]]:
    """Return the settings in ``guide.yml`` and their problems.

    Settings are None if the file cannot be parsed or a required key is missing.
    """
    wrong_kind = check_fixed_file(root / SETTINGS_PATH, SETTINGS_PATH)
    if wrong_kind:
        return None, [wrong_kind]
    text, problems = read_text(root / SETTINGS_PATH, SETTINGS_PATH)
    node, syntax_problems = compose(text, SETTINGS_PATH)
    problems += syntax_problems
    if node is None:
        return None, problems or [_empty_file_problem(SETTINGS_PATH)]
    context = ReadingContext(SETTINGS_PATH, "", jurisdiction=Jurisdiction(_scalar_text(node, "region")))
    languages = _parse_languages(node)
    context.language, context.languages = (languages[0] if languages else "en"), languages
    values = SETTINGS.read_values(node, "", context)
    problems += context.problems
    if values is None or not values["languages"]:
        return None, problems
    values["fictional"] = bool(values.get("fictional"))
    return Settings(**cast(dict[str, Any], values), places=context.places), problems


def _build_stand_in(root: Path, settings: Settings | None) -> Settings:
    """Return placeholder settings for an invalid ``guide.yml``: its languages and those in file names."""
    files = [*list_content_files(root, "partners", ".yml")[0], *list_content_files(root, "spotlights", ".md")[0]]
    tags = sorted({file.language for file in files if is_language(file.language)})
    languages = tuple(dict.fromkeys([*(settings.languages if settings and settings.languages else ("en",)), *tags]))
    return Settings(TranslatableText({languages[0]: Translation("Guide")}), "https://example.org/", languages)


def _scalar_text(node: object, key: str) -> str:
    value = node.get(key) if isinstance(node, MappingNode) else None
    return value.text.strip() if isinstance(value, ScalarNode) else ""


def _parse_languages(node: object) -> tuple[str, ...]:
    """Return the languages of ``guide.yml``. They are needed before the rest is read, which is in the first of them."""
    list_node = node.get("languages") if isinstance(node, MappingNode) else None
    items = list_node.items if isinstance(list_node, ListNode) else ()
    tags = (canonical(item.text) for item in items if isinstance(item, ScalarNode))
    return tuple(dict.fromkeys(filter(is_language, tags)))


def _load_service_types(root: Path, settings: Settings, cache: BuildCache) -> tuple[dict[str, Any], list[Problem]]:
    """Return the contents of ``services.yml`` by attribute of ``Guide``, and its problems."""
    if not os.path.lexists(root / TYPES_PATH):
        hint = "Every guide needs its service types. Copy the file from another guide, or start with  guidegen new guide"
        return {}, [Problem(TYPES_PATH, 1, 1, "the file is missing", hint, "missing")]
    wrong_kind = check_fixed_file(root / TYPES_PATH, TYPES_PATH)
    if wrong_kind:  # not cached: the key is a hash of the bytes, which a link shares with its target
        return {}, [wrong_kind]
    compute = partial(_read_service_types, root, settings)
    return cache.get_or_compute("service types", (str(TYPES_PATH),), (settings.languages, settings.region), compute)


def _read_service_types(root: Path, settings: Settings) -> tuple[dict[str, Any], list[Problem]]:
    context = ReadingContext(TYPES_PATH, settings.languages[0], settings.languages, jurisdiction=_get_jurisdiction(settings))
    values = _read_values(root / TYPES_PATH, TYPES_PATH, SERVICE_TYPES, context) or {}
    attributes = {
        "service_types": values.get("types", ()),
        "search_words": values.get("words", ()),
        "answers": values.get("answers", ()),
    }
    return {**attributes, "services_file": SourceFile(TYPES_PATH, context.places)}, context.problems


def _load_search_tests(root: Path, settings: Settings) -> tuple[dict[str, Any], list[Problem]]:
    """Return the contents of ``search-tests.yml``, which is optional, and its problems."""
    if not os.path.lexists(root / TESTS_PATH):
        return {}, []
    wrong_kind = check_fixed_file(root / TESTS_PATH, TESTS_PATH)
    if wrong_kind:
        return {}, [wrong_kind]
    context = ReadingContext(TESTS_PATH, UNKNOWN_LANGUAGE, settings.languages)
    values = _read_values(root / TESTS_PATH, TESTS_PATH, SEARCH_TESTS, context) or {}
    return {"search_tests": values.get("tests", ()), "tests_file": SourceFile(TESTS_PATH, context.places)}, context.problems


def _load_partners(
    root: Path, settings: Settings, cache: BuildCache
) -> tuple[tuple[Partner, ...], frozenset[str], list[Problem], list[Problem]]:
    """Return the partners, the slugs of their files, the problems of reading them, and the problems found by checks."""
    files, problems = list_content_files(root, "partners", ".yml")
    slugs = frozenset(file.slug for file in files if not file.language) | guess_slugs(problems)
    translations: dict[str, list[ContentFile]] = {}
    for file in files:
        if file.language and (name_problem := _find_name_problem(file, slugs, settings.languages)):
            problems.append(name_problem)
        elif file.language:
            translations.setdefault(file.slug, []).append(file)
    sources = [(file, tuple(translations.pop(file.slug, ()))) for file in files if not file.language]
    requests = [
        (tuple(source.name for source in (file, *translation_files)), (file, translation_files))
        for file, translation_files in sources
    ]
    partners, check_problems = [], list[Problem]()
    parameters = settings.languages, settings.fictional, _get_jurisdiction(settings)
    for partner, read_problems, partner_check_problems in cache.get_or_compute_all(
        "partner", requests, parameters, partial(_read_partners, *parameters)
    ):
        problems += read_problems
        check_problems += partner_check_problems
        if partner:  # a partner whose files changed during the read has no valid identity
            partners.append(partner if cache.contains(partner.identity) else replace(partner, identity=""))
    for orphaned_files in translations.values():  # of a source file with an invalid name
        for file in orphaned_files:
            problems += read_translation_file(file)[1]
    return tuple(partners), slugs, problems, check_problems


def _find_name_problem(file: ContentFile, slugs: frozenset[str], languages: tuple[str, ...]) -> Problem | None:
    if file.language not in languages[1:]:
        return create_language_problem(file.path, file.language, languages)
    if file.slug not in slugs:
        message = f"this looks like a translation, but there is no {file.slug}.yml"
        return Problem(file.path, 1, 1, message, "Rename the file, or add the source file.", "orphan-translation")
    return None


_ReadPartner = tuple[Partner | None, list[Problem], tuple[Problem, ...]]


def _read_partners(
    languages: tuple[str, ...],
    fictional: bool,
    jurisdiction: Jurisdiction,
    requests: Sequence[tuple[tuple[ContentFile, tuple[ContentFile, ...]], str]],
) -> list[_ReadPartner]:
    """Return each partner with the problems of reading it and the problems found by its checks.

    A request is ``((file, translation_files), hash)``. The hash covers all these files and becomes the partner's identity.
    """
    return [
        _check_partner(
            *_read_partner(file, translation_files, languages, jurisdiction, identity), languages, jurisdiction.country, fictional
        )
        for (file, translation_files), identity in requests
    ]


def _check_partner(
    partner: Partner | None, problems: list[Problem], languages: tuple[str, ...], region: str, fictional: bool
) -> _ReadPartner:
    if partner is None:
        return None, problems, ()
    has_read_errors = has_errors(problem for problem in problems if problem.path == partner.source)
    return partner, problems, checks.check_partner(partner, languages, region, fictional, has_read_errors)


def read_translation_file(file: ContentFile) -> tuple[TranslationFile | None, list[Problem]]:
    """Return the translation in a file, and its problems."""
    text, problems = read_text(file.file, file.path)
    node, syntax_problems = compose(text, file.path)
    problems += syntax_problems
    if node is None:
        return None, problems or [_empty_file_problem(file.path)]
    translation, translation_problems = read_translation(node, PARTNER, file.path, file.language)
    return translation, problems + translation_problems


def _read_partner(
    file: ContentFile,
    translation_files: tuple[ContentFile, ...],
    languages: tuple[str, ...],
    jurisdiction: Jurisdiction,
    identity: str,
) -> tuple[Partner | None, list[Problem]]:
    problems: list[Problem] = []
    translations: dict[str, TranslationFile] = {}
    for translation_file in translation_files:
        translation, new_problems = read_translation_file(translation_file)
        problems += new_problems
        if translation:
            translations[translation_file.language] = translation
    context = _create_context(file.path, languages, jurisdiction, translations)
    values = _read_values(file.file, file.path, PARTNER, context)
    partner, new_problems = _build_partner(file.slug, values, context, translations, identity)
    return partner, problems + new_problems


def build_partner(
    path: PurePosixPath, node: MappingNode, translations: Mapping[str, TranslationFile], settings: Settings
) -> tuple[Partner | None, list[Problem]]:
    """Return the partner that a YAML node describes, and its problems. ``path`` is the path of its file."""
    context = _create_context(path, settings.languages, _get_jurisdiction(settings), translations)
    return _build_partner(path.stem, PARTNER.read_values(node, "", context), context, translations, "")


def _get_jurisdiction(settings: Settings) -> Jurisdiction:
    """Return the country and state of a guide, with the year of the build."""
    return Jurisdiction(settings.region, settings.state, get_build_year())


def get_build_year() -> int:
    """Return the year whose holidays are computed: the year of SOURCE_DATE_EPOCH if it is set, else the current year."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)).year


def _create_context(
    path: PurePosixPath, languages: tuple[str, ...], jurisdiction: Jurisdiction, translations: Mapping[str, TranslationFile]
) -> ReadingContext:
    translated_texts: dict[str, TranslatedTexts] = {
        tag: translations[tag].translation for tag in languages if tag in translations
    }
    return ReadingContext(path, languages[0], languages, translated_texts, jurisdiction=jurisdiction)


def _build_partner(
    slug: str,
    values: dict[str, object] | None,
    context: ReadingContext,
    translations: Mapping[str, TranslationFile],
    identity: str,
) -> tuple[Partner | None, list[Problem]]:
    """Return the partner with these values, and all problems of its files."""
    if values is None:
        return None, context.problems
    orphans = [orphan for file in translations.values() for orphan in file.find_orphans(context.texts, context.source)]
    if has_errors(context.problems):  # a text may only seem to be missing, because its source was not read
        orphans = []
    partner = Partner(
        slug=slug,
        source=context.source,
        **cast(dict[str, Any], values),
        texts=context.texts,
        places=context.places,
        identity=identity,
    )
    return partner, context.problems + orphans


def _read_values(
    file: Path, path: PurePosixPath, table: Record[dict[str, object]], context: ReadingContext
) -> dict[str, object] | None:
    """Return the values of a file, read with the field table. Problems are added to the context."""
    text, problems = read_text(file, path)
    context.problems += problems
    if problems and not text:
        return None
    node, syntax_problems = compose(text, path)
    context.problems += syntax_problems
    if node is None:
        context.problems += [] if syntax_problems else [_empty_file_problem(path)]
        return None
    return table.read_values(node, "", context)


def _empty_file_problem(path: PurePosixPath) -> Problem:
    return Problem(path, 1, 1, "the file is empty", "Write it, or delete it.", "empty")
