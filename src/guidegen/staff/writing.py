"""Writes what is for staff alone into a folder of its own, never into what is published."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from guidegen.inputs import MARKER, replace
from guidegen.problems import GuidegenError


def write(out: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """The files as they are written. Raises ``GuidegenError`` for a folder that is a part of a site."""
    folder = out.resolve()
    if any((above / MARKER).exists() for above in (folder, *folder.parents)):
        raise GuidegenError(f"{out} is a part of a published site, and this is for staff alone; choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        replace(folder / name, content)
        yield out / name
