"""Content lines of vCard and iCalendar files, escaped and folded at 75 bytes. RFC 6350 and RFC 5545, sections 3.1 to 3.3."""

from collections.abc import Iterable

_MAX_LINE_BYTES = 75


def escape_value(text: str) -> str:
    r"""Return text as an escaped value. Line breaks of any kind become ``\n``."""
    value = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(value.splitlines())


def format_property(lines: Iterable[str]) -> bytes:
    """Return the bytes of a file. Long lines are folded, never within a character, and all lines end with CRLF."""
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _fold(line: str) -> str:
    if len(line.encode()) <= _MAX_LINE_BYTES:
        return line
    pieces, used = [""], 0
    for character in line:
        width = len(character.encode())
        if used + width > _MAX_LINE_BYTES:
            pieces.append(" ")
            used = 1
        pieces[-1] += character
        used += width
    return "\r\n".join(pieces)
