"""Puts single faults into good files of the sample guide and reads what is said: python -m bench.mistakes [FAULTS] [--seed 1]

Prints, by kind of fault: how many, how often the first message named the right line and the right field, and how many were
silent. Every fault that was told wrongly is shown. Exit code 1 when one is silent or a line is wrong.
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
"""Files on which what is said of others depends: damaged alone."""


@dataclass(frozen=True)
class Told:
    """A fault, and what was said of its file that is not said of the good one."""

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


def told(root: Path, wanted: int, luck: random.Random) -> Iterator[Told]:
    """Faults in a copy of a guide at ``root``, at most one a file at a time, until ``wanted`` were told."""
    names = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.suffix in (".yml", ".md")]
    good = {name: (root / name).read_bytes().decode() for name in names}
    before = set(pipeline.load_checked_guide(root)[1])
    left = [(name, fault) for name in names for fault in faults(name, good[name], luck)]
    luck.shuffle(left)
    counts: Counter[str] = Counter()
    left.sort(key=lambda one: (counts.update([one[1].kind]), counts[one[1].kind])[1])  # every kind early
    left = left[:wanted]
    while left:
        now: dict[str, Fault] = {}
        touched: set[str] = set()
        for name, fault in left:
            subject = name.split(".")[0]  # a profile and its translations speak of each other
            if subject not in touched and not (now and name in SHARED):
                touched.add(subject)
                now[name] = fault
                if name in SHARED:
                    break
        left = [(name, fault) for name, fault in left if now.get(name) is not fault]
        for name, fault in now.items():
            (root / name).write_bytes(fault.text.encode())
        said = [problem for problem in pipeline.load_checked_guide(root)[1] if problem not in before]
        for name, fault in now.items():
            (root / name).write_bytes(good[name].encode())
            yield Told(name, fault, tuple(problem for problem in said if str(problem.path) == name))


def copied(folder: Path) -> Path:
    """The sample guide's content, to be damaged."""
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
        all_told = list(told(copied(Path(folder)), options.faults, random.Random(options.seed)))  # noqa: S311  # no secret
    kinds = sorted({one.fault.kind for one in all_told})
    for kind in kinds:
        own = [one for one in all_told if one.fault.kind == kind]
        counts = (
            len(own),
            sum(one.right_line for one in own),
            sum(one.right_field for one in own),
            sum(not one.problems for one in own),
        )
        print(f"{kind:42} {counts[0]:5} faults  {counts[1]:5} right line  {counts[2]:5} right field  {counts[3]:3} silent")
        for one in [one for one in own if not (one.right_line and one.right_field)][:3]:
            said = f"{one.problems[0].line}: {one.problems[0].message}" if one.problems else "nothing"
            print(f"    {one.name}, lines {one.fault.lines.start}-{one.fault.lines.stop - 1}: {said}")
    lines, fields = sum(one.right_line for one in all_told), sum(one.right_field for one in all_told)
    more, silent = sum(len(one.problems) > 1 for one in all_told), sum(not one.problems for one in all_told)
    count = len(all_told)
    print(
        f"{count} faults of {len(kinds)} kinds: {lines / count:.1%} right line, {fields / count:.1%} right field, {silent} silent, {more} with more than one message"
    )
    return 0 if lines == count and not silent else 1


if __name__ == "__main__":
    sys.exit(main())
