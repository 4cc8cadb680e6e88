"""Publishing: the whole site is staged in its own folder and replaces the old site in one step, or not at all."""

import contextlib
import ctypes
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path

from guidegen.cache.folders import prepare_cache
from guidegen.cache.tracked_files import MARKER, read_site_id
from guidegen.files.atomic_files import remove_temp_files, write_file
from guidegen.files.locks import exclusive
from guidegen.model.page import File, UnchangedFile
from guidegen.model.problems import GuidegenError
from guidegen.records import dataclass

_MARKER_TEXT = "This folder was made by guidegen and is replaced as a whole by its next build.\n"
_UNFINISHED_ID = "unfinished"
_MAX_SYNCED_FILES = 64
"""Up to this many files are synced to disk one by one; above it, the whole disk is synced."""


class MissingFileError(GuidegenError):
    """A file that should have stayed unchanged is missing."""


@dataclass(slots=True)
class Stage:
    """The staging folder, in which the new site is written.

    It is a new folder, or the previous site's, in which only the files ``stale_paths`` differ from the site at ``out``.
    Unchanged files are hard links to those at ``out`` and are never written into.
    """

    folder: Path
    out: Path
    stale_paths: frozenset[str] | None
    folders: set[str] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def add(self, file: File | UnchangedFile) -> None:
        """Add a file of the new site. Raise ``GuidegenError`` if its path is taken."""
        normalized = unicodedata.normalize("NFC", file.path).casefold()
        if normalized in self.seen:
            raise GuidegenError(f"two pages have the same address: {file.path} and {self.seen[normalized]}")
        self.seen[normalized] = file.path
        if isinstance(file, File):
            self._make_room(file.path)
            self._write(file.path, file.content)
            self.written.append(file.path)
        elif self.stale_paths is None or file.path in self.stale_paths:
            self._make_room(file.path)
            _link(self.out / file.path, self.folder / file.path)

    def read(self, path: str) -> bytes:
        """Return the content of a file that was added before. Raise ``MissingFileError`` if it is missing."""
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError as error:
            raise MissingFileError(f"{path} is gone") from error

    def finish(self, old_paths: Iterable[str], site_id: str) -> None:
        """Remove the files that the new site does not have, and write its id into the marker."""
        new_paths = set(self.seen.values())
        removed = set(old_paths) - new_paths
        self.removed = sorted(removed)
        for path in sorted(removed | ((self.stale_paths or frozenset()) - new_paths)):
            if self.stale_paths is not None:
                (self.folder / path).unlink(missing_ok=True)
                self._remove_empty_folders(path)
        self.write_marker(site_id)

    def write_marker(self, site_id: str) -> None:
        """Write the marker with the id of the site, which is a hash of its content."""
        # atomically, because a folder without a marker is not recognized as ours
        write_file(self.folder / MARKER, f"{_MARKER_TEXT}site {site_id}\n".encode())

    def _make_room(self, path: str) -> None:
        """Make room for a file: create its folder, and unlink the old file, whose bytes the site at ``out`` may share."""
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            os.makedirs(self.folder / folder, exist_ok=True)
            self.folders.add(folder)
        if self.stale_paths is not None:
            (self.folder / path).unlink(missing_ok=True)

    def _write(self, path: str, content: bytes) -> None:
        descriptor = os.open(self.folder / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "wb", buffering=0) as opened:
            unwritten = memoryview(content)
            while unwritten:
                unwritten = unwritten[opened.write(unwritten) :]

    def _remove_empty_folders(self, path: str) -> None:
        """Remove the folders above a removed file that are empty now."""
        folder = (self.folder / path).parent
        while folder != self.folder:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


