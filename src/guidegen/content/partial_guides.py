"""Read the files in ``guides/``: partial guides, such as those of one county, with the content of the whole guide."""

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, cast

from guidegen.content.fields.context import Jurisdiction, ReadingContext
from guidegen.content.fields.table import PARTIAL_GUIDE
from guidegen.content.source_files import list_content_files
from guidegen.content.yaml_file import read_values
from guidegen.model.problems import Problem
from guidegen.model.settings import PartialGuide, Settings

FOLDER = "guides"


def read_partial_guides(root: Path, settings: Settings) -> tuple[tuple[PartialGuide, ...], list[Problem]]:
    """Return the partial guides, and the problems of their files. ``settings`` are those of guide.yml."""
    if (root / FOLDER).is_file():
        hint = "Make it a folder, with one file for each guide."
        return (), [Problem(PurePosixPath(FOLDER), 1, 1, f"'{FOLDER}' must be a folder, but is a file", hint, "file-name")]
    files, problems = list_content_files(root, FOLDER, ".yml")
    guides = []
    for file in files:
        if file.language:
            message = f"a guide has one file, and '{file.path.name}' would be a second one of '{file.slug}'"
            hint = f"Write its names in other languages into {file.slug}.yml:  name: {{en: …, es: …}}  or rename the file."
            problems.append(Problem(file.path, 1, 1, message, hint, "file-name"))
            continue
        context = ReadingContext(file.path, settings.languages[0], settings.languages, jurisdiction=Jurisdiction(settings.region))
        values = cast("dict[str, Any] | None", read_values(file.file, file.path, PARTIAL_GUIDE, context))
        problems += context.problems
        if values is not None:
            only = values.pop("only")
            own_settings = replace(settings, **values, source=file.path, places=context.places)
            guides.append(PartialGuide(file.slug, own_settings, only))
    return tuple(guides), problems
