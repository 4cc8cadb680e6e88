"""YAML as text with places: our own composer over PyYAML's C event stream.

No value is ever guessed: ``no``, ``02101`` and ``9:30`` stay what was typed until a field reader types them.
What YAML has beyond lists, keys and texts (anchors, tags, merge keys, several documents) is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from guidegen.content.yaml.syntax_errors import MAX_DEPTH, TOO_DEEP, lines_of, syntax_problem, within
from guidegen.model.problems import Problem
from guidegen.text.characters import composed, unwanted

MAX_NODES = 20_000
_PLAIN_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text as it was typed; ``plain`` when it stands without quotes, ``block`` is ``|`` or ``>`` when it begins below one."""

    text: str
    line: int
    column: int
    plain: bool = True
    block: str = ""

    def line_of(self, offset: int) -> int:
        """The line of the file that holds a line of the text: exact below ``|``, else where the value begins."""
        return self.line + (1 + offset if self.block == "|" else bool(self.block))

    @property
    def is_empty(self) -> bool:
        """Nothing was written: the key stands alone, or says null."""
        return self.plain and self.text in _PLAIN_NULL


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with values, in the order of the file."""

    pairs: tuple[tuple[ScalarNode, "Node"], ...]
    line: int
    column: int

    def get(self, key: str) -> "Node | None":
        """The value of a key."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = ScalarNode | ListNode | MappingNode


class _RefusedError(Exception):
    """The file cannot be read further; carries its problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def compose(text: str, path: PurePosixPath, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The document in ``text`` and what is wrong with it; None when it cannot be read or is empty."""
    composer = _Composer(path, first_line)
    try:
        return composer.document(text), composer.problems
    except _RefusedError as refused:
        return None, [*composer.problems, refused.problem]
    except yaml.YAMLError as error:
        return None, [*composer.problems, syntax_problem(error, text, path, first_line)]


class _Composer:
    """Keeps the count of nodes and the problems while one document is read."""

    def __init__(self, path: PurePosixPath, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.nodes = 0
        self.lines: list[str] = []
        self.has_comments = False
        self.may_hide = False

    def document(self, text: str) -> Node | None:
        self.lines = lines_of(text)
        self.has_comments = "#" in text
        self.may_hide = "\\" in text or any(unwanted(text))
        events: Iterator[yaml.Event] = iter(yaml.CSafeLoader(text).get_event, None)
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _RefusedError(self._problem(event, "a second document starts here", "Remove the line '---'."))
                root = self._node(next(events), events, 1)
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        assert isinstance(event, yaml.NodeEvent)
        if event.anchor or getattr(event, "tag", None):
            self._refuse_extras(event)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _RefusedError(
                self._problem(event, f"more than {MAX_NODES:,} values in one file", "Split the file or shorten it.")
            )
        if depth > MAX_DEPTH:
            raise _RefusedError(self._problem(event, *TOO_DEEP))
        line, column = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return ListNode(tuple(self._items(events, depth)), line, column)
        return MappingNode(tuple(self._pairs(events, depth)), line, column)

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _pairs(self, events: Iterator[yaml.Event], depth: int) -> Iterator[tuple[ScalarNode, Node]]:
        seen: dict[str, int] = {}
        begun_anew = False  # the first key again is another entry without its hyphen: one mistake, not one for each key
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, ScalarNode):
                hint = "Put a name before the colon. A text that starts with { or [ needs quotes."
                self.problems.append(self._at(key, "a list or brackets stand where a key is wanted", hint))
            elif key.text == "<<" and key.plain:
                self.problems.append(self._at(key, "the merge key '<<' is not used here", "Write the keys out."))
            elif key.text in seen:
                if begun_anew:
                    continue
                begun_anew = key.text == next(iter(seen))
                hint = (
                    f"It stands in line {seen[key.text]} already. Keep one; if this begins another entry, begin it with a hyphen."
                )
                self.problems.append(self._at(key, f"the key '{key.text}' is given twice", hint, "duplicate-key"))
            else:
                seen[key.text] = key.line
                yield key, value

    def _scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> ScalarNode:
        style = event.style
        scalar = ScalarNode(composed(event.value), line, column, not style, style if style in ("|", ">") else "")
        if not style and self.has_comments:
            self._refuse_lost_text(event)
        if style == '"' and self.may_hide:  # an escape can hide what the file's own bytes do not show
            for _, found in unwanted(event.value):
                message = f"there is {found} in the text"
                self.problems.append(self._at(scalar, message, "Remove the escape.", "invisible-character"))
                break
        return scalar

    def _refuse_lost_text(self, event: yaml.ScalarEvent) -> None:
        """A # with no space behind it is hardly ever a comment: YAML would drop the number of an apartment."""
        mark = event.end_mark
        if mark is None or event.start_mark is None or event.start_mark.line != mark.line:
            return
        line, column = within(self.lines, mark.line, mark.column)
        lost = re.match(r"[ \t]+(#[^\s#][^\n]*)", self.lines[line][column:])
        if lost and event.value:
            hint = f'Put the whole text in quotes:  "{event.value} {lost[1]}"   (or write a space after the #, for a comment)'
            message = f"'{lost[1][:30]}' is not part of the text, because of the #"
            self.problems.append(Problem(self.path, line + self.first_line, column + 2, message, hint, "lost-text"))

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            hint = "A text that begins with * needs quotes. References to other values are not used here."
            raise _RefusedError(self._problem(event, f"'*{event.anchor}' refers to another value", hint))
        anchor = getattr(event, "anchor", None)
        if anchor:
            hint = "A text that begins with & needs quotes. Anchors are not used here."
            raise _RefusedError(self._problem(event, f"'&{anchor}' names a value", hint))
        tag = getattr(event, "tag", None)
        if tag:
            shown = re.sub(r"^tag:yaml\.org,2002:", "!!", tag)
            hint = "A text that begins with ! needs quotes. Tags are not used here."
            raise _RefusedError(self._problem(event, f"'{shown}' is a tag", hint))

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        line, column = within(self.lines, mark.line, mark.column) if mark else (0, 0)
        return line + self.first_line, column + 1

    def _problem(self, event: yaml.Event, message: str, hint: str) -> Problem:
        line, column = self._place(event)
        return Problem(self.path, line, column, message, hint, "yaml")

    def _at(self, node: Node, message: str, hint: str, code: str = "yaml") -> Problem:
        return Problem(self.path, node.line, node.column, message, hint, code)
