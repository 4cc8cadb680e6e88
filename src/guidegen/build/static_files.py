"""Files that are published as they are: styles, scripts, icons and other files of the theme."""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

from guidegen import resources
from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content.images.content_images import published_bytes
from guidegen.content.merge_conflicts import conflict_problem
from guidegen.model.problems import Problem

_WORKER = "root/sw.js"


def static_files(root: Path, with_copies: bool = True) -> Iterator[tuple[str, Path]]:
    """Address and source of everything below ``static``, the guide's own files in place of the built-in ones of the same name.

    What is below ``static/root`` goes to the top of the site. A guide without copies for readers takes back those that were
    saved of it: browsers look for a new ``sw.js`` by themselves.
    """
    seen: set[str] = set()
    for folder in resources.theme_folders(root, "static"):
        for path in sorted(_below(folder)):
            if path not in seen:
                seen.add(path)
                name = path.removeprefix("root/") if path.startswith("root/") else f"static/{path}"
                source = "js/removal.js" if path == _WORKER and not with_copies else path
                yield name, folder / source


def read_static_file(source: Path, memory: BuildCache = NO_CACHE) -> bytes:
    """Return what is published of a file: all of it, except for images of the content. Raise ``PictureError``."""
    if source.parent.name != "images" or source.parent.parent.name != "content":
        return source.read_bytes()
    return published_bytes(source, memory)


def find_merge_conflicts(root: Path, memory: BuildCache = NO_CACHE) -> list[Problem]:
    """Return the problems of the guide's own templates, styles and scripts in which git left both versions of some lines."""
    folders = (root.resolve() / name for name in ("templates", "static"))
    files = tuple(folder / name for folder in folders for name in sorted(_below(folder)))
    return memory.get_or_compute(
        "conflicts", tuple(map(memory.name_of, files)), (), partial(_find_in_files, root.resolve(), files)
    )


def _find_in_files(root: Path, files: tuple[Path, ...]) -> list[Problem]:
    problems = []
    for file in files:
        with suppress(UnicodeDecodeError):  # a picture or a font
            text = file.read_bytes().decode()
            problems.append(conflict_problem(text.replace("\r\n", "\n"), PurePosixPath(file.relative_to(root).as_posix())))
    return [problem for problem in problems if problem]


def _below(folder: Path) -> Iterator[str]:
    """Ordinary files below a folder, by their paths in it; links and hidden files are left out."""
    for directory, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in files:
            file = Path(directory, name)
            if not name.startswith(".") and not file.is_symlink() and file.is_file():
                yield file.relative_to(folder).as_posix()
