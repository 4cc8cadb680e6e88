"""Read spotlight articles and pages of a guide's own: YAML front matter, then Markdown."""

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, cast

from guidegen.cache.build_cache import BuildCache
from guidegen.cache.serialization import register_storable
from guidegen.content.fields.context import Jurisdiction, ReadingContext
from guidegen.content.fields.record import Record
from guidegen.content.fields.table import CHAPTER, OWN_PAGE, OWN_PAGE_TRANSLATION, SPOTLIGHT, SPOTLIGHT_TRANSLATION
from guidegen.content.source_files import ContentFile, check_fixed_file, list_content_files, list_folders
from guidegen.content.text_file import read_text
from guidegen.content.translations import create_language_problem
from guidegen.content.yaml.parser import compose
from guidegen.content.yaml_file import read_values
from guidegen.model.article import Chapter, Edition, OwnPage, Spotlight
from guidegen.model.problems import Problem, Severity, SourcePosition
from guidegen.model.settings import Settings
from guidegen.model.translatable import find_state, text_hash
from guidegen.records import dataclass
from guidegen.text.characters import normalize_nfc
from guidegen.text.orthography import find_misspellings_by_line

_SPOTLIGHTS = "content/spotlights"
CHAPTER_FILE = "chapter.yml"


@register_storable
@dataclass(frozen=True, slots=True)
class _Article:
    """The front matter of a file, read with the field table, and its body."""

    values: dict[str, Any]
    body: str
    body_line: int
    places: dict[str, SourcePosition]


def read_spotlights(root: Path, settings: Settings, cache: BuildCache) -> tuple[tuple[Spotlight, ...], list[Problem]]:
    """Return every article with its translations, newest first, and the problems of the files."""
    languages = settings.languages
    spotlights: list[Spotlight] = []
    problems: list[Problem] = []
    for folder in list_article_folders(root):
        chapter = folder.removeprefix(_SPOTLIGHTS).strip("/")
        besides = (CHAPTER_FILE,) if chapter else list_folders(root, _SPOTLIGHTS)
        articles, found = _read_folder(root, folder, SPOTLIGHT, SPOTLIGHT_TRANSLATION, settings, cache, besides)
        problems += found
        for file, article, translated in articles:
            problems += _find_namesake(file, spotlights)
            spotlights.append(replace(_build_spotlight(file, article, translated, languages), chapter=chapter))
    return tuple(sorted(spotlights, key=lambda spotlight: (-spotlight.date.toordinal(), spotlight.slug))), problems


def list_article_folders(root: Path) -> list[str]:
    """Return the folder of spotlights and those of its chapters."""
    return [_SPOTLIGHTS, *(f"{_SPOTLIGHTS}/{name}" for name in list_folders(root, _SPOTLIGHTS))]


def _find_namesake(file: ContentFile, spotlights: list[Spotlight]) -> Iterator[Problem]:
    """Yield the problem of an article with the same name as one in another chapter: both would have the same address."""
    for other in spotlights:
        if other.slug == file.slug:
            message = f"'{file.slug}' is also the name of {other.source}, so both would have the same web address"
            yield Problem(file.path, 1, 1, message, "Rename one of them.", "file-name")
            return


