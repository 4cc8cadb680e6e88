"""Find the pictures that the content refers to, and check that they can be published."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content import images
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

_IMAGES = PurePosixPath("content/images")


def list_image_names(root: Path) -> frozenset[str]:
    """Return the names of all entries of ``content/images`` in the form ``images/logo.png``.

    ``source_files.check_image_files`` reports entries that are not regular files.
    """
    folder = root / _IMAGES
    if not folder.is_dir():
        return frozenset()
    return frozenset(f"images/{name}" for name in os.listdir(folder))


def collect_pictures(guide: Guide) -> frozenset[str]:
    """Return the names of the pictures that the theme, partners and articles refer to."""
    logos = {partner.logo for partner in guide.partners if partner.logo}
    logos |= {guide.settings.theme.logo} - {""}
    return frozenset(logos | {article.image for article in guide.spotlights if article.image})


def find_image_files(root: Path, used: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """Yield the address and the file of each picture in use that exists. Missing ones are reported where they are used."""
    for name in sorted(used):
        file = root.resolve() / _IMAGES.parent / name
        if not file.is_symlink() and file.is_file():
            yield f"static/{name}", file


def check_pictures(root: Path, used: frozenset[str], cache: BuildCache = NO_CACHE) -> list[Problem]:
    """Return a problem for each picture in use that cannot be published."""
    problems = []
    for _, file in find_image_files(root, used):
        path = _IMAGES.parent / "images" / file.name
        fault, hint = cache.get_or_compute("picture", (str(path),), (), partial(_find_fault, file, cache))
        if fault:
            problems.append(Problem(path, 1, 1, fault, hint, "picture"))
    return problems


def read_published_bytes(file: Path, cache: BuildCache = NO_CACHE) -> bytes:
    """Return a picture without metadata and hidden data. Raises ``PictureError`` or ``OSError``.

    The checks clean the pictures, and the build takes the results from the cache.
    """
    return cache.get_or_compute("cleaned picture", (str(_IMAGES / file.name),), (), partial(_clean, file))


def _clean(file: Path) -> bytes:
    raw = file.read_bytes()
    images.check_extension(raw, file.name)
    return images.cleaned(raw).content


def _find_fault(file: Path, cache: BuildCache) -> tuple[str, str]:
    """Return why a picture cannot be published, and a hint; two empty texts if it can."""
    try:
        read_published_bytes(file, cache)
    except images.PictureError as error:
        return str(error), error.hint
    except OSError as error:
        return f"the picture cannot be read: {error.strerror or error}", ""
    return "", ""
