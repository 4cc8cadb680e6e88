"""Filter a PNG without Pillow: keep only the chunks needed to draw it, and compress its data again.

https://www.w3.org/TR/png-3/
"""

import struct
import zlib
from collections.abc import Iterator
from itertools import accumulate

from guidegen.content.images.header import PNG_SIGNATURE, Picture, PictureError, require

_PALETTE = 3
_CHANNELS = {0: 1, 2: 3, _PALETTE: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), _PALETTE: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Bits of a sample, by color type."""
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Left, top, and horizontal and vertical step of each pass of an interlaced picture."""
_MAX_FILTERED = 4_000_000
"""The maximum number of bytes in filtered rows: Python takes up to half a second for a million."""
_MAX_GAMMA, _MAX_CHROMATICITY = 1_000_000, 100_000


Passes = list[tuple[int, int, int]]
"""One entry a pass: its rows, the bytes of a row (with the filter byte), and the unused bits at the end of a row."""


def filter_png(raw: bytes) -> Picture:
    """Return what the allow-list keeps. Raises ``PictureError``; damaged chunks may raise other errors."""
    chunks, passes, pixels = read_rows(raw)
    width, height, depth, color, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    kept = {b"IHDR": chunks[b"IHDR"], **_filter_color_space(chunks)}
    if color == _PALETTE:
        pixels, used = _read_indexes(pixels, passes, depth)
        kept |= _filter_palette(chunks, used)
    elif color in (0, 2) and _is_color(transparent_color := chunks.get(b"tRNS", b""), _CHANNELS[color], depth):
        kept[b"tRNS"] = transparent_color
    kept |= {b"IDAT": zlib.compress(pixels, 9), b"IEND": b""}
    return Picture(PNG_SIGNATURE + b"".join(_build_chunk(name, content) for name, content in kept.items()), width, height)


def read_rows(raw: bytes) -> tuple[dict[bytes, bytes], Passes, bytes]:
    """Return the chunks by name, the passes, and the filtered rows. Raises the errors of ``filter_png``."""
    chunks: dict[bytes, bytes] = {}
    data = []
    for name, content in _read_chunks(raw):
        if name == b"IDAT":
            data.append(content)
        else:
            require(name != b"IHDR" or not chunks)
            chunks.setdefault(name, content)
    width, height, depth, color, *methods = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    require(depth in _DEPTHS[color] and methods[:2] == [0, 0] and methods[2] <= 1)
    passes = _compute_passes(width, height, depth * _CHANNELS[color], bool(methods[2]))
    return chunks, passes, _inflate(b"".join(data), passes)


def _read_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and content of each chunk. Raises ``PictureError`` if the checksum of a critical chunk is wrong."""
    position, name = len(PNG_SIGNATURE), b""
    while name != b"IEND":
        if position + 12 > len(raw):
            raise PictureError("the picture is cut off")
        length, name = struct.unpack_from(">I4s", raw, position)
        end = position + 12 + length
        if end > len(raw):
            raise PictureError("the picture is cut off")
        content = raw[position + 8 : end - 4]
        require(not name[:1].isupper() or zlib.crc32(name + content) == int.from_bytes(raw[end - 4 : end]))
        yield name, content
        position = end


def _build_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _compute_passes(width: int, height: int, bits: int, is_interlaced: bool) -> Passes:
    sides = [(width, height)]
    if is_interlaced:
        sides = [((width - left + across - 1) // across, (height - top + down - 1) // down) for left, top, across, down in _ADAM7]
    return [(rows, 1 + (columns * bits + 7) // 8, -columns * bits % 8) for columns, rows in sides if columns > 0 and rows > 0]


def _inflate(data: bytes, passes: Passes) -> bytes:
    """Return the decompressed rows, without surplus bytes. Raises ``PictureError`` if bytes are missing."""
    size = sum(rows * length for rows, length, _ in passes)
    inflater = zlib.decompressobj()
    pixels = inflater.decompress(data, size + 1)[:size]
    if len(pixels) < size:
        raise PictureError("the picture is cut off")
    start = 0
    for rows, length, _ in passes:
        end = start + rows * length
        require(max(pixels[start:end:length]) <= 4)
        start = end
    return pixels


def _is_color(content: bytes, channels: int, depth: int) -> bool:
    return len(content) == 2 * channels and max(struct.unpack(f">{channels}H", content)) < 1 << depth


def _filter_color_space(chunks: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return the valid chunks that define the color space."""
    kept = {}
    if len(gamma := chunks.get(b"gAMA", b"")) == 4 and 0 < int.from_bytes(gamma) <= _MAX_GAMMA:
        kept[b"gAMA"] = gamma
    if len(points := chunks.get(b"cHRM", b"")) == 32 and max(struct.unpack(">8I", points)) <= _MAX_CHROMATICITY:
        kept[b"cHRM"] = points
    if len(intent := chunks.get(b"sRGB", b"")) == 1 and intent[0] <= 3:
        kept[b"sRGB"] = intent
    return kept


