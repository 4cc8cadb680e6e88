"""Load a content folder: the guide it describes, and the problems of its files."""

import os
from dataclasses import field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, cast

from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content.articles import list_article_folders, read_chapters, read_own_pages, read_spotlights
from guidegen.content.draft_mark import is_marked_as_draft
from guidegen.content.fields.context import Jurisdiction, ReadingContext
from guidegen.content.fields.table import SEARCH_TESTS, SERVICE_TYPES, SETTINGS
from guidegen.content.partial_guides import read_partial_guides
from guidegen.content.partners import get_jurisdiction, load_partners
from guidegen.content.published_names import read_published
from guidegen.content.source_files import (
    check_fixed_file,
    check_image_files,
    find_stray_files,
    list_content_files,
)
from guidegen.content.yaml.parser import ListNode, MappingNode, ScalarNode
from guidegen.content.yaml_file import read_node, read_values
from guidegen.model.guide import Guide, SourceFile
from guidegen.model.problems import GuidegenError, Problem, Severity, has_errors
from guidegen.model.settings import Settings
from guidegen.model.translatable import TranslatableText, Translation
from guidegen.records import dataclass
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
    partners, slugs, partner_problems, check_problems = load_partners(root, settings, cache)
    spotlights, spotlight_problems = read_spotlights(root, settings, cache)
    chapters, chapter_problems = read_chapters(root, settings)
    own_pages, page_problems = read_own_pages(root, settings, cache)
    published, published_problems = read_published(root)
    partial_guides, part_problems = read_partial_guides(root, settings)
    problems += [
        *part_problems,
        *chapter_problems,
        *page_problems,
        *published_problems,
        *types_problems,
        *tests_problems,
        *partner_problems,
        *spotlight_problems,
    ]
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
        own_pages,
        chapters,
        slugs,
        published=published,
        files_with_errors=invalid_paths,
        unread_drafts=unread_drafts,
        partial_guides=partial_guides,
    )
    return LoadedGuide(replace(guide, **services, **tests), problems, check_problems)


def read_settings(root: Path) -> tuple[Settings | None, list[Problem]]:
    """Return the settings in ``guide.yml`` and their problems.

    Settings are None if the file cannot be parsed or a required key is missing.
    """
    wrong_kind = check_fixed_file(root / SETTINGS_PATH, SETTINGS_PATH)
    if wrong_kind:
        return None, [wrong_kind]
    node, problems = read_node(root / SETTINGS_PATH, SETTINGS_PATH)
    if node is None:
        return None, problems
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
    files = [
        *list_content_files(root, "content/partners", ".yml")[0],
        *(file for folder in list_article_folders(root) for file in list_content_files(root, folder, ".md")[0]),
        *list_content_files(root, "content/pages", ".md")[0],
    ]
    tags = sorted({file.language for file in files if is_language(file.language)})
    languages = tuple(dict.fromkeys([*(settings.languages if settings and settings.languages else ("en",)), *tags]))
    region = settings.region if settings else ""
    return Settings(TranslatableText({languages[0]: Translation("Guide")}), "https://example.org/", languages, region=region)


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
    context = ReadingContext(TYPES_PATH, settings.languages[0], settings.languages, jurisdiction=get_jurisdiction(settings))
    values = read_values(root / TYPES_PATH, TYPES_PATH, SERVICE_TYPES, context) or {}
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
    values = read_values(root / TESTS_PATH, TESTS_PATH, SEARCH_TESTS, context) or {}
    return {"search_tests": values.get("tests", ()), "tests_file": SourceFile(TESTS_PATH, context.places)}, context.problems
