"""Published pictures have nothing but what is visible."""

import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps, features

from guidegen.build import pipeline
from guidegen.cache import file_stats
from guidegen.content import images
from guidegen.content.images import content_images
from guidegen.content.images.header import MAX_SCANS
from tests import make

pytestmark = pytest.mark.slow

MARK = b"hidden-canary-text"
LETTERS = b"abcdefghij"
"""Bytes that can hide in a Huffman table: none occurs twice."""
SIZE = (48, 32)
SEEN = {
    "interlace",
    "transparency",
    "gamma",
    "chromaticity",
    "srgb",
    "dpi",
    "adobe",
    "adobe_transform",
    "loop",
    "background",
    "timestamp",
    "duration",
}


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


FRAME = segment(0xC0, b"\x08" + struct.pack(">HH", 20, 30) + b"\x01\x01\x11\x00")
TABLES = segment(0xDB, b"\x00" + b"\x01" * 64) + segment(0xC4, b"\x00\x01" + bytes(16)) + segment(0xC4, b"\x10\x01" + bytes(16))
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x00" * 3


def jpeg(*, head: bytes = b"", frame: bytes = FRAME, scan: bytes = SCAN, between: bytes = b"", after: bytes = b"") -> bytes:
    """Build a gray picture of 30 by 20 pixels, with metadata."""
    metadata = (
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xE1, b"Exif\0\0GPS-canary") + segment(0xFE, b"comment-canary")
    )
    return b"\xff\xd8" + metadata + head + TABLES + frame + scan + between + b"\xff\xd9" + after


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(
    *,
    header: tuple[int, int, int, int, int, int, int] = (30, 20, 8, 0, 0, 0, 0),
    pixels: bytes = b"\0" * 31 * 20,
    head: bytes = b"",
    behind: bytes = b"",
    between: bytes = b"",
    end: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """Build a gray picture of 30 by 20 pixels; ``behind`` follows the compressed data in its chunk."""
    parts = chunk(b"IHDR", struct.pack(">IIBBBBB", *header)) + head + chunk(b"IDAT", zlib.compress(pixels) + behind)
    return b"\x89PNG\r\n\x1a\n" + parts + between + chunk(b"IEND", end) + after


def photo() -> Image.Image:
    """Return a picture with smooth colors and four corners that differ."""
    image = Image.linear_gradient("L").resize(SIZE)
    image = Image.merge(
        "RGB", (image, image.transpose(Image.Transpose.ROTATE_180), image.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    )
    for color, corner in (("red", (0, 0)), ("lime", (32, 0)), ("blue", (0, 16)), ("white", (32, 16))):
        image.paste(color, (*corner, corner[0] + 16, corner[1] + 16))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def without_pillow(raw: bytes) -> images.Picture:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "PIL.Image", None)
        return images.cleaned(raw)


CLEANERS = pytest.mark.parametrize("clean", [images.cleaned, without_pillow])
Clean = Callable[[bytes], images.Picture]


# --- hiding places -------------------------------------------------------------------------------


def exif(orientation: int = 1, more: bytes = b"") -> bytes:
    return struct.pack(">6s4sIHHHIHHI", b"Exif\0\0", b"MM\0*", 8, 1, 0x0112, 3, 1, orientation, 0, 0) + more


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + MARK


def jpegs() -> Iterator[tuple[str, bytes]]:
    yield "JFIF thumbnail", jpeg(head=segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\3\2" + MARK))
    for code in (0x10, 0x11, 0x13):
        yield (
            f"JFXX thumbnail {code:x}",
            jpeg(head=segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xE0, b"JFXX\0" + bytes([code]) + MARK)),
        )
    yield "JFIF that is too long", jpeg(head=segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0" + MARK))
    yield "density of JFIF", jpeg(head=segment(0xE0, b"JFIF\0\1\1\0cana\0\0")).replace(b"cana", MARK[:4])
    for number in range(16):
        yield f"vendor block APP{number}", jpeg(head=segment(0xE0 + number, b"Vendor\0" + MARK))
        yield f"vendor block APP{number} before the end", jpeg(between=segment(0xE0 + number, MARK))
    yield "EXIF after its entries", jpeg(head=segment(0xE1, exif(3, MARK)))
    yield "XMP", jpeg(head=segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + MARK))
    yield "ICC profile", saved(photo(), "JPEG", icc_profile=profile())
    yield "Photoshop", jpeg(head=segment(0xED, b"Photoshop 3.0\x008BIM\x04\x0c\0\0\0\0\0\x12" + MARK))
    yield "C2PA", jpeg(head=segment(0xEB, b"JP\0\1\0\0\0\1" + MARK))
    yield "Adobe that is too long", jpeg(head=segment(0xEE, b"Adobe\0d\0\0\0\0\0" + MARK))
    yield "not Adobe", jpeg(head=segment(0xEE, MARK[:12]))
    yield "comment", jpeg(head=segment(0xFE, MARK))
    progressive = saved(photo(), "JPEG", progressive=True)
    for marker in (0xE1, 0xE2, 0xFE, 0xF7):
        yield f"marker {marker:x} between scans", progressive.replace(b"\xff\xda", segment(marker, MARK) + b"\xff\xda")
    yield "quantization tables that are too long", jpeg(head=segment(0xDB, b"\x00" + b"\x01" * 64 + MARK))
    yield "a quantization table that is not used", jpeg(head=segment(0xDB, b"\x03" + MARK.ljust(64, b"\1")))
    yield "a quantization table that is replaced", jpeg(head=segment(0xDB, b"\x00" + MARK.ljust(64, b"\1")))
    yield "a quantization table after the scan", jpeg(between=segment(0xDB, b"\x00" + MARK.ljust(64, b"\1")))
    yield "Huffman tables that are too long", jpeg(head=segment(0xC4, b"\x00\x01" + bytes(16) + MARK))
    yield "a Huffman table that is not used", jpeg(head=segment(0xC4, b"\x13" + bytes(7) + b"\x0a" + bytes(8) + LETTERS))
    yield "a Huffman table that is replaced", jpeg(head=segment(0xC4, b"\x10" + bytes(7) + b"\x0a" + bytes(8) + LETTERS))
    yield "symbols that cannot occur", jpeg(between=segment(0xC4, b"\x10" + bytes(7) + b"\x12" + bytes(8) + MARK))
    yield "restart interval that is too long", jpeg(head=segment(0xDD, b"\0\0" + MARK))
    yield "frame that is too long", jpeg(frame=FRAME.replace(b"\0\x0b\x08", b"\0\x1d\x08", 1) + MARK)
    yield "scan that is too long", jpeg(scan=segment(0xDA, b"\x01\x01\x00\x00\x3f\x00" + MARK) + b"\0\0\0")
    yield "fields of a scan", jpeg(scan=segment(0xDA, b"\x01\x01\x00" + MARK[:3]) + b"\0\0\0").replace(MARK[:3], b"hid")
    for marker in (0x02, 0xBF, 0xC8, 0xCC, 0xDC, 0xDE, 0xDF, 0xF0, 0xFD):
        yield f"odd marker {marker:x}", jpeg(head=segment(marker, MARK))
        yield f"odd marker {marker:x} before the end", jpeg(between=segment(marker, MARK))
    yield "behind a restart", jpeg(scan=SCAN + b"\xff\xd0" + MARK)
    yield "behind a restart too many", jpeg(head=segment(0xDD, b"\0\x06"), scan=SCAN + b"\xff\xd0\0\0\xff\xd1" + MARK)
    yield "between segments", jpeg(head=MARK)
    yield "before the end", jpeg(between=segment(0xFE, b"") + MARK)
    yield "behind the end", jpeg(after=MARK)
    yield "a second picture behind the end", jpeg(after=jpeg(head=segment(0xFE, MARK)))
    yield "a second picture of MPF", saved(photo(), "MPO", save_all=True, append_images=[photo()]) + MARK
    yield "a first picture that a second covers", jpeg(scan=segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\0\0\0" + MARK + SCAN)
    yield "a second frame", jpeg(frame=FRAME + segment(0xC0, FRAME[4:] + MARK))


def palette_png(entries: bytes, opacity: bytes = b"", indexes: bytes = b"\0\1\2") -> bytes:
    parts = chunk(b"PLTE", entries) + (chunk(b"tRNS", opacity) if opacity else b"")
    return png(header=(3, 2, 8, 3, 0, 0, 0), pixels=(b"\0" + indexes) * 2, head=parts)


def pngs() -> Iterator[tuple[str, bytes]]:
    for name in (
        b"tEXt",
        b"tIME",
        b"eXIf",
        b"sPLT",
        b"hIST",
        b"caBX",
        b"iDOT",
        b"prVt",
        b"CRit",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    ):
        yield f"{name.decode()} before", png(head=chunk(name, b"Author\0" + MARK))
        yield f"{name.decode()} after", png(between=chunk(name, b"Author\0" + MARK))
    yield "zTXt", png(head=chunk(b"zTXt", b"Author\0\0" + zlib.compress(MARK)))
    yield "iTXt", png(head=chunk(b"iTXt", b"Author\0\1\0\0\0" + zlib.compress(MARK)))
    yield "iCCP", saved(photo(), "PNG", icc_profile=profile())
    yield "tRNS of gray", png(head=chunk(b"tRNS", b"\0\1" + MARK))
    yield "tRNS where there is opacity", png(header=(1, 1, 8, 4, 0, 0, 0), pixels=b"\0\1\1", head=chunk(b"tRNS", MARK))
    yield "tRNS of a palette", palette_png(b"abcdefghi", b"\1\2\3" + MARK)
    yield "colors that are not used", palette_png(b"abcdefghi" + MARK)
    yield "colors between those that are used", palette_png(b"abc" + MARK + b"def", indexes=b"\0\7\0")
    yield "a palette of more colors than can be", palette_png(b"abc" * 256 + MARK)
    yield "opacity of colors that are not used", palette_png(b"abc" * 30, b"\1\1\1" + MARK)
    yield "a palette where there is none", png(head=chunk(b"PLTE", MARK))
    yield "impossible chromaticities", png(head=chunk(b"cHRM", MARK.ljust(32, b"x")))
    yield "impossible gamma", png(head=chunk(b"gAMA", MARK[:4])).replace(MARK[:4], b"cana")
    yield "second of its name", png(head=chunk(b"gAMA", b"\0\0\xb1\x8f") + chunk(b"gAMA", MARK))
    yield "second header", png(head=chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 0, 0, 0, 0) + MARK))
    yield "checksums", png(head=b"".join(chunk(b"tEXt", b"a\0b")[:-4] + MARK[start : start + 4] for start in range(0, 18, 4)))
    yield "checksum of the end", png()[:-4] + MARK[:4].replace(b"hidd", b"cana")
    yield "behind the compressed data", png(behind=MARK)
    yield "data of its own behind", png(between=chunk(b"IDAT", MARK))
    yield "more rows", png(pixels=b"\0" * 31 * 20 + b"\0" + MARK.ljust(30))
    yield "more rows, interlaced", png(header=(1, 1, 8, 0, 0, 0, 1), pixels=b"\0\1" + MARK)
    yield "in the end", png(end=MARK)
    yield "behind the end", png(after=MARK)
    yield "a picture behind the end", png(after=png(head=chunk(b"tEXt", b"a\0" + MARK)))
    frame = struct.pack(">IIIIIHHBB", 1, 30, 20, 0, 0, 1, 1, 0, 0)
    yield (
        "a frame",
        png(
            head=chunk(b"acTL", b"\0\0\0\1\0\0\0\0") + chunk(b"fcTL", bytes(4) + frame[4:]),
            between=chunk(b"fcTL", frame) + chunk(b"fdAT", b"\0\0\0\2" + MARK),
        ),
    )


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for name, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def webps() -> Iterator[tuple[str, bytes]]:
    for number, options in enumerate(({}, {"lossless": True})):
        kind = "lossless" if number else "lossy"
        plain = saved(photo(), "WEBP", **options)
        name, content = plain[12:16], plain[20:]
        extended = (b"VP8X", b"\x2c\0\0\0" + struct.pack("<I", SIZE[0] - 1)[:3] + struct.pack("<I", SIZE[1] - 1)[:3])
        yield f"EXIF, {kind}", saved(photo(), "WEBP", exif=exif(3, MARK), **options)
        yield f"XMP, {kind}", saved(photo(), "WEBP", xmp=MARK, **options)
        yield f"ICCP, {kind}", saved(photo(), "WEBP", icc_profile=profile(), **options)
        yield f"unknown chunk, {kind}", riff(extended, (name, content), (b"hide", MARK))
        yield f"unknown chunk before, {kind}", riff(extended, (b"hide", MARK), (name, content))
        yield f"chunk behind, {kind}", riff((name, content), (b"hide", MARK))
        yield f"in the chunk, {kind}", riff((name, content + MARK))
        yield f"behind, {kind}", plain + MARK
        yield f"frames, {kind}", saved(photo(), "WEBP", save_all=True, append_images=[photo().rotate(180)], xmp=MARK, **options)


