"""Make small changes in the core and run the tests on each: python -m bench.mutants [MODULE ...] [--sample N] [--seed 1]

Prints for each module how many changes there were, how many were noticed by a test, and every one that was not. A sample takes
that many random changes of each module; they are the same for a seed as long as the module does not change.
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

import babel  # noqa: E402, F401  # loaded here once for all trials; guidegen itself must not be
import hypothesis  # noqa: E402, F401
import jinja2  # noqa: E402, F401
import markdown  # noqa: E402, F401
import nh3  # noqa: E402, F401
import yaml  # noqa: E402, F401

from bench.mutants.changes import Change, changes  # noqa: E402
from bench.mutants.subjects import SUBJECTS, Subject  # noqa: E402
from bench.mutants.trial import is_noticed  # noqa: E402

TIMEOUT_S = 1800  # seconds for the tests without a change


@dataclass(frozen=True)
class Score:
    """The result for a module; ``survivors`` are the changes that no test noticed."""

    tried: int
    survivors: tuple[Change, ...]

    @property
    def noticed(self) -> int:
        return self.tried - len(self.survivors)


def choose_sample(subject: Subject, candidates: list[Change], max_changes: int | None, seed: int) -> list[Change]:
    """Return a random sample of the changes; all of them if there are not more."""
    if max_changes is None or max_changes >= len(candidates):
        return candidates
    rng = random.Random(f"{seed} {subject.module}")  # noqa: S311  # no secret
    return [candidates[number] for number in sorted(rng.sample(range(len(candidates)), max_changes))]


def score(subject: Subject, max_changes: int | None, seed: int, limit: float) -> Score:
    """Try the changes of a module, or a sample of them; ``limit`` is in seconds for each."""
    tree = parse_module(subject.module)
    candidates = choose_sample(subject, list(changes(tree, subject.functions)), max_changes, seed)
    return Score(len(candidates), tuple(change for change in candidates if not is_noticed(subject, tree, change, limit)))


def seconds_unchanged(subjects: list[Subject]) -> float:
    """Return how long the tests take without a change. Raises ``ValueError`` if one fails."""
    tests = tuple(dict.fromkeys(test for subject in subjects for test in subject.tests))
    started = time.monotonic()
    if is_noticed(Subject(subjects[0].module, tests), parse_module(subjects[0].module), None, TIMEOUT_S):
        raise ValueError("the tests fail without any change")
    return time.monotonic() - started


def parse_module(module: str) -> ast.Module:
    return ast.parse((ROOT / f"src/guidegen/{module}.py").read_text(encoding="utf-8"))


def format_line(name: str, tried: int, noticed: int, seconds: float) -> str:
    return f"{name:24} {tried:5} changes  {noticed:5} noticed  {noticed / max(1, tried):6.1%}  {seconds:6.0f} s"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.mutants", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as content/fields/times; default: the whole core")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    subjects = [subject for subject in SUBJECTS if not options.modules or subject.module in options.modules]
    limit = 10 + seconds_unchanged(subjects)
    tried = noticed = 0
    started_all = time.monotonic()
    for subject in subjects:
        started = time.monotonic()
        result = score(subject, options.sample, options.seed, limit)
        print(format_line(subject.module, result.tried, result.noticed, time.monotonic() - started))
        for change in result.survivors:
            print(f"    src/guidegen/{subject.module}.py:{change.line}: {change.description}")
        sys.stdout.flush()
        tried, noticed = tried + result.tried, noticed + result.noticed
    print(format_line("all", tried, noticed, time.monotonic() - started_all))
    return 0


if __name__ == "__main__":
    sys.exit(main())
