"""Import a table of somebody's own: propose what its columns are, then write a profile for each organization."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guidegen.editing.imports.mapping import find_mapping_file, propose_mapping, read_mapping
from guidegen.editing.imports.profiles import make_profiles
from guidegen.editing.imports.tables import read_table
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

_FOLDER = PurePosixPath("content/partners")


@dataclass(frozen=True)
class ListImport:
    """The result of an import: the written profiles, those that were there already, and remarks about cells."""

    written: tuple[PurePosixPath, ...]
    drafts: int
    existing: tuple[str, ...]
    remarks: tuple[Problem, ...]

    def describe(self, is_written: bool) -> Iterator[str]:
        """Yield what was done, and what comes next."""
        verb = "new profiles" if is_written else "profiles would be new"
        drafts = f"; drafts, because a fact is missing that readers need: {self.drafts}" if self.drafts else ""
        yield f"{len(self.written)} {verb}{drafts}"
        if self.existing:
            shown = ", ".join(self.existing[:5]) + (", …" if len(self.existing) > 5 else "")
            yield f"{len(self.existing)} left as they are, because a profile of that name exists: {shown}"
        yield "next: guidegen check, then read the new profiles; they are in content/partners"


def propose(table_file: Path, sheet: str, guide: Guide) -> Path | None:
    """Write the mapping file of a table and return its path, or None if there is one already."""
    file = find_mapping_file(table_file)
    if file.exists():
        return None
    table = read_table(table_file, sheet)
    write_file_durably(file, propose_mapping(table, table_file, guide).encode())
    return file


def import_list(table_file: Path, sheet: str, guide: Guide, root: Path, is_written: bool) -> ListImport:
    """Write a profile for each organization of a table that has none yet.

    Existing profiles are never changed. Raises ``GuidegenError`` for an unusable table, and ``ContentError`` for mistakes in its
    mapping file.
    """
    table = read_table(table_file, sheet)
    mapping = read_mapping(find_mapping_file(table_file), table, guide)
    written, existing, remarks, drafts = [], [], list[Problem](), 0
    for profile in make_profiles(table, mapping, guide, PurePosixPath(table_file.as_posix())):
        path = _FOLDER / f"{profile.slug}.yml"
        if (root / path).exists():
            existing.append(profile.slug)
            continue
        remarks += profile.remarks
        if not profile.text:
            continue
        if is_written:
            (root / _FOLDER).mkdir(parents=True, exist_ok=True)
            write_file_durably(root / path, profile.text.encode())
        written.append(path)
        drafts += profile.is_draft
    return ListImport(tuple(written), drafts, tuple(existing), tuple(remarks))
