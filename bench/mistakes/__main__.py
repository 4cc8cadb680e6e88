"""Put single faults into good files of the sample guide and read the messages: python -m bench.mistakes [FAULTS] [--seed 1]

Prints for each kind of fault how often the first message named the right line and the right field, and how many faults were
silent. Every wrong message is shown. Exit code 1 if a fault is silent or a line is wrong.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.mistakes.mutate import Fault, faults  # noqa: E402  # after the path is set
from guidegen.build import pipeline  # noqa: E402
from guidegen.model.problems import Problem  # noqa: E402

SHARED = ("guide.yml", "content/services.yml")
"""Files on which the messages about others depend: damaged alone."""


@dataclass(frozen=True)
class Outcome:
    """A fault, and the messages about its file that the good file does not have."""

    name: str
    fault: Fault
    problems: tuple[Problem, ...]

    @property
    def right_line(self) -> bool:
        return bool(self.problems) and self.problems[0].line in self.fault.lines

    @property
    def right_field(self) -> bool:
        return bool(self.problems) and (
            not self.fault.words or any(word in self.problems[0].message for word in self.fault.words)
        )


def try_faults(root: Path, max_faults: int, rng: random.Random) -> Iterator[Outcome]:
    """Yield faults in a copy of a guide at ``root`` with their messages, at most one fault for each file at a time."""
    names = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.suffix in (".yml", ".md")]
    good = {name: (root / name).read_bytes().decode() for name in names}
    good_problems = set(pipeline.load_checked_guide(root)[1])
    remaining = [(name, fault) for name in names for fault in faults(name, good[name], rng)]
    rng.shuffle(remaining)
    counts: Counter[str] = Counter()
    # the n-th faults of all kinds come before the next ones, so that every kind comes early
    remaining.sort(key=lambda named_fault: (counts.update([named_fault[1].kind]), counts[named_fault[1].kind])[1])
    remaining = remaining[:max_faults]
    while remaining:
        planted: dict[str, Fault] = {}
        touched: set[str] = set()
        for name, fault in remaining:
            subject = name.split(".")[0]  # messages about a profile and its translations depend on each other
            if subject not in touched and not (planted and name in SHARED):
                touched.add(subject)
                planted[name] = fault
                if name in SHARED:
                    break
        remaining = [(name, fault) for name, fault in remaining if planted.get(name) is not fault]
        for name, fault in planted.items():
            (root / name).write_bytes(fault.text.encode())
        messages = [problem for problem in pipeline.load_checked_guide(root)[1] if problem not in good_problems]
        for name, fault in planted.items():
            (root / name).write_bytes(good[name].encode())
            yield Outcome(name, fault, tuple(problem for problem in messages if str(problem.path) == name))


def copy_sample(folder: Path) -> Path:
    """Copy the content of the sample guide into a folder, and return it."""
    root = folder / "guide"
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "locales", root / "locales")
    shutil.copy(ROOT / "guide.yml", root / "guide.yml")
    return root


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.mistakes", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("faults", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = list(try_faults(copy_sample(Path(folder)), options.faults, random.Random(options.seed)))  # noqa: S311  # no secret
    kinds = sorted({outcome.fault.kind for outcome in outcomes})
    for kind in kinds:
        outcomes_of_kind = [outcome for outcome in outcomes if outcome.fault.kind == kind]
        counts = (
            len(outcomes_of_kind),
            sum(outcome.right_line for outcome in outcomes_of_kind),
            sum(outcome.right_field for outcome in outcomes_of_kind),
            sum(not outcome.problems for outcome in outcomes_of_kind),
        )
        print(f"{kind:42} {counts[0]:5} faults  {counts[1]:5} right line  {counts[2]:5} right field  {counts[3]:3} silent")
        for outcome in [outcome for outcome in outcomes_of_kind if not (outcome.right_line and outcome.right_field)][:3]:
            message = f"{outcome.problems[0].line}: {outcome.problems[0].message}" if outcome.problems else "nothing"
            print(f"    {outcome.name}, lines {outcome.fault.lines.start}-{outcome.fault.lines.stop - 1}: {message}")
    lines, fields = sum(outcome.right_line for outcome in outcomes), sum(outcome.right_field for outcome in outcomes)
    repeated, silent = sum(len(outcome.problems) > 1 for outcome in outcomes), sum(not outcome.problems for outcome in outcomes)
    count = len(outcomes)
    print(
        f"{count} faults of {len(kinds)} kinds: {lines / count:.1%} right line, {fields / count:.1%} right field, {silent} silent, {repeated} with more than one message"
    )
    return 0 if lines == count and not silent else 1


if __name__ == "__main__":
    sys.exit(main())
