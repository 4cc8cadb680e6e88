"""Look for inputs on which guidegen fails: ``python -m bench.fuzz [--minutes 10] [--target yaml]``.

With atheris (``pip install atheris``) inputs are guided by coverage, otherwise they are random. Failing inputs are kept in
``tests/crashers``, where a test tries them in every run. Exit code 1 if something was found.
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

_INPUT_COUNT = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


def main() -> int:
    """Fuzz and print the results."""
    parser = argparse.ArgumentParser(prog="bench.fuzz", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=1, help="for each target")
    parser.add_argument("--target", choices=TARGETS, action="append", help="default: all")
    options = parser.parse_args()
    generate_findings = _fuzz_guided
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed, so inputs are random:  pip install atheris")
        generate_findings = _fuzz_blind
    finding_count = 0
    for target in options.target or TARGETS:
        for content in generate_findings(target, options.minutes * 60):
            error = finding.fault(target, content)
            if error:  # instrumented runs are slower, so a slow input is tried again without
                finding_count += 1
                print(f"{target}: {finding.place(error)}: {error}\n    {finding.keep(target, content)}", flush=True)
    return int(finding_count > 0)


def _fuzz_guided(target: str, seconds: float) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        command = [sys.executable, "-m", "bench.fuzz.guided", target, str(int(seconds)), folder_name]
        environment = {**os.environ, "TMPDIR": folder_name, "PYTHONPATH": os.pathsep.join(sys.path)}
        completed = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, check=False)
        match = _INPUT_COUNT.search(completed.stderr)
        print(f"{target:12} {int(match[1]) if match else 0:10,} inputs" if match else completed.stderr[-2000:], flush=True)
        yield from (file.read_bytes() for _, file in finding.kept(folder / "found"))


def _fuzz_blind(target: str, seconds: float) -> Iterator[bytes]:
    for content, _ in blind.find_failures(target, seconds, random.Random()):  # noqa: S311  # no secret
        yield content


if __name__ == "__main__":
    sys.exit(main())