def avifs() -> Iterator[tuple[str, bytes]]:
    plain = saved(photo(), "AVIF")
    box = struct.pack(">I", len(MARK) + 8)
    described = Image.Exif()
    described[0x010E] = MARK
    yield "Exif", saved(photo(), "AVIF", exif=described)
    yield "XMP", saved(photo(), "AVIF", xmp=MARK)
    yield "ICC profile", saved(photo(), "AVIF", icc_profile=profile())
    yield "behind", plain + MARK
    for name in (b"free", b"uuid", b"mdat", b"skip"):
        yield f"box {name.decode()}", plain + box + name + MARK
    yield "frames", saved(photo(), "AVIF", save_all=True, append_images=[photo().rotate(180)], xmp=MARK)


HIDDEN = [(f"{make.__name__}: {name}", raw) for make in (jpegs, pngs, webps, avifs) for name, raw in make()]


DAMAGED = ["too long", "odd marker", "f7", "cannot occur", "second covers", "second frame", "restart", "cHRM", "can be", "gamma"]
DAMAGED += ["second header", "checksum"]
"""Hiding places in files that decoders may reject. Pictures with any other are published."""


def revealed(content: bytes) -> bytes:
    """Return a file with what is compressed in it."""
    streams = []
    for start in range(len(content)):
        if content[start] & 15 == 8 and int.from_bytes(content[start : start + 2]) % 31 == 0:
            try:
                streams.append(zlib.decompressobj().decompress(content[start:]))
            except zlib.error:
                continue
    return b"\0".join([content, *streams])


