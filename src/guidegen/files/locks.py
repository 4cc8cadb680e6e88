"""Lock files, so that only one process at a time does a job.

The operating system releases a lock when its process ends, even if the process is killed.
"""

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from guidegen.model.problems import GuidegenError


@contextmanager
def exclusive(path: Path, busy: str) -> Iterator[None]:
    """Hold the lock file at ``path``. Raises ``GuidegenError`` with the message ``busy`` if another process holds it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags, 0o644), "rb") as lock_file:  # the flags refuse a link and do not wait for a pipe
        if not stat.S_ISREG(os.fstat(lock_file.fileno()).st_mode):
            raise GuidegenError(f"{path} is not a regular file; remove it, because the lock file goes there")
        try:
            _take(lock_file.fileno())
            if os.fstat(lock_file.fileno()).st_ino != path.stat().st_ino:
                raise BlockingIOError("another process released the lock and took it again in between")
        except OSError as error:
            raise GuidegenError(busy) from error
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


@contextmanager
def editing(root: Path) -> Iterator[None]:
    """Hold the lock of the commands that rewrite content files. Raises ``GuidegenError`` if another command holds it.

    The lock is on ``guide.yml`` itself, so no extra file is needed. If that file cannot be opened, nothing is locked; the
    command reports the missing file when it reads it.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            _take_editing_lock(stack.enter_context(open(root / "guide.yml", "rb")))
        yield


def _take_editing_lock(guide_file: IO[bytes]) -> None:
    try:
        _take(guide_file.fileno())
    except OSError as error:
        raise GuidegenError("another command is writing to the content of this guide; wait until it is done") from error


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, 0x7FFF_0000, os.SEEK_SET)  # lock a byte past the end: a locked byte is unreadable, even for us
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
