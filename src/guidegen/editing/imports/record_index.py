"""The core records of a source by kind and id."""

from collections.abc import Iterator

from guidegen.editing.imports.hsds_names import CORE_KINDS
from guidegen.editing.imports.source import Outcome, SourceRecord, SourceValue
from guidegen.model import urls

_TWICE = "the record is there more than once"


class RecordIndex:
    """The core records by kind and id.

    Some programs number the records of each document anew. If ``is_local``, a record is found only from its own document.
    """

    def __init__(self, is_local: bool) -> None:
        self.records: dict[tuple[str, str], SourceRecord] = {}
        self.is_local = is_local

    def add(self, record: SourceRecord) -> None:
        """Add a record, or what it has more than its copy."""
        identity = record.take("id")
        first = self.records.setdefault((record.kind, _scope(identity, record) if self.is_local else identity), record)
        if first is not record:
            _merge_copy(first, record)
        elif self.is_local and record.kind == "organization":
            made = f"{identity}-{urls.slug(record.text('name')) or record.row}"
            record.values["id"] = [SourceValue(record.file, record.row, 0, "id", made, Outcome.CARRIED)]

    def find(self, kind: str, identity: str, near: SourceRecord) -> SourceRecord | None:
        """Return the record that a record refers to."""
        return self.records.get((kind, _scope(identity, near) if self.is_local else identity))

    def list(self, kind: str) -> Iterator[SourceRecord]:
        """Yield the records of a kind."""
        yield from (record for (known, _), record in self.records.items() if known == kind)


def _scope(identity: str, record: SourceRecord) -> str:
    return f"{identity}@{record.file}:{record.document}"


def _merge_copy(first: SourceRecord, copy: SourceRecord) -> None:
    """Add what a copy of a record has and the first one lacks, and record that the rest is there twice."""
    first.own = first.own or copy.own
    for name, values in copy.values.items():
        known = first.find(name)
        for value in values:
            if known is None:
                first.values.setdefault(name, []).append(value)
            elif value.line == known.line:
                value.carry(_TWICE)
            else:
                value.refuse(f"another copy of the record says '{known.line[:60]}'")
    for kind, children in copy.children.items():
        if kind not in CORE_KINDS and not first.below(kind):
            first.children[kind] = children
        elif kind not in CORE_KINDS:
            for child in children:
                for value in child.list_values():
                    value.carry(_TWICE)
