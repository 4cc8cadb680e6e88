"""Random fuzzing: good inputs with random changes."""

import random
import time
from collections.abc import Iterator

from bench.fuzz.finding import TIMEOUT_S, fault, place
from bench.fuzz.seeds import mutate, seeds


def find_failures(
    target: str, seconds: float, rng: random.Random, timeout_s: float = TIMEOUT_S
) -> Iterator[tuple[bytes, Exception]]:
    """Yield inputs on which a target fails within this CPU time in seconds, one for each place in the code."""
    places: set[str] = set()
    deadline = time.process_time() + seconds
    inputs = seeds(target)
    while time.process_time() < deadline:
        content = mutate(rng.choice(inputs), inputs, rng)
        error = fault(target, content, timeout_s)
        if error and place(error) not in places:
            places.add(place(error))
            yield content, error
