"""Find booklets that were made before the facts changed: a wrong phone on paper is as bad as one on a page."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from guidegen.content.booklets import FOLDER
from guidegen.editing.booklet import contents
from guidegen.model import urls
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, Severity
from guidegen.text.language import Language


def find_outdated(root: Path, guide: Guide, languages: tuple[Language, ...]) -> Iterator[Problem]:
    """Yield a warning for each published booklet whose contents are not those of the public ``guide``.

    Files whose names do not begin with a language of the guide were not made by ``guidegen booklet``.
    """
    by_tag = {language.tag: language for language in languages}
    areas = {urls.slug(area.name): area.name for area in find_areas(guide)}
    types = {kind.id for kind in guide.service_types}
    for file in sorted((root / FOLDER).glob("*.pdf")):
        tag, *parts = file.stem.split(".")
        if tag not in by_tag:
            continue
        type_id = next((part for part in parts if part in types), "")
        area = next((areas[part] for part in parts if part in areas), "")
        if len(parts) > bool(type_id) + bool(area):
            yield _warn(file.name, "this booklet is about a kind of help or an area that the guide does not have", "Delete it.")
            continue
        mark = contents.compute_mark(contents.select(guide, type_id, area), by_tag[tag], area)
        if mark.encode() not in file.read_bytes():
            options = f"--language {tag}" + (f" --type {type_id}" if type_id else "") + (f' --area "{area}"' if area else "")
            message = "this booklet does not have the facts of today"
            yield _warn(file.name, message, f"Write it again:  guidegen booklet {options}")


def _warn(name: str, message: str, hint: str) -> Problem:
    return Problem(PurePosixPath(FOLDER.as_posix(), name), 1, 1, message, hint, "old-booklet", Severity.WARNING)