@CLEANERS
@pytest.mark.parametrize(("name", "raw"), HIDDEN, ids=[name for name, _ in HIDDEN])
def test_nothing_but_the_picture_is_left(name: str, raw: bytes, clean: Clean) -> None:
    assert MARK[:4] in revealed(raw) or b"cana" in raw
    try:
        picture = clean(raw)
    except images.PictureError:
        assert any(word in name for word in DAMAGED) or (clean is without_pillow and name.startswith(("webps", "avifs")))
        return

    assert not any(text in revealed(picture.content) for text in (MARK, MARK[:12], LETTERS, b"canary", b"cana", b"GPS"))
    assert picture.content[:4] == raw[:4] or picture.content[4:8] == b"ftyp"
    image = opened(picture.content)
    assert image.size == (picture.width, picture.height)
    assert getattr(image, "n_frames", 1) == 1
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "exif", *SEEN}


# --- what remains --------------------------------------------------------------------------------


def distance(first: Image.Image, second: Image.Image) -> float:
    """Return the mean difference of the channels of two pictures as they are seen, of 255."""
    histogram = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).histogram()
    return sum((index % 256) * count for index, count in enumerate(histogram)) / (3 * first.width * first.height)


def transparent(image: Image.Image) -> Image.Image:
    """Return a copy that becomes more transparent from the top, and is fully so nowhere."""
    copied = image.convert("LA" if image.mode == "L" else "RGBA")
    copied.putalpha(Image.linear_gradient("L").resize(SIZE).point(lambda level: max(level, 1)))
    return copied


