"""A unit of translation as it comes back from a translator's tool."""

from collections.abc import Iterable

from guidegen.model.translatable import text_hash
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass

MAX_UNITS = 200_000
"""The limit of units in a file: a guide of a thousand partners has about 30,000."""
MAX_BYTES = 64 * 1024 * 1024
EXPORTED_NOTE = "Exported translation: {hash}"
_EXPORTED = compile_lazily(EXPORTED_NOTE.format(hash="([0-9a-f]{8})"))


@dataclass(frozen=True, slots=True)
class ReceivedUnit:
    """A unit in a file of translations: ``needs_work`` if the translator says so; ``line`` is that of the file.

    ``exported`` is the hash of the translation that the file had when it was exported; empty if the file does not say it.
    """

    context: str
    source: str
    target: str
    needs_work: bool
    line: int
    exported: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether somebody changed the translation since the export; True if that is not known."""
        return not self.exported or text_hash(self.target) != self.exported


def read_exported_hash(notes: Iterable[str]) -> str:
    """Return the hash of the exported translation from the notes of a unit; empty if no note has it."""
    return next((match[1] for note in notes if (match := _EXPORTED.fullmatch(note.strip()))), "")
