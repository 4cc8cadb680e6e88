"""Inputs on which a target fails: distinguished by the place in the code, and kept so that a test tries them again."""

import hashlib
import time
import traceback
from pathlib import Path

from bench.fuzz.targets import TARGETS

CRASHERS = Path(__file__).resolve().parents[2] / "tests" / "crashers"
TIMEOUT_S = 1.0
"""CPU seconds allowed for one input of at most 256 KiB."""


class SlowError(Exception):
    """An input takes too long."""


def fault(target: str, content: bytes, timeout_s: float = TIMEOUT_S) -> Exception | None:
    """Return the error that a target raises for an input, if any."""
    started = time.process_time()
    try:
        TARGETS[target](content)
    except Exception as error:  # any exception is a finding
        return error
    duration = time.process_time() - started
    return SlowError(f"it takes {duration:.1f} s") if duration > timeout_s else None


def place(error: Exception) -> str:
    """Return the type of an error and the innermost line of guidegen: one fault has one such place."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/guidegen/" in frame.filename or "/bench/fuzz/" in frame.filename]
    return f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}" if own else type(error).__name__


def keep(target: str, content: bytes, folder: Path = CRASHERS) -> Path:
    """Save an input as a file and return it."""
    file = folder / target / hashlib.sha256(content).hexdigest()[:16]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def kept(folder: Path = CRASHERS) -> list[tuple[str, Path]]:
    """Return the target and file of every input that was ever kept."""
    return [(file.parent.name, file) for file in sorted(folder.glob("*/*"))]
