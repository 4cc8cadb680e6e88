"""Every command that writes, struck and killed while it writes: ``python -m bench.trust.crash [FAULTS] [MOMENTS] [ROUNDS]``.

FAULTS of each command: a call of the system, taken at random from all by which it writes, kills the process (SIGKILL), or fails
with a full disk, a broken one, a read-only one, without permission, without file handles (by strace). MOMENTS of each command:
it is killed at a random moment. ROUNDS of eight builds at once. After that the site, or each file for itself, must be the old or the new one, byte for byte;
a command that failed must have said so in a line, and the next run must work and leave nothing behind.
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
from tests.crash import ERRORS, Ended, is_available, list_calls, run_forked, run_with_fault, run_together, tree

LEFTOVERS = (".site.old", ".site.lock")
Strike: TypeAlias = tuple[str, Callable[[list[str]], Ended]]
"""How a command is struck, in words and as what runs it."""


@cache
def _warm() -> None:
    """Load in this process what every build loads, so that its children need not."""
    with tempfile.TemporaryDirectory() as folder:
        root = make.folder(Path(folder))
        pipeline.build(root, root / "site")


class Struck:
    """A command, the guide before it, and what stands before and after it when nothing goes wrong."""

    def __init__(self, name: str, folder: Path) -> None:
        _warm()
        self._writer = WRITERS[name]
        self._folder = folder
        self._start = make.folder(folder / "start")
        self._writer.prepare(self._start)
        self._old = tree(self._start / self._writer.folder)
        self._whole = folder / "whole"
        copytree(self._start, self._whole, symlinks=True)
        began = time.perf_counter()
        run_forked(self._writer.at(self._whole))
        self._seconds = time.perf_counter() - began
        self._new = tree(self._whole / self._writer.folder)
        if self._new == self._old:
            raise ValueError(f"{name} changes nothing")

    def list_calls(self) -> Iterator[Strike]:
        """Every fault at every call by which the command writes."""
        root = self._copy()
        for call in list_calls(self._writer.at(root), root, self._folder / "trace"):
            for fault in ("SIGKILL", *ERRORS):
                yield f"{fault} at {call.name} {call.number}", partial(run_with_fault, call=call, fault=fault)

    def moment(self, part: float) -> Strike:
        """A kill after that part of the time that the command takes."""
        seconds = part * self._seconds
        return f"killed after {seconds:.3f} s", partial(run_forked, seconds=seconds)

    def wrong_after(self, strike: Callable[[list[str]], Ended]) -> Iterator[str]:
        """What is wrong when the command was struck so."""
        root = self._copy()
        ended = strike(self._writer.at(root))
        if "Traceback" in ended.said:
            yield f"a traceback: {ended.said.strip().splitlines()[-1]}"
        stands = tree(root / self._writer.folder)
        yield from self._torn(stands)
        if ended.code == 0 and self._writer.is_one and stands != self._new:
            yield "it says that all is well, and the site is not the new one"
        told = [line for line in ended.said.strip().splitlines() if not line.startswith("wrote ")]
        if ended.code > 0 and len(told) > 3:
            yield f"it fails in {len(told)} lines"
        again = run_forked(self._writer.at(root))
        if (again.code and stands != self._new) or tree(root / self._writer.folder) != self._new:
            yield f"the next run does not mend it: {again.said.strip()[-200:]}"
        left = [one.name for one in root.rglob(".*") if one.name in LEFTOVERS or one.name.endswith(".guidegen-new")]
        yield from (f"{name} is left behind" for name in left)

    def _torn(self, stands: dict[str, str]) -> Iterator[str]:
        if self._writer.is_one:
            if stands not in (self._old, self._new):
                yield "the site is neither the old nor the new one"
            return
        own = {path: digest for path, digest in stands.items() if not path.endswith(".guidegen-new")}
        for path, digest in own.items():
            if digest not in (self._old.get(path), self._new.get(path)):
                yield f"{path} is neither the old nor the new one"
        yield from (f"{path} is gone" for path in self._old if path not in own)

    def _copy(self) -> Path:
        root = self._folder / "struck"
        rmtree(root, ignore_errors=True)
        copytree(self._start, root, symlinks=True)
        return root


def strike(name: str, folder: Path, faults: int, moments: int) -> tuple[int, list[str]]:
    """How many times the command was struck, and what was wrong after it; the same strikes in every run."""
    one, chance = Struck(name, folder), random.Random(name)  # noqa: S311  # not for secrets
    strikes = list(one.calls()) if faults else []
    strikes = chance.sample(strikes, min(faults, len(strikes)))
    strikes += [one.moment(chance.uniform(0, 1.1)) for _ in range(moments)]
    wrong = [f"{name}, {how}: {found}" for how, strike in strikes for found in one.wrong_after(strike)]
    return len(strikes), wrong


def wrong_together(root: Path) -> Iterator[str]:
    """What is wrong when eight builds of a guide begin at once: one wins, and the others say so."""
    build = ["build", "--clean", "--jobs", "1", "--root", str(root)]
    ended = run_together(build, 8)
    if all(one.code for one in ended):
        yield "no build wins"
    yield from (f"a build ends otherwise: {one}" for one in ended if one.code and "another build is writing" not in one.said)
    stands = tree(root / "site")
    if run_forked(build).code or tree(root / "site") != stands:
        yield "what stands is not what one build makes"
    yield from (f"{name} is left behind" for name in LEFTOVERS if (root / name).exists())


def _together(rounds: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        root = make.folder(Path(folder))
        wrong = [found for _ in range(rounds) for found in wrong_together(root)]
    print(f"{'eight builds at once':30} {rounds:6,} rounds   {len(wrong):4} wrong", *wrong[:20], sep="\n    ", flush=True)
    return bool(wrong)


def main(faults: int, moments: int, rounds: int) -> int:
    """Strike everywhere and print what came of it."""
    if faults and not is_available():
        print("this needs strace, and the right to use it")
        return 2
    failed = _together(rounds)
    for name in WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            number, wrong = strike(name, Path(folder), faults, moments)
            print(f"{name:30} {number:6,} strikes  {len(wrong):4} wrong  {time.perf_counter() - started:6.0f} s", flush=True)
            print("\n".join(f"    {one}" for one in wrong[:20]), end="\n" if wrong else "", flush=True)
            failed |= bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in [*sys.argv[1:], *("200", "120", "100")[len(sys.argv) - 1 :]])))
