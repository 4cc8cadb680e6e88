"""Reads a whole content folder: the guide it describes, and everything that is wrong with its files."""

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
from guidegen.content.draft_mark import is_marked
from guidegen.content.fields.compound import Record
from guidegen.content.fields.context import Jurisdiction, ReadingContext, TranslatedTexts
from guidegen.content.fields.table import PARTNER, SEARCH_TESTS, SERVICE_TYPES, SETTINGS
from guidegen.content.published_names import read_published
from guidegen.content.source_files import (
    ContentFile,
    almost_slugs,
    content_files,
    fixed_file_problem,
    image_problems,
    stray_files,
)
from guidegen.content.text_file import read_text
from guidegen.content.translations import TranslationFile, read_translation, wrong_language
from guidegen.content.yaml.parser import ListNode, MappingNode, ScalarNode, compose
from guidegen.model.guide import Guide, ReadFile
from guidegen.model.partner import Partner
from guidegen.model.problems import GuidegenError, Problem, Severity, has_errors
from guidegen.model.settings import Settings
from guidegen.model.translatable import TranslatableText, Translation
from guidegen.text.cldr import canonical, is_language
from guidegen.text.orthography import UNKNOWN

SETTINGS_PATH = PurePosixPath("guide.yml")
TYPES_PATH = PurePosixPath("content/services.yml")
TESTS_PATH = PurePosixPath("content/search-tests.yml")


@dataclass(slots=True)
class LoadedGuide:
    """A guide as far as it could be read, what is wrong with the rest, and what is wrong with each partner that was read."""

    guide: Guide
    problems: list[Problem] = field(default_factory=list)
    partner_problems: list[Problem] = field(default_factory=list)


def load(root: Path, memory: BuildCache = NO_CACHE) -> LoadedGuide:
    """Read everything below ``root``; of what ``memory`` knows, only what changed.

    A folder without ``guide.yml`` is no guide: ``GuidegenError``.
    """
    if root.is_dir() and not os.access(root, os.R_OK | os.X_OK):
        raise GuidegenError(f"the folder {root} cannot be read: Permission denied")
    if not os.path.lexists(root / SETTINGS_PATH):
        raise GuidegenError(f"there is no guide.yml in {root}; start a guide with:  guidegen new guide my-town")
    read, problems = read_settings(root)
    # mistakes in guide.yml are told; the other files are read with a stand-in, so that theirs are told as well
    settings = _stand_in(root, read) if read is None or has_errors(problems) else read
    problems += [*stray_files(root), *image_problems(root)]
    services, types_problems = _service_types(root, settings, memory)
    tests, tests_problems = _search_tests(root, settings)
    partners, slugs, partner_problems, of_partners = _partners(root, settings, memory)
    spotlights, spotlight_problems = read_spotlights(root, settings.languages, memory)
    published, published_problems = read_published(root)
    problems += [*published_problems, *types_problems, *tests_problems, *partner_problems, *spotlight_problems]
    flawed = frozenset(problem.path for problem in problems if problem.severity is Severity.ERROR)
    unread = slugs - {partner.slug for partner in partners}
    drafts = frozenset(slug for slug in unread if is_marked(root, PurePosixPath(f"content/partners/{slug}.yml")))
    guide = Guide(settings, (), partners, spotlights, slugs, published=published, flawed=flawed, unread_drafts=drafts)
    return LoadedGuide(replace(guide, **services, **tests), problems, of_partners)


def read_settings(root: Path) -> tuple[Settings | None, list[Problem]]:
    """What ``guide.yml`` says, as far as it can be read, and what is wrong with it."""
    wrong_kind = fixed_file_problem(root / SETTINGS_PATH, SETTINGS_PATH)
    if wrong_kind:
        return None, [wrong_kind]
    text, problems = read_text(root / SETTINGS_PATH, SETTINGS_PATH)
    node, syntax = compose(text, SETTINGS_PATH)
    problems += syntax
    if node is None:
        return None, problems or [_empty(SETTINGS_PATH)]
    reading = ReadingContext(SETTINGS_PATH, "", where=Jurisdiction(_text_of(node, "region")))
    languages = _languages_of(node)
    reading.language, reading.languages = (languages[0] if languages else "en"), languages
    values = SETTINGS.values(node, "", reading)
    problems += reading.problems
    if values is None or not values["languages"]:
        return None, problems
    values["fictional"] = bool(values.get("fictional"))
    return Settings(**cast(dict[str, Any], values), places=reading.places), problems


