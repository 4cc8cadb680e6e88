"""Records: rows of the field table, and the reader of mappings with known keys."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from keyword import iskeyword
from typing import Generic, TypeVar

from guidegen.content.fields.context import ReadingContext, describe_shape, iterate_items, join_path, shorten
from guidegen.content.fields.intended import fold
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

    ``hints_by_unknown_key`` has hints for keys that people often write although they do not exist. ``interpret`` takes a text in
    place of the record, and the country, and returns the record as YAML for the hint.
    """

    kind: str
    fields: tuple[Field, ...]
    build: Callable[..., T]
    hints_by_unknown_key: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    interpret: Callable[[str, str], str] | None = dataclasses.field(default=None, compare=False, repr=False)
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
            text = node.text if isinstance(node, ScalarNode) else ""
            guess = self.interpret(text, context.jurisdiction.country) if self.interpret and text else ""
            context.report(node, message, f"Write  {guess}" if guess else f"Write {self.expected}", "wrong-shape")
            return None
        context.enclosing_records.append((self.kind, self.fields_by_name))
        values, given = self._read_pairs(node, path, context)
        context.enclosing_records.pop()
        return values if self._fill_required(node, given, values, context) else None

    def _read_pairs(self, node: MappingNode, path: str, context: ReadingContext) -> tuple[dict[str, object], set[str]]:
        """Return the valid values by attribute, and the names of all known keys that have a value."""
        values: dict[str, object] = {}
        given: set[str] = set()
        for number, (key, value) in enumerate(node.pairs):
            field = self.fields_by_name.get(key.text)
            if field is None:
                self.report_unknown(key, context, value, node.pairs[number - 1] if number else None)
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
                is_misspelled = self._is_misspelled(field.name, node) or _is_lost(empty_key, context)
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

    def report_unknown(
        self,
        key: ScalarNode,
        context: ReadingContext,
        value: Node | None = None,
        pair_before: tuple[ScalarNode, Node] | None = None,
    ) -> None:
        """Report an unknown key, with the key that was most likely meant."""
        known_keys = list(self.fields_by_name)
        prefix = re.split("[:=：]", key.text)[0]
        if prefix in known_keys and prefix != key.text:
            hint = f"Write a colon and a space:  {prefix}: …"
            context.report(key, f"'{prefix}' needs a colon and a space after it", hint, "no-space")
            return
        nearest = find_nearest_word(key.text, known_keys)
        if isinstance(value, ScalarNode) and value.is_empty and value.line == key.line and not nearest:
            hint = f"Inside {{ }} a comma ends a value. {self._join_at_comma(key, pair_before)}"
            previous = context.problems[-1] if context.problems else None
            if previous and previous.line == key.line and previous.code in ("wrong-shape", "quotes", "time"):
                context.problems.pop()  # the part before the comma has the same cause
            context.report(key, f"'{shorten(key.text)}' is not a key and has no value", hint, "comma-in-braces")
            return
        hint = self._suggest_key(key.text, value, nearest, context)
        previous = context.problems[-1] if context.problems else None
        is_same = hint.startswith("Indent") and previous and previous.hint.partition(",")[0] == hint.partition(",")[0]
        if previous and is_same and key.line - previous.line <= _MAX_MERGED_LINES:
            others = f"{previous.message.partition(' is not')[0].partition(' are not')[0]}, '{key.text}'"
            context.problems[-1] = dataclasses.replace(previous, message=f"{others} are not keys of {self.kind}")
            return
        context.report(key, f"'{key.text}' is not a key of {self.kind}", hint, "unknown-key")

    def _join_at_comma(self, key: ScalarNode, pair_before: tuple[ScalarNode, Node] | None) -> str:
        """Return a hint that puts the parts of a text together again, which a comma cut in two."""
        if pair_before is None or not isinstance(pair_before[1], ScalarNode) or pair_before[0].line != key.line:
            return 'Put a text in quotes:  note: "one, two"  and a list in brackets:  [one, two]'
        name, first, second = pair_before[0].text, pair_before[1].text, key.text
        if first.isdigit() and re.fullmatch("[0-9]{2}", second):
            if name in ("open", "close"):
                return f'Write the time with a colon:  {name}: "{first:0>2}:{second}"'
            return f"Write a point:  {name}: {first}.{second}"
        if name == "amount" and first.isdigit() and re.fullmatch(r"[0-9]{3}(?:\.[0-9]{2})?", second):
            return f"Write it without a comma:  {name}: {first}{second}"
        if first.startswith("(") and second.endswith(")"):
            return f"Write a list in square brackets:  {name}: [{first[1:]}, {second[:-1]}]"
        field = self.fields_by_name.get(name)
        if hasattr(field and field.reader, "reader"):
            return f"Write a list in square brackets:  {name}: [{first}, {second}]"
        whole = f"{first.lstrip('“«„')}, {second.rstrip('”»')}".replace('"', "'")
        return f'Put the text in quotes:  {name}: "{whole}"'

    def _suggest_key(self, name: str, value: Node | None, nearest: str, context: ReadingContext) -> str:
        """Return a hint for an unknown key: another spelling, its usual name, or the record that it belongs to."""
        if name in self.hints_by_unknown_key:
            return self.hints_by_unknown_key[name]
        usual = next((known for known in _USUAL_NAMES.get(fold(name).replace(" ", "_"), ()) if known in self.fields_by_name), "")
        is_spelling = nearest and (fold(name).rstrip("s") == nearest.rstrip("s") or fold(name) == nearest)
        if is_spelling or usual:
            return f"Did you mean:  {nearest if is_spelling else usual}" + self._show_value(
                nearest if is_spelling else usual, value
            )
        outer_kind = next((kind for kind, names in reversed(context.enclosing_records) if name in names), "")
        if outer_kind:
            return f"It is a key of {outer_kind}: check the indentation of this line."
        inner_field = next((field for field in self.fields if name in _nested_names(field.reader)), None)
        if inner_field and isinstance(inner_field.reader, Record) and name in inner_field.reader.fields_by_name:
            return f"Indent it under '{inner_field.name}', where it belongs:  {inner_field.name}: {{{name}: …}}"
        if inner_field:
            return f"It is a key of '{inner_field.name}': check the indentation of this line."
        return f"Did you mean:  {nearest}" if nearest else "The keys are:  " + ", ".join(self.fields_by_name)

    def _show_value(self, name: str, value: Node | None) -> str:
        """Return the example of a key whose value is a list, if a single text was written."""
        field = self.fields_by_name[name]
        if isinstance(value, ScalarNode) and value.text and field.example.startswith("["):
            example = re.sub(r'"[^"]*"', lambda _: f'"{value.text}"', field.example, count=1)
            return f"   (written like this:  {name}: {example})"
        return ""