@contextmanager
def open_stage(
    out: Path, cache: Path | None = None, previous_dir: str = "", stale_paths: frozenset[str] | None = None
) -> Iterator[Stage]:
    """Yield a stage to which the files of a site are added; at the end it replaces ``out``.

    The stage is a folder of the cache, where the previous site then stays for the next build. If there is no cache, or it is on
    another disk, the stage is beside ``out``, and the previous site is removed. ``previous_dir`` is the id of the site expected
    in the cache, and ``stale_paths`` are its files that are out of date.

    On any error the old site stays as it is. Raises ``GuidegenError`` if ``out`` is not a site of guidegen, if another build is
    running, if two files have one path, or if the disk refuses.
    """
    out = Path(os.path.abspath(out))
    if not out.name:
        raise GuidegenError(f"{out} cannot be replaced; choose a folder with --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with exclusive(_build_path_beside(out, "lock"), f"another build is writing to {out}; wait until it finishes"):
            _recover(out, cache, previous_dir if stale_paths is not None else "")
            _refuse_foreign_folder(out)
            stage = _open_stage(out, cache, stale_paths)
            try:
                yield stage
                _sync(stage)
                swapped = _swap(stage.folder, out)
            except BaseException:
                _try_to_remove(stage.folder)
                raise
            if not swapped or not cache or stage.folder != stage_dir(cache):
                _try_to_remove(stage.folder)
    except OSError as error:
        raise GuidegenError(f"the site could not be written to {out}: {error.strerror or error}") from error


def publish(out: Path, files: Iterable[File | UnchangedFile]) -> int:
    """Write the files as the new site at ``out`` and return their number."""
    with open_stage(out) as stage:
        for file in files:
            stage.add(file)
        stage.write_marker("")
    return len(stage.seen)


def has_previous_dir(cache: Path, site_id: str) -> bool:
    """Return whether the site with that id is in the cache, ready to be updated."""
    stage = stage_dir(cache)
    return bool(site_id) and not stage.is_symlink() and read_site_id(stage) == site_id


def stage_dir(cache: Path) -> Path:
    """Return the staging folder of a cache, in which the previous site stays as well."""
    return cache / "stage"


def _open_stage(out: Path, cache: Path | None, stale_paths: frozenset[str] | None) -> Stage:
    if cache and stage_dir(cache).exists():  # _recover left it, so it is the expected previous site
        stage = Stage(stage_dir(cache), out, stale_paths)
    else:
        folder = _build_path_beside(out, "new")
        folder.mkdir()
        stage = Stage(_move_into_cache(cache, folder) if cache else folder, out, None)
    stage.write_marker(_UNFINISHED_ID)
    return stage


def _move_into_cache(cache: Path, folder: Path) -> Path:
    """Move an empty folder from beside the site into the cache, if both are on one disk: only then can they be swapped."""
    try:
        prepare_cache(cache)
        return folder.rename(stage_dir(cache))
    except OSError:
        return folder


def _link(old: Path, new: Path) -> None:
    """Link a file; copy it where the disk has no hard links."""
    try:
        os.link(old, new)
    except FileNotFoundError as error:
        raise MissingFileError(f"{old} is gone") from error
    except OSError:
        shutil.copyfile(old, new)


def _build_path_beside(out: Path, suffix: str) -> Path:
    return out.with_name(f".{out.name}.{suffix}")


def _refuse_foreign_folder(out: Path) -> None:
    """Raise ``GuidegenError`` unless ``out`` is a site of guidegen, an empty folder or missing."""
    if out.is_symlink():
        raise GuidegenError(f"{out} is a link; choose a folder")
    if not out.exists() or (out / MARKER).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        raise GuidegenError(f"{out} was not made by guidegen, so it is left alone; choose another folder with --out")


def _recover(out: Path, cache: Path | None, previous_dir: str) -> None:
    """Clean up after a killed build: remove its stage, move back a site that was moved aside. Keep the expected previous site."""
    old, stage = _build_path_beside(out, "old"), stage_dir(cache) if cache else None
    leftovers = (old, _build_path_beside(out, "new"), *((stage,) if stage else ()))
    for leftover in leftovers:
        if leftover.is_symlink():  # its target must not be written or removed
            raise GuidegenError(f"{leftover} is a link, which guidegen never creates there; remove it")
        if leftover.is_dir():
            remove_temp_files(leftover)  # the build may have been killed while it wrote the marker
        if leftover.exists() and not (leftover / MARKER).is_file() and any(leftover.iterdir()):
            raise GuidegenError(f"{leftover} is in the way and was not made by guidegen; move it away")
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in leftovers:
        if leftover.exists() and not (leftover == stage and previous_dir and read_site_id(leftover) == previous_dir):
            _remove(leftover)


def _remove(folder: Path) -> None:
    """Remove a folder, its marker last, so that what a kill leaves is still recognized as ours. Raises ``OSError``."""
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child.name != MARKER:
            child.unlink()
    shutil.rmtree(folder)


def _try_to_remove(folder: Path) -> None:
    """Remove a folder as far as the disk allows; the next build removes the rest."""
    with contextlib.suppress(OSError):
        _remove(folder)


def _swap(staged: Path, out: Path) -> bool:
    """Replace ``out`` with the staged site; return whether ``staged`` now holds the old one."""
    if not out.exists():
        staged.rename(out)
        return False
    if not _exchange(staged, out):
        old = _build_path_beside(out, "old")
        out.rename(old)
        try:
            staged.rename(out)
        except BaseException:  # also Ctrl-C
            if not out.exists():
                old.rename(out)
            raise
        old.rename(staged)
    return read_site_id(staged) != ""


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step where the system can: renameat2(2) with RENAME_EXCHANGE, Linux 3.15. Return whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    at_cwd, exchange = -100, 2
    return bool(renameat2(at_cwd, os.fsencode(first), at_cwd, os.fsencode(second), exchange) == 0)


def _sync(stage: Stage) -> None:
    """Flush everything written to disk, before it is published."""
    if len(stage.written) > _MAX_SYNCED_FILES and hasattr(os, "sync"):
        os.sync()
        return
    for path in {*stage.written, MARKER}:
        with open(stage.folder / path, "rb") as opened:
            os.fsync(opened.fileno())