def read_chapters(root: Path, settings: Settings) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Return the chapters of the articles in their order, and the problems of their files."""
    chapters: list[Chapter] = []
    problems: list[Problem] = []
    for name in list_folders(root, _SPOTLIGHTS):
        path = PurePosixPath(_SPOTLIGHTS, name, CHAPTER_FILE)
        if not os.path.lexists(root / path):
            message = f"the folder '{name}' is a chapter, but has no file {CHAPTER_FILE}"
            hint = f"Write one with  title: {name.replace('-', ' ').capitalize()}  or move its files to {_SPOTLIGHTS}."
            problems.append(Problem(path, 1, 1, message, hint, "missing"))
        elif wrong_kind := check_fixed_file(root / path, path):
            problems.append(wrong_kind)
        else:
            context = ReadingContext(path, settings.languages[0], settings.languages, jurisdiction=Jurisdiction(settings.region))
            values = cast("dict[str, Any] | None", read_values(root / path, path, CHAPTER, context))
            problems += context.problems
            if values is not None:
                chapters.append(Chapter(name, path, places=context.places, **values))
    return tuple(sorted(chapters, key=lambda chapter: (chapter.order is None, chapter.order, chapter.slug))), problems


def read_own_pages(root: Path, settings: Settings, cache: BuildCache) -> tuple[tuple[OwnPage, ...], list[Problem]]:
    """Return the pages of ``content/pages`` with their translations, by name, and the problems of the files."""
    articles, problems = _read_folder(root, "content/pages", OWN_PAGE, OWN_PAGE_TRANSLATION, settings, cache)
    pages = (_build_own_page(*article, settings.languages) for article in articles)
    return tuple(sorted(pages, key=lambda page: page.slug)), problems


_Translated = list[tuple[ContentFile, _Article]]


def _read_folder(
    root: Path,
    folder: str,
    table: Record[dict[str, object]],
    translation_table: Record[dict[str, object]],
    settings: Settings,
    cache: BuildCache,
    besides: Collection[str] = (),
) -> tuple[list[tuple[ContentFile, _Article, _Translated]], list[Problem]]:
    """Return each Markdown file of a folder with its translations, and the problems of the files."""
    languages = settings.languages
    files, problems = list_content_files(root, folder, ".md", besides)
    sources = {file.slug: file for file in files if not file.language}
    articles: dict[str, _Article] = {}
    translations: dict[str, _Translated] = {}
    for file in files:
        if file.language and (name_problem := _find_name_problem(file, sources, languages)):
            problems.append(name_problem)
            continue
        article, article_problems = _get_article(
            file, translation_table if file.language else table, file.language or languages[0], settings.region, cache
        )
        problems += article_problems
        if article and file.language:
            translations.setdefault(file.slug, []).append((file, article))
        elif article:
            articles[file.slug] = article
    return [(sources[slug], article, translations.get(slug, [])) for slug, article in articles.items()], problems


def _find_name_problem(file: ContentFile, sources: dict[str, ContentFile], languages: tuple[str, ...]) -> Problem | None:
    if file.language not in languages[1:]:
        return create_language_problem(file.path, file.language, languages)
    if file.slug not in sources:
        message = f"this looks like a translation, but there is no {file.slug}.md"
        return Problem(file.path, 1, 1, message, "Rename the file, or add the source file.", "orphan-translation")
    return None


def _get_article(
    file: ContentFile, table: Record[dict[str, object]], language: str, region: str, cache: BuildCache
) -> tuple[_Article | None, list[Problem]]:
    return cache.get_or_compute("article", (file.name,), (language, region), lambda: _read_article(file, table, language, region))


def _read_article(
    file: ContentFile, table: Record[dict[str, object]], language: str, region: str
) -> tuple[_Article | None, list[Problem]]:
    text, problems = read_text(file.file, file.path)
    if not text:
        return None, problems or [Problem(file.path, 1, 1, "the file is empty", "Write it, or delete it.", "empty")]
    front_matter, body, body_line = split_front_matter(text)
    if front_matter is None:
        return None, [*problems, _missing_front_matter_problem(file.path, text)]
    node, syntax_problems = compose(front_matter, file.path, first_line=2)
    if node is None:
        return None, problems + (syntax_problems or [_empty_front_matter_problem(file.path)])
    context = ReadingContext(file.path, language, jurisdiction=Jurisdiction(region))
    values = table.read_values(node, "", context)
    problems += [*syntax_problems, *context.problems]
    if not body.strip():
        problems.append(Problem(file.path, body_line, 1, "the article has no text", "Write it below the line '---'.", "empty"))
    body = normalize_nfc(body)
    for number, misspelling in find_misspellings_by_line(body, language):
        problems.append(
            Problem(file.path, body_line + number, 1, misspelling.message, misspelling.hint, misspelling.code, Severity.WARNING)
        )
    return (_Article(values, body, body_line, context.places) if values is not None else None), problems


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Return the front matter, the body, and the first line of the body. Without front matter, return None and an empty body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, "", 1
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    return None, "", 1


def _empty_front_matter_problem(path: PurePosixPath) -> Problem:
    hint = "Write  title: …  and  date: …  there."
    return Problem(path, 2, 1, "there is nothing between the two lines '---'", hint, "front-matter")


def _missing_front_matter_problem(path: PurePosixPath, text: str) -> Problem:
    hint = "Begin with a line '---', then  title: …  and  date: …,  then a line '---', then the text."
    if text.startswith("---"):
        return Problem(path, 1, 1, "the block that begins with '---' is not closed", "End it with a line '---'.", "front-matter")
    return Problem(path, 1, 1, "the article does not begin with its title and date", hint, "front-matter")


def _build_spotlight(file: ContentFile, article: _Article, translated: _Translated, languages: tuple[str, ...]) -> Spotlight:
    values = dict(article.values)
    editions = _build_editions(file, article, translated, languages)
    values.pop("title")
    values.pop("summary", "")
    values["draft"] = bool(values.get("draft"))
    day = cast(date, values.pop("date"))
    return Spotlight(file.slug, file.path, day, editions, places=article.places, **values)


def _build_own_page(file: ContentFile, article: _Article, translated: _Translated, languages: tuple[str, ...]) -> OwnPage:
    editions = _build_editions(file, article, translated, languages)
    in_menu, is_draft = bool(article.values.get("menu")), bool(article.values.get("draft"))
    return OwnPage(file.slug, file.path, editions, in_menu, is_draft, article.places)


def _build_editions(
    file: ContentFile, article: _Article, translated: _Translated, languages: tuple[str, ...]
) -> tuple[Edition, ...]:
    """Return the source edition, and then the translations in the order of the languages."""
    title, summary, alt = (article.values.get(key, "") for key in ("title", "summary", "alt"))
    source = Edition(languages[0], file.path, title, article.body, summary, body_line=article.body_line, alt=alt)
    changed = article.values.get("updated") or article.values.get("date")
    ordered = sorted(translated, key=lambda pair: languages.index(pair[0].language))
    return source, *(_build_edition(source, changed.isoformat() if changed else "", *pair) for pair in ordered)


def _build_edition(source: Edition, changed: str, file: ContentFile, article: _Article) -> Edition:
    state = find_state(article.values.get("translated_from", ""), compute_article_hash(source), changed)
    translator = str(article.values.get("translation", {}).get("by", ""))
    title, summary, alt = (article.values.get(key, "") for key in ("title", "summary", "alt"))
    return Edition(file.language, file.path, title, article.body, summary, translator, state, article.body_line, alt)


def compute_article_hash(edition: Edition) -> str:
    """Return the hash of a source article, which its translations record."""
    return compute_text_hash(edition.title, edition.summary, edition.body)


def compute_text_hash(title: str, summary: str, body: str) -> str:
    """Return the hash of the texts of an article."""
    return text_hash("\n".join((title, summary, body)))