def _stand_in(root: Path, settings: Settings | None) -> Settings:
    """Settings in place of a ``guide.yml`` with mistakes: its languages, and those that file names speak of."""
    files = [*content_files(root, "partners", ".yml")[0], *content_files(root, "spotlights", ".md")[0]]
    tags = sorted({file.language for file in files if is_language(file.language)})
    languages = tuple(dict.fromkeys([*(settings.languages if settings and settings.languages else ("en",)), *tags]))
    return Settings(TranslatableText({languages[0]: Translation("Guide")}), "https://example.org/", languages)


def _text_of(node: object, key: str) -> str:
    value = node.get(key) if isinstance(node, MappingNode) else None
    return value.text.strip() if isinstance(value, ScalarNode) else ""


def _languages_of(node: object) -> tuple[str, ...]:
    """The languages, before the rest is read: every other text is read in the first of them."""
    listed = node.get("languages") if isinstance(node, MappingNode) else None
    items = listed.items if isinstance(listed, ListNode) else ()
    tags = (canonical(item.text) for item in items if isinstance(item, ScalarNode))
    return tuple(dict.fromkeys(filter(is_language, tags)))


def _service_types(root: Path, settings: Settings, memory: BuildCache) -> tuple[dict[str, Any], list[Problem]]:
    """What ``services.yml`` says, by the attributes of a guide."""
    if not os.path.lexists(root / TYPES_PATH):
        hint = "Every guide needs its service types. Copy the file from another guide, or start with  guidegen new guide"
        return {}, [Problem(TYPES_PATH, 1, 1, "the file is missing", hint, "missing")]
    wrong_kind = fixed_file_problem(root / TYPES_PATH, TYPES_PATH)
    if wrong_kind:  # asked each time: the cache key is that of the bytes, which a link shares with its file
        return {}, [wrong_kind]
    read = partial(_read_service_types, root, settings)
    return memory.get_or_compute("service types", (str(TYPES_PATH),), (settings.languages, settings.region), read)


def _read_service_types(root: Path, settings: Settings) -> tuple[dict[str, Any], list[Problem]]:
    reading = ReadingContext(TYPES_PATH, settings.languages[0], settings.languages, where=_where(settings))
    values = _values(root / TYPES_PATH, TYPES_PATH, SERVICE_TYPES, reading) or {}
    read = {"service_types": values.get("types", ()), "words": values.get("words", ()), "answers": values.get("answers", ())}
    return {**read, "services_file": ReadFile(TYPES_PATH, reading.places)}, reading.problems


def _search_tests(root: Path, settings: Settings) -> tuple[dict[str, Any], list[Problem]]:
    """What ``search-tests.yml`` says; a guide need not have one."""
    if not os.path.lexists(root / TESTS_PATH):
        return {}, []
    wrong_kind = fixed_file_problem(root / TESTS_PATH, TESTS_PATH)
    if wrong_kind:
        return {}, [wrong_kind]
    reading = ReadingContext(TESTS_PATH, UNKNOWN, settings.languages)
    values = _values(root / TESTS_PATH, TESTS_PATH, SEARCH_TESTS, reading) or {}
    return {"search_tests": values.get("tests", ()), "tests_file": ReadFile(TESTS_PATH, reading.places)}, reading.problems


def _partners(
    root: Path, settings: Settings, memory: BuildCache
) -> tuple[tuple[Partner, ...], frozenset[str], list[Problem], list[Problem]]:
    """The partners, the names of their files, what could not be read, and what is wrong with those that were."""
    files, problems = content_files(root, "partners", ".yml")
    slugs = frozenset(file.slug for file in files if not file.language) | almost_slugs(problems)
    translations: dict[str, list[ContentFile]] = {}
    for file in files:
        if file.language and (misnamed := _misnamed(file, slugs, settings.languages)):
            problems.append(misnamed)
        elif file.language:
            translations.setdefault(file.slug, []).append(file)
    sources = [(file, tuple(translations.pop(file.slug, ()))) for file in files if not file.language]
    wanted = [(tuple(one.name for one in (file, *others)), (file, others)) for file, others in sources]
    partners, of_partners = [], list[Problem]()
    given = settings.languages, settings.fictional, _where(settings)
    for partner, found, wrong in memory.get_or_compute_all("partner", wanted, given, partial(_read_partners, *given)):
        problems += found
        of_partners += wrong
        if partner:  # one whose files changed while they were read is not what its name says
            partners.append(partner if memory.contains(partner.identity) else replace(partner, identity=""))
    for rest in translations.values():  # of a source file that is misnamed: their own mistakes are told all the same
        for one in rest:
            problems += translation_of(one)[1]
    return tuple(partners), slugs, problems, of_partners


