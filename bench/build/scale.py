"""What a guide costs for each partner, measured, and whether guides beyond one machine fit: ``python -m bench.build.scale``.

Two guides are built, and the cost of a partner in a language is the slope between them: files, pages, bytes, compressed bytes, seconds,
memory, and files that one edit changes. Then a million partners in twenty languages are laid out: over areas of very unequal size
(Zipf), in shards that are guides of their own, each held to what hosts allow.
"""

import argparse
import gzip
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.build.__main__ import guidegen_build, run  # noqa: E402  # after the path is set
from bench.build.generate import LANGUAGES, write  # noqa: E402

SIZES = 300, 1_500
"""Partners of the two guides: both have all kinds of pages, and lists in parts."""
HOSTS = {
    "GitHub Pages": (None, 1e9),  # https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
    "Cloudflare Pages, free": (20_000, None),  # https://developers.cloudflare.com/pages/platform/limits/
    "Cloudflare Pages, paid": (100_000, None),
    "GitLab Pages": (200_000, 1e9),  # https://docs.gitlab.com/administration/instance_limits/
}
"""Files and bytes that a host allows for a site, where it says so."""
PARTNERS, IN_LANGUAGES, AREAS = 1_000_000, 20, 3_143  # as many areas as the United States have counties
EDITS = 0.01
"""Partners that change in a day."""


@dataclass(frozen=True)
class Cost:
    """Of one guide, or of a partner in a language."""

    files: float
    pages: float
    size: float
    packed: float
    seconds: float
    memory: float

    def slope(self, other: "Cost", units: float) -> "Cost":
        """What each of so many units more costs."""
        return Cost(*((getattr(other, name) - getattr(self, name)) / units for name in self.__dataclass_fields__))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where to write; /dev/shm is a RAM disk on Linux")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        small, large = (_measured(Path(folder) / str(size), size) for size in SIZES)
        changed = _changed_by_an_edit(Path(folder) / str(SIZES[1]))
    each = small.slope(large, (SIZES[1] - SIZES[0]) * len(LANGUAGES))
    print(f"| a guide in {len(LANGUAGES)} languages | files | pages | MB | MB compressed | s of processor | MiB of memory |")
    print("| --- |" + " --- |" * 6)
    for name, cost, kilo in ((f"{SIZES[0]:,} partners", small, 1e6), (f"{SIZES[1]:,} partners", large, 1e6)):
        print(_row(name, cost, kilo))
    print(_row("each partner in a language (KB)", each, 1e3))
    print(f"\nOne edit of a summary changes {changed} files.\n")
    _simulate(small, each, changed / len(LANGUAGES))
    return 0


def _row(name: str, cost: Cost, kilo: float) -> str:
    sizes = f"{cost.size / kilo:,.1f} | {cost.packed / kilo:,.1f}"
    return f"| {name} | {cost.files:,.2f} | {cost.pages:,.2f} | {sizes} | {cost.seconds:,.4f} | {cost.memory:,.3f} |"


def _measured(root: Path, size: int) -> Cost:
    write(root, size)
    used = run([*guidegen_build(root), "--jobs", "1"], root)
    files = [file for file in (root / "site").rglob("*") if file.is_file()]
    pages = [file for file in files if file.suffix == ".html"]
    sample = pages[:: max(1, len(pages) // 400)]
    packed = sum(len(gzip.compress(file.read_bytes())) for file in sample) / sum(file.stat().st_size for file in sample)
    total = sum(file.stat().st_size for file in files)
    return Cost(len(files), len(pages), total, total * packed, used.cpu, used.memory)


def _changed_by_an_edit(root: Path) -> int:
    """Files that a changed summary changes: those that a host must be sent."""
    profile = root / "content/partners/cedar-neighbors.yml"
    before = time.time_ns()
    profile.write_text(profile.read_text(encoding="utf-8").replace('summary: "', 'summary: "Now. ', 1), encoding="utf-8")
    run(guidegen_build(root), root)
    return sum(file.stat().st_mtime_ns > before for file in (root / "site").rglob("*") if file.is_file())


def _simulate(small: Cost, each: Cost, changed: float) -> None:
    """The whole laid out in shards for every host, and whether it fits."""
    fixed = small.files - SIZES[0] * len(LANGUAGES) * each.files
    by_area = _areas()
    print(f"{PARTNERS:,} partners, {IN_LANGUAGES} languages, {AREAS:,} areas; the largest has {by_area[0]:,}.\n")
    print(
        "| host | partners a shard | shards | files in the fullest | its MB | its minutes | its MiB | all: million files | TB | processor hours |"
    )
    print("| --- |" + " --- |" * 9)
    for host, (most_files, most_size) in HOSTS.items():
        of_files = (most_files - fixed) / (IN_LANGUAGES * each.files) if most_files else PARTNERS
        of_size = most_size / (IN_LANGUAGES * each.size) if most_size else PARTNERS
        most = int(min(of_files, of_size) * 0.9)  # room to grow
        shards = _packed(by_area, most)
        full, units = max(shards), PARTNERS * IN_LANGUAGES
        files, size = fixed + full * IN_LANGUAGES * each.files, full * IN_LANGUAGES * each.size
        if (most_files and files > most_files) or (most_size and size > most_size) or sum(shards) != PARTNERS:
            raise SystemExit(f"{host}: a shard does not fit")
        seconds, memory = full * IN_LANGUAGES * each.seconds, small.memory + full * IN_LANGUAGES * each.memory
        everything = f"{units * each.files / 1e6:.1f} | {units * each.size / 1e12:.2f} | {units * each.seconds / 3600:.1f}"
        print(
            f"| {host} | {most:,} | {len(shards):,} | {files:,.0f} | {size / 1e6:,.0f} | {seconds / 60:.1f} | {memory:,.0f} | {everything} |"
        )
    sent = PARTNERS * EDITS * changed * IN_LANGUAGES
    print(
        f"\n{EDITS:.0%} of the partners edited in a day: {sent / 1e6:.2f} million files to send, of {PARTNERS * IN_LANGUAGES * each.files / 1e6:.1f}."
    )


def _areas() -> list[int]:
    """Partners of each area, the largest first: the n-th has an n-th of the first one's."""
    weights = [1 / number for number in range(1, AREAS + 1)]
    counts = [int(PARTNERS * weight / sum(weights)) for weight in weights]
    counts[0] += PARTNERS - sum(counts)
    return counts


def _packed(by_area: list[int], most: int) -> list[int]:
    """Partners of each shard: areas that are too large are divided, small ones share one, as they come from north to south."""
    pieces = [min(most, count - start) for count in by_area for start in range(0, count, most)]
    random.Random(1).shuffle(pieces)  # noqa: S311  # neighbours are of any size
    shards = [0]
    for piece in pieces:
        if shards[-1] + piece > most:
            shards.append(0)
        shards[-1] += piece
    return shards


if __name__ == "__main__":
    sys.exit(main())
