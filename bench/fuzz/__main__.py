"""Looks for inputs that guidegen stumbles over: ``python -m bench.fuzz [--minutes 10] [--target yaml]``.

With atheris (``pip install atheris``) inputs are led by the lines that they reach, else by luck. What is found is kept in
``tests/crashers``, where a test tries it in every run. Exit code 1 when something was found.
"""

import argparse
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.fuzz import blind, finding
from bench.fuzz.targets import TARGETS

_TRIED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


def main() -> int:
    """Fuzz and print what came of it."""
    parser = argparse.ArgumentParser(prog="bench.fuzz", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=1, help="for each target")
    parser.add_argument("--target", choices=TARGETS, action="append", help="default: all")
    options = parser.parse_args()
    fuzz = _guided
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed, so inputs are made by luck:  pip install atheris")
        fuzz = _blind
    number = 0
    for target in options.target or TARGETS:
        for content in fuzz(target, options.minutes * 60):
            error = finding.fault(target, content)
            if error:  # what was only slow while it was watched is none
                number += 1
                print(f"{target}: {finding.place(error)}: {error}\n    {finding.keep(target, content)}", flush=True)
    return int(number > 0)


def _guided(target: str, seconds: float) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        command = [sys.executable, "-m", "bench.fuzz.guided", target, str(int(seconds)), made]
        environment = {**os.environ, "TMPDIR": made, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, check=False)
        tried = _TRIED.search(run.stderr)
        print(f"{target:12} {int(tried[1]) if tried else 0:10,} inputs" if tried else run.stderr[-2000:], flush=True)
        yield from (file.read_bytes() for _, file in finding.kept(folder / "found"))


def _blind(target: str, seconds: float) -> Iterator[bytes]:
    for content, _ in blind.found(target, seconds, random.Random()):  # noqa: S311  # no secret
        yield content


if __name__ == "__main__":
    sys.exit(main())
