"""Commands of guidegen that are killed, or whose disk fails.

``calls`` lists every call of the system by which a command writes into a folder, ``struck`` runs the command with a fault at one
of them: by strace(1), on Linux. ``forked`` runs it in a process that has everything loaded already, and kills it at a moment.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from guidegen import cli
from tests import ROOT

WRITING = (
    "write",
    "pwrite64",
    "openat",
    "rename",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "mkdir",
    "rmdir",
    "ftruncate",
    "fsync",
    "sync",
    "sendfile",
    "copy_file_range",
)
"""Calls that change what is on a disk; ``openat`` only where it makes a file."""
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EMFILE")
"""Disk full, disk broken, read-only, no permission, out of file handles."""


class Ended(NamedTuple):
    """How a command ended: its exit code, negative for a signal, and what it said."""

    code: int
    said: str


class Call(NamedTuple):
    """The n-th call of a kind."""

    name: str
    number: int


def available() -> bool:
    """Whether there is an strace that may be used here."""
    strace = shutil.which("strace") or ""
    return bool(strace) and subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def forked(arguments: Sequence[str], seconds: float | None = None) -> Ended:
    """The command as a child of this process, killed after so many seconds where it is not done by then."""
    child = _Child(arguments)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child.number, signal.SIGKILL)
    return child.ended()


def together(arguments: Sequence[str], times: int) -> list[Ended]:
    """The command so many times at once."""
    return [child.ended() for child in [_Child(arguments) for _ in range(times)]]


class _Child:
    """A process that runs a command, and the file in which it leaves what it says."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._told = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed in ended()
        self.number = os.fork()
        if self.number == 0:
            sys.stdout = sys.stderr = self._told
            os._exit(_main(arguments))

    def ended(self) -> Ended:
        """How it ended; waits for it."""
        _, status = os.waitpid(self.number, 0)
        with self._told as told:
            told.seek(0)
            return Ended(os.waitstatus_to_exitcode(status), told.read())


def _main(arguments: Sequence[str]) -> int:
    try:
        return cli.main(arguments)
    except BaseException:
        traceback.print_exc()
        return 70
    finally:
        sys.stderr.flush()


def calls(arguments: Sequence[str], folder: Path, trace: Path) -> list[Call]:
    """The calls of a command that write something below ``folder``, in their order."""
    run = _strace(["-y", "-s", "0", "-o", str(trace), "-e", f"trace={','.join(WRITING)}"], arguments)
    assert run.returncode == 0, run.stderr
    counted: dict[str, int] = {}
    found = []
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        name = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if not name:
            continue
        counted[name[1]] = counted.get(name[1], 0) + 1
        writes = name[1] != "openat" or "O_CREAT" in line
        if writes and (str(folder) in line or name[1] == "sync"):
            found.append(Call(name[1], counted[name[1]]))
    return found


def struck(arguments: Sequence[str], call: Call, fault: str) -> Ended:
    """The command with a fault at one call: ``SIGKILL``, or the name of an error."""
    how = f"signal={fault}" if fault.startswith("SIG") else f"error={fault}"
    run = _strace(["-o", os.devnull, "-e", f"inject={call.name}:{how}:when={call.number}"], arguments)
    return Ended(run.returncode, run.stderr)


def _strace(options: Sequence[str], arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    line = ["strace", *options, sys.executable, "-m", "guidegen", *arguments]
    return subprocess.run(line, capture_output=True, text=True, env=environment, check=False)


def tree(folder: Path) -> dict[str, str]:
    """What every file below a folder holds."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
