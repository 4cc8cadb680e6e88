"""Commands of guidegen that are killed, or whose disk fails, at one call of the system that writes: by strace(1), on Linux.

``calls`` lists every such call of a command that touches a folder; ``struck`` runs the command once more with a fault at one.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
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


class Call(NamedTuple):
    """The n-th call of a kind."""

    name: str
    number: int


def available() -> bool:
    """Whether there is an strace that may be used here."""
    strace = shutil.which("strace") or ""
    return bool(strace) and subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def command(arguments: Sequence[str]) -> list[str]:
    """How guidegen is run: one process, so that calls come in the same order every time."""
    return [sys.executable, "-m", "guidegen", *arguments]


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


def struck(arguments: Sequence[str], call: Call, fault: str) -> "subprocess.CompletedProcess[str]":
    """The command with a fault at one call: ``SIGKILL``, or the name of an error."""
    how = f"signal={fault}" if fault.startswith("SIG") else f"error={fault}"
    return _strace(["-o", os.devnull, "-e", f"inject={call.name}:{how}:when={call.number}"], arguments)


def _strace(options: Sequence[str], arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    line = ["strace", *options, *command(arguments)]
    return subprocess.run(line, capture_output=True, text=True, env=environment, check=False)


def tree(folder: Path) -> dict[str, str]:
    """What every file below a folder holds."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
