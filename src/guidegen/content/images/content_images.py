"""Images that the content names: which there are, and which of them can be published."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content import images
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

_IMAGES = PurePosixPath("content/images")


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


def image_files(root: Path, used: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """Address and source of the pictures that the content names; those that are missing are reported where it does."""
    for name in sorted(used):
        file = root.resolve() / _IMAGES.parent / name
        if not file.is_symlink() and file.is_file():
            yield f"static/{name}", file


def picture_problems(root: Path, used: frozenset[str], memory: BuildCache = NO_CACHE) -> list[Problem]:
    """Pictures that the content names and that cannot be published."""
    problems = []
    for _, file in image_files(root, used):
        path = _IMAGES.parent / "images" / file.name
        fault, hint = memory.get_or_compute("picture", (str(path),), (), partial(_fault, file, memory))
        if fault:
            problems.append(Problem(path, 1, 1, fault, hint, "picture"))
    return problems


def published_bytes(file: Path, memory: BuildCache = NO_CACHE) -> bytes:
    """Return an image without anything but what can be seen in it. Raise ``PictureError``.

    The check of the content cleans the images; the build takes what the check made from ``memory``.
    """
    return memory.get_or_compute("cleaned picture", (str(_IMAGES / file.name),), (), partial(_cleaned, file))


def _cleaned(file: Path) -> bytes:
    raw = file.read_bytes()
    images.check_ending(raw, file.name)
    return images.cleaned(raw).content


def _fault(file: Path, memory: BuildCache) -> tuple[str, str]:
    """Return why a picture cannot be published, and what to do; two empty texts if it can."""
    try:
        published_bytes(file, memory)
    except images.PictureError as error:
        return str(error), error.hint
    except OSError as error:
        return f"the picture cannot be read: {error.strerror or error}", ""
    return "", ""
