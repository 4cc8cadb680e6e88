"""Random edit sequences, each against a build from nothing: python -m bench.build.sequences [COUNT] [--first SEED] [--folder FOLDER]

Prints the seeds whose sites differ, and exits with 1 when there are some. The edits are those of ``tests/edits.py``; the words of
search are two languages of the twenty, since what they say is not what is try_edits here.
"""

import argparse
import multiprocessing
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.edits import try_edits, use_few_words  # noqa: E402  # after the path is set

STEPS = 6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="where to write; /dev/shm is a RAM disk on Linux")
    options = parser.parse_args()
    began, edits, wrong = time.perf_counter(), 0, []
    seeds = [(seed, options.folder) for seed in range(options.first, options.first + options.count)]
    with multiprocessing.Pool(os.cpu_count(), use_few_words) as pool:
        for number, (seed, done, differing) in enumerate(pool.imap_unordered(_try, seeds), 1):
            edits += len(done)
            if differing:
                wrong.append(seed)
                print(f"seed {seed}: {differing[:3]} differ after {', '.join(done)}", flush=True)
            if number % 500 == 0:
                print(
                    f"{number:,} sequences, {len(wrong)} wrong, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True
                )
    print(f"{options.count:,} sequences, {edits:,} edits, {len(wrong)} wrong, {time.perf_counter() - began:.0f} s")
    return int(bool(wrong))


def _try(given: tuple[int, Path | None]) -> tuple[int, list[str], list[str]]:
    seed, folder = given
    return seed, *try_edits(seed, STEPS, folder)


if __name__ == "__main__":
    sys.exit(main())
