"""Turn the rows of a table into profiles. What is certain becomes a fact, the rest stays as text, and gaps make a draft."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from guidegen.content.fields import intended, intended_times
from guidegen.content.fields.intended import fold
from guidegen.content.fields.language_tag import find_languages
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.content.yaml.writer import format_yaml
from guidegen.editing.imports.hours_text import parse_hours
from guidegen.editing.imports.mapping import ColumnMapping, find_type, split_types
from guidegen.editing.imports.tables import Table
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, Severity

_MAX_SUMMARY = 200
"""Characters of a description that is short enough to be the sentence about an organization."""
_NO_TYPE = """\
# The kind of help is not known yet. Write its id from content/services.yml between the brackets of  types: []
# and remove the signs # below. Then remove the line  status: draft
"""
_NO_VALUE = re.compile(r"[-–—./?*]+|n/?a|n\.a\.|null|tbd", re.IGNORECASE)
"""Cells that mean "no value"."""
_PLACEHOLDER_POSITION = (0.0, 0.0)


@dataclass
class ImportedProfile:
    """A profile to write, the row it comes from, and remarks about cells that are not facts now."""

    slug: str
    text: str
    row: int
    is_draft: bool
    remarks: list[Problem] = field(default_factory=list)


def make_profiles(table: Table, mapping: ColumnMapping, guide: Guide, path: PurePosixPath) -> Iterator[ImportedProfile]:
    """Yield a profile for each row with a name. Rows of the same name become services of one organization."""
    fields = mapping.fields(table.heading)
    rows: dict[str, list[tuple[int, dict[str, list[tuple[int, str]]]]]] = {}
    for number, cells in table.rows:
        values: dict[str, list[tuple[int, str]]] = {}
        for column, (field_name, cell) in enumerate(zip(fields, cells, strict=True)):
            if cell and field_name != "ignore" and not _NO_VALUE.fullmatch(cell.strip()):
                values.setdefault(field_name, []).append((column, cell))
        slug = urls.slug(_first(values, "name"))[:60].strip("-")
        if slug:
            rows.setdefault(slug, []).append((number, values))
    for slug, entries in rows.items():
        builder = _ProfileBuilder(mapping, guide, path, table.heading)
        text, is_draft = builder.build(entries)
        yield ImportedProfile(slug, text, entries[0][0], is_draft, builder.remarks)


def _first(values: dict[str, list[tuple[int, str]]], name: str) -> str:
    return " ".join(values[name][0][1].split()) if name in values else ""


class _ProfileBuilder:
    """The state of making one profile: its remarks, and whether a fact is missing that readers need."""

    def __init__(self, mapping: ColumnMapping, guide: Guide, path: PurePosixPath, heading: Sequence[str]) -> None:
        self.mapping = mapping
        self.guide = guide
        self.path = path
        self.heading = heading
        self.country = guide.settings.region
        self.remarks: list[Problem] = []
        self.row = 0

    def build(self, entries: Sequence[tuple[int, dict[str, list[tuple[int, str]]]]]) -> tuple[str, bool]:
        """Return the text of a profile, and whether it is a draft."""
        self.row, first = entries[0]
        parts = {"name": _as_name(_first(first, "name"))}
        yaml_lines = [f"name: {_quote(parts['name'])}"]
        summary = _first(first, "summary")
        description = "\n\n".join(text for name in ("description", "note") for _, text in first.get(name, ()))
        if not summary and "description" in first and len(first["description"][0][1]) <= _MAX_SUMMARY:
            summary = _first(first, "description")
            description = "\n\n".join(text for _, text in first.get("note", ()))
        yaml_lines += [f"summary: {_quote(summary[:290])}"] if summary else []
        phones = self._phones(first)
        yaml_lines += [f"phones: [{', '.join(phones)}]"] if phones else []
        yaml_lines += self._contact(first)
        yaml_lines += self._languages(first)
        yaml_lines += self._location(first)
        services = [line for row, values in entries for line in self._service(row, values)]
        yaml_lines += self._verified(first)
        has_type = all(_find_types(values, self.mapping, self.guide) for _, values in entries)
        is_draft = not has_type or not (phones or "email" in first or "website" in first)
        yaml_lines += ["services:", *services] if has_type else []
        yaml_lines += ["status: draft"] if is_draft else []
        yaml_lines += [f"description: {_quote(description)}"] if description else []
        node, problems = compose("\n".join(yaml_lines) + "\n", self.path)
        if problems or not isinstance(node, MappingNode):
            self._remark(
                0,
                f"this row cannot be written: {problems[0].message if problems else 'it is empty'}",
                "Write the profile by hand.",
            )
            return "", True
        unfinished = "" if has_type else _NO_TYPE + "".join(f"# {line}\n" for line in ("services:", *services))
        return format_yaml(node) + unfinished, is_draft

    def _remark(self, column: int, message: str, hint: str) -> None:
        heading = f" (column '{self.heading[column]}')" if column < len(self.heading) and self.heading[column] else ""
        self.remarks.append(Problem(self.path, self.row, column + 1, message + heading, hint, "sheet", Severity.WARNING))

    def _phones(self, values: dict[str, list[tuple[int, str]]]) -> list[str]:
        phones = []
        for column, text in values.get("phone", ()):
            numbers = intended.phones(text, self.country)
            if not numbers:
                message = f"it is not certain which phone number is meant by '{text[:50]}'"
                self._remark(column, message, "Call the organization, and write the number in the profile.")
            phones += numbers
        return list(dict.fromkeys(phones))

    def _contact(self, values: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
        for column, text in values.get("email", ())[:1]:
            found = re.search(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text)
            address = found[0] if found else intended.email(text)
            if address:
                yield f"email: {address}"
            else:
                self._remark(column, f"'{text[:50]}' is not an e-mail address", "Correct it in the table, or leave it out.")
        for column, text in values.get("website", ())[:1]:
            address = intended.web_address(text.split()[0])
            if address:
                yield f"website: {_quote(address)}"
            else:
                self._remark(column, f"'{text[:50]}' is not a web address", "Correct it in the table, or leave it out.")

    def _languages(self, values: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
        for column, text in values.get("languages", ())[:1]:
            tags, unknown = find_languages(text)
            if tags:
                yield f"languages: [{', '.join(f'{{code: {tag}}}' for tag in tags)}]"
            if unknown:
                self._remark(
                    column, f"not all languages are known: '{text[:50]}'", "Write their codes in the profile, such as  {code: es}"
                )

    def _location(self, values: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
        parts = {name: _first(values, name) for name in ("line1", "line2", "city", "state", "postal_code")}
        for column, text in values.get("address", ())[:1]:
            whole = intended.address(" ".join(re.sub(r"\n", ", ", text).split()), self.country)
            node, _ = compose(f"address: {whole}\n", self.path) if whole else (None, [])
            address = node.get("address") if isinstance(node, MappingNode) else None
            if isinstance(address, MappingNode):
                parts = {key.text: value.text for key, value in address.pairs if hasattr(value, "text")} | {
                    key: text for key, text in parts.items() if text
                }
            else:
                parts["line1"] = parts["line1"] or " ".join(text.split())
                self._remark(
                    column, f"the address was not taken apart: '{text[:50]}'", "Write town and postal code in the profile."
                )
        if parts.get("state") and (code := intended.state_code(parts["state"], self.country)):
            parts["state"] = code
        written = ", ".join(f"{name}: {_quote(text)}" for name, text in parts.items() if text)
        position = self._position(values)
        if written or position:
            yield "locations:"
            yield "  - key: main"
            yield from ([f"    address: {{{written}}}"] if written else [])
            yield from ([f"    position: {position}"] if position else [])

    def _position(self, values: dict[str, list[tuple[int, str]]]) -> str:
        text = _first(values, "position") or ", ".join(filter(None, (_first(values, "latitude"), _first(values, "longitude"))))
        guess = intended.position(text)
        return "" if not guess or tuple(map(float, guess.strip("[]").split(","))) == _PLACEHOLDER_POSITION else guess

    def _service(self, row: int, values: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
        self.row = row
        types = _find_types(values, self.mapping, self.guide)
        kind = next((kind for kind in self.guide.service_types if kind.id in types[:1]), None)
        name = _first(values, "service") or (kind.name.source if kind else "") or _first(values, "name")
        yield f"  - key: {urls.slug(name)[:50].strip('-') or 'service'}-{row}"
        if types:
            yield f"    types: [{', '.join(types)}]"
        else:
            yield "    types: []"
            given = _first(values, "type")
            message = f"'{given[:40]}' is not a kind of help of this guide" if given else "the row names no kind of help"
            column = values["type"][0][0] if given else 0
            self._remark(column, message, "The profile is a draft: its last lines say what to add.")
        yield f"    name: {_quote(_as_name(name)[:190])}"
        for _, text in values.get("cost", ())[:1]:
            guess = intended.plain_amount(text, self.country) or intended.cost(text[:300], self.country)
            yield f"    cost: {guess if guess and not guess.startswith('{for') else '{note: ' + _quote(text[:300]) + '}'}"
        for _, text in values.get("who", ())[:1]:
            yield f"    who: {{text: {_quote(' '.join(text.split())[:900])}}}"
        for _, text in values.get("documents", ())[:1]:
            yield f"    documents: {intended.split_list(' '.join(text.split()))}"
        for column, text in values.get("hours", ())[:1]:
            entries = parse_hours(text)
            if not entries:
                self._remark(
                    column,
                    f"the hours stay as text: '{' '.join(text.split())[:60]}'",
                    "Only certain hours become facts; write the others in the profile.",
                )
            yield "    hours:"
            yield from (f"      - {entry}" for entry in entries or [f"{{text: {_quote(' '.join(text.split())[:900])}}}"])

    def _verified(self, values: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
        for column, text in values.get("verified", ())[:1]:
            day = text[:10] if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else intended_times.day(text, self.country)
            if day:
                yield f"verified: {{date: {day}}}"
            else:
                self._remark(column, f"'{text[:40]}' is not a date", "Write it in the profile:  verified: {date: 2026-11-03}")


def _find_types(values: dict[str, list[tuple[int, str]]], mapping: ColumnMapping, guide: Guide) -> list[str]:
    """Return the ids of the service types that a cell names, by the mapping or by name; the default of the mapping otherwise."""
    words = split_types(_first(values, "type"), guide)
    found = [mapping.types[fold(word)] if fold(word) in mapping.types else find_type(word, guide) for word in words]
    known = list(dict.fromkeys(filter(None, found)))
    return known or [mapping.type] * bool(mapping.type)


def _as_name(text: str) -> str:
    """Return a name in capitals with capitals only at the start of its words; other names stay as they are."""
    words = text.split()
    is_shouted = len(words) > 1 and text.isupper()
    return (
        " ".join(word if len(word) <= 3 and not word.isalpha() else word.capitalize() for word in words) if is_shouted else text
    )


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", " ")
    return f'"{escaped}"'
