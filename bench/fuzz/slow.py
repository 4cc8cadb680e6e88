"""Measure the slowest files that are accepted: ``python -m bench.fuzz.slow [NAME]``.

Reads, checks and renders files at the limits. Times are CPU seconds, the best of two: to read all files and check them, minus
what that takes without the large file, and to render its page in one language (nothing for files without a page). With a name, a
profile of that file's time is printed.
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
from guidegen.content.catalogs import load_languages
from guidegen.model import visibility
from guidegen.model.problems import Severity
from guidegen.site import pages
from guidegen.site.components.layout import build_layout
from guidegen.site.templating.render import Theme, render
from guidegen.site.templating.template_compiler import FastEnvironment
from tests import make

LIMIT_S = 1.0
"""Seconds."""
MAX_SHOWN = 15
_REPETITIONS = 2


class Measurement(NamedTuple):
    """The times of a file in seconds, and its number of errors."""

    read: float
    rendered: float
    errors: int

    @property
    def total(self) -> float:
        """The total time."""
        return self.read + self.rendered


class MeasuredGuide:
    """A small guide and its theme, in which one file is large."""

    def __init__(self, root: Path) -> None:
        self.root = make.folder(root)
        self.theme = Theme(self.root, FastEnvironment)
        self.baseline = min(_measure_seconds(self._read) for _ in range(_REPETITIONS))
        self._find_page("food-bank")()  # compiles the templates

    def measure(self, name: str, content: str) -> Measurement:
        """Return the times of a file."""
        file = self.root / name
        before = file.read_bytes() if file.exists() else None
        make.write(self.root, name, content)
        try:
            read = min(_measure_seconds(self._read) for _ in range(_REPETITIONS))
            errors = sum(problem.severity is Severity.ERROR for problem in pipeline.load_checked_guide(self.root)[1])
            rendered = 0.0 if errors else min(_measure_seconds(self._find_page(file.stem)) for _ in range(_REPETITIONS))
            return Measurement(max(0.0, read - self.baseline), rendered, errors)
        finally:
            file.write_bytes(before) if before is not None else file.unlink()

    def _read(self) -> None:
        pipeline.load_checked_guide(self.root)

    def _find_page(self, slug: str) -> Callable[[], object]:
        """Return a function that renders the page of a partner or an article in the first language, if there is one."""
        guide = visibility.select_public(pipeline.load_checked_guide(self.root)[0])
        languages = load_languages(self.root, guide.settings.languages[:1], guide.settings.region)
        planned = [page for page in pages.plan(guide, languages) if f"/{slug}/" in page.path]
        layout = build_layout(guide, languages[0])
        return lambda: [render(page, self.theme, layout) for page in planned[:1]]


def _measure_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main(name: str) -> int:
    """Print the slowest files, or a profile of one; return 1 if an accepted file is over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        measured_guide = MeasuredGuide(Path(folder))
        if name:
            _print_profile(measured_guide, name)
            return 0
        contents = ((name, file, make_content()) for name, file, make_content in files())
        measurements = {name: (measured_guide.measure(file, content), len(content.encode())) for name, file, content in contents}
    accepted = sorted((pair for pair in measurements.items() if not pair[1][0].errors), key=lambda pair: -pair[1][0].total)
    refused = max((measurement.read for measurement, _ in measurements.values() if measurement.errors), default=0)
    print(f"{'':42} {'KiB':>5} {'read':>7} {'page':>7} {'all':>7} s")
    for name, (measurement, size) in accepted[:MAX_SHOWN]:
        print(f"{name:42} {size / 1024:5.0f} {measurement.read:7.2f} {measurement.rendered:7.2f} {measurement.total:7.2f}")
    print(f"{len(accepted)} accepted, {len(measurements) - len(accepted)} refused, the slowest of them within {refused:.2f} s")
    return int(any(measurement.total > LIMIT_S for _, (measurement, _) in accepted))


def _print_profile(measured_guide: MeasuredGuide, case: str) -> None:
    file, content = next((file, make_content()) for name, file, make_content in files() if name == case)
    profile = cProfile.Profile()
    profile.runcall(measured_guide.measure, file, content)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
