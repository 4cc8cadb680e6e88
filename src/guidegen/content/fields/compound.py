"""Readers of values that consist of others: records, lists, pairs, and one of several records."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from keyword import iskeyword
from typing import ClassVar, Generic, TypeVar

from guidegen.content.fields.context import ReadingContext, describe_shape, get_field_name, iterate_items, join_path, shorten
from guidegen.content.fields.scalar import Choice, Reader, WholeNumber
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import Severity, find_nearest_word

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the field table: one key and its reader, meaning and example.

    - ``private``: the value appears in no output.
    - ``hsds``: the corresponding element of HSDS 3.1.
    - ``explicit``: the key must have a value, because an omission would do harm.
    - ``replaced_by``: the key is deprecated; it is still read, with a warning, and this one replaces it.
    - ``stored_as``: the attribute of the model, where it differs from the key.
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
        """The placeholder for a missing required value, so that the rest can be checked; None if there is none."""
        return getattr(self.reader, "empty", None)

    @property
    def attribute(self) -> str:
        """The name of the attribute in the model, which must not be a Python keyword."""
        return self.stored_as or (f"{self.name}_" if iskeyword(self.name) else self.name)


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A mapping with known keys. ``kind`` is its name in messages.

    ``instead`` has hints for keys that people often write although they do not exist.
    """

    kind: str
    fields: tuple[Field, ...]
    build: Callable[..., T]
    hints_by_unknown_key: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    fields_by_name: Mapping[str, Field] = dataclasses.field(init=False, compare=False, repr=False)
    required: tuple[Field, ...] = dataclasses.field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields_by_name", {field.name: field for field in self.fields})
        object.__setattr__(self, "required", tuple(field for field in self.fields if field.required))

    @property
    def expected(self) -> str:
        shown_fields = self.required or self.fields[:1]
        example = ", ".join(f"{field.name}: {field.example or '…'}" for field in shown_fields)
        return f"keys with values, such as  {{{example}}}"

    def read(self, node: Node, path: str, context: ReadingContext) -> T | None:
        values = self.read_values(node, path, context)
        return None if values is None else self.build(**values)

    def read_values(self, node: Node, path: str, context: ReadingContext) -> dict[str, object] | None:
        """Return the values by attribute, or None if a required one is missing."""
        if not isinstance(node, MappingNode):
            message = f"{self.kind} should have keys with values, but is {describe_shape(node)}"
            context.report(node, message, f"Write {self.expected}", "wrong-shape")
            return None
        context.enclosing_records.append((self.kind, self.fields_by_name))
        values, given = self._read_pairs(node, path, context)
        context.enclosing_records.pop()
        return values if self._fill_required(node, given, values, context) else None

    def _read_pairs(self, node: MappingNode, path: str, context: ReadingContext) -> tuple[dict[str, object], set[str]]:
        """Return the valid values by attribute, and the names of all known keys that have a value."""
        values: dict[str, object] = {}
        given: set[str] = set()
        for key, value in node.pairs:
            field = self.fields_by_name.get(key.text)
            if field is None:
                self.report_unknown(key, context, value)
                continue
            if isinstance(value, ScalarNode) and value.is_empty:
                if field.explicit:
                    message = f"'{field.name}' has no value"
                    context.report(key, message, f"Write {field.reader.expected}", "empty")
                continue
            given.add(field.name)
            if field.replaced_by:
                hint = f"Write  {field.replaced_by}:  instead, or run  guidegen upgrade"
                context.report(key, f"'{field.name}' is an older key", hint, "older-key", Severity.WARNING)
            value_path = join_path(path, field.name)
            context.places[value_path] = (value.line, value.column)
            result = field.reader.read(value, value_path, context)
            if field.required and isinstance(value, ListNode) and not any(iterate_items(value)):
                context.report(
                    value, f"'{field.name}' is an empty list", f"Write {field.example or field.reader.expected}", "empty"
                )
            if result is not None:
                values[field.attribute] = result
        return values, given

    def _fill_required(self, node: MappingNode, given: set[str], values: dict[str, object], context: ReadingContext) -> bool:
        """Fill in placeholders for missing values, and return whether every required field has a value.

        Reports required keys that are missing; invalid values were reported by their readers.
        """
        for field in self.required:
            if field.name not in given:
                empty_key = next((key for key, _ in node.pairs if key.text == field.name), None)
                is_misspelled = self._is_misspelled(field.name, node)
                message = f"{self.kind} has no '{field.name}'"
                hint = f"Write  {field.name}: {field.example}" if field.example else f"Add '{field.name}': {field.meaning}"
                if not is_misspelled:
                    context.report(empty_key or node, message, hint, "missing")
            if field.attribute not in values and field.empty is not None:
                values[field.attribute] = field.empty  # reported already; the rest can still be checked
        return all(field.attribute in values for field in self.required)

    def _is_misspelled(self, name: str, node: MappingNode) -> bool:
        """Return whether one of the unknown keys is most likely a misspelling of this one."""
        known_keys = list(self.fields_by_name)
        unknown_keys = (re.split("[:=：]", key.text)[0] for key, _ in node.pairs if key.text not in known_keys)
        return any(key_text == name or find_nearest_word(key_text, known_keys) == name for key_text in unknown_keys)

    def report_unknown(self, key: ScalarNode, context: ReadingContext, value: Node | None = None) -> None:
        """Report an unknown key, with the key that was most likely meant."""
        known_keys = list(self.fields_by_name)
        prefix = re.split("[:=：]", key.text)[0]
        if prefix in known_keys and prefix != key.text:
            hint = f"Write a colon and a space:  {prefix}: …"
            context.report(key, f"'{prefix}' needs a colon and a space after it", hint, "no-space")
            return
        nearest = find_nearest_word(key.text, known_keys)
        if isinstance(value, ScalarNode) and value.is_empty and value.line == key.line and not nearest:
            hint = 'Inside { } a comma ends a value. Put a text in quotes:  note: "one, two"  and a list in brackets:  [one, two]'
            previous = context.problems[-1] if context.problems else None
            if previous and previous.line == key.line and previous.code == "wrong-shape":
                context.problems.pop()  # the part before the comma has the same cause
            context.report(key, f"'{shorten(key.text)}' is not a key and has no value", hint, "comma-in-braces")
            return
        inner_field = next((field.name for field in self.fields if key.text in _nested_names(field.reader)), "")
        outer_kind = next((kind for kind, names in reversed(context.enclosing_records) if key.text in names), "")
        if key.text in self.hints_by_unknown_key:
            hint = self.hints_by_unknown_key[key.text]
        elif outer_kind:
            hint = f"It is a key of {outer_kind}: check the indentation of this line."
        elif inner_field:
            hint = f"It is a key of '{inner_field}': check the indentation of this line."
        elif nearest:
            hint = f"Did you mean:  {nearest}"
        else:
            hint = "The keys are:  " + ", ".join(known_keys)
        context.report(key, f"'{key.text}' is not a key of {self.kind}", hint, "unknown-key")