def filtered(kinds: bytes, *, depth: int, is_interlaced: bool) -> tuple[bytes, Image.Image]:
    """Return a PNG with a palette whose rows have these filters in turn, and what it shows."""
    width, height = 21, 13
    image = Image.frombytes("P", (width, height), bytes((x * y + x) % (1 << depth) for y in range(height) for x in range(width)))
    entries = bytes(range(3 * (1 << depth) % 256)) or bytes(range(256)) * 3
    image.putpalette(entries)
    rows, data = 0, b""
    grid = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    for left, top, across, down in grid if is_interlaced else [(0, 0, 1, 1)]:
        above = bytes(width)
        for y in range(top, height, down):
            bits = "".join(format(image.getpixel((x, y)), f"0{depth}b") for x in range(left, width, across))
            row = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))
            kind, lefts, corners = kinds[rows % len(kinds)], b"\0" + row, b"\0" + above
            data += bytes([kind])
            for value, before, up, corner in zip(row, lefts, above, corners, strict=False):
                nearest = min((before, up, corner), key=lambda near, at=before + up - corner: abs(at - near))  # type: ignore[misc]
                data += bytes([(value - (0, before, up, (before + up) // 2, nearest)[kind]) & 255])
            above, rows = row, rows + 1
    header = (width, height, depth, 3, 0, 0, int(is_interlaced))
    return png(header=header, pixels=data, head=chunk(b"PLTE", entries)), image


DRAWINGS = [photo(), *(photo().convert(mode) for mode in "L1"), *(photo().quantize(colors) for colors in (5, 200))]
DRAWINGS += [transparent(photo()), transparent(photo().convert("L")), transparent(photo()).quantize(30)]
JPEG_OPTIONS: list[dict[str, Any]] = [
    {},
    {"quality": 30},
    {"progressive": True},
    {"quality": 95, "subsampling": 0},
    {"subsampling": 1, "restart_marker_blocks": 2},
]


@CLEANERS
@pytest.mark.parametrize("image", DRAWINGS, ids=lambda image: image.mode)
@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"compress_level": 1}], ids=str)
def test_a_png_keeps_every_pixel(image: Image.Image, options: dict[str, Any], clean: Clean) -> None:
    picture = clean(saved(image, "PNG", **options))

    shown = opened(picture.content)
    assert (picture.width, picture.height) == shown.size == SIZE
    assert shown.convert("RGBA").tobytes() == image.convert("RGBA").tobytes()
    assert shown.mode == image.mode or (image.mode, shown.mode) == ("1", "L")


@CLEANERS
@pytest.mark.parametrize("is_interlaced", [False, True])
@pytest.mark.parametrize("depth", [1, 2, 4, 8])
@pytest.mark.parametrize("kinds", [b"\0", b"\1", b"\2", b"\3", b"\4", b"\4\2\0\3\1"], ids=list)
def test_filters_and_passes_of_a_png_are_read(kinds: bytes, depth: int, is_interlaced: bool, clean: Clean) -> None:
    raw, image = filtered(kinds, depth=depth, is_interlaced=is_interlaced)
    assert opened(raw).convert("RGB").tobytes() == image.convert("RGB").tobytes()

    assert opened(clean(raw).content).convert("RGB").tobytes() == image.convert("RGB").tobytes()


@CLEANERS
@pytest.mark.parametrize(
    "raw",
    [
        png(header=(2, 1, 16, 0, 0, 0, 0), pixels=b"\0\x12\x34\xab\xcd", head=chunk(b"tRNS", b"\x12\x34")),
        png(header=(2, 1, 8, 0, 0, 0, 0), pixels=b"\0\x12\xab", head=chunk(b"tRNS", b"\0\x12")),
        png(header=(2, 1, 4, 0, 0, 0, 0), pixels=b"\0\x1a", head=chunk(b"tRNS", b"\0\1")),
        png(header=(2, 1, 1, 0, 0, 0, 0), pixels=b"\0\x40", head=chunk(b"tRNS", b"\0\0")),
        png(header=(2, 1, 8, 2, 0, 0, 0), pixels=b"\0\1\2\3abc", head=chunk(b"tRNS", b"\0\1\0\2\0\3")),
        png(header=(2, 1, 16, 2, 0, 0, 0), pixels=b"\0\1\0\2\0\3\0aabbcc", head=chunk(b"tRNS", b"\1\0\2\0\3\0")),
    ],
)
def test_a_transparent_color_stays_so(raw: bytes, clean: Clean) -> None:
    content = clean(raw).content

    if clean is images.cleaned:
        assert opened(content).convert("RGBA").getchannel("A").tobytes() == b"\0\xff"
    else:
        assert raw[37:-24] in content or b"tRNS" in content


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_colors_that_were_erased_are_gone(mode: str) -> None:
    image = photo().convert(mode.removesuffix("A"))
    image.putalpha(Image.linear_gradient("L").resize(SIZE).point([0] * 128 + [255] * 128))

    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True, "exact": True})):
        shown = opened(images.cleaned(saved(image, kind, **options)).content).convert("RGBA")

        pixels = list(zip(shown.tobytes()[3::4], shown.tobytes()[::4], image.convert("RGBA").tobytes()[::4], strict=True))
        assert {red for opacity, red, _ in pixels if not opacity} == {0}
        assert all(red == before for opacity, red, before in pixels if opacity)


