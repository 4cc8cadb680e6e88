"""Regular expressions that are compiled when they are first used: a command needs few of the 200 that guidegen's modules name."""

import re
from typing import Any, AnyStr, cast


def compile_lazily(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled when one of its attributes is first used."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(expression, flags))


class _LazyPattern:
    def __init__(self, expression: Any, flags: int) -> None:
        self._arguments = expression, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._arguments), name)  # ``re`` has it in its own cache the second time
        setattr(self, name, value)  # from now on Python finds it before it asks this method
        return value
