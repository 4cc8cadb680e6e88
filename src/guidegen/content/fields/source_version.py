"""Reader of the version of a source that was translated."""

import re
from typing import ClassVar

from guidegen.content.fields.context import ReadingContext, get_field_name, read_scalar_text, shorten
from guidegen.content.yaml.parser import MappingNode, Node, ScalarNode
from guidegen.model.translatable import KNOWN_STALE
from guidegen.records import dataclass

EXPRESSION = rf"[0-9a-f]{{8}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{KNOWN_STALE}"


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """The hash of a source, the date of the version that was translated, or ``stale`` if it is known to be older.

    ``translated_from: {stale: yes}`` says the same as ``translated_from: stale``.
    """

    empty: ClassVar[object] = ""
    expected: str = "a code that guidegen wrote, the date of the source that was translated, such as  2026-05-01 , or  stale"

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        mark = self.read_mark(node)
        if mark:
            return mark
        text = read_scalar_text(node, path, context, self.expected)
        if text is None or re.fullmatch(EXPRESSION, text):
            return text
        message = f"'{get_field_name(path)}' is '{shorten(text)}', which names no version of the source"
        context.report(node, message, f"Write {self.expected}; or run  guidegen translations accept", "value")
        return None

    def read_mark(self, node: Node) -> str:
        """Return ``stale`` if the node is ``{stale: yes}``; else an empty text."""
        if not isinstance(node, MappingNode) or [key.text for key, _ in node.pairs] != [KNOWN_STALE]:
            return ""
        value = node.pairs[0][1]
        return KNOWN_STALE if isinstance(value, ScalarNode) and value.text.casefold() in ("yes", "true") else ""


SOURCE_VERSION = SourceVersion()
