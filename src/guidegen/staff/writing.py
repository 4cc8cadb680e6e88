"""Writes what is for staff alone into a folder of its own, never into what is published."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from guidegen.atomic_files import write_files
from guidegen.inputs import MARKER
from guidegen.problems import GuidegenError
from guidegen.stamps import PARTS

_PUBLISHED = (*PARTS, "admin", "site", "schemas", "words")
"""Folders of a guide of which something is published, or read as content."""


def write(out: Path, files: Mapping[str, bytes], root: Path) -> Iterator[Path]:
    """The files as they are written. Raises ``GuidegenError`` for a folder that is, or will be, a part of a site."""
    folder = out.resolve()
    around = (folder, *folder.parents)
    if any((above / MARKER).is_file() for above in around) or any((root / part).resolve() in around for part in _PUBLISHED):
        raise GuidegenError(f"{out} is a part of what is published, and this is for staff alone; choose another folder")
    write_files(folder, files)
    yield from (out / name for name in files)
