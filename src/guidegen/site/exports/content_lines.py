"""Lines of vCard and iCalendar files: escaped, and folded at 75 bytes. RFC 6350 and RFC 5545, sections 3.1 to 3.3."""

from collections.abc import Iterable

_MAX_BYTES_A_LINE = 75


def escaped(text: str) -> str:
    """Text as a value; line breaks of any kind become ``\\n``."""
    kept = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(kept.splitlines())


def content(lines: Iterable[str]) -> bytes:
    """The file: each line folded where it is too long, never within a character, and ended as the standard wants."""
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _folded(line: str) -> str:
    if len(line.encode()) <= _MAX_BYTES_A_LINE:
        return line
    pieces, used = [""], 0
    for letter in line:
        width = len(letter.encode())
        if used + width > _MAX_BYTES_A_LINE:
            pieces.append(" ")
            used = 1
        pieces[-1] += letter
        used += width
    return "\r\n".join(pieces)
