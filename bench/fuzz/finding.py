"""Inputs that a target stumbles over: told apart by where it does, and kept so that a test tries them for ever after."""

import hashlib
import time
import traceback
from pathlib import Path

from bench.fuzz.targets import TARGETS

CRASHERS = Path(__file__).resolve().parents[2] / "tests" / "crashers"
PATIENCE = 1.0
"""Seconds of a processor for one input of at most 256 KiB."""


class SlowError(Exception):
    """An input that takes longer than anybody waits."""


def fault(target: str, content: bytes, patience: float = PATIENCE) -> Exception | None:
    """What a target does wrong with an input."""
    started = time.process_time()
    try:
        TARGETS[target](content)
    except Exception as error:  # whatever it is, it is what is looked for
        return error
    taken = time.process_time() - started
    return SlowError(f"it takes {taken:.1f} s") if taken > patience else None


def place(error: Exception) -> str:
    """Where a target stumbled: the kind of error and the innermost line of guidegen; one fault has one such place."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/guidegen/" in frame.filename or "/bench/fuzz/" in frame.filename]
    return f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}" if own else type(error).__name__


def keep(target: str, content: bytes, folder: Path = CRASHERS) -> Path:
    """The input as a file of its own."""
    file = folder / target / hashlib.sha256(content).hexdigest()[:16]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def kept(folder: Path = CRASHERS) -> list[tuple[str, Path]]:
    """Everything that a target ever stumbled over."""
    return [(file.parent.name, file) for file in sorted(folder.glob("*/*"))]
