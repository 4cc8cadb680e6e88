"""Remove everything from pictures that is not visible, before they are published.

With Pillow (the extra ``images``) a picture is decoded and encoded again. Without it, an allow-list keeps the parts of a PNG or
JPEG that a browser needs to draw it, and other formats are rejected.
"""

import struct
import zlib

from guidegen.content.images.header import MAX_BYTES, MAX_PIXELS, Header, Picture, PictureError, check_extension, read_header

__all__ = ("MAX_BYTES", "MAX_PIXELS", "Picture", "PictureError", "check_extension", "cleaned")


def cleaned(raw: bytes) -> Picture:
    """Return a picture without metadata and hidden data. Raises ``PictureError``."""
    header = read_header(raw)
    try:
        import PIL.Image  # noqa: F401  # a slow import, needed only for pictures
    except ImportError:
        return _filter(raw, header)
    from guidegen.content.images.pillow import reencode

    return reencode(raw, header)


def _filter(raw: bytes, header: Header) -> Picture:
    """Return what the allow-list keeps of a PNG or JPEG. Raises ``PictureError`` for other formats."""
    from guidegen.content.images.jpeg import filter_jpeg
    from guidegen.content.images.png import filter_png

    if header.format not in ("PNG", "JPEG"):
        hint = "Run  pip install 'guidegen[images]', or save the picture as PNG or JPEG."
        raise PictureError(f"{header.kind} picture can only be published with Pillow, which is not installed", hint)
    try:
        return filter_png(raw) if header.format == "PNG" else filter_jpeg(raw)
    except PictureError:
        raise
    except (struct.error, IndexError, KeyError, ValueError, zlib.error) as error:
        raise PictureError("the picture is damaged") from error
