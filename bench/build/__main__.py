"""Measure builds of guidegen and of other generators.

``python -m bench.build [SIZE ...] [--peers hugo,eleventy,mkdocs,pelican] [--runs 3] [--folder FOLDER]``: for each size, a guide
in five languages with 50 articles is built by guidegen and the peers in the same run: from scratch, unchanged, with one partner
changed, one service type renamed, one template changed, one interface text changed. Prints wall time, CPU time and peak memory
as medians of the runs, and the ratio of guidegen to each peer. ``--folder /dev/shm`` writes to a RAM disk.
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
from bench.build.alone import OPTIONAL_PARTS  # noqa: E402
from bench.build.generate import LANGUAGES, write  # noqa: E402
from bench.build.generators import PEERS  # noqa: E402


@dataclass(frozen=True)
class Run:
    """Wall and CPU time in seconds, and peak memory in MiB."""

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


def _measure(size: int, folder: Path, peer_names: list[str], runs: int) -> None:
    guide = folder / "guide"
    write(guide, size)
    commands: dict[str, tuple[list[str], Path]] = {"guidegen": (guidegen_build(guide), guide)}
    run(*commands["guidegen"])
    peers.write(guide, {folder / name: PEERS[name] for name in peer_names})
    for name in peer_names:
        source = folder / name
        commands[name] = (list(PEERS[name].command()), source)
        run(*commands[name])
        _compare_pages(name, guide / "site", source / PEERS[name].site)
    print(f"\n## {size:,} partners × {len(LANGUAGES)} languages, {len(_list_pages(guide / 'site')):,} pages\n")
    print(
        "| | "
        + " | ".join(f"{name} wall · CPU · MiB" for name in commands)
        + "".join(f" | ratio to {name}" for name in peer_names)
        + " |"
    )
    print("| --- |" + " --- |" * (len(commands) + len(peer_names)))
    profile = guide / "content/partners/cedar-neighbors.yml"
    edits: dict[str, Callable[[], None]] = {
        "nothing changed": lambda: None,
        "one fact of one partner changed": lambda: _toggle_text(profile, "website: https://", "website: https://www."),
        "one summary changed": lambda: _toggle_text(profile, 'summary: "', 'summary: "Now. '),
        "one service type renamed": lambda: _toggle_text(guide / "content/services.yml", "en: ", "en: New "),
        "one template changed": lambda: _change_template(guide),
        "one interface text changed": lambda: _change_interface_text(guide),
    }
    _print_row("cold", lambda name: _clean(name, commands[name][1]), commands, runs)
    for case, edit in edits.items():  # the peers always rebuild everything
        _print_row(case, lambda name, edit=edit: edit() if name == "guidegen" else None, commands, runs)  # type: ignore[misc]
    _measure_parts(guide, commands, runs)
    print("\nWhere the time of a cold build goes, in one process:\n")
    _clean("guidegen", guide)
    timings = subprocess.run(
        [*guidegen_build(guide), "--timings", "--jobs", "1"], capture_output=True, text=True, check=True
    ).stderr
    print("\n".join(f"    {line}" for line in timings.splitlines()))


def _measure_parts(guide: Path, commands: dict[str, tuple[list[str], Path]], runs: int) -> None:
    """Measure how much of a cold build is pages, and what the rest costs."""
    print("\nCold builds of guidegen with only some of its parts, compared with what the peers do:\n")
    alone = [sys.executable, "-m", "bench.build.alone", str(guide)]
    cases: dict[str, list[str]] = (
        {"pages alone": []} | {f"pages and {name}": [name] for name in OPTIONAL_PARTS} | {"all of them": list(OPTIONAL_PARTS)}
    )
    for case, enabled in cases.items():
        peer_commands = {name: command for name, command in commands.items() if name != "guidegen"} if not enabled else {}
        case_commands = {"guidegen": ([*alone, *enabled], ROOT), **peer_commands}
        _print_row(case, lambda name: _clean(name, guide if name == "guidegen" else commands[name][1]), case_commands, runs)


def _print_row(case: str, prepare: Callable[[str], None], commands: dict[str, tuple[list[str], Path]], runs: int) -> None:
    rows: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, (command, folder) in commands.items():
            prepare(name)
            rows[name].append(run(command, folder))
    medians = {name: _compute_median(results) for name, results in rows.items()}
    cells = [f"{median.wall:.2f} s · {median.cpu:.2f} s · {median.memory:.0f}" for median in medians.values()]
    ratios = [f"{medians['guidegen'].wall / median.wall:.2f}" for name, median in medians.items() if name != "guidegen"]
    print(f"| {case} | " + " | ".join([*cells, *ratios]) + " |", flush=True)


def guidegen_build(guide: Path) -> list[str]:
    return [sys.executable, "-m", "guidegen", "build", "--root", str(guide)]


def _clean(name: str, folder: Path) -> None:
    outputs = (PEERS[name].site, "resources") if name in PEERS else ("site", ".guidegen")
    for name in outputs:
        shutil.rmtree(folder / name, ignore_errors=True)


def _toggle_text(file: Path, old: str, new: str) -> None:
    """Change a file, or undo the change, so that every run has something to do."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new, 1) if new not in text else text.replace(new, old, 1), encoding="utf-8")


def _change_template(guide: Path) -> None:
    file = guide / "templates/parts/text.html"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "templates/parts/text.html", file)
    _toggle_text(file, "<small", "<small data-x")


def _change_interface_text(guide: Path) -> None:
    file = guide / "locales/es.po"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "locales/es.po", file)
    _toggle_text(file, 'msgid "Services"\nmsgstr "', 'msgid "Services"\nmsgstr "Los ')


def run(command: list[str], folder: Path) -> Run:
    # as for users, Python may cache bytecode
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT / "src")
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    error = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{error.decode()[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _compute_median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory")))


def _list_pages(site: Path) -> set[Path]:
    """Return the relative paths of the pages of a site, without the single-file guide."""
    return {file.relative_to(site) for file in site.rglob("*.html") if file.name != "guide.html"}


def _compare_pages(name: str, ours: Path, theirs: Path) -> None:
    """Check that the pages are the same, with nearly the same words and bytes; otherwise the measurement is meaningless."""
    pages, others = _list_pages(ours), _list_pages(theirs)
    if pages != others:
        raise SystemExit(f"the pages of {name} differ: {sorted(pages ^ others)[:5]}")
    sizes = [sum((folder / page).stat().st_size for page in pages) for folder in (ours, theirs)]
    words = [sum(len(_read_words(folder / page)) for page in sorted(pages)[::37]) for folder in (ours, theirs)]
    if not 0.98 < sizes[0] / sizes[1] < 1.02 or not 0.99 < words[0] / words[1] < 1.01:
        raise SystemExit(f"the pages of {name} are not alike: {sizes} bytes, {words} words")
    alike = f"bytes {sizes[0] / sizes[1]:.4f}, words {words[0] / words[1]:.4f}"
    print(f"{len(pages):,} pages; guidegen to {name}: {alike}", file=sys.stderr)


def _read_words(file: Path) -> list[str]:
    text = re.sub(r"<(script|style).*?</\1>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", text).split()


if __name__ == "__main__":
    sys.exit(main())
