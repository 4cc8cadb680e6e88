"""Measure what a guide costs per partner, and whether guides too large for one machine fit: ``python -m bench.build.scale``.

Two guides are built. The cost of a partner in a language is the slope between them: files, pages, bytes, compressed bytes,
seconds, memory, and files changed by an edit. Then a million partners in twenty languages are distributed over areas of very
unequal size (Zipf), in shards that are guides of their own and keep the limits of hosts.
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
"""Partners of the two guides: both have every kind of page, and paginated lists."""
HOSTS = {
    "GitHub Pages": (None, 1e9),  # https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
    "Cloudflare Pages, free": (20_000, None),  # https://developers.cloudflare.com/pages/platform/limits/
    "Cloudflare Pages, paid": (100_000, None),
    "GitLab Pages": (200_000, 1e9),  # https://docs.gitlab.com/administration/instance_limits/
}
"""Maximum files and bytes that a host allows for a site; None if it states no limit."""
PARTNERS, LANGUAGE_COUNT, AREAS = 1_000_000, 20, 3_143  # the United States have 3,143 counties
EDITS = 0.01
"""Share of partners that change in a day."""


@dataclass(frozen=True)
class Cost:
    """The cost of a guide, or of a partner in a language."""

    files: float
    pages: float
    size: float
    packed: float
    seconds: float
    memory: float

    def slope(self, other: "Cost", units: float) -> "Cost":
        """Return the cost of each additional unit."""
        return Cost(*((getattr(other, name) - getattr(self, name)) / units for name in self.__dataclass_fields__))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where to write; /dev/shm is a RAM disk on Linux")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        small, large = (_measure(Path(folder) / str(size), size) for size in SIZES)
        changed_files = _count_changed_files(Path(folder) / str(SIZES[1]))
    per_partner = small.slope(large, (SIZES[1] - SIZES[0]) * len(LANGUAGES))
    print(f"| a guide in {len(LANGUAGES)} languages | files | pages | MB | MB compressed | s of processor | MiB of memory |")
    print("| --- |" + " --- |" * 6)
    for name, cost, unit in ((f"{SIZES[0]:,} partners", small, 1e6), (f"{SIZES[1]:,} partners", large, 1e6)):
        print(_format_row(name, cost, unit))
    print(_format_row("each partner in a language (KB)", per_partner, 1e3))
    print(f"\nOne edit of a summary changes {changed_files} files.\n")
    _simulate(small, per_partner, changed_files / len(LANGUAGES))
    return 0


def _format_row(name: str, cost: Cost, unit: float) -> str:
    sizes = f"{cost.size / unit:,.1f} | {cost.packed / unit:,.1f}"
    return f"| {name} | {cost.files:,.2f} | {cost.pages:,.2f} | {sizes} | {cost.seconds:,.4f} | {cost.memory:,.3f} |"


def _measure(root: Path, size: int) -> Cost:
    write(root, size)
    usage = run([*guidegen_build(root), "--jobs", "1"], root)
    files = [file for file in (root / "site").rglob("*") if file.is_file()]
    pages = [file for file in files if file.suffix == ".html"]
    sample = pages[:: max(1, len(pages) // 400)]
    compression = sum(len(gzip.compress(file.read_bytes())) for file in sample) / sum(file.stat().st_size for file in sample)
    total = sum(file.stat().st_size for file in files)
    return Cost(len(files), len(pages), total, total * compression, usage.cpu, usage.memory)


def _count_changed_files(root: Path) -> int:
    """Return how many files change, and must be uploaded, after a summary was edited."""
    profile = root / "content/partners/cedar-neighbors.yml"
    before = time.time_ns()
    profile.write_text(profile.read_text(encoding="utf-8").replace('summary: "', 'summary: "Now. ', 1), encoding="utf-8")
    run(guidegen_build(root), root)
    return sum(file.stat().st_mtime_ns > before for file in (root / "site").rglob("*") if file.is_file())


def _simulate(small: Cost, per_partner: Cost, changed_files: float) -> None:
    """Distribute all partners over shards for every host, and check that these fit."""
    fixed = small.files - SIZES[0] * len(LANGUAGES) * per_partner.files
    by_area = _distribute_partners()
    print(f"{PARTNERS:,} partners, {LANGUAGE_COUNT} languages, {AREAS:,} areas; the largest has {by_area[0]:,}.\n")
    print(
        "| host | partners a shard | shards | files in the fullest | its MB | its minutes | its MiB | all: million files | TB | processor hours |"
    )
    print("| --- |" + " --- |" * 9)
    for host, (most_files, most_size) in HOSTS.items():
        by_files = (most_files - fixed) / (LANGUAGE_COUNT * per_partner.files) if most_files else PARTNERS
        by_size = most_size / (LANGUAGE_COUNT * per_partner.size) if most_size else PARTNERS
        max_partners = int(min(by_files, by_size) * 0.9)  # room to grow
        shards = _fill_shards(by_area, max_partners)
        fullest, units = max(shards), PARTNERS * LANGUAGE_COUNT
        files, size = fixed + fullest * LANGUAGE_COUNT * per_partner.files, fullest * LANGUAGE_COUNT * per_partner.size
        if (most_files and files > most_files) or (most_size and size > most_size) or sum(shards) != PARTNERS:
            raise SystemExit(f"{host}: a shard does not fit")
        seconds, memory = (
            fullest * LANGUAGE_COUNT * per_partner.seconds,
            small.memory + fullest * LANGUAGE_COUNT * per_partner.memory,
        )
        totals = f"{units * per_partner.files / 1e6:.1f} | {units * per_partner.size / 1e12:.2f} | {units * per_partner.seconds / 3600:.1f}"
        print(
            f"| {host} | {max_partners:,} | {len(shards):,} | {files:,.0f} | {size / 1e6:,.0f} | {seconds / 60:.1f} | {memory:,.0f} | {totals} |"
        )
    uploads = PARTNERS * EDITS * changed_files * LANGUAGE_COUNT
    print(
        f"\n{EDITS:.0%} of the partners edited in a day: {uploads / 1e6:.2f} million files to send, of {PARTNERS * LANGUAGE_COUNT * per_partner.files / 1e6:.1f}."
    )


def _distribute_partners() -> list[int]:
    """Return the partners of each area, the largest first: the n-th has 1/n of the first one's."""
    weights = [1 / number for number in range(1, AREAS + 1)]
    counts = [int(PARTNERS * weight / sum(weights)) for weight in weights]
    counts[0] += PARTNERS - sum(counts)
    return counts


def _fill_shards(by_area: list[int], max_partners: int) -> list[int]:
    """Return the partners of each shard: large areas are divided, small ones share a shard, in geographic order."""
    pieces = [min(max_partners, count - start) for count in by_area for start in range(0, count, max_partners)]
    random.Random(1).shuffle(pieces)  # noqa: S311  # neighboring areas have unrelated sizes
    shards = [0]
    for piece in pieces:
        if shards[-1] + piece > max_partners:
            shards.append(0)
        shards[-1] += piece
    return shards


if __name__ == "__main__":
    sys.exit(main())
