"""Filter a JPEG without Pillow: keep only the segments needed to draw it, each as long as its tables.

The compressed data is not decoded. https://www.w3.org/Graphics/JPEG/itu-t81.pdf
"""

import re
import struct
from collections.abc import Iterator

from guidegen.content.images.header import EOI, SOS, Picture, PictureError, jpeg_segments, require

_SOF_BASELINE, _SOF_EXTENDED, _SOF_PROGRESSIVE, _DHT, _DQT, _DRI = 0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD
_EXIF = struct.Struct(">6s4sIHHHIHHI")
"""An EXIF segment with one entry, the orientation."""


class _Jpeg:
    """The state of filtering a JPEG: tables read and written, and the last known bit of each coefficient."""

    def __init__(self) -> None:
        self.frame, self.frame_marker = b"", 0
        self.components: dict[int, int] = {}
        self.tables: dict[tuple[int, int], bytes] = {}
        self.written: dict[tuple[int, int], bytes] = {}
        self.bits: dict[tuple[int, int], int] = {}
        self.has_jfif, self.adobe, self.orientation = False, b"", 1
        self.scans: list[bytes] = []


def filter_jpeg(raw: bytes) -> Picture:
    """Return what the allow-list keeps. Raises ``PictureError``; damaged segments may raise other errors."""
    jpeg = _Jpeg()
    for marker, content, data in jpeg_segments(raw):
        if marker in (_DQT, _DHT):
            jpeg.tables.update(_parse_quantization_tables(content) if marker == _DQT else _parse_huffman_tables(content))
        elif marker == _DRI:
            require(len(content) == 2)
            jpeg.tables[_DRI, 0] = content
        elif 0xC0 <= marker <= 0xCF:
            _read_frame(jpeg, marker, content)
        elif marker == SOS:
            jpeg.scans.append(_filter_scan(jpeg, content, data))
        elif marker != EOI and not jpeg.scans:
            _read_application(jpeg, marker, content)
    require(bool(jpeg.scans))
    parts = [b"\xff\xd8", *_build_application_segments(jpeg), *jpeg.scans, b"\xff\xd9"]
    height, width = struct.unpack_from(">xHH", jpeg.frame)
    return Picture(b"".join(parts), *((height, width) if jpeg.orientation > 4 else (width, height)))


def _build_segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _read_application(jpeg: _Jpeg, marker: int, content: bytes) -> None:
    """Record the color space and the orientation, which decoders need."""
    if marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 14:
        jpeg.has_jfif = True
    elif marker == 0xEE and content.startswith(b"Adobe") and len(content) >= 12 and content[11] <= 2:
        jpeg.adobe = b"Adobe\0\x64\0\0\0\0" + content[11:12]
    elif marker == 0xE1 and content.startswith(b"Exif\0\0") and jpeg.orientation == 1:
        jpeg.orientation = _parse_orientation(content[6:])


def _build_application_segments(jpeg: _Jpeg) -> Iterator[bytes]:
    if jpeg.has_jfif:
        yield _build_segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    if jpeg.orientation != 1:
        yield _build_segment(0xE1, _EXIF.pack(b"Exif\0\0", b"MM\0*", 8, 1, 0x0112, 3, 1, jpeg.orientation, 0, 0))
    if jpeg.adobe:
        yield _build_segment(0xEE, jpeg.adobe)


def _parse_orientation(tiff: bytes) -> int:
    """Return the orientation, 1 to 8; 1 if there is none or it cannot be read."""
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


def _parse_quantization_tables(content: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    while content:
        length = 129 if content[0] >> 4 else 65
        require(content[0] >> 4 <= 1 and content[0] & 15 <= 3 and len(content) >= length)
        yield (_DQT, content[0] & 15), content[:length]
        content = content[length:]


def _parse_huffman_tables(content: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield the tables. Raises ``PictureError`` for impossible codes, and symbols that are repeated or not of 8-bit pictures."""
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
    """Record the only frame: 8 bits a sample; gray, color or CMYK."""
    if marker not in (_SOF_BASELINE, _SOF_EXTENDED, _SOF_PROGRESSIVE):
        raise PictureError("browsers do not show this kind of JPEG")
    require(not jpeg.frame and content[0] == 8 and content[5] in (1, 3, 4) and len(content) == 6 + 3 * content[5])
    for component, sampling, table in zip(content[6::3], content[7::3], content[8::3], strict=True):
        require(component not in jpeg.components and 1 <= sampling >> 4 <= 4 and 1 <= sampling & 15 <= 4)
        jpeg.components[component] = table
    jpeg.frame, jpeg.frame_marker = content, marker


def _require_restarts(jpeg: _Jpeg, components: list[int], data: bytes) -> None:
    """Raise ``PictureError`` unless the scan has exactly the expected restart markers: decoders skip data after others."""
    height, width = struct.unpack_from(">xHH", jpeg.frame)
    factors = {frame[0]: (frame[1] >> 4, frame[1] & 15) for frame in zip(jpeg.frame[6::3], jpeg.frame[7::3], strict=True)}
    across, down = (max(sides) for sides in zip(*factors.values(), strict=True))
    if len(components) == 1:  # a scan of one component counts its own blocks, not the units (MCUs) of all components
        width, height = (-(-width * factors[components[0]][0] // across), -(-height * factors[components[0]][1] // down))
        across = down = 1
    units = -(-width // (8 * across)) * -(-height // (8 * down))
    interval = int.from_bytes(jpeg.tables.get((_DRI, 0), b""))
    restarts = (units - 1) // interval if interval else 0
    require(re.findall(rb"\xff([\xd0-\xd7])", data) == [bytes([0xD0 + number % 8]) for number in range(restarts)])


def _filter_scan(jpeg: _Jpeg, content: bytes, data: bytes) -> bytes:
    """Return a scan, preceded by those of its tables that are not written yet."""
    tables_by_component = dict(zip(content[1:-3:2], content[2:-3:2], strict=True))
    require(0 < content[0] == len(tables_by_component) and len(content) == 4 + 2 * content[0])
    first, last, high, low = (*content[-3:-1], content[-1] >> 4, content[-1] & 15)
    if jpeg.frame_marker != _SOF_PROGRESSIVE:
        first, last, high, low = 0, 63, 0, 0
    else:
        require(first <= last <= 63 and low <= 13 and (last == 0 if first == 0 else len(tables_by_component) == 1))
    needed_tables = [(_DHT, table >> 4) for table in tables_by_component.values() if not first and not high]
    needed_tables += [(_DHT, 16 + (table & 15)) for table in tables_by_component.values() if last]
    for component in tables_by_component:
        for coefficient in range(first, last + 1):
            known_bit = jpeg.bits.get((component, coefficient))
            require(high == 0 if known_bit is None else known_bit == high == low + 1)
            jpeg.bits[component, coefficient] = low
    _require_restarts(jpeg, list(tables_by_component), data)
    parts = [] if jpeg.scans else [_build_segment(jpeg.frame_marker, jpeg.frame)]
    if (_DRI, 0) in jpeg.tables:
        needed_tables.append((_DRI, 0))
    needed_tables += [(_DQT, jpeg.components[component]) for component in tables_by_component]
    for key in sorted(set(needed_tables)):
        if jpeg.written.get(key) != jpeg.tables[key]:
            jpeg.written[key] = jpeg.tables[key]
            parts.append(_build_segment(key[0], jpeg.tables[key]))
    parts.append(_build_segment(SOS, content[:-3] + bytes((first, last, high << 4 | low))))
    return b"".join(parts) + re.sub(rb"\xff{2,}", b"\xff", data).rstrip(b"\xff")
