"""Measure search: python -m bench.search [SIZE ...] [--half test] [--peers 1000] [--show CLASS,CLASS]

For each size, a guide in ten languages is generated and the judged queries are run by guidegen, and up to ``--peers`` partners
also by MiniSearch and Pagefind. ``--show`` prints the queries of some classes that found nothing right.
"""

import argparse
import gzip
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.search import peers, slow  # noqa: E402  # after the path is set
from bench.search.cases import cases  # noqa: E402
from bench.search.generate import LANGUAGES, guide  # noqa: E402
from bench.search.judge import Judge, summary  # noqa: E402
from guidegen.search.files import build_index, files  # noqa: E402
from guidegen.text.language import Language  # noqa: E402

CLIENT = ("engine", "box")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000])
    parser.add_argument("--half", default="test", choices=("dev", "test"))
    parser.add_argument("--peers", type=int, default=1_000, help="partners up to which the peers are measured; 0 for none")
    parser.add_argument("--show", default="", help="classes of which to print the queries that found nothing right")
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(size, Path(folder), options)
    return 0


def _measure(size: int, folder: Path, options: argparse.Namespace) -> None:
    subject = guide(size)
    judged = cases(options.half, subject)
    (folder / "cases.json").write_text(json.dumps(judged), encoding="utf-8")
    duration, count, disk = _build_index(subject, folder)
    runs = {"guidegen": _run_guidegen(folder)}
    times = {"guidegen": duration}
    if size <= options.peers:
        peers.install()
        (folder / "pages.json").write_text(json.dumps(peers.pages(subject, folder)), encoding="utf-8")
        runs["MiniSearch"] = peers.minisearch(folder)
        runs["Pagefind"] = peers.pagefind(folder, judged)
        times |= {name: runs[name][0]["took"] / 1000 for name in ("MiniSearch", "Pagefind")}
    judge = Judge(subject)
    print(f"\n## {size:,} partners × {len(LANGUAGES)} languages, {len(judged):,} queries ({options.half} half)\n")
    _print_table(("class", "ui"), judged, runs, judge)
    _print_costs(runs, times, slow.warm(folder, ROOT / "static/js/search", judged), count, disk)
    _print_failures(judged, runs["guidegen"], judge, options.show.split(","))


def _build_index(subject: Any, folder: Path) -> tuple[float, int, int]:
    (folder / "search").mkdir()
    start = time.perf_counter()
    index_files = list(files(subject, tuple(Language(tag, "US") for tag in LANGUAGES), build_index(subject)))
    duration = time.perf_counter() - start
    for file in index_files:
        (folder / file.path).write_bytes(file.content)
    return duration, len(index_files), sum(len(file.content) for file in index_files)


def _run_guidegen(folder: Path) -> list[dict[str, Any]]:
    client = sum(len(gzip.compress((ROOT / f"static/js/search/{name}.js").read_bytes(), 9)) for name in CLIENT)
    command = ["node", str(ROOT / "bench/search/measure.mjs"), f"{folder}/", "guidegen"]
    answers: list[dict[str, Any]] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [{**answer, "bytes": answer["bytes"] + client} for answer in answers]


def _print_table(
    keys: Sequence[str], judged: Sequence[dict[str, Any]], runs: dict[str, list[dict[str, Any]]], judge: Judge
) -> None:
    names = list(runs)
    print("| | n | " + " | ".join(f"{name} S@3 · nDCG · none" for name in names) + " |")
    print("| --- | --- |" + " --- |" * len(names))
    for key in keys:
        tables = {name: summary(judged, run, judge, key) for name, run in runs.items()}
        for group in tables[names[0]]:
            if group == "*" and key != keys[0]:
                continue
            cells = (tables[name][group] for name in names)
            columns = " | ".join(f"{success:.3f} · {gain:.3f} · {none:.1%}" for success, gain, none, _ in cells)
            print(f"| {'all' if group == '*' else group} | {tables[names[0]][group][3]} | {columns} |")


def _print_costs(
    runs: dict[str, list[dict[str, Any]]], times: dict[str, float], slowed: Sequence[float], count: int, disk: int
) -> None:
    print("\n| | first query p50 · p95 | requests p50 · p95 | warm p50 · p95 | index |\n| --- | --- | --- | --- | --- |")
    for name, run in runs.items():
        measured = [answer for answer in run if "bytes" in answer]
        size = [answer["bytes"] / 1024 for answer in measured]
        requests = [answer["requests"] for answer in measured]
        warm = [answer["ms"] for answer in run]
        print(
            f"| {name} | {_compute_quantile(size, 0.5):.1f} · {_compute_quantile(size, 0.95):.1f} KB | {_compute_quantile(requests, 0.5):.0f} · {_compute_quantile(requests, 0.95):.0f} "
            f"| {_compute_quantile(warm, 0.5):.1f} · {_compute_quantile(warm, 0.95):.1f} ms | {times[name]:.1f} s |"
        )
    print(
        f"\nguidegen in Chromium with a CPU four times slower, warm p50 · p95: {_compute_quantile(slowed, 0.5):.0f} · {_compute_quantile(slowed, 0.95):.0f} ms"
    )
    depth = [answer["depth"] for answer in runs["guidegen"]]
    print(
        f"\nguidegen: {count:,} files, {disk / 1e6:.1f} MB; round trips with an empty cache p50 {_compute_quantile(depth, 0.5):.0f}, most {max(depth)}"
    )


def _compute_quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, math.floor(len(values) * share))]


def _print_failures(
    judged: Sequence[dict[str, Any]], run: Sequence[dict[str, Any]], judge: Judge, classes: Sequence[str]
) -> None:
    for case, answer in zip(judged, run, strict=True):
        if case["class"] in classes and judge.score(case, answer["slugs"])[0] == 0:
            print(
                f"{case['ui']} {case['class']}: {case['q']} wants {case['types']} {case['facts']} {case['spoken']}, read {answer['understood']}"
            )


if __name__ == "__main__":
    sys.exit(main())
