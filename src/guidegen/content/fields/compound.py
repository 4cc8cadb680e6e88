"""Shapes made of values: records of named fields, lists, and texts by language."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from keyword import iskeyword
from typing import ClassVar, Generic, TypeVar

from guidegen.content.fields.context import ReadingContext, each, field_name, join, shape_of, shortened
from guidegen.content.fields.scalar import Choice, Reader, WholeNumber
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import Severity, nearest_word

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the field table: one key that may be written, and everything that is known of it.

    ``private`` values are in no output whatever. ``hsds`` is the place of the fact in HSDS 3.1. An ``explicit`` key may
    not be left without a value, because forgetting it would do harm. One that is ``replaced_by`` another key still counts, with
    a warning. ``stored_as`` is the name in the model, where that is another.
    """

    name: str
    reader: Reader[object]
    meaning: str
    example: str = ""
    required: bool = False
    private: bool = False
    hsds: str = ""
    explicit: bool = False
    replaced_by: str = ""
    stored_as: str = ""

    @property
    def empty(self) -> object:
        """What stands for a required value that is missing, so that the rest can be checked; None where nothing can."""
        return getattr(self.reader, "empty", None)

    @property
    def attribute(self) -> str:
        """The name in the model, which may not be a word of Python."""
        return self.stored_as or (f"{self.name}_" if iskeyword(self.name) else self.name)


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """Keys with values, each described by a field; ``kind`` is what the whole is called.

    ``instead`` says of keys that people write and that do not exist what to write instead.
    """

    kind: str
    fields: tuple[Field, ...]
    build: Callable[..., T]
    instead: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    by_name: Mapping[str, Field] = dataclasses.field(init=False, compare=False, repr=False)
    required: tuple[Field, ...] = dataclasses.field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})
        object.__setattr__(self, "required", tuple(one for one in self.fields if one.required))

    @property
    def wanted(self) -> str:
        shown = self.required or self.fields[:1]
        example = ", ".join(f"{field.name}: {field.example or '…'}" for field in shown)
        return f"keys with values, such as  {{{example}}}"

    def read(self, node: Node, at: str, reading: ReadingContext) -> T | None:
        values = self.values(node, at, reading)
        return None if values is None else self.build(**values)

    def values(self, node: Node, at: str, reading: ReadingContext) -> dict[str, object] | None:
        """The values by attribute; None when a required one is missing."""
        if not isinstance(node, MappingNode):
            message = f"{self.kind} is given as {shape_of(node)}"
            reading.report(node, message, f"Write {self.wanted}", "wrong-shape")
            return None
        reading.around.append((self.kind, self.by_name))
        values, given = self._read_pairs(node, at, reading)
        reading.around.pop()
        return values if self._complete(node, given, values, reading) else None

    def _read_pairs(self, node: MappingNode, at: str, reading: ReadingContext) -> tuple[dict[str, object], set[str]]:
        """The values that could be read by attribute, and the names of all that were given."""
        values: dict[str, object] = {}
        given: set[str] = set()
        for key, value in node.pairs:
            field = self.by_name.get(key.text)
            if field is None:
                self.report_unknown(key, reading, value)
                continue
            if isinstance(value, ScalarNode) and value.is_empty:
                if field.explicit:
                    message = f"'{field.name}' has no value"
                    reading.report(key, message, f"Write {field.reader.wanted}", "empty")
                continue
            given.add(field.name)
            if field.replaced_by:
                hint = f"Write  {field.replaced_by}:  in its place, or run  guidegen upgrade"
                reading.report(key, f"'{field.name}' is an older key", hint, "older-key", Severity.WARNING)
            path = join(at, field.name)
            reading.places[path] = (value.line, value.column)
            read = field.reader.read(value, path, reading)
            if field.required and isinstance(value, ListNode) and not any(each(value)):
                reading.report(
                    value, f"'{field.name}' is an empty list", f"Write {field.example or field.reader.wanted}", "empty"
                )
            if read is not None:
                values[field.attribute] = read
        return values, given

    def _complete(self, node: MappingNode, given: set[str], values: dict[str, object], reading: ReadingContext) -> bool:
        """Whether every required field has a value. A wrong value was reported where it stands."""
        for field in self.required:
            if field.name not in given:
                empty = next((key for key, _ in node.pairs if key.text == field.name), None)
                close = self._misspelt(field.name, node)
                message = f"{self.kind} has no '{field.name}'"
                hint = f"Write  {field.name}: {field.example}" if field.example else f"Add '{field.name}': {field.meaning}"
                if not close:
                    reading.report(empty or node, message, hint, "missing")
            if field.attribute not in values and field.empty is not None:
                values[field.attribute] = field.empty  # its problem is told; the rest is still looked at
        return all(field.attribute in values for field in self.required)

    def _misspelt(self, name: str, node: MappingNode) -> bool:
        """Whether an unknown key was reported that most likely is this one."""
        known = list(self.by_name)
        unknown = (re.split("[:=：]", key.text)[0] for key, _ in node.pairs if key.text not in known)
        return any(written == name or nearest_word(written, known) == name for written in unknown)

    def report_unknown(self, key: ScalarNode, reading: ReadingContext, value: Node | None = None) -> None:
        """Say that there is no such key, and what was likely meant."""
        known = list(self.by_name)
        head = re.split("[:=：]", key.text)[0]
        if head in known and head != key.text:
            hint = f"Write a colon and a space:  {head}: …"
            reading.report(key, f"there is no colon and space after '{head}'", hint, "no-space")
            return
        close = nearest_word(key.text, known)
        if isinstance(value, ScalarNode) and value.is_empty and value.line == key.line and not close:
            hint = 'Inside { } a comma ends a value. Put a text in quotes:  note: "one, two"; a list in brackets:  [one, two]'
            last = reading.problems[-1] if reading.problems else None
            if last and last.line == key.line and last.code == "wrong-shape":
                reading.problems.pop()  # the part before the comma: one mistake, one message
            reading.report(key, f"'{shortened(key.text)}' stands where a key is wanted", hint, "comma-in-braces")
            return
        inner = next((field.name for field in self.fields if key.text in _inner_names(field.reader)), "")
        outer = next((kind for kind, names in reversed(reading.around) if key.text in names), "")
        if key.text in self.instead:
            hint = self.instead[key.text]
        elif outer:
            hint = f"It is a key of {outer}, further out: check the indentation of this line."
        elif inner:
            hint = f"It is a key of '{inner}': check the indentation of this line."
        elif close:
            hint = f"Did you mean:  {close}"
        else:
            hint = "The keys are:  " + ", ".join(known)
        reading.report(key, f"'{key.text}' is not a key of {self.kind}", hint, "unknown-key")


