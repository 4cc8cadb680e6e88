"""Records: rows of the field table, and the reader of mappings with known keys."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from keyword import iskeyword
from typing import Generic, TypeVar

from guidegen.content.fields.context import ReadingContext, describe_shape, iterate_items, join_path, shorten
from guidegen.content.fields.scalar import Reader
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import Severity, find_nearest_word
from guidegen.records import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the field table: one key and its reader, meaning and example.

    - ``private``: the value is not published.
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

    ``hints_by_unknown_key`` has hints for keys that people often write although they do not exist.
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