@CLEANERS
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("options", JPEG_OPTIONS, ids=str)
def test_a_jpeg_looks_the_same(mode: str, options: dict[str, Any], clean: Clean) -> None:
    image = Image.merge("RGB", [Image.effect_mandelbrot((480, 320), (-2, -1, 1, 1), 9 * level) for level in (2, 3, 4)])
    raw = saved(image.convert(mode), "JPEG", **options)

    picture = clean(raw)

    assert (picture.width, picture.height) == (480, 320)
    assert distance(opened(raw), opened(picture.content)) < (0.01 if clean is without_pillow else 5 if mode == "CMYK" else 1)
    assert len(picture.content) < 1.2 * len(raw)
    if clean is images.cleaned and mode == "RGB":
        assert opened(picture.content).quantization == opened(raw).quantization  # type: ignore[attr-defined]


def test_webp_and_avif_look_the_same_and_stay_what_they_are() -> None:
    for image in (photo(), transparent(photo())):
        lossless = saved(image, "WEBP", lossless=True)
        shown = images.cleaned(lossless).content
        assert opened(shown).tobytes() == image.tobytes()
        assert b"VP8L" in shown
        for raw in (saved(image, "WEBP"), saved(image, "AVIF")):
            shown = images.cleaned(raw).content
            assert distance(opened(raw), opened(shown)) < 5
            assert b"VP8L" not in shown
            assert opened(shown).mode == image.mode


