"""Compose YAML into nodes with positions, from the event stream of PyYAML's C parser.

No value gets an implicit type: ``no``, ``02101`` and ``9:30`` stay text until a field reader converts them.
Anchors, tags, merge keys and multiple documents are rejected.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import yaml

from guidegen.content.yaml.syntax_errors import MAX_DEPTH, TOO_DEEP, clamp_mark, explain_syntax_error, split_lines
from guidegen.model.problems import Problem
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text.characters import find_unwanted, normalize_nfc

MAX_NODES = 20_000
MAX_KEY_LENGTH = 500
_PLAIN_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text as it was typed. ``plain``: it has no quotes. ``block``: ``|`` or ``>`` for a block scalar, else empty."""

    text: str
    line: int
    column: int
    plain: bool = True
    block: str = ""

    def get_line(self, offset: int) -> int:
        """Return the line in the file of a line of the text: exact below ``|``, else the line where the value starts."""
        return self.line + (1 + offset if self.block == "|" else bool(self.block))

    @property
    def is_empty(self) -> bool:
        """True if the key has no value, or null."""
        return self.plain and self.text in _PLAIN_NULL


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping, in the order of the file."""

    pairs: tuple[tuple[ScalarNode, "Node"], ...]
    line: int
    column: int

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = ScalarNode | ListNode | MappingNode


_LOST_TEXT = compile_lazily(r"[ \t]+(#[^\s#][^\n]*)")
"""A ``#`` without a space after it, such as "bus #4": most likely no comment."""
_LOST_NUMBER = compile_lazily(r"[ \t]+(# [0-9][^\n]*)")
_BEFORE_A_NUMBER = compile_lazily(
    r"\b(?:press|dial|option|bus|route|line|stop|room|suite|apt|apartment|unit|door|gate|lot|box)$", re.IGNORECASE
)
"""Words that a number follows, so that "press # 5" is no comment either."""


class _RefusedError(Exception):
    """The file cannot be parsed further. Carries its problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def compose(text: str, path: PurePosixPath, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Return the document in ``text``, or None if it is empty or cannot be parsed, and its problems."""
    composer = _Composer(path, first_line)
    try:
        return composer.compose_document(text), composer.problems
    except _RefusedError as refused:
        return None, [*composer.problems, refused.problem]
    except yaml.YAMLError as error:
        if any(problem.code == "lost-text" for problem in composer.problems):
            return None, composer.problems  # the comment swallowed a bracket or a quote
        return None, [*composer.problems, explain_syntax_error(error, text, path, first_line)]


