"""Check which folders may hold a site or its cache.

The cache holds facts that only staff may see: contact people at partners, addresses of shelters, drafts. So it is never inside or
beside a folder that may be uploaded.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from guidegen.cache.file_stats import TRACKED_PARTS
from guidegen.cache.tracked_files import CACHE_DIR, Folders
from guidegen.model.problems import GuidegenError

GITIGNORE = ".gitignore"
_SOURCES = (*TRACKED_PARTS, CACHE_DIR, "admin", "schemas", "words", ".git")
"""Files and folders of a guide that a site must never replace."""


def check_folders(folders: Folders) -> None:
    """Raise ``GuidegenError`` if the site would replace sources, or if the cache might be uploaded with the site."""
    for folder in folders:
        if "\0" in str(folder):
            raise GuidegenError("the name of a folder contains a NUL character, which is not allowed")
    root, out, cache = (Path(os.path.realpath(folder)) for folder in (folders.root, folders.out, folders.cache.parent))
    _check_out(root, out, folders.out)
    _check_cache(root, out, cache)


def _check_out(root: Path, out: Path, named: Path) -> None:
    if not named.name or out in (root, *root.parents):
        raise GuidegenError(f"--out is {named}, which holds the guide itself; choose a folder for the site alone")
    for name in _SOURCES:
        if Path(os.path.realpath(root / name)) in (out, *out.parents):
            raise GuidegenError(f"--out is {named}, inside '{name}' of the guide; choose another folder, such as  --out site")


def _check_cache(root: Path, out: Path, cache: Path) -> None:
    parent = out.parent
    is_uploaded = out in (cache, *cache.parents)
    if parent not in (root, *root.parents):  # else the guide's own folder would count as beside the site
        is_uploaded |= parent in (cache, *cache.parents)
    if is_uploaded:
        message = f"the cache would be in {cache}, inside or beside the site {out}, and it holds information for staff only"
        raise GuidegenError(f"{message}; choose another folder with --cache")
    if cache in (root, *root.parents) or any(
        Path(os.path.realpath(root / name)) in (cache, *cache.parents) for name in TRACKED_PARTS
    ):
        raise GuidegenError(f"--cache is {cache}; choose a folder for the cache alone, such as  --cache {CACHE_DIR}")


def prepare_cache(cache: Path) -> None:
    """Create a cache folder that only its user can read and that git ignores. Raises ``OSError``."""
    if not cache.is_dir():
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.mkdir(exist_ok=True, mode=0o700)
    if not os.path.lexists(cache / GITIGNORE):
        (cache / GITIGNORE).write_bytes(b"*\n")


def remove_old_state(folders: Folders) -> Iterator[str]:
    """Remove state that earlier versions kept beside the site and in the guide's folder; yield a line for each file.

    Raises ``OSError``.
    """
    old = folders.out.with_name(f".{folders.out.name}.state")
    if old.is_dir() and not old.is_symlink() and all(_is_state_file(file.name) for file in old.iterdir()):
        for file in old.iterdir():
            file.unlink()
        old.rmdir()
        yield f"removed {old}: the build cache is now in {folders.cache}"
    links = folders.root / ".site.links"
    if links.is_file() and not links.is_symlink():
        links.unlink()
        yield f"removed {links}: the next link check requests every website again"


def _is_state_file(name: str) -> bool:
    return name in ("now", "rest") or name.startswith(("values-", ".values-", ".now.", ".rest."))
