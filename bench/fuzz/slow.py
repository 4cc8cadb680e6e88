"""The slowest files that are accepted: ``python -m bench.fuzz.slow [NAME]`` reads, checks and renders files at the limits.

Seconds of a processor, best of two: to read all files and check them, less what that takes without the large one, and to render
its page in one language (nothing for files that have none). With a name, where the time of that file goes.
"""

import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.fuzz.large import files
from guidegen.build import pipeline
from guidegen.content.catalogs import guide_languages
from guidegen.model import visibility
from guidegen.model.problems import Severity
from guidegen.site import pages
from guidegen.site.components.layout import build_layout
from guidegen.site.templating.render import Theme, render
from guidegen.site.templating.template_compiler import FastEnvironment
from tests import make

LIMIT = 1.0
"""Seconds."""
SHOWN = 15
_TIMES = 2


class Taken(NamedTuple):
    """What a file took, in seconds; how many errors it has."""

    read: float
    rendered: float
    errors: int

    @property
    def whole(self) -> float:
        """All of it."""
        return self.read + self.rendered


class Stand:
    """A small guide and its theme, in which one file is large."""

    def __init__(self, root: Path) -> None:
        self.root = make.folder(root)
        self.theme = Theme(self.root, FastEnvironment)
        self.least = min(_seconds(self._read) for _ in range(_TIMES))
        self._page("food-bank")()  # templates are compiled once

    def take(self, name: str, content: str) -> Taken:
        """What this file takes."""
        file = self.root / name
        before = file.read_bytes() if file.exists() else None
        make.write(self.root, name, content)
        try:
            read = min(_seconds(self._read) for _ in range(_TIMES))
            errors = sum(one.severity is Severity.ERROR for one in pipeline.load_checked_guide(self.root)[1])
            rendered = 0.0 if errors else min(_seconds(self._page(file.stem)) for _ in range(_TIMES))
            return Taken(max(0.0, read - self.least), rendered, errors)
        finally:
            file.write_bytes(before) if before is not None else file.unlink()

    def _read(self) -> None:
        pipeline.load_checked_guide(self.root)

    def _page(self, slug: str) -> Callable[[], object]:
        """Renders the page of a partner or an article in the first language, if there is one."""
        guide = visibility.select_public(pipeline.load_checked_guide(self.root)[0])
        languages = guide_languages(self.root, guide.settings.languages[:1], guide.settings.region)
        planned = [page for page in pages.plan(guide, languages) if f"/{slug}/" in page.path]
        around = build_layout(guide, languages[0])
        return lambda: [render(page, self.theme, around) for page in planned[:1]]


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main(wanted: str) -> int:
    """Print the slowest, and where one's time goes; 1 when an accepted one is over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        stand = Stand(Path(folder))
        if wanted:
            _profile(stand, wanted)
            return 0
        made = ((name, file, make_content()) for name, file, make_content in files())
        taken = {name: (stand.take(file, content), len(content.encode())) for name, file, content in made}
    accepted = sorted((pair for pair in taken.items() if not pair[1][0].errors), key=lambda pair: -pair[1][0].whole)
    refused = max((one.read for one, _ in taken.values() if one.errors), default=0)
    print(f"{'':42} {'KiB':>5} {'read':>7} {'page':>7} {'all':>7} s")
    for name, (one, size) in accepted[:SHOWN]:
        print(f"{name:42} {size / 1024:5.0f} {one.read:7.2f} {one.rendered:7.2f} {one.whole:7.2f}")
    print(f"{len(accepted)} accepted, {len(taken) - len(accepted)} refused, the slowest of them within {refused:.2f} s")
    return int(any(one.whole > LIMIT for _, (one, _) in accepted))


def _profile(stand: Stand, wanted: str) -> None:
    file, content = next((file, make_content()) for name, file, make_content in files() if name == wanted)
    profile = cProfile.Profile()
    profile.runcall(stand.take, file, content)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
