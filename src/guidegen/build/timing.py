"""Where the time of a build goes, in parts that do not overlap."""

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Piece = TypeVar("Piece")


class BuildTimings:
    """Seconds by part of the work."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def measure(self, part: str) -> Iterator[None]:
        """Counts what happens inside as time of a part."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._add(part, began)

    def measure_each(self, part: str, pieces: Iterable[Piece]) -> Generator[Piece, None, None]:
        """The same pieces; the time in which they come about is that of a part, what is done with them is not."""
        rest = iter(pieces)
        while True:
            began = time.perf_counter()
            try:
                piece = next(rest)
            except StopIteration:
                return
            finally:
                self._add(part, began)
            yield piece

    def summary_lines(self) -> Iterator[str]:
        """The parts in the order in which they began, with their seconds."""
        yield from (f"{seconds:8.3f} s  {part}" for part, seconds in self.spent.items())

    def _add(self, part: str, began: float) -> None:
        self.spent[part] = self.spent.get(part, 0.0) + time.perf_counter() - began
