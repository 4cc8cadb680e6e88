"""Run random edit sequences, each compared with a build from scratch.

``python -m bench.build.sequences [COUNT] [--first SEED] [--folder FOLDER]`` prints the seeds whose sites differ, and exits with
1 if there are any. The edits are those of ``tests/edits.py``; search uses the words of two languages instead of twenty, because
search is not tested here.
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
    started, edits, failing_seeds = time.perf_counter(), 0, []
    seeds = [(seed, options.folder) for seed in range(options.first, options.first + options.count)]
    with multiprocessing.Pool(os.cpu_count(), use_few_words) as pool:
        for number, (seed, edit_names, differing) in enumerate(pool.imap_unordered(_try_seed, seeds), 1):
            edits += len(edit_names)
            if differing:
                failing_seeds.append(seed)
                print(f"seed {seed}: {differing[:3]} differ after {', '.join(edit_names)}", flush=True)
            if number % 500 == 0:
                print(
                    f"{number:,} sequences, {len(failing_seeds)} wrong, {time.perf_counter() - started:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )
    print(f"{options.count:,} sequences, {edits:,} edits, {len(failing_seeds)} wrong, {time.perf_counter() - started:.0f} s")
    return int(bool(failing_seeds))


def _try_seed(job: tuple[int, Path | None]) -> tuple[int, list[str], list[str]]:
    seed, folder = job
    return seed, *try_edits(seed, STEPS, folder)


if __name__ == "__main__":
    sys.exit(main())
