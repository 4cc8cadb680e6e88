"""Translation files: the same shape as their source, translatable fields only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from guidegen.content.fields.compound import Field, Many, OneOf, Record
from guidegen.content.fields.context import ReadingContext, TranslatedTexts, each, field_name, join, shape_of
from guidegen.content.fields.scalar import Pattern, Reader, Translated
from guidegen.content.fields.table import TRANSLATION
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import Problem, Severity, SourcePosition, suggest
from guidegen.model.translatable import TranslatableText
from guidegen.text.cldr import canonical

_CHANGING = ("phones", "languages")
"""Lists whose entries are known by a fact that changes, and not by a key that stays."""
HASH = Pattern(r"[0-9a-f]{8}", "a record of guidegen", "nothing here by hand: run  guidegen translations accept")


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """A translation as read, and where its texts stand."""

    source: PurePosixPath
    language: str
    translation: TranslatedTexts
    places: dict[str, SourcePosition] = field(default_factory=dict)

    def orphans(self, paths: Mapping[str, TranslatableText], origin: PurePosixPath) -> Iterator[Problem]:
        """Texts whose source has no such text; those of one service or place that is not there are one mistake."""
        known = {start for at in paths for start in _starts(at)}
        lost = {
            next(start for start in _starts(at) if start not in known): at for at in self.translation.texts if at not in known
        }
        for start, at in lost.items():
            message = f"'{start}' is translated here, but {origin.name} has no such text"
            hint = "Remove it, or correct the key, code or number it belongs to."
            severity = Severity.ERROR
            parts = start.split(".")
            if any(part in _CHANGING or part.isdigit() for part in parts[:-1] + parts[-1:] * parts[-1].isdigit()):
                severity = Severity.WARNING  # a fact was corrected: no reason to publish nothing
                hint = f"Was it changed? Write what {origin.name} says now in place of  {parts[-1]}"
            place = self.places.get(start, self.places[at])
            yield Problem(self.source, *place, message, hint, "orphan-translation", severity)


def _starts(at: str) -> Iterator[str]:
    """A dotted path from its beginning: ``services``, ``services.pantry``, ``services.pantry.name``."""
    parts = at.split(".")
    for number in range(1, len(parts) + 1):
        yield ".".join(parts[:number])


def read_translation(
    node: Node, table: Record[Any], source: PurePosixPath, language: str
) -> tuple[TranslationFile, list[Problem]]:
    """The texts of a translation file by dotted path, and what is wrong with it."""
    reading = ReadingContext(source, language)
    texts: dict[str, str] = {}
    by = ""
    recorded: dict[str, str] = {}
    if isinstance(node, MappingNode):
        own = ("translation", "translated_from")
        rest = MappingNode(tuple(pair for pair in node.pairs if pair[0].text not in own), node.line, node.column)
        texts = dict(_record(rest, table, "", reading))
        by = _made_by(node, reading)
        recorded = dict(_recorded(node.get("translated_from"), reading))
    else:
        reading.report(node, f"the translation is given as {shape_of(node)}", "Write keys with values.", "wrong-shape")
    translation = TranslatedTexts(texts, recorded, by)
    return TranslationFile(source, language, translation, reading.places), reading.problems


def _made_by(node: MappingNode, reading: ReadingContext) -> str:
    block = node.get("translation")
    values = TRANSLATION.values(block, "translation", reading) if block is not None else None
    return str(values["by"]) if values else ""


def _recorded(node: Node | None, reading: ReadingContext) -> Iterator[tuple[str, str]]:
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            text = HASH.read(value, f"translated_from.{key.text}", reading)
            if text:
                yield key.text, text


def _record(node: Node, table: Record[Any], at: str, reading: ReadingContext) -> Iterator[tuple[str, str]]:
    if not isinstance(node, MappingNode):
        reading.report(node, f"{table.kind} is given as {shape_of(node)}", "Write keys with values.", "wrong-shape")
        return
    reading.around.append((table.kind, table.by_name))
    for key, value in node.pairs:
        described = table.by_name.get(key.text)
        if described is None:
            table.report_unknown(key, reading, value)
        elif not is_translatable(described.reader):
            _report_untranslatable(key, described, table, reading)
        elif not (isinstance(value, ScalarNode) and value.is_empty):
            yield from _value(value, described.reader, join(at, key.text), reading)
    reading.around.pop()


def _report_untranslatable(key: ScalarNode, described: Field, table: Record[Any], reading: ReadingContext) -> None:
    names = [row.name for row in table.fields if is_translatable(row.reader)]
    hint = "Remove it. What can be translated here:  " + ", ".join(names)
    reading.report(key, f"'{described.name}' is not translated: it is taken from the source", hint, "not-translatable")


def _value(node: Node, reader: Reader[object], at: str, reading: ReadingContext) -> Iterator[tuple[str, str]]:
    if isinstance(reader, Translated):
        text = reader.text(node, at, reading)
        if text is not None:
            reading.places[at] = (node.line, node.column)
            yield at, text
    elif isinstance(reader, Record):
        yield from _record(node, reader, at, reading)
    elif isinstance(reader, Many):
        yield from _items(node, reader, at, reading)


def _items(node: Node, many: Many[Any], at: str, reading: ReadingContext) -> Iterator[tuple[str, str]]:
    if not isinstance(node, ListNode):
        if many.may_be_one:
            yield from _value(node, many.reader, at, reading)
            return
        hint = "Write a list, in the shape of the source."
        reading.report(node, f"'{field_name(at)}' has {shape_of(node)} where a list is wanted", hint, "wrong-shape")
        return
    seen: set[str] = set()
    for number, item in each(node):
        name = many.name_of(item) or str(number)
        if name in seen and many.identity == "key":
            reading.report(item, f"'{field_name(at)}' lists {name} twice", "Put both into one entry.", "listed-twice")
        seen.add(name)
        if many.identity and isinstance(item, MappingNode):
            named = item.get(many.identity)
            if named is None:
                hint = f"Write  {many.identity}: …  as in the source, so that it is known which entry this is."
                reading.report(item, f"an entry of '{field_name(at)}' has no '{many.identity}'", hint, "missing")
                continue
            reading.places[join(at, name)] = named.line, named.column
            item = MappingNode(tuple(p for p in item.pairs if p[0].text != many.identity), item.line, item.column)
        inner: Reader[Any] = many.reader
        if isinstance(inner, OneOf):
            inner = inner.merged
        yield from _value(item, inner, join(at, name), reading)


def is_translatable(reader: object) -> bool:
    """Whether a reader's values are texts in a language, or hold some."""
    if isinstance(reader, Translated):
        return True
    if isinstance(reader, Record):
        return any(is_translatable(row.reader) for row in reader.fields)
    if isinstance(reader, OneOf):
        return any(is_translatable(shape) for shape in reader.shapes)
    return isinstance(reader, Many) and is_translatable(reader.reader)


def wrong_language(path: PurePosixPath, tag: str, languages: tuple[str, ...]) -> Problem:
    """A file named after a language the guide does not have."""
    message = f"the file name says '{tag}', which is not one of this guide's languages"
    hint = suggest(tag, languages[1:]) + "   To add a language, name it in guide.yml."
    if canonical(tag) in languages[1:]:
        hint = f"Rename it:  {path.name.replace(f'.{tag}.', f'.{canonical(tag)}.')}"
    return Problem(path, 1, 1, message, hint, "language")
