"""Measures of the pages that readers get."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def site_at(built: Path | None) -> Iterator[Path]:
    """The guide that was built, or else the sample guide, built for as long as the block lasts."""
    from guidegen.build import pipeline  # once the path is set

    if built:
        yield built
        return
    with tempfile.TemporaryDirectory() as folder:
        pipeline.build(ROOT, Path(folder, "site"))
        yield Path(folder, "site")
