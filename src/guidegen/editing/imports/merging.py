"""Merge a new import into a profile that people have edited: three versions, field by field.

``base`` is what the last import said, ``ours`` is the profile as it is now, and ``theirs`` is what the source says today.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guidegen.editing.imports.profile_tree import Tree

_KEYED = ("locations", "services")
"""Lists whose entries have a key that stays the same."""
_MERGED_INSIDE = ("who", "apply", "access", "asks", "helps", "serves", "source", "extra")
"""Mappings whose keys are facts of their own. Any other, such as an address or a price, is true only as a whole."""
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
        if path.rpartition(".")[2] in _MERGED_INSIDE and isinstance(ours, dict) and isinstance(theirs, dict):
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
        """Merge entries with keys. An entry that the source no longer has stays if anybody changed it, and is listed."""
        merged: list[object] = []
        next_base: list[object] = []
        for key in dict.fromkeys((*ours, *theirs)):
            if key not in theirs and ours[key] == base.get(key):
                continue  # gone from the source, and nobody touched it
            if key not in ours and key in base and not _is_finished_now(base[key], theirs[key]):
                next_base.append(theirs[key])  # removed by hand: it stays out
                continue
            if key not in theirs:
                merged.append(ours[key])
                if key in base and not self.keeps_ours:
                    self.conflicts.append(Conflict(f"{path}.{key}", ours[key], None))
                    next_base.append(base[key])
                continue
            entry, known = self._merge_mappings(base.get(key, {}), ours.get(key, {}), theirs[key], f"{path}.{key}")
            merged.append(entry)
            next_base.append(known)
        return merged or _MISSING, next_base or _MISSING


def _is_finished_now(base: Tree, theirs: Tree) -> bool:
    """Return whether a service was only a comment, because its kind of help was not known, and is known now."""
    return base.get("types") == [] and bool(theirs.get("types"))


def drop_unfinished(profile: Tree) -> Tree:
    """Return a profile without services whose kind of help is not known, which are comments in its file."""
    services = [service for service in _by_key(profile.get("services")).values() if service.get("types") != []]
    return {name: services if name == "services" else value for name, value in profile.items() if name != "services" or services}


def keep_keys(base: Tree, theirs: Tree) -> Tree:
    """Return what the source says with the keys that its places and services had in the last import.

    Keys are made of names and towns, which change. An entry is the one of the last import that is equal, has the same address or
    name, or is the only one left on both sides.
    """
    renamed: dict[str, str] = {}
    for name, same in (("locations", ("address", "name")), ("services", ("name",))):
        before, after = (list(_by_key(version.get(name)).values()) for version in (base, theirs))
        renamed |= {f"{name}.{old}": new for old, new in _pair_keys(before, after, same)}
    return {name: _rename(name, value, renamed) for name, value in theirs.items()}


def _pair_keys(before: list[Tree], after: list[Tree], same: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of entries, each with the key that it had before."""
    tests: list[Callable[[Tree, Tree], bool]] = [lambda old, new: {**old, "key": ""} == {**new, "key": ""}]
    tests += [lambda old, new, field=field: bool(old.get(field)) and old.get(field) == new.get(field) for field in same]  # type: ignore[misc]
    for is_same in tests:
        for new in list(after):
            if old := next((old for old in before if is_same(old, new)), None):
                before.remove(old)
                after.remove(new)
                yield str(new["key"]), str(old["key"])
    if len(before) == len(after) == 1:
        yield str(after[0]["key"]), str(before[0]["key"])
        after.clear()
        before.clear()
    taken = {str(old["key"]) for old in before}  # of entries that are gone: a new one must not become theirs
    for new in after:
        if new["key"] in taken:
            yield str(new["key"]), f"{new['key']}-new"


def _rename(name: str, value: object, renamed: Mapping[str, str]) -> object:
    """Return a value of a profile with new keys, also where a service names its places."""
    if name not in _KEYED or not isinstance(value, list):
        return value
    entries = []
    for entry in value:
        key = renamed.get(f"{name}.{entry['key']}", entry["key"])
        entries.append({**_rename_places(entry, renamed), "key": key} if isinstance(entry, dict) else entry)
    return entries


def _rename_places(value: object, renamed: Mapping[str, str]) -> Tree:
    if not isinstance(value, dict):
        return {}
    return {name: _rename_at(name, entry, renamed) for name, entry in value.items()}


def _rename_at(name: str, value: object, renamed: Mapping[str, str]) -> object:
    if name == "at" and isinstance(value, list):
        return [renamed.get(f"locations.{key}", key) for key in value]
    if name in ("phones", "hours") and isinstance(value, list):
        return [_rename_places(entry, renamed) for entry in value]
    return value


def _by_key(value: object) -> dict[str, Tree]:
    return {str(entry.get("key")): entry for entry in value if isinstance(entry, dict)} if isinstance(value, list) else {}


def _show(value: object) -> object:
    return None if value is _MISSING else value