def _inner_names(reader: object) -> Iterator[str]:
    """The keys at any depth below a reader."""
    inner = getattr(reader, "reader", reader)
    for shape in getattr(inner, "shapes", (inner,)):
        for field in getattr(shape, "fields", ()):
            yield field.name
            yield from _inner_names(field.reader)


@dataclass(frozen=True, slots=True)
class Many(Generic[T]):
    """A list. ``identity`` is the key by which its records are named; ``distinct`` the keys that no two share.

    Where ``may_be_one``, a single value may be written without the list; its path then has no number.
    """

    empty: ClassVar[object] = ()
    reader: Reader[T]
    identity: str = ""
    limit: int = 200
    distinct: tuple[str, ...] = ()
    may_be_one: bool = False

    @property
    def wanted(self) -> str:
        if self.may_be_one:
            return self.reader.wanted
        sample = self.reader.wanted.removeprefix("one of").split("  ")[-1].split(",")[0]
        return f"a list, such as  [{sample}]" if " " not in sample else "a list, such as  [first, second]"

    def read(self, node: Node, at: str, reading: ReadingContext) -> tuple[T, ...] | None:
        if not isinstance(node, ListNode):
            if self.may_be_one:
                one = self.reader.read(node, at, reading)
                return None if one is None else (one,)
            message = f"'{field_name(at)}' has {shape_of(node)} where a list is wanted"
            reading.report(node, message, f"Write {self._example(node)}", "wrong-shape")
            return None
        if len(node.items) > self.limit:
            message = f"'{field_name(at)}' has {len(node.items)} entries; at most {self.limit} fit"
            reading.report(node, message, "Shorten the list.", "too-long")
            return None
        return tuple(self._items(node, at, reading))

    def _example(self, node: Node) -> str:
        record = self.reader.shapes[0] if isinstance(self.reader, OneOf) else self.reader
        if isinstance(record, Record):
            return f"a list of entries:  [{record.wanted.split('  ')[-1]}]"
        if isinstance(self.reader, Choice) and isinstance(node, ScalarNode) and node.text.casefold() in self.reader.also:
            return f"[{self.reader.also[node.text.casefold()]}]"
        if isinstance(node, ScalarNode) and node.text:
            return f"it in square brackets:  [{shortened(node.text)}]"
        if isinstance(node, MappingNode):
            return "a hyphen in front of each entry:  - …"
        return self.wanted

    def _items(self, node: ListNode, at: str, reading: ReadingContext) -> Iterator[T]:
        seen: dict[tuple[object, ...], int] = {}
        for number, item in each(node):
            path = join(at, self.name_of(item) or str(number))
            reading.places[path] = (item.line, item.column)
            value = self.reader.read(item, path, reading)
            if value is None:
                continue
            identity = self._identity(value)
            if identity and identity in seen:
                mend = "Give one of them another key." if self.identity == "key" else "Remove one of them."
                hint = f"It stands in line {seen[identity]} already. {mend}"
                reading.report(item, f"'{field_name(at)}' lists {identity[0]} twice", hint, "listed-twice")
                continue
            seen[identity] = item.line
            yield value

    def _identity(self, value: T) -> tuple[object, ...]:
        """What no two entries may share; empty for records that may be equal."""
        if self.identity:
            return tuple(getattr(value, name) for name in self.distinct or (self.identity,))
        return (value,) if isinstance(value, str | date) else ()

    def name_of(self, item: Node) -> str:
        """What the identity key of an item says."""
        if not self.identity or not isinstance(item, MappingNode):
            return ""
        value = item.get(self.identity)
        if not isinstance(value, ScalarNode):
            return ""
        described = self.reader.by_name.get(self.identity) if isinstance(self.reader, Record) else None
        normal = getattr(described and described.reader, "normal", str)
        return str(normal(value.text))


