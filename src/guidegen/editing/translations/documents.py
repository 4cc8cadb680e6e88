"""The texts of a guide that translators work on: what each says, what its translation says, and the state of that."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from guidegen.content.articles import compute_text_hash
from guidegen.content.checks.translations import list_vital_texts
from guidegen.content.fields.article_fields import OWN_PAGE_TRANSLATION, SPOTLIGHT_TRANSLATION
from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import Reader
from guidegen.content.fields.table import PARTNER
from guidegen.content.fields.text import Translated
from guidegen.content.source_files import ContentFile
from guidegen.editing.field_texts import list_texts_below, read_node
from guidegen.model.article import Edition, OwnPage, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.translatable import NO_TRANSLATION, Translation
from guidegen.records import dataclass

_TABLES = {"spotlights": SPOTLIGHT_TRANSLATION, "pages": OWN_PAGE_TRANSLATION}
"""The tables of translated articles, by their folder."""
BODY = "text"
"""The name of the Markdown below the front matter of an article."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A text of a document. ``path`` are its keys; ``meaning`` says what the field is for; ``line`` is that of the source.

    ``translation.state`` is ``missing``, ``stale``, ``unrecorded`` or ``fresh``.
    """

    path: tuple[str, ...]
    source: str
    translation: Translation
    meaning: str
    line: int
    is_vital: bool = False
    is_markdown: bool = False

    @property
    def dotted(self) -> str:
        """The path as content files record it: ``services.pantry.name``."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Document:
    """A profile or article with its translation into one language. ``target`` is the file of the translation."""

    name: str
    source: PurePosixPath
    target: PurePosixPath
    language: str
    texts: tuple[DocumentText, ...]

    @property
    def is_article(self) -> bool:
        """Whether the file is an article. An article has one hash for all of its texts; a profile has one for each."""
        return self.source.suffix == ".md"

    def hash_sources(self, sources: Mapping[tuple[str, ...], str]) -> str:
        """Return the hash that a translation of an article records, for given texts of its source."""
        return compute_text_hash(*(sources.get((key,), "") for key in ("title", "summary", BODY)))


def list_documents(root: Path, guide: Guide, language: str) -> Iterator[Document]:
    """Yield the profiles, articles and pages of a guide with their translations into a language; closed and drafts last."""
    for partner in sorted(guide.partners, key=lambda partner: (partner.status in ("closed", "draft"), partner.slug)):
        yield _build_profile(root, partner, language)
    articles: tuple[Spotlight | OwnPage, ...] = (*guide.spotlights, *guide.own_pages)
    for article in sorted(articles, key=lambda article: (article.draft, article.slug)):
        yield _build_article(article, language)


def _build_profile(root: Path, partner: Partner, language: str) -> Document:
    vital = {at for at, _ in list_vital_texts(partner)}
    node = read_node(ContentFile(root, str(partner.source), partner.slug))
    texts = []
    for path, _ in list_texts_below(node, PARTNER, ()):
        dotted = ".".join(path)
        text = partner.texts.get(dotted)
        if text:
            field = find_field(path)
            translation = text.translations.get(language, NO_TRANSLATION)
            line = partner.places.get(dotted, (1, 1))[0]
            is_markdown = isinstance(field.reader, Translated) and field.reader.markdown
            texts.append(DocumentText(path, text.source, translation, field.meaning, line, dotted in vital, is_markdown))
    target = partner.source.with_name(f"{partner.slug}.{language}.yml")
    return Document(partner.name, partner.source, target, language, tuple(texts))


def _build_article(article: Spotlight | OwnPage, language: str) -> Document:
    source = article.editions[0]
    edition = next((edition for edition in article.editions if edition.language == language), None)
    table = _TABLES[article.source.parts[1]]
    values = {"title": source.title, "summary": source.summary, "alt": source.alt, BODY: source.body.strip("\n")}
    texts = [
        DocumentText(
            (key,),
            text,
            _get_translation(edition, key),
            table.fields_by_name[key].meaning if key in table.fields_by_name else "the text",
            article.places.get(key, (source.body_line if key == BODY else 2, 1))[0],
            is_vital=key == "title",
            is_markdown=key == BODY,
        )
        for key, text in values.items()
        if text
    ]
    target = article.source.with_name(f"{article.slug}.{language}.md")
    return Document(source.title, article.source, target, language, tuple(texts))


def _get_translation(edition: Edition | None, key: str) -> Translation:
    if edition is None:
        return NO_TRANSLATION
    text = {"title": edition.title, "summary": edition.summary, "alt": edition.alt, BODY: edition.body.strip("\n")}[key]
    return Translation(text, edition.state, edition.by) if text else NO_TRANSLATION


def find_field(path: tuple[str, ...]) -> Field:
    """Return the row of the field table for the path of a text in a profile."""
    record: Record[Any] = PARTNER
    field = record.fields_by_name[path[0]]
    for key in path[1:]:
        reader: object = field.reader
        while isinstance(reader, Many):
            reader = reader.reader
        if isinstance(reader, OneOf):
            reader = reader.merged_record
        if isinstance(reader, Record) and key in reader.fields_by_name:
            field = reader.fields_by_name[key]
    return field


def find_reader(document: Document, path: tuple[str, ...]) -> Reader[object]:
    """Return the reader of a text of a document."""
    if document.is_article:
        return _TABLES[document.source.parent.name].fields_by_name[path[0]].reader
    reader = find_field(path).reader
    while isinstance(reader, Many):
        reader = reader.reader
    return reader
