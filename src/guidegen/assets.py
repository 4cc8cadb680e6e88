"""Files that are published as they are: the theme's styles, scripts and drawings, and the content's pictures."""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

from guidegen import pictures, theme
from guidegen.merge_conflicts import conflict_problem
from guidegen.model import Guide
from guidegen.problems import Problem
from guidegen.state import NO_MEMORY, Memory

_WORKER = "root/sw.js"
_IMAGES = PurePosixPath("content/images")


def static_files(root: Path, with_copies: bool = True) -> Iterator[tuple[str, Path]]:
    """Address and source of everything below ``static``, the guide's own files in place of the built-in ones of the same name.

    What is below ``static/root`` goes to the top of the site. A guide without copies for readers takes back those that were
    saved of it: browsers look for a new ``sw.js`` by themselves.
    """
    seen: set[str] = set()
    for folder in theme.folders(root, "static"):
        for path in sorted(_below(folder)):
            if path not in seen:
                seen.add(path)
                name = path.removeprefix("root/") if path.startswith("root/") else f"static/{path}"
                source = "js/removal.js" if path == _WORKER and not with_copies else path
                yield name, folder / source


def image_files(root: Path, used: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """Address and source of the pictures that the content names; those that are missing are reported where it does."""
    for name in sorted(used):
        file = root.resolve() / _IMAGES.parent / name
        if not file.is_symlink() and file.is_file():
            yield f"static/{name}", file


def content_of(source: Path, memory: Memory = NO_MEMORY) -> bytes:
    """Return what is published of a file: all of it, except for pictures of the content. Raise ``PictureError``.

    The check of the content cleans the pictures; the build takes what the check made from ``memory``.
    """
    if source.parent.name != "images" or source.parent.parent.name != "content":
        return source.read_bytes()
    return memory.recall("cleaned picture", (str(_IMAGES / source.name),), (), partial(_cleaned, source))


def _cleaned(file: Path) -> bytes:
    raw = file.read_bytes()
    pictures.check_ending(raw, file.name)
    return pictures.cleaned(raw).content


def image_names(root: Path) -> frozenset[str]:
    """The pictures there are, as content names them: ``images/logo.png``. Those of the wrong kind are reported where they are."""
    folder = root / _IMAGES
    if not folder.is_dir():
        return frozenset()
    return frozenset(f"images/{name}" for name in os.listdir(folder))


def pictures_of(guide: Guide) -> frozenset[str]:
    """The pictures that the content names."""
    logos = {partner.logo for partner in guide.partners if partner.logo}
    return frozenset(logos | {article.image for article in guide.spotlights if article.image})


def picture_problems(root: Path, used: frozenset[str], memory: Memory = NO_MEMORY) -> list[Problem]:
    """Pictures that the content names and that cannot be published."""
    problems = []
    for _, file in image_files(root, used):
        path = _IMAGES.parent / "images" / file.name
        fault, hint = memory.recall("picture", (str(path),), (), partial(_fault, file, memory))
        if fault:
            problems.append(Problem(path, 1, 1, fault, hint, "picture"))
    return problems


def conflicts(root: Path, memory: Memory = NO_MEMORY) -> list[Problem]:
    """Return the problems of the guide's own templates, styles and scripts in which git left both versions of some lines."""
    folders = (root.resolve() / name for name in ("templates", "static"))
    files = tuple(folder / name for folder in folders for name in sorted(_below(folder)))
    return memory.recall("conflicts", tuple(map(memory.name_of, files)), (), partial(_conflicts, root.resolve(), files))


def _conflicts(root: Path, files: tuple[Path, ...]) -> list[Problem]:
    problems = []
    for file in files:
        with suppress(UnicodeDecodeError):  # a picture or a font
            text = file.read_bytes().decode()
            problems.append(conflict_problem(text.replace("\r\n", "\n"), PurePosixPath(file.relative_to(root).as_posix())))
    return [problem for problem in problems if problem]


def _fault(file: Path, memory: Memory) -> tuple[str, str]:
    """Return why a picture cannot be published, and what to do; two empty texts if it can."""
    try:
        content_of(file, memory)
    except pictures.PictureError as error:
        return str(error), error.hint
    except OSError as error:
        return f"the picture cannot be read: {error.strerror or error}", ""
    return "", ""


def _below(folder: Path) -> Iterator[str]:
    """Ordinary files below a folder, by their paths in it; links and hidden files are left out."""
    for directory, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in files:
            file = Path(directory, name)
            if not name.startswith(".") and not file.is_symlink() and file.is_file():
                yield file.relative_to(folder).as_posix()