def _is_lost(key: ScalarNode | None, context: ReadingContext) -> bool:
    """Return whether the value of a key became a comment, which was reported."""
    return key is not None and any(problem.code == "lost-text" and problem.line == key.line for problem in context.problems)


_MAX_MERGED_LINES = 5
"""Keys of one record on so many lines get one message."""
_USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    alias: tuple(names.split())
    for names, aliases in {
        "phones number": "phone tel telephone telefono telefonos telephones mobile cell telefon",
        "email": "mail e-mail e_mail correo correo_electronico courriel emails",
        "website url": "web site url homepage home_page link sitio sitio_web pagina_web page www",
        "hours": "horario horarios opening_hours openinghours schedule times heures horaires offnungszeiten",
        "name title": "nombre titulo nom title organization organisation",
        "summary": "resumen resume about short_description sumario",
        "description text": "descripcion details detalles beschreibung",
        "address": "direccion addr adresse location_address",
        "locations": "places sites offices ubicaciones lugares",
        "languages": "idiomas lenguas langs langues sprachen",
        "services": "servicios programs programas",
        "cost": "costo precio price fee fees costs prix",
        "line1": "street street1 address1 address_1 calle rue strasse street_address",
        "line2": "street2 address2 address_2 suite unit apartment floor",
        "city": "town ciudad village ville stadt municipality",
        "state": "province estado provincia region_code",
        "postal_code": "zip zipcode zip_code postcode plz codigo_postal code_postal postal",
        "country": "pais pays land",
        "position": "lat lon lng latitude longitude coordinates coords geo gps latlng",
        "documents": "documentos papers bring",
        "days": "weekday weekdays dias day jours tage",
        "open": "opens start starts abre opening",
        "close": "closes end ends cierra closing",
        "status": "state_of estado_actual",
        "verified": "checked verificado last_checked updated",
        "types": "type category categories kind kinds tipo tipos",
        "note": "notes nota notas comment comments remark",
        "extension": "ext extn",
        "amount": "price precio monto betrag",
        "code": "language lang",
    }.items()
    for alias in aliases.split()
}  # fmt: skip
"""Names that people use for a key, in English and in the languages of many editors, with the keys they may mean."""


def _nested_names(reader: object) -> Iterator[str]:
    """Yield the keys that a reader accepts at any depth."""
    inner = getattr(reader, "reader", reader)
    for shape in getattr(inner, "shapes", (inner,)):
        for field in getattr(shape, "fields", ()):
            yield field.name
            yield from _nested_names(field.reader)
