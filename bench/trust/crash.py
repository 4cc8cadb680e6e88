"""Interrupt every command that writes, while it writes: ``python -m bench.trust.crash [FAULTS] [MOMENTS] [ROUNDS]``.

FAULTS for each command: a random one of the system calls by which it writes kills the process (SIGKILL), or fails with a full
disk, an I/O error, a read-only file system, no permission or no file handles (injected by strace). MOMENTS for each command: it
is killed at a random moment. ROUNDS of eight concurrent builds.

Afterwards the site, or each file by itself, must be the old or the new one, byte for byte; a command that failed must have
reported that in a line; and the next run must succeed and leave nothing behind.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from shutil import copytree, rmtree
from typing import TypeAlias

from bench.trust.writers import WRITERS
from guidegen.build import pipeline
from tests import make
from tests.crash import ERRORS, Ended, is_available, list_calls, run_forked, run_together, run_with_fault, tree

LEFTOVERS = (".site.old", ".site.lock")
Strike: TypeAlias = tuple[str, Callable[[list[str]], Ended]]
"""A way to interrupt a command: its description, and a function that runs the command."""


@cache
def _warm() -> None:
    """Load in this process what every build loads, so that forked children start quickly."""
    with tempfile.TemporaryDirectory() as folder:
        root = make.folder(Path(folder))
        pipeline.build(root, root / "site")


class InterruptibleCommand:
    """A command to interrupt, with the guide it starts from and the files before and after an uninterrupted run."""

    def __init__(self, name: str, folder: Path) -> None:
        _warm()
        self._command = WRITERS[name]
        self._folder = folder
        self._start = make.folder(folder / "start")
        self._command.prepare(self._start)
        self._old = tree(self._start / self._command.folder)
        self._complete = folder / "complete"
        copytree(self._start, self._complete, symlinks=True)
        started = time.perf_counter()
        run_forked(self._command.at(self._complete))
        self._seconds = time.perf_counter() - started
        self._new = tree(self._complete / self._command.folder)
        if self._new == self._old:
            raise ValueError(f"{name} changes nothing")

    def list_strikes(self) -> Iterator[Strike]:
        """Yield every fault at every system call by which the command writes."""
        root = self._copy()
        for call in list_calls(self._command.at(root), root, self._folder / "trace"):
            for fault in ("SIGKILL", *ERRORS):
                yield f"{fault} at {call.name} {call.number}", partial(run_with_fault, call=call, fault=fault)

    def kill_after(self, share: float) -> Strike:
        """Return a strike that kills the command after this share of its usual time."""
        seconds = share * self._seconds
        return f"killed after {seconds:.3f} s", partial(run_forked, seconds=seconds)

    def find_damage(self, strike: Callable[[list[str]], Ended]) -> Iterator[str]:
        """Yield what is wrong after the command was interrupted."""
        root = self._copy()
        result = strike(self._command.at(root))
        if "Traceback" in result.output:
            yield f"a traceback: {result.output.strip().splitlines()[-1]}"
        files = tree(root / self._command.folder)
        yield from self._find_torn_files(files)
        if result.code == 0 and self._command.is_one and files != self._new:
            yield "it reports success, but the site is not the new one"
        lines = [line for line in result.output.strip().splitlines() if not line.startswith("wrote ")]
        if result.code > 0 and len(lines) > 3:
            yield f"it fails in {len(lines)} lines"
        next_run = run_forked(self._command.at(root))
        if (next_run.code and files != self._new) or tree(root / self._command.folder) != self._new:
            yield f"the next run does not repair it: {next_run.output.strip()[-200:]}"
        leftovers = [entry.name for entry in root.rglob(".*") if entry.name in LEFTOVERS or entry.name.endswith(".guidegen-new")]
        yield from (f"{name} is left behind" for name in leftovers)

    def _find_torn_files(self, files: dict[str, str]) -> Iterator[str]:
        if self._command.is_one:
            if files not in (self._old, self._new):
                yield "the site is neither the old nor the new one"
            return
        kept = {path: digest for path, digest in files.items() if not path.endswith(".guidegen-new")}
        for path, digest in kept.items():
            if digest not in (self._old.get(path), self._new.get(path)):
                yield f"{path} is neither the old nor the new one"
        yield from (f"{path} is gone" for path in self._old if path not in kept)

    def _copy(self) -> Path:
        root = self._folder / "interrupted"
        rmtree(root, ignore_errors=True)
        copytree(self._start, root, symlinks=True)
        return root


def strike(name: str, folder: Path, faults: int, moments: int) -> tuple[int, list[str]]:
    """Return how many strikes were made, and what was wrong after them; the strikes are the same in every run."""
    command, rng = InterruptibleCommand(name, folder), random.Random(name)  # noqa: S311  # not for secrets
    strikes = list(command.list_strikes()) if faults else []
    strikes = rng.sample(strikes, min(faults, len(strikes)))
    strikes += [command.kill_after(rng.uniform(0, 1.1)) for _ in range(moments)]
    findings = [f"{name}, {description}: {finding}" for description, strike in strikes for finding in command.find_damage(strike)]
    return len(strikes), findings


def find_damage_of_concurrent_builds(root: Path) -> Iterator[str]:
    """Yield what is wrong after eight concurrent builds of a guide: one must win, and the others must report that."""
    build = ["build", "--clean", "--jobs", "1", "--root", str(root)]
    results = run_together(build, 8)
    if all(result.code for result in results):
        yield "no build wins"
    yield from (
        f"a build ends unexpectedly: {result}"
        for result in results
        if result.code and "another build is writing" not in result.output
    )
    site = tree(root / "site")
    if run_forked(build).code or tree(root / "site") != site:
        yield "the site is not what a single build produces"
    yield from (f"{name} is left behind" for name in LEFTOVERS if (root / name).exists())


def _run_concurrent_builds(rounds: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        root = make.folder(Path(folder))
        findings = [finding for _ in range(rounds) for finding in find_damage_of_concurrent_builds(root)]
    print(f"{'eight builds at once':30} {rounds:6,} rounds   {len(findings):4} wrong", *findings[:20], sep="\n    ", flush=True)
    return bool(findings)


def main(faults: int, moments: int, rounds: int) -> int:
    """Interrupt every command and print the results."""
    if faults and not is_available():
        print("this needs strace, and permission to use it")
        return 2
    failed = _run_concurrent_builds(rounds)
    for name in WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            number, findings = strike(name, Path(folder), faults, moments)
            print(f"{name:30} {number:6,} strikes  {len(findings):4} wrong  {time.perf_counter() - started:6.0f} s", flush=True)
            print("\n".join(f"    {finding}" for finding in findings[:20]), end="\n" if findings else "", flush=True)
            failed |= bool(findings)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in [*sys.argv[1:], *("200", "120", "100")[len(sys.argv) - 1 :]])))
