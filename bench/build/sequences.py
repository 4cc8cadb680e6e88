"""Random edit sequences, each against a build from nothing: python -m bench.build.sequences [COUNT] [--first SEED] [--folder FOLDER]

Prints the seeds whose sites differ, and exits with 1 when there are some. The edits are those of ``tests/edits.py``; the words of
search are two languages of the twenty, since what they say is not what is tried here.
"""

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from guidegen import pipeline  # noqa: E402  # after the path is set
from guidegen.problems import ContentError  # noqa: E402
from guidegen.search import lexicon, table  # noqa: E402
from tests.edits import Edits  # noqa: E402

STEPS = 6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="where to write; /dev/shm is a RAM disk on Linux")
    options = parser.parse_args()
    began, edits, wrong = time.perf_counter(), 0, []
    seeds = [(seed, options.folder) for seed in range(options.first, options.first + options.count)]
    with multiprocessing.Pool(os.cpu_count(), _few_words) as pool:
        for number, (seed, done, same) in enumerate(pool.imap_unordered(_try, seeds), 1):
            edits += len(done)
            if not same:
                wrong.append(seed)
                print(f"seed {seed}: the sites differ after {', '.join(done)}", flush=True)
            if number % 500 == 0:
                print(
                    f"{number:,} sequences, {len(wrong)} wrong, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True
                )
    print(f"{options.count:,} sequences, {edits:,} edits, {len(wrong)} wrong, {time.perf_counter() - began:.0f} s")
    return int(bool(wrong))


def _few_words() -> None:
    lexicon.built_in_languages = lambda: ("ht",)  # type: ignore[assignment]  # for this process
    few = table._compiled()
    table._built_in = lambda: few  # type: ignore[assignment]


def _try(given: tuple[int, Path | None]) -> tuple[int, list[str], bool]:
    seed, folder = given
    with tempfile.TemporaryDirectory(dir=folder) as made:
        edits = Edits(Path(made) / "guide", random.Random(seed))  # noqa: S311  # not for secrets
        site, fresh, done = edits.root / "site", Path(made) / "fresh/site", []
        for _ in range(STEPS):
            done += [edits.change() for _ in range(edits.chance.choice([1, 1, 1, 2]))]
            if not _built(edits.root, site):
                edits.mend()
        if not _built(edits.root, site):
            edits.mend()
            _built(edits.root, site)
        _built(edits.root, fresh)
        return seed, done, _tree(site) == _tree(fresh)


def _built(root: Path, out: Path) -> bool:
    try:
        pipeline.build(root, out)
    except ContentError:
        return False
    return True


def _tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() if file.is_file() else b"" for file in folder.rglob("*")}


if __name__ == "__main__":
    sys.exit(main())
