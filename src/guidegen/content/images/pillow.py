"""Decode and encode pictures again with Pillow, so that only visible pixels remain."""

import contextlib
import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageFile, JpegImagePlugin, features

from guidegen.content.images.header import MAX_BYTES, Header, Picture, PictureError, check_size
from guidegen.content.images.png import read_rows

ImageFile.MAXBLOCK = 2 * MAX_BYTES  # libjpeg buffers a whole picture to optimize its tables
_ORIENTATION = 0x0112
_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The transposition that makes a picture upright, by EXIF orientation; 1 is upright."""


def reencode(raw: bytes, header: Header) -> Picture:
    """Return the first frame, upright and in sRGB, in the same format. Raises ``PictureError``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the warnings are about metadata, which is dropped anyway
            if header.format in ("WEBP", "AVIF") and not features.check(header.format.lower()):
                hint = "Run  pip install --upgrade pillow, or save the picture as PNG or JPEG."
                raise PictureError(f"{header.kind} picture cannot be read by the Pillow that is installed", hint)
            return _reencode(raw, header)
    except PictureError:
        raise
    except Exception as error:  # Pillow raises errors of many classes for damaged files
        is_cut = "truncated" in str(error)
        raise PictureError("the picture is cut off" if is_cut else "the picture is damaged") from error


def _reencode(raw: bytes, header: Header) -> Picture:
    if header.format == "PNG":
        read_rows(raw)  # Pillow accepts a PNG with missing rows
    with Image.open(BytesIO(raw), formats=(header.format,)) as source:
        check_size(*source.size)
        source.load()
        turn = _TRANSPOSITIONS.get(_read_orientation(source))
        profile = source.info.get("icc_profile", b"")
        options = _choose_options(source, header, turn)
        if source.mode == "P":
            image, options["transparency"] = _reduce_palette(source, profile)
        else:
            image = _clear_transparent(_convert_to_srgb(_convert_to_eight_bits(source, raw[24]), profile))
    image = image.transpose(turn) if turn is not None else image
    output = BytesIO()
    image.save(output, header.format, **{name: value for name, value in options.items() if value is not None})
    return Picture(output.getvalue(), *image.size)


def _choose_options(source: ImageFile.ImageFile, header: Header, turn: Image.Transpose | None) -> dict[str, Any]:
    """Return the options that keep the quality of the source. They do not depend on the machine."""
    if isinstance(source, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(source)
        is_plain = sampling == 2 or (sampling == 1 and turn is None)  # 4:2:0 in any orientation, 4:2:2 only if it is not turned
        tables = source.quantization
        return {"qtables": tables, "subsampling": sampling if is_plain else 0, "progressive": True, "optimize": True}
    if header.format == "WEBP":
        return {"lossless": True} if header.is_lossless else {"quality": 82}
    if header.format == "AVIF":
        return {"quality": 82, "speed": 8, "max_threads": 1}  # one thread, because the bytes depend on the number of threads
    return {"optimize": True}


def _read_orientation(source: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 if there is none or it cannot be read."""
    with contextlib.suppress(Exception):  # damaged metadata does not make a damaged picture
        exif = Image.Exif()
        exif.load(source.info.get("exif", b""))
        return int(exif.get(_ORIENTATION, 1))
    return 1


def _convert_to_eight_bits(source: Image.Image, depth: int) -> Image.Image:
    """Return the pixels in mode L, LA, RGB, RGBA or CMYK.

    ``depth`` is the bit depth of a PNG, which scales its transparent color.
    """
    color = source.info.get("transparency")
    if source.mode.startswith("I;16"):
        image = Image.frombytes("L", source.size, source.tobytes()[1::2])
    elif source.mode == "1":
        source.info.clear()
        image = source.convert("L")
    else:
        image = source.copy()
    image.info.clear()
    if color is not None and image.mode in ("L", "RGB"):
        levels = [value >> 8 if depth == 16 else value * 255 // (2**depth - 1) for value in _split_channels(color)]
        image.info["transparency"] = levels[0] if image.mode == "L" else tuple(levels)
        image = image.convert("LA" if image.mode == "L" else "RGBA")
        image.info.clear()
    return image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _split_channels(color: int | tuple[int, ...]) -> tuple[int, ...]:
    return color if isinstance(color, tuple) else (color,)


def _convert_to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture in sRGB. A damaged or unsuitable profile is ignored."""
    if profile:
        with contextlib.suppress(Exception):
            opaque = image.convert(image.mode.removesuffix("A"))
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(opaque, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            assert converted is not None  # noqa: S101  # for mypy: it is None only when converted in place
            converted = converted.convert("L") if image.mode.startswith("L") else converted
            if image.mode.endswith("A"):
                converted.putalpha(image.getchannel("A"))
            converted.info.clear()
            return converted
    return image.convert("RGB") if image.mode == "CMYK" else image


def _clear_transparent(image: Image.Image) -> Image.Image:
    """Return the picture without the colors of fully transparent pixels, which erased parts keep."""
    if not image.mode.endswith("A"):
        return image
    is_visible = image.getchannel("A").point([0] + [255] * 255)
    return Image.composite(image, Image.new(image.mode, image.size), is_visible)


def _reduce_palette(source: Image.Image, profile: bytes) -> tuple[Image.Image, bytes | None]:
    """Return a picture whose palette has only the colors in use, and their opacity unless all are opaque."""
    used = bytes(index for index, count in enumerate(source.histogram()) if count)
    strip = Image.frombytes("P", (len(used), 1), used)
    strip.putpalette(source.getpalette("RGB") or [])
    if (transparency := source.info.get("transparency")) is not None:
        strip.info["transparency"] = transparency
    colors = _clear_transparent(_convert_to_srgb(strip.convert("RGBA"), profile))
    table = bytearray(256)
    for number, index in enumerate(used):
        table[index] = number
    image = Image.frombytes("P", source.size, source.tobytes().translate(table))
    image.putpalette(colors.convert("RGB").tobytes())
    opacity = colors.getchannel("A").tobytes()
    return image, opacity if min(opacity) < 255 else None
