"""Puts small changes into the core and runs the tests on each: python -m bench.mutants [MODULE ...] [--sample N] [--seed 1]

Prints, for each module: how many changes there were, how many were noticed by a test, and every one that was not. A sample
takes so many changes of each module at random, the same ones for a seed as long as the module stays as it is.
"""

import argparse
import ast
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

import babel  # noqa: E402, F401  # what every trial would load again; the package itself must not be loaded here
import hypothesis  # noqa: E402, F401
import jinja2  # noqa: E402, F401
import markdown  # noqa: E402, F401
import nh3  # noqa: E402, F401
import yaml  # noqa: E402, F401

from bench.mutants.changes import Change, changes  # noqa: E402
from bench.mutants.subjects import SUBJECTS, Subject  # noqa: E402
from bench.mutants.trial import is_noticed  # noqa: E402

PATIENCE = 1800  # seconds for the tests without a change


@dataclass(frozen=True)
class Score:
    """What came of one module; ``survivors`` are the changes that no test has noticed."""

    tried: int
    survivors: tuple[Change, ...]

    @property
    def noticed(self) -> int:
        return self.tried - len(self.survivors)


def sampled(subject: Subject, found: list[Change], most: int | None, seed: int) -> list[Change]:
    """So many of the changes, taken at random; all of them where there are not so many."""
    if most is None or most >= len(found):
        return found
    luck = random.Random(f"{seed} {subject.module}")  # noqa: S311  # no secret
    return [found[number] for number in sorted(luck.sample(range(len(found)), most))]


def score(subject: Subject, most: int | None, seed: int, limit: float) -> Score:
    """Try the changes of a module, or so many of them; ``limit`` is in seconds, for each."""
    tree = parsed(subject.module)
    found = sampled(subject, list(changes(tree, subject.functions)), most, seed)
    return Score(len(found), tuple(change for change in found if not is_noticed(subject, tree, change, limit)))


def seconds_unchanged(subjects: list[Subject]) -> float:
    """How long the tests take without any change. Raises ``ValueError`` when one fails."""
    tests = tuple(dict.fromkeys(test for subject in subjects for test in subject.tests))
    started = time.monotonic()
    if is_noticed(Subject(subjects[0].module, tests), parsed(subjects[0].module), None, PATIENCE):
        raise ValueError("the tests fail as it is")
    return time.monotonic() - started


def parsed(module: str) -> ast.Module:
    return ast.parse((ROOT / f"src/guidegen/{module}.py").read_text(encoding="utf-8"))


def line(name: str, tried: int, noticed: int, seconds: float) -> str:
    return f"{name:24} {tried:5} changes  {noticed:5} noticed  {noticed / max(1, tried):6.1%}  {seconds:6.0f} s"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.mutants", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as content/times; all of the core when there is none")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    subjects = [one for one in SUBJECTS if not options.modules or one.module in options.modules]
    limit = 10 + seconds_unchanged(subjects)
    tried = noticed = 0
    began = time.monotonic()
    for subject in subjects:
        started = time.monotonic()
        one = score(subject, options.sample, options.seed, limit)
        print(line(subject.module, one.tried, one.noticed, time.monotonic() - started))
        for change in one.survivors:
            print(f"    src/guidegen/{subject.module}.py:{change.line}: {change.said}")
        sys.stdout.flush()
        tried, noticed = tried + one.tried, noticed + one.noticed
    print(line("all", tried, noticed, time.monotonic() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main())
