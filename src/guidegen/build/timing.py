"""Measure where the time of a build goes, in parts that do not overlap."""

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


class BuildTimings:
    """Seconds spent on each part of a build."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def measure(self, part: str) -> Iterator[None]:
        """Count the time spent inside as time of a part."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._add(part, started)

    def measure_each(self, part: str, items: Iterable[Item]) -> Generator[Item, None, None]:
        """Yield the same items, timing only their production."""
        remaining = iter(items)
        while True:
            started = time.perf_counter()
            try:
                item = next(remaining)
            except StopIteration:
                return
            finally:
                self._add(part, started)
            yield item

    def summary_lines(self) -> Iterator[str]:
        """Yield a line per part with its seconds, in the order in which the parts started."""
        yield from (f"{seconds:8.3f} s  {part}" for part, seconds in self.spent.items())

    def _add(self, part: str, started: float) -> None:
        self.spent[part] = self.spent.get(part, 0.0) + time.perf_counter() - started