@CLEANERS
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "PNG"])
def test_a_picture_is_seen_the_right_way_up(kind: str, orientation: int, clean: Clean) -> None:
    raw = saved(photo(), kind, exif=exif(orientation, MARK), **({"subsampling": 0, "quality": 95} if kind == "JPEG" else {}))
    expected = ImageOps.exif_transpose(opened(raw))
    if clean is without_pillow and kind != "JPEG":
        return

    picture = clean(raw)

    shown = ImageOps.exif_transpose(opened(picture.content))
    assert (picture.width, picture.height) == shown.size == expected.size
    for x, y in ((4, 4), (-5, 4), (4, -5), (-5, -5)):
        position = (x % shown.width, y % shown.height)
        pixels = zip(shown.getpixel(position), expected.getpixel(position), strict=True)  # type: ignore[arg-type]
        assert max(abs(value - original) for value, original in pixels) < 40
    tags = dict(opened(picture.content).getexif())
    assert tags == ({0x0112: orientation} if clean is without_pillow and orientation > 1 else {})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_colors_are_converted_from_their_profile(kind: str) -> None:
    swapped = profile().replace(b"rXYZ", b"none").replace(b"gXYZ", b"rXYZ").replace(b"none", b"gXYZ")
    for image in (
        Image.new("RGB", SIZE, (250, 10, 10)),
        Image.new("RGBA", SIZE, (250, 10, 10, 200)),
        Image.new("RGB", SIZE, (250, 10, 10)).quantize(2),
    ):
        if kind in ("JPEG", "AVIF") and image.mode != "RGB":
            continue
        shown = opened(images.cleaned(saved(image, kind, icc_profile=swapped)).content)

        red, green, *_ = shown.convert("RGBA").getpixel((5, 5))  # type: ignore[misc]
        assert (red < 60, green > 200) == (True, True)
        assert shown.has_transparency_data == image.has_transparency_data


