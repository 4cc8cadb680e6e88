"""Hold the plan of an import: the files to write and the messages about each profile."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from guidegen.editing.imports.account import Account
from guidegen.editing.imports.merging import Conflict

_MAX_LINES = 20
"""Lines of one kind in the terminal."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of an import: keep all edited fields in conflict, and accept that many records are gone."""

    keeps_ours: bool = False
    accepts_gone: bool = False


@dataclass(slots=True)
class ImportPlan:
    """The files that an import writes, and its messages about each profile, by slug."""

    account: Account
    files: dict[PurePosixPath, bytes] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    existing: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[tuple[str, Conflict]] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)

    def describe(self, is_written: bool) -> Iterator[str]:
        """Yield what was done, and what comes next."""
        drafts = f"; drafts, because a fact is missing that readers need: {len(self.drafts)}" if self.drafts else ""
        yield f"{len(self.added)} {'new profiles' if is_written else 'profiles would be new'}{drafts}"
        if self.changed or self.unchanged:
            yield f"{len(self.changed)} profiles {'changed' if is_written else 'would change'}, {len(self.unchanged)} unchanged"
        if self.existing:
            yield f"{len(self.existing)} left as they are, because a profile of that name exists: {shorten(self.existing)}"
        if self.gone:
            yield f"{len(self.gone)} are no longer in the source and are marked with  source.gone: {shorten(self.gone)}"
        yield from _limit(f"skipped: {name}: {reason}" for name, reason in self.skipped)
        for slug, conflict in self.conflicts:
            yield f"conflict: {slug}: {conflict.path} stays  {_quote(conflict.ours)} ; the source says  {_quote(conflict.theirs)}"
        if self.conflicts:
            yield "edit the profile, or keep all these fields as they are with  --keep-ours"
        yield from _limit(f"perhaps the same organization: {slug} and {other}" for slug, other in self.duplicates)
        yield from self.account.describe()
        yield "next: guidegen check, then read the new profiles; they are in content/partners"


def shorten(slugs: Sequence[str]) -> str:
    """Return the first names of a list."""
    return ", ".join(slugs[:5]) + (", …" if len(slugs) > 5 else "")


def _limit(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first lines, and how many more there are; the account has all of them."""
    every = list(lines)
    yield from every[:_MAX_LINES]
    if len(every) > _MAX_LINES:
        yield f"… and {len(every) - _MAX_LINES:,} more like that; see  --account"


def _quote(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else text[:99] + "…"
