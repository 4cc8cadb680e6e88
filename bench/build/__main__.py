"""Measures builds beside Hugo: python -m bench.build [SIZE ...] [--peers hugo,eleventy,mkdocs,pelican] [--runs 3] [--folder FOLDER]

For each size a guide in five languages with 50 articles, as pages of guidegen and of the peers, in one run: cold, nothing changed,
one partner changed, one kind of help renamed, one template changed, one word of the interface changed. Wall time, processor
time and peak memory; medians of the runs, and the ratio of guidegen to each peer. ``--folder /dev/shm`` writes to a RAM disk.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.build import peers  # noqa: E402  # after the path is set
from bench.build.alone import WITHOUT  # noqa: E402
from bench.build.generate import LANGUAGES, write  # noqa: E402
from bench.build.generators import PEERS  # noqa: E402


@dataclass(frozen=True)
class Run:
    """Seconds on the wall and of the processors, and the most memory at a time in MiB."""

    wall: float
    cpu: float
    memory: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[60, 1_000])
    parser.add_argument("--peers", default="hugo", help=f"which of: {', '.join(PEERS)}; empty for none")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to write; /dev/shm is a RAM disk on Linux")
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            _measure(size, Path(folder), [name for name in options.peers.split(",") if name], options.runs)
    return 0


def _measure(size: int, folder: Path, named: list[str], runs: int) -> None:
    guide = folder / "guide"
    write(guide, size)
    commands: dict[str, tuple[list[str], Path]] = {"guidegen": (guidegen_build(guide), guide)}
    run(*commands["guidegen"])
    for name in named:
        source = folder / name
        commands[name] = (list(PEERS[name].command()), source)
        peers.write(guide, PEERS[name], source)
        run(*commands[name])
        _compared(name, guide / "site", source / PEERS[name].site)
    print(f"\n## {size:,} partners × {len(LANGUAGES)} languages, {len(_pages_of(guide / 'site')):,} pages\n")
    print(
        "| | "
        + " | ".join(f"{name} wall · CPU · MiB" for name in commands)
        + "".join(f" | ratio to {name}" for name in named)
        + " |"
    )
    print("| --- |" + " --- |" * (len(commands) + len(named)))
    one = guide / "content/partners/cedar-neighbors.yml"
    edits: dict[str, Callable[[], None]] = {
        "nothing changed": lambda: None,
        "one fact of one partner changed": lambda: _edit(one, "website: https://", "website: https://www."),
        "one summary changed": lambda: _edit(one, 'summary: "', 'summary: "Now. '),
        "one kind of help renamed": lambda: _edit(guide / "content/services.yml", "en: ", "en: New "),
        "one template changed": lambda: _template(guide),
        "one word of the interface changed": lambda: _word(guide),
    }
    _row("cold", lambda name: _clean(name, commands[name][1]), commands, runs)
    for case, edit in edits.items():  # the peers make everything anew, whatever changed
        _row(case, lambda name, edit=edit: edit() if name == "guidegen" else None, commands, runs)  # type: ignore[misc]
    _parts(guide, commands, runs)
    print("\nWhere the time of a cold build goes, in one process:\n")
    _clean("guidegen", guide)
    told = subprocess.run([*guidegen_build(guide), "--timings", "--jobs", "1"], capture_output=True, text=True, check=True).stderr
    print("\n".join(f"    {line}" for line in told.splitlines()))


def _parts(guide: Path, commands: dict[str, tuple[list[str], Path]], runs: int) -> None:
    """What of a cold build is pages, and what the rest costs."""
    print("\nCold builds of guidegen with some of what it does, beside all that the peers do:\n")
    alone = [sys.executable, "-m", "bench.build.alone", str(guide)]
    cases = {"pages alone": []} | {f"pages and {name}": [name] for name in WITHOUT} | {"all of them": list(WITHOUT)}
    for case, kept in cases.items():
        beside = {name: command for name, command in commands.items() if name != "guidegen"} if not kept else {}
        some = {"guidegen": ([*alone, *kept], ROOT), **beside}
        _row(case, lambda name: _clean(name, guide if name == "guidegen" else commands[name][1]), some, runs)


def _row(case: str, prepare: Callable[[str], None], commands: dict[str, tuple[list[str], Path]], runs: int) -> None:
    rows: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, (command, where) in commands.items():
            prepare(name)
            rows[name].append(run(command, where))
    middle = {name: _median(some) for name, some in rows.items()}
    cells = [f"{one.wall:.2f} s · {one.cpu:.2f} s · {one.memory:.0f}" for one in middle.values()]
    ratios = [f"{middle['guidegen'].wall / one.wall:.2f}" for name, one in middle.items() if name != "guidegen"]
    print(f"| {case} | " + " | ".join([*cells, *ratios]) + " |", flush=True)


def guidegen_build(guide: Path) -> list[str]:
    return [sys.executable, "-m", "guidegen", "build", "--root", str(guide)]


def _clean(name: str, where: Path) -> None:
    made = (PEERS[name].site, "resources") if name in PEERS else ("site", ".guidegen")
    for name in made:
        shutil.rmtree(where / name, ignore_errors=True)


def _edit(file: Path, old: str, new: str) -> None:
    """Change a file; every run anew, so that there is always something to do."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new, 1) if new not in text else text.replace(new, old, 1), encoding="utf-8")


def _template(guide: Path) -> None:
    file = guide / "templates/parts/text.html"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "templates/parts/text.html", file)
    _edit(file, "<small", "<small data-x")


def _word(guide: Path) -> None:
    file = guide / "locales/es.po"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "locales/es.po", file)
    _edit(file, 'msgid "Services"\nmsgstr "', 'msgid "Services"\nmsgstr "Los ')


def run(command: list[str], where: Path) -> Run:
    # Python may keep what it has compiled, as it does for its users
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    error = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{error.decode()[-2000:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory")))


def _pages_of(site: Path) -> set[Path]:
    """The pages of a site; the whole guide in one file is none."""
    return {file.relative_to(site) for file in site.rglob("*.html") if file.name != "guide.html"}


def _compared(name: str, ours: Path, theirs: Path) -> None:
    """The same pages, with the same words and about as many bytes; else the measurement means nothing."""
    pages, others = _pages_of(ours), _pages_of(theirs)
    if pages != others:
        raise SystemExit(f"the pages of {name} differ: {sorted(pages ^ others)[:5]}")
    sizes = [sum((folder / page).stat().st_size for page in pages) for folder in (ours, theirs)]
    words = [sum(len(_words(folder / page)) for page in sorted(pages)[::37]) for folder in (ours, theirs)]
    if not 0.8 < sizes[0] / sizes[1] < 1.25 or not 0.9 < words[0] / words[1] < 1.11:
        raise SystemExit(f"the pages of {name} are not alike: {sizes} bytes, {words} words")
    alike = f"bytes {sizes[0] / sizes[1]:.2f}, words {words[0] / words[1]:.2f}"
    print(f"{len(pages):,} pages; guidegen to {name}: {alike}", file=sys.stderr)


def _words(file: Path) -> list[str]:
    text = re.sub(r"<(script|style).*?</\1>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text).split()


if __name__ == "__main__":
    sys.exit(main())
