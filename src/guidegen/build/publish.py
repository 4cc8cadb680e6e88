"""Publishing: the whole site is staged in a folder of its own and takes the place of the old one in one step, or not at all."""

import contextlib
import ctypes
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from guidegen.cache.folders import prepare_cache
from guidegen.cache.tracked_files import MARKER, read_site_id
from guidegen.files.atomic_files import remove_temp_files, write_file
from guidegen.files.locks import exclusive
from guidegen.model.page import File, UnchangedFile
from guidegen.model.problems import GuidegenError

_MARKER_TEXT = "This folder was made by guidegen and is replaced as a whole by its next build.\n"
_UNFINISHED = "unfinished"
_FEW = 64
"""Files that are made safe on the disk one by one; for more, everything is at once."""


class GoneError(GuidegenError):
    """A file that should have stayed as it is is not there any more."""


@dataclass(slots=True)
class Stage:
    """The site that is being written.

    It is a new folder, or the spare one: the site before this one, in which only the files ``behind`` differ. Files that stay
    as they are share their bytes with the site at ``out`` (hard links), and are never written into.
    """

    folder: Path
    out: Path
    stale_paths: frozenset[str] | None
    folders: set[str] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def add(self, one: File | UnchangedFile) -> None:
        """A file of the new site."""
        folded = unicodedata.normalize("NFC", one.path).casefold()
        if folded in self.seen:
            raise GuidegenError(f"two pages have one address: {one.path} and {self.seen[folded]}")
        self.seen[folded] = one.path
        if isinstance(one, File):
            self._unlink_if_shared(one.path)
            self._write(one.path, one.content)
            self.written.append(one.path)
        elif self.stale_paths is None or one.path in self.stale_paths:
            self._unlink_if_shared(one.path)
            _link(self.out / one.path, self.folder / one.path)

    def read(self, path: str) -> bytes:
        """What a file of the new site holds that was added before."""
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError as error:
            raise GoneError(f"{path} is gone") from error

    def finish(self, before: Iterable[str], name: str) -> None:
        """Take away what the new site does not have, and name it."""
        new = set(self.seen.values())
        gone = set(before) - new
        self.removed = sorted(gone)
        for path in sorted(gone | ((self.stale_paths or frozenset()) - new)):
            if self.stale_paths is not None:
                (self.folder / path).unlink(missing_ok=True)
                self._remove_unwritten(path)
        self.name(name)

    def name(self, name: str) -> None:
        """Write the marker: the site's name, which its bytes have given it."""
        write_file(self.folder / MARKER, f"{_MARKER_TEXT}site {name}\n".encode())  # never without one: else it is not ours

    def _unlink_if_shared(self, path: str) -> None:
        """Room for a file."""
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            os.makedirs(self.folder / folder, exist_ok=True)
            self.folders.add(folder)
        if self.stale_paths is not None:
            (self.folder / path).unlink(missing_ok=True)

    def _write(self, path: str, content: bytes) -> None:
        descriptor = os.open(self.folder / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "wb", buffering=0) as opened:
            rest = memoryview(content)
            while rest:
                rest = rest[opened.write(rest) :]

    def _remove_unwritten(self, path: str) -> None:
        """Folders that nothing is in any more."""
        folder = (self.folder / path).parent
        while folder != self.folder:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


