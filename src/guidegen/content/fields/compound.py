"""Readers of values that consist of others: lists, pairs, and one of several records."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from guidegen.content.fields import intended, intended_times
from guidegen.content.fields.context import ReadingContext, describe_shape, get_field_name, iterate_items, join_path, shorten
from guidegen.content.fields.record import Record
from guidegen.content.fields.scalar import Choice, Reader, WholeNumber
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import find_nearest_word
from guidegen.records import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Many(Generic[T]):
    """A list. ``identity`` is the key that names its records; ``distinct`` are the keys whose values must differ.

    If ``may_be_one``, a single value may be written without the list. Its path then has no number. ``interpret`` takes a text
    in place of the list, and the country, and returns the list as YAML for the hint.
    """

    empty: ClassVar[object] = ()
    reader: Reader[T]
    identity: str = ""
    limit: int = 200
    distinct: tuple[str, ...] = ()
    may_be_one: bool = False
    interpret: Callable[[str, str], str] | None = None

    @property
    def expected(self) -> str:
        if self.may_be_one:
            return self.reader.expected
        sample = self.reader.expected.removeprefix("one of").split("  ")[-1].split(",")[0]
        return f"a list, such as  [{sample}]" if " " not in sample else "a list, such as  [first, second]"

    def read(self, node: Node, path: str, context: ReadingContext) -> tuple[T, ...] | None:
        if not isinstance(node, ListNode):
            if self.may_be_one:
                value = self.reader.read(node, path, context)
                return None if value is None else (value,)
            message = f"'{get_field_name(path)}' needs a list, but has {describe_shape(node)}"
            context.report(node, message, f"Write {self._format_example(node, context)}", "wrong-shape")
            return None
        if len(node.items) > self.limit:
            message = f"'{get_field_name(path)}' has {len(node.items)} entries; the limit is {self.limit}"
            context.report(node, message, "Shorten the list.", "too-long")
            return None
        if len(node.items) > 1 and isinstance(self.reader, Record) and all(isinstance(item, ScalarNode) for item in node.items):
            self._report_texts(node, self.reader, path, context)
            return None
        first = len(context.problems)
        values = tuple(self._read_items(node, path, context))
        _merge_problems(context, first)
        return values

    def _report_texts(self, node: ListNode, record: Record[T], path: str, context: ReadingContext) -> None:
        """Report a list of texts in place of a list of records once, with all records as they may have been meant."""
        texts = [item.text for item in node.items if isinstance(item, ScalarNode)]
        country = context.jurisdiction.country
        records = [record.interpret(text, country) if record.interpret else "" for text in texts]
        example = ", ".join(records) if all(records) else record.expected.split("  ")[-1]
        message = (
            f"each entry of '{get_field_name(path)}' should have keys with values, but is a text: {shorten(', '.join(texts))}"
        )
        context.report(node.items[0], message, f"Write  [{example}]", "wrong-shape")

    def _format_example(self, node: Node, context: ReadingContext) -> str:
        record = self.reader.shapes[0] if isinstance(self.reader, OneOf) else self.reader
        if isinstance(node, ScalarNode) and node.text:
            guess = self.interpret(node.text, context.jurisdiction.country) if self.interpret else ""
            if guess:
                return f" {guess}"
            if self.interpret is intended_times.hours and intended_times.is_by_appointment(node.text):
                return " appointment: required  instead"
        if isinstance(record, Record) and isinstance(node, MappingNode) and node.pairs:
            key, value = node.pairs[0]
            is_entry = key.text in record.fields_by_name and node.pairs[-1][0].line > key.line
            if is_entry and isinstance(value, ScalarNode):
                return f"a hyphen before its first line:  - {key.text}: {shorten(value.text)}"
        if isinstance(record, Record):
            return f"a list of entries:  [{record.expected.split('  ')[-1]}]"
        if isinstance(self.reader, Choice) and isinstance(node, ScalarNode) and node.text.casefold() in self.reader.synonyms:
            return f"[{self.reader.synonyms[node.text.casefold()]}]"
        if isinstance(node, ScalarNode) and node.text:
            return f"it in square brackets:  {intended.split_list(shorten(node.text))}"
        if isinstance(node, MappingNode):
            return "a hyphen before each entry:  - …"
        return self.expected

    def _read_items(self, node: ListNode, path: str, context: ReadingContext) -> Iterator[T]:
        seen: dict[tuple[object, ...], int] = {}
        for number, item in iterate_items(node):
            item_path = join_path(path, self.name_of(item) or str(number))
            context.places[item_path] = (item.line, item.column)
            value = self.reader.read(item, item_path, context)
            if value is None:
                continue
            identity = self._get_identity(value)
            if identity and identity in seen:
                fix = "Give one of them a different key." if self.identity == "key" else "Remove one of them."
                hint = f"It is already in line {seen[identity]}. {fix}"
                context.report(item, f"'{get_field_name(path)}' lists {identity[0]} twice", hint, "listed-twice")
                continue
            seen[identity] = item.line
            yield value

    def _get_identity(self, value: T) -> tuple[object, ...]:
        """Return the values that no two entries may share; empty for records that may be equal."""
        if self.identity:
            return tuple(getattr(value, name) for name in self.distinct or (self.identity,))
        return (value,) if isinstance(value, str | date) else ()

    def name_of(self, item: Node) -> str:
        """Return the value of the identity key of an item; empty if there is none."""
        if not self.identity or not isinstance(item, MappingNode):
            return ""
        value = item.get(self.identity)
        if not isinstance(value, ScalarNode):
            return ""
        field = self.reader.fields_by_name.get(self.identity) if isinstance(self.reader, Record) else None
        normalize = getattr(field and field.reader, "normal", str)
        return str(normalize(value.text))


def _merge_problems(context: ReadingContext, first: int) -> None:
    """Merge the problems of several items of a list into one, if all have the same code and line."""
    problems = context.problems[first:]
    if len(problems) < 2 or len({(problem.code, problem.line, problem.message.partition("'")[0]) for problem in problems}) > 1:
        return
    guesses = [re.match(r"Did you mean:  ([^ ]+)", problem.hint) for problem in problems]
    hint = problems[0].hint
    if problems[0].code == "time":
        hint = intended_times.correct_pair([problem.message for problem in problems]) or hint
    elif all(guesses):
        hint = f"Did you mean:  [{', '.join(guess[1].strip(',') for guess in guesses if guess)}]"
    message = f"{problems[0].message} (and {len(problems) - 1} more in this list)"
    context.problems[first:] = [replace(problems[0], message=message, hint=hint)] if problems[0].code in _MERGED else problems


_MERGED = ("choice", "language", "month-day", "time", "date", "value")
"""Codes of mistakes that people make in all items of a list alike."""


def _count_wrong_keys(record: Record[Any], node: MappingNode) -> int:
    """Return how many keys a node has that a record does not have, and how many required ones it lacks."""
    given = {key.text for key, _ in node.pairs}
    return len(given - record.fields_by_name.keys()) + len({field.name for field in record.required} - given)


@dataclass(frozen=True)
class OneOf(Generic[T]):
    """One of several records. The first field of each tells them apart."""

    shapes: tuple[Record[T], ...]
    kind: str
    interpret: Callable[[str], str] | None = None

    @property
    def expected(self) -> str:
        first_fields = [shape.fields[0] for shape in self.shapes]
        shown = " or ".join(f"{{{field.name}: {field.example}, …}}" for field in first_fields[:2])
        return f"{shown} or another of these keys" if len(first_fields) > 2 else shown

    def read(self, node: Node, path: str, context: ReadingContext) -> T | None:
        shape = self.find_record(node)
        if shape is not None:
            return shape.read(node, path, context)
        names = [shape.fields[0].name for shape in self.shapes]
        if isinstance(node, ScalarNode) and self.interpret and (guess := self.interpret(node.text)):
            message = f"{self.kind} should have keys with values, but is {describe_shape(node)}"
            context.report(node, message, f"Write  {guess}", "wrong-shape")
            return None
        if isinstance(node, MappingNode):
            for key, _ in node.pairs:
                nearest = find_nearest_word(key.text, names)
                if nearest and key.text not in [field.name for shape in self.shapes for field in shape.fields]:
                    context.report(key, f"'{key.text}' is not a key of {self.kind}", f"Did you mean:  {nearest}", "unknown-key")
                    return None
        context.report(node, f"{self.kind} has none of these keys: {', '.join(names)}", f"Write {self.expected}", "missing")
        return None

    @cached_property
    def merged_record(self) -> Record[T]:
        """A record with the fields of all records, none of them required."""
        fields = {field.name: replace(field, required=False) for shape in self.shapes for field in shape.fields}
        return Record(self.kind, tuple(fields.values()), self.shapes[0].build)

    def find_record(self, node: Node) -> Record[T] | None:
        """Return the record whose first key the node has, or None. If several fit, return the one with the fewest wrong keys."""
        if not isinstance(node, MappingNode):
            return None
        fitting = [shape for shape in self.shapes if node.get(shape.fields[0].name) is not None]
        return min(fitting, key=lambda shape: _count_wrong_keys(shape, node), default=None)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A list of exactly two values. If ``may_be_open``, either may be null."""

    reader: Reader[T]
    expected: str
    may_be_open: bool = False
    interpret: Callable[[str], str] | None = None

    def read(self, node: Node, path: str, context: ReadingContext) -> tuple[T | None, T | None] | None:
        if not isinstance(node, ListNode) or len(node.items) != 2:
            message = f"'{get_field_name(path)}' needs two values, but has {describe_shape(node)}"
            guess = self.interpret(_join_values(node)) if self.interpret else ""
            context.report(node, message, f"Write  {guess}" if guess else f"Write {self.expected}", "wrong-shape")
            return None
        first, second = (self._read_part(item, path, context) for item in node.items)
        if not self.may_be_open and (first is None or second is None):
            return None
        return first, second

    def _read_part(self, item: Node, path: str, context: ReadingContext) -> T | None:
        if self.may_be_open and isinstance(item, ScalarNode) and item.is_empty:
            return None
        return self.reader.read(item, path, context)


def _join_values(node: Node) -> str:
    """Return the values of a text or of keys, such as ``{lat: 42.39, lng: -72.3}``, in one text."""
    if isinstance(node, MappingNode):
        return ", ".join(value.text for _, value in node.pairs if isinstance(value, ScalarNode))
    return node.text if isinstance(node, ScalarNode) else ""


AGES = Pair(WholeNumber(0, 120), "the youngest and the oldest age, such as  [18, null]  or  [0, 5]", may_be_open=True)
