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
        if tag in by_tag:
            type_id = next((part for part in parts if part in types), "")
            area = next((areas[part] for part in parts if part in areas), "")
            mark = contents.compute_mark(contents.select(guide, type_id, area), by_tag[tag], area)
            if mark.encode() not in file.read_bytes():
                yield _warn(file.name, tag, type_id, area)


def _warn(name: str, tag: str, type_id: str, area: str) -> Problem:
    options = f"--language {tag}" + (f" --type {type_id}" if type_id else "") + (f' --area "{area}"' if area else "")
    path = PurePosixPath(FOLDER.as_posix(), name)
    message, hint = "this booklet does not have the facts of today", f"Write it again:  guidegen booklet {options}"
    return Problem(path, 1, 1, message, hint, "old-booklet", Severity.WARNING)