def _misnamed(file: ContentFile, slugs: frozenset[str], languages: tuple[str, ...]) -> Problem | None:
    if file.language not in languages[1:]:
        return wrong_language(file.path, file.language, languages)
    if file.slug not in slugs:
        message = f"there is no {file.slug}.yml that this could be a translation of"
        return Problem(file.path, 1, 1, message, "Rename the file, or add the source file.", "orphan-translation")
    return None


_Read = tuple[Partner | None, list[Problem], tuple[Problem, ...]]


def _read_partners(
    languages: tuple[str, ...],
    fictional: bool,
    where: Jurisdiction,
    wanted: Sequence[tuple[tuple[ContentFile, tuple[ContentFile, ...]], str]],
) -> list[_Read]:
    """Partners from their files and those of their translations, each with the name of what it is made from.

    With each what could not be read of it, and what is wrong with what was read.
    """
    return [
        _checked(*_partner(file, others, languages, where, name), languages, where.country, fictional)
        for (file, others), name in wanted
    ]


def _checked(partner: Partner | None, problems: list[Problem], languages: tuple[str, ...], region: str, fictional: bool) -> _Read:
    if partner is None:
        return None, problems, ()
    is_flawed = has_errors(problem for problem in problems if problem.path == partner.source)
    return partner, problems, checks.check_partner(partner, languages, region, fictional, is_flawed)


def translation_of(file: ContentFile) -> tuple[TranslationFile | None, list[Problem]]:
    """A translation from its file, and what is wrong with it."""
    text, problems = read_text(file.file, file.path)
    node, syntax = compose(text, file.path)
    problems += syntax
    if node is None:
        return None, problems or [_empty(file.path)]
    read, found = read_translation(node, PARTNER, file.path, file.language)
    return read, problems + found


def _partner(
    file: ContentFile, files: tuple[ContentFile, ...], languages: tuple[str, ...], where: Jurisdiction, made_from: str
) -> tuple[Partner | None, list[Problem]]:
    problems: list[Problem] = []
    translated: dict[str, TranslationFile] = {}
    for one in files:
        read, found = translation_of(one)
        problems += found
        if read:
            translated[one.language] = read
    reading = _reading(file.path, languages, where, translated)
    values = _values(file.file, file.path, PARTNER, reading)
    partner, found = _complete(file.slug, values, reading, translated, made_from)
    return partner, problems + found


def partner_of(
    path: PurePosixPath, node: MappingNode, translated: Mapping[str, TranslationFile], settings: Settings
) -> tuple[Partner | None, list[Problem]]:
    """A partner from what its file would say, and what would be wrong with it."""
    reading = _reading(path, settings.languages, _where(settings), translated)
    return _complete(path.stem, PARTNER.values(node, "", reading), reading, translated, "")


def _where(settings: Settings) -> Jurisdiction:
    """Return the country and the state of a guide, with the year of the build."""
    return Jurisdiction(settings.region, settings.state, build_year())


def build_year() -> int:
    """Return the year for which holidays are worked out: that of SOURCE_DATE_EPOCH where it is set, else of today."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now(UTC)).year


def _reading(
    path: PurePosixPath, languages: tuple[str, ...], where: Jurisdiction, translated: Mapping[str, TranslationFile]
) -> ReadingContext:
    in_order: dict[str, TranslatedTexts] = {tag: translated[tag].translation for tag in languages if tag in translated}
    return ReadingContext(path, languages[0], languages, in_order, where=where)


def _complete(
    slug: str,
    values: dict[str, object] | None,
    reading: ReadingContext,
    translated: Mapping[str, TranslationFile],
    made_from: str,
) -> tuple[Partner | None, list[Problem]]:
    """The partner whose values were read, and all that was found on the way."""
    if values is None:
        return None, reading.problems
    orphans = [orphan for one in translated.values() for orphan in one.orphans(reading.texts, reading.source)]
    if has_errors(reading.problems):  # what was not read is no reason to remove its translation
        orphans = []
    partner = Partner(
        slug=slug,
        source=reading.source,
        **cast(dict[str, Any], values),
        texts=reading.texts,
        places=reading.places,
        identity=made_from,
    )
    return partner, reading.problems + orphans


def _values(
    file: Path, path: PurePosixPath, table: Record[dict[str, object]], reading: ReadingContext
) -> dict[str, object] | None:
    """A file's values by the field table; the problems are left in the reading."""
    text, problems = read_text(file, path)
    reading.problems += problems
    if problems and not text:
        return None
    node, syntax = compose(text, path)
    reading.problems += syntax
    if node is None:
        reading.problems += [] if syntax else [_empty(path)]
        return None
    return table.values(node, "", reading)


def _empty(path: PurePosixPath) -> Problem:
    return Problem(path, 1, 1, "the file is empty", "Write it, or delete it.", "empty")
