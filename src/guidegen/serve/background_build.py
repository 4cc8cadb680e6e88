"""Build the pages that no browser shows in a separate process, which can be killed at any time.

A killed build leaves the published site as it was, so a new save never waits for the build of an earlier one.
"""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class BackgroundResult(NamedTuple):
    """The outcome of a background build, and the pages that browsers had requested when it started."""

    failed: bool
    requested: tuple[str, ...]


class BackgroundBuild:
    """A build of the whole site in a subprocess; at most one runs at a time."""

    def __init__(self, root: Path, out: Path, cache: Path, address: str) -> None:
        self._command = [sys.executable, "-m", "guidegen", "build", "--drafts", "--jobs", "1"]
        self._command += ["--root", str(root), "--out", str(out), "--cache", str(cache), "--base-url", address]
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: tuple[str, ...] = ()

    def start(self, asked: tuple[str, ...]) -> None:
        """Start a build after stopping a running one, which would publish older content or hold the lock."""
        self.stop()
        self._asked = asked
        devnull = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command, stdin=devnull, stdout=devnull, stderr=devnull)

    def stop(self) -> None:
        """Kill the build, if one is running, and wait until it has released the lock of the site."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def poll(self) -> BackgroundResult | None:
        """Return the result of a build that has ended, only once; otherwise None."""
        if self._process is None or self._process.poll() is None:
            return None
        failed, self._process = self._process.returncode != 0, None
        return BackgroundResult(failed, self._asked)
