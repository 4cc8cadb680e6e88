"""Spotlight articles: YAML front matter, then Markdown."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, cast

from guidegen.cache.build_cache import BuildCache
from guidegen.cache.serialization import storable
from guidegen.content.fields.compound import Record
from guidegen.content.fields.context import ReadingContext
from guidegen.content.fields.table import SPOTLIGHT, SPOTLIGHT_TRANSLATION
from guidegen.content.source_files import ContentFile, content_files
from guidegen.content.text_file import read_text
from guidegen.content.translations import wrong_language
from guidegen.content.yaml.parser import compose
from guidegen.model.article import Edition, Spotlight
from guidegen.model.problems import Problem, Severity, SourcePosition
from guidegen.model.translatable import text_hash
from guidegen.text.characters import composed
from guidegen.text.orthography import misspellings_in


@storable
@dataclass(frozen=True, slots=True)
class _Article:
    """A file's front matter by the field table, and its body."""

    values: dict[str, Any]
    body: str
    body_line: int
    places: dict[str, SourcePosition]


def read_spotlights(root: Path, languages: tuple[str, ...], memory: BuildCache) -> tuple[tuple[Spotlight, ...], list[Problem]]:
    """Every article with its translations, newest first, and what is wrong with the files."""
    files, problems = content_files(root, "spotlights", ".md")
    sources = {file.slug: file for file in files if not file.language}
    articles: dict[str, _Article] = {}
    translations: dict[str, list[tuple[ContentFile, _Article]]] = {}
    for file in files:
        if file.language and (misnamed := _misnamed(file, sources, languages)):
            problems.append(misnamed)
            continue
        table = SPOTLIGHT_TRANSLATION if file.language else SPOTLIGHT
        article, found = _remembered(file, table, file.language or languages[0], memory)
        problems += found
        if article and file.language:
            translations.setdefault(file.slug, []).append((file, article))
        elif article:
            articles[file.slug] = article
    spotlights = [_spotlight(sources[slug], article, translations.get(slug, []), languages) for slug, article in articles.items()]
    return tuple(sorted(spotlights, key=lambda one: (-one.date.toordinal(), one.slug))), problems


def _misnamed(file: ContentFile, sources: dict[str, ContentFile], languages: tuple[str, ...]) -> Problem | None:
    if file.language not in languages[1:]:
        return wrong_language(file.path, file.language, languages)
    if file.slug not in sources:
        message = f"there is no {file.slug}.md that this could be a translation of"
        return Problem(file.path, 1, 1, message, "Rename the file, or add the source file.", "orphan-translation")
    return None


def _remembered(
    file: ContentFile, table: Record[dict[str, object]], language: str, memory: BuildCache
) -> tuple[_Article | None, list[Problem]]:
    return memory.get_or_compute("article", (file.name,), (language,), lambda: _article(file, table, language))


def _article(file: ContentFile, table: Record[dict[str, object]], language: str) -> tuple[_Article | None, list[Problem]]:
    text, problems = read_text(file.file, file.path)
    if not text:
        return None, problems or [Problem(file.path, 1, 1, "the file is empty", "Write it, or delete it.", "empty")]
    front, body, body_line = split_front_matter(text)
    if front is None:
        return None, [*problems, _no_front_matter(file.path, text)]
    node, syntax = compose(front, file.path, first_line=2)
    if node is None:
        return None, problems + (syntax or [_empty_front_matter(file.path)])
    reading = ReadingContext(file.path, language)
    values = table.values(node, "", reading)
    problems += [*syntax, *reading.problems]
    if not body.strip():
        problems.append(Problem(file.path, body_line, 1, "the article has no text", "Write it below the line '---'.", "empty"))
    body = composed(body)
    for number, found in misspellings_in(body, language):
        problems.append(Problem(file.path, body_line + number, 1, found.message, found.hint, found.code, Severity.WARNING))
    return (_Article(values, body, body_line, reading.places) if values is not None else None), problems


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """Front matter, body, and the line the body begins at."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, "", 1
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    return None, "", 1


def _empty_front_matter(path: PurePosixPath) -> Problem:
    hint = "Write  title: …  and  date: …  there."
    return Problem(path, 2, 1, "there is nothing between the two lines '---'", hint, "front-matter")


def _no_front_matter(path: PurePosixPath, text: str) -> Problem:
    hint = "Begin with a line '---', then  title: …  and  date: …,  then a line '---', then the text."
    if text.startswith("---"):
        return Problem(path, 1, 1, "the block that begins with '---' is not closed", "End it with a line '---'.", "front-matter")
    return Problem(path, 1, 1, "the article does not begin with its title and date", hint, "front-matter")


def _spotlight(
    file: ContentFile, article: _Article, translated: list[tuple[ContentFile, _Article]], languages: tuple[str, ...]
) -> Spotlight:
    values = dict(article.values)
    source = Edition(
        languages[0],
        file.path,
        values.pop("title"),
        article.body,
        values.pop("summary", ""),
        body_line=article.body_line,
    )
    in_order = sorted(translated, key=lambda pair: languages.index(pair[0].language))
    editions = (source, *(_edition(source, one, other) for one, other in in_order))
    values["draft"] = bool(values.get("draft"))
    day = cast(date, values.pop("date"))
    return Spotlight(file.slug, file.path, day, editions, places=article.places, **values)


def _edition(source: Edition, file: ContentFile, article: _Article) -> Edition:
    recorded = article.values.get("translated_from")
    state = "unrecorded" if recorded is None else "fresh" if recorded == article_hash(source) else "stale"
    by = str(article.values.get("translation", {}).get("by", ""))
    title, summary = article.values["title"], article.values.get("summary", "")
    return Edition(file.language, file.path, title, article.body, summary, by, state, article.body_line)


def article_hash(edition: Edition) -> str:
    """What a translation of the whole article records of its source."""
    return text_hash("\n".join((edition.title, edition.summary, edition.body)))
