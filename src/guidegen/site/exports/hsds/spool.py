"""Texts that are written piece by piece: small ones stay in memory, large ones are in a temporary file until they are read."""

import tempfile

_MAX_IN_MEMORY = 2**20
"""Bytes."""


class Spool:
    """A text that grows. It must be closed."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_MAX_IN_MEMORY)  # noqa: SIM115  # closed by its owner
        self.is_empty = True

    def write(self, text: str) -> None:
        """Add a text."""
        self._file.write(text.encode())
        self.is_empty = False

    def read(self) -> bytes:
        """Return the whole text in UTF-8."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Remove the temporary file, if there is one."""
        self._file.close()
