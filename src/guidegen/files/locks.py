"""Locks, so that one process at a time does a job.

The system releases a lock when its process ends, even if it is killed.
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
    with open(os.open(path, flags, 0o644), "rb") as opened:  # not a link, and no waiting for a pipe
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise GuidegenError(f"{path} is in the way: it is no ordinary file; remove it")
        try:
            _take(opened.fileno())
            if os.fstat(opened.fileno()).st_ino != path.stat().st_ino:
                raise BlockingIOError("the lock was released and taken again in between")
        except OSError as error:
            raise GuidegenError(busy) from error
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


@contextmanager
def editing(root: Path) -> Iterator[None]:
    """Hold the lock of the commands that read content files and write them back. Raises ``GuidegenError``.

    The lock is on ``guide.yml`` itself, so no extra file is needed. If it cannot be opened, nothing is locked and the command
    reports that.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            _take_for(stack.enter_context(open(root / "guide.yml", "rb")))
        yield


def _take_for(opened: IO[bytes]) -> None:
    try:
        _take(opened.fileno())
    except OSError as error:
        raise GuidegenError("another command is writing to the content of this guide; wait until it is done") from error


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, 0x7FFF_0000, os.SEEK_SET)  # a locked byte cannot be read, even by this process
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
