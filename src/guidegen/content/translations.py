"""Read translation files, which have the structure of their source but only its translatable fields."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath
from typing import Any

from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.context import (
    Jurisdiction,
    ReadingContext,
    TranslatedTexts,
    describe_shape,
    get_field_name,
    iterate_items,
    join_path,
)
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import Reader
from guidegen.content.fields.source_version import SOURCE_VERSION
from guidegen.content.fields.table import TRANSLATION
from guidegen.content.fields.text import Translated
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import Problem, Severity, SourcePosition, suggest
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.text.cldr import canonical

_LISTS_WITHOUT_KEYS = ("phones", "languages")
"""Lists whose entries are identified by a fact that can change, not by a permanent key."""
_WHOLE = "translated_from"


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """A translation file: its texts and their positions."""

    source: PurePosixPath
    language: str
    translation: TranslatedTexts
    places: dict[str, SourcePosition] = field(default_factory=dict)

    def find_orphans(self, paths: Mapping[str, TranslatableText], source_file: PurePosixPath) -> Iterator[Problem]:
        """Yield a problem for each translated text that the source does not have.

        The texts of a missing service or location yield one problem together.
        """
        known_prefixes = {prefix for path in paths for prefix in _prefixes(path)}
        orphaned: dict[str, str] = {}
        for path in self.translation.texts:
            if path not in known_prefixes:
                orphaned.setdefault(next(prefix for prefix in _prefixes(path) if prefix not in known_prefixes), path)
        for prefix, path in orphaned.items():
            message = f"'{prefix}' is translated here, but {source_file.name} has no such text"
            hint = "Remove it, or correct the key, code or number it belongs to."
            severity = Severity.ERROR
            parts = prefix.split(".")
            if any(part in _LISTS_WITHOUT_KEYS or part.isdigit() for part in parts[:-1] + parts[-1:] * parts[-1].isdigit()):
                severity = Severity.WARNING  # a corrected fact must not block publishing
                hint = f"If it changed, write what {source_file.name} says now instead of  {parts[-1]}"
            position = self.places.get(prefix, self.places[path])
            yield Problem(self.source, *position, message, hint, "orphan-translation", severity)


def _prefixes(path: str) -> Iterator[str]:
    """Yield the prefixes of a dotted path: ``services``, ``services.pantry``, ``services.pantry.name``."""
    parts = path.split(".")
    for number in range(1, len(parts) + 1):
        yield ".".join(parts[:number])


def read_translation(
    node: Node, table: Record[Any], source: PurePosixPath, language: str, country: str
) -> tuple[TranslationFile, list[Problem]]:
    """Return the texts of a translation file by dotted path, and its problems. ``country`` (ISO 3166-1) is that of the guide."""
    context = ReadingContext(source, language, jurisdiction=Jurisdiction(country))
    texts: dict[str, str] = {}
    by = ""
    versions: dict[str, str] = {}
    whole = ""
    if isinstance(node, MappingNode):
        metadata_keys = ("translation", _WHOLE)
        translated_node = MappingNode(
            tuple(pair for pair in node.pairs if pair[0].text not in metadata_keys), node.line, node.column
        )
        texts = dict(_read_record(translated_node, table, "", context))
        by = _read_translator(node, context)
        versions, whole = _read_source_versions(node.get(_WHOLE), context)
    else:
        context.report(
            node,
            f"the translation should have keys with values, but is {describe_shape(node)}",
            "Write keys with values.",
            "wrong-shape",
        )
    translation = TranslatedTexts(texts, versions, by, whole)
    return TranslationFile(source, language, translation, context.places), context.problems


def _read_translator(node: MappingNode, context: ReadingContext) -> str:
    block = node.get("translation")
    values = TRANSLATION.read_values(block, "translation", context) if block is not None else None
    return str(values["by"]) if values else ""


def _read_source_versions(node: Node | None, context: ReadingContext) -> tuple[dict[str, str], str]:
    """Return the recorded version of the source of each text, and that of all others.

    ``translated_from`` holds a version for each path, or one for the whole file.
    """
    if not isinstance(node, MappingNode):
        return {}, (SOURCE_VERSION.read(node, _WHOLE, context) or "") if node else ""
    whole = SOURCE_VERSION.read_mark(node)
    if whole:
        return {}, whole
    versions = ((key.text, SOURCE_VERSION.read(value, f"{_WHOLE}.{key.text}", context)) for key, value in node.pairs)
    return {path: version for path, version in versions if version}, ""


def _read_record(node: Node, table: Record[Any], path: str, context: ReadingContext) -> Iterator[tuple[str, str]]:
    if not isinstance(node, MappingNode):
        context.report(
            node,
            f"{table.kind} should have keys with values, but is {describe_shape(node)}",
            "Write keys with values.",
            "wrong-shape",
        )
        return
    context.enclosing_records.append((table.kind, table.fields_by_name))
    for key, value in node.pairs:
        field = table.fields_by_name.get(key.text)
        if field is None:
            table.report_unknown(key, context, value)
        elif not is_translatable(field.reader):
            _report_untranslatable(key, field, table, context)
        elif not (isinstance(value, ScalarNode) and value.is_empty):
            yield from _read_value(value, field.reader, join_path(path, key.text), context)
    context.enclosing_records.pop()


def _report_untranslatable(key: ScalarNode, field: Field, table: Record[Any], context: ReadingContext) -> None:
    names = [candidate.name for candidate in table.fields if is_translatable(candidate.reader)]
    hint = "Remove it. These keys can be translated:  " + ", ".join(names)
    context.report(key, f"'{field.name}' is not translated: it comes from the source file", hint, "not-translatable")


def _read_value(node: Node, reader: Reader[object], path: str, context: ReadingContext) -> Iterator[tuple[str, str]]:
    if isinstance(reader, Translated):
        text = reader.read_text(node, path, context)
        if text is not None:
            context.places[path] = (node.line, node.column)
            yield path, text
    elif isinstance(reader, Record):
        yield from _read_record(node, reader, path, context)
    elif isinstance(reader, Many):
        yield from _read_items(node, reader, path, context)


def _read_items(node: Node, many: Many[Any], path: str, context: ReadingContext) -> Iterator[tuple[str, str]]:
    if not isinstance(node, ListNode):
        if many.may_be_one:
            yield from _read_value(node, many.reader, path, context)
            return
        hint = "Write a list, as in the source file."
        context.report(node, f"'{get_field_name(path)}' needs a list, but has {describe_shape(node)}", hint, "wrong-shape")
        return
    seen: set[str] = set()
    for number, item in iterate_items(node):
        name = many.name_of(item) or str(number)
        if name in seen and many.identity == "key":
            context.report(item, f"'{get_field_name(path)}' lists {name} twice", "Combine them into one entry.", "listed-twice")
        seen.add(name)
        if many.identity and isinstance(item, MappingNode):
            identity_node = item.get(many.identity)
            if identity_node is None:
                hint = f"Write  {many.identity}: …  as in the source file, to show which entry this is."
                context.report(item, f"an entry of '{get_field_name(path)}' has no '{many.identity}'", hint, "missing")
                continue
            context.places[join_path(path, name)] = identity_node.line, identity_node.column
            item = MappingNode(tuple(p for p in item.pairs if p[0].text != many.identity), item.line, item.column)
        inner: Reader[Any] = many.reader
        if isinstance(inner, OneOf):
            inner = inner.merged_record
        yield from _read_value(item, inner, join_path(path, name), context)


def is_translatable(reader: object) -> bool:
    """Return whether a reader reads translatable text, itself or in a nested reader."""
    if isinstance(reader, Translated):
        return True
    if isinstance(reader, Record):
        return any(is_translatable(field.reader) for field in reader.fields)
    if isinstance(reader, OneOf):
        return any(is_translatable(shape) for shape in reader.shapes)
    return isinstance(reader, Many) and is_translatable(reader.reader)


def create_language_problem(path: PurePosixPath, tag: str, languages: tuple[str, ...]) -> Problem:
    """Return the problem of a file whose name has a language that the guide does not have, or that is not translated into."""
    if canonical(tag) == languages[0]:
        source = path.name.replace(f".{tag}.", ".")
        message = f"the file name says '{tag}', but that is the language you translate from"
        return Problem(path, 1, 1, message, f"Its text belongs in  {source} : move it there, then delete this file.", "language")
    message = f"the file name says '{tag}', which is not one of this guide's languages"
    hint = suggest(tag, languages[1:]) + "   To add a language, list it in guide.yml."
    if canonical(tag) in languages[1:]:
        hint = f"Rename it:  {path.name.replace(f'.{tag}.', f'.{canonical(tag)}.')}"
    return Problem(path, 1, 1, message, hint, "language")
