"""JPEG without Pillow: only segments that draw the picture are kept, each exactly as long as its tables.

The compressed data itself is not decoded. https://www.w3.org/Graphics/JPEG/itu-t81.pdf
"""

import re
import struct
from collections.abc import Iterator

from guidegen.content.images.header import EOI, SOS, Picture, PictureError, jpeg_segments, require

_SOF_BASELINE, _SOF_EXTENDED, _SOF_PROGRESSIVE, _DHT, _DQT, _DRI = 0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD
_EXIF = struct.Struct(">6s4sIHHHIHHI")
"""A block of EXIF with one entry, the orientation."""


class _Jpeg:
    """A JPEG while it is read: its tables, which of them are written, and how far each coefficient is known."""

    def __init__(self) -> None:
        self.frame, self.frame_marker = b"", 0
        self.components: dict[int, int] = {}
        self.tables: dict[tuple[int, int], bytes] = {}
        self.written: dict[tuple[int, int], bytes] = {}
        self.bits: dict[tuple[int, int], int] = {}
        self.has_jfif, self.adobe, self.orientation = False, b"", 1
        self.scans: list[bytes] = []


def filter_jpeg(raw: bytes) -> Picture:
    """Return what the allow-list keeps. Raise ``PictureError``; other errors come from damaged segments."""
    jpeg = _Jpeg()
    for marker, content, data in jpeg_segments(raw):
        if marker in (_DQT, _DHT):
            jpeg.tables.update(_quantization(content) if marker == _DQT else _huffman(content))
        elif marker == _DRI:
            require(len(content) == 2)
            jpeg.tables[_DRI, 0] = content
        elif 0xC0 <= marker <= 0xCF:
            _read_frame(jpeg, marker, content)
        elif marker == SOS:
            jpeg.scans.append(_scan(jpeg, content, data))
        elif marker != EOI and not jpeg.scans:
            _read_application(jpeg, marker, content)
    require(bool(jpeg.scans))
    parts = [b"\xff\xd8", *_application_segments(jpeg), *jpeg.scans, b"\xff\xd9"]
    height, width = struct.unpack_from(">xHH", jpeg.frame)
    return Picture(b"".join(parts), *((height, width) if jpeg.orientation > 4 else (width, height)))


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _read_application(jpeg: _Jpeg, marker: int, content: bytes) -> None:
    """Note which color space the picture is in and which way up it is: decoders need both."""
    if marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 14:
        jpeg.has_jfif = True
    elif marker == 0xEE and content.startswith(b"Adobe") and len(content) >= 12 and content[11] <= 2:
        jpeg.adobe = b"Adobe\0\x64\0\0\0\0" + content[11:12]
    elif marker == 0xE1 and content.startswith(b"Exif\0\0") and jpeg.orientation == 1:
        jpeg.orientation = _orientation_of(content[6:])


def _application_segments(jpeg: _Jpeg) -> Iterator[bytes]:
    if jpeg.has_jfif:
        yield _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    if jpeg.orientation != 1:
        yield _segment(0xE1, _EXIF.pack(b"Exif\0\0", b"MM\0*", 8, 1, 0x0112, 3, 1, jpeg.orientation, 0, 0))
    if jpeg.adobe:
        yield _segment(0xEE, jpeg.adobe)


def _orientation_of(tiff: bytes) -> int:
    """Return the orientation, 1 to 8; 1 where there is none that can be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4], "")
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count if order else 0):
            tag, kind, values, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if (tag, kind, values) == (0x0112, 3, 1) and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 1
    return 1


def _quantization(content: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    while content:
        length = 129 if content[0] >> 4 else 65
        require(content[0] >> 4 <= 1 and content[0] & 15 <= 3 and len(content) >= length)
        yield (_DQT, content[0] & 15), content[:length]
        content = content[length:]


def _huffman(content: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield the tables: their codes must be possible, and their symbols those of eight-bit pictures, each once."""
    while content:
        length, code = 17 + sum(content[1:17]), 0
        symbols = content[17:length]
        require(content[0] >> 4 <= 1 and content[0] & 15 <= 3 and len(content) >= length == 17 + len(set(symbols)))
        require(all(symbol <= 11 if content[0] < 16 else symbol & 15 <= 10 for symbol in symbols))
        for bits, codes in enumerate(content[1:17], 1):
            code = code * 2 + codes
            require(code < 1 << bits)
        yield (_DHT, content[0]), content[:length]
        content = content[length:]


