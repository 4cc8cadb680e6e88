"""Fuzzing by luck alone: good inputs, changed here and there."""

import random
import time
from collections.abc import Iterator

from bench.fuzz.finding import PATIENCE, fault, place
from bench.fuzz.seeds import changed, seeds


def found(target: str, seconds: float, luck: random.Random, patience: float = PATIENCE) -> Iterator[tuple[bytes, Exception]]:
    """Inputs that a target stumbles over within so many seconds of a processor, one for each place where it does."""
    known: set[str] = set()
    ends = time.process_time() + seconds
    good = seeds(target)
    while time.process_time() < ends:
        content = changed(luck.choice(good), good, luck)
        error = fault(target, content, patience)
        if error and place(error) not in known:
            known.add(place(error))
            yield content, error