class _Composer:
    """The state of composing one document: its node count and problems."""

    def __init__(self, path: PurePosixPath, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.node_count = 0
        self.lines: list[str] = []
        self.has_comments = False
        self.may_have_invisible = False

    def compose_document(self, text: str) -> Node | None:
        self.lines = split_lines(text)
        self.has_comments = "#" in text
        self.may_have_invisible = "\\" in text or any(find_unwanted(text))
        events: Iterator[yaml.Event] = iter(yaml.CSafeLoader(text).get_event, None)
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _RefusedError(self._problem_of_event(event, "a second document starts here", "Remove the line '---'."))
                root = self._compose_node(next(events), events, 1)
        return root

    def _compose_node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        assert isinstance(event, yaml.NodeEvent)
        if event.anchor or getattr(event, "tag", None):
            self._reject_extras(event)
        self.node_count += 1
        if self.node_count > MAX_NODES:
            raise _RefusedError(
                self._problem_of_event(event, f"more than {MAX_NODES:,} values in one file", "Split the file or shorten it.")
            )
        if depth > MAX_DEPTH:
            raise _RefusedError(self._problem_of_event(event, *TOO_DEEP))
        line, column = self._find_position(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._compose_scalar(event, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(tuple(self._compose_items(events, depth)), line, column)
        return MappingNode(tuple(self._compose_pairs(events, depth)), line, column)

    def _compose_items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._compose_node(event, events, depth + 1)

    def _compose_pairs(self, events: Iterator[yaml.Event], depth: int) -> Iterator[tuple[ScalarNode, Node]]:
        first_lines: dict[str, int] = {}
        is_second_entry = False  # a repeated first key starts another entry without its hyphen: report only that
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._compose_node(event, events, depth + 1)
            value = self._compose_node(next(events), events, depth + 1)
            if not isinstance(key, ScalarNode):
                hint = "Put a name before the colon. A text that starts with { or [ needs quotes."
                self.report(key, "there is a list or brackets instead of a key", hint)
            elif len(key.text) > MAX_KEY_LENGTH:  # libyaml reads longer keys in brackets only, so they could not be written again
                self.report(key, f"a key has {len(key.text):,} characters", "Write a short key, a colon and a space.")
            elif key.text == "<<" and key.plain:
                self.report(key, "the merge key '<<' is not supported", "Write the keys out.")
            elif key.text in first_lines:
                if is_second_entry:
                    continue
                is_second_entry = key.text == next(iter(first_lines))
                earlier = f"It is already in line {first_lines[key.text]}."
                hint = f"{earlier} Keep one; if this starts another entry, put a hyphen before it."
                self.report(key, f"the key '{key.text}' is given twice", hint, "duplicate-key")
            else:
                first_lines[key.text] = key.line
                yield key, value

    def _compose_scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> ScalarNode:
        style = event.style
        scalar = ScalarNode(normalize_nfc(event.value), line, column, not style, style if style in ("|", ">") else "")
        if not style and self.has_comments:
            self._report_lost_text(event)
        if style == '"' and self.may_have_invisible:  # an escape can produce characters that the file does not show
            for _, character in find_unwanted(event.value):
                message = f"there is {character} in the text"
                self.report(scalar, message, "Remove the escape.", "invisible-character")
                break
        return scalar

    def _report_lost_text(self, event: yaml.ScalarEvent) -> None:
        """Report a ``#`` without a space after it, which YAML reads as a comment: most likely it is an apartment number."""
        mark = event.end_mark
        if mark is None or event.start_mark is None or event.start_mark.line != mark.line:
            return
        line, column = clamp_mark(self.lines, mark.line, mark.column)
        is_before_number = _BEFORE_A_NUMBER.search(event.value)
        lost = (_LOST_NUMBER if is_before_number else _LOST_TEXT).match(self.lines[line][column:])
        lost = lost or _LOST_TEXT.match(self.lines[line][column:])
        is_value_like = lost and re.match(r"#(?:[0-9]|[0-9a-fA-F]{6}\b)", lost[1])  # a number or a color
        is_whole_value = is_value_like and re.search(r":[ \t]*$", self.lines[line][:column])
        if lost and (event.value or is_whole_value):
            whole = f"{event.value} {lost[1]}".strip()
            if self.lines[line].lstrip(" -").partition(":")[2].lstrip().startswith(("{", "[")):
                whole = re.split(r", [a-z_]+:|[,}\]]", whole)[0]  # the value ends where the next key begins
            hint = f'Put the whole text in quotes:  "{whole}"   (for a comment, write a space after the #)'
            message = f"'{lost[1][:30]}' is lost, because YAML reads it as a comment"
            self.problems.append(Problem(self.path, line + self.first_line, column + 2, message, hint, "lost-text"))

    def _reject_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            hint = "A text that begins with * needs quotes. References to other values are not supported."
            raise _RefusedError(self._problem_of_event(event, f"'*{event.anchor}' refers to another value", hint))
        anchor = getattr(event, "anchor", None)
        if anchor:
            hint = "A text that begins with & needs quotes. Anchors are not supported."
            raise _RefusedError(self._problem_of_event(event, f"'&{anchor}' names a value", hint))
        tag = getattr(event, "tag", None)
        if tag:
            short_tag = re.sub(r"^tag:yaml\.org,2002:", "!!", tag)
            hint = "A text that begins with ! needs quotes. Tags are not supported."
            raise _RefusedError(self._problem_of_event(event, f"'{short_tag}' is a tag", hint))

    def _find_position(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        line, column = clamp_mark(self.lines, mark.line, mark.column) if mark else (0, 0)
        return line + self.first_line, column + 1

    def _problem_of_event(self, event: yaml.Event, message: str, hint: str) -> Problem:
        line, column = self._find_position(event)
        return Problem(self.path, line, column, message, hint, "yaml")

    def report(self, node: Node, message: str, hint: str, code: str = "yaml") -> None:
        self.problems.append(Problem(self.path, node.line, node.column, message, hint, code))
