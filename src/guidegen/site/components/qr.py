"""QR codes as inline SVG paths. They need zxing-cpp, an optional dependency: without it pages have no codes."""

from functools import lru_cache
from importlib.util import find_spec

from guidegen.model.page import Icon
from guidegen.patterns import compile_lazily

_DARK = compile_lazily(b"\0+").finditer


def is_available() -> bool:
    """Return whether zxing-cpp is installed."""
    return find_spec("zxingcpp") is not None


@lru_cache(maxsize=256)
def draw(address: str) -> Icon | None:
    """Return the QR code of an address (ISO/IEC 18004, level M) with its quiet zone; None without zxing-cpp."""
    if not is_available():
        return None
    import zxingcpp

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=True)
    size, pixels, runs = int(image.shape[0]), bytes(image), []  # type: ignore[call-overload]  # untyped: the image is a buffer
    for y in range(size):
        for dark in _DARK(pixels[y * size : (y + 1) * size]):
            length = dark.end() - dark.start()
            runs.append(f"M{dark.start()} {y}h{length}v1h-{length}z")
    return Icon(size, "".join(runs))
