"""A decorator for results that several parts of one build need."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


def memoize_last(function: Callable[[Argument], Result]) -> Callable[[Argument], Result]:
    """Cache the last result of a function, and return it as long as the argument is the same object."""
    cache: list[tuple[Argument, Result]] = []

    @wraps(function)
    def wrapper(argument: Argument) -> Result:
        if not cache or cache[0][0] is not argument:
            cache[:] = [(argument, function(argument))]
        return cache[0][1]

    return wrapper
