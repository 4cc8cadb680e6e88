"""Pictures of the content: only PNG and JPEG, of a sane size, without what a camera wrote into them."""

import struct

from guidegen.record import record

MAX_BYTES = 4 * 1024 * 1024
MAX_PIXELS = 25_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
# PNG chunks that are needed to draw; text, time, EXIF and private chunks are not. https://www.w3.org/TR/png-3/
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}


class PictureError(ValueError):
    """The bytes are no picture that may be published; the message says why, for an editor."""


@record
class Picture:
    """Bytes to publish, and the size in pixels."""

    content: bytes
    width: int
    height: int


def cleaned(raw: bytes) -> Picture:
    """The picture without metadata. Raises ``PictureError``."""
    if len(raw) > MAX_BYTES:
        raise PictureError(f"the picture is larger than {MAX_BYTES // 1024 // 1024} MiB")
    try:
        picture = _png(raw) if raw.startswith(_PNG) else _jpeg(raw)
    except (struct.error, IndexError) as error:
        raise PictureError("the picture is damaged") from error
    if picture.width * picture.height > MAX_PIXELS or not picture.width * picture.height:
        raise PictureError(f"the picture has {picture.width} × {picture.height} pixels, more than can be shown")
    return picture


def _png(raw: bytes) -> Picture:
    kept, place = [_PNG], len(_PNG)
    width, height = struct.unpack(">II", raw[16:24])
    while place < len(raw):
        (length,) = struct.unpack(">I", raw[place : place + 4])
        name, end = raw[place + 4 : place + 8], place + 12 + length
        if end > len(raw):
            raise PictureError("the picture is cut off")
        if name in _PNG_KEPT:
            kept.append(raw[place:end])
        place = end
        if name == b"IEND":
            return Picture(b"".join(kept), width, height)
    raise PictureError("the picture is cut off")


def _jpeg(raw: bytes) -> Picture:
    """Segments up to the image data; application segments (EXIF, XMP, thumbnails) and comments are left out."""
    if not raw.startswith(b"\xff\xd8"):
        raise PictureError("this is neither a PNG nor a JPEG picture")
    kept, place, size = [b"\xff\xd8"], 2, (0, 0)
    while raw[place] == 0xFF:
        marker = raw[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        (length,) = struct.unpack(">H", raw[place + 2 : place + 4])
        end = place + 2 + length
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", raw[place + 5 : place + 9])
            size = (width, height)
        if not _is_metadata(marker):
            kept.append(raw[place:end])
        if marker == 0xDA:
            return Picture(b"".join(kept) + _image_data(raw[end:]), *size)
        place = end
    raise PictureError("the picture is damaged")


def _image_data(rest: bytes) -> bytes:
    """The compressed picture up to its end, without the segments that cameras put between its scans.

    A byte FF in the data is followed by 00, or D0 to D7; any other marker begins a segment. What follows the first end
    of the picture (a second picture with its own metadata) is not part of it.
    """
    kept: list[bytes] = []
    place = 0
    while (found := rest.find(b"\xff", place)) >= 0 and found + 1 < len(rest):
        marker = rest[found + 1]
        if marker == 0xD9:
            return b"".join(kept) + rest[place : found + 2]
        if marker in (0x00, 0xFF) or 0xD0 <= marker <= 0xD7:
            end = found + (1 if marker == 0xFF else 2)
            kept.append(rest[place:end])
        else:
            (length,) = struct.unpack(">H", rest[found + 2 : found + 4])
            end = found + 2 + length
            kept.append(rest[place:found] if _is_metadata(marker) else rest[place:end])
        place = end
    raise PictureError("the picture is cut off")


def _is_metadata(marker: int) -> bool:
    """Application segments and comments, but JFIF's and Adobe's, without which colours are wrong."""
    return 0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)