def _filter_palette(chunks: dict[bytes, bytes], used: set[int]) -> dict[bytes, bytes]:
    """Return the palette up to the last color in use; unused colors before it become black."""
    palette, opacity = chunks[b"PLTE"], chunks.get(b"tRNS", b"")
    require(3 * max(used) < len(palette) <= 768 and len(palette) % 3 == 0)
    indexes = range(max(used) + 1)
    kept = {b"PLTE": b"".join(palette[3 * index : 3 * index + 3] if index in used else b"\0\0\0" for index in indexes)}
    if 0 < len(opacity) <= len(palette) // 3:
        opacity = opacity.ljust(len(indexes), b"\xff")
        kept[b"tRNS"] = bytes(opacity[index] if index in used else 255 for index in indexes)
    return kept


def _read_indexes(pixels: bytes, passes: Passes, depth: int) -> tuple[bytes, set[int]]:
    """Return the rows of a picture with a palette without their filters, and the indexes in use."""
    plain, start, values, filtered = [], 0, set[int](), 0
    for rows, length, unused_bits in passes:
        above = bytes(length - 1)
        for _ in range(rows):
            filtered += length if pixels[start] else 0
            if filtered > _MAX_FILTERED:
                hint = "Save it smaller, or as JPEG, or run  pip install 'guidegen[images]'."
                raise PictureError("a picture this large with a palette can only be read with Pillow", hint)
            above = _remove_filter(pixels[start], pixels[start + 1 : start + length], above)
            row = above[:-1] + bytes([above[-1] >> unused_bits << unused_bits])
            plain += [b"\0", row]
            values.update(row)
            start += length
    mask = (1 << depth) - 1
    return b"".join(plain), {value >> shift & mask for value in values for shift in range(0, 8, depth)}


def _remove_filter(kind: int, row: bytes, above: bytes) -> bytes:
    """Return a row without its filter, for pixels of at most one byte.

    https://www.w3.org/TR/png-3/#9Filters
    """
    if kind == 0:
        return row
    if kind == 1:
        sums: Iterator[int] = accumulate(row, _add)
        return bytes(sums)
    if kind == 2:
        return bytes([(value + up) & 255 for value, up in zip(row, above, strict=True)])
    plain, left, corner = bytearray(), 0, 0
    for value, up in zip(row, above, strict=True):
        left = (value + ((left + up) // 2 if kind == 3 else _predict_paeth(left, up, corner))) & 255
        corner = up
        plain.append(left)
    return bytes(plain)


def _add(left: int, value: int) -> int:
    return (left + value) & 255


def _predict_paeth(left: int, up: int, corner: int) -> int:
    from_left, from_up, from_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if from_left <= from_up and from_left <= from_corner:
        return left
    return up if from_up <= from_corner else corner
