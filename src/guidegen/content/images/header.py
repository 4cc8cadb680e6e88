"""Read the format and size of a picture from its header, before any pixel is decoded, and check the limits."""

import re
import struct
from collections.abc import Iterator

from guidegen.patterns import compile_lazily
from guidegen.records import dataclass

MAX_BYTES = 4 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_SCANS = 100
"""The maximum number of scans of a JPEG. Progressive pictures have about ten; a device decodes all pixels once for each."""
HINT = "Save it as PNG or JPEG in an ordinary size, such as 1200 × 800."
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SOS, EOI = 0xDA, 0xD9
_ENDINGS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "WEBP": (".webp",), "AVIF": (".avif",)}
_NAMES = {"PNG": "a PNG", "JPEG": "a JPEG", "WEBP": "a WebP", "AVIF": "an AVIF"}
_MARKER = compile_lazily(rb"\xff[^\x00\xff\xd0-\xd7]")
"""A JPEG marker. In compressed data FF is followed by 00, FF or a restart (D0 to D7). https://www.w3.org/Graphics/JPEG/itu-t81.pdf"""
_IMAGE_SIZE = compile_lazily(rb"ispe\0\0\0\0(.{4})(.{4})", re.DOTALL)
"""The box of an AVIF file with the width and height of an item. https://aomediacodec.github.io/av1-avif/"""


class PictureError(ValueError):
    """The picture cannot be published. The message and the hint are for an editor."""

    def __init__(self, message: str, hint: str = HINT) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes to publish, and the displayed size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Header:
    """The format (Pillow's name for it) and the size in pixels. ``is_lossless`` applies to WebP only."""

    format: str
    width: int
    height: int
    is_lossless: bool = False

    @property
    def kind(self) -> str:
        """The format with its article, for messages."""
        return _NAMES[self.format]


def read_header(raw: bytes) -> Header:
    """Return the header of a picture. Raises ``PictureError`` for other formats and for pictures that are too large."""
    if len(raw) > MAX_BYTES:
        raise PictureError(f"the picture is larger than {MAX_BYTES // 1024 // 1024} MiB")
    picture_format = _detect_format(raw)
    try:
        header = _READERS[picture_format](raw)
    except (struct.error, IndexError) as error:
        raise PictureError("the picture is damaged") from error
    check_size(header.width, header.height)
    return header


def require(is_valid: bool) -> None:
    """Raise ``PictureError`` if a part of a picture is not valid."""
    if not is_valid:
        raise PictureError("the picture is damaged")


def check_size(width: int, height: int) -> None:
    """Raise ``PictureError`` if a picture has no pixels or too many."""
    if not width * height:
        raise PictureError("the picture is damaged: it has no pixels")
    if width * height > MAX_PIXELS:
        raise PictureError(f"the picture has {width} × {height} pixels, which is too many")


def check_extension(raw: bytes, name: str) -> None:
    """Raise ``PictureError`` if the file name has the extension of another format."""
    picture_format = _detect_format(raw)
    endings = _ENDINGS[picture_format]
    stem, _, ending = name.rpartition(".")
    if f".{ending.lower()}" not in endings:
        message = f"the file is {_NAMES[picture_format]} picture, but its name ends in .{ending}"
        raise PictureError(message, f"Rename it to {stem}{endings[0]}, and change the name wherever the picture is used.")


def jpeg_segments(raw: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the marker, content and compressed data of each segment of a JPEG up to its end. Raises ``PictureError``.

    Bytes between segments are skipped, as decoders do. Only a start of scan has compressed data.
    """
    position = 2
    while match := _MARKER.search(raw, position):
        start, marker = match.end(), raw[match.start() + 1]
        if marker == EOI:
            yield marker, b"", b""
            return
        (length,) = struct.unpack_from(">H", raw, start)
        end = position = start + length
        if marker in (0x01, 0xD8) or length < 2:
            raise PictureError("the picture is damaged")
        if marker == SOS and (next_match := _MARKER.search(raw, end)):
            position = next_match.start()
        yield marker, raw[start + 2 : end], raw[end:position]
    raise PictureError("the picture is cut off")


def _detect_format(raw: bytes) -> str:
    if raw.startswith(PNG_SIGNATURE):
        return "PNG"
    if raw.startswith(b"\xff\xd8"):
        return "JPEG"
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return "WEBP"
    brands = raw[8 : int.from_bytes(raw[:4])] if raw[4:8] == b"ftyp" else b""
    if b"avif" in brands or b"avis" in brands:
        return "AVIF"
    raise PictureError("this is not a PNG, JPEG, WebP or AVIF picture")


def _read_png(raw: bytes) -> Header:
    width, height = struct.unpack_from(">II", raw, 16)
    return Header("PNG", width, height)


def _read_jpeg(raw: bytes) -> Header:
    size, scans = None, 0
    for marker, content, _ in jpeg_segments(raw):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC) and size is None:
            size = struct.unpack_from(">xHH", content)
        scans += marker == SOS
        if scans > MAX_SCANS:
            raise PictureError(f"the picture is compressed in more than {MAX_SCANS} passes, too many for a phone")
    if size is None or not scans:
        raise PictureError("the picture is damaged")
    return Header("JPEG", size[1], size[0])


def _read_webp(raw: bytes) -> Header:
    """Read the size of the canvas or of the only frame.

    https://developers.google.com/speed/webp/docs/riff_container
    """
    if int.from_bytes(raw[4:8], "little") + 8 > len(raw):
        raise PictureError("the picture is cut off")
    kind, position = raw[12:16], 12
    while raw[position : position + 4] not in (b"VP8 ", b"VP8L"):
        name, length = struct.unpack_from("<4sI", raw, position)
        position += 24 if name == b"ANMF" else 8 + length + length % 2
    is_lossless = raw[position : position + 4] == b"VP8L"
    if kind == b"VP8X":
        width, height = int.from_bytes(raw[24:27], "little") + 1, int.from_bytes(raw[27:30], "little") + 1
    elif is_lossless:
        (bits,) = struct.unpack_from("<I", raw, position + 9)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", raw, position + 14))
    return Header("WEBP", width, height, is_lossless)


def _read_avif(raw: bytes) -> Header:
    sizes = [(int.from_bytes(width), int.from_bytes(height)) for width, height in _IMAGE_SIZE.findall(raw)]
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    return Header("AVIF", width, height)


_READERS = {"PNG": _read_png, "JPEG": _read_jpeg, "WEBP": _read_webp, "AVIF": _read_avif}
