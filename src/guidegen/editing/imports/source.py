"""The records of a source, such as a table or an HSDS feed, and what becomes of each of their values."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from guidegen.patterns import compile_lazily
from guidegen.text.characters import normalize_nfc

_NO_VALUE = compile_lazily(r"[-–—./?*]+|n/?a|n\.a\.|null|none|nil|tbd|unknown", re.IGNORECASE)
"""Texts that programs and people write where there is no value."""
_TAG = compile_lazily(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BLOCK_TAG = compile_lazily(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/td|/time)[^<>]*>", re.IGNORECASE)


class Outcome(IntEnum):
    """The outcome of an import for one value. If it is used more than once, the highest outcome counts."""

    REFUSED = 0
    """It is in no profile."""
    NOTED = 1
    """It is kept as text, or as data that is not published."""
    CARRIED = 2
    """It is a fact of a profile."""


@dataclass(slots=True, eq=False)
class SourceValue:
    """A text of the source: its file, its row (from 1), its column by number (from 1) and name, and its outcome."""

    file: str
    row: int
    number: int
    column: str
    text: str
    outcome: Outcome | None = None
    reason: str = ""
    hint: str = ""

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    @property
    def listed(self) -> str:
        """The lines of the text as a list on one line."""
        return ", ".join(" ".join(line.split()) for line in self.text.split("\n") if line.strip())

    def carry(self, reason: str = "") -> None:
        """Record that the value is a fact of a profile now."""
        self._record(Outcome.CARRIED, reason, "")

    def note(self, reason: str, hint: str = "") -> None:
        """Record that the value is kept, but not as a fact."""
        self._record(Outcome.NOTED, reason, hint)

    def refuse(self, reason: str, hint: str = "") -> None:
        """Record that the value is in no profile."""
        self._record(Outcome.REFUSED, reason, hint)

    def _record(self, outcome: Outcome, reason: str, hint: str) -> None:
        if self.outcome is None or outcome > self.outcome:
            self.outcome, self.reason, self.hint = outcome, reason, hint


@dataclass(frozen=True, slots=True)
class OwnPart:
    """The part of an HSDS record that guidegen itself wrote: the profile, and translations by language and field.

    It is not ``intact`` if somebody edited the rest of the record, which wins then.
    """

    content: Mapping[str, object]
    is_intact: bool

    def get(self, name: str) -> Mapping[str, object]:
        """Return a mapping in it, such as ``profile``; an empty one if there is none."""
        value = self.content.get(name)
        return value if isinstance(value, dict) else {}


@dataclass(slots=True, eq=False)
class SourceRecord:
    """An organization, a location, a service or a part of one, with its values by field and the records in it by kind.

    ``document`` is the number of the JSON document that it is in; 0 in a table.
    """

    kind: str
    file: str
    row: int
    values: dict[str, list[SourceValue]] = field(default_factory=dict)
    children: dict[str, list["SourceRecord"]] = field(default_factory=dict)
    document: int = 0
    own: OwnPart | None = None
    without_value: list[SourceValue] = field(default_factory=list)
    """Texts such as "n/a", which only say that there is no value."""

    def add(self, name: str, value: SourceValue) -> None:
        """Add a value, unless it is empty."""
        if not value.text:
            return
        if _NO_VALUE.fullmatch(value.text.strip()):
            value.refuse("it only says that there is no value")
            self.without_value.append(value)
        else:
            self.values.setdefault(name, []).append(value)

    def add_child(self, child: "SourceRecord") -> None:
        """Add a record in this record."""
        self.children.setdefault(child.kind, []).append(child)

    def find_all(self, name: str) -> list[SourceValue]:
        """Return the values of a field."""
        return self.values.get(name, [])

    def find(self, name: str) -> SourceValue | None:
        """Return the first value of a field, or None."""
        return next(iter(self.values.get(name, ())), None)

    def text(self, name: str) -> str:
        """Return the first value of a field on one line; empty if there is none. Its outcome stays open."""
        value = self.find(name)
        return value.line if value else ""

    def take(self, name: str) -> str:
        """Return the first value of a field on one line, as a fact of a profile."""
        value = self.find(name)
        if value:
            value.carry()
        return value.line if value else ""

    def below(self, kind: str) -> list["SourceRecord"]:
        """Return the records of a kind in this record."""
        return self.children.get(kind, [])

    def list_places(self) -> list["SourceRecord"]:
        """Return the locations of a service."""
        return [place for at in self.below("at") for place in at.below("place")]

    def list_values(self) -> Iterator[SourceValue]:
        """Yield all values of this record and of the records in it."""
        yield from self.without_value
        for values in self.values.values():
            yield from values
        for children in self.children.values():
            for child in children:
                yield from child.list_values()

    def refuse_all(self, reason: str) -> None:
        """Record that no value of this record, or of a record in it, is in a profile, whatever was recorded before."""
        for value in self.list_values():
            value.outcome = None
            value.refuse(reason)


def clean_text(text: str) -> str:
    """Return a text without HTML: its tags removed, its entities decoded, the ends of its blocks as new lines."""
    plain = html.unescape(_TAG.sub(" ", _BLOCK_TAG.sub("\n", text))) if "<" in text or "&" in text else text
    plain = re.sub("[\u200b\u2060\ufeff]", "", plain)
    lines = (" ".join(line.split()) for line in normalize_nfc(plain).replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
