"""Measurements of the published pages."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def site_at(site: Path | None) -> Iterator[Path]:
    """Yield the folder of a built guide, or of the sample guide, which is built for the duration of the block."""
    from guidegen.build import pipeline  # imported once the path is set

    if site:
        yield site
        return
    with tempfile.TemporaryDirectory() as folder:
        pipeline.build(ROOT, Path(folder, "site"))
        yield Path(folder, "site")
