"""Pictures are published without what a camera wrote into them."""

import struct
import zlib

import pytest

from guidegen import pictures


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def jpeg(*, between: bytes = b"", after: bytes = b"") -> bytes:
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", 20, 30) + b"\x01\x01\x11\x00")
    head = b"\xff\xd8" + segment(0xE0, b"JFIF\0") + segment(0xE1, b"Exif\0\0GPS-canary") + segment(0xFE, b"comment-canary")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return head + frame + scan + between + b"\xff\xd9" + after


def png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0" * 31 * 20))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + chunk(b"tEXt", b"Author\0canary")
        + chunk(b"eXIf", b"canary")
        + data
        + chunk(b"IEND", b"")
        + b"canary"
    )


@pytest.mark.parametrize(
    "raw",
    [
        jpeg(),
        jpeg(between=segment(0xE1, b"canary") + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x77"),
        jpeg(after=b"\xff\xd8" + segment(0xE1, b"Exif canary") + b"\xff\xd9"),
        png(),
    ],
)
def test_nothing_but_the_picture_is_left(raw: bytes) -> None:
    cleaned = pictures.cleaned(raw)

    assert (cleaned.width, cleaned.height) == (30, 20)
    assert b"canary" not in cleaned.content
    assert cleaned.content.endswith((b"\xff\xd9", b"IEND\xaeB`\x82"))
    assert pictures.cleaned(cleaned.content) == cleaned


@pytest.mark.parametrize(
    "raw", [b"", b"GIF89a", b"<svg onload=alert(1)>", jpeg()[:-2], png()[:60], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_whole_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(pictures.PictureError):
        pictures.cleaned(raw)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    big = jpeg().replace(struct.pack(">HH", 20, 30), struct.pack(">HH", 60_000, 60_000))

    with pytest.raises(pictures.PictureError, match="pixels"):
        pictures.cleaned(big)
