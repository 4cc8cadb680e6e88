"""Readers of mappings from languages to texts or lists, and from classifications to codes."""

from collections.abc import Iterator
from typing import ClassVar

from guidegen.content.fields.compound import Many
from guidegen.content.fields.context import ReadingContext, describe_shape, get_field_name, join_path
from guidegen.content.fields.language_tag import explain_unknown_language, find_language_of_country
from guidegen.content.fields.text import Translated
from guidegen.content.yaml.parser import MappingNode, Node, ScalarNode
from guidegen.model.problems import find_nearest_word
from guidegen.model.translatable import NO_TEXT, TranslatableText, Translation
from guidegen.records import dataclass
from guidegen.text import cldr
from guidegen.text.orthography import UNKNOWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class TextByLanguage:
    """A text in the source language, or a mapping from languages to texts: ``{en: Food, es: Comida}``."""

    empty: ClassVar[object] = NO_TEXT
    limit: int = 300
    markdown: bool = False
    expected: str = "the text in each language, such as  {en: Food, es: Comida}"

    def read(self, node: Node, path: str, context: ReadingContext) -> TranslatableText | None:
        reader = Translated(self.limit, self.markdown)
        if isinstance(node, ScalarNode):
            text = reader.read_text(node, path, context)
            return None if text is None else TranslatableText({context.language: Translation(text)})
        versions: dict[str, Translation] = {}
        for tag, value in _read_languages(node, path, context, self.expected):
            context.markdown_totals = ()  # the limits hold for a page, and each language has its own
            text = reader.read_text(value, path, context)
            if text is not None:
                versions[tag] = Translation(text, "source" if tag == context.language else "fresh")
        if not versions and isinstance(node, MappingNode):
            context.report(node, f"'{get_field_name(path)}' has no text", f"Write {self.expected}", "empty")
        if not versions:
            return None
        if context.language not in versions:
            message = f"'{get_field_name(path)}' has no text in {context.language}, the first language of the guide"
            context.report(node, message, f"Add  {context.language}: …", "missing")
            return None
        return TranslatableText(dict(sorted(versions.items(), key=lambda pair: pair[0] != context.language)))


@dataclass(frozen=True, slots=True)
class ListsByLanguage:
    """A mapping from languages to lists of words: ``{en: [ESL, learn English], es: [...]}``."""

    reader: Many[str]
    expected: str = "a list for each language, such as  {en: [ESL, learn English]}"

    def read(self, node: Node, path: str, context: ReadingContext) -> dict[str, tuple[str, ...]] | None:
        lists = {}
        for tag, value in _read_languages(node, path, context, self.expected):
            context.value_language = UNKNOWN_LANGUAGE  # people may type these words in any spelling
            words = self.reader.read(value, join_path(path, tag), context)
            if words:
                lists[tag] = words
        return lists


def _read_languages(node: Node, path: str, context: ReadingContext, expected: str) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, MappingNode):
        context.report(node, f"'{get_field_name(path)}' has {describe_shape(node)}", f"Write {expected}", "wrong-shape")
        return
    seen: dict[str, int] = {}
    for key, value in node.pairs:
        tag = cldr.canonical(key.text)
        if tag not in context.languages and not cldr.is_language(tag):
            nearest = find_nearest_word(key.text, context.languages)
            hint = f"Did you mean:  {nearest}" if nearest else f"The guide's languages are:  {', '.join(context.languages)}"
            message, likely_hint = explain_unknown_language(key.text)
            context.report(key, message, likely_hint if find_language_of_country(key.text) else hint, "language")
            continue
        if isinstance(value, ScalarNode) and value.is_empty:
            continue
        if tag in seen:
            hint = f"It is already in line {seen[tag]}. Remove one of them."
            context.report(key, f"'{get_field_name(path)}' lists {tag} twice", hint, "listed-twice")
            continue
        seen[tag] = key.line
        context.places[join_path(path, tag)] = (value.line, value.column)
        context.value_language = tag
        yield tag, value
        context.value_language = ""


@dataclass(frozen=True, slots=True)
class CodesByScheme:
    """A mapping from other classifications to their codes: ``{open_eligibility: ["108-01"]}``."""

    reader: Many[str]
    expected: str = 'codes by classification, such as  {open_eligibility: ["108-01"]}'

    def read(self, node: Node, path: str, context: ReadingContext) -> dict[str, tuple[str, ...]] | None:
        if not isinstance(node, MappingNode):
            context.report(node, f"'{get_field_name(path)}' has {describe_shape(node)}", f"Write {self.expected}", "wrong-shape")
            return None
        codes_by_scheme = {key.text: self.reader.read(value, join_path(path, key.text), context) for key, value in node.pairs}
        return {scheme: codes for scheme, codes in codes_by_scheme.items() if codes}
