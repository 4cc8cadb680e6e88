"""Run commands of guidegen that are killed, or whose disk fails.

``list_calls`` lists every system call by which a command writes into a folder, and ``run_with_fault`` injects a fault into one
of them: both use strace(1), on Linux. ``run_forked`` runs the command in a process that has everything loaded already, and kills
it after some time.
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
"""System calls that change a disk; ``openat`` only if it creates a file."""
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EMFILE")
"""Disk full, I/O error, read-only file system, permission denied, out of file handles."""


class Ended(NamedTuple):
    """How a command ended: its exit code, negative for a signal, and its output."""

    code: int
    output: str


class Call(NamedTuple):
    """The n-th system call of a name."""

    name: str
    number: int


def is_available() -> bool:
    """Return whether there is a strace that may be used here."""
    strace = shutil.which("strace") or ""
    return bool(strace) and subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def run_forked(arguments: Sequence[str], seconds: float | None = None) -> Ended:
    """Run the command in a child process; kill it after some seconds if it still runs."""
    child = _Child(arguments)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child.number, signal.SIGKILL)
    return child.ended()


def run_together(arguments: Sequence[str], times: int) -> list[Ended]:
    """Run the command several times at once."""
    return [child.ended() for child in [_Child(arguments) for _ in range(times)]]


class _Child:
    """A process that runs a command, and the file that receives its output."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._output = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed in ended()
        self.number = os.fork()
        if self.number == 0:
            sys.stdout = sys.stderr = self._output
            os._exit(_run_command(arguments))

    def ended(self) -> Ended:
        """Wait for the command and return how it ended."""
        _, status = os.waitpid(self.number, 0)
        with self._output as output:
            output.seek(0)
            return Ended(os.waitstatus_to_exitcode(status), output.read())


def _run_command(arguments: Sequence[str]) -> int:
    try:
        return cli.main(arguments)
    except BaseException:
        traceback.print_exc()
        return 70
    finally:
        sys.stderr.flush()


def list_calls(arguments: Sequence[str], folder: Path, trace: Path) -> list[Call]:
    """Return the system calls by which a command writes below ``folder``, in order."""
    completed = _run_strace(["-y", "-s", "0", "-o", str(trace), "-e", f"trace={','.join(WRITING)}"], arguments)
    assert completed.returncode == 0, completed.stderr
    counts: dict[str, int] = {}
    writes = []
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        match = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if not match:
            continue
        counts[match[1]] = counts.get(match[1], 0) + 1
        is_write = match[1] != "openat" or "O_CREAT" in line
        if is_write and (str(folder) in line or match[1] == "sync"):
            writes.append(Call(match[1], counts[match[1]]))
    return writes


def run_with_fault(arguments: Sequence[str], call: Call, fault: str) -> Ended:
    """Run the command with a fault at one call: ``SIGKILL``, or the name of an error."""
    action = f"signal={fault}" if fault.startswith("SIG") else f"error={fault}"
    completed = _run_strace(["-o", os.devnull, "-e", f"inject={call.name}:{action}:when={call.number}"], arguments)
    return Ended(completed.returncode, completed.stderr)


def _run_strace(options: Sequence[str], arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["strace", *options, sys.executable, "-m", "guidegen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def tree(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
