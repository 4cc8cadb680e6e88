"""QR codes, as drawings that stand in a page. Through segno, which is an extra: without it pages have none."""

from functools import lru_cache
from importlib.util import find_spec

from guidegen.outputs import Drawing


def available() -> bool:
    """Whether QR codes can be made."""
    return find_spec("segno") is not None


@lru_cache(maxsize=256)
def drawing(address: str) -> Drawing | None:
    """The QR code of an address (ISO/IEC 18004, level M), with the quiet zone that readers need; None without segno."""
    if not available():
        return None
    import segno

    code = segno.make(address, micro=False, error="m", boost_error=False)
    size, path = code.symbol_size(border=4)[0], []
    for y, row in enumerate(code.matrix):
        for x, length in _runs(row):
            path.append(f"M{x + 4} {y + 4}h{length}v1h-{length}z")
    return Drawing(int(size), "".join(path))


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many follow each other."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
