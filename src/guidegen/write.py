"""Publishing: the whole site is staged beside the old one and takes its place in one step, or not at all."""

import contextlib
import ctypes
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from guidegen.outputs import File
from guidegen.problems import GuidegenError

MARKER = ".guidegen"
_MARKER_TEXT = b"This folder was made by guidegen and is replaced as a whole by its next build.\n"


def publish(out: Path, files: Iterable[File]) -> int:
    """Write the files as the new site at ``out`` and return their number.

    On any error the old site stays as it is. Raises ``GuidegenError`` when ``out`` is not ours to replace, when
    another build is running, when two files have one address, or when the disk refuses.
    """
    out = Path(os.path.abspath(out))
    if not out.name:
        raise GuidegenError(f"{out} cannot be replaced; name a folder with --out")
    try:
        with _lock(out):
            _recover(out)
            _refuse_foreign(out)
            return _stage_and_swap(out, files)
    except OSError as error:
        raise GuidegenError(f"the site could not be written to {out}: {error.strerror or error}") from error


def _stage_and_swap(out: Path, files: Iterable[File]) -> int:
    staged = _beside(out, "new")
    try:
        count = _write_all(staged, files)
        _sync()
        _swap(staged, out)
    finally:
        shutil.rmtree(staged, ignore_errors=True)  # after the swap this holds the old site
    return count


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f".{out.name}.{what}")


def _write_all(staged: Path, files: Iterable[File]) -> int:
    staged.mkdir()
    folders = {staged}
    seen: dict[str, str] = {}
    _write(staged, File(MARKER, _MARKER_TEXT), folders)
    for file in files:
        folded = unicodedata.normalize("NFC", file.path).casefold()
        if folded in seen:
            raise GuidegenError(f"two pages have one address: {file.path} and {seen[folded]}")
        seen[folded] = file.path
        _write(staged, file, folders)
    return len(seen)


def _write(staged: Path, file: File, folders: set[Path]) -> None:
    target = staged / file.path
    if target.parent not in folders:
        target.parent.mkdir(parents=True, exist_ok=True)
        folders.add(target.parent)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(file.content)


def _refuse_foreign(out: Path) -> None:
    """Only a folder of ours, an empty one or none is ever replaced."""
    if out.is_symlink():
        raise GuidegenError(f"{out} is a link; name a folder")
    if not out.exists() or (out / MARKER).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        raise GuidegenError(f"{out} was not made by guidegen, so it is left alone; name another folder with --out")


def _recover(out: Path) -> None:
    """Clean up after a build that was killed: its stage goes, and a site moved aside comes back."""
    old, staged = _beside(out, "old"), _beside(out, "new")
    for leftover in (old, staged):
        if leftover.exists() and not (leftover / MARKER).is_file() and any(leftover.iterdir()):
            raise GuidegenError(f"{leftover} stands in the way and was not made by guidegen; move it away")
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in (old, staged):
        if leftover.exists():
            shutil.rmtree(leftover)


def _swap(staged: Path, out: Path) -> None:
    """Put the staged site in the old one's place; ``staged`` then holds the old one."""
    if not out.exists():
        staged.rename(out)
    elif not _exchange(staged, out):
        old = _beside(out, "old")
        out.rename(old)
        try:
            staged.rename(out)
        except OSError:
            old.rename(out)
            raise
        shutil.rmtree(old, ignore_errors=True)


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


def _sync() -> None:
    """Everything written is on the disk before it is published."""
    if hasattr(os, "sync"):
        os.sync()


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """One build at a time; the system lets go of the lock when the process ends, however it ends."""
    out.parent.mkdir(parents=True, exist_ok=True)
    path = _beside(out, "lock")
    with open(path, "ab") as opened:
        try:
            _take(opened.fileno())
            if os.fstat(opened.fileno()).st_ino != path.stat().st_ino:
                raise BlockingIOError("the lock was released and taken again in between")
        except OSError as error:
            raise GuidegenError(f"another build is writing to {out}; wait until it is done") from error
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
