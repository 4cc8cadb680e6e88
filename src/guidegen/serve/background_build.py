"""The part of a site that nobody looks at right now, made by a process of its own, which can be stopped at any time.

A build that is stopped leaves the site as it was. So a save never waits for the rest of the one before.
"""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class BackgroundResult(NamedTuple):
    """How the making of the rest ended, and which pages had been asked for when it began."""

    failed: bool
    asked: tuple[str, ...]


class BackgroundBuild:
    """Builds the whole site beside those who look at a part of it; one build at a time."""

    def __init__(self, root: Path, out: Path, cache: Path, address: str) -> None:
        self._command = [sys.executable, "-m", "guidegen", "build", "--drafts", "--jobs", "1"]
        self._command += ["--root", str(root), "--out", str(out), "--cache", str(cache), "--base-url", address]
        self._running: subprocess.Popen[bytes] | None = None
        self._asked: tuple[str, ...] = ()

    def start(self, asked: tuple[str, ...]) -> None:
        """Start a build. One that is still running is stopped first: it would publish older content, or hold the lock."""
        self.stop()
        quiet = subprocess.DEVNULL
        self._asked = asked
        self._running = subprocess.Popen(self._command, stdin=quiet, stdout=quiet, stderr=quiet)

    def stop(self) -> None:
        """Stop the build, if one is running, and wait until it has let go of the site."""
        if self._running:
            self._running.kill()
            self._running.wait()
            self._running = None

    def ended(self) -> BackgroundResult | None:
        """How it ended; told once, and None before."""
        if self._running is None or self._running.poll() is None:
            return None
        failed, self._running = self._running.returncode != 0, None
        return BackgroundResult(failed, self._asked)
