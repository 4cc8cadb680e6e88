"""Read the files of partners and their translations."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, cast

from guidegen.cache.build_cache import BuildCache
from guidegen.content import checks
from guidegen.content.fields.context import Jurisdiction, ReadingContext, TranslatedTexts
from guidegen.content.fields.table import PARTNER
from guidegen.content.source_files import ContentFile, guess_slugs, list_content_files
from guidegen.content.translation_comparison import find_changed_phones
from guidegen.content.translations import TranslationFile, create_language_problem, read_translation
from guidegen.content.yaml.parser import MappingNode, Node, ScalarNode
from guidegen.content.yaml_file import read_node
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, has_errors
from guidegen.model.settings import Settings


def load_partners(
    root: Path, settings: Settings, cache: BuildCache
) -> tuple[tuple[Partner, ...], frozenset[str], list[Problem], list[Problem]]:
    """Return the partners, the slugs of their files, the problems of reading them, and the problems found by checks."""
    files, problems = list_content_files(root, "content/partners", ".yml")
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
    parameters = settings.languages, settings.fictional, get_jurisdiction(settings)
    for partner, read_problems, partner_check_problems in cache.get_or_compute_all(
        "partner", requests, parameters, partial(_read_partners, *parameters)
    ):
        problems += read_problems
        check_problems += partner_check_problems
        if partner:  # a partner whose files changed during the read has no valid identity
            partners.append(partner if cache.contains(partner.identity) else replace(partner, identity=""))
    for orphaned_files in translations.values():  # their source file was not read, because its name is invalid
        for file in orphaned_files:
            problems += read_translation_file(file, settings.region)[1]
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


def read_translation_file(file: ContentFile, country: str) -> tuple[TranslationFile | None, list[Problem]]:
    """Return the translation in a file, and its problems. ``country`` (ISO 3166-1) is that of the guide."""
    node, problems = read_node(file.file, file.path)
    if node is None:
        return None, problems
    translation, translation_problems = read_translation(node, PARTNER, file.path, file.language, country)
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
        translation, new_problems = read_translation_file(translation_file, jurisdiction.country)
        problems += new_problems
        if translation:
            translations[translation_file.language] = translation
    context = _create_context(file.path, languages, jurisdiction, translations)
    node, source_problems = read_node(file.file, file.path)
    context.problems += source_problems
    values = _read_profile(node, context) if node else None
    partner, new_problems = _build_partner(file.slug, values, context, translations, identity)
    return partner, problems + new_problems


def _read_profile(node: Node, context: ReadingContext) -> dict[str, object] | None:
    """Return the values of a profile. The date of its last change is read first: translations may say which date they are of."""
    source = node.get("source") if isinstance(node, MappingNode) else None
    changed = source.get("changed") if isinstance(source, MappingNode) else None
    context.changed = changed.text if isinstance(changed, ScalarNode) else ""
    return PARTNER.read_values(node, "", context)


def build_partner(
    path: PurePosixPath, node: MappingNode, translations: Mapping[str, TranslationFile], settings: Settings
) -> tuple[Partner | None, list[Problem]]:
    """Return the partner that a YAML node describes, and its problems. ``path`` is the path of its file."""
    context = _create_context(path, settings.languages, get_jurisdiction(settings), translations)
    return _build_partner(path.stem, _read_profile(node, context), context, translations, "")


def get_jurisdiction(settings: Settings) -> Jurisdiction:
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
    return partner, [*context.problems, *orphans, *_find_changed_phones(context, translations)]


def _find_changed_phones(context: ReadingContext, translations: Mapping[str, TranslationFile]) -> Iterator[Problem]:
    """Yield an error for each translated text with another phone number than its source: readers of it would call a stranger."""
    for file in translations.values():
        for path, text in file.translation.texts.items():
            source = context.texts[path].source if path in context.texts else ""
            for difference in find_changed_phones(source, text) if source else ():
                message = f"the translation {difference.message}"
                yield Problem(file.source, *file.places[path], message, difference.hint, difference.code)
