"""Write files for staff into a folder of their own, never into a published site."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from guidegen.cache.file_stats import TRACKED_PARTS
from guidegen.cache.tracked_files import MARKER
from guidegen.files.atomic_files import write_files
from guidegen.model.problems import GuidegenError

_PUBLIC_FOLDERS = (*TRACKED_PARTS, "admin", "site", "schemas", "words")
"""Folders of a guide whose files are published, or read as content."""


def write_report(out: Path, files: Mapping[str, bytes], root: Path) -> Iterator[Path]:
    """Write files for staff into a folder and yield their paths. A new folder gets a ``.gitignore``.

    Raises ``GuidegenError`` if the folder is part of a published site, or would become part of one.
    """
    folder = out.resolve()
    ancestors = (folder, *folder.parents)
    is_public = any((ancestor / MARKER).is_file() for ancestor in ancestors)
    is_public |= any((root / name).resolve() in ancestors for name in _PUBLIC_FOLDERS)
    is_public |= _contains_site(folder) or (
        folder.parent not in (root.resolve(), *root.resolve().parents) and _contains_site(folder.parent)
    )
    if is_public:
        raise GuidegenError(f"{out} is in or next to a published site, but these files are for staff only; choose another folder")
    is_new = not folder.exists()
    write_files(folder, {**files, ".gitignore": b"*\n"} if is_new else files)
    yield from (out / name for name in files)


def _contains_site(folder: Path) -> bool:
    return folder.is_dir() and any((child / MARKER).is_file() for child in folder.iterdir() if child.is_dir())
