"""Values by language or by scheme: names of services and areas, synonyms, codes of other classifications."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from guidegen.content.fields.compound import Many
from guidegen.content.fields.context import ReadingContext, field_name, join, shape_of
from guidegen.content.fields.language_tag import language_of_country, not_a_language
from guidegen.content.fields.scalar import Translated
from guidegen.content.yaml.parser import MappingNode, Node, ScalarNode
from guidegen.model.problems import nearest_word
from guidegen.model.translatable import NO_TEXT, TranslatableText, Translation
from guidegen.text import cldr
from guidegen.text.orthography import UNKNOWN


@dataclass(frozen=True, slots=True)
class TextByLanguage:
    """A text, either plain (in the source language) or by language: ``{en: Food, es: Comida}``."""

    empty: ClassVar[object] = NO_TEXT
    limit: int = 300
    markdown: bool = False
    wanted: str = "the text in each language, such as  {en: Food, es: Comida}"

    def read(self, node: Node, at: str, reading: ReadingContext) -> TranslatableText | None:
        one = Translated(self.limit, self.markdown)
        if isinstance(node, ScalarNode):
            text = one.text(node, at, reading)
            return None if text is None else TranslatableText({reading.language: Translation(text)})
        versions: dict[str, Translation] = {}
        for tag, value in _by_language(node, at, reading, self.wanted):
            reading.markdown = ()  # each language has pages of its own
            text = one.text(value, at, reading)
            if text is not None:
                versions[tag] = Translation(text, "source" if tag == reading.language else "fresh")
        if not versions and isinstance(node, MappingNode):
            reading.report(node, f"'{field_name(at)}' has no text", f"Write {self.wanted}", "empty")
        if not versions:
            return None
        if reading.language not in versions:
            message = f"'{field_name(at)}' has no text in {reading.language}, the first language of the guide"
            reading.report(node, message, f"Add  {reading.language}: …", "missing")
            return None
        return TranslatableText(dict(sorted(versions.items(), key=lambda pair: pair[0] != reading.language)))


@dataclass(frozen=True, slots=True)
class ListsByLanguage:
    """Lists of words by language: ``{en: [ESL, learn English], es: [...]}``."""

    reader: Many[str]
    wanted: str = "a list for each language, such as  {en: [ESL, learn English]}"

    def read(self, node: Node, at: str, reading: ReadingContext) -> dict[str, tuple[str, ...]] | None:
        lists = {}
        for tag, value in _by_language(node, at, reading, self.wanted):
            reading.written_in = UNKNOWN  # what people type, however they write it
            words = self.reader.read(value, join(at, tag), reading)
            if words:
                lists[tag] = words
        return lists


def _by_language(node: Node, at: str, reading: ReadingContext, wanted: str) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, MappingNode):
        reading.report(node, f"'{field_name(at)}' has {shape_of(node)}", f"Write {wanted}", "wrong-shape")
        return
    seen: dict[str, int] = {}
    for key, value in node.pairs:
        tag = cldr.canonical(key.text)
        if tag not in reading.languages and not cldr.is_language(tag):
            close = nearest_word(key.text, reading.languages)
            hint = f"Did you mean:  {close}" if close else f"The guide's languages are:  {', '.join(reading.languages)}"
            message, likely = not_a_language(key.text)
            reading.report(key, message, likely if language_of_country(key.text) else hint, "language")
            continue
        if isinstance(value, ScalarNode) and value.is_empty:
            continue
        if tag in seen:
            hint = f"It stands in line {seen[tag]} already. Remove one of them."
            reading.report(key, f"'{field_name(at)}' lists {tag} twice", hint, "listed-twice")
            continue
        seen[tag] = key.line
        reading.places[join(at, tag)] = (value.line, value.column)
        reading.written_in = tag
        yield tag, value
        reading.written_in = ""


@dataclass(frozen=True, slots=True)
class CodesByScheme:
    """Codes of other classifications: ``{open_eligibility: ["108-01"]}``."""

    reader: Many[str]
    wanted: str = 'codes by classification, such as  {open_eligibility: ["108-01"]}'

    def read(self, node: Node, at: str, reading: ReadingContext) -> dict[str, tuple[str, ...]] | None:
        if not isinstance(node, MappingNode):
            reading.report(node, f"'{field_name(at)}' has {shape_of(node)}", f"Write {self.wanted}", "wrong-shape")
            return None
        read = {key.text: self.reader.read(value, join(at, key.text), reading) for key, value in node.pairs}
        return {scheme: codes for scheme, codes in read.items() if codes}
