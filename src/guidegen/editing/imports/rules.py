"""Hold the rules of converting a source: the guide, the mapping file, and facts about all its records."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from guidegen.content.fields.context import Jurisdiction, ReadingContext
from guidegen.content.fields.language_tag import find_language
from guidegen.content.fields.record import Record
from guidegen.content.fields.scalar import Reader
from guidegen.content.partners import get_jurisdiction
from guidegen.editing.imports.hours_text import uses_24_hour_clock
from guidegen.editing.imports.joining import Source
from guidegen.editing.imports.mapping import ColumnMapping
from guidegen.editing.imports.profile_tree import Tree, to_node
from guidegen.editing.imports.source import SourceRecord, SourceValue
from guidegen.model.guide import Guide
from guidegen.model.problems import Severity

Column = tuple[str, str]
"""A file of the source, and the name of a column."""
_MIN_RECORDS_OF_ONE_LANGUAGE = 20
_MIN_SHARE_OF_ONE_LANGUAGE = 0.98
"""From this share on, "English" is what a program wrote everywhere, and not what somebody knows of an office."""
_MAX_AT_ONE_POINT = 2
"""Different addresses that may have one position. More of them have the position of a town or a state."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The guide, the mapping file and the facts about the source by which a record is converted."""

    guide: Guide
    mapping: ColumnMapping
    today: date
    jurisdiction: Jurisdiction
    columns_with_24_hour_clock: frozenset[Column] = frozenset()
    shared_positions: frozenset[str] = frozenset()
    assumed_languages: frozenset[str] = frozenset()

    @property
    def country(self) -> str:
        return self.jurisdiction.country

    @property
    def language(self) -> str:
        """The language of the guide's profiles."""
        return self.guide.settings.languages[0]

    def find_fault(self, reader: Reader[Any], value: object) -> str:
        """Return what is wrong with a value for a field, as ``check`` would say it; empty if it is right."""
        context = ReadingContext(PurePosixPath("import"), self.language, jurisdiction=self.jurisdiction)
        reader.read(to_node(value), "value", context)
        errors = (problem.message for problem in context.problems if problem.severity is Severity.ERROR)
        return re.sub(r"^'value' ", "it ", next(errors, ""))

    def put(self, target: Tree, table: Record[Any], key: str, value: object, *sources: SourceValue, note: str = "") -> bool:
        """Set a field of a record if the value is right for it, and record what became of the source. Return whether it is.

        ``note`` is the reason why the source is only kept, and is not a fact of its own.
        """
        if value in ("", [], {}, None):
            return False
        fault = self.find_fault(table.fields_by_name[key].reader, value)
        for source in sources:
            if fault:
                source.refuse(fault, "Correct it in the source, or write it in the profile.")
            elif note:
                source.note(note, "Write it in the profile.")
            else:
                source.carry()
        if not fault:
            target[key] = value
        return not fault


def make_rules(guide: Guide, mapping: ColumnMapping, today: date, source: Source) -> Rules:
    """Return the rules for a source."""
    return Rules(
        guide,
        mapping,
        today,
        get_jurisdiction(guide.settings),
        frozenset(_find_columns_with_24_hour_clock(source.values)),
        frozenset(_find_shared_positions(source.records)),
        frozenset(_find_assumed_languages(source.records)),
    )


def _find_columns_with_24_hour_clock(values: Iterable[SourceValue]) -> Iterable[Column]:
    """Return the columns in which some cell has an hour after 12, and none has "am" or "pm"."""
    proven, refuted = set[Column](), set[Column]()
    for value in values:
        if uses_24_hour_clock(value.text):
            proven.add((value.file, value.column))
        elif re.search(r"[0-9] ?[ap]\.? ?m\b", value.text, re.IGNORECASE):
            refuted.add((value.file, value.column))
    return proven - refuted


def _find_shared_positions(records: Iterable[SourceRecord]) -> Iterable[str]:
    """Return the positions that more than two different addresses have: the middle of a town or a state."""
    addresses: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if position := get_position_text(record):
            where = [record, *record.below("address")]
            addresses[position].add(
                " ".join(part.text(name) for part in where for name in ("line1", "address", "city")).casefold()
            )
    return (position for position, found in addresses.items() if len(found - {""}) > _MAX_AT_ONE_POINT)


def get_position_text(record: SourceRecord) -> str:
    """Return latitude and longitude of a record as they are in the source."""
    return record.text("position") or ", ".join(filter(None, (record.text("latitude"), record.text("longitude"))))


def _find_assumed_languages(records: Iterable[SourceRecord]) -> Iterable[str]:
    """Return the language that nearly every record of a source says, if there are many: a program assumed it."""
    counts = Counter(find_language(record.text("code") or record.text("name")) for record in records if record.kind == "language")
    total = sum(counts.values())
    return (
        language
        for language, number in counts.items()
        if language and total >= _MIN_RECORDS_OF_ONE_LANGUAGE and number >= _MIN_SHARE_OF_ONE_LANGUAGE * total
    )