def _nested_names(reader: object) -> Iterator[str]:
    """Yield the keys that a reader accepts at any depth."""
    inner = getattr(reader, "reader", reader)
    for shape in getattr(inner, "shapes", (inner,)):
        for field in getattr(shape, "fields", ()):
            yield field.name
            yield from _nested_names(field.reader)


@dataclass(frozen=True, slots=True)
class Many(Generic[T]):
    """A list. ``identity`` is the key that names its records; ``distinct`` are the keys whose values must differ.

    If ``may_be_one``, a single value may be written without the list. Its path then has no number.
    """

    empty: ClassVar[object] = ()
    reader: Reader[T]
    identity: str = ""
    limit: int = 200
    distinct: tuple[str, ...] = ()
    may_be_one: bool = False

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
            context.report(node, message, f"Write {self._format_example(node)}", "wrong-shape")
            return None
        if len(node.items) > self.limit:
            message = f"'{get_field_name(path)}' has {len(node.items)} entries; the limit is {self.limit}"
            context.report(node, message, "Shorten the list.", "too-long")
            return None
        return tuple(self._read_items(node, path, context))

    def _format_example(self, node: Node) -> str:
        record = self.reader.shapes[0] if isinstance(self.reader, OneOf) else self.reader
        if isinstance(record, Record):
            return f"a list of entries:  [{record.expected.split('  ')[-1]}]"
        if isinstance(self.reader, Choice) and isinstance(node, ScalarNode) and node.text.casefold() in self.reader.synonyms:
            return f"[{self.reader.synonyms[node.text.casefold()]}]"
        if isinstance(node, ScalarNode) and node.text:
            return f"it in square brackets:  [{shorten(node.text)}]"
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


@dataclass(frozen=True, slots=True)
class OneOf(Generic[T]):
    """One of several records. The first field of each tells them apart."""

    shapes: tuple[Record[T], ...]
    kind: str

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
        if isinstance(node, MappingNode):
            for key, _ in node.pairs:
                nearest = find_nearest_word(key.text, names)
                if nearest and key.text not in [field.name for shape in self.shapes for field in shape.fields]:
                    context.report(key, f"'{key.text}' is not a key of {self.kind}", f"Did you mean:  {nearest}", "unknown-key")
                    return None
        context.report(node, f"{self.kind} has none of these keys: {', '.join(names)}", f"Write {self.expected}", "missing")
        return None

    @property
    def merged_record(self) -> Record[T]:
        """A record with the fields of all records, none of them required."""
        fields = {field.name: dataclasses.replace(field, required=False) for shape in self.shapes for field in shape.fields}
        return Record(self.kind, tuple(fields.values()), self.shapes[0].build)

    def find_record(self, node: Node) -> Record[T] | None:
        """Return the record whose first key the node has, or None."""
        if not isinstance(node, MappingNode):
            return None
        return next((shape for shape in self.shapes if node.get(shape.fields[0].name) is not None), None)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """A list of exactly two values. If ``may_be_open``, either may be null."""

    reader: Reader[T]
    expected: str
    may_be_open: bool = False

    def read(self, node: Node, path: str, context: ReadingContext) -> tuple[T | None, T | None] | None:
        if not isinstance(node, ListNode) or len(node.items) != 2:
            message = f"'{get_field_name(path)}' needs two values, but has {describe_shape(node)}"
            context.report(node, message, f"Write {self.expected}", "wrong-shape")
            return None
        first, second = (self._read_part(item, path, context) for item in node.items)
        if not self.may_be_open and (first is None or second is None):
            return None
        return first, second

    def _read_part(self, item: Node, path: str, context: ReadingContext) -> T | None:
        if self.may_be_open and isinstance(item, ScalarNode) and item.is_empty:
            return None
        return self.reader.read(item, path, context)


AGES = Pair(WholeNumber(0, 120), "the youngest and the oldest age, such as  [18, null]  or  [0, 5]", may_be_open=True)
