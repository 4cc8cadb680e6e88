"""Results that several parts of one build ask for."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")


def memoize_last(function: Callable[[Given], Result]) -> Callable[[Given], Result]:
    """The function, which remembers its last result for as long as it is asked about the same object."""
    last: list[tuple[Given, Result]] = []

    @wraps(function)
    def remembering(given: Given) -> Result:
        if not last or last[0][0] is not given:
            last[:] = [(given, function(given))]
        return last[0][1]

    return remembering
