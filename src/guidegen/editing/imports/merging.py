"""Merge a new import into a profile that people have edited: three versions, field by field.

``base`` is what the last import said, ``ours`` is the profile as it is now, and ``theirs`` is what the source says today.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guidegen.editing.imports.profile_tree import Tree

_KEYED = ("locations", "services")
"""Lists whose entries have a key that stays the same."""
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both the profile and the source have changed. The profile stays as it is."""

    path: str
    ours: object
    theirs: object


@dataclass(slots=True)
class Merger:
    """Merges the versions of one profile. ``conflicts`` are collected on the way.

    After a merge, ``base`` of the next import is ``next_base``: in a conflict it stays as it was, so that the conflict is listed
    again until somebody decides. If ``keeps_ours``, all conflicts are decided now.
    """

    keeps_ours: bool = False
    conflicts: list[Conflict] = field(default_factory=list)

    def merge(self, base: Tree, ours: Tree, theirs: Tree) -> tuple[Tree, Tree]:
        """Return the merged profile, and the base of the next import."""
        merged, next_base = self._merge_mappings(base, ours, theirs, "")
        return merged, next_base

    def _merge_mappings(self, base: Tree, ours: Tree, theirs: Tree, path: str) -> tuple[Tree, Tree]:
        merged: Tree = {}
        next_base: Tree = {}
        for key in dict.fromkeys((*ours, *theirs, *base)):
            before, present, new = (version.get(key, _MISSING) for version in (base, ours, theirs))
            value, known = self._merge_values(before, present, new, f"{path}.{key}" if path else key)
            if value is not _MISSING:
                merged[key] = value
            if known is not _MISSING:
                next_base[key] = known
        return merged, next_base

    def _merge_values(self, base: object, ours: object, theirs: object, path: str) -> tuple[object, object]:
        """Return the merged value of a field, and its base for the next import."""
        if path.rpartition(".")[2] in _KEYED and all(isinstance(value, list) for value in (ours, theirs)):
            return self._merge_lists(_by_key(base), _by_key(ours), _by_key(theirs), path)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            return self._merge_mappings(base if isinstance(base, dict) else {}, ours, theirs, path)
        if ours == theirs:
            return ours, theirs
        if theirs == base:
            return ours, base
        if ours == base:
            return theirs, theirs
        if not self.keeps_ours:
            self.conflicts.append(Conflict(path, _show(ours), _show(theirs)))
        return ours, theirs if self.keeps_ours else base

    def _merge_lists(
        self, base: Mapping[str, Tree], ours: Mapping[str, Tree], theirs: Mapping[str, Tree], path: str
    ) -> tuple[object, object]:
        """Merge entries with keys. An entry that the source no longer has stays if anybody changed it."""
        merged: list[object] = []
        next_base: list[object] = []
        for key in dict.fromkeys((*ours, *theirs)):
            if key not in theirs and ours[key] == base.get(key):
                continue  # gone from the source, and nobody touched it
            if key not in ours and key in base:
                next_base.append(theirs[key])  # removed by hand: it stays out
                continue
            if key not in theirs:
                merged.append(ours[key])
                continue
            entry, known = self._merge_mappings(base.get(key, {}), ours.get(key, {}), theirs[key], f"{path}.{key}")
            merged.append(entry)
            next_base.append(known)
        return merged or _MISSING, next_base or _MISSING


def _by_key(value: object) -> dict[str, Tree]:
    return {str(entry.get("key")): entry for entry in value if isinstance(entry, dict)} if isinstance(value, list) else {}


def _show(value: object) -> object:
    return None if value is _MISSING else value