@dataclass(frozen=True, slots=True)
class OneOf(Generic[T]):
    """One of several records, told apart by their first field."""

    shapes: tuple[Record[T], ...]
    kind: str

    @property
    def wanted(self) -> str:
        firsts = [shape.fields[0] for shape in self.shapes]
        shown = " or ".join(f"{{{field.name}: {field.example}, …}}" for field in firsts[:2])
        return f"{shown} or another of these keys" if len(firsts) > 2 else shown

    def read(self, node: Node, at: str, reading: ReadingContext) -> T | None:
        shape = self.shape(node)
        if shape is not None:
            return shape.read(node, at, reading)
        names = [shape.fields[0].name for shape in self.shapes]
        if isinstance(node, MappingNode):
            for key, _ in node.pairs:
                close = nearest_word(key.text, names)
                if close and key.text not in [field.name for shape in self.shapes for field in shape.fields]:
                    reading.report(key, f"'{key.text}' is not a key of {self.kind}", f"Did you mean:  {close}", "unknown-key")
                    return None
        reading.report(node, f"{self.kind} has none of: {', '.join(names)}", f"Write {self.wanted}", "missing")
        return None

    @property
    def merged(self) -> Record[T]:
        """All fields of the records in one, of which none is required."""
        fields = {field.name: dataclasses.replace(field, required=False) for shape in self.shapes for field in shape.fields}
        return Record(self.kind, tuple(fields.values()), self.shapes[0].build)

    def shape(self, node: Node) -> Record[T] | None:
        """The record that a node is meant to be."""
        if not isinstance(node, MappingNode):
            return None
        return next((shape for shape in self.shapes if node.get(shape.fields[0].name) is not None), None)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A list of exactly two values, either of which may be null where ``may_be_open``."""

    reader: Reader[T]
    wanted: str
    may_be_open: bool = False

    def read(self, node: Node, at: str, reading: ReadingContext) -> tuple[T | None, T | None] | None:
        if not isinstance(node, ListNode) or len(node.items) != 2:
            message = f"'{field_name(at)}' has {shape_of(node)} where two values are wanted"
            reading.report(node, message, f"Write {self.wanted}", "wrong-shape")
            return None
        first, second = (self._part(item, at, reading) for item in node.items)
        if not self.may_be_open and (first is None or second is None):
            return None
        return first, second

    def _part(self, item: Node, at: str, reading: ReadingContext) -> T | None:
        if self.may_be_open and isinstance(item, ScalarNode) and item.is_empty:
            return None
        return self.reader.read(item, at, reading)


AGES = Pair(WholeNumber(0, 120), "the youngest and the oldest age, such as  [18, null]  or  [0, 5]", may_be_open=True)
