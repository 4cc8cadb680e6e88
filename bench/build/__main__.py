"""Measure builds of guidegen and of other generators.

``python -m bench.build [SIZE ...] [--peers hugo,eleventy,mkdocs,pelican] [--runs 3] [--folder FOLDER]``: for each size, a guide
in five languages with 50 articles is built by guidegen and the peers in the same run: from scratch, unchanged, with one partner
changed, one service type renamed, one template changed, one interface text changed. From scratch, peers are also measured with
a search and a link checker after them, which a guide needs and guidegen's build includes. Prints wall time, CPU time and peak
memory as medians of the runs, and the ratios of guidegen's times to those of each peer. ``--folder /dev/shm`` writes to a RAM
disk. Peers are installed into ``~/.cache/guidegen-bench``, or the folder that ``GUIDEGEN_BENCH_TOOLS`` names.
"""

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.build import peers  # noqa: E402  # after the path is set
from bench.build.alone import OPTIONAL_PARTS  # noqa: E402
from bench.build.generate import LANGUAGES, write  # noqa: E402
from bench.build.generators import PEERS, STAGES  # noqa: E402


@dataclass(frozen=True)
class Run:
    """Wall and CPU time in seconds, and peak memory in MiB."""

    wall: float
    cpu: float
    memory: float

    def __add__(self, later: "Run") -> "Run":
        """Return both runs as one, the second after the first."""
        return Run(self.wall + later.wall, self.cpu + later.cpu, max(self.memory, later.memory))


Commands = Mapping[str, tuple[list[str], Path]]
"""The command of guidegen and of each peer, and the folder it runs in."""


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
    _print_header(commands)
    profile = guide / "content/partners/cedar-neighbors.yml"
    edits: dict[str, Callable[[], None]] = {
        "nothing changed": lambda: None,
        "one fact of one partner changed": lambda: _toggle_text(profile, "website: https://", "website: https://www."),
        "one summary changed": lambda: _toggle_text(profile, 'summary: "', 'summary: "Now. '),
        "one service type renamed": lambda: _toggle_text(guide / "content/services.yml", "en: ", "en: New "),
        "one template changed": lambda: _change_template(guide),
        "one interface text changed": lambda: _change_interface_text(guide),
    }
    _measure_cold(guide, commands, runs)
    for case, edit in edits.items():  # the peers always rebuild everything
        _measure_case(case, lambda name, edit=edit: edit() if name == "guidegen" else None, commands, runs)  # type: ignore[misc]
    _measure_parts(guide, commands, runs)
    print("\nWhere the time of a cold build goes, in one process:\n")
    _clean("guidegen", guide)
    timings = subprocess.run(
        [*guidegen_build(guide), "--timings", "--jobs", "1"], capture_output=True, text=True, check=True
    ).stderr
    print("\n".join(f"    {line}" for line in timings.splitlines()))


def _measure_cold(guide: Path, commands: Commands, runs: int) -> None:
    """Measure builds from scratch. Each peer counts alone, then with a search after it, then also with a link check."""
    cases = ["cold", *(f"cold, peers with {' and '.join(list(STAGES)[: count + 1])}" for count in range(len(STAGES)))]
    rows: dict[str, dict[str, list[Run]]] = {case: {name: [] for name in commands} for case in cases}
    for _ in range(runs):
        for name, (command, folder) in commands.items():
            _clean(name, folder)
            total = run(command, folder)
            rows["cold"][name].append(total)
            site = folder / (PEERS[name].site if name in PEERS else "site")
            for case, stage in zip(cases[1:], STAGES.values(), strict=True):
                if name in PEERS:
                    with _link_other_files(guide / "site", site) if stage is STAGES["link check"] else nullcontext():
                        total += run(stage(site), folder)
                rows[case][name].append(total)
            shutil.rmtree(site / "pagefind", ignore_errors=True)  # the next rows are of the pages alone
    for case, results in rows.items():
        _print_row(case, results)


@contextmanager
def _link_other_files(ours: Path, theirs: Path) -> Iterator[None]:
    """Give a peer's site all files of ours that are not pages, so that every link leads somewhere; afterwards remove them."""
    pages, linked = _list_pages(ours), []
    for file in ours.rglob("*"):
        target = theirs / file.relative_to(ours)
        if file.is_file() and file.relative_to(ours) not in pages and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(file)
            linked.append(target)
    yield
    for target in linked:
        target.unlink()


def _measure_parts(guide: Path, commands: Commands, runs: int) -> None:
    """Measure how much of a cold build is pages, and what the rest costs."""
    print("\nCold builds of guidegen with only some of its parts, compared with what the peers do:\n")
    _print_header(commands)
    alone = [sys.executable, "-m", "bench.build.alone", str(guide)]
    cases: dict[str, list[str]] = {"pages alone": []}
    cases |= {f"pages and {name}": [name] for name in OPTIONAL_PARTS} | {"all of them": list(OPTIONAL_PARTS)}
    for case, enabled in cases.items():
        peer_commands = {name: command for name, command in commands.items() if name != "guidegen"} if not enabled else {}
        case_commands = {"guidegen": ([*alone, *enabled], ROOT), **peer_commands}
        _measure_case(case, lambda name: _clean(name, guide if name == "guidegen" else commands[name][1]), case_commands, runs)


def _measure_case(case: str, prepare: Callable[[str], None], commands: Commands, runs: int) -> None:
    rows: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, (command, folder) in commands.items():
            prepare(name)
            rows[name].append(run(command, folder))
    _print_row(case, rows)


def _print_header(names: Iterable[str]) -> None:
    figures = [f"{name} wall · CPU · MiB" for name in names]
    ratios = [f"ratio to {name} wall · CPU" for name in names if name != "guidegen"]
    print(f"| | {' | '.join([*figures, *ratios])} |")
    print("| --- |" + " --- |" * len([*figures, *ratios]))


def _print_row(case: str, rows: Mapping[str, list[Run]]) -> None:
    medians = {name: _compute_median(results) for name, results in rows.items()}
    ours = medians["guidegen"]
    cells = [f"{median.wall:.2f} s · {median.cpu:.2f} s · {median.memory:.0f}" for median in medians.values()]
    peers = [median for name, median in medians.items() if name != "guidegen"]
    ratios = [f"{ours.wall / median.wall:.2f} · {ours.cpu / median.cpu:.2f}" for median in peers]
    print(f"| {case} | {' | '.join([*cells, *ratios])} |", flush=True)


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
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, start_new_session=True
    )
    try:
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:  # also Ctrl-C: some peers ignore it, and one that went on would spoil the next measurement
        os.killpg(process.pid, signal.SIGKILL)
        raise
    wall = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{output.decode()[-2000:]}")
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
