"""A unit of translation as it comes back from a translator's tool."""

from guidegen.records import dataclass

MAX_UNITS = 200_000
"""The limit of units in a file: a guide of a thousand partners has about 30,000."""
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReceivedUnit:
    """A unit in a file of translations: ``needs_work`` if the translator says so; ``line`` is that of the file."""

    context: str
    source: str
    target: str
    needs_work: bool
    line: int
