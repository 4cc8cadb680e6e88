"""Readers of texts: one line, and translatable text."""

import re
from collections.abc import Iterator
from operator import add
from typing import ClassVar

from guidegen.content import markdown_lint
from guidegen.content.fields.context import ReadingContext, get_field_name, read_scalar_text
from guidegen.content.yaml.parser import Node, ScalarNode
from guidegen.model.problems import Problem, Severity
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A text of one line."""

    empty: ClassVar[object] = ""
    limit: int = 200
    expected: str = "a short text"

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        stripped = " ".join(text.split())
        if len(stripped) > self.limit:
            message = f"'{get_field_name(path)}' is {len(stripped)} characters long; the limit is {self.limit}"
            context.report(node, message, "Shorten the text.", "too-long")
            return None
        if not stripped:
            context.report(node, f"'{get_field_name(path)}' is empty", f"Write {self.expected}, or remove the line.", "empty")
            return None
        context.report_misspellings(node, stripped)
        return stripped


@dataclass(frozen=True, slots=True)
class Translated:
    """A translatable text. If ``markdown``, it keeps its lines."""

    empty: ClassVar[object] = NO_TEXT
    limit: int = 300
    markdown: bool = False
    expected: str = "a text"

    def read(self, node: Node, path: str, context: ReadingContext) -> TranslatableText | None:
        text = self.read_text(node, path, context)
        return None if text is None else context.add_text(path, text)

    def read_text(self, node: Node, path: str, context: ReadingContext) -> str | None:
        """Return the text in the language of the file. Report a problem and return None where it is unusable."""
        if not self.markdown:
            return Line(self.limit, self.expected).read(node, path, context)
        text = read_scalar_text(node, path, context, self.expected)
        if text is None or not isinstance(node, ScalarNode):
            return None
        if len(text) > self.limit:
            message = f"'{get_field_name(path)}' is {len(text)} characters long; the limit is {self.limit}"
            context.report(node, message, "Shorten the text.", "too-long")
            return None
        errors = [*markdown_lint.lint(node.text, frozenset()), *_find_swallowed_keys(node, path, context)]
        errors = errors or [*_check_markdown_total(text, context)]
        for error in errors:
            line = node.get_line(error.line)
            context.problems.append(Problem(context.source, line, 1, error.message, error.hint, "markdown"))
        for warning in () if errors else markdown_lint.find_misleading_links(node.text):
            line = node.get_line(warning.line)
            context.problems.append(
                Problem(context.source, line, 1, warning.message, warning.hint, "misleading-link", Severity.WARNING)
            )
        context.report_misspellings(node, node.text)
        return text


def _check_markdown_total(text: str, context: ReadingContext) -> Iterator[markdown_lint.LintError]:
    """Yield an error at the text that takes the Markdown of a file over the limits of a page. Later texts yield none."""
    previous = context.markdown_totals or (0,) * len(markdown_lint.count_marks(""))
    context.markdown_totals = tuple(map(add, previous, markdown_lint.count_marks(text)))
    error = markdown_lint.find_exceeded_limit(context.markdown_totals, "the texts of this file together have")
    if error and not markdown_lint.find_exceeded_limit(previous, ""):
        yield error


def _find_swallowed_keys(node: ScalarNode, path: str, context: ReadingContext) -> Iterator[markdown_lint.LintError]:
    """Yield an error for each key that YAML reads as text of the block above because of its indentation."""
    names = {name for _, fields in context.enclosing_records for name in fields}
    for number, line in enumerate(node.text.split("\n") if node.block else ()):
        key = re.match(r"([a-z_]+):(?:\s|$)", line)
        if key and key[1] in names:
            hint = "Move the line left, to the column of the other keys. If it is part of the text, start it with another word."
            yield markdown_lint.LintError(
                number, f"the key '{key[1]}' has become part of the text of '{get_field_name(path)}'", hint
            )
