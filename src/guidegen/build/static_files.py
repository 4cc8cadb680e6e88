"""Files that are published as they are: styles, scripts, icons and other files of the theme."""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

from guidegen import resources
from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content.images.content_images import read_published_bytes
from guidegen.content.merge_conflicts import find_conflict
from guidegen.model.problems import GuidegenError, Problem

_SERVICE_WORKER = "root/sw.js"


def static_files(root: Path, with_copies: bool = True) -> Iterator[tuple[str, Path]]:
    """Yield the path in the site and the source of every static file; the guide's own replace built-in ones.

    Files below ``static/root`` go to the top of the site. A guide without offline copies publishes a service worker that removes
    saved copies: browsers fetch a new ``sw.js`` by themselves.
    """
    seen: set[str] = set()
    for folder in resources.find_theme_folders(root, "static"):
        for path in sorted(_list_files(folder)):
            if path not in seen:
                seen.add(path)
                name = path.removeprefix("root/") if path.startswith("root/") else f"static/{path}"
                source = "js/sw-unregister.js" if path == _SERVICE_WORKER and not with_copies else path
                yield name, folder / source


def read_static_file(source: Path, cache: BuildCache = NO_CACHE) -> bytes:
    """Return what is published of a file: its bytes, or for an image of the content its cleaned bytes. Raise ``PictureError``."""
    if source.parent.name != "images" or source.parent.parent.name != "content":
        return source.read_bytes()
    return read_published_bytes(source, cache)


def find_merge_conflicts(root: Path, cache: BuildCache = NO_CACHE) -> list[Problem]:
    """Return a problem for each template, style or script of the guide that contains git conflict markers."""
    folders = (root.resolve() / name for name in ("templates", "static"))
    files = tuple(folder / name for folder in folders for name in sorted(_list_files(folder)))
    return cache.get_or_compute(
        "conflicts", tuple(map(cache.name_of, files)), (), partial(_find_conflicts, root.resolve(), files)
    )


def _find_conflicts(root: Path, files: tuple[Path, ...]) -> list[Problem]:
    problems = []
    for file in files:
        with suppress(UnicodeDecodeError):  # an image or a font
            text = file.read_bytes().decode()
            problems.append(find_conflict(text.replace("\r\n", "\n"), PurePosixPath(file.relative_to(root).as_posix())))
    return [problem for problem in problems if problem]


def _list_files(folder: Path) -> Iterator[str]:
    """Yield the paths of ordinary files below a folder, relative to it; links and hidden files are left out.

    Raises ``GuidegenError`` if a folder cannot be read: the site would lack its files.
    """
    for directory, names, files in os.walk(folder, onerror=_refuse_folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in files:
            file = Path(directory, name)
            if not name.startswith(".") and not file.is_symlink() and file.is_file():
                yield file.relative_to(folder).as_posix()


def _refuse_folder(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # a guide need not have the folder
        raise GuidegenError(f"the folder {error.filename} cannot be read: {error.strerror or error}") from error
