"""Readers of mappings from languages to texts or lists, and from classifications to codes."""

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
    """A text in the source language, or a mapping from languages to texts: ``{en: Food, es: Comida}``."""

    empty: ClassVar[object] = NO_TEXT
    limit: int = 300
    markdown: bool = False
    wanted: str = "the text in each language, such as  {en: Food, es: Comida}"

    def read(self, node: Node, path: str, context: ReadingContext) -> TranslatableText | None:
        reader = Translated(self.limit, self.markdown)
        if isinstance(node, ScalarNode):
            text = reader.text(node, path, context)
            return None if text is None else TranslatableText({context.language: Translation(text)})
        versions: dict[str, Translation] = {}
        for tag, value in _read_languages(node, path, context, self.wanted):
            context.markdown = ()  # the limits hold for a page, and each language has its own
            text = reader.text(value, path, context)
            if text is not None:
                versions[tag] = Translation(text, "source" if tag == context.language else "fresh")
        if not versions and isinstance(node, MappingNode):
            context.report(node, f"'{field_name(path)}' has no text", f"Write {self.wanted}", "empty")
        if not versions:
            return None
        if context.language not in versions:
            message = f"'{field_name(path)}' has no text in {context.language}, the first language of the guide"
            context.report(node, message, f"Add  {context.language}: …", "missing")
            return None
        return TranslatableText(dict(sorted(versions.items(), key=lambda pair: pair[0] != context.language)))


@dataclass(frozen=True, slots=True)
class ListsByLanguage:
    """A mapping from languages to lists of words: ``{en: [ESL, learn English], es: [...]}``."""

    reader: Many[str]
    wanted: str = "a list for each language, such as  {en: [ESL, learn English]}"

    def read(self, node: Node, path: str, context: ReadingContext) -> dict[str, tuple[str, ...]] | None:
        lists = {}
        for tag, value in _read_languages(node, path, context, self.wanted):
            context.written_in = UNKNOWN  # people may type these words in any spelling
            words = self.reader.read(value, join(path, tag), context)
            if words:
                lists[tag] = words
        return lists


def _read_languages(node: Node, path: str, context: ReadingContext, expected: str) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, MappingNode):
        context.report(node, f"'{field_name(path)}' has {shape_of(node)}", f"Write {expected}", "wrong-shape")
        return
    seen: dict[str, int] = {}
    for key, value in node.pairs:
        tag = cldr.canonical(key.text)
        if tag not in context.languages and not cldr.is_language(tag):
            nearest = nearest_word(key.text, context.languages)
            hint = f"Did you mean:  {nearest}" if nearest else f"The guide's languages are:  {', '.join(context.languages)}"
            message, likely_hint = not_a_language(key.text)
            context.report(key, message, likely_hint if language_of_country(key.text) else hint, "language")
            continue
        if isinstance(value, ScalarNode) and value.is_empty:
            continue
        if tag in seen:
            hint = f"It is already in line {seen[tag]}. Remove one of them."
            context.report(key, f"'{field_name(path)}' lists {tag} twice", hint, "listed-twice")
            continue
        seen[tag] = key.line
        context.places[join(path, tag)] = (value.line, value.column)
        context.written_in = tag
        yield tag, value
        context.written_in = ""


@dataclass(frozen=True, slots=True)
class CodesByScheme:
    """A mapping from other classifications to their codes: ``{open_eligibility: ["108-01"]}``."""

    reader: Many[str]
    wanted: str = 'codes by classification, such as  {open_eligibility: ["108-01"]}'

    def read(self, node: Node, path: str, context: ReadingContext) -> dict[str, tuple[str, ...]] | None:
        if not isinstance(node, MappingNode):
            context.report(node, f"'{field_name(path)}' has {shape_of(node)}", f"Write {self.wanted}", "wrong-shape")
            return None
        codes_by_scheme = {key.text: self.reader.read(value, join(path, key.text), context) for key, value in node.pairs}
        return {scheme: codes for scheme, codes in codes_by_scheme.items() if codes}