@contextmanager
def publish_pages(out: Path, cache: Path | None = None, spare: str = "", behind: frozenset[str] | None = None) -> Iterator[Stage]:
    """Yield a stage for a site whose files are added one after the other; at the end it takes the place of ``out``.

    The stage is a folder of the cache, where the site before this one stays for the next build. Where the cache is on another
    disk, or there is none, the stage is beside ``out`` while it is written, and nothing stays. ``spare`` names a site that may
    be in the cache, and ``behind`` says in which files that one differs. On any error the old site stays as it is. Raises
    ``GuidegenError`` when ``out`` is not ours to replace, when another build is running, when two files have one address, or
    when the disk refuses.
    """
    out = Path(os.path.abspath(out))
    if not out.name:
        raise GuidegenError(f"{out} cannot be replaced; name a folder with --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with exclusive(_beside(out, "lock"), f"another build is writing to {out}; wait until it is done"):
            _recover(out, cache, spare if behind is not None else "")
            _refuse_foreign(out)
            stage = _open(out, cache, behind)
            try:
                yield stage
                _sync(stage)
                swapped = _swap(stage.folder, out)
            except BaseException:
                _remove_in_background(stage.folder)
                raise
            if not swapped or not cache or stage.folder != stage_in(cache):
                _remove_in_background(stage.folder)
    except OSError as error:
        raise GuidegenError(f"the site could not be written to {out}: {error.strerror or error}") from error


def publish(out: Path, files: Iterable[File | UnchangedFile]) -> int:
    """Write the files as the new site at ``out`` and return their number."""
    with publish_pages(out) as stage:
        for file in files:
            stage.add(file)
        stage.name("")
    return len(stage.seen)


def has_previous_dir(cache: Path, name: str) -> bool:
    """Whether the site of that name is in the cache, ready to be brought up to date."""
    stage = stage_in(cache)
    return bool(name) and not stage.is_symlink() and read_site_id(stage) == name


def stage_in(cache: Path) -> Path:
    """Return the folder of the cache in which a site is written, and in which the site before it stays."""
    return cache / "stage"


def _open(out: Path, cache: Path | None, behind: frozenset[str] | None) -> Stage:
    if cache and stage_in(cache).exists():  # _recover has left it because it is the spare one
        stage = Stage(stage_in(cache), out, behind)
    else:
        folder = _beside(out, "new")
        folder.mkdir()
        stage = Stage(_move_previous_dir(cache, folder) if cache else folder, out, None)
    stage.name(_UNFINISHED)
    return stage


def _move_previous_dir(cache: Path, folder: Path) -> Path:
    """Move an empty folder from beside the site into the cache, if both are on one disk: only then can they be swapped."""
    try:
        prepare_cache(cache)
        return folder.rename(stage_in(cache))
    except OSError:
        return folder


def _link(old: Path, new: Path) -> None:
    """The same file once more; a copy where the disk has no hard links."""
    try:
        os.link(old, new)
    except FileNotFoundError as error:
        raise GoneError(f"{old} is gone") from error
    except OSError:
        shutil.copyfile(old, new)


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f".{out.name}.{what}")


def _refuse_foreign(out: Path) -> None:
    """Only a folder of ours, an empty one or none is ever replaced."""
    if out.is_symlink():
        raise GuidegenError(f"{out} is a link; name a folder")
    if not out.exists() or (out / MARKER).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        raise GuidegenError(f"{out} was not made by guidegen, so it is left alone; name another folder with --out")


def _recover(out: Path, cache: Path | None, spare: str) -> None:
    """Clean up after a build that was killed: its stage goes, and a site moved aside comes back. The ``spare`` site stays."""
    old, kept = _beside(out, "old"), stage_in(cache) if cache else None
    leftovers = (old, _beside(out, "new"), *((kept,) if kept else ()))
    for leftover in leftovers:
        if leftover.is_symlink():  # never ours: what it leads to must not be written or removed
            raise GuidegenError(f"{leftover} is a link, and guidegen makes none there; remove it")
        if leftover.is_dir():
            remove_temp_files(leftover)  # it may have been killed before its marker was whole
        if leftover.exists() and not (leftover / MARKER).is_file() and any(leftover.iterdir()):
            raise GuidegenError(f"{leftover} stands in the way and was not made by guidegen; move it away")
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in leftovers:
        if leftover.exists() and not (leftover == kept and spare and read_site_id(leftover) == spare):
            _remove(leftover)


def _remove(folder: Path) -> None:
    """Remove a folder of ours: its marker last, so that what a kill leaves is still known as ours. Raises ``OSError``."""
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child.name != MARKER:
            child.unlink()
    shutil.rmtree(folder)


def _remove_in_background(folder: Path) -> None:
    """Remove it as far as the disk lets go of it; the next build does the rest."""
    with contextlib.suppress(OSError):
        _remove(folder)


def _swap(staged: Path, out: Path) -> bool:
    """Put the staged site in the old one's place; whether ``staged`` now holds a whole old one."""
    if not out.exists():
        staged.rename(out)
        return False
    if not _exchange(staged, out):
        old = _beside(out, "old")
        out.rename(old)
        try:
            staged.rename(out)
        except OSError:
            old.rename(out)
            raise
        old.rename(staged)
    return read_site_id(staged) != ""


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step where the system can: renameat2(2) with RENAME_EXCHANGE, Linux 3.15."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2
    return bool(renameat2(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0)


def _sync(stage: Stage) -> None:
    """Everything written is on the disk before it is published."""
    if len(stage.written) > _FEW and hasattr(os, "sync"):
        os.sync()
        return
    for path in {*stage.written, MARKER}:
        with open(stage.folder / path, "rb") as opened:
            os.fsync(opened.fileno())
