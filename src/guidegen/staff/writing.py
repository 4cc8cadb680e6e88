"""Writes the report into a folder of its own, never into what is published."""

from collections.abc import Iterator
from pathlib import Path

from guidegen.inputs import MARKER, replace
from guidegen.problems import GuidegenError
from guidegen.staff import shown
from guidegen.staff.report import Report


def write(report: Report, out: Path) -> Iterator[Path]:
    """The files as they are written: a page and its tables. Raises ``GuidegenError`` for a folder that is a part of a site."""
    folder = out.resolve()
    if any((above / MARKER).exists() for above in (folder, *folder.parents)):
        raise GuidegenError(f"{out} is a part of a published site, and a report is for staff alone; choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {"index.html": shown.page(report).encode(), **shown.tables(report)}.items():
        replace(folder / name, content)
        yield out / name