def _read_frame(jpeg: _Jpeg, marker: int, content: bytes) -> None:
    """Note the one frame: eight bits a sample; gray, color, or CMYK."""
    if marker not in (_SOF_BASELINE, _SOF_EXTENDED, _SOF_PROGRESSIVE):
        raise PictureError("the picture is of a kind of JPEG that browsers do not show")
    require(not jpeg.frame and content[0] == 8 and content[5] in (1, 3, 4) and len(content) == 6 + 3 * content[5])
    for component, sampling, table in zip(content[6::3], content[7::3], content[8::3], strict=True):
        require(component not in jpeg.components and 1 <= sampling >> 4 <= 4 and 1 <= sampling & 15 <= 4)
        jpeg.components[component] = table
    jpeg.frame, jpeg.frame_marker = content, marker


def _require_restarts(jpeg: _Jpeg, components: list[int], data: bytes) -> None:
    """Raise ``PictureError`` unless the scan has the restarts it must have: decoders skip what follows others."""
    height, width = struct.unpack_from(">xHH", jpeg.frame)
    factors = {frame[0]: (frame[1] >> 4, frame[1] & 15) for frame in zip(jpeg.frame[6::3], jpeg.frame[7::3], strict=True)}
    across, down = (max(sides) for sides in zip(*factors.values(), strict=True))
    if len(components) == 1:  # its blocks, not the units of all components
        width, height = (-(-width * factors[components[0]][0] // across), -(-height * factors[components[0]][1] // down))
        across = down = 1
    units = -(-width // (8 * across)) * -(-height // (8 * down))
    interval = int.from_bytes(jpeg.tables.get((_DRI, 0), b""))
    restarts = (units - 1) // interval if interval else 0
    require(re.findall(rb"\xff([\xd0-\xd7])", data) == [bytes([0xD0 + number % 8]) for number in range(restarts)])


def _scan(jpeg: _Jpeg, content: bytes, data: bytes) -> bytes:
    """Return a scan with the tables it needs that are not written yet."""
    chosen = dict(zip(content[1:-3:2], content[2:-3:2], strict=True))
    require(0 < content[0] == len(chosen) and len(content) == 4 + 2 * content[0])
    first, last, high, low = (*content[-3:-1], content[-1] >> 4, content[-1] & 15)
    if jpeg.frame_marker != _SOF_PROGRESSIVE:
        first, last, high, low = 0, 63, 0, 0
    else:
        require(first <= last <= 63 and low <= 13 and (last == 0 if first == 0 else len(chosen) == 1))
    needed = [(_DHT, table >> 4) for table in chosen.values() if not first and not high]
    needed += [(_DHT, 16 + (table & 15)) for table in chosen.values() if last]
    for component in chosen:
        for place in range(first, last + 1):
            known = jpeg.bits.get((component, place))
            require(high == 0 if known is None else known == high == low + 1)
            jpeg.bits[component, place] = low
    _require_restarts(jpeg, list(chosen), data)
    parts = [] if jpeg.scans else [_segment(jpeg.frame_marker, jpeg.frame)]
    if (_DRI, 0) in jpeg.tables:
        needed.append((_DRI, 0))
    needed += [(_DQT, jpeg.components[component]) for component in chosen]
    for key in sorted(set(needed)):
        if jpeg.written.get(key) != jpeg.tables[key]:
            jpeg.written[key] = jpeg.tables[key]
            parts.append(_segment(key[0], jpeg.tables[key]))
    parts.append(_segment(SOS, content[:-3] + bytes((first, last, high << 4 | low))))
    return b"".join(parts) + re.sub(rb"\xff{2,}", b"\xff", data).rstrip(b"\xff")
