"""QR codes, as drawings that stand in a page. Through zxing-cpp, which is an extra: without it pages have none."""

import re
from functools import lru_cache
from importlib.util import find_spec

from guidegen.model.page import Drawing

_DARK = re.compile(b"\0+").finditer


def available() -> bool:
    """Whether QR codes can be made."""
    return find_spec("zxingcpp") is not None


@lru_cache(maxsize=256)
def draw(address: str) -> Drawing | None:
    """The QR code of an address (ISO/IEC 18004, level M), with the quiet zone that readers need; None without zxing-cpp."""
    if not available():
        return None
    import zxingcpp

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=True)
    size, pixels, path = int(image.shape[0]), bytes(image), []  # type: ignore[call-overload]  # a buffer, which its types do not say
    for y in range(size):
        for dark in _DARK(pixels[y * size : (y + 1) * size]):
            length = dark.end() - dark.start()
            path.append(f"M{dark.start()} {y}h{length}v1h-{length}z")
    return Drawing(size, "".join(path))
