"""Writes what is for staff alone into a folder of its own, never into what is published."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from guidegen.cache.file_stats import PARTS
from guidegen.cache.tracked_files import MARKER
from guidegen.files.atomic_files import write_files
from guidegen.model.problems import GuidegenError

_PUBLISHED = (*PARTS, "admin", "site", "schemas", "words")
"""Folders of a guide of which something is published, or read as content."""


def write(out: Path, files: Mapping[str, bytes], root: Path) -> Iterator[Path]:
    """The files as they are written. Raises ``GuidegenError`` for a folder that is, or will be, a part of a site."""
    folder = out.resolve()
    around = (folder, *folder.parents)
    is_published = any((above / MARKER).is_file() for above in around)
    is_published |= any((root / part).resolve() in around for part in _PUBLISHED)
    is_published |= _has_site(folder) or (
        folder.parent not in (root.resolve(), *root.resolve().parents) and _has_site(folder.parent)
    )
    if is_published:
        raise GuidegenError(f"{out} is inside or beside what is published, and this is for staff alone; choose another folder")
    is_new = not folder.exists()
    write_files(folder, {**files, ".gitignore": b"*\n"} if is_new else files)
    yield from (out / name for name in files)


def _has_site(folder: Path) -> bool:
    """Whether one of the folders in a folder is a site."""
    return folder.is_dir() and any((child / MARKER).is_file() for child in folder.iterdir() if child.is_dir())