@pytest.mark.parametrize("raw", [profile()[:300], MARK, profile().replace(b"RGB ", b"GRAY")])
def test_a_profile_that_cannot_be_used_is_dropped(raw: bytes) -> None:
    for image in (photo(), photo().convert("L"), photo().quantize(9)):
        assert distance(image, opened(images.cleaned(saved(image, "PNG", icc_profile=raw)).content)) < 1


@CLEANERS
def test_the_same_picture_gives_the_same_bytes(clean: Clean) -> None:
    for kind in ("PNG", "JPEG", "WEBP", "AVIF")[: 2 if clean is without_pillow else 4]:
        raw = saved(photo(), kind, icc_profile=profile())

        assert clean(raw) == clean(raw)


def test_the_allow_list_leaves_what_it_made() -> None:
    for _, raw in (*jpegs(), *pngs()):
        try:
            once = without_pillow(raw)
        except images.PictureError:
            continue

        assert without_pillow(once.content) == once


# --- what is rejected -----------------------------------------------------------------------------


@CLEANERS
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GIF89a",
        b"<svg onload=alert(1)>",
        saved(photo(), "GIF"),
        saved(photo(), "TIFF"),
        jpeg()[:-2],
        png()[:60],
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x0c\0\0\0WEBP",
        b"RIFF\x04\0\0\0WEBPVP8 ",
        b"\0\0\0\x10ftypavif\0\0\0\0",
        png(pixels=bytes(30)),
        png(pixels=b"\5" * 31 * 20),
        png(header=(30, 20, 3, 0, 0, 0, 0)),
        png(header=(0, 20, 8, 0, 0, 0, 0)),
        *(saved(photo(), kind)[:length] for kind in ("PNG", "JPEG", "WEBP", "AVIF") for length in (9, 40, 110, -5)),
    ],
)
def test_what_is_no_whole_picture_is_refused(raw: bytes, clean: Clean) -> None:
    with pytest.raises(images.PictureError):
        clean(raw)


def bombs() -> Iterator[bytes]:
    yield jpeg(frame=FRAME.replace(struct.pack(">HH", 20, 30), struct.pack(">HH", 60_000, 60_000)))
    yield png(header=(60_000, 60_000, 8, 0, 0, 0, 0))
    yield jpeg(scan=SCAN * (MAX_SCANS + 1))
    yield jpeg(scan=SCAN * 200_000)
    webp = saved(photo(), "WEBP")
    yield webp[:26] + struct.pack("<HH", 16_000, 16_000) + webp[30:]
    yield riff((b"VP8X", b"\0\0\0\0" + b"\xff\x3f\0" * 2), (b"VP8 ", webp[20:]))
    yield riff((b"VP8L", b"\x2f\xff\xff\xff\x0f" + bytes(20)))
    yield saved(photo(), "AVIF").replace(struct.pack(">II", *SIZE), struct.pack(">II", 60_000, 60_000))
    yield b"\x89PNG\r\n\x1a\n" + bytes(images.MAX_BYTES)


