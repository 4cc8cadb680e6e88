"""A decorator for results that several parts of one build need."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


def memoize_last(function: Callable[[Argument], Result]) -> Callable[[Argument], Result]:
    """Cache the last result of a function, and return it as long as the argument is the same object.

    Several threads may call the function: each gets the result for its own argument.
    """
    last: list[tuple[Argument, Result] | None] = [None]

    @wraps(function)
    def wrapper(argument: Argument) -> Result:
        entry = last[0]
        if entry is None or entry[0] is not argument:
            entry = last[0] = argument, function(argument)
        return entry[1]

    return wrapper
