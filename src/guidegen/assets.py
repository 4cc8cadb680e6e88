"""Files that are published as they are: the theme's styles, scripts and drawings, and the content's pictures."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from guidegen import pictures, theme
from guidegen.outputs import File
from guidegen.problems import ContentError, Problem

_IMAGES = PurePosixPath("content/images")


def static_files(root: Path) -> Iterator[File]:
    """Everything below ``static``, the guide's own files in place of the built-in ones of the same name."""
    seen: set[str] = set()
    for folder in theme.folders(root, "static"):
        for path in sorted(_below(folder)):
            if path not in seen:
                seen.add(path)
                yield File(f"static/{path}", (folder / path).read_bytes())


def image_files(root: Path, used: frozenset[str]) -> Iterator[File]:
    """The pictures that the content names, without their metadata. Raises ``ContentError``."""
    problems = []
    for name in sorted(used):
        path = _IMAGES.parent / name
        file = root / path
        if file.is_symlink() or not file.is_file():
            continue  # reported where the content names it
        try:
            yield File(f"static/{name}", pictures.cleaned(file.read_bytes()).content)
        except pictures.PictureError as error:
            hint = "Save it as PNG or JPEG in an ordinary size, such as 1200 × 800."
            problems.append(Problem(path, 1, 1, str(error), hint, "picture"))
    if problems:
        raise ContentError(problems)


def image_names(root: Path) -> frozenset[str]:
    """The pictures there are, as content names them: ``images/logo.png``."""
    folder = root / _IMAGES
    if not folder.is_dir():
        return frozenset()
    files = (name for name in os.listdir(folder) if not (folder / name).is_symlink() and (folder / name).is_file())
    return frozenset(f"images/{name}" for name in files)


def picture_problems(root: Path, used: frozenset[str]) -> list[Problem]:
    """Pictures that the content names and that cannot be published."""
    try:
        for _ in image_files(root, used):
            pass
    except ContentError as error:
        return list(error.problems)
    return []


def _below(folder: Path) -> Iterator[str]:
    """Ordinary files below a folder, by their paths in it; links and hidden files are left out."""
    for directory, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in files:
            file = Path(directory, name)
            if not name.startswith(".") and not file.is_symlink() and file.is_file():
                yield file.relative_to(folder).as_posix()