@CLEANERS
@pytest.mark.parametrize("raw", list(bombs()))
def test_a_picture_that_would_fill_the_memory_is_refused_at_once(raw: bytes, clean: Clean) -> None:
    begin = time.process_time()

    with pytest.raises(images.PictureError, match=r"pixels|passes|larger"):
        clean(raw)

    assert time.process_time() - begin < 1


@CLEANERS
def test_no_more_is_inflated_than_the_picture_has(clean: Clean) -> None:
    raw = png(pixels=bytes(100_000_000))

    begin = time.process_time()
    content = clean(raw).content

    assert len(content) < 1000
    assert time.process_time() - begin < 1


def test_a_large_palette_with_filters_needs_pillow() -> None:
    raw = png(header=(2500, 2500, 8, 3, 0, 0, 0), pixels=(b"\4" + bytes(2500)) * 2500, head=chunk(b"PLTE", b"abc"))

    assert images.cleaned(raw).width == 2500
    with pytest.raises(images.PictureError, match="palette") as refused:
        without_pillow(raw)
    assert "guidegen[images]" in refused.value.hint


@pytest.mark.parametrize(("kind", "name"), [("WEBP", "a WebP"), ("AVIF", "an AVIF")])
def test_without_pillow_a_message_says_what_to_do(kind: str, name: str) -> None:
    with pytest.raises(images.PictureError, match=f"{name} picture can only be published with Pillow") as refused:
        without_pillow(saved(photo(), kind))

    assert refused.value.hint == "Run  pip install 'guidegen[images]', or save the picture as PNG or JPEG."


def test_a_pillow_that_lacks_a_format_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = saved(photo(), "AVIF")
    monkeypatch.setattr(features, "check", lambda _: None)

    with pytest.raises(images.PictureError, match="cannot be read by the Pillow that is installed"):
        images.cleaned(raw)


# --- in a guide ----------------------------------------------------------------------------------


def problems(root: Path, name: str, raw: bytes) -> list[tuple[str, str]]:
    file = root / "content" / "images" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    return [(problem.message, problem.hint) for problem in content_images.check_pictures(root, frozenset([f"images/{name}"]))]


def test_the_ending_of_a_name_is_that_of_the_format(tmp_path: Path) -> None:
    for kind, endings in {"PNG": ["png"], "JPEG": ["jpg", "jpeg"], "WEBP": ["webp"], "AVIF": ["avif"]}.items():
        for ending in ("png", "jpg", "jpeg", "webp", "avif"):
            reported = problems(tmp_path, f"a.{ending}", saved(photo(), kind))

            assert [message.endswith(f"its name ends in .{ending}") for message, _ in reported] == [True] * (
                ending not in endings
            )

    hint = "Rename it to a.b.jpg, and change the name wherever the picture is used."
    assert problems(tmp_path, "a.b.png", jpeg()) == [("the file is a JPEG picture, but its name ends in .png", hint)]


def test_a_build_cleans_each_picture_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make.folder(
        tmp_path / "guide",
        {
            "content/images/a.webp": saved(photo(), "WEBP", xmp=MARK),
            "content/partners/food-bank.yml": make.PARTNER_YML + "logo: images/a.webp\n",
        },
    )
    calls = []
    clean = images.cleaned

    def count(raw: bytes) -> images.Picture:
        calls.append(raw)
        return clean(raw)

    monkeypatch.setattr(images, "cleaned", count)

    for _ in range(2):
        pipeline.build(root, tmp_path / "site")

    assert len(calls) == 1
    assert opened((tmp_path / "site/static/images/a.webp").read_bytes()).size == SIZE


def test_pillow_is_one_of_the_libraries_that_a_site_depends_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    without = file_stats.library_versions()
    (tmp_path / "PIL").mkdir()
    (tmp_path / "PIL/__init__.py").write_text("")

    assert file_stats.library_versions() != without
